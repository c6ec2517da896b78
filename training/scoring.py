"""How well a reader finds the events of labelled pages, in total and by type.

A finding tells a gold event where both have one type and its evidence overlaps the gold evidence, or one of
`also`, by at least half of the shorter of the two. Required events and findings are paired one to one: as
many as can be, and of those pairings the closest. A finding left over costs nothing where it tells an
optional event; any other, and a second finding of a required event, is a false alarm.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from training.labels import Label, LabelledPage, flatten, normalise

SUBJECT_ALIKE = {"visit": 0.6, "inspection": 0.6}  # a visit's subject is loose: topic, party or place
SUBJECT_ALIKE_ELSE = 0.8
ACTORS_ENOUGH = 0.8  # F1 of the actors of an event that counts as right as a whole
EPSILON = 1e-9
PAIR = 100.0  # above any closeness: the number of pairs comes first

Span = tuple[int, int]


class Outcome(StrEnum):
    """What a finding is: the finding of a required event, of one that readers differ on, or a false alarm."""

    RIGHT = "right"
    OPTIONAL = "optional"
    WRONG = "wrong"


@dataclass(slots=True)
class Tally:
    """Counts over required events, and of the matched ones how many fields are right."""

    hits: int = 0
    misses: int = 0
    alarms: int = 0
    ignored: int = 0
    dates_right: int = 0
    subjects_right: int = 0
    actors_shared: int = 0
    actors_told: int = 0  # by both sides together
    people_shared: int = 0
    people_told: int = 0
    wholes_right: int = 0  # type, date, subject and nearly all actors

    @property
    def precision(self) -> float:
        return _share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        return _share(2 * self.hits, 2 * self.hits + self.misses + self.alarms)

    @property
    def date(self) -> float:
        return _share(self.dates_right, self.hits)

    @property
    def subject(self) -> float:
        return _share(self.subjects_right, self.hits)

    @property
    def actors_f1(self) -> float:
        return _share(2 * self.actors_shared, self.actors_told)

    @property
    def people_f1(self) -> float:
        return _share(2 * self.people_shared, self.people_told)

    @property
    def whole(self) -> float:
        return _share(self.wholes_right, self.hits)

    def add(self, other: "Tally") -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Score:
    """The tallies of some pages, and in words what was missed and what was falsely found."""

    by_type: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    characters: int = 0  # of the pages, line breaks not counted
    errors: list[str] = field(default_factory=list)
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)  # by page, one for each finding

    @property
    def overall(self) -> Tally:
        total = Tally()
        for tally in self.by_type.values():
            total.add(tally)
        return total

    @property
    def alarms_per_1000(self) -> float:
        return _share(1000 * self.overall.alarms, self.characters)


def score_pages(pages: Iterable[LabelledPage], found: Mapping[str, Sequence[Label]]) -> Score:
    """Compare what was found, by the page's name, with the pages' labels; no entry means nothing found."""
    score = Score()
    for page in pages:
        score.characters += len(page.flat)
        _score_page(page, found.get(page.name, ()), score)
    return score


def _score_page(page: LabelledPage, found: Sequence[Label], score: Score) -> None:
    required = [label for label in page.labels if label.required]
    optional = [label for label in page.labels if not label.required]
    spots = [places(page.flat, finding.evidence) for finding in found]

    def closeness(gold: Label) -> list[float]:
        told = [span for words in (gold.evidence, *gold.also) for span in places(page.flat, words)]
        return [
            overlap(told, spans) if finding.type == gold.type else 0.0
            for finding, spans in zip(found, spots, strict=True)
        ]

    weights = [
        [PAIR + near + 0.5 * _alike(gold.subject, finding.subject) if near else 0.0 for finding, near in row]
        for gold, row in ((gold, zip(found, closeness(gold), strict=True)) for gold in required)
    ]
    pairs = pair(weights)
    excused = {column for gold in optional for column, near in enumerate(closeness(gold)) if near}
    for row, gold in enumerate(required):
        if row in pairs:
            _compare(gold, found[pairs[row]], score.by_type[gold.type])
        else:
            score.by_type[gold.type].misses += 1
            score.errors.append(f"{page.name}: missed {gold.type} {gold.evidence}")
    matched = set(pairs.values())
    outcomes = score.outcomes[page.name] = []
    for column, finding in enumerate(found):
        if column in matched:
            outcomes.append(Outcome.RIGHT)
        elif column in excused:
            outcomes.append(Outcome.OPTIONAL)
            score.by_type[finding.type].ignored += 1
        else:
            outcomes.append(Outcome.WRONG)
            score.by_type[finding.type].alarms += 1
            score.errors.append(f"{page.name}: false {finding.type} {finding.evidence}")


def _compare(gold: Label, finding: Label, tally: Tally) -> None:
    tally.hits += 1
    dated = (gold.start, gold.end) == (finding.start, finding.end)
    enough = SUBJECT_ALIKE.get(gold.type, SUBJECT_ALIKE_ELSE)
    named = _alike(gold.subject, finding.subject) >= enough
    tally.dates_right += dated
    tally.subjects_right += named
    shared, told = _shared(gold.actors, finding.actors)
    tally.actors_shared += shared
    tally.actors_told += told
    tally.wholes_right += dated and named and _share(2 * shared, told) >= ACTORS_ENOUGH
    shared, told = _shared(gold.people, finding.people)
    tally.people_shared += shared
    tally.people_told += told


def _shared(some: Iterable[str], others: Iterable[str]) -> tuple[int, int]:
    """How many names two sides share, and how many they tell together."""
    ours, theirs = _names(some), _names(others)
    return len(ours & theirs), len(ours) + len(theirs)


def pair(weights: Sequence[Sequence[float]]) -> dict[int, int]:
    """Rows to columns, one to one, with the greatest total weight; a weight of 0 is no pair.

    Grows the pairing by the best augmenting path (Bellman-Ford) as long as one adds weight.
    """
    partner: dict[int, int] = {}  # row -> column
    owner: dict[int, int] = {}  # column -> row
    while True:
        gain = {row: 0.0 for row in range(len(weights)) if row not in partner}  # of a path that ends in a row
        reach: dict[
            int, tuple[float, int]
        ] = {}  # column -> gain of a path that ends in it, and the row before
        waiting = list(gain)
        while waiting:
            row = waiting.pop(0)
            for column, weight in enumerate(weights[row]):
                better = gain[row] + weight > reach.get(column, (EPSILON, 0))[0] + EPSILON
                if not weight or not better or partner.get(row) == column:
                    continue
                reach[column] = gain[row] + weight, row
                if column in owner:  # a path may go on by taking this column from the row that has it
                    gain[owner[column]] = reach[column][0] - weights[owner[column]][column]
                    waiting.append(owner[column])
        free = [column for column in reach if column not in owner]
        if not free:
            return partner
        taken: int | None = max(free, key=lambda column: reach[column][0])
        while taken is not None:
            row = reach[taken][1]
            taken_before = partner.get(row)
            partner[row], owner[taken] = taken, row
            taken = taken_before


def places(flat: str, words: str) -> list[Span]:
    wanted = flatten(words)
    spans, at = [], flat.find(wanted) if wanted else -1
    while at >= 0:
        spans.append((at, at + len(wanted)))
        at = flat.find(wanted, at + 1)
    return spans


def overlap(some: Iterable[Span], others: Sequence[Span]) -> float:
    """Of all placings that overlap enough, the greatest share of common ground; 0 where none does."""
    best = 0.0
    for start, end in some:
        for other_start, other_end in others:
            common = min(end, other_end) - max(start, other_start)
            if common > 0 and 2 * common >= min(end - start, other_end - other_start):
                best = max(best, common / (max(end, other_end) - min(start, other_start)))
    return best


def _alike(one: str, other: str) -> float:
    one, other = normalise(one), normalise(other)
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _names(names: Iterable[str]) -> set[str]:
    return {normalise(name) for name in names} - {""}


def _share(part: float, whole: float) -> float:
    """`part` of `whole`; 1 where there is nothing to measure."""
    return part / whole if whole else 1.0
