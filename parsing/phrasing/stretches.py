"""The words near an event that its subject is looked for in: clauses without their dates, the headline, the rules' word."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.subjects.phrases import TIMES, year_only

CUT = "\x1f"  # stands in a stretch where a date or an hour stood
TOLD, HEADLINE, HERE = "told", "headline", "0"
_LONGEST = 100  # letters of a stretch; a clause that is longer is a table
_BEFORE, _BEHIND = 2, 2  # clauses of its sentence
_EARLIER = 1  # clauses of the sentence before; what stands farther away holds one subject in a hundred
_HEADLINES = 3
_PAIRED = dict.fromkeys("“《（", 1) | dict.fromkeys("”》）", -1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words. `heads` are the offsets at which words begin, None where nobody knows."""

    text: str
    heads: frozenset[int] | None = None

    @property
    def ends(self) -> list[bool]:
        """Of each letter, whether a phrase can begin or end with it: no mark can but a bracket or a quotation mark."""
        return [letter.isalnum() or letter in _PAIRED for letter in self.text]

    @property
    def depths(self) -> list[int]:
        """Before each letter, and at the end, how many brackets and quotations are open."""
        return list(accumulate((_PAIRED.get(letter, 0) for letter in self.text), initial=0))


def stretches(
    story: Story, candidate: Candidate, told: str, known: dict[int, Stretch]
) -> Iterator[tuple[str, Stretch]]:
    """The stretches around a candidate, each with where it stands from there.

    `0` is its clause, `-1` the one before, `+1` the one behind, `p0` the last of the sentence before, `headline`;
    `told` is what the rules tell, where no other stretch holds it. `known` keeps the stretches of an article's
    clauses, by their index, for its next candidates.
    """
    held = not told
    for where, clause in _near(story, candidate.clause):
        if clause.index not in known:
            known[clause.index] = _stretch(story, clause)
        stretch = known[clause.index]
        held = held or told in stretch.text.replace(CUT, "")
        yield where, stretch
    for piece in (story.draft.headline or "").split()[:_HEADLINES]:
        held = held or told in piece
        yield HEADLINE, Stretch(piece[:_LONGEST])
    if not held:
        yield TOLD, Stretch(told[:_LONGEST])


def _near(story: Story, clause: Clause) -> Iterator[tuple[str, Clause]]:
    clauses = story.paragraphs[clause.paragraph].clauses
    at = clause.index - clauses[0].index

    def run(number: int, step: int) -> Iterator[Clause]:
        """From a clause on, as long as its sentence goes."""
        sentence = clauses[number].sentence if 0 <= number < len(clauses) else None
        while 0 <= number < len(clauses) and clauses[number].sentence == sentence:
            yield clauses[number]
            number += step

    before, behind = list(run(at, -1)), list(run(at, 1))
    yield HERE, clause
    yield from ((f"-{n}", c) for n, c in enumerate(before[1 : _BEFORE + 1], 1))
    yield from ((f"+{n}", c) for n, c in enumerate(behind[1 : _BEHIND + 1], 1))
    yield from ((f"p{n}", c) for n, c in enumerate(islice(run(at - len(before), -1), _EARLIER)))


def _stretch(story: Story, clause: Clause) -> Stretch:
    start, end = clause.start, min(clause.end, clause.start + 2 * _LONGEST)
    words = story.text(clause)[start:end]
    for date in story.dates_in(clause.paragraph, start, end):
        low, high = date.start - start, date.end - start
        if not year_only(words[low:high]):
            words = words[:low] + CUT * (high - low) + words[high:]
    words = TIMES.sub(lambda hours: CUT * len(hours[0]), words)
    kept = [at for at, letter in enumerate(words) if letter != CUT or not at or words[at - 1] != CUT]
    begins = story.words[clause.paragraph] if story.words else None
    heads = None if begins is None else frozenset(n for n, at in enumerate(kept) if at + start in begins)
    return Stretch("".join(words[at] for at in kept)[:_LONGEST], heads)
