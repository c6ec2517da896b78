"""A date as it was found in a text, and what sort of time it tells."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from parsing.date_clock import Clock
from parsing.date_points import Expression
from parsing.model import Period, Precision


class DateKind(StrEnum):
    """What sort of time an expression tells."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SINCE = "since"  # 6月1日起, 今年以来
    UNTIL = "until"  # 5月10日前, 截至3月底
    RECENT = "recent"  # 近日, 日前
    RECURRENCE = "recurrence"  # 每周六上午9点
    SAME = "same"  # 当天, 同日: the day of what was told before
    COMPARED = "compared"  # 比去年, 上年同期: what a figure is measured against
    CLOCK = "clock"  # 上午9时, without a day


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A time expression in a text. `start` and `end` are offsets; `when` has no days where none can be known."""

    start: int
    end: int
    text: str
    when: Period
    kind: DateKind
    explicit_year: bool = False
    future: bool = False  # ends after the issue date, or is announced where no issue date is known
    past_year: bool = False  # lies in an earlier year, not just around the turn of the year
    clock: Clock | None = None
    next_on: date | None = None  # of a recurrence: its first day from the issue date on


def kind_of(expression: Expression, when: Period) -> DateKind:
    """The kind of an expression that means `when`."""
    first = expression.first
    if expression.prefix in ("until", "upto") or expression.suffix == "until":
        return DateKind.UNTIL
    if expression.suffix == "sofar":
        return DateKind.SINCE
    if expression.suffix == "since" and expression.last is None and first.is_day:
        return DateKind.SINCE
    if expression.prefix in ("now", "lasting"):
        return DateKind.RANGE
    if expression.last is not None and when.precision in (Precision.DAY, Precision.NONE):
        return DateKind.RANGE if expression.last.is_day or first.is_day else DateKind.MONTH
    if first.is_day:
        return DateKind.DAY
    if first.week_shift is not None:
        return DateKind.RANGE
    if first.months is not None or first.quarter_shift is not None:
        if first.counted_months:
            return DateKind.MONTH
        return DateKind.HALF if first.months in ((1, 6), (7, 12)) else DateKind.QUARTER
    if first.month is not None or first.same_month or first.month_shift is not None:
        return DateKind.MONTH
    return DateKind.YEAR
