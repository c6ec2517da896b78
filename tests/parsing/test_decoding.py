"""The best tags are the Viterbi algorithm's, wherever neighbours can or cannot change them."""

import numpy as np
import pytest

from parsing.decoding import Scores, best_tags


def viterbi(scores: Scores, transitions: Scores) -> list[int]:
    """The algorithm as books tell it."""
    best, came_from = scores[0], []
    for row in scores[1:]:
        sums = best[:, None] + transitions
        came_from.append(sums.argmax(axis=0))
        best = sums.max(axis=0) + row
    tags = [int(best.argmax())]
    for origin in reversed(came_from):
        tags.append(int(origin[tags[-1]]))
    return tags[::-1]


@pytest.mark.parametrize("spread", [0.1, 1, 4, 20])
def test_tags_are_the_best_path(spread: float) -> None:
    chance = np.random.default_rng(7)
    for length in (1, 2, 3, 40):
        for _ in range(50):
            scores = chance.normal(0, spread, (length, 6)).astype(np.float32)
            transitions = chance.uniform(-0.2, 0.2, (6, 6)).astype(np.float32)
            assert best_tags(scores, transitions) == viterbi(scores, transitions)


def test_a_neighbour_decides_where_a_character_alone_hardly_does() -> None:
    scores = np.array([[9, 0, 0], [0, 0.1, 0], [0, 0, 9]], np.float32)
    transitions = np.zeros((3, 3), np.float32)
    assert best_tags(scores, transitions) == [0, 1, 2]
    transitions[0, 0] = 0.2
    assert best_tags(scores, transitions) == [0, 0, 2]


def test_nothing_has_no_tags() -> None:
    assert best_tags(np.zeros((0, 3), np.float32), np.zeros((3, 3), np.float32)) == []
