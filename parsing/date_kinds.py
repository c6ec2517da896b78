"""What find_dates yields: a time expression with its place in the text and its meaning."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from parsing.model import Period


class DateKind(StrEnum):
    """How a time is told."""

    DAY = "day"
    RANGE = "range"  # several days: 3月27日至29日, 上周, 五一假期
    MONTH = "month"  # also several: 1—5月
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"  # also several: 2021—2023年
    SINCE = "since"  # 今年以来, 6月1日起
    UNTIL = "until"  # 5月10日前, 截至3月底
    LASTING = "lasting"  # 持续至5月5日: the end of what began earlier
    RECENT = "recent"  # 近日
    RECURRENCE = "recurrence"  # 每周六上午
    SAME = "same"  # 当天, 会上: the day of the happening it belongs to
    FOLLOWING = "following"  # 次日: the day after that
    COMPARED = "compared"  # 去年同期: what a figure is measured against
    HOLIDAY = "holiday"  # a festival by name only, often part of a theme: 元宵节, 春节前夕
    CLOCK = "clock"  # a time of day only


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A time expression in a text.

    `start` and `end` are offsets, `text` the words between them. `when` is NO_PERIOD where the words tell
    no day (SAME, CLOCK, RECURRENCE ...) or nothing tells their year. `explicit_year`: the words tell the
    year themselves, as a number or by 今年, 去年. `ahead`: it begins after the issue date, None where either
    is not known. `past_year`: all of it lies in a year before the issue's (or the inferred one). `clock` is
    the time of day told with it, local, with its end where a range is told; 24时 is 23:59. `weekdays` are
    the days of a RECURRENCE, Monday 0.
    """

    start: int
    end: int
    text: str
    when: Period
    kind: DateKind
    explicit_year: bool = False
    ahead: bool | None = None
    past_year: bool = False
    clock: tuple[time, time | None] | None = None
    weekdays: tuple[int, ...] = ()
