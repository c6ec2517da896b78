"""Whether an issue was read soundly, and whether one is missing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.collecting.health import (
    LOCKED,
    NEEDS_OCR,
    SOUND,
    Verdict,
    judge_articles,
    judge_events,
    overdue_since,
    verdict_of,
)
from storage.ledger import Issue, IssueState
from storage.ledger_articles import ArticleState, IssueArticle
from storage.source_states import SourceState

NOW = datetime(2024, 3, 8, tzinfo=UTC)
TODAY = date(2024, 3, 8)


def article(*flaws: str, state: ArticleState = ArticleState.FETCHED) -> IssueArticle:
    return IssueArticle(1, "u", state, {}, None, flaws, 1)


def issue(
    articles: int = 10, mentions: int = 10, *, why: str = "", held_as: SourceState | None = None
) -> Issue:
    state = IssueState.HELD if held_as else IssueState.READ
    return Issue(1, "hexi", TODAY, "u", state, why, NOW, NOW, NOW, 1, articles, mentions, None, held_as)


def some(sound: int, flawed: int) -> list[IssueArticle]:
    return [article()] * sound + [article("no body")] * flawed


@pytest.mark.parametrize(("sound", "flawed"), [(9, 1), (18, 2), (5, 1), (1, 1), (0, 0), (90, 10)])
def test_an_issue_with_few_flaws_is_sound(sound: int, flawed: int) -> None:
    assert judge_articles(some(sound, flawed)) is SOUND


@pytest.mark.parametrize(("sound", "flawed"), [(8, 2), (17, 2), (0, 1), (0, 3), (89, 11)])
def test_an_issue_with_more_than_one_flaw_in_ten_is_not(sound: int, flawed: int) -> None:
    verdict = judge_articles(some(sound, flawed))
    assert verdict == Verdict(
        SourceState.DEGRADED, f"{flawed} of {sound + flawed} articles are flawed, such as: no body"
    )


def test_the_flaw_that_is_told_is_the_most_frequent() -> None:
    flawed = [
        article("no headline"),
        article("no body"),
        article("no body", "no headline"),
        article("no body"),
    ]
    assert judge_articles(flawed).why.endswith("such as: no body")


def test_what_holds_nothing_to_read_does_not_count_unless_something_is_wrong() -> None:
    empty = article(state=ArticleState.LEFT_OUT)
    assert judge_articles([article(), *[empty] * 9]) is SOUND
    missing = article("no article found on its page", state=ArticleState.LEFT_OUT)
    assert judge_articles([article(), *[missing] * 9]).state is SourceState.DEGRADED


@pytest.mark.parametrize(("flaw", "state"), [(LOCKED, "locked"), (NEEDS_OCR, "needs_ocr")])
def test_articles_that_only_some_may_see_are_told_as_that(flaw: str, state: str) -> None:
    verdict = judge_articles([article(flaw), article(flaw), article()])
    assert verdict == Verdict(SourceState(state), f"2 of 3 articles: {flaw}")
    assert verdict_of(issue(why=verdict.why, held_as=verdict.state)) == verdict
    assert judge_articles([article(flaw), article(flaw), article(), article()]).state is SourceState.DEGRADED


def test_what_is_held_for_another_reason_is_degraded() -> None:
    assert verdict_of(issue(why="10 articles tell 1 event")).state is SourceState.DEGRADED


@settings(derandomize=True, database=None, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_another_sound_article_never_makes_an_issue_worse(sound: int, flawed: int) -> None:
    if judge_articles(some(sound, flawed)) is SOUND:
        assert judge_articles(some(sound + 1, flawed)) is SOUND
    else:
        assert judge_articles(some(sound, flawed + 1)) is not SOUND


def test_half_as_many_events_as_usual_are_too_few() -> None:
    earlier = [issue(10, 12)] * 5
    assert judge_events(10, 6, earlier) is SOUND
    assert judge_events(10, 5, earlier) == Verdict(
        SourceState.DEGRADED, "10 articles tell 5 events where about 12 are usual"
    )


def test_a_smaller_issue_may_tell_fewer_events() -> None:
    assert judge_events(5, 3, [issue(10, 12)] * 5) is SOUND


def test_nothing_is_usual_yet_of_a_young_source_or_one_that_tells_little() -> None:
    assert judge_events(10, 0, [issue(10, 12)] * 4) is SOUND
    assert judge_events(10, 0, [issue(10, 12)] * 4 + [issue(0, 0)] * 3) is SOUND
    assert judge_events(10, 0, [issue(10, 5)] * 7) is SOUND


@settings(derandomize=True, database=None, deadline=None)
@given(
    st.integers(1, 50),
    st.integers(0, 100),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 90)), max_size=9),
)
def test_more_events_are_never_worse(articles: int, mentions: int, counts: list[tuple[int, int]]) -> None:
    earlier = [issue(count, events) for count, events in counts]
    if judge_events(articles, mentions, earlier) is SOUND:
        assert judge_events(articles, mentions + 1, earlier) is SOUND


def every(gap: int, count: int) -> list[date]:
    return [TODAY - timedelta(days=gap * number) for number in range(count)]


@pytest.mark.parametrize("gap", [1, 7, 14])
def test_an_issue_is_missing_after_twice_the_usual_gap(gap: int) -> None:
    days = every(gap, 5)
    due = TODAY + timedelta(days=2 * gap)
    assert overdue_since(days, due) is None
    assert overdue_since(days, due + timedelta(days=1)) == due


def test_a_weekend_is_usual_for_a_paper_of_weekdays() -> None:
    days = [day for day in every(1, 21) if day.weekday() < 5]
    assert overdue_since(days, TODAY + timedelta(days=6)) is None
    assert overdue_since(days, TODAY + timedelta(days=7)) == TODAY + timedelta(days=6)


@pytest.mark.parametrize("days", [[], every(7, 1), every(7, 3)])
def test_of_a_young_source_nothing_is_missing(days: list[date]) -> None:
    assert overdue_since(days, TODAY + timedelta(days=900)) is None


@settings(derandomize=True, database=None, deadline=None)
@given(st.sets(st.dates(date(2023, 1, 1), TODAY), max_size=15), st.integers(0, 400))
def test_what_is_missing_stays_missing_until_an_issue_comes(days: set[date], later: int) -> None:
    today = TODAY + timedelta(days=later)
    due = overdue_since(sorted(days), today)
    if due is not None:
        assert max(days) < due < today
        assert overdue_since(sorted(days), today + timedelta(days=1)) == due
        assert overdue_since([*days, today], today) is None
