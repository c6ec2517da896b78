"""Boosted trees as plain arrays: a second look's verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np

from parsing.judge.linear import letters, words

Floats = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.intp]]
Tree = Sequence[tuple[int, float, int, int, float]]
"""Nodes of (feature, threshold, left, right, value); a leaf has feature -1. At most `threshold` goes left."""


class _Nodes(NamedTuple):
    """All nodes of a forest, one after the other; a leaf leads to itself, so that a walk may go on there."""

    columns: Mapping[str, int]  # of the features
    features: Whole
    thresholds: Floats
    children: Whole  # of node n: the right one at 2 n, the left one at 2 n + 1
    values: Floats
    roots: Whole
    depth: int  # steps from a root to its farthest leaf


@dataclass(frozen=True, slots=True)
class Forest:
    """A sum of trees over named features, told as a chance in 0..1. A missing feature is 0."""

    names: tuple[str, ...]
    trees: tuple[Tree, ...]
    start: float  # log-odds before any tree
    _nodes: _Nodes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_nodes", _laid_out(self.names, self.trees))

    def chances(self, described: Sequence[Mapping[str, float]]) -> list[float]:
        """How likely each of what has these features is what the trees were taught to find.

        All walk down all trees side by side: one by one takes several times as long.
        """
        if not described:
            return []
        nodes, width = self._nodes, len(self.names)
        flat = np.zeros(len(described) * width)
        for number, features in enumerate(described):
            for name, value in features.items():
                if (column := nodes.columns.get(name)) is not None:
                    flat[number * width + column] = value
        row = width * np.arange(len(described))[:, None]
        at = np.broadcast_to(nodes.roots, (len(described), len(self.trees)))
        for _ in range(nodes.depth):
            left = flat[row + nodes.features[at]] <= nodes.thresholds[at]
            at = nodes.children[2 * at + left]
        odds = np.clip(self.start + nodes.values[at].sum(axis=1), -30.0, 30.0)
        found: list[float] = (1 / (1 + np.exp(-odds))).tolist()
        return found


def _laid_out(names: Sequence[str], trees: Sequence[Tree]) -> _Nodes:
    starts = [0, *accumulate(len(tree) for tree in trees)]
    features, thresholds, values = [], [], []
    children: list[int] = []
    for start, tree in zip(starts, trees, strict=False):
        for number, (feature, threshold, left, right, value) in enumerate(tree, start):
            leaf = feature < 0
            features.append(0 if leaf else feature)
            thresholds.append(threshold)
            children += (number, number) if leaf else (start + right, start + left)
            values.append(value)
    return _Nodes(
        {name: column for column, name in enumerate(names)},
        np.array(features, dtype=np.intp),
        np.array(thresholds),
        np.array(children, dtype=np.intp),
        np.array(values),
        np.array(starts[:-1], dtype=np.intp),
        max(map(_depth, trees), default=0),
    )


def _depth(tree: Tree, node: int = 0) -> int:
    feature, _, left, right, _ = tree[node]
    return 0 if feature < 0 else 1 + max(_depth(tree, left), _depth(tree, right))


def packed_trees(forest: Forest, prefix: str) -> dict[str, Any]:
    """A forest as arrays to save."""
    nodes = [node for tree in forest.trees for node in tree]
    return {
        f"{prefix}_names": letters(forest.names),
        f"{prefix}_sizes": np.array([len(tree) for tree in forest.trees], dtype=np.int32),
        f"{prefix}_links": np.array([(n[0], n[2], n[3]) for n in nodes], dtype=np.int16).reshape(-1, 3),
        f"{prefix}_numbers": np.array([(n[1], n[4]) for n in nodes], dtype=np.float64).reshape(-1, 2),
        f"{prefix}_start": np.array([forest.start]),
    }


def unpacked_trees(data: Mapping[str, np.ndarray[Any, Any]], prefix: str) -> Forest:
    """The forest that `packed_trees` made these arrays of."""
    links, numbers = data[f"{prefix}_links"].tolist(), data[f"{prefix}_numbers"].tolist()
    nodes = [(f, t, left, right, v) for (f, left, right), (t, v) in zip(links, numbers, strict=True)]
    ends = data[f"{prefix}_sizes"].cumsum().tolist()
    trees = tuple(tuple(nodes[a:b]) for a, b in pairwise([0, *ends]))
    return Forest(words(data[f"{prefix}_names"]), trees, float(data[f"{prefix}_start"][0]))
