"""Stretches of years that go by a name: the year that a report sums up, a five-year plan."""

import re
from datetime import date

from parsing.date_years import Anchor
from parsing.model import Period, Precision

# 一年来, 过去一年, 过去的一年
_YEAR_PAST = re.compile(r"(?:过去的?)?一年(?:来|以来)|过去的?一年(?!多|半)")
# “十四五”期间, “十三五”时期
_PLAN = re.compile(r"“?十(?P<number>[一二三四五])五”?(?:规划)?(?:期间|时期|五年间)")
_FIRST_PLAN = 2006  # of 十一五
_PLAN_YEARS = 5
_REPORTS_UNTIL = 3  # a year is summed up until March of the next, or in its last month


def read_spell(text: str, at: int, anchor: Anchor) -> tuple[int, Period] | None:
    """The end and the years of a named stretch at an offset; None where none is, or where its years are open."""
    if match := _PLAN.match(text, at):
        first = _FIRST_PLAN + _PLAN_YEARS * "一二三四五".index(match["number"])
        return match.end(), _years(first, first + _PLAN_YEARS - 1)
    if match := _YEAR_PAST.match(text, at):
        month = anchor.issued_on.month if anchor.issued_on else anchor.month
        year = anchor.this_year
        if year is None or month is None or _REPORTS_UNTIL < month < 12:
            return None
        year -= 1 if month <= _REPORTS_UNTIL else 0
        return (match.end(), _years(year, year)) if year >= 1 else None
    return None


def _years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), Precision.YEAR)
