"""Which messages are for us."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message

from handlers.handed import Form, Handed
from handlers.requests import Request, read_request, topic_of

BOT = {"id": 7, "is_bot": True, "first_name": "区闻", "username": "quwen_bot"}
ANN = {"id": 8, "is_bot": False, "first_name": "安"}
MENTION = {"type": "mention", "offset": 0, "length": 10}


def read(text: str | None, kind: str = "private", **fields: Any) -> Request | None:
    message = {
        "message_id": 1,
        "date": int(datetime(2024, 4, 10, tzinfo=UTC).timestamp()),
        "chat": {"id": -5, "type": kind},
        "from": ANN,
        **({} if text is None else {"text": text}),
        **fields,
    }
    return read_request(Message.de_json(message, None), bot_id=7, bot_name="quwen_bot")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("/awards", "private", Request("awards", "", True)),
        ("/awards 长辛店 4月", "private", Request("awards", "长辛店 4月", True)),
        ("/awards长辛店", "private", Request("awards", "长辛店", True)),
        ("/Awards\n长辛店", "private", Request("awards", "长辛店", True)),
        ("/awards@Quwen_Bot 长辛店", "group", Request("awards", "长辛店", True)),
        ("/awards 长辛店", "group", Request("awards", "长辛店", False)),
        ("/awards@other_bot", "group", None),
        ("/awards@other_bot", "private", None),
        ("停水", "private", Request("", "停水", True)),
        ("停水", "supergroup", None),
        ("停水", "channel", None),
        ("/subscribe", "channel", Request("subscribe", "", False)),
        ("/", "private", Request("", "/", True)),
    ],
)
def test_commands_and_plain_words_are_read_by_kind_of_chat(
    text: str, kind: str, expected: Request | None
) -> None:
    assert read(text, kind) == expected


def test_in_a_group_a_mention_makes_plain_words_a_question() -> None:
    assert read("@quwen_bot 停水", "group", entities=[MENTION]) == Request("", "停水", True)


def test_a_command_after_a_mention_is_a_command() -> None:
    assert read("@quwen_bot /awards 长辛店", "group", entities=[MENTION]) == Request("awards", "长辛店", True)


def test_a_mention_of_somebody_else_is_not_for_us() -> None:
    assert read("@quwen_bob 停水", "group", entities=[MENTION]) is None


def test_a_bot_without_a_name_in_the_text_is_meant_by_its_id() -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 2, "user": BOT}
    assert read("区闻 停水", "group", entities=[mention]) == Request("", "停水", True)


def test_a_reply_to_us_is_a_question_but_one_to_others_is_not() -> None:
    def replied(author: dict[str, Any], **fields: Any) -> dict[str, Any]:
        chat = {"id": -5, "type": "supergroup"}
        return {"message_id": 2, "date": 0, "chat": chat, "from": author, **fields}

    assert read("停水", "supergroup", reply_to_message=replied(BOT)) == Request("", "停水", True)
    assert read("停水", "supergroup", reply_to_message=replied(ANN)) is None
    topic = replied(BOT, forum_topic_created={"name": "通知", "icon_color": 1})
    assert read("停水", "supergroup", reply_to_message=topic) is None


def test_a_channel_post_forwarded_into_its_group_is_not_asked_twice() -> None:
    assert read("/subscribe", "supergroup", is_automatic_forward=True) is None


def test_only_a_topic_message_has_a_topic() -> None:
    def message(**fields: Any) -> Message:
        chat = {"id": -5, "type": "supergroup"}
        made = Message.de_json({"message_id": 1, "date": 0, "chat": chat, **fields}, None)
        assert made is not None
        return made

    assert topic_of(message(message_thread_id=9, is_topic_message=True)) == 9
    assert topic_of(message(message_thread_id=9)) is None
    assert topic_of(None) is None


DOCUMENT = {"file_id": "f", "file_unique_id": "u", "file_name": "page.pdf", "file_size": 5}
HIDDEN = {"type": "hidden_user", "sender_user_name": "张小花", "date": 1712278800}


def handed(**fields: Any) -> Handed | None:
    found = read(fields.pop("text", None), **fields)
    assert found is None or (found.command == "read") is (found.handed is not None)
    return found.handed if found else None


def test_a_file_a_link_and_a_forwarded_post_are_handed_in() -> None:
    assert handed(document=DOCUMENT, caption="丰台报") == Handed(
        Form.FILE, "f", name="page.pdf", size=5, note="丰台报"
    )
    assert handed(text=" https://paper.example/a.html ") == Handed(Form.LINK, "https://paper.example/a.html")
    post = handed(text="停水", forward_origin=HIDDEN)
    assert post is not None
    assert (post.form, post.content, post.channel) == (Form.POST, "停水", None)
    assert post.posted_at == datetime(2024, 4, 5, 1, tzinfo=UTC)
    link = handed(text="https://paper.example/a.html", forward_origin=HIDDEN)
    assert link is not None
    assert link.form is Form.LINK


def test_a_picture_is_nothing_to_read_but_the_words_of_a_forwarded_one_are() -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    animation = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "duration": 1}
    assert handed(photo=photo, caption="停水") == Handed(Form.PICTURE)
    assert handed(document=DOCUMENT, animation=animation) == Handed(Form.PICTURE)
    told = handed(photo=photo, caption="停水", forward_origin=HIDDEN)
    assert told is not None
    assert (told.form, told.content) == (Form.POST, "停水")


@pytest.mark.parametrize("text", ["停水", "见 https://paper.example/a", "paper.example/a", "/help"])
def test_plain_words_and_commands_are_not_handed_in(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.handed is None


def test_a_forwarded_command_is_a_text_and_no_command() -> None:
    post = handed(text="/subscribe", forward_origin=HIDDEN)
    assert post is not None
    assert post.form is Form.POST


def test_read_takes_the_link_behind_it_or_the_message_that_it_answers() -> None:
    link = "https://paper.example/a.html"
    assert handed(text=f"/read {link} 丰台报") == Handed(Form.LINK, link, note="丰台报", is_asked=True)
    answered = {"message_id": 2, "date": 0, "chat": {"id": -5, "type": "private"}}
    assert handed(text="/read 丰台报", reply_to_message=answered | {"text": "停水"}) == Handed(
        Form.POST, "停水", note="丰台报", is_asked=True
    )
    file = answered | {"document": DOCUMENT, "caption": "第2版"}
    assert handed(text="/read", reply_to_message=file) == Handed(
        Form.FILE, "f", name="page.pdf", size=5, note="第2版"
    )
    assert read("/read") == Request("read", "", True)


def test_in_a_group_a_file_is_only_for_us_where_we_are_named() -> None:
    assert read(None, "supergroup", document=DOCUMENT) is None
    assert read(None, "supergroup", document=DOCUMENT, caption="看") is None
    named = read(None, "group", document=DOCUMENT, caption="@quwen_bot 看", caption_entities=[MENTION])
    assert named is not None
    assert named.handed is not None
    assert read(None, "channel", document=DOCUMENT) is None
    assert read("https://paper.example/a.html", "group") is None
