"""Boosted trees as plain arrays: a second look's verdict."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy as np

from parsing.judge.linear import letters, words

Tree = Sequence[tuple[int, float, int, int, float]]
"""Nodes of (feature, threshold, left, right, value); a leaf has feature -1. At most `threshold` goes left."""


@dataclass(frozen=True, slots=True)
class Forest:
    """A sum of trees over named features, told as a chance in 0..1. A missing feature is 0."""

    names: tuple[str, ...]
    trees: tuple[Tree, ...]
    start: float  # log-odds before any tree

    def chance(self, features: Mapping[str, float]) -> float:
        """How likely what has these features is what the trees were taught to find."""
        values = list(map(features.get, self.names, repeat(0.0)))
        total = self.start
        for tree in self.trees:
            feature, threshold, left, right, value = tree[0]
            while feature >= 0:
                feature, threshold, left, right, value = tree[left if values[feature] <= threshold else right]
            total += value
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


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
