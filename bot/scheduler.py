"""The clock: a handful of fixed jobs. Who is due stands in our tables, never in the scheduler."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.collecting import collected_sources, collecting_of, names_of
from bot.logs import redact
from bot.settings import Settings
from bot.vitals import Vitals
from jobs.clocks import right_clocks
from jobs.collect import collect_due
from jobs.deliver import SendsMessages, deliver
from jobs.digest import make_digests
from jobs.pairs import ask_about_pairs
from jobs.tidy import tidy
from jobs.watch import Watch
from jobs.workers import worker_name
from parsing.district import District
from storage.database import Database, DatabaseError

logger = logging.getLogger(__name__)

DIGEST_EVERY = 60  # seconds
DELIVER_EVERY = 3
CLAIM = 30  # deliveries at a time at least: what one process holds, no other can send meanwhile
LEAD_EVERY = 2  # how soon another process takes over
PAIRS_EVERY = 900
WATCH_EVERY = 60
CLOCKS_EVERY = 120  # how soon a clock that was set is noticed
COLLECT_EVERY = 60  # how often it is asked which sources are due
LAST_WORDS = 10.0  # seconds that a stop waits for what is being sent


class HasBot(Protocol):
    """What the scheduler needs of an application."""

    @property
    def bot(self) -> Any:
        """The Telegram bot."""


class Housed(Protocol):
    """What the jobs work on."""

    @property
    def settings(self) -> Settings: ...
    @property
    def database(self) -> Database: ...
    @property
    def district(self) -> District: ...
    @property
    def clock(self) -> Callable[[], datetime]: ...


class Ticker:
    """One job as the scheduler calls it: never twice at once, and an error is logged, not raised.

    A long run (a broadcast of minutes) makes later ticks pass by without a word.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], Awaitable[object]],
        on_success: Callable[[str], None] = lambda _: None,
        on_failure: Callable[[str, Exception], None] = lambda _, __: None,
    ) -> None:
        self.name = name
        self._on_success, self._on_failure = on_success, on_failure
        self._step = step
        self._task: asyncio.Task[None] | None = None

    async def tick(self) -> None:
        """Begin a run unless one is under way."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run(), name=f"job {self.name}")

    async def finish(self, seconds: float) -> None:
        """Wait for the run under way; cut it off after `seconds`."""
        if self._task is not None:
            _, late = await asyncio.wait([self._task], timeout=seconds)
            for task in late:
                logger.warning("job %s is cut off", self.name)
                task.cancel()
            if late:
                await asyncio.wait(late)

    async def _run(self) -> None:
        try:
            done = await self._step()
        except DatabaseError as error:  # explains itself, and comes every few seconds while it lasts
            logger.error("job %s has failed; it runs again at its next time: %s", self.name, error)  # noqa: TRY400
            self._on_failure(self.name, error)
        except Exception as error:
            logger.exception("job %s has failed; it runs again at its next time", self.name)
            self._on_failure(self.name, error)
        else:
            self._on_success(self.name)
            if done:
                logger.info("job %s: %s", self.name, done)


class JobScheduler(AsyncIOScheduler):  # type: ignore[misc]  # APScheduler 3 has no types
    """The scheduler with its jobs; `stop` ends it between two messages."""

    def __init__(self, application: HasBot, house: Housed, vitals: Vitals | None = None) -> None:
        zone = ZoneInfo(house.settings.zone)
        super().__init__(timezone=zone)
        self._stopping = False
        self._lead = house.database.lead()
        worker = worker_name()
        vitals = vitals or Vitals(house.clock)

        async def lead() -> None:
            led, vitals.leads = vitals.leads, await asyncio.to_thread(self._lead.hold)
            if vitals.leads is not led:
                logger.info(
                    "this process makes the digests %s", "from now on" if vitals.leads else "no longer"
                )
            if vitals.leads and not led:
                await self.tickers["digest"].tick()

        def once(step: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
            """A step that one process does for all of them."""

            async def led() -> object:
                return await step() if vitals.leads else None

            return led

        async def make_and_send() -> object:
            made = await make_digests(house.database, district=house.district, now=house.clock())
            if made:
                await self.tickers["deliver"].tick()
            return made

        def send() -> Awaitable[object]:
            bot: SendsMessages = application.bot
            return deliver(
                house.database,
                bot,
                clock=house.clock,
                worker=worker,
                limit=max(CLAIM, house.settings.rate),  # a second of work
                in_flight=house.settings.in_flight,
                cut_off=house.settings.cut_off,
                stopping=lambda: self._stopping,
            )

        def clean() -> Awaitable[object]:
            return tidy(house.database, now=house.clock())

        def right() -> Awaitable[object]:
            return right_clocks(house.database, now=house.clock())

        def ask() -> Awaitable[object]:
            return ask_about_pairs(
                house.database, operators=settings.admins, zone=settings.zone, now=house.clock()
            )

        settings = house.settings
        watch = Watch(house.database, operators=settings.admins, zone=settings.zone, redact=redact)

        def look() -> Awaitable[object]:
            failing = list(vitals.failing.values()) if vitals.leads else None
            return watch.look(now=house.clock(), failing=failing, faults=list(vitals.faults.values()))

        steps: dict[str, Callable[[], Awaitable[object]]] = {
            "lead": lead,
            "digest": once(make_and_send),
            "deliver": send,
            "tidy": once(clean),
            "pairs": once(ask),
            "watch": look,
            "clocks": once(right),
        }
        if house.settings.collect:
            steps["collect"] = once(self._collecting(house))
        vitals.jobs.update(dict.fromkeys(steps))
        self.tickers = {
            name: Ticker(name, step, vitals.worked, vitals.stumbled) for name, step in steps.items()
        }
        now = datetime.now(UTC)  # the scheduler's own clock: its jobs are for a running process only
        # Taking the lead makes what is due: what was missed while the bot was off goes out on start.
        self._fix("lead", IntervalTrigger(seconds=LEAD_EVERY, timezone=zone), grace=2, next_run_time=now)
        self._fix("digest", IntervalTrigger(seconds=DIGEST_EVERY, timezone=zone), grace=30)
        self._fix(
            "deliver", IntervalTrigger(seconds=DELIVER_EVERY, timezone=zone), grace=3, next_run_time=now
        )
        if "collect" in steps:
            self._fix("collect", IntervalTrigger(seconds=COLLECT_EVERY, timezone=zone), grace=30)
        self._fix("clocks", IntervalTrigger(seconds=CLOCKS_EVERY, timezone=zone), grace=60)
        self._fix("pairs", IntervalTrigger(seconds=PAIRS_EVERY, timezone=zone), grace=300)
        self._fix("watch", IntervalTrigger(seconds=WATCH_EVERY, timezone=zone), grace=30)
        self._fix("tidy", CronTrigger(hour=4, minute=10, timezone=zone), grace=6 * 3600)

    def _collecting(self, house: Housed) -> Callable[[], Awaitable[object]]:
        """A step that looks at the sources that are due, on threads: their sites take their time."""
        sources = collected_sources(house.settings)
        work = collecting_of(
            house.settings, house.database, clock=house.clock, stopping=lambda: self._stopping
        )
        logger.info("collecting from %s", names_of(sources))

        async def collect() -> object:
            return await asyncio.to_thread(collect_due, work, sources)

        return collect

    def _fix(self, name: str, trigger: object, *, grace: int, **options: object) -> None:
        self.add_job(
            self.tickers[name].tick,
            trigger,
            id=name,
            misfire_grace_time=grace,
            coalesce=True,
            max_instances=1,
            **options,
        )

    async def stop(self) -> None:
        """Begin nothing new, let what is being sent end, then stop."""
        self._stopping = True
        if self.running:
            self.shutdown(wait=False)
        await asyncio.gather(*(ticker.finish(LAST_WORDS) for ticker in self.tickers.values()))
        await asyncio.to_thread(self._lead.release)


def start_jobs(application: HasBot, house: Housed, vitals: Vitals | None = None) -> JobScheduler:
    """Start the jobs in the running event loop. End them with `await scheduler.stop()`."""
    scheduler = JobScheduler(application, house, vitals)
    scheduler.start()
    return scheduler
