"""An operator hands in pages: they are read, shown, and stored on a tap. Nobody else can."""

import asyncio
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from bot.reading import HandedInReader
from handlers import entry
from messages.callbacks import OpenEvent, TakeIn
from parsing.model import Reading
from parsing.reader import read_page
from storage.overview import overview
from tests.fakebot.world import Json
from tests.journeys.people import Person, buttons, meet, words
from tests.journeys.stage import PAPER, Stage, until
from tests.sources.families.pdfs import Word, pdf
from tests.sources.site import Reply, Site, site

MEETING = (
    "丰台区召开月度工作点评会",
    "　　本报讯（记者 彭越）4月2日，丰台区召开月度工作点评会，区委书记秦海川出席会议并讲话。",
    "会议通报了一季度重点工作进展情况，部署了下一阶段任务。",
)
AWARD = (
    "怪村获评乡村治理示范村",
    "　　本报讯（记者 彭越）4月3日，王佐镇怪村获评“北京市乡村治理示范村”。",
    "村民代表上台领取了奖牌，村里的老人和孩子都来观看。",
)
MASTHEAD = "丰台报    2024年4月8日  星期一    第02版    综合新闻"
PAGE = "\n".join((MASTHEAD, *MEETING, *AWARD)) + "\n"
POST = "4月2日，丰台区召开月度工作点评会，区委书记秦海川出席会议并讲话。"
ARTICLE = f"""<!DOCTYPE html><html><head><title>丰台区召开月度工作点评会_丰台在线</title>
<meta name="PubDate" content="2024-04-09"></head><body><h1>丰台区召开月度工作点评会</h1>
<div id="zoom"><p>{POST}</p><p>{MEETING[2]}</p></div></body></html>"""


def printed(*lines: str, password: str | None = None) -> bytes:
    """A PDF page with these lines below each other."""
    return pdf([Word(50, 1300 - 20 * at, 10, line) for at, line in enumerate(lines)], password=password)


@dataclass(frozen=True, slots=True)
class Operator(Person):
    """Who may hand in pages."""

    async def send(self, data: bytes, name: str, **more: Any) -> Json:
        """Send a file; answers the record of what the bot says to it."""
        after = await self._latest()
        await self.world.document(self.chat, data, name, **more)
        return (await self.world.wait_messages(chat_id=self.chat, after=after))[0]

    async def forward(self, origin: Json, **fields: Any) -> Json:
        """Forward a message."""
        after = await self._latest()
        await self.world.call("content", user_id=self.id, fields={**fields, "forward_origin": origin})
        return (await self.world.wait_messages(chat_id=self.chat, after=after))[0]


@pytest.fixture(autouse=True)
def no_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long reading takes differs: only where a journey asks for it the bot says that it reads."""
    monkeypatch.setattr(entry, "NOTICE_AFTER", 60.0)


@pytest.fixture
async def ann(stage: Stage) -> Operator:
    person = await meet(stage.world, id=stage.operator)
    return Operator(stage.world, person.id, person.chat)


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as made:
        yield made


def stored(stage: Stage) -> tuple[int, int]:
    """How many pages and events there are."""
    with stage.database.session(write=False) as session:
        told = overview(session)
        return told.pages, told.events


async def test_a_pdf_is_read_shown_and_stored_on_a_tap(stage: Stage, ann: Operator) -> None:
    found = await ann.send(printed(MASTHEAD, *MEETING, *AWARD), "page.pdf")
    for told in ("page.pdf", f"《{PAPER}》", "4月8日（版面上印的）", "月度工作点评会", "乡村治理示范村"):
        assert told in words(found)
    assert "新的 2，与已有的合并 0" in words(found)
    assert [one["text"] for one in buttons(found)] == ["存入", "不存"]
    assert stored(stage) == (0, 0)

    done = await ann.turn(found, TakeIn, store=True)
    assert "新增 2 件，与已有的合并 0 件" in words(done)
    assert stored(stage) == (1, 2)
    card = await ann.open(done, OpenEvent)
    assert f"《{PAPER}》4月8日第02版" in words(card)


async def test_text_in_gb18030_is_dated_by_the_name_of_its_file(stage: Stage, ann: Operator) -> None:
    found = await ann.send(PAGE.encode("gb18030"), "丰台报20240409第3版.txt")
    assert "4月9日（按文件名）" in words(found)
    assert f"《{PAPER}》" in words(found)
    done = await ann.turn(found, TakeIn, store=True)
    card = await ann.open(done, OpenEvent)
    assert f"《{PAPER}》4月9日第03版" in words(card)


async def test_a_saved_web_page_is_its_article(stage: Stage, ann: Operator) -> None:
    found = await ann.send(ARTICLE.encode(), "saved.html")
    assert "4月9日（网页上写的）" in words(found)
    assert "月度工作点评会" in words(found)
    assert "丰台在线" not in words(found)


async def test_what_a_person_writes_beside_a_file_tells_of_it(stage: Stage, ann: Operator) -> None:
    text = "\n".join(MEETING)
    found = await ann.send(text.encode(), "page.txt", caption="丰台报 2024-04-07")
    assert f"《{PAPER}》" in words(found)
    assert "4月7日（按您写的）" in words(found)


async def test_a_link_is_fetched_and_the_card_leads_to_it(stage: Stage, ann: Operator, paper: Site) -> None:
    paper.answers["/a.html"] = Reply(ARTICLE.encode("gb18030"))
    found = await ann.say(f"{paper.url}/a.html")
    assert "来源　127.0.0.1" in words(found)
    assert "4月9日（网页上写的）" in words(found)
    done = await ann.turn(found, TakeIn, store=True)
    card = await ann.open(done, OpenEvent)
    links = [entity["url"] for entity in card["message"]["entities"] if entity["type"] == "text_link"]
    assert links == [f"{paper.url}/a.html"]
    assert "/robots.txt" in [asked.path for asked in paper.asked]


async def test_a_link_may_lead_to_a_pdf(stage: Stage, ann: Operator, paper: Site) -> None:
    paper.answers["/02.pdf"] = Reply(printed(MASTHEAD, *MEETING, *AWARD))
    assert "月度工作点评会" in words(await ann.say(f"{paper.url}/02.pdf"))


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(b"", 404), "没有这一页"),
        (Reply(b"", 403), "不让程序读"),
        (Reply(b"", 302, {"Location": "http://localhost/elsewhere"}), "跳到了别的网站"),
        (Reply(b"<html><ul><li>list</ul>"), "没有找到文章"),
    ],
)
async def test_a_link_that_cannot_be_read_says_why(
    stage: Stage, ann: Operator, paper: Site, reply: Reply, told: str
) -> None:
    paper.answers["/a.html"] = reply
    answer = await ann.say(f"{paper.url}/a.html")
    assert told in words(answer)
    assert buttons(answer) == []


async def test_a_link_that_nobody_answers_and_one_into_the_house_are_refused(
    stage: Stage, ann: Operator
) -> None:
    with site() as gone:
        address = gone.url
    assert "没有回应" in words(await ann.say(f"{address}/a.html"))
    await stage.stop()
    stage.private_addresses = False
    await stage.start()
    assert "内部网络" in words(await ann.say(f"{address}/a.html"))


async def test_a_forwarded_post_has_its_channel_and_day(stage: Stage, ann: Operator) -> None:
    channel = {"id": -1001, "type": "channel", "title": "丰台消息", "username": "fengtai_news"}
    origin = {"type": "channel", "chat": channel, "message_id": 7, "date": 1712278800}  # 5 April, 9:00
    found = await ann.forward(origin, text=POST)
    assert "来源　丰台消息" in words(found)
    assert "4月5日（消息发出的日子）" in words(found)
    done = await ann.turn(found, TakeIn, store=True)
    card = await ann.open(done, OpenEvent)
    links = [entity["url"] for entity in card["message"]["entities"] if entity["type"] == "text_link"]
    assert links == ["https://t.me/fengtai_news/7"]


async def test_a_private_person_is_no_source(stage: Stage, ann: Operator) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "张小花", "date": 1712278800}
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    found = await ann.forward(origin, photo=photo, caption=POST)
    assert "月度工作点评会" in words(found)
    assert "张小花" not in words(found)


async def test_read_as_an_answer_says_whose_it_is(stage: Stage, ann: Operator) -> None:
    sent = await stage.world.text(ann.id, POST)
    await stage.world.wait_messages(chat_id=ann.chat)  # plain words are a search
    after = (await stage.world.messages(limit=1))[-1]["seq"]
    await stage.world.text(ann.id, "/read 云岗社区报 2024年4月6日", reply_to=sent["message_id"])
    (found,) = await stage.world.wait_messages(chat_id=ann.chat, after=after)
    assert "来源　《云岗社区报》" in words(found)
    assert "4月6日（按您写的）" in words(found)
    assert "/read" in words(await ann.say("/read"))


async def test_plain_words_of_an_operator_are_a_search(stage: Stage, ann: Operator) -> None:
    assert "没有找到" in words(await ann.say("见 https://paper.example/a.html 停水"))


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("02.txt", PAGE)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (packed(), "压缩包"),
        (printed(*MEETING, password="geheim"), "加了密"),
        (pdf([]), "OCR"),
        (b"", "没有文字"),
        ("春天来了，公园里的花开了。".encode(), "没有读出事件"),
    ],
    ids=["zip", "encrypted", "scanned", "empty", "no event"],
)
async def test_a_document_without_anything_to_store_says_why(
    stage: Stage, ann: Operator, data: bytes, told: str
) -> None:
    answer = await ann.send(data, "page.pdf")
    assert told in words(answer)
    assert buttons(answer) == []


async def test_a_file_that_is_too_large_is_not_even_asked_for(stage: Stage, ann: Operator) -> None:
    document = {"file_id": "x", "file_unique_id": "x", "file_name": "issue.pdf", "file_size": 25_000_000}
    origin = {"type": "hidden_user", "sender_user_name": "张小花", "date": 1712278800}
    assert "20 MB" in words(await ann.forward(origin, document=document))
    assert await stage.world.calls(method="getFile") == []


async def test_a_file_that_telegram_does_not_give_is_told_of(stage: Stage, ann: Operator) -> None:
    await stage.world.fault(method="getFile", kind="500", times=1)
    assert "再发一次" in words(await ann.send(PAGE.encode(), "page.txt"))


async def test_a_picture_says_what_can_be_read(stage: Stage, ann: Operator) -> None:
    await stage.world.call("photo", user_id=ann.id)
    (answer,) = await stage.world.wait_messages(chat_id=ann.chat)
    assert ".txt" in words(answer)


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
