"""What the quality page tells beside scores: calibration, gates, rules, triggers, headlines."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeVar

from parsing.model import Reading
from training.labels import Label, LabelledPage, normalise
from training.scoring import Outcome, Score, overlap, places

Key = TypeVar("Key", int, str)

BINS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
HEADLINE_ALIKE = 0.9  # of the letters of a headline


@dataclass(slots=True)
class Hits:
    """How many of something were right events, told what readers differ on, or were wrong."""

    right: int = 0
    optional: int = 0
    wrong: int = 0

    def count(self, outcome: Outcome) -> None:
        """One more."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    @property
    def share(self) -> float:
        """Right of those that count."""
        counted = self.right + self.wrong
        return self.right / counted if counted else 1.0


@dataclass(slots=True)
class Measures:
    """Counts over readings of labelled pages."""

    by_confidence: dict[int, Hits] = field(default_factory=dict)  # index into BINS
    by_rule: dict[str, Hits] = field(default_factory=dict)
    by_trigger: dict[str, Hits] = field(default_factory=dict)
    gates: Counter[tuple[str, bool]] = field(default_factory=Counter)  # gate, was it a required event
    headlines_right: int = 0
    headlines: int = 0

    def add(self, page: LabelledPage, reading: Reading, outcomes: Sequence[Outcome]) -> None:
        """Count one page; `outcomes` are the scorer's, one for each mention."""
        for mention, outcome in zip(reading.mentions, outcomes, strict=True):
            bin_ = sum(mention.confidence >= low for low in BINS[1:])
            self.by_confidence.setdefault(bin_, Hits()).count(outcome)
            self.by_rule.setdefault(mention.rule, Hits()).count(outcome)
            if mention.trigger:
                trigger = f"{mention.type.value} {mention.trigger}"
                self.by_trigger.setdefault(trigger, Hits()).count(outcome)
        for dropped in reading.dropped:
            required = any(
                label.required
                and label.type == dropped.type.value
                and overlap(places(page.flat, label.evidence), places(page.flat, dropped.evidence))
                for label in page.labels
            )
            self.gates[dropped.gate, required] += 1
        right, told = _headlines(page, reading)
        self.headlines_right += right
        self.headlines += told

    def pushed(self, floor: float) -> Hits:
        """The hits of the bins from a confidence on; `floor` is one of `BINS`."""
        total = Hits()
        for index, hits in self.by_confidence.items():
            if BINS[index] >= floor:
                total.right += hits.right
                total.optional += hits.optional
                total.wrong += hits.wrong
        return total


def _headlines(page: LabelledPage, reading: Reading) -> tuple[int, int]:
    """How many labelled articles with an event have their headline in our reading, and how many there are."""
    right = told = 0
    for article in page.gold["articles"]:
        labels = [
            label
            for label, event in zip(page.labels, page.gold["events"], strict=True)
            if event["article"] == article["id"]
        ]
        if not article["headline"] or not labels:
            continue
        holder = Counter(_holder(reading, label) for label in labels).most_common(1)[0][0]
        told += 1
        right += holder is not None and _same_headline(article["headline"], holder)
    return right, told


def _holder(reading: Reading, label: Label) -> str | None:
    """The headline of the article whose text holds a label's evidence."""
    wanted = normalise(label.evidence)
    for article in reading.articles:
        if wanted in normalise(article.text):
            return article.headline
    return None


def _same_headline(wanted: str, ours: str) -> bool:
    one, other = normalise(wanted), normalise(ours)
    if one in other:  # a kicker or subhead beside it
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= HEADLINE_ALIKE


def measured(pairs: Iterable[tuple[LabelledPage, Reading]], score: Score) -> Measures:
    """The measures of some pages with their readings and the score of these."""
    total = Measures()
    for page, reading in pairs:
        total.add(page, reading, score.outcomes[page.name])
    return total


def merged(parts: Sequence[Measures]) -> Measures:
    """Measures of several groups of pages together."""
    total = Measures()
    for each in parts:
        _add(total.by_confidence, each.by_confidence)
        _add(total.by_rule, each.by_rule)
        _add(total.by_trigger, each.by_trigger)
        total.gates.update(each.gates)
        total.headlines += each.headlines
        total.headlines_right += each.headlines_right
    return total


def _add(ours: dict[Key, Hits], theirs: Mapping[Key, Hits]) -> None:
    for key, hits in theirs.items():
        into = ours.setdefault(key, Hits())
        into.right += hits.right
        into.optional += hits.optional
        into.wrong += hits.wrong
