"""What may be told unasked, what waits for a person's word, and that this word stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from parsing.model import PUSHED, EventType
from storage.database import Database
from storage.events import all_events, count_by_type, find_events, get_event, nearest, recent, upcoming
from storage.filters import EventFilter
from storage.ingest import PageInfo
from storage.overview import overview
from storage.review import NEWS_FOR, Review, clear_since
from storage.review_queue import UnknownEvents, count_in_review, decide, in_review
from storage.told import Told
from storage.views import EventView
from tests.storage.pages import AWARD, FIGURE, ISSUED, MEETING, SITE, store
from tests.support.readings import Happening, on

ALL = EventFilter()
TODAY = date(2024, 4, 10)
DOUBTFUL = replace(MEETING, confidence=0.7)
FAIR = Happening(
    EventType.ACTIVITY,
    "春季招聘会",
    "区人力社保局将举办春季招聘会",
    on(date(2024, 4, 20)),
    actors=("区人力社保局",),
    confidence=0.6,
)
IN_OTHER_WORDS = replace(DOUBTFUL, evidence="月度工作点评会4月2日在河西五街镇举行", headline="点评会")
LATER = PageInfo("later.txt")


def told(source: int, evidence: str, confidence: float, told_on: date = ISSUED) -> Told:
    return Told(
        EventType.MEETING, "会", on(ISSUED), told_on, evidence, source_id=source, confidence=confidence
    )


def state(session: Session, event: EventView) -> Review:
    detail = get_event(session, event.id)
    assert detail is not None
    return detail.event.review


def unasked(session: Session, since: date, until: date) -> list[str]:
    days = (until - since).days + 1
    return [event.subject for event in recent(session, ALL, today=until, days=days, unasked=True).events]


@pytest.mark.parametrize(
    ("reports", "since"),
    [
        ([told(1, "甲", PUSHED)], ISSUED),
        ([told(1, "甲", PUSHED - 0.01)], None),
        ([told(1, "甲", 0.7), told(1, "乙", 0.7)], None),
        ([told(1, "甲", 0.7), told(2, "甲。", 0.7)], None),
        ([told(1, "甲", 0.7), told(2, "乙", 0.7)], ISSUED),
        ([told(1, "甲", 0.7), told(2, "甲", 0.7), told(2, "乙", 0.7, TODAY)], TODAY),
        ([told(1, "甲", 0.9, TODAY), told(2, "乙", 0.7, ISSUED)], TODAY),
        ([told(1, "甲", 0.7, TODAY), told(2, "乙", 0.9, ISSUED)], ISSUED),
        ([], None),
    ],
    ids=[
        "sure by itself",
        "not quite",
        "one source twice",
        "a reprint",
        "two sources in their own words",
        "the third in other words",
        "sure only later",
        "sure from the first, stored last",
        "no report",
    ],
)
def test_it_is_sure_from_the_report_that_made_it_so(reports: Sequence[Told], since: date | None) -> None:
    assert clear_since(reports) == since


def test_what_is_sure_is_clear_and_what_is_not_waits(database: Database) -> None:
    with database.session() as session:
        report = store(session, DOUBTFUL, AWARD)
        assert [event.review for event in report.new] == [Review.OPEN, Review.CLEAR]
        assert dict(overview(session).reviews) == {"clear": 1, "open": 1}


def test_a_surer_report_or_a_second_source_clears_it(database: Database) -> None:
    with database.session() as session:
        (meeting, fair) = store(session, DOUBTFUL, FAIR).new
        store(session, replace(DOUBTFUL, headline="点评"), source=SITE)
        assert state(session, meeting) is Review.OPEN, "the same words again prove nothing"
        store(session, IN_OTHER_WORDS, source=SITE, page=LATER)
        assert state(session, meeting) is Review.CLEAR
        store(session, replace(FAIR, confidence=0.9, headline="又讯"), page=LATER)
        assert state(session, fair) is Review.CLEAR


def test_lists_for_those_who_ask_show_what_waits_and_never_what_is_rejected(database: Database) -> None:
    with database.session() as session:
        _, fair, award = store(session, DOUBTFUL, FAIR, replace(AWARD, confidence=0.6)).new

        def listed() -> set[str]:
            pages = (
                find_events(session, ALL),
                recent(session, ALL, today=TODAY, days=7),
                upcoming(session, ALL, today=TODAY, days=30),
            )
            return {event.subject for page in pages for event in page.events}

        assert listed() == {"月度工作点评会", "春季招聘会", "首都文明村镇"}
        decide(session, reject=[fair.id, award.id], today=TODAY)
        assert listed() == {"月度工作点评会"} == {event.subject for event in all_events(session, ALL)}
        assert count_by_type(session, ALL) == {EventType.MEETING: 1}
        assert find_events(session, EventFilter(words=("招聘",))).total == 0
        wanted = EventFilter(types=(EventType.ACTIVITY,), words=("停水",))
        assert nearest(session, wanted, today=TODAY) is None


def test_unasked_is_told_only_what_is_sure_or_accepted(database: Database) -> None:
    with database.session() as session:
        meeting, fair, _, figure = store(session, DOUBTFUL, FAIR, AWARD, FIGURE).new

        def told_unasked() -> set[str]:
            behind = recent(session, ALL, today=TODAY, days=7, unasked=True, ahead=False)
            ahead = upcoming(session, ALL, today=TODAY, days=30, unasked=True)
            assert (behind.total, ahead.total) == (len(behind.events), len(ahead.events))
            return {event.subject for event in (*behind.events, *ahead.events)}

        assert told_unasked() == {"首都文明村镇", "社会消费品零售总额"}
        decide(session, accept=[meeting.id, fair.id], reject=[figure.id], today=TODAY)
        assert told_unasked() == {"首都文明村镇", "月度工作点评会", "春季招聘会"}


def test_what_turns_sure_late_is_told_in_the_week_in_which_it_did(database: Database) -> None:
    week = timedelta(days=7)
    since, until = date(2024, 4, 8), date(2024, 4, 14)
    with database.session() as session:
        figure, award = store(
            session, replace(FIGURE, confidence=0.7), replace(AWARD, confidence=0.7), issued_on=since - week
        ).new
        assert unasked(session, since - week, until - week) == []
        other = replace(FIGURE, evidence="全区一季度社会消费品零售总额同比增长5.1%", confidence=0.6)
        (merged,) = store(session, other, source=SITE, issued_on=since, page=LATER).merged
        assert (merged.id, merged.reported_on) == (figure.id, since - week)
        decide(session, accept=[award.id], today=until)
        assert unasked(session, since, until) == ["首都文明村镇", "社会消费品零售总额"]
        assert unasked(session, since - week, until - week) == [], "each is told once"


def test_what_turns_sure_long_after_is_no_news(database: Database) -> None:
    with database.session() as session:
        (award,) = store(session, replace(AWARD, confidence=0.7)).new
        much_later = ISSUED + NEWS_FOR + timedelta(days=1)
        decide(session, accept=[award.id], today=much_later)
        assert unasked(session, much_later, much_later) == []
        assert unasked(session, ISSUED, ISSUED) == ["首都文明村镇"]


@pytest.mark.parametrize("word", [Review.ACCEPTED, Review.REJECTED])
def test_a_persons_word_outlives_further_reports(database: Database, word: Review) -> None:
    with database.session() as session:
        (event,) = store(session, DOUBTFUL).new
        chosen = [event.id]
        (detail,) = (
            decide(session, accept=chosen, today=TODAY)
            if word is Review.ACCEPTED
            else decide(session, reject=chosen, today=TODAY)
        )
        assert detail.event.review is word
        report = store(session, replace(MEETING, confidence=0.99), source=SITE, page=LATER)
        assert report.new == (), "a sure report of a rejected event does not make a new one"
        assert [(again.id, again.review) for again in report.merged] == [(event.id, word)]


def test_a_person_may_have_second_thoughts(database: Database) -> None:
    with database.session() as session:
        (event,) = store(session, MEETING).new
        decide(session, reject=[event.id], today=TODAY)
        assert unasked(session, ISSUED, TODAY) == []
        decide(session, accept=[event.id], today=TODAY)
        assert unasked(session, ISSUED, ISSUED) == ["月度工作点评会"], "it had been told on its own day"
        assert unasked(session, TODAY, TODAY) == []


def test_the_surest_is_looked_at_first_with_its_surest_report_before_the_others(database: Database) -> None:
    with database.session() as session:
        store(session, FAIR, DOUBTFUL, AWARD)
        store(session, replace(FAIR, evidence="春季招聘会4月20日举办", confidence=0.65), page=LATER)
        found = in_review(session)
        assert [detail.event.subject for detail in found] == ["月度工作点评会", "春季招聘会"]
        assert [proof.confidence for proof in found[1].proofs] == [0.65, 0.6]
        assert [detail.event.subject for detail in in_review(session, limit=1)] == ["月度工作点评会"]
        assert (count_in_review(session), count_in_review(session, Review.REJECTED)) == (2, 0)


def test_an_unknown_id_leaves_all_as_it_was(database: Database) -> None:
    with database.session() as session:
        event, _ = store(session, DOUBTFUL, FAIR).new
        with pytest.raises(UnknownEvents) as caught:
            decide(session, accept=[event.id, "zzzz"], reject=["", "zzzz"], today=TODAY)
        assert caught.value.ids == ("zzzz", "")
        with pytest.raises(ValueError, match="both"):
            decide(session, accept=[event.id], reject=[f" #{event.id.upper()}"], today=TODAY)
        assert state(session, event) is Review.OPEN
        assert decide(session, today=TODAY) == []


def test_an_id_is_understood_as_typed(database: Database) -> None:
    with database.session() as session:
        first, second = store(session, DOUBTFUL, FAIR).new
        decided = decide(session, accept=[f"#{second.id.upper()}", second.id], reject=[first.id], today=TODAY)
        assert [(detail.event.id, detail.event.review) for detail in decided] == [
            (second.id, Review.ACCEPTED),
            (first.id, Review.REJECTED),
        ]
