"""Signs of life of this process: what succeeded last and when, what went wrong, how the loop stalls."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from telegram.error import BadRequest, Conflict, RetryAfter, TelegramError

from bot.rivalry import Rivalry
from jobs.watch import Failing, Fault
from messages.trouble import TroubleKind

PULSE = 0.1  # seconds between two looks at the loop
MOST_FAULTS = 100  # by name; each has its place in the code, so more are hardly to be met
_OURS = ("bot", "handlers", "jobs", "messages", "storage", "sources", "parsing")
# Upper bounds, in seconds, by which stalls are counted.
STALLS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Hears(StrEnum):
    """How updates come to a process."""

    ANSWERS = "answers"  # it asks for them
    PUSHES = "pushes"  # to its webhook
    NOTHING = "nothing"  # it only sends


@dataclass(slots=True)
class Vitals:
    """Filled in by the parts of a serving process, read by its health and metrics pages."""

    clock: Callable[[], datetime]
    hears: Hears = Hears.ANSWERS
    leads: bool = False  # this process makes the digests
    updates_at: datetime | None = None  # of the last answer to getUpdates, or the last push
    updates: int = 0
    rivalry: Rivalry = field(default_factory=Rivalry)
    jobs: dict[str, datetime | None] = field(default_factory=dict)  # job: the end of its last good run
    failing: dict[str, Failing] = field(default_factory=dict)  # the jobs whose last run has failed
    failures: Counter[str] = field(default_factory=Counter)  # of jobs
    errors: Counter[str] = field(default_factory=Counter)  # of requests to Telegram, by kind
    faults: dict[str, Fault] = field(default_factory=dict)  # of answers, by name
    faulted: Counter[str] = field(default_factory=Counter)  # the same, how often
    stalls: Counter[float] = field(default_factory=Counter)  # by upper bound; infinity for longer ones
    stalled: float = 0.0  # seconds, all of them
    began_at: datetime | None = None
    _pulse: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to watch the running loop."""
        self.began_at = self.clock()
        self._pulse = asyncio.get_running_loop().create_task(self._watch(), name="vitals")

    async def end(self) -> None:
        """Stop watching."""
        pulse, self._pulse = self._pulse, None
        if pulse is not None:
            pulse.cancel()
            with suppress(asyncio.CancelledError):
                await pulse

    def heard(self, updates: int = 0) -> None:
        """Telegram answered a request for updates, or pushed some."""
        self.updates_at = self.clock()
        self.updates += updates
        self.rivalry.heard()

    def worked(self, job: str) -> None:
        """A job has run to its end."""
        self.jobs[job] = self.clock()
        self.failing.pop(job, None)

    def stumbled(self, job: str, error: Exception) -> None:
        """A run of a job has ended with an error."""
        now, before = self.clock(), self.failing.get(job)
        times, since = (before.times + 1, before.since) if before else (1, now)
        self.failing[job] = Failing(job, times, since, f"{type(error).__name__}: {error}")
        self.failures[job] += 1

    def broke(self, error: Exception) -> None:
        """Somebody could not be answered, or another bot asks with our token; what a network does is none."""
        if isinstance(error, TelegramError) and not isinstance(error, BadRequest | Conflict):
            return
        kind = TroubleKind.CONFLICT if isinstance(error, Conflict) else TroubleKind.ANSWER
        name = f"{type(error).__name__}@{_place_of(error)}"
        if name in self.faults or len(self.faults) < MOST_FAULTS:
            self.faults[name] = Fault(name, self.clock(), kind)
            self.faulted[name] += 1

    def failed(self, error: TelegramError) -> None:
        """A request to Telegram ended with an error; a 429 is one of kind RetryAfter."""
        self.errors[type(error).__name__] += 1

    @property
    def waits(self) -> int:
        """How often Telegram told us to wait (429)."""
        return self.errors[RetryAfter.__name__]

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            asked = loop.time()
            await asyncio.sleep(PULSE)
            late = max(0.0, loop.time() - asked - PULSE)
            self.stalled += late
            self.stalls[next((bound for bound in STALLS if late <= bound), float("inf"))] += 1


def _place_of(error: BaseException) -> str:
    """The function of ours that met an error last."""
    place, step = "-", error.__traceback__
    while step is not None:
        module = str(step.tb_frame.f_globals.get("__name__", ""))
        if module.split(".", maxsplit=1)[0] in _OURS:
            place = f"{module}.{step.tb_frame.f_code.co_qualname}"
        step = step.tb_next
    return place
