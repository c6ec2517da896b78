"""Holidays and lunar dates: which days a festival, its days off or a lunar date fall on.

Both libraries behind it are slow to import, so they are loaded when the first festival turns up.
"""

from datetime import date, timedelta
from functools import cache, lru_cache

from parsing.model import Period, Precision

# Name -> ("solar" | "lunar", month, day). Eves and Qingming are worked out by rule.
FESTIVALS: dict[str, tuple[str, int, int]] = {
    "元旦": ("solar", 1, 1),
    "三八": ("solar", 3, 8),
    "妇女": ("solar", 3, 8),
    "植树": ("solar", 3, 12),
    "五一": ("solar", 5, 1),
    "劳动": ("solar", 5, 1),
    "五四": ("solar", 5, 4),
    "青年": ("solar", 5, 4),
    "六一": ("solar", 6, 1),
    "儿童": ("solar", 6, 1),
    "七一": ("solar", 7, 1),
    "建党": ("solar", 7, 1),
    "八一": ("solar", 8, 1),
    "建军": ("solar", 8, 1),
    "教师": ("solar", 9, 10),
    "国庆": ("solar", 10, 1),
    "十一": ("solar", 10, 1),
    "圣诞": ("solar", 12, 25),
    "春节": ("lunar", 1, 1),
    "元宵": ("lunar", 1, 15),
    "端午": ("lunar", 5, 5),
    "七夕": ("lunar", 7, 7),
    "中秋": ("lunar", 8, 15),
    "重阳": ("lunar", 9, 9),
    "腊八": ("lunar", 12, 8),
    "小年": ("lunar", 12, 23),
    "除夕": ("lunar", 12, 30),
    "清明": ("term", 4, 4),
}

# The statutory days themselves, for years whose arrangement of days off is not published yet (first day
# counted from the festival, number of days).
_STATUTORY: dict[str, tuple[int, int]] = {
    "五一": (0, 2),
    "劳动": (0, 2),
    "国庆": (0, 3),
    "十一": (0, 3),
    "春节": (-1, 5),
}


_SHORT = timedelta(days=3)
_SATURDAY = 5


def festival_day(name: str, year: int) -> date | None:
    """The day of the festival that opens or stands in the Gregorian `year`; None outside 1901..2099."""
    if not 1901 <= year <= 2099 or name not in FESTIVALS:
        return None
    kind, month, day = FESTIVALS[name]
    if kind == "solar":
        return date(year, month, day)
    if name == "清明":
        return _qingming(year)
    if name == "除夕":
        new_year = lunar_day(year, 1, 1)
        return new_year - timedelta(days=1) if new_year else None
    if name in ("腊八", "小年"):
        # The last month of the lunar year that ends in `year`.
        return lunar_day(year - 1, month, day)
    return lunar_day(year, month, day)


@lru_cache(maxsize=256)
def festival_holiday(name: str, year: int) -> Period | None:
    """The unbroken days off around the festival, as arranged by the State Council for that year.

    Where no arrangement is known the statutory days themselves stand in, and for a festival without a day
    off its own day.
    """
    day = festival_day(name, year)
    if day is None:
        return None
    days_off = _days_off()
    if day in days_off:
        first = last = day
        while first - timedelta(days=1) in days_off:
            first -= timedelta(days=1)
        while last + timedelta(days=1) in days_off:
            last += timedelta(days=1)
        if last - first < _SHORT:
            first, last = _with_weekend(first, last)
        return Period(first, last, Precision.DAY)
    offset, length = _STATUTORY.get(name, (0, 1))
    first = day + timedelta(days=offset)
    return Period(first, first + timedelta(days=length - 1), Precision.DAY)


def _with_weekend(first: date, last: date) -> tuple[date, date]:
    """A short holiday with the plain weekend beside it (与周末连休): 6月10日 of 2024 makes 8th to 10th."""
    worked = _worked_weekends()
    while (before := first - timedelta(days=1)).weekday() >= _SATURDAY and before not in worked:
        first = before
    while (behind := last + timedelta(days=1)).weekday() >= _SATURDAY and behind not in worked:
        last = behind
    return first, last


@lru_cache(maxsize=512)
def lunar_day(lunar_year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The Gregorian day of a lunar date; None where that lunar month has no such day.

    Day 30 of the last month means New Year's Eve (大年三十) also where that month has 29 days.
    """
    if not (1900 <= lunar_year <= 2099 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    from lunar_python import LunarYear

    found = LunarYear.fromYear(lunar_year).getMonth(-month if leap else month)
    if found is None:
        return None
    length = int(found.getDayCount())
    if day > length:
        if month != 12 or day != 30:
            return None
        day = length
    # A Julian day number counts from noon; ordinal 1 is Julian day 1721425.5.
    first = date.fromordinal(int(found.getFirstJulianDay() + 0.5) - 1721425)
    return first + timedelta(days=day - 1)


@lru_cache(maxsize=64)
def lunar_month(lunar_year: int, month: int) -> Period | None:
    """First to last day of a lunar month (正月), with precision month."""
    first = lunar_day(lunar_year, month, 1)
    last = lunar_day(lunar_year, month, 30) or lunar_day(lunar_year, month, 29)
    if first is None or last is None:
        return None
    return Period(first, last, Precision.MONTH)


@cache
def _days_off() -> frozenset[date]:
    from chinese_calendar import constants

    return frozenset(constants.holidays)


@cache
def _worked_weekends() -> frozenset[date]:
    from chinese_calendar import constants

    return frozenset(constants.workdays)


@lru_cache(maxsize=64)
def _qingming(year: int) -> date:
    from lunar_python import Solar

    term = Solar.fromYmd(year, 4, 10).getLunar().getPrevJie().getSolar()
    return date(term.getYear(), term.getMonth(), term.getDay())
