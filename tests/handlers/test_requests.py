"""Which messages are for us."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message

from handlers.requests import Request, read_request, topic_of

BOT = {"id": 7, "is_bot": True, "first_name": "区闻", "username": "quwen_bot"}
ANN = {"id": 8, "is_bot": False, "first_name": "安"}
MENTION = {"type": "mention", "offset": 0, "length": 10}


def read(text: str, kind: str = "private", **fields: Any) -> Request | None:
    message = {
        "message_id": 1,
        "date": int(datetime(2024, 4, 10, tzinfo=UTC).timestamp()),
        "chat": {"id": -5, "type": kind},
        "from": ANN,
        "text": text,
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
