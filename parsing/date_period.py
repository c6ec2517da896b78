"""Reads words that are one period as a whole, as a person types them after a command: 上周, 3月, last month."""

import re
from datetime import date, timedelta

from parsing import date_patterns as p
from parsing.date_points import read_expression
from parsing.date_resolve import Anchor, Hints, ImpossibleDateError, resolve
from parsing.date_special import read_special
from parsing.model import NO_PERIOD, Period, Precision

_LONGEST = 60  # characters; nobody types a longer period
_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})"
# 最近7天, 近30天, 最近两周, 过去三个月, 近半年, 最近一年
_LATEST = re.compile(
    rf"(?:最近|过去|近|这)(?:的)?(?:{_COUNT}个?(?P<unit>天|日|周|星期|月|年)|(?P<half>半年))(?:内|来)?"
)
# 未来7天, 接下来两周
_COMING = re.compile(rf"(?:未来|接下来|今后)(?:的)?{_COUNT}个?(?P<unit>天|日|周|星期|月|年)(?:内)?")
_ENGLISH_COUNT = re.compile(r"(?P<side>last|past|next) (?P<count>\d{1,3}) (?P<unit>day|week|month|year)s?")
_ENGLISH_QUARTER = re.compile(r"(?:(?P<before>\d{4}) ?)?q(?P<quarter>[1-4])(?: ?(?P<behind>\d{4}))?")
_ENGLISH_MONTH = re.compile(
    r"(?:(?P<day>\d{1,2}) )?(?P<month>[a-z]{3,9})\.?(?: (?P<day_behind>\d{1,2})(?!\d))?(?:,? (?P<year>\d{4}))?"
)
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_CHINESE_FOR = {
    "today": "今天", "yesterday": "昨天", "tomorrow": "明天",
    "this week": "本周", "last week": "上周", "next week": "下周",
    "this weekend": "本周末", "last weekend": "上周末", "next weekend": "下周末",
    "this month": "本月", "last month": "上月", "next month": "下月",
    "this quarter": "本季度", "last quarter": "上季度", "next quarter": "下季度",
    "this year": "今年", "last year": "去年", "next year": "明年",
}  # fmt: skip
_UNITS = {"天": "day", "日": "day", "周": "week", "星期": "week", "月": "month", "年": "year"}


def read_period(words: str, today: date) -> Period | None:
    """The period that the words as a whole name, seen from `today`; None if they name none.

    Chinese or English: 4月, 上周, 一季度, 最近7天, 3月1日至5日, 2024-04, 五一, last month, Apr 2024, 2024 Q1.
    A day that no calendar has (2月30日) is none. `最近7天` ends today and has seven days.
    """
    words = re.sub(r"\s+", " ", p.narrow(words)).strip()
    if not words or len(words) > _LONGEST:
        return None
    try:
        return _counted(words, today) or _english(words.lower(), today) or _chinese(words, today)
    except (ValueError, OverflowError):  # beyond the years of the calendar
        return None


def _chinese(words: str, today: date) -> Period | None:
    bare = (
        words.replace(" ", "")
        if not words.isascii()
        else words.replace(" ", "", 1)
        if "-" in words
        else words
    )
    if re.fullmatch(r"(?:19|20)\d\d", bare):
        bare += "年"
    if re.fullmatch(r"\d{1,2}-\d{1,2}", bare):
        month, _, day = bare.partition("-")
        bare = f"{month}月{day}日"
    if bare in ("周末", "这周末"):
        bare = "本周末"
    anchor = Anchor(issued_on=today)
    special = read_special(bare, 0, anchor, Hints())
    if special is not None and special.end == len(bare):
        return _known(special.when)
    expression = read_expression(bare, 0)
    if expression is None or expression.end != len(bare) or expression.suffix in ("around", "same"):
        return None
    try:
        return _known(resolve(expression, anchor, Hints()))
    except ImpossibleDateError:
        return None


def _known(when: Period) -> Period | None:
    return None if when == NO_PERIOD or when.start is None else when


def _counted(words: str, today: date) -> Period | None:
    if found := _LATEST.fullmatch(words):
        if found["half"]:
            return _back(today, 6, "month")
        return _back(today, p.number(found["count"]), _UNITS[found["unit"]])
    if found := _COMING.fullmatch(words):
        return _forth(today, p.number(found["count"]), _UNITS[found["unit"]])
    if found := _ENGLISH_COUNT.fullmatch(words.lower()):
        direction = _forth if found["side"] == "next" else _back
        return direction(today, int(found["count"]), found["unit"])
    return None


def _back(today: date, count: int, unit: str) -> Period | None:
    if count == 0:
        return None
    start = _moved(today, -count, unit) + timedelta(days=1)
    return Period(start, today, Precision.DAY)


def _forth(today: date, count: int, unit: str) -> Period | None:
    if count == 0:
        return None
    return Period(today, _moved(today, count, unit) - timedelta(days=1), Precision.DAY)


def _moved(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    index = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    for last in (day.day, 30, 29, 28):
        try:
            return date(index // 12, index % 12 + 1, last)
        except ValueError:
            continue
    raise OverflowError(f"{count} {unit}s from {day}")


def _english(words: str, today: date) -> Period | None:
    if words in _CHINESE_FOR:
        return _chinese(_CHINESE_FOR[words], today)
    if found := _ENGLISH_QUARTER.fullmatch(words):
        if found["before"] and found["behind"]:
            return None
        told = found["before"] or found["behind"]
        return _chinese(f"{told}年{found['quarter']}季度" if told else f"{found['quarter']}季度", today)
    found = _ENGLISH_MONTH.fullmatch(words)
    if found is None or (found["day"] and found["day_behind"]):
        return None
    months = [n for n, name in enumerate(_MONTH_NAMES, 1) if found["month"] in (name, name[:3], name[:4])]
    if not months:
        return None
    day = found["day"] or found["day_behind"]
    told = f"{found['year']}年" if found["year"] else ""
    return _chinese(f"{told}{months[0]}月" + (f"{day}日" if day else ""), today)
