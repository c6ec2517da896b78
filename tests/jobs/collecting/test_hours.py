"""When a source is looked at next."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.collecting.hours import EVERY, Hours, hours_of

SHANGHAI = "Asia/Shanghai"
HOURS = hours_of("06:30-10:30,14:00")
SPREAD = timedelta(minutes=10)
BEGIN = datetime(2011, 1, 1, tzinfo=UTC)
NAME = "o"  # of a source that is spread by no minute


def local(text: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def looks(first: str, *, until_done: str = "", count: int, zone: str = SHANGHAI) -> list[str]:
    """The looks after one, as local times; the day's issue is read at `until_done` and later that day."""
    now = local(first, zone)
    found = []
    for _ in range(count):
        done = bool(until_done) and local(until_done, zone) <= now < local(until_done[:10] + "T23:59", zone)
        now = HOURS.next_look(NAME, now, zone, is_done=done)
        found.append(f"{now.astimezone(ZoneInfo(zone)):%d %H:%M}")
    return found


def test_the_name_of_these_tests_is_not_shifted() -> None:
    assert looks("2024-03-08T00:00", count=1) == ["08 06:30"]


def test_looks_are_every_half_hour_then_at_two_then_the_next_morning() -> None:
    assert looks("2024-03-08T09:00", count=6) == [
        "08 09:30",
        "08 10:00",
        "08 10:30",
        "08 14:00",
        "09 06:30",
        "09 07:00",
    ]


def test_an_issue_that_is_read_is_looked_at_once_more_that_day() -> None:
    assert looks("2024-03-08T06:30", until_done="2024-03-08T07:00", count=4) == [
        "08 07:00",
        "08 14:00",
        "09 06:30",
        "09 07:00",
    ]


def test_hours_are_those_of_the_districts_zone() -> None:
    assert HOURS.next_look(NAME, local("2024-03-08T00:00"), "Asia/Urumqi", is_done=False) == datetime(
        2024, 3, 8, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("day", ["2024-03-10", "2024-11-03"])  # when New York changes its clocks
def test_hours_stay_those_of_the_clock_on_the_wall_when_it_changes(day: str) -> None:
    zone = "America/New_York"
    assert looks(f"{day}T00:30", count=1, zone=zone) == [f"{day[-2:]} 06:30"]


def test_an_hour_that_comes_twice_is_no_reason_to_look_without_end() -> None:
    """Half an hour after 1:10 of the second time it is 1:40 of the second time, and not of the first."""
    hours, zone = hours_of("01:00-03:00"), "America/New_York"
    second = datetime(2024, 11, 3, 1, 10, tzinfo=ZoneInfo(zone), fold=1)
    assert hours.next_look(NAME, second, zone, is_done=False) == second.astimezone(UTC) + EVERY


def test_sources_do_not_all_begin_at_once() -> None:
    midnight = local("2024-03-08T00:00")
    firsts = {HOURS.next_look(f"paper-{n}", midnight, SHANGHAI, is_done=False) for n in range(50)}
    assert len(firsts) > 5
    assert max(firsts) - min(firsts) < SPREAD


ZONES = st.sampled_from([SHANGHAI, "Asia/Urumqi", "America/New_York", "Europe/Berlin", "Pacific/Apia"])
MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
TIMES = st.times().map(lambda found: found.replace(second=0, microsecond=0))
SPANS = st.lists(st.tuples(TIMES, TIMES).map(lambda two: (min(two), max(two))), min_size=1, max_size=4)


@settings(derandomize=True, database=None, deadline=None)
@given(spans=SPANS, now=MOMENTS, zone=ZONES, done=st.booleans(), name=st.text(max_size=5))
def test_the_next_look_lies_ahead_within_two_days_and_within_the_hours(
    spans: list[tuple[time, time]], now: datetime, zone: str, done: bool, name: str
) -> None:
    hours = Hours(tuple(sorted(spans)))
    found = hours.next_look(name, now, zone, is_done=done)
    assert timedelta(0) < found - now <= timedelta(hours=50)
    assert found.tzinfo is UTC
    edge = SPREAD + timedelta(hours=1)  # a clock may have been put forward in a span
    day = found.astimezone(ZoneInfo(zone)).date()
    around = [day + timedelta(days=number) for number in (-1, 0, 1)]

    def at(day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, ZoneInfo(zone)).astimezone(UTC)

    assert any(at(d, start) - edge <= found <= at(d, end) + edge for d in around for start, end in spans)


@settings(derandomize=True, database=None, deadline=None)
@given(now=MOMENTS, zone=ZONES)
def test_a_source_that_is_done_is_never_looked_at_before_one_that_is_not(now: datetime, zone: str) -> None:
    assert HOURS.next_look(NAME, now, zone, is_done=False) <= HOURS.next_look(NAME, now, zone, is_done=True)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("06:30-10:30,14:00", [(time(6, 30), time(10, 30)), (time(14), time(14))]),
        (" 14:00， 6:30 – 10:30 ", [(time(6, 30), time(10, 30)), (time(14), time(14))]),
        ("00:00-23:59", [(time(0), time(23, 59))]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, spans: list[tuple[time, time]]) -> None:
    assert hours_of(text) == Hours(tuple(spans))


@pytest.mark.parametrize("text", ["", "morning", "6", "24:00", "12:60", "10:30-06:30", "6:30-", "6:30,,7:00"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hour|begins|must be in"):
        hours_of(text)
