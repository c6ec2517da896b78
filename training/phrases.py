"""Labelled phrases for the phrasing: of all phrases near a labelled event, the one that its subject is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from parsing.candidates import Candidate
from parsing.phrasing.features import OF_TYPE, TYPED, Slots, lengths, letters, place, repeats, whole
from parsing.phrasing.model import (
    Feature,
    Flags,
    Numbers,
    Phrasing,
    Weighed,
    lengths_of,
    possible,
    scores,
    shares,
)
from parsing.phrasing.stretches import TOLD, Stretch, stretches
from parsing.subjects import subject_of
from training.claims import LabelledClaim
from training.labels import normalise

SEEN = 6  # examples; a feature of fewer is not learned
ROUNDS, PACE, PENALTY = 3, 0.1, 0.02
LEAST = 0.1  # a smaller weight is left out: most are, and nothing gets worse
START = 0.01  # so that the first steps are not endless
LUCK = 0
TINY = 1e-300  # no chance at all

Rows = np.ndarray[Any, np.dtype[np.int32]]


class LabelledStretch(NamedTuple):
    """A stretch, where it stands from an event, and which of its phrases are the subject: (first, last)."""

    where: str
    stretch: Stretch
    right: Flags


@dataclass(frozen=True, slots=True)
class LabelledPhrases:
    """An event, what the rules tell that it is about, and the stretches near it."""

    candidate: Candidate
    told: str
    around: list[LabelledStretch]


def labelled_phrases(claims: Iterable[LabelledClaim]) -> list[LabelledPhrases]:
    """What the claims teach that are events of their own and whose subject stands near them."""
    known: dict[int, dict[int, Stretch]] = {}
    made = []
    for one in claims:
        if one.told is None:
            continue
        candidate, wanted = one.claim.candidate, normalise(one.told.subject)
        told = subject_of(one.story, candidate)
        around = [
            LabelledStretch(where, stretch, _right(where, stretch, wanted))
            for where, stretch in stretches(one.story, candidate, told, known.setdefault(id(one.story), {}))
        ]
        if any(each.right.any() for each in around):
            made.append(LabelledPhrases(candidate, told, around))
    return made


def _right(where: str, stretch: Stretch, wanted: str) -> Flags:
    plain = [normalise(letter) for letter in stretch.text]
    found: Flags = np.zeros((len(plain), len(plain)), dtype=bool)
    for first in range(len(plain)):
        words = ""
        for last in range(first, len(plain)):
            words += plain[last]
            if not wanted.startswith(words):
                break
            found[first, last] = words == wanted
    return found & possible(where, stretch)


def phrasing(phrases: Sequence[LabelledPhrases]) -> Phrasing | None:
    """A phrasing learned from labelled phrases (stochastic gradient); None where there are none."""
    if not phrases:
        return None
    counts = Counter(feature for one in phrases for feature in _features(one))
    learned = sorted(feature for feature, count in counts.items() if count >= SEEN)
    rows = {feature: row for row, feature in enumerate(learned)}
    examples = [_Example(one, rows) for one in phrases]
    weights, paces = np.zeros(len(rows) + 1), np.full(len(rows) + 1, START)
    total, order = np.zeros_like(weights), np.random.default_rng(LUCK)
    for _ in range(ROUNDS):
        for number in order.permutation(len(examples)):
            touched, slope = examples[number].slope(weights)
            slope += PENALTY * weights[touched]
            paces[touched] += slope * slope
            weights[touched] -= PACE * slope / np.sqrt(paces[touched])
            weights[-1] = 0.0  # of all features that are too rare
        total += weights
    mean = total / ROUNDS
    return Phrasing({feature: float(mean[row]) for feature, row in rows.items() if abs(mean[row]) >= LEAST})


def _features(one: LabelledPhrases) -> set[Feature]:
    kind = one.candidate.type.value
    parts = [lengths(), repeats(one.candidate), *(whole(where, one.candidate) for where, _, _ in one.around)]
    for where, stretch, _ in one.around:
        if where != TOLD:
            parts += letters(stretch).slots()
    return {feature for slots in parts for column in _columns(slots, kind) for feature in column}


def _columns(slots: Slots, kind: str) -> Iterator[list[Feature]]:
    """The features that slots are for an event of a type, slot by slot."""
    for slot, keys in slots.items():
        if slot not in OF_TYPE:
            yield [(slot, key, "") for key in keys]
        if slot in TYPED or slot in OF_TYPE:
            yield [(slot, key, kind) for key in keys]


class _Example:
    """Labelled phrases with their features as rows, the last row for those that are too rare."""

    def __init__(self, one: LabelledPhrases, rows: Mapping[Feature, int]) -> None:
        kind, rare = one.candidate.type.value, len(rows)

        def numbered(slots: Slots) -> Rows:
            found = [[rows.get(feature, rare) for feature in column] for column in _columns(slots, kind)]
            return np.array(found, dtype=np.int32)

        self._right = [each.right for each in one.around]
        self._possible = [possible(where, stretch) for where, stretch, _ in one.around]
        self._letters = [
            list(map(numbered, letters(stretch).slots()))
            if where != TOLD
            else [np.full((1, len(stretch.text)), rare, dtype=np.int32)] * 3
            for where, stretch, _ in one.around
        ]
        self._whole = [numbered(whole(where, one.candidate)) for where, _, _ in one.around]
        self._lengths = numbered(lengths())
        self._told = numbered(repeats(one.candidate))
        self._spots = [place(stretch, one.told) for _, stretch, _ in one.around]

    def slope(self, weights: Numbers) -> tuple[Rows, Numbers]:
        """The rows that the example touches, and how its loss rises with each: how unlikely the right are."""
        by_length, as_told = np.zeros(self._lengths.shape[1]), 0.0
        touched: list[tuple[Rows, Numbers]] = []
        for table, (firsts, lasts, insides), all_in, spot in zip(
            self._excess(weights), self._letters, self._whole, self._spots, strict=True
        ):
            begun, ended = table.sum(axis=1), table.sum(axis=0)
            within = np.cumsum(begun) - np.cumsum(ended) + ended
            touched += [
                (firsts, begun),
                (lasts, ended),
                (insides, within),
                (all_in, begun.sum(keepdims=True)),
            ]
            by_length += np.bincount(lengths_of(len(table)).ravel(), table.ravel(), len(by_length))
            as_told += float(table[spot]) if spot is not None else 0.0
        touched += [(self._lengths, by_length), (self._told, np.array([as_told]))]
        rows, where = np.unique(np.concatenate([part.ravel() for part, _ in touched]), return_inverse=True)
        slopes = np.concatenate([np.tile(slope, len(part)) for part, slope in touched])
        return rows.astype(np.int32), np.bincount(where, slopes).astype(np.float64)

    def _excess(self, weights: Numbers) -> list[Numbers]:
        """How much likelier each phrase is than it should be, which only the right ones should be at all."""
        of_lengths, as_told = weights[self._lengths].sum(axis=0), weights[self._told].sum()
        found = []
        for parts, all_in, can_be, spot in zip(
            self._letters, self._whole, self._possible, self._spots, strict=True
        ):
            weighed = Weighed(*(weights[part].sum(axis=0) for part in parts))
            table = scores(weighed, of_lengths, can_be) + weights[all_in].sum()
            if spot is not None:
                table[spot] += as_told
            found.append(table)
        likely = shares(found)
        hoped = [np.where(right, table, 0.0) for table, right in zip(likely, self._right, strict=True)]
        total = max(sum(float(table.sum()) for table in hoped), TINY)
        return [table - right / total for table, right in zip(likely, hoped, strict=True)]
