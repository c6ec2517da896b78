"""Judges for tests that are about something else: what they find must not change when the judge learns."""

import numpy as np

from parsing.judge.model import CLASSES, FirstLook, Judge
from parsing.judge.trees import Forest
from parsing.model import EventType


def believer() -> Judge:
    """A judge that believes whatever a rule proposes, and nothing else; gates that bind still bind."""
    weights = np.zeros((len(EventType), len(CLASSES)), dtype=np.float32)
    for row, kind in enumerate(EventType):
        weights[row, CLASSES.index(kind.value)] = 12.0
    bias = np.full(len(CLASSES), -6.0, dtype=np.float32)
    bias[0] = 0.0
    return Judge(
        FirstLook({f"rule={kind.value}": row for row, kind in enumerate(EventType)}, weights, bias),
        Forest((), (), 3.0),
    )
