"""How much one person may ask at once, as pure state over a clock: a bucket of questions for each."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

AT_ONCE = (
    20.0  # questions: more than a quick finger on the pages of a list, or a handful of files, ever makes
)
A_SECOND = 1.0  # Telegram lets a bot say no more to one chat, so more could not be answered anyway
_RESTED = AT_ONCE / 2  # from here on whoever hurries again is told again


class Manner(Enum):
    """What becomes of a question."""

    ANSWER = auto()
    SLOW_DOWN = auto()  # too many: say so
    SILENCE = auto()  # it has been said


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: bool = False


class Manners:
    """Judges each question as it comes. `monotonic` gives seconds.

    What is asked too much empties the bucket too: whoever goes on in haste waits until they pause.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self.monotonic = monotonic
        self._buckets: dict[int, _Bucket] = {}
        self._look_for_rested_from = 1_000

    def judge(self, person: int) -> Manner:
        """What becomes of a question that this person asks now."""
        now = self.monotonic()
        bucket = self._buckets.get(person)
        if bucket is None:
            self._forget_rested(now)
            bucket = self._buckets[person] = _Bucket(AT_ONCE, now)
        bucket.left, bucket.at = _left(bucket, now), now
        if bucket.left >= _RESTED:
            bucket.told = False
        enough = bucket.left >= 1.0
        bucket.left = max(0.0, bucket.left - 1.0)
        if enough:
            return Manner.ANSWER
        told, bucket.told = bucket.told, True
        return Manner.SILENCE if told else Manner.SLOW_DOWN

    def _forget_rested(self, now: float) -> None:
        """Whoever is quiet for a while is as one who never came."""
        if len(self._buckets) >= self._look_for_rested_from:
            for person in [one for one, bucket in self._buckets.items() if _left(bucket, now) >= AT_ONCE]:
                del self._buckets[person]
            self._look_for_rested_from = 1_000 + 2 * len(self._buckets)


def _left(bucket: _Bucket, now: float) -> float:
    return min(AT_ONCE, bucket.left + max(0.0, now - bucket.at) * A_SECOND)
