"""An operator hands in pages: they are read and shown, or it is said why not."""

import io
import zipfile

import pytest

from messages.callbacks import OpenEvent, TakeIn
from tests.journeys.handing import ARTICLE, AWARD, MASTHEAD, MEETING, PAGE, POST, Operator, printed, stored
from tests.journeys.people import buttons, words
from tests.journeys.stage import PAPER, Stage
from tests.sources.families.pdfs import pdf
from tests.sources.site import Reply, Site, site

pytestmark = pytest.mark.usefixtures("no_notice")


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
        (b" \n", "没有文字"),  # Telegram takes no file of no bytes
        ("春天来了，公园里的花开了。".encode(), "没有读出事件"),
    ],
    ids=["zip", "encrypted", "scanned", "blank", "no event"],
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
