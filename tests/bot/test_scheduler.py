"""The clock: fixed jobs, a pass at the start, and errors that stop nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from bot.scheduler import JobScheduler, Ticker, start_jobs
from bot.settings import Settings, SettingsError
from bot.vitals import Vitals
from parsing.district import District
from storage.chats import touch_chat
from storage.database import Database, LockedDatabase
from tests.bot.own_paper import own_paper
from tests.jobs.collecting.support import asked_articles, pages, stories
from tests.jobs.support import MONDAY, StubBot, fengtai, follower, rows
from tests.sources.paper import serve_issues
from tests.sources.site import Asked, Site


@dataclass
class House:
    settings: Settings
    database: Database
    district: District
    clock: Callable[[], datetime]


@pytest.fixture
def bot() -> StubBot:
    return StubBot()


@pytest.fixture
async def scheduler(database: Database, bot: StubBot) -> AsyncIterator[JobScheduler]:
    """Started an hour after a digest was due."""
    with database.session() as session:
        follower(session)
    house = House(Settings(zone="Asia/Tokyo"), database, fengtai(), lambda: MONDAY + timedelta(hours=2))
    scheduler = start_jobs(SimpleNamespace(bot=bot), house)
    yield scheduler
    await scheduler.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for is a row
            await asyncio.sleep(0.005)


async def test_a_digest_missed_while_the_bot_was_off_goes_out_on_start(
    scheduler: JobScheduler, bot: StubBot, database: Database
) -> None:
    await until(lambda: bool(bot.sent) and rows(database)[0].state == "sent")
    assert "补发" in bot.sent[0].text


@pytest.mark.parametrize(("rate", "claimed", "in_flight"), [(30, 30, 10), (5, 30, 10), (1000, 1000, 50)])
async def test_deliveries_are_claimed_and_sent_as_the_rate_needs(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, rate: int, claimed: int, in_flight: int
) -> None:
    told: dict[str, object] = {}

    async def deliver(*_: object, **options: object) -> None:
        told.update(options)

    monkeypatch.setattr("bot.scheduler.deliver", deliver)
    house = House(Settings(rate=rate), sqlite_database, fengtai(), lambda: MONDAY)
    scheduler = start_jobs(SimpleNamespace(bot=StubBot()), house)
    await until(lambda: bool(told))
    await scheduler.stop()
    assert (told["limit"], told["in_flight"]) == (claimed, in_flight)


async def test_jobs_are_fixed_in_number_grace_and_zone(scheduler: JobScheduler) -> None:
    jobs = {job.id: job for job in scheduler.get_jobs()}
    assert sorted(jobs) == ["clocks", "deliver", "digest", "lead", "pairs", "tidy", "watch"]
    for job in jobs.values():
        assert (job.coalesce, job.max_instances) == (True, 1)
        assert job.misfire_grace_time
        assert job.trigger.timezone == ZoneInfo("Asia/Tokyo")


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with own_paper(tmp_path, monkeypatch) as made:
        serve_issues(made, {MONDAY.date(): [stories(3, of="春光")]})
        yield made


def collecting(database: Database, bot: StubBot, *names: str) -> JobScheduler:
    house = House(Settings(collect=names), database, fengtai(), lambda: MONDAY)
    return JobScheduler(SimpleNamespace(bot=bot), house)


async def leading(scheduler: JobScheduler) -> JobScheduler:
    await scheduler.tickers["lead"].tick()
    await scheduler.tickers["lead"].finish(10)
    return scheduler


def test_sources_are_collected_from_only_if_that_is_set(
    sqlite_database: Database, bot: StubBot, paper: Site
) -> None:
    assert "collect" not in {job.id for job in collecting(sqlite_database, bot).get_jobs()}
    (job,) = (job for job in collecting(sqlite_database, bot, "hexi").get_jobs() if job.id == "collect")
    assert (job.coalesce, job.max_instances, job.trigger.interval) == (True, 1, timedelta(minutes=1))


def test_a_source_that_there_is_not_is_told_at_the_start(
    sqlite_database: Database, bot: StubBot, paper: Site
) -> None:
    with pytest.raises(SettingsError, match="no source 'hedong'"):
        collecting(sqlite_database, bot, "hexi", "hedong")


async def test_the_job_reads_what_is_due(database: Database, bot: StubBot, paper: Site) -> None:
    scheduler = await leading(collecting(database, bot, "hexi"))
    ticker = scheduler.tickers["collect"]
    for _ in range(2):
        await ticker.tick()
        await ticker.finish(30)
    assert len(pages(database)) == 3
    assert len(paper.paths()) == len(set(paper.paths()))  # the second time it was not due
    await scheduler.stop()


async def test_a_stop_ends_collecting_after_the_article_under_way(
    sqlite_database: Database, bot: StubBot, paper: Site
) -> None:
    asked, go = threading.Event(), threading.Event()

    def wait(request: Asked) -> None:
        if "content_" in request.path:
            asked.set()
            assert go.wait(10)

    paper.watch = wait
    scheduler = await leading(collecting(sqlite_database, bot, "hexi"))
    await scheduler.tickers["collect"].tick()
    assert await asyncio.to_thread(asked.wait, 10)
    stop = asyncio.create_task(scheduler.stop())
    await asyncio.sleep(0)  # until it has said that it stops
    go.set()
    await stop
    assert len(asked_articles(paper)) == 1
    assert pages(sqlite_database) == []
    paper.watch = lambda _: None
    another = await leading(collecting(sqlite_database, bot, "hexi"))
    ticker = another.tickers["collect"]
    await ticker.tick()
    await ticker.finish(30)
    await another.stop()
    assert len(pages(sqlite_database)) == len(asked_articles(paper)) == 3


async def test_one_of_two_processes_makes_the_digests_and_the_other_takes_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    async def make_digests(*_: object, **__: object) -> None:
        made.append("digests")

    monkeypatch.setattr("bot.scheduler.make_digests", make_digests)
    monkeypatch.setattr("bot.scheduler.LEAD_EVERY", 0.05)
    house = House(Settings(), database, fengtai(), lambda: MONDAY)
    vitals = Vitals(house.clock), Vitals(house.clock)
    one = start_jobs(SimpleNamespace(bot=StubBot()), house, vitals[0])
    await until(lambda: bool(made))
    other = start_jobs(SimpleNamespace(bot=StubBot()), house, vitals[1])
    await asyncio.sleep(0.3)
    assert (made, [each.leads for each in vitals]) == (["digests"], [True, False])
    await one.stop()
    await until(lambda: len(made) == 2)
    assert vitals[1].leads
    await other.stop()


async def test_after_the_stop_nothing_runs(scheduler: JobScheduler, bot: StubBot) -> None:
    await scheduler.stop()
    await scheduler.stop()
    assert not scheduler.running


async def test_a_job_that_fails_is_logged_and_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    calls = []

    async def step() -> None:
        calls.append(1)
        raise RuntimeError("broken step")

    ticker = Ticker("digest", step)
    for _ in range(2):
        await ticker.tick()
        await ticker.finish(5)
    assert len(calls) == 2
    assert [record.getMessage()[:21] for record in caplog.records] == ["job digest has failed"] * 2


async def test_a_job_that_keeps_failing_is_told_to_operators(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def make_digests(*_: object, **__: object) -> None:
        raise RuntimeError("broken step of 123456:AAbbCCdd-sesame_0123456789")

    monkeypatch.setattr("bot.scheduler.make_digests", make_digests)
    with database.session() as session:
        touch_chat(session, id=7, kind="private", title="", language_code="zh", now=MONDAY)
    moments = iter(range(10_000))
    house = House(
        Settings(admins=(7,)), database, fengtai(), lambda: MONDAY + next(moments) * timedelta(minutes=1)
    )
    bot = StubBot()
    scheduler = await leading(JobScheduler(SimpleNamespace(bot=bot), house))
    for name in ("digest", "watch") * 10:
        await scheduler.tickers[name].tick()
        await scheduler.tickers[name].finish(5)
    await scheduler.tickers["deliver"].tick()
    await scheduler.tickers["deliver"].finish(5)
    await scheduler.stop()
    (note,) = bot.sent
    assert "任务 digest 一直失败" in note.text
    assert "broken step" in note.text
    assert "sesame" not in note.text


async def test_a_tick_during_a_run_passes_by() -> None:
    gate = asyncio.Event()
    calls = []

    async def step() -> None:
        calls.append(1)
        await gate.wait()

    ticker = Ticker("deliver", step)
    for _ in range(3):
        await ticker.tick()
        await asyncio.sleep(0)
    gate.set()
    await ticker.finish(5)
    assert len(calls) == 1


async def test_a_run_that_does_not_end_is_cut_off() -> None:
    ticker = Ticker("deliver", asyncio.Event().wait)
    await ticker.tick()
    await ticker.finish(0)
    await ticker.finish(0)


async def test_trouble_of_the_database_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    async def locked() -> None:
        raise LockedDatabase("quwen.db is in use")

    ticker = Ticker("deliver", locked)
    await ticker.tick()
    await ticker.finish(5)
    (record,) = caplog.records
    assert "quwen.db is in use" in record.getMessage()
    assert record.exc_info is None
