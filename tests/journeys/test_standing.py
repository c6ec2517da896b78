"""Groups that take our rights away or close a topic: what waits comes when it may, and nothing is lost."""

from datetime import timedelta

import pytest

from storage.chats import get_chat
from storage.outbox import outbox_counts
from storage.pause import pause_sending, resume_sending
from tests.journeys.paper import AWARDS, FRIDAY, MONDAY
from tests.journeys.people import Person, meet, words
from tests.journeys.stage import Stage, until


async def boss_of(stage: Stage, **about: object) -> Person:
    """The administrator of a new supergroup that we are in."""
    boss = await stage.world.user(first_name="管理员")
    chat = await stage.world.chat(title="邻居", creator=boss, type="supergroup", **about)
    await stage.world.wait_messages(chat_id=chat)  # the greeting
    return Person(stage.world, boss, chat)


async def state(stage: Stage, chat_id: int) -> str:
    chat = await stage.database.read(get_chat, chat_id)
    return chat.state if chat else ""


async def held(stage: Stage) -> int:
    return (await stage.database.read(outbox_counts, stage.clock())).held


async def test_a_group_that_forbids_us_to_write_and_allows_it_again(stage: Stage) -> None:
    stage.publish(AWARDS[0], issued_on=FRIDAY)
    boss = await boss_of(stage)
    await boss.say("/subscribe")
    rights = {"can_send_messages": False}
    await stage.world.call("bot_member", chat_id=boss.chat, status="restricted", rights=rights, by=boss.id)

    async def forbidden() -> bool:
        return await state(stage, boss.chat) == "no_rights"

    await until(forbidden, "the chat is known to be closed to us")
    before = len(await boss.heard())
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 0
    assert await held(stage) == 1

    rights = {"can_send_messages": True}
    await stage.world.call("bot_member", chat_id=boss.chat, status="restricted", rights=rights, by=boss.id)

    async def allowed() -> bool:
        return await state(stage, boss.chat) == "active"

    await until(allowed, "the chat is active again")
    assert (await stage.deliver()).sent == 1
    assert len(await boss.heard()) == before + 1, "and no greeting: we have been here all the time"


@pytest.mark.own_fake  # others do not tell that a topic is opened
async def test_a_topic_that_is_closed_for_a_while(stage: Stage) -> None:
    stage.publish(AWARDS[0], issued_on=FRIDAY)
    boss = await boss_of(stage, is_forum=True)
    topic = await stage.world.topic(boss.chat, "周报")
    there = Person(stage.world, boss.id, boss.chat, topic)
    await there.say("/subscribe")
    await stage.world.call("topic_state", chat_id=boss.chat, thread_id=topic, closed=True)
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 0
    assert (await held(stage), await state(stage, boss.chat)) == (1, "active")

    await stage.world.call("topic_state", chat_id=boss.chat, thread_id=topic, closed=False)

    async def opened() -> bool:
        return await held(stage) == 0

    await until(opened, "the topic is known to be open")
    assert (await stage.deliver()).sent == 1
    assert "一周" in words((await there.heard())[-1])


async def test_while_the_operator_pauses_commands_are_answered_and_digests_wait(stage: Stage) -> None:
    stage.publish(AWARDS[0], issued_on=FRIDAY)
    ann = await meet(stage.world)
    await ann.say("/subscribe")
    await stage.database.run(pause_sending, "一期读错了", stage.clock())
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 0
    assert await ann.say("/awards")
    stage.clock.now += timedelta(hours=3)
    await stage.database.run(resume_sending)
    assert (await stage.deliver()).sent == 1
