"""The forms in which a page tells a time, each with the letters it begins with and how it is read.

A new form is one entry in `FORMS`. The first that fits at a place wins, so that a form of several words stands
before one that would take the first of them. A word with a fixed meaning is a `fixed` entry; a new name for a
day, month or year (昨日, 上月) belongs into the tables of `date_patterns` instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from parsing.date_clock import Clock, read_clock
from parsing.date_kinds import DateKind, FoundDate, kind_of
from parsing.date_points import Expression, read_expression
from parsing.date_resolve import resolve
from parsing.date_spans import ImpossibleDateError
from parsing.date_spells import read_spell
from parsing.date_tense import is_ahead_near, is_bare_weekday, tense_of
from parsing.date_years import Anchor, Hints
from parsing.festivals import Named, read_festival, read_lunar, read_year
from parsing.model import NO_PERIOD, RECENTLY, Period, Precision
from parsing.recurrences import Recurrence, read_recurrence

# Reads what stands at an offset of a narrow text; None where the form does not stand there.
Reader: TypeAlias = Callable[[str, int, Anchor, Hints], FoundDate | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: `opens` are the characters that it can begin with, `read` reads it at an offset."""

    opens: str
    read: Reader


def fixed(words: re.Pattern[str], kind: DateKind, when: Callable[[Anchor], Period]) -> Reader:
    """Reads words that mean the same wherever they stand: 近日, 截至目前."""

    def read(text: str, at: int, anchor: Anchor, _told: Hints) -> FoundDate | None:
        match = words.match(text, at)
        return FoundDate(at, match.end(), match[0], when(anchor), kind) if match else None

    return read


# 近日, 前不久: lately, no day told
_RECENT = re.compile(
    r"近日来?|日前|近期|近段时间|近几天|近来|不久前|前不久|前几天|前些天|最近(?=，|[一-鿿]{2})"
)
# 当晚, 同一天; not 当日地, 同日而语
_SAME = re.compile(r"当[天日晚](?!地)|同一?[日天](?!而语)")
# 23时[至次日]6时
_OVERNIGHT = re.compile(r"[至到—-](?:次日|翌日|第二天)")
# 次日，… 第二天上午, 前一天晚上: the day beside the one told last
_NEXT_DAY = re.compile(
    r"(?:次日|翌日|第二天|隔天|转天|(?P<before>前一[天日晚]|头天(?=[晚夜下上早])))(?:凌晨|[上下]午|一?早|晚上?)?(?=[，]|[\u4e00-\u9fff])"
)
# 截至发稿时, 至此: up to the issue
_NOW = re.compile(r"截[至止](?:目前|发稿|记者发稿|发稿时|现在)|至今(?!后)|至此|目前为止")
# 周一[闭馆], 周五[、周六延长开放]至21时: a rule, not a day
_REGULAR_BEHIND = re.compile(
    r"""^ (?:[、和及](?:周|星期)[一二三四五六日天])*
        (?:全天|例行|除外)? (?:延长|正常|照常)?
        (?:闭馆|休馆|闭园|休息|除外|开放|限行|不开放)""",
    re.VERBOSE,
)
# 7月1日[暑运开始以来], 3月[份以来]
_SINCE_BEHIND = re.compile(r"[^，。；、\d]{1,8}?以来")
# [较]去年, [同比]一季度
_COMPARED = re.compile(r"(?:比|较|同比|高于|低于|超过|相比)$")
_COMPARABLE = frozenset({DateKind.YEAR, DateKind.HALF, DateKind.QUARTER, DateKind.MONTH})
_SPELL_KINDS = {Precision.YEAR: DateKind.YEAR, Precision.DAY: DateKind.RANGE}
_NEAR = 12
_LONG_AGO = timedelta(days=120)


def _issue_day(anchor: Anchor) -> Period:
    return Period(anchor.issued_on, anchor.issued_on, Precision.DAY) if anchor.issued_on else NO_PERIOD


def _beside(text: str, at: int, _anchor: Anchor, told: Hints) -> FoundDate | None:
    if not told.seen or not date.min < told.seen < date.max or not (match := _NEXT_DAY.match(text, at)):
        return None
    day = told.seen + timedelta(days=-1 if match["before"] else 1)
    return FoundDate(at, match.end(), match[0], Period(day, day, Precision.DAY), DateKind.DAY)


def _recurrence(text: str, at: int, anchor: Anchor, _told: Hints) -> FoundDate | None:
    found = read_recurrence(text, at)
    if found is None:
        return None
    coming = found.next_on(anchor.issued_on) if anchor.issued_on else None
    words = text[at : found.end]
    return FoundDate(at, found.end, words, NO_PERIOD, DateKind.RECURRENCE, clock=found.clock, next_on=coming)


def _holiday(text: str, at: int, anchor: Anchor, _told: Hints) -> FoundDate | None:
    if year := read_year(text, at):
        named = read_festival(text, year[0])
        this = year[1] if year[1] > 3 or anchor.this_year is None else anchor.this_year + year[1]
        if named and this > 3:
            return _festival(text, at, replace(named, of_year=this), anchor)
    named = read_lunar(text, at) or read_festival(text, at)
    return _festival(text, at, named, anchor) if named else None


def _spell(text: str, at: int, anchor: Anchor, _told: Hints) -> FoundDate | None:
    spell = read_spell(text, at, anchor)
    if spell is None:
        return None
    ahead = _is_ahead(spell.when, anchor, Hints())
    kind = DateKind.SINCE if spell.since else _SPELL_KINDS[spell.when.precision]
    kind = DateKind.DAY if spell.single else kind
    return FoundDate(at, spell.end, text[at : spell.end], spell.when, kind, future=ahead)


def _calendar(text: str, at: int, anchor: Anchor, told: Hints) -> FoundDate | None:
    expression = read_expression(text, at)
    return _expression(text, expression, anchor, told) if expression else None


def _hours(text: str, at: int, _anchor: Anchor, _told: Hints) -> FoundDate | None:
    clock = read_clock(text, at)
    if clock is None or clock[1] is None or (at and text[at - 1].isdigit()):
        return None
    return FoundDate(at, clock[0], text[at : clock[0]], NO_PERIOD, DateKind.CLOCK, clock=clock[1])


def _expression(text: str, expression: Expression, anchor: Anchor, told: Hints) -> FoundDate | None:
    _read_since(text, expression)
    if _ends_there(text, expression):
        expression.prefix = "upto"
    hints = tense_of(text, expression, told)
    try:
        when = resolve(expression, anchor, hints)
    except ImpossibleDateError:
        return None
    first = expression.first
    start, end = expression.start, expression.end
    kind = kind_of(expression, when)
    if kind is DateKind.DAY:
        when = _overnight(text[start:end], when)
    if is_bare_weekday(first) and _REGULAR_BEHIND.match(text[end : end + _NEAR]):
        told_days = (first.weekday, expression.last.weekday if expression.last else None)
        rule = Recurrence(end, first.clock, frozenset(day for day in told_days if day is not None))
        coming = rule.next_on(anchor.issued_on) if anchor.issued_on else None
        return FoundDate(start, end, text[start:end], NO_PERIOD, DateKind.RECURRENCE, next_on=coming)
    if expression.suffix == "same" or (
        kind in _COMPARABLE and _COMPARED.search(text, max(0, start - 2), start)
    ):
        kind, when = DateKind.COMPARED, NO_PERIOD
    return FoundDate(
        start,
        end,
        text[start:end],
        when,
        kind,
        explicit_year=first.explicit_year,
        future=_is_ahead(when, anchor, hints),
        past_year=_is_long_past(when, anchor),
        clock=_clock(expression),
    )


def _read_since(text: str, expression: Expression) -> None:
    """7月1日暑运开始以来 counts from the day on, as 7月1日以来 does."""
    simple = expression.last is None and expression.prefix in (None, "since") and not expression.suffix
    if simple and (since := _SINCE_BEHIND.match(text, expression.end, expression.end + _NEAR)):
        expression.suffix, expression.end = "sofar", since.end()


def _ends_there(text: str, expression: Expression) -> bool:
    """收稿至本月底 ends on the last day of the month."""
    plain = expression.prefix is None and expression.last is None and expression.suffix is None
    return (
        plain and expression.first.third in ("底", "末") and text[: expression.start].endswith(("至", "到"))
    )


def _overnight(words: str, when: Period) -> Period:
    """4月8日23时至次日6时 is told for both days."""
    if when.start is None or when.start != when.end or when.start == date.max or not _OVERNIGHT.search(words):
        return when
    return Period(when.start, when.start + timedelta(days=1), Precision.DAY)


def _clock(expression: Expression) -> Clock | None:
    """The clock times of a range from its first to its last: 14日8时至16日20时."""
    opening = expression.first.clock
    closing = expression.last.clock if expression.last else None
    if opening and closing:
        return opening[0], closing[1] or closing[0]
    return closing or opening


def _festival(text: str, at: int, named: Named, anchor: Anchor) -> FoundDate:
    future = is_ahead_near(text, at, named.end)
    when = named.nearest(anchor.issued_on, anchor.year, future=future)
    kind = DateKind.RANGE if when.start != when.end else DateKind.DAY
    ahead = _is_ahead(when, anchor, Hints(future=future))
    return FoundDate(
        at, named.end, text[at : named.end], when, kind, future=ahead, past_year=_is_long_past(when, anchor)
    )


def _is_ahead(when: Period, anchor: Anchor, hints: Hints) -> bool:
    if when.end is None:
        return hints.future
    if anchor.issued_on is None:
        return hints.future
    return (
        when.end >= anchor.issued_on and when.precision in (Precision.DAY, Precision.MONTH)
    ) or when.end > anchor.issued_on


def _is_long_past(when: Period, anchor: Anchor) -> bool:
    year = anchor.this_year
    if when.end is None or year is None or when.end.year >= year:
        return False
    return anchor.issued_on is None or anchor.issued_on - when.end > _LONG_AGO


_DIGITS = "0123456789"
_NUMERALS = "一二三四五六七八九十廿"
FORMS: tuple[Form, ...] = (
    Form("近日前不最", fixed(_RECENT, DateKind.RECENT, lambda _: RECENTLY)),
    Form("当同", fixed(_SAME, DateKind.SAME, lambda _: NO_PERIOD)),
    Form("次翌第前隔转头", _beside),
    Form("截至目", fixed(_NOW, DateKind.UNTIL, _issue_day)),
    Form("每逢双周星礼工", _recurrence),  # 每周六, 双休日, 周一至周五
    Form("青农正腊冬除大元春清端中国重教圣小劳儿妇植建今明去年本上前来后“" + _NUMERALS + _DIGITS, _holiday),
    Form("过春暑开新今明“" + _NUMERALS + _DIGITS, _spell),  # 过去一年, 春运期间, “十四五”期间
    Form(
        "昨今明后前去上中下本这当同次翌转来大第全首头岁年月截自从即到持延展周星礼每" + _NUMERALS + _DIGITS,
        _calendar,
    ),
    Form("零〇凌早晚午正夜傍深白上下中清全" + _NUMERALS + _DIGITS, _hours),  # 上午9时, without a day
)
