"""The ledger: a line for each day, which goes only forward, and the articles on their way."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from storage.database import Database
from storage.ledger import (
    Issue,
    IssueState,
    accept_issue,
    count_done_since,
    issue_by_id,
    issues_between,
    last_issues,
    note_issue,
    note_none,
    open_issue,
    retry_issue,
    unfinished_issues,
)
from storage.ledger_articles import (
    ArticleState,
    articles_of,
    leave_out,
    name_articles,
    note_fetched,
    note_stored,
    note_unfetched,
)

NOW = datetime(2024, 3, 8, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DAY = date(2024, 3, 8)
URL = "https://paper.example/html/2024-03/08/node_1.htm"


def opened(session: Session, day: date = DAY, source: str = "hexi") -> Issue:
    return open_issue(session, source, day, URL, NOW)


def named(session: Session, issue: Issue, *names: str) -> int:
    references: list[tuple[str, dict[str, Any]]] = [(name, {"named": name}) for name in names]
    return name_articles(session, issue.id, references, pages=2, now=LATER)


def again(session: Session, issue: Issue) -> Issue:
    found = issue_by_id(session, issue.id)
    assert found is not None
    return found


def test_an_issue_is_opened_once(database: Database) -> None:
    with database.session() as session:
        first = opened(session)
    with database.session() as session:
        assert open_issue(session, "hexi", DAY, "https://paper.example/other", LATER) == first
    assert first == Issue(
        id=first.id,
        source="hexi",
        day=DAY,
        url=URL,
        state=IssueState.FOUND,
        why="",
        found_at=NOW,
        listed_at=None,
        done_at=None,
        pages=0,
        articles=0,
        mentions=0,
        accepted_by=None,
    )


def test_a_day_without_an_issue_may_get_one_and_not_the_other_way(database: Database) -> None:
    before = DAY - timedelta(days=1)
    with database.session() as session:
        note_none(session, "hexi", [before, DAY], NOW)
        assert issues_between(session, "hexi", before, DAY)[DAY].done_at == NOW
        issue = open_issue(session, "hexi", DAY, URL, LATER)
        assert (issue.state, issue.url, issue.found_at, issue.done_at) == (IssueState.FOUND, URL, LATER, None)
        note_none(session, "hexi", [before, DAY], LATER)
        found = issues_between(session, "hexi", before, DAY)
        assert [one.state for one in found.values()] == [IssueState.NONE, IssueState.FOUND]


def test_years_without_an_issue_can_be_noted(database: Database) -> None:
    """A statement holds only so many values."""
    first = date(2010, 1, 1)
    with database.session() as session:
        note_none(session, "hexi", [first + timedelta(days=number) for number in range(3_000)], NOW)
        assert len(issues_between(session, "hexi", first, DAY)) == 3_000
        note_none(session, "hexi", [], NOW)


def test_how_an_issue_stands_is_noted_with_what_it_holds(database: Database) -> None:
    with database.session() as session:
        issue = opened(session)
        named(session, issue, "a", "b", "c")
        keys = [one.id for one in articles_of(session, issue.id)]
        note_stored(session, issue.id, keys[:2], 5)
        note_stored(session, issue.id, keys[2:], 2)
        note_issue(session, issue.id, IssueState.READ, "", LATER)
        found = again(session, issue)
        assert (found.state, found.done_at) == (IssueState.READ, LATER)
        assert (found.pages, found.listed_at, found.articles, found.mentions) == (2, LATER, 3, 7)
        note_issue(session, issue.id, IssueState.PARTIAL, "x" * 999 + "\x00", LATER)
        found = again(session, issue)
        assert (found.done_at, len(found.why)) == (None, 300)


def test_a_held_issue_is_let_go_once(database: Database) -> None:
    with database.session() as session:
        issue = opened(session)
        assert not accept_issue(session, issue.id, 7)
        assert not retry_issue(session, issue.id)
        note_issue(session, issue.id, IssueState.HELD, "bad", NOW)
        assert accept_issue(session, issue.id, 10**15)
        assert not accept_issue(session, issue.id, 8)
        found = again(session, issue)
        assert (found.state, found.why, found.accepted_by) == (IssueState.FOUND, "", 10**15)


def test_a_held_issue_that_is_tried_again_has_its_articles_fetched_anew(database: Database) -> None:
    with database.session() as session:
        issue = opened(session)
        named(session, issue, "a", "b", "c", "d")
        a, b, c, _ = (one.id for one in articles_of(session, issue.id))
        note_fetched(session, a, {"headline": "早市"}, ["no body"], NOW)
        note_unfetched(session, b, "gone", NOW)
        note_stored(session, issue.id, [c], 1)
        note_issue(session, issue.id, IssueState.HELD, "bad", NOW)
        assert retry_issue(session, issue.id)
        found = [(one.state.value, one.told, one.flaws, one.tries) for one in articles_of(session, issue.id)]
        fresh = ("named", None, (), 0)
        assert found == [fresh, fresh, ("stored", None, (), 0), fresh]
        assert again(session, issue).accepted_by is None


def test_the_newest_issues_come_first_and_days_without_one_are_none_of_them(database: Database) -> None:
    with database.session() as session:
        for number in range(5):
            issue = opened(session, DAY - timedelta(days=number))
            if number % 2:
                note_issue(session, issue.id, IssueState.READ, "", NOW)
        note_none(session, "hexi", [DAY + timedelta(days=1)], NOW)
        opened(session, DAY, "hedong")
        assert [one.day.day for one in last_issues(session, "hexi", limit=3)] == [8, 7, 6]
        read = last_issues(session, "hexi", limit=3, state=IssueState.READ, before=date(2024, 3, 7))
        assert [one.day.day for one in read] == [5]


def test_what_is_unfinished_comes_oldest_first_and_what_is_held_is_left_out(database: Database) -> None:
    with database.session() as session:
        for number, state in enumerate(IssueState):
            note_issue(session, opened(session, DAY - timedelta(days=number)).id, state, "", NOW)
        assert [one.state.value for one in unfinished_issues(session, "hexi")] == ["partial", "found"]


def test_issues_read_since_a_moment_are_counted(database: Database) -> None:
    with database.session() as session:
        for number, state in enumerate((IssueState.READ, IssueState.READ, IssueState.HELD)):
            note_issue(
                session,
                opened(session, DAY - timedelta(days=number)).id,
                state,
                "",
                NOW + timedelta(minutes=number),
            )
        note_none(session, "hexi", [date(2024, 1, 1)], LATER)
        assert count_done_since(session, "hexi", NOW) == 2
        assert count_done_since(session, "hexi", NOW + timedelta(seconds=1)) == 1
        assert count_done_since(session, "hedong", NOW) == 0


def test_articles_are_named_once_and_stay_in_order(database: Database) -> None:
    with database.session() as session:
        issue = opened(session)
        assert named(session, issue, "b", "a", "b") == 2
        assert named(session, issue, "b", "a", "c") == 1
        assert [one.url for one in articles_of(session, issue.id)] == ["b", "a", "c"]
        assert articles_of(session, issue.id)[0].reference == {"named": "b"}


def test_an_article_stored_with_another_issue_of_the_source_is_not_named(database: Database) -> None:
    with database.session() as session:
        first, second = opened(session), opened(session, DAY + timedelta(days=1))
        other = opened(session, source="hedong")
        named(session, first, "a", "b")
        a, _ = articles_of(session, first.id)
        note_stored(session, first.id, [a.id], 1)
        assert named(session, second, "a", "b") == 1
        assert named(session, other, "a") == 1


@pytest.mark.parametrize("nasty", ["早\x00市\ud800", "\x00"])
def test_what_no_database_can_hold_is_left_out_however_deep(database: Database, nasty: str) -> None:
    with database.session() as session:
        issue = opened(session)
        references = [(f"u{nasty}", {"article": {"headline": nasty, "names": [nasty]}})]
        name_articles(session, issue.id, references, pages=1, now=NOW)
        (one,) = articles_of(session, issue.id)
        note_fetched(session, one.id, {"paragraphs": (nasty, "一")}, [nasty], NOW)
    kept = "早市" if "早" in nasty else ""
    with database.session() as session:
        (one,) = articles_of(session, issue.id)
        assert (one.url, one.flaws) == (f"u{kept}", (kept,))
        assert one.reference == {"article": {"headline": kept, "names": [kept]}}
        assert one.told == {"paragraphs": [kept, "一"]}


def test_an_article_goes_its_way(database: Database) -> None:
    with database.session() as session:
        issue = opened(session)
        named(session, issue, "a", "b")
        a, b = (one.id for one in articles_of(session, issue.id))
        note_unfetched(session, a, "y" * 999, NOW)
        note_unfetched(session, a, "gone", NOW)
        note_fetched(session, b, None, [], NOW)
        found = {one.url: one for one in articles_of(session, issue.id)}
        assert (found["a"].state, found["a"].flaws, found["a"].tries) == (ArticleState.FAILED, ("gone",), 2)
        assert found["b"].state is ArticleState.LEFT_OUT
        note_fetched(session, a, {"headline": "早市"}, [], NOW)
        (fetched,) = articles_of(session, issue.id, ArticleState.FETCHED)
        assert (fetched.url, fetched.told, fetched.flaws) == ("a", {"headline": "早市"}, ())
        leave_out(session, [a])
        assert articles_of(session, issue.id, ArticleState.FETCHED, ArticleState.NAMED) == []
        assert articles_of(session, issue.id)[0].told is None
