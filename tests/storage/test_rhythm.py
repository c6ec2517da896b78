"""When a weekly digest is due, across changes of the clock too."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rhythm import Rhythm, next_due

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MINUTE = timedelta(minutes=1)


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_monday_nine_in_shanghai_is_one_in_utc() -> None:
    assert next_due(at("2024-04-03 12:00"), 0, 9, 0, "Asia/Shanghai") == at("2024-04-08 01:00")


def test_the_very_moment_is_not_due_again() -> None:
    due = at("2024-04-08 01:00")
    assert next_due(due, 0, 9, 0, "Asia/Shanghai") == due + timedelta(days=7)
    assert next_due(due - timedelta(microseconds=1), 0, 9, 0, "Asia/Shanghai") == due


def test_a_time_that_the_clock_skips_goes_to_the_next_minute_that_exists() -> None:
    # In Berlin the clock goes from 2:00 to 3:00 in the night to Sunday, 31 March 2024.
    assert next_due(at("2024-03-30 12:00"), 6, 2, 30, "Europe/Berlin") == at(
        "2024-03-31 03:00", "Europe/Berlin"
    )
    assert next_due(at("2024-03-31 03:00", "Europe/Berlin"), 6, 2, 30, "Europe/Berlin") == at(
        "2024-04-07 02:30", "Europe/Berlin"
    )


def test_a_time_that_the_clock_shows_twice_is_due_once_at_the_first() -> None:
    # In Berlin it is 2:30 twice in the night to Sunday, 27 October 2024: at 0:30 and at 1:30 UTC.
    first = next_due(at("2024-10-26 12:00"), 6, 2, 30, "Europe/Berlin")
    assert first == at("2024-10-27 00:30")
    assert next_due(first, 6, 2, 30, "Europe/Berlin") == at("2024-11-03 01:30")


def test_a_day_that_does_not_exist_is_due_at_the_next() -> None:
    # Samoa had no 30 December 2011, a Friday.
    assert next_due(at("2011-12-29 00:00", "Pacific/Apia"), 4, 9, 0, "Pacific/Apia") == at(
        "2011-12-31 00:00", "Pacific/Apia"
    )


def test_the_zone_of_the_moment_given_does_not_matter() -> None:
    utc = at("2024-04-07 20:00")
    elsewhere = utc.astimezone(timezone(timedelta(hours=-11)))
    assert next_due(utc, 0, 9, 0, "Asia/Shanghai") == next_due(elsewhere, 0, 9, 0, "Asia/Shanghai")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        next_due(datetime(2024, 4, 1), 0, 9, 0, "Asia/Shanghai")  # noqa: DTZ001


@pytest.mark.parametrize(
    "wrong",
    [{"weekday": 7}, {"hour": 24}, {"minute": -1}, {"zone": "Mars/Olympus"}, {"zone": "../etc/passwd"}],
)
def test_a_rhythm_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no such|unknown"):
        Rhythm(**wrong)  # type: ignore[arg-type]


@given(MOMENTS, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59), st.sampled_from(ZONES))
def test_it_is_later_within_eight_days_and_at_the_local_time(
    after: datetime, weekday: int, hour: int, minute: int, zone: str
) -> None:
    due = next_due(after, weekday, hour, minute, zone)
    assert due.tzinfo is UTC
    assert after < due <= after + timedelta(days=8)
    local = due.astimezone(ZoneInfo(zone))
    if (local.weekday(), local.hour, local.minute) != (weekday, hour, minute):
        # Only where the clock skipped it: the minute before has another offset, and is earlier on the clock.
        before = (due - MINUTE).astimezone(ZoneInfo(zone))
        assert before.utcoffset() != local.utcoffset()
        assert (before.hour, before.minute) < (hour, minute) < (local.hour, local.minute)


@given(MOMENTS, st.integers(0, 6), st.integers(0, 23), st.sampled_from(ZONES))
def test_going_on_from_each_visits_every_week_once(
    after: datetime, weekday: int, hour: int, zone: str
) -> None:
    rhythm = Rhythm(weekday, hour, 30, zone)
    first = rhythm.next_due(after)
    days = []
    due = first
    for _ in range(60):
        days.append(due.astimezone(ZoneInfo(zone)).date())
        due = rhythm.next_due(due)
    assert [(day - days[0]).days for day in days] == [7 * week for week in range(60)]


@given(MOMENTS, st.integers(0, 6), st.integers(0, 23), st.sampled_from(ZONES))
def test_nothing_between_now_and_then_is_due_earlier(
    after: datetime, weekday: int, hour: int, zone: str
) -> None:
    due = next_due(after, weekday, hour, 0, zone)
    step = (due - after) / 7
    assert all(next_due(after + step * part, weekday, hour, 0, zone) == due for part in range(7))
