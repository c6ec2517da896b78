"""Throws away what nobody needs any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.cleaning import delete_done, drop_stale
from storage.database import Database

STALE_AFTER = timedelta(days=7)  # a weekly digest is of no use once the next one is due
KEEP_DONE = timedelta(days=90)


@dataclass(slots=True)
class TidyResult:
    """What a pass threw away."""

    dropped: int = 0  # deliveries that waited too long, such as those of a chat that blocked us
    deleted: int = 0  # deliveries long done

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return bool(self.dropped or self.deleted)


async def tidy(database: Database, *, now: datetime) -> TidyResult:
    """Drop deliveries that have waited for a week, and delete those that were done 90 days ago.

    Raises:
        DatabaseError
    """
    return TidyResult(
        dropped=await database.run(drop_stale, now - STALE_AFTER, now),
        deleted=await database.run(delete_done, now - KEEP_DONE),
    )
