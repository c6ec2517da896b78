"""A linear model over named features, and its weights as bytes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Letters = np.ndarray[Any, np.dtype[np.uint8]]
_LEAST_SCALE = 1e-9


@dataclass(frozen=True, slots=True)
class Linear:
    """For each feature one weight for each column, and for each column a bias.

    `rows` gives each feature's row in `weights` (features, columns); an unknown feature counts nothing.
    """

    rows: Mapping[str, int]
    weights: Floats
    bias: Floats

    def scores(self, described: Iterable[Iterable[str]]) -> Floats:
        """For each of what has these features the sum for each column: an array (described, columns)."""
        # In one order always: sums of floats depend on it, and a set has none.
        get = self.rows.get
        known = [
            sorted([row for name in features if (row := get(name)) is not None]) for features in described
        ]
        scores: Floats = np.tile(self.bias, (len(known), 1))
        if any(known):
            counts = np.array([len(rows) for rows in known])
            some = counts > 0  # nothing known: the bias; `reduceat` has no empty sums
            weights = self.weights[list(chain.from_iterable(known))]
            scores[some] += np.add.reduceat(weights, (np.cumsum(counts) - counts)[some], axis=0)
        return scores


def packed(model: Linear, prefix: str) -> dict[str, Any]:
    """A model as arrays to save: weights are bytes with one scale for each column; what rounds to nothing is left out."""
    names = sorted(model.rows, key=lambda name: model.rows[name])
    scale = np.maximum(np.abs(model.weights).max(axis=0, initial=0.0), _LEAST_SCALE) / 127
    rounded = np.round(model.weights / scale).astype(np.int8)
    used = np.flatnonzero(np.abs(rounded).max(axis=1) > 0)
    return {
        f"{prefix}_names": letters(names[row] for row in used),
        f"{prefix}_weights": rounded[used],
        f"{prefix}_scale": scale.astype(np.float32),
        f"{prefix}_bias": model.bias.astype(np.float32),
    }


def unpacked(data: Mapping[str, np.ndarray[Any, Any]], prefix: str) -> Linear:
    """The model that `packed` made these arrays of."""
    names = words(data[f"{prefix}_names"])
    return Linear(
        dict(zip(names, range(len(names)), strict=True)),
        data[f"{prefix}_weights"].astype(np.float32) * data[f"{prefix}_scale"],
        data[f"{prefix}_bias"],
    )


def letters(names: Iterable[str]) -> Letters:
    """Names as bytes, one to a line."""
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def words(data: np.ndarray[Any, Any]) -> tuple[str, ...]:
    """The names that `letters` made these bytes of."""
    return tuple(bytes(data).decode().split("\n"))
