"""What the names of two reports say for their being one happening, and against it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from parsing.model import EventType
from storage.alike import ORDINAL, drawn_from
from storage.details import names_in
from storage.kinds import each_has_its_own, is_kind, own_words
from storage.likeness_who import IN_A_VENUE, TELLING_LENGTH
from storage.quoted import quotations, same_quotation
from storage.reasons import Point, Reason
from storage.text import bare, fold
from storage.told import Told

_T = EventType
_EDITION = re.compile("(?:19|20)\\d\\d\\s*(?:年度|年)?|" + ORDINAL.pattern)
_GENERIC = re.compile("全[区市]|[我本]区|工作|会议|大会|活动|项目|情况|建设|专题|推进")
_LEAST_NAME = 4  # characters of a name that tells one occasion from others of its kind
_WHOLE = re.compile("全|我|本|.{2,4}[区市县]")
_OF_ITS_OWN = frozenset({Reason.SAME_PLACE, Reason.SAME_PEOPLE, Reason.SAME_ACTORS, Reason.SAME_WORDS})
_CODE = re.compile("[a-z\\d]")  # K7路, 5g
BY_TOPIC = {_T.VISIT: -0.5, _T.INSPECTION: -0.5, _T.AGREEMENT: -1.0}  # named by what was talked about


def name_points(one: Told, other: Told) -> Iterator[Point]:
    ours, theirs = (core(each.subject) for each in (one, other))
    short, long = sorted((ours, theirs), key=len)
    ratio, cover = fuzz.ratio(ours, theirs), _cover(short, long)
    telling = min(how_telling(short), 0.5) if is_kind(short) else how_telling(short)
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
        yield Reason.NAME_ALIKE, 0.5 if each_has_its_own(ours, theirs) else telling - 0.5
    elif len(short) >= 4 and short in long:
        part = one.type is _T.FIGURE and not _WHOLE.match(long)  # [基础原材料行业]新订单指数
        yield Reason.NAME_ALIKE, telling - (1.5 if part else 0.5 if short[-2:] == long[-2:] else 1.0)
    elif len(short) >= (4 if all(numbers) else 5) and drawn_from(short, long):
        yield Reason.NAME_ALIKE, telling - 1.0
    elif _in_context(one, other) or _in_context(other, one):
        yield Reason.NAME_ALIKE, 2.0
    elif cover >= 0.75:
        yield Reason.NAME_ALIKE, min(telling, 1.5)
    elif cover >= 0.5:
        yield Reason.NAME_ALIKE, 0.5
    elif cover < 0.25 and not _is_told_by(one, other):
        yield Reason.OTHER_NAME, BY_TOPIC.get(one.type, -2.5)


def both_titled(one: Told, other: Told) -> bool:
    """Whether each has a title of its own, so that neither is the other in an editor's words."""
    return one.type is _T.AWARD or bool(quotations(one.subject) and quotations(other.subject))


def have_words_in_common(one: str, other: str) -> bool:
    """Whether two names have some of their words in common: 莫愁湖花市, 莫愁湖公园迎春花市."""
    short, long = sorted((own_words(core(each)) for each in (one, other)), key=len)
    return len(short) >= 2 and _cover(short, long) >= 0.25


def may_be_part(one: str, other: str) -> bool:
    """Whether one name goes on where the other ends, as that of a festival's part: 灯光季[的猜灯谜专场]."""
    ours, theirs = core(one), core(other)
    short, long = sorted((ours, theirs), key=len)
    return short[-3:] in long[:-3] and short[-2:] != long[-2:]


def is_of_a_kind(one: Told, other: Told, told: set[Reason]) -> bool:
    """Whether one gives no name but its kind, and nothing else bears witness: 冬奥会, 金牌, 义诊."""
    short = min((core(one.subject), core(other.subject)), key=len)
    if one.type is _T.FIGURE or not (len(short) < _LEAST_NAME or is_kind(short)):
        return False
    return not told & ({Reason.SAME_WORDS} if one.type is _T.AWARD else _OF_ITS_OWN)


def may_be_named(one: Told, other: str) -> bool:
    """Whether a report may tell of an event of that subject: a cheap look, before its reports are read."""
    if one.type in BY_TOPIC:
        return True
    ours, theirs = core(one.subject), core(other)
    return bool(_pairs(ours) & _pairs(theirs)) or names_in([other], one.context + one.headline, 2)


def how_telling(name: str) -> float:
    """What a name is worth that both reports give: a kind alone is worth little."""
    length = len(name)
    worth = 3.0 if length >= TELLING_LENGTH else 2.5 if length >= 6 else 1.25 if length >= 4 else 1.0
    return min(3.0, worth + 0.5 * bool(_CODE.search(name)))


@lru_cache(16_384)
def core(subject: str) -> str:
    """A name without what only one of two reports may say of it: its year, its number, what became of it."""
    core = bare(_EDITION.sub("", fold(occasion(subject))))
    return core or bare(subject)


def occasion(subject: str) -> str:
    """A subject without the words of a change."""
    from parsing.changes import occasion_of  # as in `told`

    return occasion_of(subject)


def _is_told_by(one: Told, other: Told) -> bool:
    """Whether the text around one report, of the same days, has the name that the other gives."""
    if one.when != other.when:
        return False
    return names_in([core(one.subject)], other.around, 5) or names_in([core(other.subject)], one.around, 5)


def _in_context(one: Told, other: Told) -> bool:
    """Whether the sentence of one report names what the other, of the same days, tells.

    Its headline counts too where one tells what became of the other; else a festival is named where one of
    its parts is told.
    """
    changed = one.change is not None or other.change is not None
    alike = one.type is other.type and one.type in IN_A_VENUE and one.when == other.when
    if one.evidence == other.evidence or not (changed or alike):
        return False
    names = {bare(occasion(other.subject)), *quotations(other.subject)}
    around = bare(one.context + one.headline if changed else one.context)
    return any(len(name) >= 6 and name in around for name in names)


def _cover(short: str, long: str) -> float:
    """How much of the pairs of neighbouring characters of a name stand in another, from 0 to 1."""
    pairs = _pairs(_GENERIC.sub("", short)) or _pairs(short)
    return sum(pair in long for pair in pairs) / len(pairs) if pairs else 0.0


@lru_cache(16_384)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))
