"""Turns a date as it is told into a period of the calendar, against the issue date.

Where the words leave the year or month open, the nearest fitting one is taken, the past before the future:
a word about the future near the date (将, 定于, 前, 起) turns that round. See `_year_of_day`.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from parsing.date_points import Expression, Point, YearTie
from parsing.date_spans import (
    ImpossibleDateError,
    date_or_none,
    month_span,
    one_day,
    relative_days,
    shift_month,
    whole_year,
)
from parsing.model import NO_PERIOD, Period, Precision

# Told without a year: further ahead than this it is last year's.
_AHEAD = timedelta(days=183)
_AHEAD_MONTHS = 6
# 1月3日 in a paper of late December is the coming one, though this year's January is long past.
_AROUND_NEW_YEAR = timedelta(days=35)
_COARSENESS = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a date without a year is read against: the issue date, or only its inferred year."""

    issued_on: date | None = None
    year: int | None = None

    @property
    def this_year(self) -> int | None:
        """The year of 今年."""
        return self.issued_on.year if self.issued_on else self.year


@dataclass(frozen=True, slots=True)
class Hints:
    """What the neighbourhood of a date tells: its tense, and the year and month named before it."""

    future: bool = False
    past: bool = False
    year: int | None = None
    month: int | None = None


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
    if expression.prefix == "until" or expression.suffix == "sofar":
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
        if anchor.issued_on is None or anchor.issued_on > period.end:
            return NO_PERIOD
        return Period(anchor.issued_on, period.end, Precision.DAY)
    this_year = anchor.this_year
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
        return _told_month(point, issued_on, hints)
    if point.months is not None:
        first, last = point.months
        found = _told_year(point, anchor, hints) or _year_of_months(first, last, anchor, hints)
        return month_span(found, first, last, Precision.MONTH if point.counted_months else Precision.QUARTER)
    if point.month is not None:
        year_told = _told_year(point, anchor, hints)
        if point.day is not None:
            found = year_told or _year_of_day(point.month, point.day, point.weekday, anchor, hints)
            return one_day(found, point.month, point.day)
        return month_span(
            year_told or _year_of_months(point.month, point.month, anchor, hints),
            point.month,
            point.month,
            Precision.MONTH,
        )
    if point.day is not None:
        return _bare_day(point.day, point.weekday, anchor, hints)
    if point.weekend:
        return _bare_weekend(issued_on, hints) if issued_on else NO_PERIOD
    if point.weekday is not None:
        return _bare_weekday(point.weekday, issued_on, hints) if issued_on else NO_PERIOD
    return whole_year(_told_year(point, anchor, hints) or _year_of_part(point, anchor, hints))


def _told_month(point: Point, issued_on: date | None, hints: Hints) -> Period:
    """本月, 上月20日, 当月."""
    if point.same_month:
        year, month = hints.year, hints.month
    elif issued_on is not None:
        year, month = shift_month(issued_on.year, issued_on.month, point.month_shift or 0)
    else:
        year = month = None
    if year is None or month is None:
        return NO_PERIOD
    if point.day is not None:
        return one_day(year, month, point.day)
    return month_span(year, month, month, Precision.MONTH)


def _told_year(point: Point, anchor: Anchor, hints: Hints) -> int | None:
    if point.year is not None:
        return point.year
    if point.year_shift is not None:
        return anchor.this_year + point.year_shift if anchor.this_year else None
    if point.year_tie is not None and hints.year is not None:
        return hints.year + (1 if point.year_tie is YearTie.NEXT else 0)
    return None


def _year_of_part(point: Point, anchor: Anchor, hints: Hints) -> int | None:
    """The year of a bare 年底, 全年: of the year named before it; in January and February often the last one."""
    if (
        point.year_part is None
        or point.year_part in ("岁末年初", "年末岁初")
        or point.year_shift
        or point.year_tie
    ):
        return None
    if point.year_part == "全年" and hints.year is not None:
        return hints.year
    if anchor.issued_on is None:
        return anchor.year
    looks_back = anchor.issued_on.month <= 2 and not hints.future and point.year_part[-1] not in "初内"
    return anchor.issued_on.year - (1 if looks_back else 0)


def _year_of_months(first: int, last: int, anchor: Anchor, hints: Hints) -> int | None:
    """The year of a bare 12月, 1—2月份, 四季度: last year's if it ends more than six months ahead."""
    issued_on = anchor.issued_on
    if issued_on is None:
        return anchor.year
    ahead = last - issued_on.month
    if ahead > _AHEAD_MONTHS and not hints.future:
        return issued_on.year - 1
    if first > issued_on.month and hints.past:
        return issued_on.year - 1
    if hints.future and ahead + 12 <= _AHEAD_MONTHS:
        return issued_on.year + 1
    return issued_on.year


def _year_of_day(month: int, day: int, weekday: int | None, anchor: Anchor, hints: Hints) -> int | None:
    """The year of a bare 4月2日.

    More than half a year ahead it is last year's; with a word about the future it is this year's, or next
    year's where that is within half a year. A weekday beside it settles the matter where it fits one year only.
    """
    issued_on = anchor.issued_on
    if issued_on is None:
        if anchor.year is None:
            one_day(2000, month, day)
        return anchor.year
    years = {
        y: found
        for y in range(issued_on.year - 1, issued_on.year + 2)
        if (found := date_or_none(y, month, day))
    }
    if weekday is not None:
        fitting = {y: found for y, found in years.items() if found.weekday() == weekday}
        years = fitting or years
    if not years:
        raise ImpossibleDateError(f"no {month}-{day} around {issued_on}")
    this = years.get(issued_on.year)
    coming = years.get(issued_on.year + 1)
    if this is not None and this > issued_on:
        too_far = this - issued_on > _AHEAD and not hints.future
        if (too_far or (hints.past and not hints.future)) and issued_on.year - 1 in years:
            return issued_on.year - 1
        return this.year
    if coming is not None and not hints.past:
        wait = coming - issued_on
        if wait <= _AROUND_NEW_YEAR or (hints.future and wait <= _AHEAD):
            return coming.year
    return min(years, key=lambda y: (abs(y - issued_on.year), y))


def _bare_day(day: int, weekday: int | None, anchor: Anchor, hints: Hints) -> Period:
    """2日: the latest one not after the issue; with a word about the future the next one."""
    issued_on = anchor.issued_on
    if issued_on is None:
        if hints.year is not None and hints.month is not None:
            return one_day(hints.year, hints.month, day)
        return NO_PERIOD
    step = 1 if hints.future else -1
    for months in range(4):
        found = date_or_none(*shift_month(issued_on.year, issued_on.month, step * months), day)
        if found is None or (found < issued_on if hints.future else found > issued_on):
            continue
        if weekday is None or found.weekday() == weekday:
            return Period(found, found, Precision.DAY)
    return NO_PERIOD if weekday is not None else one_day(issued_on.year, issued_on.month, day)


def _bare_weekday(weekday: int, issued_on: date, hints: Hints) -> Period:
    """周六: the last one up to the issue date; with a word about the future the next one from it on."""
    if hints.future:
        day = issued_on + timedelta(days=(weekday - issued_on.weekday()) % 7)
    else:
        day = issued_on - timedelta(days=(issued_on.weekday() - weekday) % 7)
    return Period(day, day, Precision.DAY)


def _bare_weekend(issued_on: date, hints: Hints) -> Period:
    """周末: the last one that has begun; with a word about the future the one that is on or comes next."""
    saturday = issued_on - timedelta(days=(issued_on.weekday() - 5) % 7)
    if hints.future and issued_on > saturday + timedelta(days=1):
        saturday += timedelta(days=7)
    return Period(saturday, saturday + timedelta(days=1), Precision.DAY)


def _check(point: Point, month: int | None = None) -> None:
    """Raises ImpossibleDateError for a day that its month never has."""
    month = point.month or month
    if month is not None and point.day is not None:
        one_day(2000, month, point.day)
