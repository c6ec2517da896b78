"""What is seen of a phrase: the letters at both of its ends and inside, its length, where it stands, who tells it.

A feature is a slot (`<out`: the letter before a phrase) with what stands in it. Those of `TYPED` slots weigh something
for all events and something for each type, those of `OF_TYPE` slots only the latter, all others only the former.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from parsing.candidates import Candidate
from parsing.phrasing.stretches import CUT, Stretch
from parsing.rules.open import RULE

LONGEST = 42  # letters of a phrase
TYPED = frozenset(("<out", "<", "<mark", ">out", ">", ">mark", "told"))
OF_TYPE = frozenset(("in", "where", "where how", "length"))
_EDGE = "^"

Slots = dict[str, Sequence[str]]  # a slot -> what stands in it at each letter


class Slot(NamedTuple):
    """A slot of each letter: its run of `Letters`, and how far along that a letter's own place lies."""

    run: str
    offset: int


# Of a letter as a phrase's first, as its last, and inside one.
FIRSTS = {
    "<out": Slot("letters", 0),  # the letter before the phrase
    "<": Slot("letters", 1),
    "<mark": Slot("marks", 0),
    "<<out": Slot("pairs", 0),  # two letters before it
    "<<": Slot("pairs", 2),  # its first two
}
LASTS = {
    ">out": Slot("letters", 2),
    ">": Slot("letters", 1),
    ">mark": Slot("marks", 1),
    ">>out": Slot("pairs", 3),  # two letters behind it
    ">>": Slot("pairs", 1),  # its last two
}
INSIDES = {"in": Slot("letters", 1)}


class Letters(NamedTuple):
    """What is seen at the letters of a stretch, in runs: its letters with an edge at both ends, pairs of them, marks."""

    length: int  # of the stretch
    runs: Mapping[str, Sequence[str]]

    def slots(self) -> tuple[Slots, Slots, Slots]:
        """What is seen of each letter as a phrase's first, as its last, and inside one."""
        firsts, lasts, insides = (
            {
                name: self.runs[slot.run][slot.offset : slot.offset + self.length]
                for name, slot in slots.items()
            }
            for slots in (FIRSTS, LASTS, INSIDES)
        )
        return firsts, lasts, insides


def letters(stretch: Stretch) -> Letters:
    """What is seen at the letters of a stretch."""
    edged = f"{_EDGE}{stretch.text}{_EDGE}"
    wider = f"{_EDGE}{edged}{_EDGE}"
    pairs = [one + other for one, other in pairwise(wider)]
    marks = [_mark(stretch, at) for at in range(len(stretch.text) + 1)]
    return Letters(len(stretch.text), {"letters": edged, "pairs": pairs, "marks": marks})


def _mark(stretch: Stretch, at: int) -> str:
    """Whether an offset is an end of its stretch, and whether a cut there would tear a word: `?` where nobody knows."""
    if at in (0, len(stretch.text)):
        return _EDGE
    if stretch.heads is None:
        return "?"
    return "" if at in stretch.heads or stretch.text[at] == CUT else "torn"


def whole(where: str, candidate: Candidate) -> Slots:
    """What is seen of any phrase in a stretch that stands there."""
    how = "open" if candidate.rule == RULE else "rule"
    return {"where": (where,), "where how": (f"{where} {how}",)}


def lengths() -> Slots:
    """What is seen of a phrase of 0, 1, … letters, up to one more than `LONGEST`."""
    counts = range(LONGEST + 2)
    return {"letters": [str(min(n, 12)) for n in counts], "length": [str(min(n, 30) // 2) for n in counts]}


def repeats(candidate: Candidate) -> Slots:
    """What is seen of a phrase that is just what the rules tell."""
    return {"told": ("",), "told by": (candidate.rule,)}


def place(stretch: Stretch, told: str) -> tuple[int, int] | None:
    """The first and the last letter of what the rules tell, which may run on over a cut; None where it is not."""
    found = stretch.text.replace(CUT, "").find(told) if told else -1
    if found < 0:
        return None
    kept = [at for at, letter in enumerate(stretch.text) if letter != CUT]
    return kept[found], kept[found + len(told) - 1]
