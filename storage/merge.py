"""When two reports tell the same happening, and what is known of it from all its reports."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from rapidfuzz import fuzz

from parsing.model import EventType, Period, Precision
from storage.text import bare, fold
from storage.told import Told

WINDOW = timedelta(days=14)  # between reports of a happening whose day one of them does not tell
RECURRING_WINDOW = timedelta(days=3)  # the same, for what takes place again and again under one name
_ALIKE = 80.0  # of 100, by rapidfuzz
LEAST_ALIKE = 70.0  # of notices of the same days
_NAMES_ALIKE = 85.0
_LEAST_HEAD = 4  # characters of a subject that is part of a longer one
_TELLING_LENGTH = 8  # characters from which on a subject is a name and not a kind

_RECURRING = re.compile("月度|季度|每月|每周|例会|常委会|常务会|月调度|周调度|点评会|接访|晨会")
_QUOTED = re.compile('[《“「『"][^》”」』"]{2,}[》”」』"]')
_ORDINAL = re.compile("第[一二三四五六七八九十百\\d]+[届次批期季场轮]")
# What makes two names that are nearly the same letters two things.
_TELLS_APART = (
    re.compile(r"\d+(?:\.\d+)?"),
    _ORDINAL,
    re.compile("[一二三四五六七八九十]+月|[一二三四]季度|[上下]半年"),
    re.compile("特等|[一二三]等|金奖|银奖|铜奖|冠军|亚军|季军|[金银铜]牌"),
    re.compile("国家级|省级|市级|区级|县级|镇级|街道级|村级"),
    re.compile("[东南西北](?=区|段|侧|口|路|延|线|站|院)"),
)
_DATES = re.compile(r"\d+\s*年|\d+\s*[—–~至-]?\s*\d*\s*月(?:份)?|\d+\s*日")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SPOT = re.compile("[\u4e00-\u9fff]{1,3}(?:号线|大街|胡同|社区|小区|[路街桥村园苑里站])")
_ORDER = tuple(Precision)  # from the most to the least exact


def same_happening(one: Told, other: Told) -> float:
    """How surely two reports from different articles tell the same happening: 0 if they are to be kept apart.

    More is surer; the values are only good for choosing between several.
    """
    if one.type is not other.type or (one.stage and other.stage and one.stage is not other.stage):
        return 0.0
    if not dates_agree(one, other) or _told_apart(one, other):
        return 0.0
    equal_days = one.when.start is not None and one.when == other.when
    # What is closed and when is told in many words, but the days and the spot are the same in all of them.
    least = LEAST_ALIKE if one.type is EventType.NOTICE and equal_days else _ALIKE
    likeness = subjects_alike(bare(one.subject), bare(other.subject), least)
    if not likeness:
        return 0.0
    actors = _share_a_name(one.actors, other.actors)
    places = bool(one.place and other.place and _names_alike(one.place, other.place))
    if not (actors or places or _is_clear_without(one, other)):
        return 0.0
    return likeness + 0.3 * actors + 0.2 * places + 0.3 * equal_days


def same_in_reprint(one: Told, other: Told) -> float:
    """The same for two reports where one article is known to be a reprint of the other."""
    if one.type is not other.type or (one.when.start and other.when.start and not dates_agree(one, other)):
        return 0.0  # the same words with other days: a notice or a table that comes again and again
    if one.type is EventType.FIGURE and not _same_numbers(one.evidence, other.evidence):
        return 0.0
    evidence = fuzz.ratio(bare(one.evidence), bare(other.evidence))
    likeness = subjects_alike(bare(one.subject), bare(other.subject))
    if _differ(one.subject, other.subject) or not (likeness and evidence >= _ALIKE / 2):
        return 0.0
    return 2 + likeness + evidence / 100


def is_repeated(one: Told, other: Told) -> bool:
    """Whether two reports of one page are the very same, told twice."""
    return (
        one.type is other.type
        and bare(one.evidence) == bare(other.evidence)
        and bare(one.subject) == bare(other.subject)
        and one.actors == other.actors
        and one.when == other.when
    )


def dates_agree(one: Told, other: Told) -> bool:
    """Whether the days they tell are the same or one holds the other; or how near the reports are."""
    if one.when.start and other.when.start:
        if one.type is EventType.FIGURE:
            return one.when.start == other.when.start and one.when.end == other.when.end
        return _holds(one.when, other.when) or _holds(other.when, one.when)
    apart = abs(one.told_on - other.told_on)
    if _RECURRING.search(one.subject) or _RECURRING.search(other.subject):
        # The day of reading says nothing of which of the row it was: an archive is read in one go.
        return bool(one.reported_on and other.reported_on) and apart <= RECURRING_WINDOW
    return apart <= WINDOW


def subjects_alike(one: str, other: str, least: float = _ALIKE) -> float:
    """How alike two bare subjects are, from 0 to 1; 0 if it is less than `least` percent.

    A short name is like a long one that ends with it: the head of a Chinese phrase is its end.
    """
    if not one or not other:
        return 0.0
    ratio = fuzz.ratio(one, other, score_cutoff=least)
    if ratio:
        return float(ratio) / 100
    short, long = sorted((one, other), key=len)
    if len(short) >= _LEAST_HEAD and short in long and short[-2:] == long[-2:]:
        return 0.8
    return 0.0


def combine(reports: Sequence[Told]) -> Told:
    """What is known of a happening from its reports, in the order they were stored.

    The first subject stays; the day is the most exact one told; names are added up; `told_on`,
    `reported_on` and `source_id` are those of the earliest report.
    """
    first = reports[0]
    issued = [report for report in reports if report.reported_on]
    earliest = min(issued or reports, key=lambda report: report.told_on)
    return replace(
        first,
        when=min((report.when for report in reports), key=_inexactness),
        told_on=earliest.told_on,
        reported_on=earliest.reported_on,
        source_id=earliest.source_id,
        actors=_fullest(name for report in reports for name in report.actors),
        people=tuple(dict.fromkeys(name for report in reports for name in report.people)),
        areas=tuple(dict.fromkeys(name for report in reports for name in report.areas)),
        place=next((report.place for report in reports if report.place), None),
        stage=next((report.stage for report in reports if report.stage), None),
        confidence=max(report.confidence for report in reports),
    )


def _holds(long: Period, short: Period) -> bool:
    if not (long.start and long.end and short.start and short.end):
        return False
    return long.start <= short.start and short.end <= long.end


def _inexactness(when: Period) -> tuple[int, int]:
    days = (when.end - when.start).days if when.start and when.end else 0
    return _ORDER.index(when.precision), days


def _told_apart(one: Told, other: Told) -> bool:
    if _differ(one.subject, other.subject):
        return True
    if one.areas and other.areas and not set(one.areas) & set(other.areas):
        return True
    if one.type is EventType.NOTICE and _elsewhere(one.subject, other.subject):
        return True
    strangers = bool(one.actors and other.actors) and not _share_a_name(one.actors, other.actors)
    if one.type is EventType.FIGURE:
        return strangers or not _same_numbers(one.evidence, other.evidence)
    if one.type in (EventType.AWARD, EventType.AGREEMENT):
        return strangers
    places = bool(one.place and other.place and _names_alike(one.place, other.place))
    return strangers and not places and not _same_quotation(one.subject, other.subject)


def _elsewhere(one: str, other: str) -> bool:
    """Whether both name roads, communities or stations, and none in common."""
    ours, theirs = _SPOT.findall(one), _SPOT.findall(other)
    return bool(ours and theirs) and not any(a.endswith(b) or b.endswith(a) for a in ours for b in theirs)


def _differ(one: str, other: str) -> bool:
    one, other = fold(one), fold(other)
    for pattern in _TELLS_APART:
        ours, theirs = set(pattern.findall(one)), set(pattern.findall(other))
        if ours and theirs and not (ours <= theirs or theirs <= ours):
            return True
    return False


def _same_numbers(one: str, other: str) -> bool:
    ours, theirs = (set(_NUMBER.findall(_DATES.sub(" ", fold(text)))) for text in (one, other))
    return ours == theirs or bool(ours and theirs and (ours <= theirs or theirs <= ours))


def _is_clear_without(one: Told, other: Told) -> bool:
    """Whether the subject alone is enough, where neither who nor where can be compared."""
    short = min(bare(one.subject), bare(other.subject), key=len)
    if one.type is EventType.AWARD and (one.actors or other.actors):
        return False  # an honour goes to many
    return (
        _same_quotation(one.subject, other.subject)
        or bool(_ORDINAL.search(fold(one.subject)) and _ORDINAL.search(fold(other.subject)))
        or len(short) >= _TELLING_LENGTH
        or (len(bare(one.evidence)) >= _TELLING_LENGTH and bare(one.evidence) == bare(other.evidence))
    )


def _same_quotation(one: str, other: str) -> bool:
    ours, theirs = ({bare(name) for name in _QUOTED.findall(text)} for text in (one, other))
    return bool(ours & theirs)


def _share_a_name(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return any(_names_alike(one, other) for one in ours for other in theirs)


def _names_alike(one: str, other: str) -> bool:
    one, other = bare(one), bare(other)
    if not one or not other or _differ(one, other):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and (long.endswith(short) or long.startswith(short)):
        return True
    # One other letter makes another village or another person of a short name.
    return len(short) >= 6 and fuzz.ratio(one, other) >= _NAMES_ALIKE


def _fullest(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in its longest form, where its first form stood."""
    kept: list[str] = []
    for name in dict.fromkeys(names):
        for at, known in enumerate(kept):
            if bare(known).endswith(bare(name)):
                break
            if bare(name).endswith(bare(known)):
                kept[at] = name
                break
        else:
            kept.append(name)
    return tuple(dict.fromkeys(kept))
