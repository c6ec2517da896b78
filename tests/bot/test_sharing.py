"""A process keeps to its part of the pace, and stops sending when nobody can hear it."""

import asyncio
from datetime import timedelta

import pytest

from bot.limiter import StrictRateLimiter
from bot.sharing import Sharing
from jobs.pace import Limits, Pace, Ticket
from storage import processes
from storage.database import Database, LockedDatabase


def test_a_part_of_the_pace() -> None:
    pace = Pace(Limits(total=10))
    pace.take_part(0)
    tickets = [pace.join(chat, bulk=True) for chat in range(4)]
    assert pace.release(0.0) == []
    assert pace.wake_at(0.0) is None
    pace.take_part(2)
    gone: list[Ticket] = []
    now = 0.0
    while len(gone) < 2:
        gone += pace.release(now)
        now += 0.05
    assert gone == tickets[:2]
    assert pace.release(now + 5) == []  # both are out, and no answer has come
    for ticket in gone:
        pace.answered(ticket, now + 5)
    assert pace.release(now + 5.5) == []
    assert pace.release(now + 6) == tickets[2:3]


async def test_one_alone_sends_at_once(sqlite_database: Database) -> None:
    limiter = StrictRateLimiter()
    sharing = Sharing(sqlite_database, limiter, name="a", role="run")
    await sharing.begin()
    with sqlite_database.session(write=False) as session:
        assert [one.share for one in processes.processes(session)] == [limiter.total]
    await sharing.end()
    await sharing.end()


async def test_a_sign_of_life_that_may_still_arrive_stops_sending_at_once(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[int] = []

    class Limiter(StrictRateLimiter):
        def take_part(self, share: int) -> None:
            parts.append(share)

    sharing = Sharing(sqlite_database, Limiter(), name="a", role="run")
    monkeypatch.setattr(processes, "BEAT", timedelta(milliseconds=10))
    await sharing.begin()
    assert parts == [0, 30]

    async def slow(*_: object, **__: object) -> int:
        raise TimeoutError

    true_run = Database.run
    monkeypatch.setattr(Database, "run", slow)
    async with asyncio.timeout(5):
        while parts[-1]:  # noqa: ASYNC110 - what is waited for is a value
            await asyncio.sleep(0.005)
    monkeypatch.setattr(Database, "run", true_run)
    await sharing.end()


async def test_who_is_not_heard_stops_and_goes_on_when_it_is(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[int] = []

    class Limiter(StrictRateLimiter):
        def take_part(self, share: int) -> None:
            parts.append(share)

    async def until(share: int) -> None:
        async with asyncio.timeout(10):
            while parts[-1] != share:  # noqa: ASYNC110 - what is waited for is a value
                await asyncio.sleep(0.005)

    monkeypatch.setattr(processes, "BEAT", timedelta(milliseconds=10))
    monkeypatch.setattr(processes, "ALONE", timedelta(milliseconds=200))
    true_run = Database.run

    async def locked(*_: object, **__: object) -> int:
        raise LockedDatabase("somebody holds it")

    sharing = Sharing(sqlite_database, Limiter(), name="a", role="run")
    await sharing.begin()
    await until(30)
    monkeypatch.setattr(Database, "run", locked)
    await until(0)
    monkeypatch.setattr(Database, "run", true_run)
    await until(30)
    await sharing.end()
    assert parts[-1] == 0
