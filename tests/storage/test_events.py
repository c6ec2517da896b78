"""Questions about events."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from parsing.model import NO_PERIOD, EventType, Period, Precision
from storage.database import Database
from storage.events import (
    all_events,
    count_by_type,
    find_events,
    get_event,
    known_areas,
    last_issue,
    nearest,
    recent,
    sources,
    upcoming,
)
from storage.filters import EventFilter
from storage.ingest import PageInfo, SourceInfo
from storage.views import EventPage, SourceView
from tests.storage.pages import AWARD, FIGURE, ISSUED, MEETING, SITE, store
from tests.support.readings import Happening, on

TODAY = date(2024, 4, 10)
ALL = EventFilter()


def day(number: int, month: int = 4) -> date:
    return date(2024, month, number)


def activity(subject: str, when: Period = NO_PERIOD, **values: object) -> Happening:
    return Happening(EventType.ACTIVITY, subject, f"{subject}举行", when, headline=subject, **values)  # type: ignore[arg-type]


def subjects(page: EventPage) -> list[str]:
    return [event.subject for event in page.events]


def found(session: Session, flt: EventFilter) -> list[str]:
    return subjects(find_events(session, flt, limit=50))


DAYS = (
    activity("清明祭扫", on(day(4))),
    activity("读书节", on(day(6), day(12))),
    activity("春季招聘会", on(day(20)), areas=("花乡街道",)),
    activity("健步走"),
    activity("文化月", Period(day(1), day(30), Precision.MONTH), areas=("王佐镇", "长辛店街道")),
)


def test_newest_first_by_the_day_of_happening_or_else_of_report(database: Database) -> None:
    with database.session() as session:
        store(session, *DAYS)
        assert found(session, ALL) == ["春季招聘会", "健步走", "读书节", "清明祭扫", "文化月"]


def test_soonest_first_puts_what_is_over_at_the_end(database: Database) -> None:
    with database.session() as session:
        store(session, *DAYS)
        page = find_events(session, ALL, order="soonest", today=TODAY)
        assert subjects(page) == ["文化月", "读书节", "春季招聘会", "健步走", "清明祭扫"]
        assert subjects(find_events(session, ALL, order="soonest")) == [
            "文化月",
            "清明祭扫",
            "读书节",
            "健步走",
            "春季招聘会",
        ]


def test_pages_of_a_list_hold_each_event_once(database: Database) -> None:
    with database.session() as session:
        store(session, *(activity(f"第{number}场演出", on(day(5))) for number in range(1, 24)))
        pages = [find_events(session, ALL, limit=10, offset=offset) for offset in (0, 10, 20, 30)]
        assert [len(page.events) for page in pages] == [10, 10, 3, 0]
        assert {page.total for page in pages} == {23}
        assert [page.offset for page in pages] == [0, 10, 20, 30]
        assert len({event.id for page in pages for event in page.events}) == 23


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (day(4), day(4), ["清明祭扫", "文化月"]),
        (day(12), day(13), ["读书节", "文化月"]),
        (day(8), day(8), ["健步走", "读书节", "文化月"]),
        (day(20), None, ["春季招聘会", "文化月"]),
        (None, day(1), ["文化月"]),
        (day(1, 5), None, []),
        (day(9), day(8), []),
    ],
)
def test_a_period_finds_what_touches_it(
    database: Database, since: date | None, until: date | None, expected: Sequence[str]
) -> None:
    with database.session() as session:
        store(session, *DAYS)
        assert found(session, EventFilter(since=since, until=until)) == expected


def test_types_areas_and_words_narrow_together(database: Database) -> None:
    with database.session() as session:
        store(session, MEETING, AWARD, FIGURE, *DAYS)
        assert found(session, EventFilter(types=(EventType.AWARD, EventType.FIGURE))) == [
            "首都文明村镇",
            "社会消费品零售总额",
        ]
        assert found(session, EventFilter(areas=("王佐镇",))) == ["首都文明村镇", "月度工作点评会", "文化月"]
        assert found(session, EventFilter(areas=("长辛店街道", "花乡街道"))) == ["春季招聘会", "文化月"]
        assert found(
            session, EventFilter(areas=("王佐镇",), types=(EventType.MEETING,), words=("苏军",))
        ) == ["月度工作点评会"]
        assert found(session, EventFilter(words=("王佐", "文明"))) == ["首都文明村镇"]
        assert found(session, EventFilter(areas=("火星镇",))) == []


def test_an_event_is_found_by_its_id_however_typed(database: Database) -> None:
    with database.session() as session:
        event = store(session, MEETING).new[0]
        for typed in (event.id, event.id.upper(), f"#{event.id}", f"  {event.id[:2]} {event.id[2:]} "):
            detail = get_event(session, typed)
            assert detail is not None
            assert detail.event == event
            assert [proof.evidence for proof in detail.proofs] == [MEETING.evidence]
        for typed in ("", "zzzz", "9" * 5000, "'; DROP TABLE event; --", "\x00"):
            assert get_event(session, typed) is None


def test_upcoming_is_what_starts_ahead_or_was_told_ahead_and_is_still_on(database: Database) -> None:
    with database.session() as session:
        store(
            session,
            *DAYS,
            activity("五月集市", on(day(15, 5))),
            activity("年度评选", Period(day(1, 1), day(31, 12), Precision.YEAR)),
            activity("今天开幕的展", on(TODAY)),
            activity("下季度展演", Period(day(1, 7), day(30, 9), Precision.QUARTER)),
        )
        page = upcoming(session, ALL, today=TODAY, days=14)
        assert subjects(page) == ["今天开幕的展", "读书节", "春季招聘会"]
        assert page.total == 3
        assert subjects(upcoming(session, ALL, today=TODAY, days=90)) == [
            "今天开幕的展",
            "读书节",
            "春季招聘会",
            "五月集市",
            "下季度展演",
        ]
        assert subjects(upcoming(session, EventFilter(areas=("花乡街道",)), today=TODAY, days=14)) == [
            "春季招聘会"
        ]
        assert subjects(upcoming(session, ALL, today=TODAY, days=90, limit=2, offset=2)) == [
            "春季招聘会",
            "五月集市",
        ]


def test_recent_is_what_happened_or_was_first_reported_in_these_days(database: Database) -> None:
    old = activity("三月的旧闻", on(day(10, 3)))
    with database.session() as session:
        store(session, *DAYS, old, issued_on=day(8))
        store(session, activity("预告过的演出", on(day(9))), issued_on=day(20, 3), page=PageInfo("b.txt"))
        store(session, activity("早报过的活动", on(day(2))), issued_on=day(3), page=PageInfo("c.txt"))
        page = recent(session, ALL, today=TODAY, days=7)
        assert subjects(page) == [
            "春季招聘会",
            "预告过的演出",
            "健步走",
            "读书节",
            "清明祭扫",
            "文化月",
            "三月的旧闻",
        ]
        behind = recent(session, ALL, today=TODAY, days=7, ahead=False)
        assert subjects(behind) == subjects(page)[1:]
        assert subjects(recent(session, ALL, today=TODAY, days=1)) == []
        assert subjects(recent(session, ALL, today=TODAY, days=2)) == ["预告过的演出"]


def test_nearest_drops_the_period_first_then_words_then_area(database: Database) -> None:
    with database.session() as session:
        store(session, *DAYS, MEETING)
        flt = EventFilter(areas=("王佐镇",), words=("点评",), since=day(1, 6), until=day(30, 6))
        near = nearest(session, flt, today=TODAY)
        assert near is not None
        assert near[0] == replace(flt, since=None, until=None)
        assert near[1].subject == "月度工作点评会"

        near = nearest(session, replace(flt, words=("停水",)), today=TODAY)
        assert near is not None
        assert near[0] == EventFilter(areas=("王佐镇",))
        assert near[1].subject == "月度工作点评会"

        near = nearest(session, EventFilter(types=(EventType.ACTIVITY,), areas=("云岗街道",)), today=TODAY)
        assert near is not None
        assert near[0] == EventFilter(types=(EventType.ACTIVITY,))
        assert near[1].subject == "健步走"


def test_nearest_looks_ahead_where_nothing_lies_behind(database: Database) -> None:
    with database.session() as session:
        store(session, activity("六月演出", on(day(1, 6))), activity("五月演出", on(day(1, 5))))
        near = nearest(session, EventFilter(words=("停水",)), today=TODAY)
        assert near is not None
        assert near[1].subject == "五月演出"


def test_nearest_offers_nothing_where_there_is_nothing(database: Database) -> None:
    with database.session() as session:
        assert nearest(session, EventFilter(words=("停水",), since=TODAY), today=TODAY) is None
        store(session, MEETING)
        assert nearest(session, EventFilter(types=(EventType.AWARD,), words=("奖",)), today=TODAY) is None
        assert nearest(session, EventFilter(types=(EventType.AWARD,)), today=TODAY) is None


def test_counts_by_type_are_in_the_order_of_the_types(database: Database) -> None:
    with database.session() as session:
        store(session, *DAYS, AWARD, MEETING)
        assert list(count_by_type(session, ALL).items()) == [
            (EventType.MEETING, 1),
            (EventType.AWARD, 1),
            (EventType.ACTIVITY, 5),
        ]
        assert count_by_type(session, EventFilter(areas=("花乡街道",))) == {EventType.ACTIVITY: 1}
        assert count_by_type(session, EventFilter(words=("没有",))) == {}


def test_all_events_come_once_each_over_many_slices(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.events._SLICE", 4)
    with database.session() as session:
        store(
            session, *(activity(f"第{n}场演出", on(day(5 + n % 3)), areas=("王佐镇",)) for n in range(1, 15))
        )
        events = list(all_events(session, ALL))
        assert len({event.id for event in events}) == len(events) == 14
        assert tuple(events) == find_events(session, ALL, limit=50).events
        assert all(event.areas == ("王佐镇",) for event in events)
        assert list(all_events(session, EventFilter(words=("没有",)))) == []


def test_what_is_known_about_sources_and_areas(database: Database) -> None:
    with database.session() as session:
        assert (known_areas(session), last_issue(session), sources(session)) == ((), None, ())
        store(session, *DAYS, AWARD)
        store(session, MEETING, source=SITE, issued_on=None)
        store(
            session,
            FIGURE,
            source=SourceInfo("丰台区政府网站", "site", "https://example.org"),
            issued_on=day(3),
        )
        assert known_areas(session) == ("王佐镇", "花乡街道", "长辛店街道")
        assert last_issue(session) == ISSUED
        assert sources(session) == (
            SourceView("丰台区政府网站", "site", "https://example.org", 2, day(3)),
            SourceView("丰台报", "files", "https://example.org/ftb", 1, ISSUED),
        )


def test_a_list_takes_as_many_queries_for_fifty_events_as_for_one(database: Database) -> None:
    with database.session() as session:
        store(session, *(activity(f"第{n}场演出", on(ISSUED - timedelta(n))) for n in range(1, 51)))
    counted: list[str] = []

    def count(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    from sqlalchemy import event

    with database.session(write=False) as session:
        event.listen(session.connection(), "before_cursor_execute", count)
        find_events(session, ALL, limit=50)
    assert len(counted) == 3
