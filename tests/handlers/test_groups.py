"""Groups, topics and channels: who is answered, where, and who may change what."""

from typing import Any

import pytest

from bot.console_telegram import BOT_USER, ApiError
from storage import subscriptions
from storage.chats import get_chat
from tests.handlers.desk import ADMIN, ANN, CHANNEL, FORUM, GROUP, PRIVATE, Desk, text_of

MENTION = f"@{BOT_USER['username']}"


async def is_subscribed(desk: Desk, chat: dict[str, Any], topic: int | None = None) -> bool:
    found = await desk.database.read(subscriptions.get_subscription, chat["id"], topic)
    return found is not None and found.state == "active"


async def state_of(desk: Desk, chat: int) -> str | None:
    found = await desk.database.read(get_chat, chat)
    return found.state if found else None


async def test_a_group_is_answered_where_it_asks_and_left_alone_else(desk: Desk) -> None:
    assert await desk.say("今天天气不错", chat=GROUP) == []
    assert await desk.say("/unknown", chat=GROUP) == []
    assert await desk.say("/awards@other_bot", chat=GROUP) == []
    assert await state_of(desk, GROUP["id"]) is None
    await desk.ask("/awards", chat=GROUP)
    await desk.ask(f"{MENTION} 停水", chat=GROUP)
    assert MENTION[1:] not in str(desk.calls("sendMessage")[-1]["text"])


async def test_an_unknown_command_is_answered_where_we_are_named(desk: Desk) -> None:
    assert "/unknown" in text_of(await desk.ask("/unknown"))
    assert "/unknown" in text_of(await desk.ask(f"/unknown{MENTION}", chat=GROUP))


async def test_an_answer_in_a_group_replies_to_the_question(desk: Desk) -> None:
    await desk.ask("/help", chat=GROUP)
    sent = desk.calls("sendMessage")[-1]
    assert sent["reply_parameters"]["message_id"] > 0
    assert sent["reply_parameters"]["allow_sending_without_reply"]
    await desk.ask("/help")
    assert "reply_parameters" not in desk.calls("sendMessage")[-1]


async def test_only_administrators_of_a_group_change_its_settings(desk: Desk) -> None:
    for command in ("/subscribe", "/settings", "/unsubscribe", "/forgetme"):
        assert "管理员" in text_of(await desk.ask(command, chat=GROUP))
    assert not await is_subscribed(desk, GROUP)
    await desk.ask("/subscribe", chat=GROUP, user=ADMIN)
    assert await is_subscribed(desk, GROUP)


async def test_only_administrators_press_the_buttons_of_settings(desk: Desk) -> None:
    shown = await desk.ask("/subscribe", chat=GROUP, user=ADMIN)
    assert await desk.press(shown, "选类型", user=ANN) == []
    assert desk.toasts[-1].alert
    assert "管理员" in desk.toasts[-1].text
    assert await desk.press(shown, "选类型", user=ADMIN)


async def test_everybody_may_read_and_turn_pages_in_a_group(desk: Desk) -> None:
    shown = await desk.ask("/help", chat=GROUP)
    assert await desk.press(shown, data="k:recent", user=ANN)


async def test_an_anonymous_administrator_speaks_as_the_group(desk: Desk) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await desk.ask("/subscribe", chat=FORUM, user=anonymous, sender_chat=FORUM)
    assert await is_subscribed(desk, FORUM)


async def test_whoever_speaks_as_another_channel_is_no_administrator(desk: Desk) -> None:
    fake: dict[str, Any] = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    desk.telegram.set_member(FORUM["id"], fake["id"], "administrator")
    await desk.ask("/subscribe", chat=FORUM, user=fake, sender_chat=CHANNEL)
    assert not await is_subscribed(desk, FORUM)


async def test_a_member_who_cannot_be_looked_up_is_no_administrator(desk: Desk) -> None:
    desk.telegram.refuse("getChatMember", ApiError(400, "Bad Request: member list is inaccessible"))
    await desk.ask("/subscribe", chat=GROUP, user=ADMIN)
    assert not await is_subscribed(desk, GROUP)


async def test_a_topic_has_its_own_answers_and_its_own_subscription(desk: Desk) -> None:
    shown = await desk.ask("/subscribe", chat=FORUM, user=ADMIN, topic=77)
    assert shown.topic_id == 77
    assert await is_subscribed(desk, FORUM, 77)
    assert not await is_subscribed(desk, FORUM)
    assert not await is_subscribed(desk, FORUM, 78)
    (digest,) = await desk.press(shown, "先看看")
    assert digest.topic_id == 77


async def test_a_thread_of_replies_is_no_topic(desk: Desk) -> None:
    shown = await desk.ask("/subscribe", chat=FORUM, user=ADMIN, message_thread_id=12)
    assert shown.topic_id is None
    assert await is_subscribed(desk, FORUM)


async def test_a_post_in_a_channel_subscribes_the_channel(desk: Desk) -> None:
    assert await desk.say("今天的消息", chat=CHANNEL, user=None, sender_chat=CHANNEL) == []
    shown = await desk.ask("/subscribe", chat=CHANNEL, user=None, sender_chat=CHANNEL)
    assert await is_subscribed(desk, CHANNEL)
    assert await desk.press(shown, "选类型", user=ANN) == []
    assert await desk.press(shown, "选类型", user=ADMIN)


async def test_being_blocked_is_kept_in_mind_and_any_word_revives(desk: Desk) -> None:
    await desk.ask("/subscribe")
    await desk.membership(PRIVATE, old="member", new="kicked")
    assert await state_of(desk, PRIVATE["id"]) == "blocked"
    await desk.ask("/start")
    assert await state_of(desk, PRIVATE["id"]) == "active"
    assert await is_subscribed(desk, PRIVATE)


async def test_unblocking_revives_without_a_word(desk: Desk) -> None:
    await desk.ask("/subscribe")
    await desk.membership(PRIVATE, old="member", new="kicked")
    assert await desk.membership(PRIVATE, old="kicked", new="member") == []
    assert await state_of(desk, PRIVATE["id"]) == "active"


async def test_a_group_that_takes_us_in_is_greeted_and_one_that_puts_us_out_is_left(desk: Desk) -> None:
    (hello,) = await desk.membership(GROUP, old="left", new="member")
    assert text_of(hello)
    assert await desk.membership(GROUP, old="member", new="left") == []
    assert await state_of(desk, GROUP["id"]) == "left"


async def test_a_channel_is_not_greeted(desk: Desk) -> None:
    administrator = {**_administrator_rights(), "user": BOT_USER}
    change = {
        "chat": CHANNEL,
        "from": ADMIN,
        "date": int(desk.now.timestamp()),
        "old_chat_member": {"user": BOT_USER, "status": "left"},
        "new_chat_member": administrator,
    }
    assert await desk.deliver({"my_chat_member": change}) == []
    assert await state_of(desk, CHANNEL["id"]) == "active"


@pytest.mark.parametrize("told_in", ["old", "new"])
async def test_an_upgraded_group_keeps_its_subscription(desk: Desk, told_in: str) -> None:
    await desk.ask("/subscribe", chat=GROUP, user=ADMIN)
    base = {"message_id": 900, "date": int(desk.now.timestamp()), "from": ADMIN}
    service = {
        "old": {**base, "chat": GROUP, "migrate_to_chat_id": FORUM["id"]},
        "new": {**base, "chat": FORUM, "migrate_from_chat_id": GROUP["id"]},
    }
    await desk.deliver({"message": service[told_in]})
    await desk.deliver({"message": service["new"]})
    assert await is_subscribed(desk, FORUM)
    assert not await is_subscribed(desk, GROUP)


async def test_an_answer_follows_a_group_that_was_upgraded_meanwhile(desk: Desk) -> None:
    await desk.ask("/subscribe", chat=GROUP, user=ADMIN)
    upgraded = ApiError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=FORUM["id"])
    desk.telegram.refuse("sendMessage", upgraded)
    shown = await desk.ask("/help", chat=GROUP)
    assert shown.chat["id"] == FORUM["id"]
    assert await is_subscribed(desk, FORUM)


def _administrator_rights() -> dict[str, Any]:
    names = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
        "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
        "can_edit_stories can_delete_stories can_post_messages"
    )
    return {"status": "administrator", **dict.fromkeys(names.split(), True)}
