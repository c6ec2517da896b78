"""What two reports say of who, where and how much: what that speaks for and against their being one."""

import re
from collections.abc import Iterator, Sequence

from parsing.model import EventType
from storage.alike import (
    count_shared,
    counted_apart,
    named,
    names_alike,
    same_spot,
    share_a_name,
    things,
)
from storage.details import names_in, shared_numbers, shared_quotations
from storage.likeness_visit import meets_a_stranger
from storage.quantities import exact_total, has_numbers, same_total
from storage.reasons import Point, Reason
from storage.text import bare
from storage.told import Told

_T = EventType
TELLING_LENGTH = 8  # characters from which on words are no mere kind
IN_A_VENUE = frozenset({_T.ACTIVITY, _T.MEETING})
_LAST_YEAR = re.compile("去年|上年|上一?届|往届")
_NO_PLACE = re.compile("原定|原计划|延期|推迟|改[期至到]")
_WIDE = re.compile("(?:街道|[镇乡县市]|(?<![社小园])区)$|^..$")  # may hold any other place
_AREA = re.compile("^(?:.{1,5}?(?:街道|[镇乡村县市]|社区|(?<![社小园])区))+")  # before the building
_WITHIN = re.compile(
    "主席团|记者会|新闻发布会|吹风会|通道|分组[讨审]|代表团|小组会|联组|预备会|高级别会议|分论坛|平行论坛|分会场"
)
_STUDIED = re.compile("学习贯彻|传达学习|贯彻落实|^学习")
_BETWEEN = frozenset({_T.VISIT, _T.AGREEMENT})  # what papers of two districts tell


def who_and_where(one: Told, other: Told) -> Iterator[Point]:
    words, issue = bare(one.evidence), (one.source_id, one.reported_on)
    if len(words) >= TELLING_LENGTH and words == bare(other.evidence):
        yield Reason.SAME_WORDS, 0.5
    elif all(issue) and issue == (other.source_id, other.reported_on):
        yield Reason.ONE_ISSUE, -1.0
    if one.type is other.type is _T.FIGURE:
        told = has_numbers(one.evidence) and has_numbers(other.evidence)
        worth = 2.0 if told_total(one, other) else 1.0
        yield (Reason.SAME_NUMBERS, worth) if told else (Reason.NO_NUMBERS, -0.5)
    last_year = {bool(_LAST_YEAR.search(each.evidence)) for each in (one, other)}
    dated = bool(one.when.start and other.when.start)  # then 去年9月 is read already, and 比上年 is a growth
    parts = one.type is not _T.FIGURE and counted_apart(one.evidence, other.evidence)
    parts = parts or (one.type in IN_A_VENUE and _is_part(one) is not _is_part(other))
    if (len(last_year) > 1 and not dated) or parts:
        yield Reason.OTHER_NUMBER, -2.0
    if one.stage and one.stage is other.stage:
        yield Reason.SAME_STAGE, 0.5
    yield from _actors(one, other)
    people = [tuple(name for name in each.people if name not in each.actors) for each in (one, other)]
    guests = _others(all_names(one), all_names(other)), _others(all_names(other), all_names(one))
    if one.type is other.type is _T.VISIT and (
        (all(guests) and not share_a_name(*people)) or meets_a_stranger(one, other)
    ):
        yield Reason.OTHER_PEOPLE, -1.5  # one host, another guest
    elif not all(people):
        if any(names_in(names, other.around, 2) for names, other in zip(people, (other, one), strict=True)):
            yield Reason.SAME_PEOPLE, 1.0
    else:
        shared = count_shared(*people)
        worth = 0.5 if not shared else 1.0 if shared == 1 else 1.5
        yield (Reason.SAME_PEOPLE, worth) if shared or _by_surname(*people) else (Reason.OTHER_PEOPLE, -0.5)
    yield from _where(one, other)
    yield from _details(one, other)
    if one.type not in _BETWEEN and one.district and other.district and one.district != other.district:
        yield Reason.OTHER_DISTRICT, -1.5


def told_total(one: Told, other: Told) -> bool:
    """Whether two figures have the same total: rounded where they are of the same days, else exactly."""
    dated = one.when.start is not None and one.when == other.when
    return (same_total if dated else exact_total)(one.evidence, other.evidence)


def _is_part(report: Told) -> bool:
    """Whether a report tells something held within a larger occasion: 三次会议首场“委员通道”开启."""
    return bool(_WITHIN.search(report.evidence))


def is_studied(report: Told) -> bool:
    """Whether a report tells how another occasion is taken up: 传达学习全区大会精神."""
    return bool(_STUDIED.search(report.subject))


def _by_surname(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether one report calls by the surname alone whom the other may name in full: 席, 席望舒."""
    pairs = (
        (one, other) for some, more in ((ours, theirs), (theirs, ours)) for one in some for other in more
    )
    return any(len(one) == 1 and other.startswith(one) for one, other in pairs)


def _details(one: Told, other: Told) -> Iterator[Point]:
    """What one report's text has in common with the other's besides the fields."""
    said = (one.subject, other.subject, one.evidence, other.evidence)
    numbers = shared_numbers(one.around, other.around, but=said[:2])
    quoted = shared_quotations(one.around, other.around, but=said)
    if numbers or quoted:
        yield Reason.SAME_DETAILS, min(2.0, 0.75 * numbers + 0.5 * quoted)


def _others(some: Sequence[str], known: Sequence[str]) -> list[str]:
    """The names of one report that the other does not tell."""
    return [name for name in named(some) if not share_a_name([name], known)]


def _actors(one: Told, other: Told) -> Iterator[Point]:
    ours, theirs = bodies(one), bodies(other)
    shared = count_shared(ours, theirs)
    if one.type is _T.AGREEMENT and count_shared(one.actors, other.actors) > 1:
        yield Reason.SAME_ACTORS, 2.5
    elif one.type is _T.AGREEMENT and shared and _others(ours, theirs) and _others(theirs, ours):
        yield Reason.OTHER_ACTORS, -0.5  # one body may sign with many
    elif shared:
        yield Reason.SAME_ACTORS, 1.5
    elif names_in(ours, other.around, 4) or names_in(theirs, one.around, 4):
        yield Reason.SAME_ACTORS, 1.0
    elif ours and theirs:
        yield Reason.OTHER_ACTORS, -1.0
    elif one.type is _T.AWARD and not share_a_name(all_names(one), all_names(other)):
        # An honour goes to many; whoever speaks of 我校 may be any of them.
        if one.actors or other.actors or bare(one.evidence) != bare(other.evidence):
            yield Reason.OTHER_ACTORS, -0.5 if one.actors and other.actors else -1.5
    elif share_a_name(one.actors, other.actors):
        yield Reason.SAME_ACTORS, 0.5  # the district is host to most


def _where(one: Told, other: Told) -> Iterator[Point]:
    ours, theirs = _places(one), _places(other)
    if one.type in _BETWEEN and _strange(one, other):
        yield Reason.OTHER_ACTORS, -2.0
    spot = same_spot("、".join(ours) or one.subject, "、".join(theirs) or other.subject)
    if any(names_alike(a, b) or a in b or b in a for a in ours for b in theirs):
        yield Reason.SAME_PLACE, 2.0 if one.type is _T.NOTICE else 1.5
    elif spot and _T.NOTICE in (one.type, other.type):
        yield Reason.SAME_PLACE, 2.0
    elif names_in(ours, other.around, 4) or names_in(theirs, one.around, 4):
        yield Reason.SAME_PLACE, 1.0
    elif any(_is_near(a, b) for a in ours for b in theirs):
        yield Reason.SAME_PLACE, 0.5
    elif ours and theirs:
        if {bool(_WIDE.search(place)) for place in ours} == {bool(_WIDE.search(place)) for place in theirs}:
            yield Reason.OTHER_PLACE, -2.5
    elif one.type not in _BETWEEN and _strange(one, other):
        yield Reason.OTHER_PLACE, -2.0


def _is_near(one: str, other: str) -> bool:
    """Whether two places begin with one building or park: 中山公园南门广场, 中山公园南门外."""
    one, other = (_AREA.sub("", place) for place in (one, other))
    return min(len(one), len(other)) >= 3 and (one[:3] in other or other[:3] in one)


def _strange(one: Told, other: Told) -> bool:
    """Whether each of two clauses names a body or venue of which the other report knows nothing."""
    return bool(_left(one, other) and _left(other, one))


def _left(one: Told, other: Told) -> list[str]:
    """The bodies and venues in the clause of one report of which the other knows nothing."""
    known = [*things(other.evidence), *all_names(other), *_places(other)]
    said = bare(other.around)
    return [
        name
        for name in things(one.evidence)
        if name not in bare(one.subject) and name not in said and not share_a_name([name], known)
    ]


def _places(told: Told) -> list[str]:
    """The places a report names; of a change the reader may have taken words of the change for one."""
    return [
        bare(place)
        for place in re.split("[、，,]", told.place or "")
        if bare(place) and not _NO_PLACE.search(place)
    ]


def bodies(told: Told) -> tuple[str, ...]:
    """The bodies that a report names; the reader may have taken the honour itself for one."""
    return tuple(name for name in named(told.actors) if bare(name) not in bare(told.subject))


def all_names(told: Told) -> tuple[str, ...]:
    return (*told.actors, *told.people)
