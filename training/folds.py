"""Left-out scores: each folder of labelled pages is read by a judge that has not seen it."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

from parsing.judge.model import Judge
from parsing.reader import decide
from training.examples import PreparedPage
from training.fit import Part, judge_from
from training.labels import Label
from training.measures import Measures, measured
from training.scoring import Score, score_pages

INNER = 3  # groups for the second look's own left-out looks; more changes little and takes longer
TOGETHER = 9  # groups that the folders are dealt into

Work = TypeVar("Work")
Found = TypeVar("Found")

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


def groups(names: Sequence[str], count: int = TOGETHER) -> list[tuple[str, ...]]:
    """The folders dealt into groups that are left out together, each folder in one."""
    ordered = sorted(names)
    return [tuple(ordered[start::count]) for start in range(min(count, len(ordered)))]


def left_out(parts: Mapping[str, Part], chosen: Sequence[tuple[str, ...]] | None = None) -> dict[str, Result]:
    """For each folder the result of a judge learned from all folders outside its group.

    Several at a time save time, and make it a little harder: there is less to learn from. Groups are
    read on all cores; `chosen` limits them.
    """
    work = list(chosen or groups(list(parts)))
    return {name: one for found in _on_all_cores(_left_out, work, parts) for name, one in found.items()}


def curve(
    parts: Mapping[str, Part], tests: Sequence[str], shares: Sequence[float]
) -> list[tuple[float, list[Result]]]:
    """For each share the results on `tests` of a judge learned from that share of all other pages."""
    found = _on_all_cores(_learned_from, [(share, tuple(tests)) for share in shares], parts)
    return list(zip(shares, found, strict=True))


def some_of(whole: Part, share: float) -> Part:
    """A share of a folder's pages, taken evenly."""
    count = max(1, round(len(whole.pages) * share))
    chosen = {round(i * len(whole.pages) / count) for i in range(count)}
    starts = [0]
    for page in whole.pages:
        starts.append(starts[-1] + sum(len(list(story.clauses)) for story, _ in page.prepared.stories))
    return Part(
        tuple(page for i, page in enumerate(whole.pages) if i in chosen),
        tuple(
            example
            for i in range(len(whole.pages))
            if i in chosen
            for example in whole.examples[starts[i] : starts[i + 1]]
        ),
    )


def _on_all_cores(
    function: Callable[[Work], Found], work: Sequence[Work], parts: Mapping[str, Part]
) -> list[Found]:
    _SHARED.clear()
    _SHARED.update(parts)
    # Forked, so that the pages made ready (a gigabyte of them) need not be sent.
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return list(pool.map(function, work))


def _left_out(names: tuple[str, ...]) -> dict[str, Result]:
    judge = judge_from({name: _SHARED[name] for name in _SHARED if name not in names}, INNER)
    return {name: result(_SHARED[name].pages, judge) for name in names}


def _learned_from(share_and_tests: tuple[float, tuple[str, ...]]) -> list[Result]:
    share, tests = share_and_tests
    some = {name: some_of(each, share) for name, each in _SHARED.items() if name not in tests}
    judge = judge_from(some, INNER)
    return [result(_SHARED[name].pages, judge) for name in tests]
