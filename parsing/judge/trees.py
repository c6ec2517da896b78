"""Boosted trees as plain arrays: the second look's verdict on a candidate."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Tree = Sequence[tuple[int, float, int, int, float]]
"""Nodes of (feature, threshold, left, right, value); a leaf has feature -1. At most `threshold` goes left."""


@dataclass(frozen=True, slots=True)
class Forest:
    """A sum of trees over named features, told as a chance in 0..1. A missing feature is 0."""

    names: tuple[str, ...]
    trees: tuple[Tree, ...]
    start: float  # log-odds before any tree

    def chance(self, features: Mapping[str, float]) -> float:
        """How likely the candidate with these features is an event of its own."""
        values = [features.get(name, 0.0) for name in self.names]
        total = self.start
        for tree in self.trees:
            node = tree[0]
            while node[0] >= 0:
                node = tree[node[2] if values[node[0]] <= node[1] else node[3]]
            total += node[4]
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
