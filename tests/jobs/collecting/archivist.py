"""A process that reads an archive, to be killed.

python -m tests.jobs.collecting.archivist SITE DATABASE STATEMENTS: it kills itself before that many SQL
statements are through; 0 is never.
"""

import os
import signal
import sys
from datetime import UTC, date, datetime

from sqlalchemy import Engine, event

from jobs.collect import at_work
from jobs.collecting.backfill import backfill
from storage.database import Database
from tests.jobs.collecting.support import Clock, Newsroom, source_at

FIRST, LAST = date(2023, 5, 1), date(2024, 2, 2)
ISSUES = 200
NOW = datetime(2024, 3, 8, tzinfo=UTC)


def main() -> None:
    """Read all of the archive that is not read yet."""
    url, place, statements = sys.argv[1:]
    if left := int(statements):
        _end_after(left)
    database = Database(place)
    newsroom = Newsroom(database, source_at(url), clock=Clock(NOW), worker="")
    with at_work(newsroom.work, newsroom.source) as desk:
        result = backfill(desk, FIRST, LAST)
    database.close()
    sys.exit(result.why or (f"{result.failed} issues failed" if result.failed else 0))


def _end_after(left: int) -> None:
    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)


if __name__ == "__main__":
    main()
