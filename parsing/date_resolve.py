"""Turns a date as it is told into a period of the calendar, against the issue date.

Where the words leave the year or month open, the nearest fitting one is taken, the past before the future:
a word about the future near the date (将, 定于, 前, 起) turns that round. See `date_years`.
"""

from dataclasses import replace
from datetime import date, timedelta

from parsing.date_points import Expression, Point, YearTie
from parsing.date_spans import (
    ImpossibleDateError,
    month_span,
    one_day,
    relative_days,
    shift_month,
    whole_year,
)
from parsing.date_years import (
    Anchor,
    Hints,
    bare_day,
    bare_weekday,
    bare_weekend,
    told_month,
    told_year,
    year_of_day,
    year_of_months,
    year_of_part,
    year_of_run,
)
from parsing.model import NO_PERIOD, Period, Precision

_COARSENESS = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)


def resolve(expression: Expression, anchor: Anchor, hints: Hints) -> Period:
    """The period of an expression; NO_PERIOD where nothing tells its year. Raises ImpossibleDateError."""
    try:
        return _resolve(expression, anchor, hints)
    except ImpossibleDateError:
        raise
    except (OverflowError, ValueError) as error:  # beyond the years of the calendar
        raise ImpossibleDateError(str(error)) from error


def _resolve(expression: Expression, anchor: Anchor, hints: Hints) -> Period:
    until = expression.prefix in ("until", "upto") or expression.suffix == "until"
    if expression.suffix in ("until", "since"):
        hints = replace(hints, future=not hints.past)
    if (
        expression.prefix == "upto"
        and not hints.future
        and hints.month is not None
        and hints.seen is not None
    ):
        # 4月21日开幕，到5月20日: the end of what began is not before it
        past = _resolve(replace(expression, prefix="until"), anchor, hints)
        if past.end is not None and past.end < hints.seen:
            hints = replace(hints, future=True, past=False)
    counted = expression.prefix in ("until", "upto") and not hints.future
    if counted or expression.suffix == "sofar":
        hints = replace(hints, past=True, future=False)
    if expression.prefix in ("now", "lasting"):
        hints = replace(hints, future=True, past=False)
    first = expression.first
    if expression.last is not None:
        period = _range(first, expression.last, anchor, hints)
    else:
        period = _point(first, anchor, hints)
        if until or expression.prefix in ("now", "lasting"):
            period = _last_day(first, period, by_prefix=expression.prefix is not None)
    if period.end is None or period.start is None:
        return NO_PERIOD
    if expression.prefix == "now":
        if anchor.issued_on is None:
            return Period(precision=Precision.DAY, until=period.end)
        if anchor.issued_on > period.end:
            return NO_PERIOD
        return Period(anchor.issued_on, period.end, Precision.DAY)
    third = first.third is not None and first.third.endswith("旬")  # 本月中旬起 is no more exact than 中旬
    if (
        expression.suffix == "since"
        and period.precision is Precision.MONTH
        and expression.last is None
        and not third
    ):
        return Period(period.start, period.start, Precision.DAY)  # 本月起
    this_year = anchor.this_year
    if expression.suffix == "sofar" and period.precision in (Precision.DAY, Precision.MONTH):
        if anchor.issued_on and period.precision is Precision.MONTH and period.end >= anchor.issued_on:
            return period  # 6月以来 in June, as 今年以来
        if anchor.issued_on is not None and expression.last is None and period.start <= anchor.issued_on:
            return Period(period.start, anchor.issued_on, Precision.DAY)
        return period
    if expression.suffix == "sofar" and period.precision is Precision.YEAR and this_year:
        return Period(period.start, max(period.end, date(this_year, 12, 31)), Precision.YEAR)
    return period


def _last_day(point: Point, period: Period, *, by_prefix: bool) -> Period:
    """截至3月底 and 3月底前 mean its last day, 截至2023年底 too, but 年底前 leaves the year open."""
    ends_month = point.third is not None and point.third in "底末"
    ends_year = by_prefix and point.year_part is not None and point.year_part.endswith(("底", "末"))
    if period.end is not None and (ends_month or ends_year):
        return Period(period.end, period.end, Precision.DAY)
    return period


def _range(first: Point, last: Point, anchor: Anchor, hints: Hints) -> Period:
    if not first.explicit_year and last.year is not None and first.month is not None:
        # 12月28日至2025年1月3日: the end tells the year.
        later = last.month is not None and (first.month, first.day or 0) > (last.month, last.day or 31)
        first = replace(first, year=last.year - 1 if later else last.year)
    if first.shared and first.month is None and first.day is not None and last.month is not None:
        first = replace(first, month=last.month)
    if first.month is not None and first.day is None and last.month is not None and not first.explicit_year:
        first = replace(first, year=year_of_run(first.month, last.month, anchor, hints))
    opening = _point(first, anchor, hints)
    if opening.start is None:
        _check(first)
        _check(last, month=first.month)
        return NO_PERIOD
    closing = _closing(last, opening.start, anchor, hints)
    if closing.end is None:
        return NO_PERIOD
    if closing.end < opening.start:
        raise ImpossibleDateError(f"{opening.start} to {closing.end}")
    precisions = [
        Precision.DAY if point.third in ("初", "底", "末") and other.is_day else period.precision
        for point, other, period in ((first, last, opening), (last, first, closing))
    ]
    return Period(opening.start, closing.end, max(precisions, key=_COARSENESS.index))


def _closing(last: Point, start: date, anchor: Anchor, hints: Hints) -> Period:
    """The end of a range: what its words leave open is taken from the start, or the first time after it."""
    if last.explicit_year or last.month_shift is not None or last.quarter_shift is not None:
        return _point(last, anchor, hints)
    if last.year_tie is YearTie.NEXT:
        return _point(replace(last, year=start.year + 1, year_tie=None), anchor, hints)
    if last.day_shift is not None or last.week_shift is not None:
        return _point(last, anchor, hints)
    if last.month is None and last.months is None and last.day is not None:
        month = start.month
        year = start.year
        if last.day < start.day:
            year, month = shift_month(year, month, 1)
        return one_day(year, month, last.day)
    if last.month is None and last.weekday is not None:
        day = start + timedelta(days=(last.weekday - start.weekday()) % 7)
        return Period(day, day, Precision.DAY)
    period = _point(replace(last, year=start.year), anchor, hints)
    if period.end is not None and period.end < start:
        period = _point(replace(last, year=start.year + 1), anchor, hints)
    return period


def _point(point: Point, anchor: Anchor, hints: Hints) -> Period:
    issued_on = anchor.issued_on
    if point.day_shift is not None or point.week_shift is not None:
        return relative_days(point, issued_on) if issued_on else NO_PERIOD
    if point.quarter_shift is not None:
        if issued_on is None:
            return NO_PERIOD
        year, month = shift_month(issued_on.year, (issued_on.month - 1) // 3 * 3 + 1, 3 * point.quarter_shift)
        return month_span(year, month, month + 2, Precision.QUARTER)
    if point.same_month or point.month_shift is not None:
        return told_month(point, anchor, hints)
    if point.months is not None:
        first, last = point.months
        found = told_year(point, anchor, hints) or year_of_months(first, last, anchor, hints)
        return month_span(found, first, last, Precision.MONTH if point.counted_months else Precision.QUARTER)
    if point.month is not None:
        year_told = told_year(point, anchor, hints)
        if point.day is not None:
            found = year_told or year_of_day(point.month, point.day, point.weekday, anchor, hints)
            return one_day(found, point.month, point.day)
        return month_span(
            year_told or year_of_months(point.month, point.month, anchor, hints),
            point.month,
            point.month,
            Precision.MONTH,
        )
    if point.day is not None:
        return bare_day(point.day, point.weekday, anchor, hints)
    if point.weekend:
        return bare_weekend(issued_on, hints) if issued_on else NO_PERIOD
    if point.weekday is not None:
        return bare_weekday(point.weekday, issued_on, hints) if issued_on else NO_PERIOD
    return whole_year(told_year(point, anchor, hints) or year_of_part(point, anchor, hints))


def _check(point: Point, month: int | None = None) -> None:
    """Raises ImpossibleDateError for a day that its month never has."""
    month = point.month or month
    if month is not None and point.day is not None:
        one_day(2000, month, point.day)
