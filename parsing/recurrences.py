"""What comes round: 每周六上午9点, 每月第一个周日, 每逢周三、周六, 周一至周五, and the next day it falls on."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from parsing import date_patterns as p
from parsing.date_clock import Clock, read_clock
from parsing.date_spans import date_or_none, shift_month

_DAYS = "[一二三四五六日天]"
_WEEK = "(?:周|星期|礼拜)"
_RECURRENCE = re.compile(
    rf"""
    # 每月第一个周日, 每月最后一个周五
      每个?月(?:的)?(?:第?(?P<nth>[一二三四1-4])|(?P<final>最后一))个{_WEEK}(?P<nth_day>{_DAYS})
    # 每月15日, 每月10号
    | 每个?月(?P<day>3[01]|[12]\d|[1-9])[日号]
    # 每周六, 每周二至周日, 每周一、三、五, 每逢周三、周六
    | (?:每逢?个?|逢){_WEEK}(?P<days>{_DAYS}(?:(?:[至到—-]|[、和及]){_WEEK}?{_DAYS})*)
    # 周一至周五
    | (?P<run>{_WEEK}{_DAYS}[至到]{_WEEK}{_DAYS})
    # 每周末, 双休日, 每逢节假日
    | (?P<weekend>(?:每逢?个?|逢)(?:周末|双休日)|双休日)
    | (?:每逢?|逢)(?:法定)?节假日
    | (?P<workday>每?个?(?:法定)?工作日)
    | 每个?(?:周|星期|月|天|日|晚|逢)(?!件|户|人|次|条|题|年|期[^间])(?:的)?
    """,
    re.VERBOSE,
)
_WORKDAYS = frozenset(range(5))
_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Something that comes round, told up to `end`; without days of its own it is 每天 or 每周."""

    end: int
    clock: Clock | None
    weekdays: frozenset[int] = frozenset()
    day: int | None = None  # of the month
    nth: int | None = None  # which of the month's `weekdays`; -1 is the last

    def next_on(self, issued_on: date) -> date | None:
        """The first day from the issue date on; None where the words single out no day."""
        if self.day is not None or self.nth is not None:
            months = (shift_month(issued_on.year, issued_on.month, step) for step in range(3))
            days = (self._in_month(year, month) for year, month in months if year <= date.max.year)
            return next((found for found in days if found and found >= issued_on), None)
        if not self.weekdays:
            return None
        wait = min((weekday - issued_on.weekday()) % 7 for weekday in self.weekdays)
        return issued_on + timedelta(days=wait) if date.max - issued_on >= timedelta(days=wait) else None

    def _in_month(self, year: int, month: int) -> date | None:
        if self.day is not None:
            return date_or_none(year, month, self.day)
        (weekday,) = self.weekdays
        length = calendar.monthrange(year, month)[1]
        days = [d for d in range(1, length + 1) if date(year, month, d).weekday() == weekday]
        return date(year, month, days[-1 if self.nth == -1 else (self.nth or 1) - 1])


def read_recurrence(text: str, at: int) -> Recurrence | None:
    """What comes round at an offset of a text, with its clock times; None where nothing does."""
    match = _RECURRENCE.match(text, at)
    if match is None:
        return None
    found = read_clock(text, match.end())
    end, clock = found or (match.end(), None)
    if match["nth_day"]:
        nth = -1 if match["final"] else p.number(match["nth"])
        return Recurrence(end, clock, frozenset({p.WEEKDAYS[match["nth_day"]]}), nth=nth)
    if match["day"]:
        return Recurrence(end, clock, day=int(match["day"]))
    if match["days"] or match["run"]:
        return Recurrence(end, clock, _weekdays(match["days"] or match["run"]))
    if match["weekend"] or match["workday"]:
        return Recurrence(end, clock, _WEEKEND if match["weekend"] else _WORKDAYS)
    return Recurrence(end, clock)


def _weekdays(words: str) -> frozenset[int]:
    """一、三、五 or 二至周日 as numbers from Monday 0."""
    told = [p.WEEKDAYS[sign] for sign in words if sign in p.WEEKDAYS]
    if len(told) == 2 and re.search("[至到—-]", words):
        first, last = told
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(told)
