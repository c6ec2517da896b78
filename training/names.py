"""Labelled names for the casting: of the names near a labelled event, which are its actors and people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from parsing.casting.features import Named
from parsing.casting.model import (
    ACTORS_LEFT_TO_RULES,
    NOBODY,
    Cast,
    Casting,
    actor_pool,
    people_pool,
    seen_of,
    with_odds,
)
from parsing.casting.pool import Spot, spots_of
from parsing.judge.linear import Linear
from parsing.roles import actors_of, people_of
from training.claims import LabelledClaim
from training.labels import Label, normalise
from training.models import boosted, logistic

OPTIONAL = 0.5  # weight of the names of an event that readers differ on
SEEN = 4
STRENGTH, ROUNDS, DEPTH = 0.3, 100, 4


@dataclass(frozen=True, slots=True)
class LabelledName:
    """A name near an event, whether it has the part in question, and how much that weighs."""

    named: Named
    right: bool
    weight: float


@dataclass(slots=True)
class LabelledNames:
    """The names around the labelled events of some pages, for each part."""

    actors: list[LabelledName] = field(default_factory=list)
    people: list[LabelledName] = field(default_factory=list)


def labelled_names(claims: Sequence[LabelledClaim]) -> LabelledNames:
    """The names around the claims that are events of their own."""
    spots: dict[int, list[Spot]] = {}
    made = LabelledNames()
    for one in claims:
        story, candidate, told = one.story, one.claim.candidate, one.told
        if told is None:
            continue
        if id(story) not in spots:
            spots[id(story)] = spots_of(story)
        around = spots[id(story)]
        if candidate.type not in ACTORS_LEFT_TO_RULES:
            names = actor_pool(story, candidate, around, actors_of(story, candidate, ()))
            made.actors += _labelled(names, told.actors, told)
        if candidate.type not in NOBODY:
            names = people_pool(story, candidate, around, people_of(story, candidate))
            made.people += _labelled(names, told.people, told)
    return made


def _labelled(names: Sequence[Named], right: Sequence[str], told: Label) -> list[LabelledName]:
    wanted = {normalise(name) for name in right}
    weight = 1.0 if told.required else OPTIONAL
    return [LabelledName(named, normalise(named.name) in wanted, weight) for named in names]


def cast(groups: Sequence[LabelledNames]) -> Cast | None:
    """Both castings; None where the names of one part tell nothing apart."""
    actors, people = casting([g.actors for g in groups]), casting([g.people for g in groups])
    return Cast(actors, people) if actors and people else None


def casting(groups: Sequence[Sequence[LabelledName]]) -> Casting | None:
    """A casting learned from names; None where they tell nothing apart.

    The trees learn from odds that the linear model gives names it has not seen: each group is looked at by
    one learned from the others.
    """
    names = list(chain(*groups))
    if len({name.right for name in names}) < 2:
        return None
    described = []
    for group in groups:
        others = [name for other in groups if other is not group for name in other]
        look = _first(others if len({name.right for name in others}) == 2 else names)
        described += with_odds(look, [name.named for name in group])
    forest = boosted(described, [n.right for n in names], [n.weight for n in names], DEPTH)
    return Casting(_first(names), forest)


def _first(names: Sequence[LabelledName]) -> Linear:
    rows, model = logistic(
        [seen_of(name.named) for name in names],
        [name.right for name in names],
        [name.weight for name in names],
        seen=SEEN,
        strength=STRENGTH,
        rounds=ROUNDS,
    )
    return Linear(rows, model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))
