"""Looking a text through for the longest of many words."""

import pytest

from parsing.wordlists import Words

WORDS = Words(["区", "区委", "区委办公室", "委员会", "会议"])


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [(0, None, "区委办公室"), (0, 4, "区委"), (0, 1, "区"), (0, 0, ""), (1, None, ""), (99, None, "")],
)
def test_the_longest_word_at_a_place_ends_inside_the_stretch(start: int, end: int | None, word: str) -> None:
    assert WORDS.at("区委办公室", start, end) == word


def test_words_inside_words_are_told_with_their_places() -> None:
    assert list(WORDS.each("区委员会议")) == [(0, "区委"), (1, "委员会"), (3, "会议")]
    assert list(WORDS.each("区委员会议", 1, 4)) == [(1, "委员会")]


def test_of_words_that_overlap_the_first_is_taken() -> None:
    assert list(WORDS.apart("区委员会议")) == [(0, "区委"), (3, "会议")]
    assert list(Words([]).apart("区委员会议")) == []


def test_an_empty_word_is_refused() -> None:
    with pytest.raises(ValueError, match="everywhere"):
        Words(["区", ""])
