"""The judge: a first look at each clause, a second at each candidate among its rivals, and both looks' weights.

The first look is a softmax over the event types and none, linear in the clause's features. The second is a
sum of small trees over what `rivals.py` tells of a candidate; its chance is the event's confidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from parsing.judge.trees import Forest
from parsing.model import EventType

NONE = "none"
CLASSES: tuple[str, ...] = (NONE, *(kind.value for kind in EventType))
_LEAST_SCALE = 1e-9
WEIGHTS = Path(__file__).with_name("weights.npz")

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A linear model: for each feature one weight for each class.

    `rows` gives each feature's row in `weights` (features, classes); `bias` has one number a class. `classes` are
    the types that it was taught, behind `NONE`: a new type is none of them until pages are labelled with it.
    """

    rows: Mapping[str, int]
    weights: Floats
    bias: Floats
    classes: tuple[str, ...] = CLASSES

    @property
    def kinds(self) -> tuple[EventType, ...]:
        """The types of event that it knows."""
        return tuple(map(EventType, self.classes[1:]))

    def chances(self, features: Iterable[str]) -> dict[EventType, float]:
        """How likely the clause with these features tells an event of each known type; sums to at most 1."""
        # In one order always: sums of floats depend on it, and a set has none.
        known = sorted(row for name in features if (row := self.rows.get(name)) is not None)
        scores = self.weights[known].sum(axis=0) + self.bias
        exponents = np.exp(scores - scores.max())
        shares = exponents / exponents.sum()
        return {kind: float(share) for kind, share in zip(self.kinds, shares[1:], strict=True)}

    def reasons(self, features: Iterable[str], kind: EventType, count: int = 5) -> list[tuple[str, float]]:
        """The features that speak most for (above 0) or against an event of a type, strongest first."""
        column = self.classes.index(kind.value)
        told = [
            (name, float(self.weights[row, column] - self.weights[row, 0]))
            for name in features
            if (row := self.rows.get(name)) is not None
        ]
        return sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


@dataclass(frozen=True, slots=True)
class Judge:
    """Both looks."""

    first: FirstLook
    second: Forest


def save_judge(path: Path, judge: Judge) -> None:
    """Write a judge. Weights of the first look are bytes with one scale for each class; the same judge, the same file."""
    names = sorted(judge.first.rows, key=lambda name: judge.first.rows[name])
    scale = np.maximum(np.abs(judge.first.weights).max(axis=0), _LEAST_SCALE) / 127
    rounded = np.round(judge.first.weights / scale).astype(np.int8)
    used = np.flatnonzero(np.abs(rounded).max(axis=1) > 0)
    nodes = [node for tree in judge.second.trees for node in tree]
    np.savez_compressed(
        path,
        classes=_letters(judge.first.classes),
        names=_letters(names[row] for row in used),
        weights=rounded[used],
        scale=scale.astype(np.float32),
        bias=judge.first.bias.astype(np.float32),
        tree_names=_letters(judge.second.names),
        tree_sizes=np.array([len(tree) for tree in judge.second.trees], dtype=np.int32),
        tree_links=np.array([(n[0], n[2], n[3]) for n in nodes], dtype=np.int16).reshape(-1, 3),
        tree_numbers=np.array([(n[1], n[4]) for n in nodes], dtype=np.float64).reshape(-1, 2),
        tree_start=np.array([judge.second.start]),
    )


def read_judge(path: Path) -> Judge:
    """Read a judge that `save_judge` wrote."""
    with np.load(path) as data:
        names = bytes(data["names"]).decode().split("\n")
        first = FirstLook(
            {name: row for row, name in enumerate(names)},
            data["weights"].astype(np.float32) * data["scale"],
            data["bias"],
            tuple(bytes(data["classes"]).decode().split("\n")) if "classes" in data else CLASSES,
        )
        links, numbers = data["tree_links"].tolist(), data["tree_numbers"].tolist()
        nodes = [(f, t, left, right, v) for (f, left, right), (t, v) in zip(links, numbers, strict=True)]
        ends = data["tree_sizes"].cumsum().tolist()
        trees = tuple(tuple(nodes[a:b]) for a, b in pairwise([0, *ends]))
        tree_names = tuple(bytes(data["tree_names"]).decode().split("\n"))
        return Judge(first, Forest(tree_names, trees, float(data["tree_start"][0])))


def _letters(names: Iterable[str]) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


@cache
def load_judge() -> Judge:
    """The judge that comes with the project; read once."""
    return read_judge(WEIGHTS)
