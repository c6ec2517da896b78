"""An announced event is one event, whatever becomes of it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from sqlmodel import Session

from parsing.model import EventType, Period, State
from storage.course import Course, course_of
from storage.database import Database
from storage.events import find_events, upcoming
from storage.filters import EventFilter
from storage.told import Told, from_fields, to_fields
from storage.views import EventView
from tests.storage.pages import PAPER, SITE, store
from tests.support.readings import Happening, on, page_telling

FIRST, LATER = date(2024, 4, 20), date(2024, 4, 27)
ISSUED = date(2024, 4, 8)
FAIR = Happening(
    EventType.ACTIVITY,
    "春季招聘会",
    "区人力社保局将于4月20日在花木广场举办春季招聘会",
    on(FIRST),
    actors=("区人力社保局",),
    place="花木广场",
)
MOVED = Happening(
    EventType.NOTICE,
    "春季招聘会延期至举办",
    "原定4月20日举行的春季招聘会延期至4月27日举办",
    on(LATER),
    headline="通知",
)
CANCELLED = replace(MOVED, subject="春季招聘会", evidence="原定4月20日举行的春季招聘会取消", when=on(FIRST))
HELD = replace(FAIR, evidence="春季招聘会在花木广场举行，百家企业进场", headline="招聘会上人气旺")


def told(happening: Happening, issued_on: date) -> Told:
    _, reading = page_telling(happening, issued_on=issued_on)
    mention = reading.mentions[0]
    return from_fields(
        to_fields(mention),
        type=mention.type,
        evidence=mention.evidence,
        context=mention.context,
        headline=happening.headline,
        confidence=0.9,
        source_id=1,
        issued_on=issued_on,
        read_on=issued_on,
    )


def only(session: Session) -> EventView:
    page = find_events(session, EventFilter())
    assert page.total == 1
    return page.events[0]


def test_what_was_announced_and_told_again_afterwards_was_held() -> None:
    reports = [told(FAIR, ISSUED), told(HELD, FIRST + timedelta(2))]
    assert course_of(reports[:1]) == Course(on(FIRST), (), State.ANNOUNCED)
    assert course_of(reports) == Course(on(FIRST), (), State.HELD)


def test_what_was_only_told_afterwards_has_no_state() -> None:
    assert course_of([told(HELD, FIRST + timedelta(2))]) == Course(on(FIRST))


def test_a_notice_that_is_told_again_on_its_day_was_not_held() -> None:
    closed = Happening(EventType.NOTICE, "停水", "4月20日停水", on(FIRST))
    assert course_of([told(closed, ISSUED), told(closed, FIRST)]).state is State.ANNOUNCED


def test_the_course_does_not_hang_on_the_order_of_storing() -> None:
    reports = [
        told(FAIR, ISSUED),
        told(MOVED, ISSUED + timedelta(7)),
        told(replace(FAIR, headline="提醒"), ISSUED + timedelta(8)),  # has not heard of it
        told(replace(HELD, when=on(LATER)), LATER + timedelta(1)),
    ]
    for order in permutations(reports):
        assert course_of(order) == Course(on(LATER), (on(FIRST),), State.HELD)


def test_what_is_put_off_without_a_new_day_has_none() -> None:
    off = replace(MOVED, evidence="原定4月20日举行的春季招聘会延期举办，时间另行通知", when=on(FIRST))
    assert course_of([told(FAIR, ISSUED), told(off, ISSUED + timedelta(7))]) == Course(
        Period(), (on(FIRST),), State.MOVED
    )


def test_a_move_and_a_cancellation_join_the_event_and_keep_its_days(database: Database) -> None:
    with database.session() as session:
        (first,) = store(session, FAIR).new
        assert (first.state, first.when, first.earlier) == (State.ANNOUNCED, on(FIRST), ())
        (moved,) = store(session, MOVED, source=SITE, issued_on=ISSUED + timedelta(7)).merged
        assert (moved.id, moved.type, moved.subject) == (first.id, EventType.ACTIVITY, "春季招聘会")
        assert (moved.state, moved.when, moved.earlier) == (State.MOVED, on(LATER), (on(FIRST),))
        off = replace(CANCELLED, evidence="原定4月27日举行的春季招聘会取消", when=on(LATER))
        (gone,) = store(session, off, source=PAPER, issued_on=ISSUED + timedelta(10)).merged
        assert (gone.id, gone.state) == (first.id, State.CANCELLED)
        assert (gone.when, gone.earlier) == (on(LATER), (on(FIRST),))
        assert only(session) == gone


def test_a_paper_that_still_tells_the_old_day_joins_too(database: Database) -> None:
    with database.session() as session:
        (first,) = store(session, FAIR).new
        store(session, MOVED, source=SITE, issued_on=ISSUED + timedelta(7))
        late = replace(FAIR, headline="提醒您", evidence="区人力社保局4月20日将举办春季招聘会")
        (again,) = store(session, late, source=SITE, issued_on=ISSUED + timedelta(8)).merged
        assert (again.id, again.when, again.state) == (first.id, on(LATER), State.MOVED)


def test_the_announcement_may_be_read_after_what_became_of_it(database: Database) -> None:
    with database.session() as session:
        (first,) = store(session, CANCELLED, issued_on=ISSUED + timedelta(7)).new
        (whole,) = store(session, FAIR, source=SITE).merged
        assert (whole.id, whole.type, whole.state) == (first.id, EventType.ACTIVITY, State.CANCELLED)


def test_another_occasion_of_that_day_is_not_called_off(database: Database) -> None:
    with database.session() as session:
        store(session, FAIR)
        other = replace(CANCELLED, subject="法律咨询", evidence="原定4月20日的法律咨询取消")
        assert len(store(session, other, source=SITE, issued_on=ISSUED + timedelta(7)).new) == 1


def test_what_lies_ahead_is_listed_by_its_new_day_and_says_what_is_cancelled(database: Database) -> None:
    with database.session() as session:
        store(session, FAIR)
        store(session, MOVED, source=SITE, issued_on=ISSUED + timedelta(7))
        assert upcoming(session, EventFilter(), today=ISSUED, days=14).total == 0
        assert upcoming(session, EventFilter(), today=ISSUED, days=21).events[0].when == on(LATER)
        off = replace(CANCELLED, evidence="原定4月27日举行的春季招聘会取消", when=on(LATER))
        store(session, off, issued_on=ISSUED + timedelta(10))
        (shown,) = upcoming(session, EventFilter(), today=ISSUED, days=21).events
        assert shown.state is State.CANCELLED
