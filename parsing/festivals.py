"""Festivals and lunar dates in running text: 五一假期期间, 清明节, 农历三月初三."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from parsing import date_patterns as p
from parsing.calendar import FESTIVALS, festival_day, festival_holiday, lunar_day
from parsing.model import NO_PERIOD, Period, Precision

# Names that are words or numbers too count only in quotation marks, with 节, or before 假期 and the like.
_NAME = "|".join(sorted(FESTIVALS, key=len, reverse=True))
_FESTIVAL = re.compile(
    rf"""(?P<quoted>“)?(?P<name>{_NAME})(?P<day>节)?(?(quoted)”)
        (?P<span>(?:小?长假|假期|假日|节假日|放假)(?:期间|里|中|首日|第[一二三四五六七]天)?|期间|[三五七八]天(?:假期)?)?
        (?P<near>前[夕后](?!景)|[临将]近|将至|(?:即将)?[到来]{2}(?:之际|之前|前)|[前后](?=[，举开启]))?
        (?P<point>次日|翌日|当[天日晚]|[那这]天|(?=[，]))?""",
    re.VERBOSE,
)
# Names that mean their day also where they stand bare before a comma; 教师， and 青年， do not.
_DAY_NAMES = frozenset({"元旦", "春节", "五一", "清明", "端午", "中秋", "国庆", "元宵", "七夕", "重阳"})
# 国庆长假[后]的头一天 is no day of it
_BESIDE = ("后", "之后", "之前", "前")
_SPECIAL_DAYS = frozenset({"除夕", "腊八", "小年"})
_LUNAR = re.compile(
    r"""(?:(?P<told>农历|阴历)(?P<month1>正|腊|冬|十[一二]?|[一二三四五六七八九])月(?P<day1>初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|[一二三四五六七八九])
        |大年(?P<new_year>初[一二三四五六七八九十]|三十)|(?P<eve>年三十)(?!多|几)
        |(?P<month2>正|腊|冬)月(?P<day2>初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十)
        |(?P<month3>[二三四五六七八九])月(?P<day3>初[一二三四五六七八九十]))(?:[日晚])?
        (?:[、和](?P<next>初[一二三四五六七八九十]|二?十[一二三四五六七八九]|廿[一二三四五六七八九]?)(?![一二三四五六七八九十月]))?""",
    re.VERBOSE,
)
_MONTHS = {"正": 1, "冬": 11, "腊": 12}


@dataclass(frozen=True, slots=True)
class Named:
    """A day or holiday told by name, up to `end`; `in_year` gives it for a year."""

    end: int
    in_year: Callable[[int], Period]
    of_year: int | None = None  # told with it: 2025年春节

    def nearest(self, issued_on: date | None, year: int | None, *, future: bool) -> Period:
        """The nearest one to an issue date, the coming one where the words look ahead; that of `year` without."""
        if self.of_year is not None:
            return self.in_year(self.of_year)
        if issued_on is None:
            return self.in_year(year) if year else NO_PERIOD
        around = [
            found
            for y in (issued_on.year - 1, issued_on.year, issued_on.year + 1)
            if (found := self.in_year(y)).start
        ]
        ahead = [found for found in around if found.end is not None and found.end >= issued_on]
        if future and ahead:
            return ahead[0]
        return min(around, key=lambda found: _distance(found, issued_on), default=NO_PERIOD)


def read_festival(text: str, at: int) -> Named | None:
    """The festival told at an offset of a text, else None."""
    match = _FESTIVAL.match(text, at)
    if match is None:
        return None
    name = match["name"]
    bare = match["point"] is not None and (match["point"] or name in _DAY_NAMES)
    if not (match["day"] or match["span"] or match["near"] or bare or name in _SPECIAL_DAYS):
        return None
    if (
        match["day"]
        and not match["span"]
        and match["point"] is None
        and match["near"] is None
        and not re.match(r"[这将到来临过的前后上，。]", text[match.end() : match.end() + 1] or "，")
    ):
        return None
    if (at and text[at - 1].isdigit()) or (match["span"] and text.startswith(_BESIDE, match.end())):
        return None
    if match["near"] and not match["span"]:
        return Named(match.end(), lambda _year: NO_PERIOD)  # 妇女节前夕: around it, on no day told
    if match["span"]:
        return Named(match.end(), lambda year: festival_holiday(name, year) or NO_PERIOD)
    later = timedelta(days=1 if match["point"] in ("次日", "翌日") else 0)
    return Named(match.end(), lambda year: _one_day(festival_day(name, year), later))


def read_year(text: str, at: int) -> tuple[int, int] | None:
    """A year told in front of a festival: its end and the year, or its distance from this one (去年 -1)."""
    if year := p.YEAR.match(text, at):
        digits = year["digits"]
        return (year.end(), int(digits)) if digits and not year["shared"] else None
    if word := p.YEAR_WORD.match(text, at):
        shift = p.YEAR_WORDS.get(word["word"])
        return (word.end(), shift) if shift is not None else None
    return None


def read_lunar(text: str, at: int) -> Named | None:
    """The lunar date told at an offset of a text, else None."""
    match = _LUNAR.match(text, at)
    if match is None:
        return None
    if match["new_year"] or match["eve"]:
        first = match["new_year"] and match["new_year"] != "三十"
        count = p.number(match["new_year"]) if first else 30
        return Named(
            match.end(),
            lambda year: _one_day(lunar_day(year, 1, count) if first else festival_day("除夕", year)),
        )
    month_word = match["month1"] or match["month2"] or match["month3"]
    day_word = match["day1"] or match["day2"] or match["day3"]
    month = _MONTHS.get(month_word) or p.number(month_word)
    day = p.number(day_word)
    # The last months of a lunar year mostly fall into the next year of the calendar.
    shift = 1 if month == 12 else 0
    follows = match["next"] is not None and p.number(match["next"]) == day + 1
    end = match.end() if follows or not match["next"] else match.start("next") - 1
    return Named(end, lambda year: _days(lunar_day(year - shift, month, day), 2 if follows else 1))


def _days(first: date | None, count: int) -> Period:
    """正月十五、十六 are two days."""
    return Period(first, first + timedelta(days=count - 1), Precision.DAY) if first else NO_PERIOD


def _one_day(day: date | None, later: timedelta = timedelta()) -> Period:
    day = day + later if day else None
    return Period(day, day, Precision.DAY) if day else NO_PERIOD


def _distance(period: Period, day: date) -> int:
    if period.start is None or period.end is None or period.start <= day <= period.end:
        return 0
    return min(abs((period.start - day).days), abs((period.end - day).days))
