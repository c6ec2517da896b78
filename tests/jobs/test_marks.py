"""Marks of many senders go into few transactions, and everybody hears what became of theirs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from jobs.marks import LONGEST_PAUSE, Marks, PutBack
from storage.database import Database
from storage.errors import LockedDatabase
from storage.outbox import claim
from tests.jobs.support import MONDAY, follower, queue, rows


@pytest.fixture
def taken(database: Database) -> list[int]:
    with database.session() as session:
        for chat_id in range(1, 21):
            queue(session, follower(session, chat_id), "一")
        return [delivery.id for delivery in claim(session, MONDAY, worker="w")]


def counted(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The transactions from now on."""
    run, calls = database.run, []

    async def counting(fn: Any, *args: Any, **kwargs: Any) -> Any:
        calls.append(fn)
        return await run(fn, *args, **kwargs)

    monkeypatch.setattr(database, "run", counting)
    return calls


async def test_many_that_begin_at_once_are_one_transaction(
    database: Database, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted(database, monkeypatch)
    marks = Marks(database, worker="w", clock=lambda: MONDAY)
    assert await asyncio.gather(*map(marks.begin, [*taken, 404])) == [True] * 20 + [False]
    await asyncio.gather(*(marks.sent(delivery, 100 + delivery) for delivery in taken))
    assert len(calls) <= 4
    assert [(row.state, row.begun_at, row.message_id) for row in rows(database)] == [
        ("sent", MONDAY, 100 + delivery) for delivery in taken
    ]


async def test_one_that_is_cut_off_leaves_the_others_their_answer(
    database: Database, taken: list[int]
) -> None:
    marks = Marks(database, worker="w", clock=lambda: MONDAY)
    first, second = (asyncio.ensure_future(marks.begin(delivery)) for delivery in taken[:2])
    await asyncio.sleep(0)
    first.cancel()
    assert await second
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_an_error_reaches_everyone_it_concerns_and_nobody_after(
    database: Database, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = database.run

    async def locked(*_: Any) -> None:
        raise LockedDatabase("in use")

    marks = Marks(database, worker="w", clock=lambda: MONDAY)
    monkeypatch.setattr(database, "run", locked)
    outcomes = await asyncio.gather(*map(marks.begin, taken), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {LockedDatabase}
    monkeypatch.setattr(database, "run", run)
    assert await marks.begin(taken[0])


def failing(
    database: Database, monkeypatch: pytest.MonkeyPatch, times: int
) -> Callable[[float], Awaitable[None]]:
    """Let the next transactions fail; returns a sleep that takes no time, and keeps what it was asked for."""
    run, left = database.run, [times]

    async def locked(fn: Any, *args: Any, **kwargs: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise LockedDatabase("in use")
        return await run(fn, *args, **kwargs)

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    slept: list[float] = []
    monkeypatch.setattr(database, "run", locked)
    sleep.slept = slept  # type: ignore[attr-defined]
    return sleep


async def test_what_is_sent_is_kept_until_it_is_written(
    database: Database, taken: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    marks = Marks(database, worker="w", clock=lambda: MONDAY, sleep=failing(database, monkeypatch, 0))
    await asyncio.gather(*map(marks.begin, taken))
    sleep = failing(database, monkeypatch, 9)
    marks = Marks(database, worker="w", clock=lambda: MONDAY, sleep=sleep)
    with caplog.at_level(logging.INFO):
        await asyncio.gather(
            *(marks.sent(delivery, 7) for delivery in taken[:10]),
            marks.put_back(PutBack(taken[10], MONDAY, "not begun")),
        )
    told = [(row.state, row.worker) for row in rows(database)]
    assert told == [("sent", None)] * 10 + [("pending", None)] + [("pending", "w")] * 9
    assert sum(sleep.slept) == 1 + 2 + 4 + 8 + 16 + 4 * LONGEST_PAUSE  # type: ignore[attr-defined]
    said = [record.levelname for record in caplog.records if record.name == "jobs.marks"]
    assert said == ["ERROR", "INFO"], "once that it fails, once that it works"


async def test_nothing_begins_while_something_is_kept(
    database: Database, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    calm, again = asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        calm.set()
        await again.wait()

    failing(database, monkeypatch, 1)
    marks = Marks(database, worker="w", clock=lambda: MONDAY, sleep=sleep)
    kept = asyncio.ensure_future(marks.sent(taken[0], 7))
    early = asyncio.ensure_future(marks.begin(taken[1]))
    await calm.wait()
    with pytest.raises(LockedDatabase):
        await early
    with pytest.raises(LockedDatabase):
        await marks.begin(taken[2])
    more = asyncio.ensure_future(marks.sent(taken[3], 8))
    again.set()
    await asyncio.gather(kept, more)
    assert await marks.begin(taken[1])
    assert [row.message_id for row in rows(database)[:4]] == [7, None, None, 8]


async def test_a_stop_gives_up_what_is_kept_and_says_what_may_come_twice(
    database: Database, taken: list[int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stops = [False]

    async def sleep(_: float) -> None:
        stops[0] = True

    failing(database, monkeypatch, 100)
    marks = Marks(database, worker="w", clock=lambda: MONDAY, stopping=lambda: stops[0], sleep=sleep)
    outcomes = await asyncio.gather(
        *(marks.sent(delivery, 7) for delivery in taken[:2]), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {LockedDatabase}
    assert f"may come twice: deliveries {taken[:2]}" in caplog.records[-1].getMessage()
