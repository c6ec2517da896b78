"""What is seen of a phrase: the letters at both of its ends and inside, its length, where it stands, who tells it.

A feature is a slot (`<out`: the letter before a phrase) with what stands in it. Those of `TYPED` slots weigh something
for all events and something for each type, those of `OF_TYPE` slots only the latter, all others only the former.
"""

from collections.abc import Sequence
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


class Letters(NamedTuple):
    """What is seen at the letters of a stretch: of each as a phrase's first, as its last, and inside one."""

    firsts: Slots
    lasts: Slots
    insides: Slots


def letters(stretch: Stretch) -> Letters:
    """What is seen at the letters of a stretch."""
    text = stretch.text
    edged = f"{_EDGE}{text}{_EDGE}"
    pairs = [one + other for one, other in pairwise(f"{_EDGE}{edged}{_EDGE}")]
    marks = [_mark(stretch, at) for at in range(len(text) + 1)]
    count = len(text)
    return Letters(
        {
            "<out": edged[:count],
            "<": text,
            "<mark": marks[:count],
            "<<out": pairs[:count],  # two letters before the phrase
            "<<": pairs[2 : count + 2],  # its first two
        },
        {
            ">out": edged[2:],
            ">": text,
            ">mark": marks[1:],
            ">>out": pairs[3:],  # two letters behind it
            ">>": pairs[1 : count + 1],  # its last two
        },
        {"in": text},
    )


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
