"""Stretches that go by a name: the year that a report sums up, a five-year plan, the travel seasons."""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from parsing.calendar import festival_day
from parsing.date_patterns import number
from parsing.date_spans import date_or_none
from parsing.date_years import Anchor, Hints, year_of_months
from parsing.model import Period, Precision

# 一年来, 过去一年, 过去的一年
_YEAR_PAST = re.compile(r"(?:过去的?)?一年(?:来|以来)|过去的?一年(?!多|半)")
# “十四五”期间, “十三五”时期
_PLAN = re.compile(r"“?十(?P<number>[一二三四五])五”?(?:规划)?(?:期间|时期|五年间)")
_FIRST_PLAN = 2006  # of 十一五
_PLAN_YEARS = 5
_REPORTS_UNTIL = 3  # a year is summed up until March of the next, or in its last month
# 明后两天, 今明两晚
_TWO_DAYS = re.compile(r"(?:(?P<first>明)后|今明)两[天日晚]")
# 新年首周, 今年第一周
_FIRST_WEEK = re.compile(r"(?:新年|今年|开年)的?(?:首|第一)周(?!年)")
# 春运期间, 暑运启动以来, 春运，
_TRAVEL = re.compile(r"(?P<season>[春暑]运)(?:(?P<since>(?:启动|开始|开启)?以来)|期间|(?=，))")
# 五月最后一个周六, 六月的头一个星期天, 5月第二个周日
_NTH_WEEKDAY = re.compile(
    r"""(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|里)?的?
        (?:第(?P<nth>[一二三四])|(?P<first>[头首]一?)|(?P<last>最后一?))个
        (?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])""",
    re.VERBOSE,
)
# Spring travel begins fifteen days before the lunar new year and lasts forty days, summer travel July and August.
_BEFORE_NEW_YEAR, _SPRING_DAYS = timedelta(days=15), timedelta(days=39)


@dataclass(frozen=True, slots=True)
class Spell:
    """A named stretch, told up to `end`; `since` where it is counted from its first day to the issue."""

    end: int
    when: Period
    since: bool = False
    single: bool = False  # one day


def read_spell(text: str, at: int, anchor: Anchor) -> Spell | None:
    """The named stretch at an offset; None where none is, or where its years are open."""
    if match := _PLAN.match(text, at):
        first = _FIRST_PLAN + _PLAN_YEARS * "一二三四五".index(match["number"])
        return Spell(match.end(), _years(first, first + _PLAN_YEARS - 1))
    if match := _TWO_DAYS.match(text, at):
        today = anchor.issued_on
        if today is None or date.max - today < timedelta(days=2):
            return None
        first_day = today + timedelta(days=1 if match["first"] == "明" else 0)
        return Spell(match.end(), Period(first_day, first_day + timedelta(days=1), Precision.DAY))
    if match := _FIRST_WEEK.match(text, at):
        year = anchor.this_year
        return Spell(match.end(), Period(date(year, 1, 1), date(year, 1, 7), Precision.DAY)) if year else None
    if match := _NTH_WEEKDAY.match(text, at):
        return _nth_weekday(match, anchor)
    if match := _TRAVEL.match(text, at):
        return _travel(match, anchor)
    if match := _YEAR_PAST.match(text, at):
        month = anchor.issued_on.month if anchor.issued_on else anchor.month
        year = anchor.this_year
        if year is None or month is None or _REPORTS_UNTIL < month < 12:
            return None
        year -= 1 if month <= _REPORTS_UNTIL else 0
        return Spell(match.end(), _years(year, year)) if year >= 1 else None
    return None


def _nth_weekday(match: re.Match[str], anchor: Anchor) -> Spell | None:
    month = number(match["month"])
    year = year_of_months(month, month, anchor, Hints())
    if year is None or not MINYEAR <= year <= MAXYEAR:
        return None
    weekday = "一二三四五六日".index(match["weekday"].replace("天", "日"))
    days = [day for n in range(1, 32) if (day := date_or_none(year, month, n)) and day.weekday() == weekday]
    day = days[-1] if match["last"] else days[number(match["nth"]) - 1 if match["nth"] else 0]
    return Spell(match.end(), Period(day, day, Precision.DAY), single=True)


def _travel(match: re.Match[str], anchor: Anchor) -> Spell | None:
    year = anchor.this_year
    if year is None:
        return None
    if match["season"] == "暑运":
        first, last = date(year, 7, 1), date(year, 8, 31)
    else:
        new_year = festival_day("春节", year)
        if new_year is None:
            return None
        first = new_year - _BEFORE_NEW_YEAR
        last = first + _SPRING_DAYS
    today = anchor.issued_on
    if match["since"] and today is not None and first <= today <= last:
        return Spell(match.end(), Period(first, today, Precision.DAY), since=True)
    return Spell(match.end(), Period(first, last, Precision.DAY))


def _years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), Precision.YEAR)
