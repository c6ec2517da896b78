"""Marks of many senders go into few transactions, and everybody hears what became of theirs."""

import asyncio
from typing import Any

import pytest

from jobs.marks import Marks
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
