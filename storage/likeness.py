"""How much speaks for two reports from different articles telling one happening, and against it."""

from collections.abc import Iterator, Sequence

from parsing.model import EventType
from storage.alike import is_company, other_district, ourselves, same_spot, share_a_name, told_apart
from storage.likeness_days import days_points
from storage.likeness_doubt import BY_NOTICE, is_unclear
from storage.likeness_name import (
    BY_TOPIC,
    both_titled,
    core,
    have_words_in_common,
    how_telling,
    is_of_a_kind,
    may_be_part,
    name_points,
    occasion,
)
from storage.likeness_visit import met_by_others
from storage.likeness_who import IN_A_VENUE, all_names, bodies, is_studied, told_total, who_and_where
from storage.quantities import same_numbers, same_total
from storage.reasons import APART, DOUBT, SAME, Likeness, Point, Reason
from storage.text import bare
from storage.told import Told

_T = EventType
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
    name = list(name_points(one, other))
    points = [*days, *_type(one, other, name), *name, *who_and_where(one, other)]
    score = max(0.0, sum(value for _, value in points))
    told = {reason for reason, _ in points}
    telling = min(how_telling(core(each.subject)) for each in (one, other)) >= 2.0
    if Reason.SAME_DAYS in told and telling and sum(value for _, value in name) >= 1.5:
        score += 0.5 * all(value > 0 for _, value in points)  # nothing speaks against it
    if _is_weak(one, other, points, name):
        score = min(score, SAME - 0.5)  # two of one hall and one day have all but the name in common
    titled, touch = both_titled(one, other), have_words_in_common(one.subject, other.subject)
    if one.type is _T.FIGURE and Reason.NEAR in told and not told_total(one, other):
        score = min(score, DOUBT - 0.5)  # what is told day by day has other numbers, or the same by chance
    elif score < DOUBT and is_unclear(points, touch=touch, titled=titled):
        score = DOUBT
    return Likeness(
        round(score, 2),
        tuple(reason for reason, value in points if value > 0),
        tuple(reason for reason, value in points if value < 0),
    )


def _is_weak(one: Told, other: Told, points: Sequence[Point], name: Sequence[Point]) -> bool:
    """Whether a person is to be asked about two reports though much speaks for their being one."""
    told = {reason for reason, _ in points}
    if told & {Reason.NO_NUMBERS, Reason.OTHER_NUMBER} or told >= {Reason.NEAR, Reason.OTHER_NAME}:
        return True
    if (Reason.OTHER_TYPE, BY_NOTICE) in points or is_of_a_kind(one, other, told):
        return True
    return _lacks_a_name(one, other, name, fit=Reason.DAYS_FIT in told)


def _lacks_a_name(one: Told, other: Told, name: Sequence[Point], *, fit: bool) -> bool:
    """Whether the names are too little alike to join two reports unasked."""
    if one.type in BY_TOPIC:
        return False
    if fit and one.type is _T.ACTIVITY and may_be_part(one.subject, other.subject):
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
        or told_apart(*(occasion(each.subject) for each in (one, other)))
    ):
        return True
    if one.type is other.type is _T.VISIT and met_by_others(one, other):
        return True
    if one.type in IN_A_VENUE and is_studied(one) is not is_studied(other):
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
            if told_total(one, other):
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
