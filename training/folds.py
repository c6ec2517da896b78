"""Left-out scores: each folder of labelled pages is read by a judge that has not seen it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsing.judge.model import Judge
from parsing.reader import decide
from training.examples import PreparedPage
from training.fit import Part, judge_from
from training.labels import Label
from training.measures import Measures, measured
from training.scoring import Score, score_pages

INNER = 3  # groups for the second look's own left-out looks; more changes little and takes longer


@dataclass(frozen=True, slots=True)
class Result:
    """How a judge does on some pages."""

    score: Score
    measures: Measures


def result(pages: Sequence[PreparedPage], judge: Judge) -> Result:
    """Read pages made ready and compare with their labels."""
    readings = {each.page.name: decide(each.page.text, each.prepared, judge) for each in pages}
    found = {name: [Label.from_mention(m) for m in reading.mentions] for name, reading in readings.items()}
    labelled = [each.page for each in pages]
    return Result(score_pages(labelled, found), measured((page, readings[page.name]) for page in labelled))


def left_out(parts: Mapping[str, Part]) -> Iterator[tuple[str, Judge]]:
    """For each folder its name and a judge learned from all others."""
    for name in parts:
        yield name, judge_from({other: parts[other] for other in parts if other != name}, INNER)
