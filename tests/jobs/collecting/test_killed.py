"""An archive that is read by a process killed again and again, at moments that nobody chose."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from storage.database import Database
from storage.ledger import IssueState
from storage.tables_events import EventRow
from storage.tables_news import ArticleRow
from tests.jobs.collecting.archivist import FIRST, ISSUES, LAST
from tests.jobs.collecting.support import Newsroom, asked_articles, pages, source_at, stories, told
from tests.sources.paper import Story, serve_issues
from tests.sources.site import Site

PROGRAM = "tests.jobs.collecting.archivist"
ROOT = Path(__file__).parents[3]
KILLS = 4  # half of them while a page is asked for, half in the middle of a transaction
REQUESTS = 3  # for an issue: a page and two articles
STATEMENTS = 90  # for an issue, about


class Archive:
    """The site, the database, and the process that is at it; killed when it has done so much."""

    def __init__(self, site: Site, url: str) -> None:
        self._site, self._url = site, url
        self._lock = threading.Lock()
        self._left = 0
        self._process: subprocess.Popen[str] | None = None
        site.watch = self._count

    def run(self, *, requests: int = 0, statements: int = 0) -> int:
        """Run until it ends, or until so many pages or SQL statements; its exit status. 0 is no limit."""
        self._left = requests
        with self._lock:  # no page is answered before it is known whom to kill
            self._process = subprocess.Popen(
                [sys.executable, "-m", PROGRAM, self._site.url, self._url, str(statements)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stderr=subprocess.PIPE,
                text=True,
            )
        _, errors = self._process.communicate()
        assert self._process.returncode in (0, -signal.SIGKILL), errors
        return self._process.returncode

    def _count(self, _: object) -> None:
        with self._lock:
            self._left -= 1
            if self._left == 0 and self._process is not None:
                self._process.kill()


def issue_days() -> list[date]:
    """The weekdays, newest last, as many as there are issues."""
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    return [day for day in days if day.weekday() < 5]


def archive() -> dict[date, list[list[Story]]]:
    return {day: [stories(2, of=f"{day:%y%m%d}")] for day in issue_days()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_archive_is_whole_however_often_its_reader_is_killed(
    request: pytest.FixtureRequest, paper: Site, kind: str
) -> None:
    database = request.getfixturevalue("sqlite_database" if kind == "sqlite" else "postgres_database")
    assert isinstance(database, Database)
    served = archive()
    assert len(served) == ISSUES
    serve_issues(paper, served)
    at_work = Archive(paper, database._url.render_as_string(hide_password=False))
    luck = random.Random(f"killed {kind}")
    for number in range(KILLS):
        issues = luck.uniform(0, ISSUES / KILLS)
        by = "statements" if number % 2 else "requests"
        limit = 1 + int(issues * (STATEMENTS if number % 2 else REQUESTS))
        assert at_work.run(**{by: limit}) == -signal.SIGKILL
    assert at_work.run() == 0

    newsroom = Newsroom(database, source_at(paper.url))
    ledger = newsroom.ledger()
    assert len(ledger) == (LAST - FIRST).days + 1
    assert {day for day, issue in ledger.items() if issue.state is IssueState.READ} == set(served)
    assert {issue.state for issue in ledger.values()} == {IssueState.READ, IssueState.NONE}
    assert sum(issue.articles for issue in ledger.values()) == 2 * ISSUES
    assert sum(issue.mentions for issue in ledger.values()) == 2 * ISSUES

    urls = [page.url for page in pages(database)]
    assert len(urls) == len(set(urls)) == 2 * ISSUES
    assert len(told(database)) == len(set(told(database))) == 2 * ISSUES
    with database.session(write=False) as session:
        assert len(session.exec(select(ArticleRow.id)).all()) == 2 * ISSUES
        subjects = session.exec(select(EventRow.subject)).all()
    assert len(subjects) == len(set(subjects)) == 2 * ISSUES

    twice = {path: count for path, count in Counter(asked_articles(paper)).items() if count > 1}
    assert set(twice.values()) <= {2}
    assert len(twice) <= KILLS
