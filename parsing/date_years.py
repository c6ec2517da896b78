"""Chooses the year, month or week that the words of a date leave open, against the issue date.

The nearest fitting one is taken, the past before the future; a word about the future near the date turns
that round, and so does a weekday that fits only one year.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from parsing.date_points import Point, YearTie
from parsing.date_spans import ImpossibleDateError, date_or_none, month_span, one_day, shift_month
from parsing.model import NO_PERIOD, Period, Precision

# Told without a year: further ahead than this it is last year's.
_AHEAD = timedelta(days=183)
_AHEAD_MONTHS = 6
# 1月3日 in a paper of late December is the coming one, though this year's January is long past.
_AROUND_NEW_YEAR = timedelta(days=35)


_YEAR_END = ("年底", "年末")
_SOON = timedelta(days=8)
_TOLD_NEAR = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a date without a year is read against: the issue date, or only its inferred year."""

    issued_on: date | None = None
    year: int | None = None
    month: int | None = None  # of most days that the page tells, where there is no issue date

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
    seen: date | None = None  # the day told last in the article


def told_month(point: Point, anchor: Anchor, hints: Hints) -> Period:
    """本月, 上月20日, 当月."""
    issued_on = anchor.issued_on
    year: int | None
    month: int | None
    if point.same_month:
        year, month = hints.year, hints.month
    elif issued_on is not None:
        year, month = shift_month(issued_on.year, issued_on.month, point.month_shift or 0)
    elif anchor.year is not None and anchor.month is not None:
        year, month = shift_month(anchor.year, anchor.month, point.month_shift or 0)
    else:
        year = month = None
    if year is None or month is None:
        return NO_PERIOD
    if point.day is not None:
        return one_day(year, month, point.day)
    return month_span(year, month, month, Precision.MONTH)


def told_year(point: Point, anchor: Anchor, hints: Hints) -> int | None:
    if point.year is not None:
        return point.year
    if point.year_shift is not None:
        return anchor.this_year + point.year_shift if anchor.this_year else None
    if point.year_tie is not None and hints.year is not None:
        return hints.year + (1 if point.year_tie is YearTie.NEXT else 0)
    return None


def year_of_part(point: Point, anchor: Anchor, hints: Hints) -> int | None:
    """The year of a bare 年底, 全年: of the year named before it; in January and February often the last one."""
    if (
        point.year_part is None
        or point.year_part in ("岁末年初", "年末岁初")
        or point.year_shift
        or point.year_tie
    ):
        return None
    told_before = hints.year is not None and not hints.future and anchor.this_year != hints.year
    if hints.year is not None and (
        point.year_part == "全年" or (told_before and point.year_part in _YEAR_END)
    ):
        return hints.year  # 2021年生产总值达…，年末人口…
    if anchor.issued_on is None:
        return anchor.year
    looks_back = anchor.issued_on.month <= 2 and not hints.future and point.year_part[-1] not in "初内"
    return anchor.issued_on.year - (1 if looks_back else 0)


def year_of_months(first: int, last: int, anchor: Anchor, hints: Hints) -> int | None:
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


def year_of_run(first: int, last: int, anchor: Anchor, hints: Hints) -> int | None:
    """The year of 1—5月: a count from January is over when it is printed, so in April it is last year's."""
    issued_on = anchor.issued_on
    if issued_on is not None and first == 1 and last > issued_on.month and not hints.future:
        return issued_on.year - 1
    return year_of_months(first, last, anchor, hints)


def year_of_day(month: int, day: int, weekday: int | None, anchor: Anchor, hints: Hints) -> int | None:
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


def bare_day(day: int, weekday: int | None, anchor: Anchor, hints: Hints) -> Period:
    """2日: the latest one not after the issue; with a word about the future the next one.

    A paper does not call a day of a month ago by its number alone: 19日停水 in an issue of the 17th is ahead.
    What its paragraph told before goes first: 12月7日开赛，… 7日上午闭馆.
    """
    issued_on = anchor.issued_on
    if issued_on is None:
        if hints.seen is not None:
            return _nearest_to(hints.seen, day)
        return one_day(anchor.year, anchor.month, day) if anchor.month else NO_PERIOD
    if weekday is None and (found := _in_the_month_told(day, issued_on, hints)):
        return Period(found, found, Precision.DAY)
    future = _is_soon(day, issued_on) if not hints.future else not _is_just_past(day, issued_on)
    future = future and not (hints.past and not hints.future)
    step = 1 if future else -1
    for months in range(4):
        found = date_or_none(*shift_month(issued_on.year, issued_on.month, step * months), day)
        if found is None or (found < issued_on if future else found > issued_on):
            continue
        if weekday is None or found.weekday() == weekday:
            return Period(found, found, Precision.DAY)
    return NO_PERIOD if weekday is not None else one_day(issued_on.year, issued_on.month, day)


def _in_the_month_told(day: int, issued_on: date, hints: Hints) -> date | None:
    """The day of the month told last in the paragraph: one ahead after one ahead, a later one after one past."""
    seen = hints.seen
    if seen is None or hints.month != seen.month or hints.past or abs(seen - issued_on) > _TOLD_NEAR:
        return None
    found = date_or_none(seen.year, seen.month, day)
    if found is None:
        return None
    if seen >= issued_on:
        return found if found >= issued_on else None
    return found if seen <= found <= issued_on and not hints.future else None


def _nearest_to(seen: date, day: int) -> Period:
    """The day of that number nearest to one told before: 8月30日 … 1日."""
    around = [
        found
        for months in (-1, 0, 1)
        if (found := date_or_none(*shift_month(seen.year, seen.month, months), day))
    ]
    found = min(around, key=lambda one: abs(one - seen))
    return Period(found, found, Precision.DAY)


def _is_soon(day: int, issued_on: date) -> bool:
    """Whether the next day of this number is near and the last one long ago."""
    coming = next(
        found
        for months in range(3)
        if (found := date_or_none(*shift_month(issued_on.year, issued_on.month, months), day))
        and found >= issued_on
    )
    return timedelta() < coming - issued_on <= _SOON


def _is_just_past(day: int, issued_on: date) -> bool:
    """Whether a day of this number was but a week ago: its next one would be told with its month."""
    found = date_or_none(issued_on.year, issued_on.month, day)
    return found is not None and timedelta() < issued_on - found <= _SOON


def bare_weekday(weekday: int, issued_on: date, hints: Hints) -> Period:
    """周六: the last one up to the issue date; with a word about the future the next one from it on."""
    if hints.future:
        day = issued_on + timedelta(days=(weekday - issued_on.weekday()) % 7)
    else:
        day = issued_on - timedelta(days=(issued_on.weekday() - weekday) % 7)
    return Period(day, day, Precision.DAY)


def bare_weekend(issued_on: date, hints: Hints) -> Period:
    """周末: the last one that has begun; with a word about the future the one that is on or comes next."""
    saturday = issued_on - timedelta(days=(issued_on.weekday() - 5) % 7)
    if hints.future and issued_on > saturday + timedelta(days=1):
        saturday += timedelta(days=7)
    return Period(saturday, saturday + timedelta(days=1), Precision.DAY)
