"""Operators hear from the bot itself that it is in trouble: once, and once more when it is over."""

import pytest

from jobs.watch import WELL, Watch
from messages import replies
from storage.chats import touch_chat
from storage.rhythm import Rhythm
from storage.subscriptions import subscribe
from tests.journeys.handing import Operator
from tests.journeys.paper import MONDAY
from tests.journeys.people import meet, words
from tests.journeys.stage import BEIJING, Stage

READERS = 12


@pytest.fixture
def watch(stage: Stage) -> Watch:
    return Watch(stage.database, operators=(stage.operator, stage.colleague), zone=str(BEIJING))


async def look(stage: Stage, watch: Watch, minutes: int) -> None:
    """The job, as the scheduler runs it, for so many minutes; what it tells is sent."""
    for _ in range(minutes):
        stage.clock.forward(minutes=1)
        vitals = stage.vitals
        await watch.look(now=stage.clock(), failing=(), faults=list(vitals.faults.values()))
        await stage.deliver()


async def test_a_telegram_that_fails_is_told_once_and_that_it_is_over(
    stage: Stage, ann: Operator, watch: Watch
) -> None:
    await ann.say("/start")
    people = await stage.world.call("users", count=READERS)
    with stage.database.session() as session:
        for person in people:
            touch_chat(session, id=person, kind="private", title="", language_code="zh", now=stage.clock())
            rhythm = Rhythm(weekday=0, hour=9, minute=0, zone=str(BEIJING))
            subscribe(session, chat_id=person, topic_id=None, defaults=rhythm, now=stage.clock())
    stage.clock.to(MONDAY, 9)
    for person in people:
        await stage.world.fault(method="sendMessage", kind="500", chat_id=person)
    await stage.send_digests()
    await look(stage, watch, 7)
    (note,) = (await ann.heard())[1:]
    assert "出问题了：消息发不出去" in words(note)
    assert "还有 12 条一再重试" in words(note)
    assert "Internal Server Error" in words(note)
    await stage.world.call("faults", clear=True)
    await look(stage, watch, 2)
    assert (
        len([one for one in await stage.world.messages(direction="out") if "一周" in words(one)]) == READERS
    )
    await look(stage, watch, WELL.seconds // 60)
    (over,) = (await ann.heard())[2:]
    assert "解决了：消息发不出去" in words(over)


async def test_an_answer_that_is_an_error_is_told_once_a_day(
    stage: Stage, ann: Operator, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("what was asked")

    stage.provoked_errors = True
    await ann.say("/start")
    bob = await meet(stage.world, id=4099)
    monkeypatch.setattr(replies, "privacy", broken)
    for _ in range(5):
        assert "E-" in words(await bob.say("/privacy"))
    await look(stage, watch, 3)
    (note,) = (await ann.heard())[1:]
    assert "回答时出错：KeyError@handlers.start.privacy" in words(note)
    assert "what was asked" not in words(note)
    await bob.say("/privacy")
    await look(stage, watch, 3)
    assert len(await ann.heard()) == 2
    stage.clock.forward(days=1)
    await bob.say("/privacy")
    await look(stage, watch, 1)
    assert len(await ann.heard()) == 3
