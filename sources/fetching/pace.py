"""How often a host is asked: one request at a time, with a pause behind each that is never the same."""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GAP = 2.0  # seconds between the end of one request and the next, at least
JITTER = 1.0  # seconds at most on top of it


class Pace:
    """Turns at hosts. Threads that ask one host wait for each other; `clock` and `sleep` count seconds."""

    def __init__(
        self,
        *,
        gap: float = GAP,
        jitter: float = JITTER,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        luck: Callable[[], float] = random.random,
    ) -> None:
        self._gap, self._jitter = gap, jitter
        self._clock, self._sleep, self._luck = clock, sleep, luck
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free_at: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, *, gap: float = 0.0) -> Iterator[None]:
        """A turn at a host, once it is free; `gap` is a longer pause that the host itself asks for."""
        with self._turns[host]:
            wait = self._free_at.get(host, 0.0) - self._clock()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                pause = max(self._gap, gap) + self._jitter * self._luck()
                self._free_at[host] = self._clock() + pause
