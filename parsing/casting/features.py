"""What is told of a name that could be an event's actor: where it stands, between which letters, beside whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsing.candidates import Candidate, Story
from parsing.casting.pool import Spot
from parsing.clauses import MASK
from parsing.roles.reference import counted, points
from parsing.roles.subjects import opening

Numbers = dict[str, float]

_FAR, _HEADLINE = 30.0, 25.0  # distances, in thirds of a sentence
_NEAREST = 12  # names; in long articles a name farther away is hardly ever an actor
_SIDE = 3  # letters on each side of a name that are looked at
# Numbers that mean another thing for each type of event.
_TYPED = (
    "told", "told another", "near", "before", "in clause", "head", "to verb", "home", "headline", "topic", "close", "person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A name with what is told of it, in numbers and in words (letters around it)."""

    name: str
    numbers: Numbers
    words: frozenset[str]


def described(
    story: Story, candidate: Candidate, spots: Sequence[Spot], told: Sequence[str], more: Sequence[str]
) -> list[Named]:
    """Each name of an event's pool that is worth a look, described.

    `told` are those that the rules choose; `more` are names of the pool that need no spot.
    """
    groups: dict[str, list[Spot]] = {}
    for spot in spots:
        groups.setdefault(spot.name, []).append(spot)
    for name in more:
        groups.setdefault(name, [])
    first = next((s.name for s in spots if s.clause is not None and s.kind in _BODIES), None)
    ordered = {name: sorted(where, key=lambda s: _distance(candidate, s)) for name, where in groups.items()}
    return [
        _named(story, candidate, name, ordered[name], groups, told, first)
        for name in _at_hand(candidate, ordered, (*told, *more))
    ]


def _at_hand(candidate: Candidate, ordered: Mapping[str, Sequence[Spot]], kept: Sequence[str]) -> list[str]:
    """The names that are worth a look, in their order: those to be kept, those of the headline, and the nearest."""
    free = [
        name
        for name, where in ordered.items()
        if name not in kept and all(spot.clause is not None for spot in where)
    ]
    if len(free) <= _NEAREST:
        return list(ordered)
    far = set(sorted(free, key=lambda name: _distance(candidate, ordered[name][0]))[_NEAREST:])
    return [name for name in ordered if name not in far]


_BODIES = frozenset(
    (
        "party",
        "government",
        "organisation",
        "company",
        "school",
        "hospital",
        "place",
        "area",
        "district",
        "self",
    )
)


def _named(
    story: Story,
    candidate: Candidate,
    name: str,
    where: Sequence[Spot],
    groups: Mapping[str, Sequence[Spot]],
    told: Sequence[str],
    first: str | None,
) -> Named:
    kind = candidate.type.value
    numbers = _among(story, candidate, name, groups, told)
    numbers["first"] = float(name == first)
    words = {f"tail {name[-n:]}" for n in (1, 2)}
    if where:
        numbers |= _placed(story, candidate, where)
        words |= _around(story, where[0])
    typed = {f"{key} {kind}": value for key in _TYPED if (value := numbers.get(key))}
    numbers |= typed | {f"type {kind}": 1.0, f"rule {candidate.rule}": 1.0}
    words |= {f"{word} {kind}" for word in words} | {f"lead {name[:n]}" for n in (1, 2)}
    return Named(name, {key: value for key, value in numbers.items() if value}, frozenset(words))


def _among(
    story: Story, candidate: Candidate, name: str, groups: Mapping[str, Sequence[Spot]], told: Sequence[str]
) -> Numbers:
    """What a name is among the others of its article."""
    others = [other for other in groups if other != name]
    longer = [other for other in others if name in other]
    shorter = [other for other in others if other in name]
    where = groups[name]
    return {
        "told": float(name in told),
        "how many told": float(len(told)),
        "told another": float(bool(told) and name not in told),
        "part of a told": float(any(name != other and name in other for other in told)),
        "holds a told": float(any(name != other and other in name for other in told)),
        "home": float(name == story.district.name),
        "topic": float(story.topics.get(candidate.clause.index) == name),
        "length": float(len(name)),
        "count": float(len(where)),
        "others": float(len(others)),
        "part of another": float(bool(longer)),
        "ends another": float(any(other.endswith(name) for other in longer)),
        "holds another": float(bool(shorter)),
        "points": float(points(name)),
        "counted": float(counted(name)),
        "headline": float(any(s.clause is None for s in where)),
        "person": float(any(s.is_person for s in where)),
        "nowhere": float(not where),
    }


def _placed(story: Story, candidate: Candidate, where: Sequence[Spot]) -> Numbers:
    """Where a name stands; its nearest spot first."""
    clause, spot = candidate.clause, where[0]
    numbers = {
        "near": min(_distance(candidate, spot), _FAR),
        f"kind {spot.kind}": 1.0,
        "office": float(spot.office),
        "only offices": float(all(s.office for s in where)),
        "before": float(any(_is_before(candidate, s) for s in where)),
        "in clause": float(any(s.clause is clause for s in where)),
    }
    if spot.clause is None:
        return numbers
    numbers |= {
        "head": float(spot.start <= opening(story, spot.clause)),
        "offset": float(spot.start - spot.clause.start),
        "in a name": float(story.paragraphs[spot.clause.paragraph].masked[spot.start] == MASK),
        "sentences": float(spot.clause.sentence - clause.sentence),
        "clauses": float(max(-12, min(12, spot.clause.index - clause.index))),
        "same paragraph": float(spot.clause.paragraph == clause.paragraph),
        "same sentence": float(spot.clause.sentence == clause.sentence),
        "quoted": float(spot.clause.quoted),
        f"speech {spot.clause.speech.value}": 1.0,
    }
    if spot.clause is clause:
        gap = candidate.at - spot.end
        numbers |= {"to verb": float(max(-30, min(30, gap))), "close": float(0 <= gap <= _SIDE)}
    return numbers


def _around(story: Story, spot: Spot) -> set[str]:
    """The letters right before and behind a name."""
    if spot.clause is None:
        return set()
    text, clause = story.text(spot.clause), spot.clause
    sides = range(1, _SIDE + 1)
    return {f"before {text[max(clause.start, spot.start - n) : spot.start]}" for n in sides} | {
        f"behind {text[spot.end : spot.end + n]}" for n in sides
    }


def _distance(candidate: Candidate, spot: Spot) -> float:
    """How far a spot is from the event's clause, in thirds of a sentence; what stands before it is nearer."""
    if spot.clause is None:
        return _HEADLINE
    if spot.clause.index == candidate.clause.index:
        return 0.0
    behind = spot.clause.index > candidate.clause.index
    return abs(spot.clause.sentence - candidate.clause.sentence) * 3 + behind + 0.1


def _is_before(candidate: Candidate, spot: Spot) -> bool:
    if spot.clause is None:
        return False
    if spot.clause.index == candidate.clause.index:
        return spot.start < candidate.at
    return spot.clause.index < candidate.clause.index
