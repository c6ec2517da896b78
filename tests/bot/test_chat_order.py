"""Updates of one chat keep their order, those of different chats do not wait for each other."""

import asyncio

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
