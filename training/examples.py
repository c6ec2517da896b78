"""Labelled pages as examples for the judge: the features of each clause, and the event that it tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from parsing.candidates import Story
from parsing.clauses import Clause
from parsing.district import District, UnknownDistrict, generic_district, load_district
from parsing.judge.features import clause_features
from parsing.judge.model import NONE
from parsing.reader import Prepared, prepare
from parsing.tagger import Tagger
from training.labels import Label, LabelledPage
from training.scoring import Span, overlap, places

# What readers differ on, or tell again, teaches less than what all of them mark.
OPTIONAL, AGAIN = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """A clause: what is seen of it, the type of event that it tells (or none), and how much that weighs."""

    features: frozenset[str]
    label: str
    weight: float


@dataclass(slots=True)
class PreparedPage:
    """A labelled page with its articles made ready for judging."""

    page: LabelledPage
    prepared: Prepared


def district_of(page: LabelledPage) -> District:
    """The district pack of a page, or one that knows only its name."""
    try:
        return load_district(page.district)
    except UnknownDistrict:
        return generic_district(page.district)


def prepared_page(page: LabelledPage, tagger: Tagger | None) -> PreparedPage:
    """A labelled page made ready."""
    return PreparedPage(
        page, prepare(page.text, district=district_of(page), issued_on=page.issued_on, tagger=tagger)
    )


def examples(ready: PreparedPage) -> list[Example]:
    """One example for each clause of a page."""
    page = ready.page
    flat_at = flat_offsets(page.text)
    told = [(label, places(page.flat, label.evidence)) for label in page.labels]
    again = [(label, [s for words in label.also for s in places(page.flat, words)]) for label in page.labels]
    made: list[Example] = []
    for story, proposals in ready.prepared.stories:
        clauses = list(story.clauses)
        for clause, features in zip(clauses, clause_features(story, proposals), strict=True):
            label, weight = _label(_span(story, clause, flat_at), told, again)
            made.append(Example(frozenset(features), label, weight))
    return made


def flat_offsets(text: str) -> list[int]:
    """For each offset in a text, and its end, the offset in the text without line breaks."""
    return list(accumulate((char not in "\n\r" for char in text), initial=0))


def _span(story: Story, clause: Clause, flat_at: Sequence[int]) -> Span:
    at = story.paragraphs[clause.paragraph].strand.at
    return flat_at[at[clause.start]], flat_at[at[clause.end - 1]] + 1


def _label(
    span: Span, told: Iterable[tuple[Label, list[Span]]], again: Iterable[tuple[Label, list[Span]]]
) -> tuple[str, float]:
    """The type that a clause tells: of the labels that it overlaps a required one first, then the closest."""
    near = [(label.required, overlap(spans, [span]), label.type) for label, spans in told]
    best = max((found for found in near if found[1]), default=None)
    if best is not None:
        return best[2], 1.0 if best[0] else OPTIONAL
    repeat = next((label for label, spans in again if overlap(spans, [span])), None)
    return (repeat.type, AGAIN) if repeat is not None else (NONE, 1.0)
