"""The period that a person asks a command for: 4月, 上周, 最近7天, 2024-04, last week."""

import re
from datetime import date, timedelta

from parsing import date_patterns as p
from parsing.date_search import find_dates
from parsing.model import Period, Precision

_LAST_DAYS = re.compile(
    r"(?:最近|近|过去|前)的?(?P<count>\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?P<unit>天|日|周|星期|礼拜|个?月|季度|年)(?:来|内|以来)?"
)
_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "个月": 30, "季度": 91, "年": 365}
_ENGLISH_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_ENGLISH_SPANS = {
    "this week": "本周", "last week": "上周", "next week": "下周", "this month": "本月", "last month": "上月", "next month": "下月",
    "this year": "今年", "last year": "去年", "next year": "明年", "this weekend": "本周末", "last weekend": "上周末",
}  # fmt: skip
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_MONTH = re.compile(r"(?P<month>[a-z]{3})[a-z]*\.?(?:\s+(?P<year>(?:19|20)\d\d))?")
_ENGLISH_QUARTER = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s*)?q(?P<quarter>[1-4])(?:\s*(?P<after>(?:19|20)\d\d))?"
)
_ISO_RANGE = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})\s*(?:至|到|~|～|—|–|\.\.|\s-\s|\s+to\s+)\s*(\d{4}-\d{1,2}-\d{1,2})"
)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_BARE_FESTIVAL = re.compile(r"^(?:元旦|春节|清明|五一|端午|中秋|国庆|十一|元宵|重阳)$")


def read_period(words: str, today: date) -> Period | None:
    """The period that the whole of some words tells (4月, 上周, 最近7天, 2024-04, last week), else None.

    Dates that do not exist (2月30日, 13月) are none.
    """
    text = p.narrow(words.strip())
    if not text or len(text) > 60:
        return None
    if _BARE_FESTIVAL.match(text):
        text += "假期"
    try:
        return _told_in_english(text.lower(), today) or _last_days(text, today) or _whole(text, today)
    except (ValueError, OverflowError):
        return None


def _whole(text: str, today: date) -> Period | None:
    if both := _ISO_RANGE.fullmatch(text):
        first, last = (date(*map(int, side.split("-"))) for side in both.groups())
        return Period(first, last, Precision.DAY)
    if _BARE_YEAR.fullmatch(text):
        text += "年"
    found = find_dates(text, today)
    if (
        len(found) == 1
        and found[0].start == 0
        and found[0].end == len(text)
        and found[0].when.start is not None
    ):
        return found[0].when
    return None


def _last_days(text: str, today: date) -> Period | None:
    match = _LAST_DAYS.fullmatch(text)
    if match is None:
        return None
    unit = _UNIT_DAYS[match["unit"]]
    days = unit // 2 if match["count"] == "半" else p.number(match["count"]) * unit
    return Period(today - timedelta(days=max(days - 1, 0)), today, Precision.DAY)


def _told_in_english(text: str, today: date) -> Period | None:
    if text in _ENGLISH_DAYS:
        day = today + timedelta(days=_ENGLISH_DAYS[text])
        return Period(day, day, Precision.DAY)
    if text in _ENGLISH_SPANS:
        return _whole(_ENGLISH_SPANS[text], today)
    if last := re.fullmatch(r"(?:last|past)\s+(\d{1,3})\s+(day|week|month)s?", text):
        days = int(last[1]) * {"day": 1, "week": 7, "month": 30}[last[2]]
        return Period(today - timedelta(days=max(days - 1, 0)), today, Precision.DAY)
    if quarter := _ENGLISH_QUARTER.fullmatch(text):
        year = quarter["year"] or quarter["after"] or str(today.year)
        return _whole(f"{year}年{'一二三四'[int(quarter['quarter']) - 1]}季度", today)
    month = _ENGLISH_MONTH.fullmatch(text)
    if month and month["month"] in _MONTH_NAMES:
        number = _MONTH_NAMES.index(month["month"]) + 1
        return _whole(f"{month['year']}年{number}月" if month["year"] else f"{number}月", today)
    return None
