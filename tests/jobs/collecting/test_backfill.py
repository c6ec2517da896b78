"""Years of archive: every day looked at once, however often it is stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from jobs.collect import at_work
from jobs.collecting.backfill import BackfillResult, backfill
from jobs.collecting.desk import StoppedError
from sources.adapter import Get
from sources.fetching.errors import FetchError, LockedError
from sources.refs import IssueRef, PageRef
from storage.database import Database
from storage.ledger import IssueState, note_none
from tests.jobs.collecting.shelf import Shelf
from tests.jobs.collecting.support import DAY, Newsroom, asked_articles, given, pages, stories
from tests.sources.paper import article_path, page_path, serve_issues
from tests.sources.site import Reply, Site

FIRST = date(2024, 2, 26)  # the Monday of the week before
ISSUES = [date(2024, 2, 26), date(2024, 2, 28), date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 8)]


@pytest.fixture
def archive(paper: Site) -> Site:
    serve_issues(paper, {day: [stories(1, of=day)] for day in ISSUES})
    return paper


def fill(
    newsroom: Newsroom, first: date = FIRST, last: date = DAY, most: int | None = None
) -> BackfillResult:
    with at_work(newsroom.work, newsroom.source) as desk:
        return backfill(desk, first, last, most=most)


def states(newsroom: Newsroom) -> dict[date, IssueState]:
    return {day: issue.state for day, issue in newsroom.ledger().items()}


def read_days(newsroom: Newsroom) -> list[date]:
    return [day for day, state in states(newsroom).items() if state is IssueState.READ]


def test_all_issues_are_read_and_the_other_days_noted(newsroom: Newsroom, archive: Site) -> None:
    result = fill(newsroom)
    assert (result.read, result.articles, result.events, result.failed) == (5, 5, 5, 0)
    assert (result.rest, result.why) == (None, "")
    assert read_days(newsroom) == ISSUES
    assert len(states(newsroom)) == (DAY - FIRST).days + 1
    assert len(archive.paths()) == len(set(archive.paths()))


def test_days_between_two_links_are_not_asked_for(newsroom: Newsroom, archive: Site) -> None:
    fill(newsroom)
    asked = {path for path in archive.paths() if "node_" in path}
    assert asked == {page_path(day) for day in ISSUES}


def test_days_that_are_known_are_not_asked_for_again(newsroom: Newsroom, archive: Site) -> None:
    fill(newsroom)
    asked = len(archive.paths())
    result = fill(newsroom)
    assert (result.read, result.rest) == (0, None)
    assert len(archive.paths()) == asked


def test_a_run_goes_on_behind_what_is_known(newsroom: Newsroom, archive: Site) -> None:
    fill(newsroom, first=date(2024, 3, 1))
    asked = len(archive.paths())
    fill(newsroom)
    assert read_days(newsroom) == ISSUES
    # The last issue that was read leads to the one before it.
    assert archive.paths()[asked : asked + 2] == [page_path(ISSUES[2]), page_path(ISSUES[1])]


def test_a_limit_ends_a_run_and_the_next_goes_on(newsroom: Newsroom, archive: Site) -> None:
    result = fill(newsroom, most=2)
    assert (result.read, result.rest, read_days(newsroom)) == (2, date(2024, 3, 3), ISSUES[3:])
    assert "2 issues are read" in result.why
    assert fill(newsroom, most=2).read == 2
    result = fill(newsroom, most=2)
    assert (result.read, result.rest, read_days(newsroom)) == (1, None, ISSUES)


def test_a_limit_that_is_used_up_asks_for_nothing(newsroom: Newsroom, archive: Site) -> None:
    assert fill(newsroom, most=0).rest == DAY
    assert archive.asked == []


def test_a_source_without_links_is_asked_day_by_day(sqlite_database: Database) -> None:
    shelf = Shelf({day: stories(1, of=day) for day in ISSUES}, linked=False)
    newsroom = Newsroom(sqlite_database, given(shelf))
    assert fill(newsroom).read == 5
    days = [asked for asked in shelf.asked if "/" not in asked]
    assert days == [str(DAY - timedelta(days=number)) for number in range(12)]
    shelf.asked.clear()
    fill(newsroom)
    assert shelf.asked == []


def test_an_issue_that_is_gone_from_its_site_ends_nothing(newsroom: Newsroom, archive: Site) -> None:
    fill(newsroom, first=date(2024, 3, 4))
    del archive.answers[page_path(ISSUES[3])]
    assert fill(newsroom).rest is None
    assert read_days(newsroom) == ISSUES


def test_a_day_noted_as_without_an_issue_is_read_where_another_leads_to_it(
    newsroom: Newsroom, archive: Site
) -> None:
    with newsroom.database.session() as session:
        note_none(session, "hexi", [ISSUES[3]], newsroom.clock())
    fill(newsroom)
    assert read_days(newsroom) == ISSUES


def test_an_issue_that_is_held_is_counted_and_left_to_the_operators(
    newsroom: Newsroom, archive: Site
) -> None:
    archive.answers[article_path(ISSUES[2], 1, 1)] = Reply(b"<p>moved</p>")
    result = fill(newsroom)
    assert (result.read, result.held, result.rest) == (4, 1, None)
    asked = len(archive.paths())
    assert fill(newsroom).held == 0
    assert len(archive.paths()) == asked


def test_one_issue_that_cannot_be_read_is_left_for_another_run(newsroom: Newsroom, archive: Site) -> None:
    page = archive.answers[page_path(ISSUES[2])]
    assert isinstance(page, Reply)
    second = b'<a id="pageLink" href="node_2.htm">second</a>'
    archive.answers[page_path(ISSUES[2])] = Reply(page.data + second)
    archive.answers[page_path(ISSUES[2], 2)] = Reply(status=400)
    result = fill(newsroom)
    assert (result.read, result.failed, result.rest) == (4, 1, None)
    archive.answers[page_path(ISSUES[2])] = page
    assert fill(newsroom).read == 1
    assert read_days(newsroom) == ISSUES


def test_a_site_that_fails_three_times_in_a_row_ends_the_run(sqlite_database: Database) -> None:
    class Failing(Shelf):
        def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:
            raise FetchError(f"{issue.url} answers 500")

    newsroom = Newsroom(sqlite_database, given(Failing({day: stories(1) for day in ISSUES})))
    result = fill(newsroom)
    assert (result.read, result.failed, result.rest) == (0, 3, date(2024, 3, 3))
    assert result.why == "3 issues in a row could not be read: https://paper.example/2024-03-01 answers 500"


@pytest.mark.parametrize("answer", [Reply(status=403), Reply(status=429, headers={"Retry-After": "86400"})])
def test_a_site_that_refuses_ends_the_run_at_once(newsroom: Newsroom, archive: Site, answer: Reply) -> None:
    archive.answers[article_path(ISSUES[3], 1, 1)] = answer
    result = fill(newsroom)
    assert (result.read, result.rest) == (1, date(2024, 3, 7))
    assert "content_1_1.htm" in result.why
    assert asked_articles(archive)[-1] == article_path(ISSUES[3], 1, 1)


def test_a_paper_that_wants_money_holds_its_issues(sqlite_database: Database) -> None:
    newsroom = Newsroom(sqlite_database, given(Shelf({DAY: [LockedError("x")]})))
    assert fill(newsroom, first=DAY).held == 1


def test_each_day_is_told_as_it_is_dealt_with(newsroom: Newsroom, archive: Site) -> None:
    heard: list[tuple[date, int]] = []
    with at_work(newsroom.work, newsroom.source) as desk:
        backfill(desk, FIRST, DAY, told=lambda day, result: heard.append((day, result.read)))
    days = [day for day, _ in heard]
    assert days == sorted(days, reverse=True)
    assert heard[-1] == (FIRST - timedelta(days=1), 5)


def test_days_before_the_first_are_left_alone(newsroom: Newsroom, archive: Site) -> None:
    """The issue before the first day is seen by its link, and not read."""
    fill(newsroom, first=date(2024, 2, 27), last=date(2024, 2, 28))
    assert states(newsroom) == {
        date(2024, 2, 27): IssueState.NONE,
        date(2024, 2, 28): IssueState.READ,
    }
    assert article_path(ISSUES[0], 1, 1) not in archive.paths()


@contextmanager
def stopped_after(newsroom: Newsroom, archive: Site, articles: int) -> Iterator[None]:
    newsroom.stopping = lambda: len(asked_articles(archive)) >= articles
    yield
    newsroom.stopping = lambda: False


def test_a_run_that_is_stopped_goes_on_where_it_was(newsroom: Newsroom, archive: Site) -> None:
    for articles in (1, 2, 4):
        with stopped_after(newsroom, archive, articles), pytest.raises(StoppedError):
            fill(newsroom)
    assert fill(newsroom).rest is None
    assert read_days(newsroom) == ISSUES
    assert len(pages(newsroom.database)) == 5
