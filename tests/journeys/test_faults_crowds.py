"""Too much at once: a person who floods, and many fingers on one button. Nobody else notices."""

import asyncio
from dataclasses import dataclass

import pytest

from handlers.doorkeeper import Doorkeeper
from handlers.manners import AT_ONCE
from messages.callbacks import Run, Subscribe
from tests.fakebot.world import Json
from tests.journeys.paper import FAIR, FRIDAY, MEETING, MONDAY
from tests.journeys.people import Person, button, meet, words
from tests.journeys.stage import Stage

FLOOD = 300  # commands: three seconds of a hundred each
FINGERS = 200
MANY = int(AT_ONCE)


@dataclass
class Seconds:
    """The clock by which the bot judges haste."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(stage: Stage) -> Seconds:
    made = Seconds()
    watch(stage, made)
    return made


def watch(stage: Stage, seconds: Seconds) -> None:
    door = stage.bot.update_processor.door  # type: ignore[attr-defined]
    assert isinstance(door, Doorkeeper)
    door.manners.monotonic = seconds


@pytest.mark.own_fake  # at the real pace twenty answers take longer than one waits here
async def test_who_floods_is_told_once_and_nobody_else_waits(stage: Stage, seconds: Seconds) -> None:
    ann, ben = await meet(stage.world), await meet(stage.world)
    stage.publish(MEETING, issued_on=FRIDAY)
    await ben.say("/subscribe")
    stage.clock.to(MONDAY, 9)

    async def flood() -> None:
        for _ in range(FLOOD):
            await ann.mutter("/recent")

    async def live() -> None:
        for _ in range(3):
            assert words(await ben.say("/start"))
        assert (await stage.send_digests()).sent == 1

    await asyncio.gather(flood(), live())
    await stage.world.wait_messages(chat_id=ann.chat, count=MANY + 1)
    heard = [words(record) for record in await ann.heard()]
    assert len(heard) == MANY + 1
    assert sum("慢一点" in text for text in heard) == 1
    assert any("一周 ·" in words(record) for record in await ben.heard())

    seconds.now += AT_ONCE
    assert "月度工作点评会" in words(await ann.say("/recent")), "rested, they are answered again"
    assert len(await ann.heard()) == MANY + 2


async def test_an_operator_is_slowed_too_and_in_english_where_that_is_spoken(
    stage: Stage, seconds: Seconds
) -> None:
    boss = await meet(stage.world, id=stage.operator, language_code="en")
    await boss.say("/help")
    for _ in range(MANY + 10):
        await boss.mutter("/pairs")
    await stage.world.wait_messages(chat_id=boss.chat, contains="Slow down")
    assert len(await stage.world.messages(chat_id=boss.chat, contains="Slow down")) == 1


async def test_talk_that_is_not_for_us_counts_for_nothing(stage: Stage, seconds: Seconds) -> None:
    ann = await stage.world.user(first_name="小王", language_code="zh-hans")
    await stage.world.config(privacy=False)
    group = await stage.world.chat(type="supergroup", title="邻居", members=[ann])
    for _ in range(3 * MANY):
        await stage.world.text(ann, "今天天气真好", chat_id=group)
        await stage.world.text(ann, "/weather", chat_id=group)
    here = Person(stage.world, ann, group)
    assert "慢一点" not in words(await here.say("/recent"))


async def fingers(stage: Stage, people: list[int], message: Json, data: str) -> list[Json]:
    """All press the button at once; what each was answered."""
    # The first press is under way until its answer is out: all others come meanwhile.
    await stage.world.fault(method="sendMessage", kind="slow", delay=1.0, times=1)
    where = {"message_id": message["message_id"], "chat_id": message["chat_id"], "data": data}
    queries = [await stage.world.call("press", user_id=person, **where) for person in people]
    await stage.poll()
    done = [await stage.world.call("callback", query_id=query) for query in queries]
    assert all(one["answer"] is not None for one in done)
    return done


async def deaf(stage: Stage) -> None:
    """Stop asking for updates: what is done meanwhile comes all at once."""
    updater = stage.bot.updater
    assert updater is not None
    await updater.stop()


async def test_two_hundred_presses_by_one_person_are_one_effect_and_one_message(
    stage: Stage, seconds: Seconds
) -> None:
    ann = await meet(stage.world)
    hello = await ann.say("/start")
    await deaf(stage)
    data = button(hello, Subscribe)["callback_data"]
    await fingers(stage, [ann.chat] * FINGERS, hello, data)
    seconds.now += AT_ONCE
    assert words(await ann.say("/help"))
    heard = [words(record) for record in await ann.heard()]
    assert len(heard) == 3, heard
    assert "已订阅" in heard[1]
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 1


async def test_two_hundred_people_on_one_button_get_one_message(stage: Stage, seconds: Seconds) -> None:
    stage.publish(FAIR, issued_on=FRIDAY)
    people: list[int] = await stage.world.call("users", count=FINGERS)
    group = await stage.world.chat(type="supergroup", title="邻居", members=people)
    (hello,) = await stage.world.wait_messages(chat_id=group)
    await deaf(stage)
    await fingers(stage, people, hello, button(hello, Run)["callback_data"])
    answered = Person(stage.world, people[0], group)
    assert words(await answered.say("/help"))
    assert len(await answered.heard()) == 3, "the greeting, what the button asked for, and this"
