"""What was read is stored on a tap, once, by those who may; nobody else can hand anything in."""

import asyncio
import threading
from datetime import date
from typing import Any

import pytest

from bot.reading import HandedInReader
from handlers import entry
from messages.callbacks import TakeIn
from parsing.model import Reading
from parsing.reader import read_page
from tests.journeys.handing import AWARD, MASTHEAD, MEETING, PAGE, POST, Operator, printed, stored
from tests.journeys.people import Person, buttons, meet, words
from tests.journeys.stage import PAPER, Stage, until

pytestmark = pytest.mark.usefixtures("no_notice")


async def test_twice_tapped_is_stored_once(stage: Stage, ann: Operator) -> None:
    found = await ann.send(PAGE.encode(), "2024-04-08_02.txt")
    taps = [ann.press(found, TakeIn, store=True) for _ in range(2)]
    assert sorted(answer.get("text", "") for answer in await asyncio.gather(*taps)) == [
        "",
        "这一份已经存过了，没有再存。",
    ]
    assert stored(stage) == (1, 2)
    again = await ann.send(PAGE.encode(), "2024-04-08_02.txt")
    assert "已经存过了" in words(again)
    assert stored(stage) == (1, 2)


async def test_what_is_known_is_told_before_it_is_stored(stage: Stage, ann: Operator) -> None:
    first = await ann.send("\n".join((MASTHEAD, *MEETING)).encode(), "page.txt")
    await ann.turn(first, TakeIn, store=True)
    second = await ann.send(PAGE.encode(), "other.txt")
    assert "新的 1，与已有的合并 1" in words(second)
    done = await ann.turn(second, TakeIn, store=True)
    assert "新增 1 件，与已有的合并 1 件" in words(done)
    assert stored(stage) == (2, 2)


async def test_not_to_be_stored_is_not_stored(stage: Stage, ann: Operator) -> None:
    found = await ann.send(PAGE.encode(), "page.txt")
    done = await ann.turn(found, TakeIn, store=False)
    assert "没有存" in words(done)
    assert buttons(done) == []
    data = buttons(found)[0]["callback_data"]
    toast = (await stage.world.press(ann.chat, found, data=data, force=True))["answer"]
    assert "已经放下" in toast["text"]
    assert stored(stage) == (0, 0)


async def test_it_waits_through_a_restart_and_is_stored_as_it_was_shown(stage: Stage, ann: Operator) -> None:
    found = await ann.send(printed(MASTHEAD, *MEETING, *AWARD), "page.pdf")
    await stage.stop()
    await stage.start()
    done = await ann.turn(found, TakeIn, store=True)
    assert "新增 2 件，与已有的合并 0 件" in words(done)
    assert f"《{PAPER}》4月8日" in words(done)


async def test_forgetting_takes_what_waits_along(stage: Stage, ann: Operator) -> None:
    found = await ann.send(PAGE.encode(), "page.txt")
    asked = await ann.say("/forgetme")
    await stage.world.press(ann.chat, asked, text="全部删除")
    toast = await ann.press(found, TakeIn, store=True)
    assert "已经不在了" in toast["text"]
    assert stored(stage) == (0, 0)


async def test_rights_are_looked_at_again_at_the_tap(stage: Stage, ann: Operator) -> None:
    found = await ann.send(PAGE.encode(), "page.txt")
    data = buttons(found)[0]["callback_data"]
    ben = await meet(stage.world)
    hello = await ben.say("/start")
    stranger = (await stage.world.press(ben.chat, hello, data=data, force=True))["answer"]
    assert "管理员" in stranger["text"]
    await stage.stop()
    stage.operator = 4002
    await stage.start()
    toast = await ann.press(found, TakeIn, store=True)
    assert "管理员" in toast["text"]
    other = await meet(stage.world, id=stage.operator)
    hello = await other.say("/start")
    forged = (await stage.world.press(other.chat, hello, data=data, force=True))["answer"]
    assert "已经不在了" in forged["text"]
    assert stored(stage) == (0, 0)


async def test_others_are_told_kindly_that_they_cannot(stage: Stage) -> None:
    ben = await meet(stage.world)
    there = Operator(stage.world, ben.id, ben.chat)
    for answer in (await there.send(PAGE.encode(), "page.txt"), await there.say("https://paper.example/a")):
        assert "只有区闻的管理员" in words(answer)
        assert "停水" in words(answer)
    await stage.world.call("photo", user_id=ben.id)
    assert "/search" in words(await there.say("/help"))
    assert len(await there.heard()) == 3, "a picture asks nothing"
    assert await stage.world.calls(method="getFile") == []


async def test_in_a_group_it_is_silent_unless_it_is_meant(stage: Stage, ann: Operator) -> None:
    group = await stage.world.chat(type="supergroup", creator=ann.id, bot="administrator")
    await stage.world.wait_messages(chat_id=group)  # the greeting
    there = Person(stage.world, ann.id, group)
    await stage.world.document(stage.operator, PAGE.encode(), "page.txt", chat_id=group)
    await there.mutter("https://paper.example/a.html")
    after = (await stage.world.messages(limit=1))[-1]["seq"]
    name = stage.world.username
    await stage.world.document(
        stage.operator, PAGE.encode(), "page.txt", chat_id=group, caption=f"@{name} 请读"
    )
    (answer,) = await stage.world.wait_messages(chat_id=group, after=after)
    assert "私聊" in words(answer)
    assert len(await there.heard()) == 2
    assert stored(stage) == (0, 0)


async def test_while_a_page_is_read_others_are_answered_and_other_pages_wait(
    stage: Stage, ann: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun = threading.Event(), []

    def slow(self: HandedInReader, text: str, *, issued_on: date | None) -> Reading:
        begun.append(text)
        assert go_on.wait(10)
        return read_page(text, issued_on=issued_on)

    monkeypatch.setattr(HandedInReader, "read", slow)
    colleague = await meet(stage.world, id=stage.colleague)
    await stage.world.document(ann.chat, PAGE.encode(), "page.txt")

    async def is_reading() -> bool:
        return len(begun) == 1

    await until(is_reading, "the first page is being read")
    await stage.world.document(colleague.chat, POST.encode(), "post.txt")
    ben = await meet(stage.world)
    assert "/search" in words(await ben.say("/help"))
    assert len(begun) == 1, "one document at a time"
    go_on.set()
    for person in (ann, colleague):
        (found,) = await stage.world.wait_messages(chat_id=person.chat)
        assert "月度工作点评会" in words(found)


async def test_it_says_that_it_reads_where_that_takes_a_while(
    stage: Stage, ann: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "NOTICE_AFTER", 0.0)
    notice = await ann.send(PAGE.encode(), "page.txt")
    found = await stage.world.wait_edit(notice)
    assert found["edits"][0]["before"]["text"] == "正在读……"
    assert "月度工作点评会" in words(found)
    assert len(await ann.heard()) == 1


async def test_a_reader_that_fails_leaves_no_notice_behind(
    stage: Stage, ann: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.provoked_errors = True
    monkeypatch.setattr(entry, "NOTICE_AFTER", 0.0)

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the cable is out")

    monkeypatch.setattr("handlers.intake.obtain", broken)
    await ann.send(PAGE.encode(), "page.txt")

    async def told() -> bool:
        return any("E-" in words(record) for record in await ann.heard())

    await until(told, "the error is told")
    assert not [one for one in await ann.heard() if "正在读" in words(one) and not one["deleted"]]
