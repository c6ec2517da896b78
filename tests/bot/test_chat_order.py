"""Updates of one chat keep their order, those of different chats do not wait for each other."""

import asyncio
from collections.abc import Awaitable

from telegram import Update

from bot.chat_order import ChatOrder


def update(chat_id: int) -> Update:
    chat = {"id": chat_id, "type": "private"}
    return Update.de_json({"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": chat}}, None)


async def test_a_second_update_of_a_chat_waits_for_the_first_and_other_chats_do_not() -> None:
    told: list[str] = []
    gate = asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        told.append("first")

    async def quick(name: str) -> None:
        told.append(name)
        if name == "elsewhere":
            gate.set()

    order = ChatOrder(8)
    await asyncio.wait_for(
        asyncio.gather(
            order.process_update(update(1), slow()),
            order.process_update(update(1), quick("second")),
            order.process_update(update(2), quick("elsewhere")),
        ),
        timeout=5,
    )
    assert told == ["elsewhere", "first", "second"]


async def test_an_error_lets_the_next_one_go() -> None:
    async def fails() -> None:
        raise RuntimeError("no")

    async def works() -> None:
        told.append("works")

    told: list[str] = []
    order = ChatOrder(2)
    results = await asyncio.gather(
        order.process_update(update(1), fails()),
        order.process_update(update(1), works()),
        return_exceptions=True,
    )
    assert isinstance(results[0], RuntimeError)
    assert told == ["works"]


async def test_nothing_is_kept_of_chats_that_are_quiet() -> None:
    async def nothing() -> None:
        pass

    order = ChatOrder(2)
    for chat_id in range(1, 50):
        await order.process_update(update(chat_id), nothing())
    await order.process_update("not an update", nothing())
    assert len(order._locks) == 0


async def test_a_long_line_in_one_chat_takes_no_place_from_the_others() -> None:
    gate = asyncio.Event()

    async def waits() -> None:
        await gate.wait()

    async def opens() -> None:
        gate.set()

    order = ChatOrder(2)
    crowd = [order.process_update(update(1), waits()) for _ in range(200)]
    await asyncio.wait_for(asyncio.gather(*crowd, order.process_update(update(2), opens())), timeout=5)


async def test_no_more_are_handled_at_once_than_may_be() -> None:
    now, most = 0, 0

    async def counts() -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1

    order = ChatOrder(3)
    await asyncio.gather(*(order.process_update(update(chat), counts()) for chat in range(1, 30)))
    assert most == 3


class Door:
    """Lets in only what comes from chats with an even number."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def turn_away(self, update: Update) -> Awaitable[None] | None:
        chat = update.effective_chat
        return None if chat is not None and chat.id % 2 == 0 else self._refuse()

    def over(self, update: Update) -> None:
        self.told.append("over")

    async def _refuse(self) -> None:
        self.told.append("refused")


async def test_what_is_turned_away_at_the_door_does_not_wait_and_is_not_handled() -> None:
    async def handled() -> None:
        door.told.append("handled")
        await gate.wait()

    async def fails() -> None:
        raise RuntimeError("no")

    gate = asyncio.Event()
    order = ChatOrder(1)
    door = order.door = Door()
    waiting = asyncio.ensure_future(order.process_update(update(2), handled()))
    await asyncio.sleep(0)
    await order.process_update(update(1), handled())
    assert door.told == ["handled", "refused"]
    gate.set()
    await waiting
    results = await asyncio.gather(order.process_update(update(2), fails()), return_exceptions=True)
    assert isinstance(results[0], RuntimeError)
    assert door.told == ["handled", "refused", "over", "over"]
