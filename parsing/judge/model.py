"""The judge: a first look at each clause, a second at each candidate among its rivals, who an event's actors are,
and what its subject is.

The first look is a softmax over the event types and none, linear in the clause's features. The second is a
sum of small trees over what `rivals.py` tells of a candidate; its chance is the event's confidence.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from pathlib import Path

import numpy as np

from parsing.casting.model import Cast, Casting
from parsing.judge.linear import Linear, letters, packed, unpacked, words
from parsing.judge.trees import Forest, packed_trees, unpacked_trees
from parsing.model import EventType
from parsing.phrasing.model import Phrasing

NONE = "none"
CLASSES: tuple[str, ...] = (NONE, *(kind.value for kind in EventType))
WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class FirstLook(Linear):
    """A linear model of a clause: for each feature one weight for each class.

    `classes` are the types that it was taught, behind `NONE`: a new type is none of them until pages are
    labelled with it.
    """

    classes: tuple[str, ...] = CLASSES

    @property
    def kinds(self) -> tuple[EventType, ...]:
        """The types of event that it knows."""
        return tuple(map(EventType, self.classes[1:]))

    def chances(self, described: Collection[Iterable[str]]) -> list[dict[EventType, float]]:
        """For clauses with these features, how likely each tells an event of each known type; sums to at most 1."""
        if not described:
            return []
        scores = self.scores(described)
        exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = exponents / exponents.sum(axis=1, keepdims=True)
        kinds = self.kinds
        return [dict(zip(kinds, told, strict=True)) for told in shares[:, 1:].tolist()]

    def reasons(self, features: Iterable[str], kind: EventType, count: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for (above 0) or against an event of a type, strongest first."""
        column = self.classes.index(kind.value)
        known = [name for name in features if name in self.rows]
        weights = self.weights[[self.rows[name] for name in known]]
        told = weights[:, column] - weights[:, 0]
        strongest = nsmallest(count, zip((-abs(told)).tolist(), known, told.tolist(), strict=True))
        return [(name, weight) for _, name, weight in strongest]


@dataclass(frozen=True, slots=True)
class Judge:
    """Both looks, the cast of actors and people, and the phrasing of subjects (None: what the rules tell stands)."""

    first: FirstLook
    second: Forest
    cast: Cast | None = None
    phrasing: Phrasing | None = None


def save_judge(path: Path, judge: Judge) -> None:
    """Write a judge; the same judge, the same file."""
    arrays = packed(judge.first, "first") | packed_trees(judge.second, "second")
    if judge.cast is not None:
        for part, casting in (("actors", judge.cast.actors), ("people", judge.cast.people)):
            arrays |= packed(casting.first, f"{part}_first") | packed_trees(casting.second, f"{part}_second")
    if judge.phrasing is not None:
        arrays |= packed(judge.phrasing.linear(), "subjects")
    np.savez_compressed(path, first_classes=letters(judge.first.classes), **arrays)


def read_judge(path: Path) -> Judge:
    """Read a judge that `save_judge` wrote."""
    with np.load(path) as data:
        look = unpacked(data, "first")
        first = FirstLook(look.rows, look.weights, look.bias, words(data["first_classes"]))
        cast = None
        if "actors_first_names" in data:
            actors, people = (
                Casting(unpacked(data, f"{part}_first"), unpacked_trees(data, f"{part}_second"))
                for part in ("actors", "people")
            )
            cast = Cast(actors, people)
        phrasing = Phrasing.of(unpacked(data, "subjects")) if "subjects_names" in data else None
        return Judge(first, unpacked_trees(data, "second"), cast, phrasing)


@cache
def load_judge() -> Judge:
    """The judge that comes with the project; read once."""
    return read_judge(WEIGHTS)
