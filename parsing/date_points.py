"""Reads one date expression at one position of a text into its parts, before any calendar is asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from parsing import date_patterns as p
from parsing.date_clock import Clock, read_clock, skip


class YearTie(StrEnum):
    """How the year is told where it is no number and no distance from the issue's year."""

    NEXT = "next"  # 次年
    SAME = "same"  # 当年


@dataclass(slots=True)
class Point:
    """One date as it is told: the fields that the words give, all else None.

    `*_shift` counts from the issue date (去年 -1, 上月 -1, 昨日 -1, 上周 -1). `months` are the first and
    last month of a quarter, half or run of months. `third` and `year_part` are words (中旬, 底).
    """

    start: int
    end: int
    year: int | None = None
    year_shift: int | None = None
    year_tie: YearTie | None = None
    month: int | None = None
    month_shift: int | None = None
    same_month: bool = False
    third: str | None = None
    day: int | None = None
    day_shift: int | None = None
    week_shift: int | None = None
    weekday: int | None = None
    weekend: bool = False
    months: tuple[int, int] | None = None
    counted_months: bool = False  # 前5个月, not a quarter or half
    quarter_shift: int | None = None
    year_part: str | None = None
    clock: Clock | None = None
    shared: bool = False  # its unit stands behind the next number: [27]-29日

    @property
    def explicit_year(self) -> bool:
        """The words tell the year, as a number or by 今年, 去年."""
        return self.year is not None or self.year_shift is not None

    @property
    def within_year(self) -> bool:
        """The words tell more than a year."""
        return self.is_day or self.month is not None or self.months is not None or self.year_part is not None

    @property
    def is_day(self) -> bool:
        """The words tell one day."""
        if self.week_shift is not None or self.weekend:
            return self.weekday is not None and not self.weekend
        return self.day is not None or self.day_shift is not None or self.weekday is not None


@dataclass(slots=True)
class Expression:
    """A point, or a range of two, with the words around it that change its meaning (截至, 前, 起)."""

    start: int
    end: int
    first: Point
    last: Point | None = None
    prefix: str | None = None  # group name of `date_patterns.PREFIX`
    suffix: str | None = None  # group name of `date_patterns.SUFFIX`


def read_expression(text: str, at: int) -> Expression | None:
    """The longest date expression that starts at `at`; None where none starts."""
    prefix = p.PREFIX.match(text, at)
    first = _read_point(text, skip(text, prefix.end())) if prefix else None
    if first is not None and prefix is not None and prefix.lastgroup == "upto" and not first.within_year:
        return None  # 到2030年 is a goal, 到8月末 a count's day
    if first is None:
        prefix = None
        first = _read_point(text, at)
    if first is None:
        return None
    expression = Expression(at, first.end, first, prefix=prefix.lastgroup if prefix else None)
    link = (p.SHARED_LINK if first.shared else p.LINK).match(text, first.end)
    last = _read_point(text, link.end()) if link else None
    if last is not None:
        expression.last, expression.end = last, last.end
    elif first.shared:
        return None
    else:
        _read_list(text, expression)
    suffix = p.SUFFIX.match(text, expression.end)
    if suffix:
        expression.suffix, expression.end = suffix.lastgroup, suffix.end()
    return expression


def _read_list(text: str, expression: Expression) -> None:
    """Days that follow each other in a list are one stretch: 4月8日、9日, 本周六、周日."""
    latest = expression.first
    while latest.is_day and (link := p.LIST_LINK.match(text, expression.end)):
        point = _read_point(text, link.end())
        if point is None or point.shared or not _follows(latest, point):
            return
        expression.last = latest = point
        expression.end = point.end


def _follows(first: Point, second: Point) -> bool:
    if second.month is not None or second.year is not None or second.week_shift is not None:
        return False
    if first.day is not None and second.day is not None:
        return second.day == first.day + 1
    weekdays = (first.weekday, second.weekday)
    return first.day is None and None not in weekdays and second.weekday == (first.weekday or 0) + 1


def _read_point(text: str, at: int) -> Point | None:
    point = Point(at, at)
    if iso := p.ISO.match(text, at):
        point.year, point.month = int(iso["year"]), int(iso["month"])
        point.day = int(iso["day"]) if iso["day"] else None
        point.end = iso.end()
        if point.day:
            _read_tail(text, point)
        return point
    if _read_year(text, at, point):
        if point.shared:
            return point
        behind = skip(text, point.end)
        if text.startswith("的", behind):
            behind += 1
        if not _read_within_year(text, behind, point):
            part = p.YEAR_PART.match(text, point.end)
            if part:
                point.year_part, point.end = part[0], part.end()
        return point
    if _read_within_year(text, at, point):
        return point
    part = p.BARE_YEAR_PART.match(text, at)
    if part:
        point.year_part, point.end = part[0], part.end()
        return point
    return point if _read_bare(text, at, point) else None


def _read_year(text: str, at: int, point: Point) -> bool:
    if year := p.YEAR.match(text, at):
        point.year = int(year["digits"]) if year["digits"] else p.number(year["chinese"])
        point.shared = year["shared"] is not None
        point.end = year.end()
        return True
    if word := p.YEAR_WORD.match(text, at):
        name = word["word"]
        if name in p.NEXT_YEAR:
            point.year_tie = YearTie.NEXT
        elif name in p.SAME_YEAR:
            point.year_tie = YearTie.SAME
        else:
            point.year_shift = p.YEAR_WORDS[name]
        point.end = word.end()
        return True
    return False


def _read_within_year(text: str, at: int, point: Point) -> bool:
    """What may stand behind a year or alone: a quarter, half, month, third of a month or day."""
    if quarter := p.QUARTER.match(text, at):
        point.months = _months(quarter)
        point.counted_months = quarter["months"] is not None
        point.end = quarter.end()
    elif month := p.MONTH.match(text, at):
        point.month = p.number(month["number"])
        point.shared = month["shared"] is not None
        point.end = month.end()
    elif word := p.MONTH_WORD.match(text, at):
        point.same_month = word["same"] is not None
        point.month_shift = None if point.same_month else p.MONTH_WORDS[word["word"]]
        point.end = word.end()
    elif quarter := p.QUARTER_WORD.match(text, at):
        point.quarter_shift = {"上": -1, "本": 0, "下": 1}[quarter["which"]]
        point.end = quarter.end()
        return True
    else:
        return False
    if point.shared:
        behind = p.SHARED_LINK.match(text, point.end)
        # 一、8月26日: the number of an item, not of a month
        return behind is not None and text[at].isascii() == text[behind.end()].isascii()
    if third := p.THIRD.match(text, point.end):
        point.third, point.end = third[0], third.end()
    elif point.months is None and (day := p.DAY.match(text, skip(text, point.end))):
        point.day = p.number(day["number"] or day["said"])
        point.shared = day["shared"] is not None
        point.end = day.end()
        _read_tail(text, point)
    return True


def _months(quarter: re.Match[str]) -> tuple[int, int]:
    if quarter["quarter"]:
        last = 3 * p.number(quarter["quarter"])
        return last - 2, last
    if quarter["first"]:
        return 1, 3
    if quarter["quarters"]:
        return 1, 3 * p.number(quarter["quarters"])
    if quarter["half"]:
        return (1, 6) if quarter["half"] in "上前" else (7, 12)
    return 1, p.number(quarter["months"])


def _read_bare(text: str, at: int, point: Point) -> bool:
    """A day or week told without month and year: 2日, 昨日, 上周五, 周六."""
    if day := p.BARE_DAY.match(text, at):
        point.day = p.number((day["number"] or day["words"] or day["closing"]).rstrip("日号"))
        point.shared = day["shared"] is not None
        point.end = day.end()
    elif word := p.DAY_WORD.match(text, at):
        point.day_shift = p.DAY_WORDS[word["word"]]
        point.end = word.end()
    elif week := p.WEEK.match(text, at):
        point.week_shift = p.WEEK_WORDS[week["which"]]
        point.weekend = week["weekend"] is not None
        point.weekday = p.WEEKDAYS[week["day"]] if week["day"] else None
        point.end = week.end()
    elif third := p.BARE_THIRD.match(text, at):
        point.month_shift, point.third = 0, third["part"] or third["third"]
        point.end = third.end()
        return True
    elif weekend := p.BARE_WEEKEND.match(text, at):
        point.weekend, point.end = True, weekend.end()
    elif weekday := p.WEEKDAY.match(text, at):
        point.weekday = p.WEEKDAYS[weekday["day"]]
        point.end = weekday.end()
    else:
        return False
    _read_tail(text, point)
    return True


def _read_tail(text: str, point: Point) -> None:
    """The weekday, part of the day and clock behind a day."""
    if point.shared:
        return
    if point.weekday is None and (inside := p.IN_WEEK.match(text, point.end)):
        point.weekday = p.WEEKDAYS[inside[1] or inside[2]]
        point.end = inside.end()
    here = skip(text, point.end)
    if text.startswith("的", here):
        here += 1
    if found := read_clock(text, here):
        point.end, point.clock = found
