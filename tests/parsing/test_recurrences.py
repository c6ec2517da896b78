"""What comes round is kept as told, with its clock times and the next day it falls on."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.dates import DateKind, find_dates

ISSUE = date(2024, 4, 8)  # a Monday


@pytest.mark.parametrize(
    ("text", "next_on", "clock"),
    [
        ("每周六上午9点至11点", date(2024, 4, 13), (time(9), time(11))),
        ("每月第一个周日上午9点", date(2024, 5, 5), (time(9), None)),
        ("每月最后一个周五", date(2024, 4, 26), None),
        ("每月15日", date(2024, 4, 15), None),
        ("每逢周三、周六", date(2024, 4, 10), None),
        ("每周二至周日9:00—17:00", date(2024, 4, 9), (time(9), time(17))),
        ("周一至周五9:00-17:00", date(2024, 4, 8), (time(9), time(17))),
        ("每天上午9:00—11:30", None, (time(9), time(11, 30))),
        ("每周", None, None),
    ],
)
def test_the_next_time_is_counted_from_the_issue(
    text: str, next_on: date | None, clock: tuple[time, time | None] | None
) -> None:
    (found,) = find_dates(text, ISSUE)
    assert (found.kind, found.text, found.when.start) == (DateKind.RECURRENCE, text, None)
    assert (found.next_on, found.clock) == (next_on, clock)


def test_without_an_issue_date_no_next_day_is_made_up() -> None:
    (found,) = find_dates("每周六上午9点", None, year=2024)
    assert found.next_on is None


@given(st.sampled_from("一二三四五六日"), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_next_weekday_is_within_a_week(day: str, issued_on: date) -> None:
    (found,) = find_dates(f"每周{day}", issued_on)
    assert found.next_on is not None
    assert 0 <= (found.next_on - issued_on).days < 7
    assert found.next_on.weekday() == "一二三四五六日".index(day)


@given(st.integers(1, 31), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_next_day_of_a_month_has_its_number(day: int, issued_on: date) -> None:
    (found,) = find_dates(f"每月{day}日", issued_on)
    assert found.next_on is not None
    assert found.next_on.day == day
    assert 0 <= (found.next_on - issued_on).days < 93
