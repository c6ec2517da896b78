"""Times that are told by name or by habit: 近日, 当天, 每周六上午, 五一假期, 正月十五, 9:00—17:00."""

import re
from dataclasses import dataclass
from datetime import date

from parsing import date_patterns as p
from parsing.calendar import FESTIVALS, festival_day, festival_holiday, lunar_day, lunar_month
from parsing.date_kinds import DateKind
from parsing.date_points import Clock, read_clock
from parsing.date_resolve import Anchor, Hints
from parsing.model import NO_PERIOD, RECENTLY, Period, Precision


@dataclass(frozen=True, slots=True)
class Special:
    """A time told by name: where it ends, and all that `FoundDate` needs of it."""

    end: int
    kind: DateKind
    when: Period = NO_PERIOD
    explicit_year: bool = False
    clock: Clock | None = None
    weekdays: tuple[int, ...] = ()


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.VERBOSE)


_CLAUSE_START = r"(?<![^，。；、！？：:,;!?\s“”（）()—…])"
# 近日, 日前, 连日来; not 节日前, 最近的车站
_RECENT = _pattern(rf"""
    (?<![最靠临])近日(?!点)|(?<![\d一二三四五六七八九十节生止作假休次当即几数今明昨近期某])日前(?!往)
    |近期(?!重要讲话|目标|规划)|近来|连日来|不久前|前不久|前几天|前些天|近段时间|近几[天日]|这几天|近两[天日]|近一段时间
    |{_CLAUSE_START}最近(?!的|\d|[一二两三四五六七八九十几])
""")
# 当天下午, 同日; at the start of a clause also 会上, 会议期间, 期间
_SAME = _pattern(rf"""
    当[天晚](?!候)|当日(?!本)|同[日天](?!本)|这[天晚](?=上午|下午|，)
    |{_CLAUSE_START}(?:会[上后前](?=[，,还，]|[^，。]{{0,1}}[，,])|会上|会前|会后|(?:会议|活动|大会|展会|展览|赛事|调研|考察|走访|仪式|论坛|节庆|其)?期间)
    |(?<=会议|活动|大会|展会|展览)期间
""")
# up to the issue date: 截至目前, 至此; not 目前 alone
_SO_FAR = _pattern(r"""
    截[至止]到?(?:目前|当前|现在|今天?(?![年年])|(?:记者)?发稿)(?:为止|时)?|到?目前为止|迄今(?:为止)?(?![年])|到现在为止|至此(?=[，,])
""")
# the day after the one told: 次日, 第二天
_FOLLOWING = _pattern(r"次日|翌日|第二天|隔天")
_WEEK = r"(?:周|星期|礼拜)"
# 每周六, 每周二至周日, 逢周三, 每月15日, 每年3月, 每天; also 周一至周五 without 每
_RECURRENCE = _pattern(rf"""
    (?:每逢?|逢|每个|每隔|每到)(?:单|双)?{_WEEK}(?P<days>[一二三四五六日天](?![次场期个天])(?:(?:至|到|[-—~]|、|和|及|与){_WEEK}?[一二三四五六日天])*)?(?P<weekend>末)?
    |(?<![上本这下个]){_WEEK}(?P<run>[一二三四五六日天](?:(?:至|到|[-—~]|、|和|及){_WEEK}?[一二三四五六日天])+)(?![一二三四五六]?[次场])
    |(?:每逢|每个|逢|每到)?双休日|(?:每逢|每到|每个|逢)(?:节假日|周末|工作日|法定节假日)
    |每年(?:(?:的)?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|(?:3[01]|[12]\d|[1-9])日)?(?:前|底|初|起)?|年[底初])?
    |每(?:个)?月(?:的)?(?:(?:3[01]|[12]\d|[1-9])日|底|初|中旬|上旬|下旬)?前?
    |每(?:个)?季度|每[日天晚早]
""")
_NAMES = "|".join(sorted(FESTIVALS, key=len, reverse=True))
_NUMERIC = frozenset(("三八", "五一", "五四", "六一", "七一", "八一", "十一"))
_NEED_WORD = frozenset(("劳动", "青年", "儿童", "妇女", "建党", "建军", "教师", "植树"))
# 元旦, “五一”国际劳动节, 清明节假期期间, 国庆前夕
_FESTIVAL = _pattern(rf"""
    (?:(?P<quote>[“"‘'])|(?<![“"‘']))(?<![\d一二三四五六七八九十第])(?P<name>{_NAMES})(?(quote)[”"’'])
    (?P<word>(?:国际|国庆)?(?:劳动|青年|儿童|妇女|建军|建党)?(?:节|(?<=旦)日)(?!约|目|能|水|气|点|奏|俗|省))?
    (?:(?P<days_off>小?长假|假期?(?!日)|假日|黄金周|(?=期间))(?P<during>期间)?
      |(?P<on>当[天日晚]|那天|这天|上午|下午|晚上)
      |(?P<around>前夕|前后|过后|来临|将至|后(?!勤|续|台))
      |(?P<before>之?前(?![往来台]))|(?P<since>起))?
""")
_BOUNDARY_BEFORE = re.compile(r"[^\w]$|[年在于逢近迎到至天过是日为自从]$|^$")
_BOUNDARY_AFTER = re.compile(r"$|[^\w]|[将至到快已来临刚当]")
_LUNAR_DAY = r"(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|卅)"
# 正月十五, 农历三月三, 癸卯年四月初一, 腊月二十三至正月初六, 大年初一
_LUNAR = _pattern(rf"""
    (?:(?P<head>农历|阴历)?(?P<cycle>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)?[ \u3000]?(?P<leap>闰)?
      (?<![一二三四五六七八九十])(?P<month>正|冬|腊|十[一二]?|[二三四五六七八九])月(?P<day>{_LUNAR_DAY}|(?<=[二三六九]月)[二三六九](?![日号十月个]))?(?![日号])
      |大年(?P<eve>三十|初[一二三四五六七]))
""")
_LUNAR_END = _pattern(rf"{p.LINK.pattern}(?:(?P<month>正|腊)月)?(?P<day>{_LUNAR_DAY})(?![日号天])")
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
# what must follow a bare 9点 for it to be a time: 9点前, 9点左右
_CLOCK_END = re.compile(r"[前后开左许钟，。；,;、)之起止]|$")


def read_special(text: str, at: int, anchor: Anchor, hints: Hints) -> Special | None:
    """The longest time told by name or habit that starts at `at`; None where none starts."""
    if found := _RECENT.match(text, at):
        return Special(found.end(), DateKind.RECENT, RECENTLY)
    if found := _SAME.match(text, at):
        return _with_clock(text, found.end(), DateKind.SAME)
    if found := _SO_FAR.match(text, at):
        today = anchor.issued_on
        return Special(
            found.end(), DateKind.UNTIL, Period(today, today, Precision.DAY) if today else NO_PERIOD
        )
    if found := _FOLLOWING.match(text, at):
        return _with_clock(text, found.end(), DateKind.FOLLOWING)
    if found := _RECURRENCE.match(text, at):
        days = _weekdays(found[0], found["days"] or found["run"])
        return _with_clock(text, found.end(), DateKind.RECURRENCE, days)
    return _named_day(text, at, anchor, hints) or _clock(text, at)


def _with_clock(text: str, end: int, kind: DateKind, weekdays: tuple[int, ...] = ()) -> Special:
    clock = read_clock(text, end)
    return Special(clock[0] if clock else end, kind, clock=clock[1] if clock else None, weekdays=weekdays)


def _weekdays(words: str, days: str | None) -> tuple[int, ...]:
    if days is None:
        if "工作日" in words:
            return (0, 1, 2, 3, 4)
        return (5, 6) if "双休日" in words or "周末" in words or words.endswith("末") else ()
    found: list[int] = []
    run = False
    for sign in days:
        if sign in p.WEEKDAYS:
            day = p.WEEKDAYS[sign]
            found += range(found[-1] + 1, day) if run and found else ()
            found.append(day)
            run = False
        elif sign in "至到-—~":
            run = True
    return tuple(sorted(set(found)))


def _clock(text: str, at: int) -> Special | None:
    found = read_clock(text, at)
    if found is None or found[1] is None:
        return None
    end, times = found
    bare = text[at].isdigit() and text[end - 1] == "点" and times[1] is None
    if bare and not _CLOCK_END.match(text, end):
        return None
    return Special(end, DateKind.CLOCK, clock=times)


def _named_day(text: str, at: int, anchor: Anchor, hints: Hints) -> Special | None:
    """A festival or a lunar date, with the year that may stand before it."""
    year: int | None = None
    told = False
    start = at
    if number := p.YEAR.match(text, at):
        if number["shared"]:
            return None
        year, told = int(number["digits"]) if number["digits"] else p.number(number["chinese"]), True
        start = number.end()
    elif (word := p.YEAR_WORD.match(text, at)) and word["word"] in p.YEAR_WORDS:
        told = anchor.this_year is not None
        year = anchor.this_year + p.YEAR_WORDS[word["word"]] if anchor.this_year is not None else None
        start = word.end()
    if start > at and text.startswith("的", start):
        start += 1
    return _festival(text, start, year, told, anchor, hints) or _lunar(text, start, year, told, anchor, hints)


def _festival(
    text: str, at: int, year: int | None, told: bool, anchor: Anchor, hints: Hints
) -> Special | None:
    found = _FESTIVAL.match(text, at)
    if found is None:
        return None
    name = found["name"]
    marked = found["word"] or any(
        found[group] is not None for group in ("days_off", "on", "around", "before", "since")
    )
    if not marked:
        before = text[max(0, at - 1) : at]
        quoted = found["quote"] is not None
        if not _BOUNDARY_AFTER.match(text, found.end()) or not (quoted or _BOUNDARY_BEFORE.search(before)):
            return None
        if name in _NEED_WORD or (name in _NUMERIC and not quoted and name != "五一"):
            return None
    elif name in _NEED_WORD and not found["word"]:
        return None
    if found["before"] or found["since"]:
        hints = Hints(future=True, year=hints.year, month=hints.month)
    if found["around"]:
        return Special(found.end(), DateKind.HOLIDAY, explicit_year=told)
    if found["days_off"] is not None:
        spans = {y: span for y in _years(year, anchor) if (span := festival_holiday(name, y))}
        when = _nearest(spans, year, anchor, hints)
        kind = DateKind.DAY if when.start is not None and when.start == when.end else DateKind.RANGE
        return Special(found.end(), kind, when, explicit_year=told)
    days = {
        y: Period(day, day, Precision.DAY) for y in _years(year, anchor) if (day := festival_day(name, y))
    }
    when = _nearest(days, year, anchor, hints)
    if found["before"]:
        kind = DateKind.UNTIL
    elif found["since"]:
        kind = DateKind.SINCE
    else:
        kind = DateKind.DAY if found["on"] else DateKind.HOLIDAY
    clock = read_clock(text, found.end())
    return Special(clock[0] if clock else found.end(), kind, when, told, clock[1] if clock else None)


def _lunar(text: str, at: int, year: int | None, told: bool, anchor: Anchor, hints: Hints) -> Special | None:
    found = _LUNAR.match(text, at)
    if found is None:
        return None
    leap = found["leap"] is not None
    if found["eve"]:
        month, day = (12, 30) if found["eve"] == "三十" else (1, p.number(found["eve"]))
    else:
        words, told_day = found["month"], found["day"]
        surely = (
            found["head"] or found["cycle"] or words in _LUNAR_MONTHS or (told_day and told_day[0] in "初廿")
        )
        twice = told_day is not None and len(told_day) == 1 and told_day == words
        if not surely and not twice:
            return None
        month = _LUNAR_MONTHS.get(words) or p.number(words)
        day = p.number(told_day) if told_day else 0
    end = found.end()
    years = _years(year, anchor, lunar=True)
    if not day:
        months = {y: span for y in years if (span := lunar_month(y, month))}
        return Special(end, DateKind.MONTH, _nearest(months, year, anchor, hints), told)
    opening = {y: first for y in years if (first := lunar_day(y, month, day, leap=leap))}
    closing = opening
    if second := _LUNAR_END.match(text, end):
        end = second.end()
        last_month = _LUNAR_MONTHS[second["month"]] if second["month"] else month
        over = 1 if last_month < month else 0
        closing = {
            y: last for y in years if (last := lunar_day(y + over, last_month, p.number(second["day"])))
        }
    spans = {
        y: Period(opening[y], closing[y], Precision.DAY)
        for y in opening
        if y in closing and opening[y] <= closing[y]
    }
    when = _nearest(spans, year, anchor, hints)
    clock = read_clock(text, end)
    kind = DateKind.RANGE if closing is not opening else DateKind.DAY
    return Special(clock[0] if clock else end, kind, when, told, clock[1] if clock else None)


def _years(year: int | None, anchor: Anchor, *, lunar: bool = False) -> tuple[int, ...]:
    base = year if year is not None else anchor.this_year
    if base is None:
        return ()
    if year is not None or anchor.issued_on is None:
        return (base,)
    return tuple(range(base - 2 if lunar else base - 1, base + 2))


def _nearest(spans: dict[int, Period], year: int | None, anchor: Anchor, hints: Hints) -> Period:
    """Of the same festival in several years the nearest to the issue; with a word about the future the next."""
    if year is not None or anchor.issued_on is None:
        return next(iter(spans.values()), NO_PERIOD)
    issued_on = anchor.issued_on
    ordered = [span for span in spans.values() if span.start is not None and span.end is not None]
    if hints.future:
        ordered = [span for span in ordered if span.end is not None and span.end >= issued_on][:1] or ordered
    return min(ordered, key=lambda span: _distance(span, issued_on), default=NO_PERIOD)


def _distance(span: Period, day: date) -> int:
    if span.start is None or span.end is None:
        return 0
    return max((span.start - day).days, (day - span.end).days, 0)
