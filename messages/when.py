"""How a date is said: as well as it is known, and no better.

The patterns are CLDR date patterns (`M月d日 EEE`), translated like any text: Babel knows the names of
days and months of each language.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from messages.i18n import Translator, mark
from parsing.model import Period, Precision

# (first month, last month): the name of the part of a year
_PARTS = {
    (1, 3): mark("一季度"),
    (4, 6): mark("二季度"),
    (7, 9): mark("三季度"),
    (10, 12): mark("四季度"),
    (1, 6): mark("上半年"),
    (7, 12): mark("下半年"),
    (1, 9): mark("前三季度"),
}


def say(period: Period, *, reported_on: date | None, today: date, t: Translator) -> str:
    """4月2日 周二 / 4月20日—26日 / 一季度 / 2023年 / 日期未写明（4月8日报道）."""
    if period.start is None or period.end is None:
        lately = period.precision is Precision.RECENT
        if reported_on is None:
            return t("日前") if lately else t("日期未写明")
        day = say_day(reported_on, today=today, t=t)
        return t("日前（{day}报道）", day=day) if lately else t("日期未写明（{day}报道）", day=day)
    return _known(period.start, period.end, period.precision, today, t)


def say_day(day: date, *, today: date, t: Translator, weekday: bool = False) -> str:
    """4月2日, with its year where it is not this one."""
    if day.year == today.year:
        return _format(day, t("M月d日 EEE") if weekday else t("M月d日"), t)
    return _format(day, t("y年M月d日 EEE") if weekday else t("y年M月d日"), t)


def say_moment(moment: datetime, *, zone: str, today: date, t: Translator) -> str:
    """A moment in a zone: 4月15日 周一 09:00. `moment` is aware."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{say_day(local.date(), today=today, t=t, weekday=True)} {local:%H:%M}"


def say_span(since: date | None, until: date | None, *, today: date, t: Translator) -> str:
    """The days a filter covers: 3月, 4月1日—7日, 4月1日以来; empty where both sides are open."""
    if since is not None and until is not None:
        return _known(since, max(since, until), _span_precision(since, until), today, t)
    if since is not None:
        return t("{day}以来", day=say_day(since, today=today, t=t))
    if until is not None:
        return t("{day}以前", day=say_day(until, today=today, t=t))
    return ""


def say_weekday(weekday: int, t: Translator) -> str:
    """周一 for 0."""
    return _format(date(2024, 1, 1) + timedelta(days=weekday % 7), t("EEE"), t)


def say_months(first: date, last: date, *, t: Translator) -> str:
    """2024年4月, 2024年1—3月: the months in which something was printed, always with the year."""
    return _months(first, last, date.min, t)


def _known(start: date, end: date, precision: Precision, today: date, t: Translator) -> str:
    match precision:
        case Precision.YEAR:
            return (
                _format(start, t("y年"), t) if start.year == end.year else _range(start, end, t("y—y年"), t)
            )
        case Precision.QUARTER if (start.month, end.month) in _PARTS and start.year == end.year:
            part = t(_PARTS[start.month, end.month])
            return part if start.year == today.year else t("{year}年{part}", year=start.year, part=part)
        case Precision.MONTH | Precision.QUARTER:
            return _months(start, end, today, t)
    if start == end:
        return say_day(start, today=today, t=t, weekday=True)
    return _days(start, end, today, t)


def _months(start: date, end: date, today: date, t: Translator) -> str:
    if start.year != end.year:
        return _range(start, end, t("y年M月—y年M月"), t)
    this_year = start.year == today.year
    if start.month == end.month:
        return _format(start, t("M月") if this_year else t("y年M月"), t)
    return _range(start, end, t("M—M月") if this_year else t("y年M—M月"), t)


def _days(start: date, end: date, today: date, t: Translator) -> str:
    if start.year != end.year:
        return _range(start, end, t("y年M月d日—y年M月d日"), t)
    this_year = start.year == today.year
    if start.month == end.month:
        return _range(start, end, t("M月d日—d日") if this_year else t("y年M月d日—d日"), t)
    return _range(start, end, t("M月d日—M月d日") if this_year else t("y年M月d日—M月d日"), t)


def _range(start: date, end: date, pattern: str, t: Translator) -> str:
    """Both ends by a pattern that has a dash between them."""
    left, dash, right = re.split("([—–])", pattern)
    return _format(start, left, t) + dash + _format(end, right, t)


def _format(day: date, pattern: str, t: Translator) -> str:
    return format_date(day, format=pattern, locale=t.locale)


def _span_precision(since: date, until: date) -> Precision:
    """Whole months, quarters and years are said as such."""
    if since.day != 1 or (until + timedelta(days=1)).day != 1:
        return Precision.DAY
    if (since.month, until.month) == (1, 12):
        return Precision.YEAR
    return Precision.QUARTER if (since.month, until.month) in _PARTS else Precision.MONTH
