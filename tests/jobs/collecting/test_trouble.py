"""What operators hear of sources: once, with a sample, and what their word does."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.sources import take_word
from messages.callbacks import Tend, parse
from sources.fetching.errors import LockedError
from storage.database import Database
from storage.ledger import IssueState
from storage.source_states import SourceState
from tests.jobs.collecting.shelf import Shelf
from tests.jobs.collecting.support import (
    DAY,
    OPERATORS,
    Newsroom,
    add_operators,
    asked_articles,
    days_before,
    given,
    notes,
    pages,
    stories,
)
from tests.sources.paper import Story, article_path, serve_issues
from tests.sources.site import Reply, Site


@pytest.fixture
def newsroom(newsroom: Newsroom) -> Newsroom:
    add_operators(newsroom.database)
    return newsroom


def press(newsroom: Newsroom, button: dict[str, Any], *, by: int = OPERATORS[0]) -> str | None:
    """An operator's press; the source's name, or None if it was done before."""
    action = parse(button["data"])
    assert isinstance(action, Tend)
    with newsroom.database.session() as session:
        return take_word(session, action, by=by, today=newsroom.clock().date(), now=newsroom.clock())


def flaw(paper: Site, day: date, *places: int) -> None:
    for place in places:
        paper.answers[article_path(day, 1, place)] = Reply(b"<p>another template</p>")


def read_days(
    newsroom: Newsroom, paper: Site, days: list[date], served: dict[date, list[list[Story]]]
) -> None:
    """Look on each of the days, at seven in the morning, when its issue is out."""
    for day in days:
        newsroom.clock.later(days=(day - (newsroom.clock.now + timedelta(hours=8)).date()).days)
        serve_issues(paper, {each: served[each] for each in served if each <= day})
        newsroom.look()


def test_an_unsound_issue_is_held_and_each_operator_gets_one_note(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(10, of="春光")]})
    flaw(paper, DAY, 2, 3)
    look = newsroom.look()
    assert (look.state, newsroom.issue().state) == (SourceState.DEGRADED, IssueState.HELD)
    assert pages(newsroom.database) == []
    assert [chat for chat, _ in notes(newsroom.database)] == list(OPERATORS)
    chinese, english = (json.loads(payload) for _, payload in notes(newsroom.database))
    assert "河西时报" in chinese["html"]
    assert "10 篇文章里，2 篇不对" in chinese["html"]
    assert "Of 10 articles 2 are not right" in english["html"]
    assert f"{paper.url}{article_path(DAY, 1, 2)}" in chinese["html"]  # a sample
    assert chinese["html"].count("<a ") == 2
    assert [button["text"] for button in chinese["keyboard"][0]] == ["重读", "放行"]
    assert [button["data"] for row in english["keyboard"] for button in row] == [
        button["data"] for row in chinese["keyboard"] for button in row
    ]
    newsroom.clock.later(minutes=30)
    newsroom.look()
    assert len(notes(newsroom.database)) == 2


def test_a_held_issue_that_is_let_pass_is_stored_by_the_next_run(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(10, of="春光")]})
    flaw(paper, DAY, 2, 3)
    newsroom.look()
    _, accept = json.loads(notes(newsroom.database)[0][1])["keyboard"][0]
    asked = len(asked_articles(paper))
    assert not newsroom.run_job()  # it is not due yet
    assert press(newsroom, accept) == "河西时报"
    assert newsroom.run_job().articles == 8
    assert newsroom.issue().state is IssueState.READ
    assert newsroom.issue().accepted_by == OPERATORS[0]
    assert len(pages(newsroom.database)) == 8
    assert len(asked_articles(paper)) == asked
    assert newsroom.standing().state is SourceState.READ


def test_the_second_operator_is_told_that_it_was_done(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(10, of="春光")]})
    flaw(paper, DAY, 2, 3)
    newsroom.look()
    retry, accept = json.loads(notes(newsroom.database)[0][1])["keyboard"][0]
    assert press(newsroom, accept) == "河西时报"
    for button in (retry, accept):
        assert press(newsroom, button, by=OPERATORS[1]) is None
    newsroom.run_job()
    assert press(newsroom, retry, by=OPERATORS[1]) is None
    assert newsroom.issue().accepted_by == OPERATORS[0]


def test_a_held_issue_is_fetched_anew_when_asked(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(10, of="春光")]})
    flaw(paper, DAY, 2, 3)
    newsroom.look()
    retry, _ = json.loads(notes(newsroom.database)[0][1])["keyboard"][0]
    newsroom.clock.later(minutes=1)
    assert press(newsroom, retry) == "河西时报"
    newsroom.run_job()
    assert newsroom.issue().state is IssueState.HELD
    assert len(notes(newsroom.database)) == 4  # it is told that it did not help
    retry, _ = json.loads(notes(newsroom.database)[3][1])["keyboard"][0]
    serve_issues(paper, {DAY: [stories(10, of="春光")]})
    newsroom.clock.later(minutes=1)
    assert press(newsroom, retry) == "河西时报"
    newsroom.run_job()
    assert newsroom.issue().articles == len(pages(newsroom.database)) == 10
    assert len(notes(newsroom.database)) == 4


def test_an_issue_that_is_held_keeps_no_other_from_being_read(newsroom: Newsroom, paper: Site) -> None:
    today, tomorrow = DAY, DAY + timedelta(days=1)
    served = {today: [stories(10, of="春光")], tomorrow: [stories(10, of="秋实")]}
    serve_issues(paper, {today: served[today]})
    flaw(paper, today, 2, 3)
    newsroom.look()
    read_days(newsroom, paper, [tomorrow], served)
    assert newsroom.issue(today).state is IssueState.HELD
    assert newsroom.issue(tomorrow).state is IssueState.READ
    assert newsroom.standing().state is SourceState.DEGRADED
    assert len(notes(newsroom.database)) == 2


def test_events_that_are_halved_hold_an_issue(newsroom: Newsroom, paper: Site) -> None:
    days = days_before(DAY, 6)
    served = {day: [stories(6, of=day)] for day in days[:-1]} | {DAY: [stories(6, of=DAY, telling=2)]}
    read_days(newsroom, paper, days, served)
    assert newsroom.standing().state is SourceState.DEGRADED
    assert newsroom.issue(DAY).why == "6 articles tell 2 events where about 6 are usual"
    assert len(pages(newsroom.database)) == 6 * 5
    _, accept = json.loads(notes(newsroom.database)[0][1])["keyboard"][0]
    press(newsroom, accept)
    assert newsroom.run_job().articles == 6


def test_failures_are_told_at_the_third_in_a_row_and_once(newsroom: Newsroom, paper: Site) -> None:
    paper.answers["/shibao/"] = Reply(status=500)
    for failures in (1, 2, 3, 4, 5):
        newsroom.look()
        assert newsroom.standing().failures == failures
        assert len(notes(newsroom.database)) == (2 if failures >= 3 else 0)
    assert "500" in json.loads(notes(newsroom.database)[0][1])["html"]


def test_a_success_between_two_failures_begins_to_count_anew(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(2, of="春光")]})
    entry = paper.answers["/shibao/"]
    for answer in (Reply(status=500), Reply(status=500), entry, Reply(status=500), Reply(status=500)):
        paper.answers["/shibao/"] = answer
        newsroom.look()
    assert newsroom.standing().failures == 2
    assert notes(newsroom.database) == []


def test_a_site_that_refuses_is_left_alone_for_a_day_and_told_once(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(2, of="春光")]})
    paper.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    assert newsroom.look().state is SourceState.BLOCKED
    assert paper.paths() == []
    assert len(notes(newsroom.database)) == 2
    newsroom.clock.later(hours=23, minutes=59)
    assert not newsroom.run_job()
    newsroom.clock.later(minutes=1)
    assert newsroom.run_job().looked == 1
    assert paper.paths() == []
    assert len(notes(newsroom.database)) == 2


def test_a_refusal_in_the_middle_of_an_issue_ends_the_look(newsroom: Newsroom, paper: Site) -> None:
    serve_issues(paper, {DAY: [stories(5, of="春光")]})
    paper.answers[article_path(DAY, 1, 2)] = Reply(status=403)
    assert newsroom.look().state is SourceState.BLOCKED
    assert len(asked_articles(paper)) == 2


def test_a_site_that_asks_to_wait_is_left_alone_so_long(newsroom: Newsroom, paper: Site) -> None:
    paper.answers["/shibao/"] = Reply(status=429, headers={"Retry-After": str(3 * 24 * 3600)})
    newsroom.look()
    newsroom.clock.later(days=2, hours=23, minutes=59)
    assert not newsroom.run_job()
    newsroom.clock.later(minutes=1)
    assert newsroom.run_job()


def test_never_mind_is_no_reason_to_ask_a_site_that_refuses(newsroom: Newsroom, paper: Site) -> None:
    paper.answers["/shibao/"] = Reply(status=403)
    newsroom.look()
    _, never_mind = json.loads(notes(newsroom.database)[0][1])["keyboard"][0]
    assert press(newsroom, never_mind) == "河西时报"
    assert not newsroom.run_job()


def test_trying_again_is_at_once(newsroom: Newsroom, paper: Site) -> None:
    paper.answers["/shibao/"] = Reply(status=403)
    newsroom.look()
    again, _ = json.loads(notes(newsroom.database)[0][1])["keyboard"][0]
    serve_issues(paper, {DAY: [stories(2, of="春光")]})
    assert press(newsroom, again) == "河西时报"
    assert newsroom.run_job().articles == 2


def test_a_missing_issue_is_told_once_and_never_mind_lasts_until_the_next(
    newsroom: Newsroom, paper: Site
) -> None:
    days = days_before(DAY, 5, gap=7)
    served = {day: [stories(1, of=day)] for day in days}
    read_days(newsroom, paper, days, served)
    newsroom.clock.later(days=14)
    assert newsroom.look().state is SourceState.NO_ISSUE
    newsroom.clock.later(days=1)
    look = newsroom.look()
    assert look.state is SourceState.DEGRADED
    assert look.why == "no issue since 2024-03-08; one was to come by 2024-03-22"
    newsroom.clock.later(days=1)
    newsroom.look()
    assert [chat for chat, _ in notes(newsroom.database)] == list(OPERATORS)
    _, never_mind = json.loads(notes(newsroom.database)[0][1])["keyboard"][0]
    assert never_mind["text"] == "没事"
    assert press(newsroom, never_mind) == "河西时报"
    for _ in range(8):
        assert newsroom.run_job()
        assert newsroom.standing().state is SourceState.NO_ISSUE
        newsroom.clock.later(days=10)
    late = DAY + timedelta(days=90)
    read_days(newsroom, paper, [late], {**served, late: [stories(1, of=late)]})
    newsroom.clock.later(days=150)
    newsroom.look()
    assert newsroom.standing().state is SourceState.NO_ISSUE  # the usual gap is long by now
    newsroom.clock.later(days=150)
    newsroom.look()
    assert newsroom.standing().state is SourceState.DEGRADED
    assert len(notes(newsroom.database)) == 4


def test_a_paper_that_wants_money_is_told_once(sqlite_database: Database) -> None:
    add_operators(sqlite_database)
    newsroom = Newsroom(sqlite_database, given(Shelf({DAY: [LockedError("x"), LockedError("y")]})))
    for _ in range(3):
        newsroom.look()
        newsroom.clock.later(days=1)
    assert newsroom.standing().state is SourceState.LOCKED
    assert [chat for chat, _ in notes(sqlite_database)] == list(OPERATORS)


def test_nobody_is_told_who_never_wrote_to_the_bot(sqlite_database: Database, paper: Site) -> None:
    newsroom = Newsroom(sqlite_database, given(Shelf({DAY: [LockedError("x"), LockedError("y")]})))
    assert newsroom.look().state is SourceState.LOCKED
    assert notes(sqlite_database) == []
