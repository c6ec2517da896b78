"""Left-out scores: each folder of labelled pages is read by a judge that has not seen it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from parsing.judge.model import Judge
from parsing.reader import decide
from training.examples import PreparedPage
from training.fit import Part, judge_from
from training.labels import Label
from training.measures import Measures, measured
from training.scoring import Score, score_pages

INNER = 3  # groups for the second look's own left-out looks; more changes little and takes longer


_SHARED: dict[str, Part] = {}  # what the forked processes read


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
    score = score_pages(labelled, found)
    return Result(score, measured(((page, readings[page.name]) for page in labelled), score))


def pairs(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The folders that are left out together, each in one pair (or alone)."""
    ordered = sorted(names)
    half = (len(ordered) + 1) // 2
    return [tuple(ordered[start::half]) for start in range(half)]


def left_out(parts: Mapping[str, Part], chosen: Sequence[tuple[str, ...]] | None = None) -> dict[str, Result]:
    """For each folder the result of a judge learned from all folders but it and its partner.

    Two at a time halve the work, and make it a little harder: there is less to learn from. Pairs are
    read on all cores; `chosen` limits them.
    """
    work = list(chosen or pairs(list(parts)))
    _SHARED.clear()
    _SHARED.update(parts)
    # Forked, so that the pages made ready (a gigabyte of them) need not be sent.
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return {name: one for found in pool.map(_left_out, work) for name, one in found.items()}


def _left_out(names: tuple[str, ...]) -> dict[str, Result]:
    judge = judge_from({name: _SHARED[name] for name in _SHARED if name not in names}, INNER)
    return {name: result(_SHARED[name].pages, judge) for name in names}
