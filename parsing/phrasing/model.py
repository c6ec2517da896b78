"""Which of the phrases near an event is its subject."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from parsing.candidates import Candidate, Story
from parsing.judge.linear import Linear
from parsing.phrasing.features import (
    FIRSTS,
    INSIDES,
    LASTS,
    LONGEST,
    Letters,
    Slots,
    lengths,
    letters,
    place,
    repeats,
    whole,
)
from parsing.phrasing.stretches import CUT, TOLD, Stretch, stretches

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Lengths = np.ndarray[Any, np.dtype[np.intp]]

_SHORTEST = 2  # letters of a phrase
_LIKELIEST = 8  # phrases that are weighed against each other
_LEAST = 0.002  # the chance of one of them
_ALIKE = 0.8  # of their letters: two phrases that name one thing
_NEVER = -np.inf
_BETWEEN = "\t"  # parts of a feature's name


class Weighed(NamedTuple):
    """What the letters of a stretch weigh: each as a phrase's first, as its last, and inside one."""

    firsts: Numbers
    lasts: Numbers
    insides: Numbers


def scores(weighed: Weighed, of_lengths: Numbers, can_be: Flags) -> Numbers:
    """The score of each phrase of a stretch: an array (first letter, last letter), minus infinity where there can be none.

    `of_lengths` is what each length weighs.
    """
    inside = np.concatenate([[0.0], np.cumsum(weighed.insides)])
    found = (weighed.firsts - inside[:-1])[:, None] + (weighed.lasts + inside[1:])[None, :]
    found = found + of_lengths[lengths_of(len(found))]
    chosen: Numbers = np.where(can_be, found, _NEVER)
    return chosen


def possible(where: str, stretch: Stretch) -> Flags:
    """Whether there can be a phrase from one letter to another: it tears no quotation and begins with no comma.

    Of what the rules tell, where it is a stretch, only the whole is one.
    """
    count = len(stretch.text)
    length = lengths_of(count)
    found: Flags = (length >= _SHORTEST) & (length <= LONGEST)
    if where == TOLD:
        found &= length == count
    else:
        ends, depths = np.array(stretch.ends), np.array(stretch.depths)
        found &= ends[:, None] & ends[None, :] & (depths[:-1, None] == depths[None, 1:])
    return found


@cache
def lengths_of(count: int) -> Lengths:
    """How long the phrases of a stretch of so many letters are: an array (first letter, last letter).

    0 where the last is before the first, one more than the longest where it is too far behind.
    """
    at = np.arange(count)
    length: Lengths = np.clip(at[None, :] - at[:, None] + 1, 0, LONGEST + 1)
    return length


def shares(found: Sequence[Numbers]) -> list[Numbers]:
    """How likely each phrase of some stretches is the one, all together 1; 0 where there can be none."""
    top = max(table.max(initial=_NEVER) for table in found)
    if top == _NEVER:
        return [np.zeros_like(table) for table in found]
    raised = [np.exp(table - top) for table in found]
    total = sum(table.sum() for table in raised)
    return [table / total for table in raised]


class _Phrase(NamedTuple):
    share: float
    number: int  # of its stretch
    first: int
    last: int
    text: str

    def is_like(self, other: "_Phrase") -> bool:
        """Whether two phrases name one thing: the same words, or nearly the same letters of a stretch."""
        if self.text == other.text:
            return True
        common = min(self.last, other.last) - max(self.first, other.first) + 1
        letters = self.last - self.first + other.last - other.first + 2
        return self.number == other.number and 2 * common >= _ALIKE * letters


Tables = dict[str, dict[str, float]]  # a slot -> what stands in it -> its weight
Feature = tuple[str, str, str]  # a slot, what stands in it, and the type of event, or nothing for all types


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A log-linear model of phrases: a weight for each feature."""

    weights: Mapping[Feature, float]
    _tables: dict[str, Tables] = field(init=False, repr=False, compare=False)
    _runs: dict[str, dict[str, "_Run"]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        common: Tables = {}
        own: dict[str, Tables] = {}
        for (slot, key, kind), weight in self.weights.items():
            (own.setdefault(kind, {}) if kind else common).setdefault(slot, {})[key] = weight
        tables = {kind: _together(common, mine) for kind, mine in own.items()}
        object.__setattr__(self, "_tables", tables)
        object.__setattr__(self, "_runs", {kind: _by_run(mine) for kind, mine in tables.items()})

    @classmethod
    def of(cls, model: Linear) -> "Phrasing":
        """The phrasing with the weights of a linear model of one column."""
        column = model.weights[:, 0].tolist()
        weights: dict[Feature, float] = {}
        for name, row in model.rows.items():
            slot, key, kind = name.split(_BETWEEN)
            weights[slot, key, kind] = column[row]
        return cls(weights)

    def linear(self) -> Linear:
        """Its weights as a linear model of one column."""
        features = sorted(self.weights)
        column = np.array([self.weights[feature] for feature in features], dtype=np.float32)
        rows = {_BETWEEN.join(feature): row for row, feature in enumerate(features)}
        return Linear(rows, column.reshape(-1, 1), np.zeros(1, dtype=np.float32))

    def knows(self, kind: str) -> bool:
        """Whether it was taught this type of event."""
        return kind in self._tables

    def weigh_letters(self, seen: Letters, kind: str) -> Weighed:
        """What the letters of a stretch weigh for a type that it knows."""
        found = {run: self._runs[kind][run].of(keys) for run, keys in seen.runs.items()}
        count = seen.length
        firsts, lasts, insides = (
            sum((found[run][row, at : at + count] for run, row, at in places), np.zeros(count))
            for places in _PLACES
        )
        return Weighed(firsts, lasts, insides)

    def weigh_lengths(self, kind: str) -> Numbers:
        """What each length weighs for a type that it knows."""
        tables = self._tables[kind]
        weights = [list(map(tables.get(slot, {}).get, keys, repeat(0.0))) for slot, keys in lengths().items()]
        summed: Numbers = np.array(weights).sum(axis=0)
        return summed

    def total(self, slots: Slots, kind: str) -> float:
        """What slots of one place weigh together."""
        tables = self._tables[kind]
        return sum(tables.get(slot, {}).get(key, 0.0) for slot, keys in slots.items() for key in keys)


class _Run(NamedTuple):
    """What the keys of a run weigh: a column for each, the last for all others, a row for each slot of `_SLOTS`."""

    columns: Mapping[str, int]
    weights: Numbers

    def of(self, keys: Sequence[str]) -> Numbers:
        """What these keys weigh in each slot."""
        found: Numbers = self.weights[:, list(map(self.columns.get, keys, repeat(-1)))]
        return found


_ROLES = (FIRSTS, LASTS, INSIDES)
_SLOTS = {
    run: [name for slots in _ROLES for name, slot in slots.items() if slot.run == run]
    for run in sorted({slot.run for slots in _ROLES for slot in slots.values()})
}
_PLACES = [
    [(slot.run, _SLOTS[slot.run].index(name), slot.offset) for name, slot in slots.items()]
    for slots in _ROLES
]


def _by_run(tables: Tables) -> dict[str, _Run]:
    """Of the slots of letters, whose tables are taken out: one lookup finds all that a letter weighs in its run."""
    runs = {}
    for run, names in _SLOTS.items():
        rows = [tables.pop(name, {}) for name in names]
        keys = sorted(set().union(*rows))
        weights = np.array([[row.get(key, 0.0) for key in keys] + [0.0] for row in rows])
        runs[run] = _Run({key: column for column, key in enumerate(keys)}, weights)
    return runs


def _together(common: Tables, own: Tables) -> Tables:
    """What weighs something for all types and what does for one, slot by slot."""
    made: Tables = {}
    for slot in common.keys() | own.keys():
        one, other = common.get(slot, {}), own.get(slot, {})
        made[slot] = {key: one.get(key, 0.0) + other.get(key, 0.0) for key in one.keys() | other.keys()}
    return made


class Seeker:
    """Seeks the subjects of the events of one article; what it has weighed for one it keeps for the next."""

    def __init__(self, phrasing: Phrasing, story: Story, events: Iterable[Candidate]) -> None:
        self._phrasing, self._story = phrasing, story
        self._told = Counter((event.clause.index, event.type) for event in events)
        self._known: dict[int, Stretch] = {}
        self._seen: dict[Stretch, tuple[Letters, Flags]] = {}
        self._scores: dict[tuple[str, Stretch], Numbers] = {}
        self._lengths: dict[str, Numbers] = {}

    def subject_of(self, candidate: Candidate, told: str) -> str:
        """The subject of one of the events; `told` is what the rules tell.

        That stands where the type was not taught, and where a clause tells several events of a type (荣获“甲”“乙”):
        only rules part them. Phrases that name one thing, with a letter more or less, stand together against others;
        of them the likeliest is chosen.
        """
        alone = self._told[candidate.clause.index, candidate.type] <= 1
        if not alone or not self._phrasing.knows(candidate.type.value):
            return told
        around = list(stretches(self._story, candidate, told, self._known))
        found = [self._scored(where, stretch, candidate, told) for where, stretch in around]
        likeliest = _likeliest([stretch for _, stretch in around], shares(found))
        if not likeliest:  # nothing can be a phrase, or no phrase is likelier than many others
            return told
        best = max(likeliest, key=lambda one: (sum(o.share for o in likeliest if one.is_like(o)), one.share))
        return next(one.text for one in likeliest if one.is_like(best))

    def _scored(self, where: str, stretch: Stretch, candidate: Candidate, told: str) -> Numbers:
        phrasing, kind = self._phrasing, candidate.type.value
        if where == TOLD:
            found = np.where(possible(where, stretch), 0.0, _NEVER)
        elif (kind, stretch) in self._scores:
            found = self._scores[kind, stretch]
        else:
            if stretch not in self._seen:
                self._seen[stretch] = letters(stretch), possible(where, stretch)
            seen, can_be = self._seen[stretch]
            if kind not in self._lengths:
                self._lengths[kind] = phrasing.weigh_lengths(kind)
            weighed = phrasing.weigh_letters(seen, kind)
            found = self._scores[kind, stretch] = scores(weighed, self._lengths[kind], can_be)
        found = found + phrasing.total(whole(where, candidate), kind)
        if (spot := place(stretch, told)) is not None:
            found[spot] += phrasing.total(repeats(candidate), kind)
        return found


def _likeliest(around: Sequence[Stretch], found: Sequence[Numbers]) -> list[_Phrase]:
    """The likeliest phrases of some stretches, none of them hardly likely."""
    spots: list[tuple[float, int, int]] = []
    for number, table in enumerate(found):
        flat = table.ravel()
        likely = np.flatnonzero(flat >= _LEAST)
        spots += zip((-flat[likely]).tolist(), [number] * len(likely), likely.tolist(), strict=True)
    phrases = []
    for unlikely, number, at in sorted(spots)[:_LIKELIEST]:
        text = around[number].text
        first, last = divmod(at, len(text))
        phrases.append(_Phrase(-unlikely, number, first, last, text[first : last + 1].replace(CUT, "")))
    return phrases
