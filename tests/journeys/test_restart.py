"""The program ends in the middle of things and begins again on the same database."""

import asyncio
from collections import Counter

from messages.callbacks import DigestRest, ListPage, OpenEvent
from storage.chats import touch_chat
from storage.outbox import outbox_counts
from storage.rhythm import Rhythm
from storage.subscriptions import subscribe
from tests.journeys.paper import AWARDS, FRIDAY, MEETING, MONDAY, NEXT_MONDAY
from tests.journeys.people import Person, meet, words
from tests.journeys.stage import Stage, until

READERS = 8


async def subscribers(stage: Stage) -> list[Person]:
    people = [await meet(stage.world) for _ in range(READERS)]
    for person in people:
        await person.say("/subscribe")
    return people


async def digests_of(person: Person) -> int:
    return sum("一周 ·" in words(record) for record in await person.heard())


async def test_a_stop_in_mid_digest_loses_nothing_and_doubles_nothing(stage: Stage) -> None:
    people = await subscribers(stage)
    stage.publish(MEETING, *AWARDS, issued_on=FRIDAY)
    stage.clock.to(MONDAY, 9)
    await stage.make_digests()
    asked = iter(range(1000))
    result = await stage.deliver(stopping=lambda: next(asked) > 4)
    assert 0 < result.sent < READERS
    await stage.stop()

    await stage.start()
    stage.clock.forward(minutes=5)
    assert (await stage.send_digests()).sent == READERS - result.sent
    assert [await digests_of(person) for person in people] == [1] * READERS


async def test_a_stop_between_making_and_sending_loses_nothing(stage: Stage) -> None:
    people = await subscribers(stage)
    stage.clock.to(MONDAY, 9)
    assert (await stage.make_digests()).made == READERS
    await stage.stop()
    await stage.start()
    assert (await stage.make_digests()).made == 0
    assert (await stage.deliver()).sent == READERS
    assert [await digests_of(person) for person in people] == [1] * READERS


async def test_a_crash_loses_nothing_and_repeats_at_most_what_was_cut_off(stage: Stage) -> None:
    people = await subscribers(stage)
    stage.clock.to(MONDAY, 9)
    await stage.make_digests()
    # The third message arrives, but its answer does not come before the program dies.
    await stage.world.fault(method="sendMessage", sequence=["ok", "ok", "slow"], delay=30)
    delivering = asyncio.create_task(stage.deliver())

    async def all_but_one() -> bool:
        return (await stage.database.read(outbox_counts, stage.clock())).sent == READERS - 1

    await until(all_but_one, "all but the one without an answer are marked as sent")
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)
    await stage.stop()

    await stage.start()
    assert (await stage.deliver()).sent == 0, "another sender may still be at it"
    stage.clock.forward(minutes=3)
    assert (await stage.deliver()).sent == 1
    assert Counter([await digests_of(person) for person in people]) == {1: READERS - 1, 2: 1}


async def test_a_digest_missed_while_it_was_off_comes_once_and_says_so(stage: Stage) -> None:
    ann = await meet(stage.world)
    await ann.say("/subscribe")
    stage.publish(MEETING, issued_on=FRIDAY)
    await stage.stop()
    stage.clock.to(MONDAY, 13)
    await stage.start()
    assert (await stage.make_digests()).late == 1
    await stage.deliver()
    digest = (await ann.heard())[-1]
    assert "补发" in words(digest)
    assert "4月15日" in words(digest)
    stage.clock.forward(hours=1)
    assert not await stage.send_digests()
    stage.clock.to(NEXT_MONDAY, 9)
    await stage.send_digests()
    assert "补发" not in words((await ann.heard())[-1])
    assert await digests_of(ann) == 2


async def test_the_jobs_begin_with_the_program(stage: Stage) -> None:
    ann = await meet(stage.world)
    await ann.say("/subscribe")
    await stage.stop()
    stage.clock.to(MONDAY, 9)
    await stage.start(jobs=True)
    (digest,) = (await stage.world.wait_messages(chat_id=ann.chat, count=2))[1:]
    assert "一周" in words(digest)


async def test_a_hundred_readers_get_theirs_within_the_limits(stage: Stage) -> None:
    people = await stage.world.call("users", count=100)
    with stage.database.session() as session:
        for person in people:
            touch_chat(session, id=person, kind="private", title="", language_code="zh", now=stage.clock())
            rhythm = Rhythm(weekday=0, hour=9, minute=0, zone="Asia/Shanghai")
            subscribe(session, chat_id=person, topic_id=None, defaults=rhythm, now=stage.clock())
    stage.clock.to(MONDAY, 9)
    made = await stage.make_digests()
    assert (made.made, made.rendered) == (100, 1)
    assert (await stage.deliver()).sent == 100
    assert sorted(record["chat_id"] for record in await stage.world.messages(direction="out")) == people


async def test_buttons_under_old_messages_work_after_a_restart(stage: Stage) -> None:
    stage.publish(MEETING, *AWARDS, issued_on=FRIDAY)
    ann = await meet(stage.world)
    await ann.say("/subscribe")
    page = await ann.say("/awards")
    stage.clock.to(MONDAY, 9)
    await stage.send_digests()
    digest = (await ann.heard())[-1]
    await stage.stop()
    await stage.start()
    page = await ann.turn(page, ListPage, offset=10)
    card = await ann.turn(page, OpenEvent)
    assert "样板奖" in words(card)
    rest = await ann.open(digest, DigestRest)
    assert "12" in words(rest)


async def test_what_was_asked_while_it_was_off_is_answered(stage: Stage) -> None:
    ann = await meet(stage.world)
    await ann.say("/start")
    await stage.stop()
    await ann.mutter("/help")
    await ann.mutter("/privacy")
    await stage.start()
    await stage.world.wait_messages(chat_id=ann.chat, count=3)
    told = await stage.world.stats()
    assert told["updates"]["made"] == 3
