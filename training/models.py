"""Fitting the models that the reader uses: linear ones over named features, boosted trees over numbers."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from parsing.judge.trees import Forest

SURE = 3.0  # log-odds where all examples say the same

TREES, DEPTH, PACE, SHARE, GLIMPSE, LUCK = 150, 3, 0.08, 0.7, 0.3, 0

Matrix = np.ndarray[Any, np.dtype[np.float32]]


def _rows_of(described: Sequence[Set[str]], seen: int) -> dict[str, int]:
    """A row for each feature that at least `seen` examples have."""
    counts = Counter(name for features in described for name in features)
    names = sorted(name for name, count in counts.items() if count >= seen)
    return {name: row for row, name in enumerate(names)}


def _matrix_of(described: Sequence[Set[str]], rows: Mapping[str, int]) -> csr_matrix:
    """One line for each example, 1 where it has a feature."""
    columns = [sorted(rows[name] for name in features if name in rows) for features in described]
    return csr_matrix(
        (
            np.ones(sum(map(len, columns))),
            np.fromiter((c for row in columns for c in row), dtype=np.int32),
            np.cumsum([0, *map(len, columns)]),
        ),
        shape=(len(described), len(rows)),
    )


def logistic(
    described: Sequence[Set[str]],
    told: Sequence[Any],
    weights: Sequence[float],
    *,
    seen: int,
    strength: float,
    rounds: int,
) -> tuple[dict[str, int], LogisticRegression]:
    """The row of each feature, and a logistic regression over them.

    Features of fewer than `seen` examples are left out; `strength` is the inverse of the L2 penalty.
    """
    rows = _rows_of(described, seen)
    model = LogisticRegression(C=strength, max_iter=rounds, tol=1e-3)
    return rows, model.fit(_matrix_of(described, rows), told, sample_weight=weights)


def boosted(
    described: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    weights: Sequence[float],
    depth: int = DEPTH,
) -> Forest:
    """Trees that tell the right examples from the others (gradient boosting)."""
    if len(set(right)) < 2:  # nothing to tell apart
        return Forest((), (), SURE if right and right[0] else -SURE)
    names = tuple(sorted({name for numbers in described for name in numbers}))
    columns = {name: column for column, name in enumerate(names)}
    matrix: Matrix = np.zeros((len(described), len(names)), dtype=np.float32)
    for row, numbers in enumerate(described):
        for name, value in numbers.items():
            matrix[row, columns[name]] = value
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=depth,
        learning_rate=PACE,
        subsample=SHARE,
        max_features=GLIMPSE,
        random_state=LUCK,
    )
    model.fit(matrix, right, sample_weight=weights)
    share = float(np.average(right, weights=weights))
    trees = tuple(_nodes(each.tree_) for each in model.estimators_[:, 0])
    return Forest(names, trees, math.log(share / (1 - share)))


def _nodes(tree: Any) -> tuple[tuple[int, float, int, int, float], ...]:
    leaf = -1
    return tuple(
        (
            int(feature) if left != leaf else leaf,
            float(threshold),
            int(left),
            int(right),
            PACE * float(value[0, 0]),
        )
        for feature, threshold, left, right, value in zip(
            tree.feature, tree.threshold, tree.children_left, tree.children_right, tree.value, strict=True
        )
    )
