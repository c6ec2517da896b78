"""The stage of a journey: the real application beside a played Telegram, and a clock that stands still."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from telegram.error import TelegramError

from bot.application import Bot, build_application
from bot.limiter import StrictRateLimiter
from bot.polling import polling_request
from bot.settings import Settings
from bot.vitals import Vitals
from handlers.register import ALLOWED_UPDATES
from jobs.deliver import DeliverResult, deliver
from jobs.digest import DigestResult, make_digests
from jobs.pace import Limits
from parsing.district import load_district
from sources.fetching.pace import Pace as SitePace
from storage.database import Database
from storage.ingest import PageInfo, SourceInfo, store_reading
from tests.fakebot.world import World
from tests.support.readings import Happening, page_telling

BEIJING = ZoneInfo("Asia/Shanghai")
PAPER = "丰台报"
PATIENCE = 10.0  # seconds before a journey gives up waiting

# Telegram's limits with time fifty times as fast, the same on both sides: what keeps them here keeps them
# there, and a journey of a minute takes a second. Without a burst: stricter than the real server.
FASTER = 50.0
PACE = Limits(total_window=1.0 / FASTER, chat_window=1.0 / FASTER, group_window=60.0 / FASTER)
FLOOD = {
    "bot_rate": PACE.total,
    "bot_window": PACE.total_window,
    "chat_rate": FASTER,
    "chat_burst": 1,
    "group_max": PACE.group,
    "group_window": PACE.group_window,
}


@dataclass(slots=True)
class Clock:
    """The time as the bot sees it; it only moves when a journey says so."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def to(self, day: date, hour: int, minute: int = 0) -> None:
        """Move to a local time in Beijing."""
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING).astimezone(UTC)
        assert at >= self.now, "time does not run backwards"
        self.now = at

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(slots=True)
class Stage:
    """One bot with its database; `start` and `stop` it as often as the journey needs."""

    world: World
    clock: Clock
    database_url: str
    operator: int = 4001  # the Telegram id of who looks after this bot
    colleague: int = 4011  # and of another
    private_addresses: bool = True  # the sites of journeys lie on this machine
    provoked_429: int = 0  # set by journeys that make the server say no
    provoked_errors: bool = False
    _running: list["Running"] = field(default_factory=list)

    @property
    def bot(self) -> Bot:
        return self._running[-1].application

    @property
    def database(self) -> Database:
        return self._running[-1].database

    @property
    def vitals(self) -> Vitals:
        return self._running[-1].vitals

    async def start(self, *, polling: bool = True, jobs: bool = False) -> None:
        """Start as a program does: migrate, connect, poll; `jobs` starts the scheduler too."""
        given = {
            "token": self.world.token,
            "database_url": self.database_url,
            "bot_api_url": self.world.url,
            "admins": f"{self.operator}, {self.colleague}",
            "private_addresses": self.private_addresses,
        }
        settings = Settings.model_validate(given)
        database = Database(self.database_url)
        database.upgrade()
        vitals = Vitals(self.clock)
        application = build_application(
            settings,
            database,
            clock=self.clock,
            jobs=jobs,
            polling=polling_request(vitals),
            vitals=vitals,
        )
        await application.initialize()
        if application.post_init is not None:
            await application.post_init(application)
        await application.start()
        self._running.append(Running(application, database, vitals))
        if polling:
            await self.poll()

    async def poll(self) -> None:
        """Ask for updates from now on."""
        application = self.bot
        updater = application.updater
        assert updater is not None

        def tell(error: TelegramError) -> None:  # as `run_polling` does
            application.create_task(application.process_error(update=None, error=error))

        await updater.start_polling(
            poll_interval=0, timeout=5, allowed_updates=ALLOWED_UPDATES, error_callback=tell
        )

    async def stop(self) -> None:
        """Stop it in good order."""
        running = self._running.pop()
        application = running.application
        assert application.updater is not None
        if application.updater.running:
            await application.updater.stop()
        await application.stop()
        if application.post_stop is not None:
            await application.post_stop(application)
        await application.shutdown()
        if application.post_shutdown is not None:
            await application.post_shutdown(application)
        running.database.close()

    async def stop_all(self) -> None:
        while self._running:
            await self.stop()

    # -- the paper and the jobs ------------------------------------------------------

    def publish(self, *happenings: Happening, issued_on: date, number: str = "02") -> None:
        """A page of the paper is read and stored."""
        text, reading = page_telling(*happenings, issued_on=issued_on)
        page = PageInfo(f"{issued_on}-{number}.txt", number=number, url="https://paper.example.cn/a?b=1&c=2")
        with self.database.session() as session:
            store_reading(session, reading, text=text, source=SourceInfo(PAPER), page=page, now=self.clock())

    async def make_digests(self) -> DigestResult:
        return await make_digests(self.database, district=load_district("丰台区"), now=self.clock())

    async def deliver(self, stopping: Callable[[], bool] = lambda: False) -> DeliverResult:
        return await deliver(self.database, self.bot.bot, clock=self.clock, stopping=stopping)

    async def send_digests(self) -> DeliverResult:
        """Both jobs, as the scheduler would run them now."""
        await self.make_digests()
        return await self.deliver()


@dataclass(frozen=True, slots=True)
class Running:
    application: Bot
    database: Database
    vitals: Vitals


def at_speed(patch: pytest.MonkeyPatch) -> None:
    """Let the application keep the faster pace, with Telegram and with sites."""
    patch.setattr("bot.application.StrictRateLimiter", lambda _, **heard: StrictRateLimiter(PACE, **heard))
    patch.setattr("bot.reading.Pace", lambda: SitePace(gap=0, jitter=0))


def database_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'quwen.db'}"


async def until(test: Callable[[], Awaitable[object]], what: str) -> None:
    """Wait until `test` is true; fails with `what` when it never is."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await test():  # noqa: ASYNC110 - the database tells nobody of its changes
                await asyncio.sleep(0.005)
    except TimeoutError:
        pytest.fail(f"waited {PATIENCE} s in vain for this: {what}")
