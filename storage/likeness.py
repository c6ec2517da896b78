"""How much speaks for two reports from different articles telling one happening, and against it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from parsing.model import EventType
from storage.alike import (
    ORDINAL,
    drawn_from,
    is_company,
    other_district,
    ourselves,
    quotations,
    same_numbers,
    same_quotation,
    same_spot,
    same_total,
    share_a_name,
    told_apart,
)
from storage.details import names_in
from storage.likeness_days import days_points
from storage.likeness_doubt import BY_NOTICE, is_unclear
from storage.likeness_who import IN_A_VENUE, TELLING_LENGTH, all_names, bodies, who_and_where
from storage.reasons import APART, DOUBT, SAME, Likeness, Point, Reason
from storage.text import bare, fold
from storage.told import Told

_T = EventType
_EDITION = re.compile("(?:19|20)\\d\\d\\s*(?:年度|年)?|" + ORDINAL.pattern)
_GENERIC = re.compile("全[区市]|[我本]区|工作|会议|大会|活动|项目|情况|建设|专题|推进")
_CODE = re.compile("[a-z\\d]")  # K7路, 5g
_OTHER_NAME = {_T.VISIT: -0.5, _T.INSPECTION: -0.5, _T.AGREEMENT: -1.0}  # named by what was talked about
_TOLD_BY_NOTICE = ({_T.NOTICE, _T.ACTIVITY}, {_T.NOTICE, _T.MEETING})
_NAMED = frozenset({Reason.SAME_NAME, Reason.NAME_ALIKE})
_OCCASIONS = frozenset(
    {_T.MEETING, _T.VISIT, _T.INSPECTION, _T.LAUNCH, _T.AGREEMENT, _T.RELEASE, _T.ACTIVITY}
)
# Types that readers and papers take for one another.
_NEIGHBOURS = (
    {_T.MEETING, _T.ACTIVITY},
    {_T.ACTIVITY, _T.LAUNCH},
    {_T.VISIT, _T.INSPECTION},
)


def compare(one: Told, other: Told) -> Likeness:
    """How alike two reports from different articles are; the order of the two does not matter.

    Nothing is added up for two that cannot be one: of other days, other types, told apart by their names.
    """
    # Rules look at the type of the first: that of the occasion, not that of a notice about it.
    if (one.type is _T.NOTICE, one.type) > (other.type is _T.NOTICE, other.type):
        one, other = other, one
    days = days_points(one, other)
    if days is None or _ruled_out(one, other):
        return APART
    name = list(_name(one, other))
    points = [*days, *_type(one, other, name), *name, *who_and_where(one, other)]
    score = max(0.0, sum(value for _, value in points))
    told = {reason for reason, _ in points}
    telling = min(_telling(_core(each.subject)) for each in (one, other)) >= 2.0
    if Reason.SAME_DAYS in told and telling and sum(value for _, value in name) >= 1.5:
        score += 0.5 * all(value > 0 for _, value in points)  # nothing speaks against it
    weak = Reason.NO_NUMBERS in told or told >= {Reason.NEAR, Reason.OTHER_NAME}
    if weak or _lacks_a_name(one, other, name, days) or (Reason.OTHER_TYPE, BY_NOTICE) in points:
        score = min(score, SAME - 0.5)  # two of one hall and one day have all but the name in common
    touch = _touch(one.subject, other.subject)
    if score < DOUBT and is_unclear(points, touch=touch, titled=_both_titled(one, other)):
        score = DOUBT
    return Likeness(
        round(score, 2),
        tuple(reason for reason, value in points if value > 0),
        tuple(reason for reason, value in points if value < 0),
    )


def _lacks_a_name(one: Told, other: Told, name: Sequence[Point], days: Sequence[Point]) -> bool:
    """Whether the names are too little alike to join two reports unasked."""
    if one.type in _OTHER_NAME:
        return False
    fit = any(reason is Reason.DAYS_FIT for reason, _ in days)
    if fit and one.type is _T.ACTIVITY and _may_be_part(one.subject, other.subject):
        return True
    if one.type is _T.FIGURE and same_total(one.evidence, other.evidence):
        return False
    # In one hall are many meetings with half of their names in common, and of one kind many figures.
    least = 0.5 if one.type in IN_A_VENUE or one.type is _T.FIGURE else 0.0
    return not any(value > least for reason, value in name if reason in _NAMED)


def _ruled_out(one: Told, other: Told) -> bool:
    """Whether something tells them apart whatever else they have in common."""
    if one.stage and other.stage and one.stage is not other.stage:
        return True
    if (
        not bare(one.subject)
        or not bare(other.subject)
        or told_apart(*(_occasion(each.subject) for each in (one, other)))
    ):
        return True
    if one.areas and other.areas and not set(one.areas) & set(other.areas):
        return True
    if _T.NOTICE in (one.type, other.type) and same_spot(one.subject, other.subject) is False:
        return True
    if other_district(one.actors, other.actors):
        return True
    ours, theirs = (bodies(each) for each in (one, other))
    strangers = bool(ours and theirs) and not share_a_name(ours, theirs)
    match one.type:
        case _T.FIGURE:  # of the whole district, or of one part of it
            parts = bool(one.actors and other.actors) and bool(ours) != bool(theirs)
            parts = parts and not share_a_name(one.actors, other.actors)
            if same_total(one.evidence, other.evidence):
                return False
            return strangers or parts or not same_numbers(one.evidence, other.evidence)
        case _T.AWARD:
            return strangers and not share_a_name(all_names(one), all_names(other))
        case _T.AGREEMENT:  # one body may sign with many on one day
            left = [
                [name for name in some if is_company(name) and not share_a_name([name], others)]
                for some, others in ((ours, theirs), (theirs, ours))
            ]
            parties = min(len(one.actors), len(other.actors)) > 1 or strangers
            parties = parties and not ourselves((*one.actors, *other.actors))  # 我校 may be any of them
            return all(left) or (parties and not share_a_name(one.actors, other.actors))
    return False


def _type(one: Told, other: Told, name: Sequence[Point]) -> Iterator[Point]:
    if one.type is other.type:
        return
    changes = (each.change is not None and each.type is _T.NOTICE for each in (one, other))
    if any(changes) and {one.type, other.type} & _OCCASIONS:
        return
    # At a conference an agreement is signed and a project launched: only what has one name can be one.
    near = {one.type, other.type} in _NEIGHBOURS and sum(value for _, value in name) >= 1.5
    # The notice that calls it off, in words that nobody foresaw; or that closes a road for it.
    notice = one.when == other.when and {one.type, other.type} in _TOLD_BY_NOTICE
    yield Reason.OTHER_TYPE, -1.0 if near else BY_NOTICE if notice else -9.0


def _name(one: Told, other: Told) -> Iterator[Point]:
    ours, theirs = (_core(each.subject) for each in (one, other))
    short, long = sorted((ours, theirs), key=len)
    ratio, cover = fuzz.ratio(ours, theirs), _cover(short, long)
    telling = _telling(short)
    numbers = [set(ORDINAL.findall(fold(each.subject))) for each in (one, other)]
    if all(numbers) and (
        cover >= 0.5 or (numbers[0] == numbers[1] and drawn_from(short, long))
    ):  # both of them 第三届, or 十四届十次
        telling = 3.0
    if ours == theirs:
        yield Reason.SAME_NAME, max(telling, 3.0) if same_quotation(one.subject, other.subject) else telling
    elif same_quotation(one.subject, other.subject):
        yield Reason.SAME_NAME, 3.5 if ratio >= 60 else 2.5
    elif ratio >= 80:
        yield Reason.NAME_ALIKE, telling - 0.5
    elif len(short) >= 4 and short in long:
        yield Reason.NAME_ALIKE, telling - (0.5 if short[-2:] == long[-2:] else 1.0)
    elif len(short) >= (4 if all(numbers) else 5) and drawn_from(short, long):
        yield Reason.NAME_ALIKE, telling - 1.0
    elif _in_context(one, other) or _in_context(other, one):
        yield Reason.NAME_ALIKE, 2.0
    elif cover >= 0.75:
        yield Reason.NAME_ALIKE, 1.5
    elif cover >= 0.5:
        yield Reason.NAME_ALIKE, 0.5
    elif cover < 0.25 and not _is_told_by(one, other):
        yield Reason.OTHER_NAME, _OTHER_NAME.get(one.type, -2.5)


def _both_titled(one: Told, other: Told) -> bool:
    """Whether each has a title of its own, so that neither is the other in an editor's words."""
    return one.type is _T.AWARD or bool(quotations(one.subject) and quotations(other.subject))


def _touch(one: str, other: str) -> bool:
    """Whether two names have some of their words in common: 莫愁湖花市, 莫愁湖公园迎春花市."""
    short, long = sorted((_core(one), _core(other)), key=len)
    return len(short) >= 2 and _cover(short, long) >= 0.25


def _may_be_part(one: str, other: str) -> bool:
    """Whether one name goes on where the other ends, as that of a festival's part: 灯光季[的猜灯谜专场]."""
    ours, theirs = _core(one), _core(other)
    short, long = sorted((ours, theirs), key=len)
    return short[-3:] in long[:-3] and short[-2:] != long[-2:]


def _is_told_by(one: Told, other: Told) -> bool:
    """Whether the text around one report, of the same days, has the name that the other gives."""
    if one.when != other.when:
        return False
    return names_in([_core(one.subject)], other.around, 5) or names_in([_core(other.subject)], one.around, 5)


def _telling(name: str) -> float:
    """What a name is worth that both reports give: a kind alone is worth little."""
    length = len(name)
    worth = 3.0 if length >= TELLING_LENGTH else 2.5 if length >= 6 else 1.25 if length >= 4 else 1.0
    return min(3.0, worth + 0.5 * bool(_CODE.search(name)))


def _occasion(subject: str) -> str:
    """A subject without the words of a change."""
    from parsing.changes import occasion_of  # as in `told`

    return occasion_of(subject)


@lru_cache(16_384)
def _core(subject: str) -> str:
    """A name without what only one of two reports may say of it: its year, its number, what became of it."""
    core = bare(_EDITION.sub("", fold(_occasion(subject))))
    return core or bare(subject)


def _in_context(one: Told, other: Told) -> bool:
    """Whether the sentence of one report names what the other, of the same days, tells.

    Its headline counts too where one tells what became of the other; else a festival is named where one of
    its parts is told.
    """
    changed = one.change is not None or other.change is not None
    alike = one.type is other.type and one.type in IN_A_VENUE and one.when == other.when
    if one.evidence == other.evidence or not (changed or alike):
        return False
    names = {bare(_occasion(other.subject)), *quotations(other.subject)}
    around = bare(one.context + one.headline if changed else one.context)
    return any(len(name) >= 6 and name in around for name in names)


def _cover(short: str, long: str) -> float:
    """How much of the pairs of neighbouring characters of a name stand in another, from 0 to 1."""
    pairs = _pairs(_GENERIC.sub("", short)) or _pairs(short)
    return sum(pair in long for pair in pairs) / len(pairs) if pairs else 0.0


@lru_cache(16_384)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def partners(report: Told) -> tuple[EventType, ...]:
    """The types under which another report may tell the same happening."""
    if report.change is not None and report.type is _T.NOTICE:
        return (_T.NOTICE, *sorted(_OCCASIONS))
    if report.type is _T.NOTICE:
        return (
            _T.NOTICE,
            *sorted(kind for pair in _TOLD_BY_NOTICE for kind in pair if kind is not _T.NOTICE),
        )
    near = [kind for pair in _NEIGHBOURS if report.type in pair for kind in pair if kind is not report.type]
    return (report.type, *near, *((_T.NOTICE,) if report.type in _OCCASIONS else ()))


def may_be_named(one: Told, other: str) -> bool:
    """Whether a report may tell of an event of that subject: a cheap look, before its reports are read."""
    if one.type in _OTHER_NAME:
        return True
    ours, theirs = _core(one.subject), _core(other)
    return bool(_pairs(ours) & _pairs(theirs)) or names_in([other], one.context + one.headline, 2)
