"""Calendar arithmetic for resolved dates: days, months and years as periods."""

import calendar
from datetime import date, timedelta

from parsing.date_points import Point
from parsing.model import NO_PERIOD, Period, Precision


class ImpossibleDateError(ValueError):
    """The words tell a day that no calendar has (2月30日), or a range that ends before it starts."""


def whole_year(year: int | None) -> Period:
    """First to last day of a year; NO_PERIOD for None."""
    return NO_PERIOD if year is None else Period(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def month_span(year: int | None, first: int, last: int, precision: Precision) -> Period:
    """First day of one month to the last of another in a year; NO_PERIOD for None."""
    if year is None:
        return NO_PERIOD
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), precision)


def one_day(year: int | None, month: int, day: int) -> Period:
    """One day as a period; NO_PERIOD for no year. Raises ImpossibleDateError for a day that no calendar has."""
    if year is None:
        return NO_PERIOD
    found = date_or_none(year, month, day)
    if found is None:
        raise ImpossibleDateError(f"{year}-{month}-{day}")
    return Period(found, found, Precision.DAY)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None where the month has no such day."""
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def shift_month(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months later (or, negative, before)."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def relative_days(point: Point, issued_on: date) -> Period:
    """The days of 昨日, 上周五, 本周末, 上周, counted from the issue date."""
    if point.day_shift is not None:
        day = issued_on + timedelta(days=point.day_shift)
        return Period(day, day, Precision.DAY)
    monday = issued_on + timedelta(days=7 * (point.week_shift or 0) - issued_on.weekday())
    if point.weekend:
        return Period(monday + timedelta(days=5), monday + timedelta(days=6), Precision.DAY)
    if point.weekday is None:
        return Period(monday, monday + timedelta(days=6), Precision.DAY)
    day = monday + timedelta(days=point.weekday)
    return Period(day, day, Precision.DAY)
