"""A look at a source: which issues are read, what each answer of a site means, and that nothing is harmed."""

from datetime import date, timedelta

import pytest

from jobs.collecting.desk import StoppedError
from sources.fetching.errors import FetchError, LockedError, NeedsOcrError
from storage.database import Database
from storage.ledger import IssueState, note_none
from storage.source_states import SourceState, release_source, take_source
from tests.jobs.collecting.shelf import Shelf
from tests.jobs.collecting.support import (
    DAY,
    Newsroom,
    asked_articles,
    days_before,
    given,
    pages,
    stories,
    told,
)
from tests.sources.paper import article_path, page_path, serve_entry, serve_issue, serve_issues
from tests.sources.site import Reply, Site, with_tag

YESTERDAY = DAY - timedelta(days=1)


def states(newsroom: Newsroom) -> dict[date, IssueState]:
    return {day: issue.state for day, issue in newsroom.ledger().items()}


def test_the_first_look_reads_the_newest_issue_alone(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {day: [stories(1, of=day)] for day in days_before(DAY, 5)})
    newsroom.look()
    assert states(newsroom) == {DAY: IssueState.READ}


def test_all_issues_since_the_last_one_are_read_and_days_between_noted(
    newsroom: Newsroom, paper: Site
) -> None:
    days = [date(2024, 3, 1), date(2024, 3, 4), DAY]
    serve_issues(paper, {days[0]: [stories(1, of=days[0])]})
    newsroom.look()
    serve_issues(paper, {day: [stories(1, of=day)] for day in days})
    look = newsroom.look()
    assert [one.issue.day for one in look.outcomes] == days[1:]
    assert {day for day, state in states(newsroom).items() if state is IssueState.READ} == set(days)
    assert {day.day for day, state in states(newsroom).items() if state is IssueState.NONE} == {2, 3, 5, 6, 7}


def test_a_day_to_start_from_may_be_given(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {day: [stories(1, of=day)] for day in days_before(DAY, 5)})
    newsroom.look(since=DAY - timedelta(days=2))
    assert set(states(newsroom)) == set(days_before(DAY, 3))


def test_what_was_read_is_not_asked_for_again(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {day: [stories(1, of=day)] for day in days_before(DAY, 3)})
    newsroom.look(since=days_before(DAY, 3)[0])
    asked = len(paper.paths())
    newsroom.look(since=days_before(DAY, 3)[0])
    assert [path for path in paper.paths()[asked:] if "content_" in path] == []


def test_an_issue_of_a_day_that_had_none_before_is_read_when_it_is_there(
    newsroom: Newsroom, paper: Site
) -> None:
    """A backfill up to today ends before today's paper is out."""
    with newsroom.database.session() as session:
        note_none(session, "hexi", [DAY], newsroom.clock())
    serve_issues(paper, {DAY: [stories(2, of="春光")]})
    assert newsroom.look().state is SourceState.READ
    assert newsroom.issue().articles == 2


def test_yesterdays_paper_is_no_issue_yet(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")]})
    look = newsroom.look()
    assert (look.state, look.why) == (SourceState.NO_ISSUE, "the newest is of 2024-03-07")
    assert states(newsroom) == {YESTERDAY: IssueState.READ}


@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        (Reply("您访问的页面不存在".encode()), SourceState.NO_ISSUE, "shows no issue"),
        (Reply(status=404), SourceState.NO_ISSUE, "shows no issue"),
        (Reply(b"\x89PNG\r\n\x1a\n" + bytes(3000)), SourceState.NO_ISSUE, "shows no issue"),
        (Reply(b"PK\x03\x04" + bytes(range(256)) * 9), SourceState.NO_ISSUE, "shows no issue"),
        (Reply(status=403), SourceState.BLOCKED, "not given to this reader"),
        (Reply(b"<script>document.cookie='__jsl_clearance=1'</script>"), SourceState.BLOCKED, "not given"),
        (Reply(status=302, headers={"Location": "/shibao/"}), SourceState.FAILING, "without an end"),
        (Reply(b"12345", cut=2), SourceState.FAILING, "does not answer"),
        (Reply(b"12345", drip=1.0), SourceState.FAILING, "does not answer"),
        (Reply(more=100 * 2**20), SourceState.FAILING, "larger than 3 MB"),
        (Reply(more=100 * 2**20, sized=False), SourceState.FAILING, "larger than 3 MB"),
        (Reply(status=429, headers={"Retry-After": "9" * 400}), SourceState.FAILING, "come back later"),
        (Reply(status=503), SourceState.FAILING, "come back later"),
        (Reply(status=304), SourceState.FAILING, "nothing has changed"),
    ],
)
def test_what_an_entry_answers_is_a_state_with_a_line_and_harms_nothing(
    newsroom: Newsroom, paper: Site, answer: Reply, state: SourceState, why: str
) -> None:
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")]})
    newsroom.look()
    before = (states(newsroom), told(newsroom.database))
    for path in ("", "paperindex.htm", "index.htm", "pc/layout/index.html"):
        paper.answers[f"/shibao/{path}"] = answer
    newsroom.patience = 0.2
    newsroom.clock.later(hours=1)
    newsroom.look()
    standing = newsroom.standing()
    assert standing.state is state
    assert why in standing.why
    assert "\n" not in standing.why
    assert (states(newsroom), told(newsroom.database)) == before
    assert standing.next_look_at is not None
    assert standing.next_look_at > newsroom.clock.now


def test_a_redirect_to_another_day_reads_that_day_once(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")]})
    paper.answers[page_path(DAY)] = Reply(status=302, headers={"Location": page_path(YESTERDAY)})
    serve_entry(paper, page_path(DAY))
    for _ in range(2):
        assert newsroom.look().state is SourceState.NO_ISSUE
    assert states(newsroom) == {YESTERDAY: IssueState.READ}
    assert len(pages(newsroom.database)) == len(asked_articles(paper)) == 2


def test_an_entry_that_shows_no_pages_is_no_issue(newsroom: Newsroom, paper: Site) -> None:
    serve_entry(paper, page_path(DAY))
    paper.answers[page_path(DAY)] = Reply("<strong>第01版：要闻</strong>".encode())
    assert newsroom.look().state is SourceState.NO_ISSUE
    assert states(newsroom) == {}


def test_an_issue_of_a_day_to_come_is_not_believed(newsroom: Newsroom, paper: Site) -> None:
    """Else no issue would be new again before that day."""
    serve_issues(paper, {DAY + timedelta(days=400): [stories(2, of="春光")]})
    look = newsroom.look()
    assert (look.state, states(newsroom)) == (SourceState.FAILING, {})
    assert "has not come yet" in look.why


def test_a_link_back_over_many_years_fills_no_ledger(newsroom: Newsroom, paper: Site) -> None:
    serve_issue(paper, YESTERDAY, [stories(1, of="春光")], before=date(2000, 1, 1))
    serve_entry(paper, page_path(YESTERDAY))
    newsroom.look(since=DAY - timedelta(days=3))
    assert set(states(newsroom)) == {date(2024, 3, 6), YESTERDAY}


def test_a_link_to_the_same_or_a_later_issue_ends_the_search(newsroom: Newsroom, paper: Site) -> None:
    serve_issue(paper, DAY, [stories(1, of="春光")], before=DAY)
    serve_entry(paper, page_path(DAY))
    newsroom.look(since=DAY - timedelta(days=9))
    assert states(newsroom) == {DAY: IssueState.READ}


def test_a_broken_issue_is_no_reason_to_leave_the_next_unread(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")], DAY: [stories(2, of="秋实")]})
    paper.answers[page_path(YESTERDAY)] = Reply(more=4 * 2**20)
    day_before = YESTERDAY - timedelta(days=1)
    with newsroom.database.session() as session:
        note_none(session, "hexi", [day_before], newsroom.clock())
    look = newsroom.look(since=YESTERDAY)
    assert look.state is SourceState.FAILING
    assert states(newsroom)[DAY] is IssueState.READ


def test_an_issue_that_could_not_be_read_for_weeks_is_left_alone(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")]})
    del paper.answers[article_path(YESTERDAY, 1, 1)]
    newsroom.look()
    today = DAY + timedelta(days=20)
    serve_issues(paper, {today: [stories(2, of="秋实")]})
    newsroom.clock.later(days=20)
    asked = len(paper.paths())
    assert newsroom.look().state is SourceState.READ
    assert article_path(YESTERDAY, 1, 1) not in paper.paths()[asked:]


def test_too_many_requests_for_one_look_go_on_at_the_next(
    newsroom: Newsroom, paper: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.collect.MOST_REQUESTS", 5)
    serve_issues(paper, {DAY: [stories(10, of="春光")]})
    looks = [newsroom.look()]
    while looks[-1].state is SourceState.PARTIAL and len(looks) < 10:
        assert pages(newsroom.database) == []
        looks.append(newsroom.look())
    assert looks[-1].state is SourceState.READ
    assert "5 pages were asked for" in looks[0].why
    assert len(pages(newsroom.database)) == 10
    assert len(asked_articles(paper)) == 10


def test_lists_are_asked_for_by_whether_they_have_changed(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(2, of="春光")]})
    for path in ("/shibao/", page_path(DAY)):
        answer = paper.answers[path]
        assert isinstance(answer, Reply)
        paper.answers[path] = with_tag(answer.data)
    newsroom.look()
    assert newsroom.look().state is SourceState.READ
    knew = ["If-None-Match" in asked.headers for asked in paper.asked if "node_" in asked.path]
    assert knew == [False, True]


def test_a_list_that_has_changed_is_read_anew(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")]})
    for _ in range(2):
        entry = paper.answers["/shibao/"]
        assert isinstance(entry, Reply)
        paper.answers["/shibao/"] = with_tag(entry.data)
        newsroom.look()
        serve_issues(paper, {YESTERDAY: [stories(2, of="春光")], DAY: [stories(2, of="秋实")]})
    assert set(states(newsroom)) == {YESTERDAY, DAY}


@pytest.mark.parametrize(
    ("error", "state"), [(LockedError, SourceState.LOCKED), (NeedsOcrError, SourceState.NEEDS_OCR)]
)
def test_articles_that_cannot_be_had_hold_the_issue_under_their_own_name(
    sqlite_database: Database, error: type[FetchError], state: SourceState
) -> None:
    shelf = Shelf({DAY: [error("x") for _ in range(3)]})
    newsroom = Newsroom(sqlite_database, given(shelf))
    assert newsroom.look().state is state
    newsroom.clock.later(days=1)
    assert newsroom.look().state is state
    assert newsroom.issue().state is IssueState.HELD
    assert pages(sqlite_database) == []


def test_an_exception_in_an_adapter_is_a_state(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    newsroom = Newsroom(sqlite_database, given(Shelf({DAY: [ZeroDivisionError("first\nsecond")]})))
    look = newsroom.look()
    assert (look.state, look.why) == (
        SourceState.FAILING,
        "it broke the reader: ZeroDivisionError: first",
    )
    assert "hexi cannot be read" in caplog.text


def test_a_list_that_grows_is_read_again_on_its_day_and_the_next(sqlite_database: Database) -> None:
    shelf = Shelf({YESTERDAY: stories(2, of="春光")}, grows=True)
    newsroom = Newsroom(sqlite_database, given(shelf))
    newsroom.look()
    shelf.issues[YESTERDAY] = stories(3, of="春光")
    newsroom.look()
    assert newsroom.issue(YESTERDAY).articles == newsroom.issue(YESTERDAY).mentions == 3
    newsroom.clock.later(days=1)
    shelf.issues[YESTERDAY] = stories(4, of="春光")
    newsroom.look()
    assert newsroom.issue(YESTERDAY).articles == 3
    assert len(pages(sqlite_database)) == 3


def test_a_lease_that_is_lost_ends_the_run_and_harms_nothing(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(4, of="春光")]})

    def steal(asked: object) -> None:
        if len(asked_articles(paper)) == 2:
            with newsroom.database.session() as session:
                release_source(session, "hexi", worker=newsroom.worker)
                assert take_source(session, "hexi", worker="other:1", now=newsroom.clock()) == ""

    paper.watch = steal
    with pytest.raises(StoppedError, match="taken over"):
        newsroom.look()
    assert len(asked_articles(paper)) == 2
    assert pages(newsroom.database) == []
    paper.watch = lambda _: None
    with newsroom.database.session() as session:
        release_source(session, "hexi", worker="other:1")
    assert newsroom.look().state is SourceState.READ
    assert len(pages(newsroom.database)) == 4


def test_a_run_that_is_to_end_ends_after_the_article_under_way(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(4, of="春光")]})
    newsroom.stopping = lambda: len(asked_articles(paper)) >= 2
    with pytest.raises(StoppedError):
        newsroom.look()
    newsroom.stopping = lambda: False
    newsroom.look()
    assert len(pages(newsroom.database)) == 4
    assert len(asked_articles(paper)) == 4
