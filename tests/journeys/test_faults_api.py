"""A Bot API that fails in every way: each chat has its messages once and in order, whatever others have."""

import json
from collections.abc import AsyncIterator
from itertools import groupby
from typing import Any

import pytest

from storage.database import Database
from tests.fakebot.world import World
from tests.journeys.broadcast import PARTS, Broadcast, broadcast

pytestmark = pytest.mark.own_fake  # others cannot answer whatever they are told to
CHATS = 6
NOT_JSON = "<html>Please log in to the hotel's network</html>"
WRONG_SHAPES = ("[]", '"ok"', '{"ok": true}', '{"ok": true, "result": true}', '{"ok": true, "result": {}}')


@pytest.fixture
async def sending(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Broadcast]:
    """On SQLite, or where a test asks for it on each kind of database."""
    database = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_database")
    async with broadcast(world, database) as made:
        yield made


on_both = pytest.mark.parametrize("sending", ["sqlite", "postgres"], indirect=True)


async def strike(sending: Broadcast, **fault: Any) -> list[int]:
    """A broadcast into trouble; answers its chats."""
    chats = await sending.queue(CHATS)
    await sending.world.fault(method="sendMessage", **fault)
    await sending.send_all()
    return chats


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "500"},
        {"kind": "502"},
        {"kind": "html_502"},
        {"kind": "says", "body": NOT_JSON},
        {"kind": "says", "status": 503, "body": NOT_JSON},
        {"kind": "says", "status": 500, "body": "[]"},
        {"kind": "says", "status": 400, "body": NOT_JSON},
        {"kind": "says", "status": 401, "body": NOT_JSON},
        {"kind": "says", "status": 403, "body": NOT_JSON},
        {"kind": "says", "status": 404, "body": "{}"},
        {"kind": "closed"},
        {"kind": "reset_before"},
        *({"kind": "says", "body": body} for body in WRONG_SHAPES),
    ],
    ids=lambda fault: json.dumps(fault)[1:-1],
)
async def test_what_was_not_accepted_arrives_once_and_in_order(
    sending: Broadcast, fault: dict[str, Any]
) -> None:
    for chat in await strike(sending, **fault, times=CHATS + 2, skip=1):
        assert tuple(await sending.heard(chat)) == PARTS


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset_after"},
        {"kind": "says_after", "body": NOT_JSON},
        {"kind": "says_after", "status": 502, "body": NOT_JSON},
        {"kind": "says_after", "body": '{"ok": true, "result": true}'},
    ],
    ids=lambda fault: json.dumps(fault)[1:-1],
)
async def test_what_was_accepted_without_a_word_arrives_twice_at_most(
    sending: Broadcast, fault: dict[str, Any]
) -> None:
    doubles = 0
    for chat in await strike(sending, **fault, times=3, skip=4):
        heard = await sending.heard(chat)
        assert tuple(text for text, _ in groupby(heard)) == PARTS
        assert max(heard.count(text) for text in PARTS) <= 2
        doubles += len(heard) - len(PARTS)
    assert doubles <= 3


@pytest.mark.parametrize("kind", ["slow", "slow_before"])
async def test_an_answer_that_does_not_come_in_time_is_no_loss(
    world: World, sqlite_database: Database, kind: str
) -> None:
    async with broadcast(world, sqlite_database, patience=0.5) as sending:
        chats = await sending.queue(3)
        await world.fault(method="sendMessage", kind=kind, chat_id=chats[0], delay=30, times=1)
        assert (await sending.send()).sent == 4
        for chat in chats[1:]:
            assert tuple(await sending.heard(chat)) == PARTS, "others do not wait for it"
        await sending.send_all()
        heard = await sending.heard(chats[0])
        assert tuple(text for text, _ in groupby(heard)) == PARTS
        assert len(heard) <= len(PARTS) + (kind == "slow")


@on_both
@pytest.mark.parametrize("seconds", [1, 3 * 3600])
async def test_a_429_of_one_chat_holds_that_chat_alone(sending: Broadcast, seconds: int) -> None:
    held, *others = await sending.queue(CHATS)
    await sending.world.fault(method="sendMessage", kind="429", chat_id=held, times=1, retry_after=seconds)
    result = await sending.send()
    assert (result.sent, result.put_back) == (2 * len(others), 1)
    assert await sending.heard(held) == []
    for chat in others:
        assert tuple(await sending.heard(chat)) == PARTS
    sending.clock.forward(seconds=seconds - 1)
    assert not await sending.send(), "the time told is not over"
    assert len(await sending.world.calls(method="sendMessage", status=429)) == 1
    await after_the_wait(sending, seconds)
    assert tuple(await sending.heard(held)) == PARTS


async def after_the_wait(sending: Broadcast, seconds: int) -> None:
    """Both clocks are past what the 429 told: the frozen one of the outbox, and the loop's of the pace."""
    sending.clock.forward(seconds=1)
    pace = sending.bot.rate_limiter._pace  # type: ignore[union-attr]
    for slots in (pace._total, *pace._chats.values()):
        slots.held_until -= seconds
    await sending.send_all()


async def test_a_429_for_everything_stops_nobody_for_ever(sending: Broadcast) -> None:
    chats = await sending.queue(CHATS)
    await sending.world.fault(method="sendMessage", kind="429", times=CHATS, retry_after=3 * 3600)
    assert (await sending.send()).sent == 0
    sending.clock.forward(hours=2)
    assert not await sending.send()
    sending.clock.forward(hours=1)
    await after_the_wait(sending, 3 * 3600)
    for chat in chats:
        assert tuple(await sending.heard(chat)) == PARTS


@on_both
async def test_all_of_it_at_once(sending: Broadcast) -> None:
    before = ["500", "502", "html_502", "reset_before", "closed"]
    kinds = [*before, "reset_after", "ok", *before, "reset_after"]
    for chat in await strike(sending, sequence=["ok", *kinds] * 2):
        heard = await sending.heard(chat)
        assert tuple(text for text, _ in groupby(heard)) == PARTS
    assert not await sending.send()
