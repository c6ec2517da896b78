"""The best sequence of tags for a sentence, from what a name model makes of each of its characters."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Scores: TypeAlias = npt.NDArray[np.float32]

_ROUNDING = 0.05  # what sums of a few hundred scores may be off by, with room to spare


def best_tags(scores: Scores, transitions: Scores) -> list[int]:
    """The tags whose scores and transitions sum to the most, as the Viterbi algorithm finds them.

    `scores` has a row for each character and a column for each tag; `transitions` a row for each tag and a
    column for each tag behind it. Only where the best tag of a character leads by less than its neighbours
    could make up for are neighbours asked: with a name model that is seldom.
    """
    count = len(scores)
    if not count:
        return []
    tags: list[int] = scores.argmax(axis=1).tolist()
    first_two = np.partition(scores, -2, axis=1)[:, -2:]
    # Another tag changes two transitions, to it and from it, each by the widest difference at most.
    swing = 2 * (transitions.max() - transitions.min()) + _ROUNDING
    unsure = np.flatnonzero(first_two[:, 1] - first_two[:, 0] <= swing)
    if len(unsure):
        for run in np.split(unsure, np.flatnonzero(np.diff(unsure) > 1) + 1):
            start, end = int(run[0]), int(run[-1]) + 1
            before = transitions[tags[start - 1]] if start else None
            behind = transitions[:, tags[end]] if end < count else None
            tags[start:end] = _viterbi(scores[start:end], transitions, before, behind)
    return tags


def _viterbi(scores: Scores, transitions: Scores, before: Scores | None, behind: Scores | None) -> list[int]:
    """The best tags of a run, with the transitions into it and out of it, where it has neighbours."""
    best = scores[0] if before is None else scores[0] + before
    came_from = []
    for row in scores[1:]:
        sums = best[:, None] + transitions
        came_from.append(sums.argmax(axis=0))
        best = sums.max(axis=0) + row
    tags = [int((best if behind is None else best + behind).argmax())]
    for origin in reversed(came_from):
        tags.append(int(origin[tags[-1]]))
    tags.reverse()
    return tags
