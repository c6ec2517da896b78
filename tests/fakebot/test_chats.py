from typing import Any

import pytest

from tests.fakebot.raw import RawBot, kinds
from tests.fakebot.world import World


async def refused(bot: RawBot, chat_id: int, **more: Any) -> str:
    answer = await bot.say(chat_id, **more)
    assert not answer["ok"], answer
    return str(answer["description"])


async def test_the_bot_cannot_write_first(world: World, bot: RawBot) -> None:
    ann = await world.user()
    assert await refused(bot, ann) == "Forbidden: bot can't initiate conversation with a user"
    assert await refused(bot, 42) == "Bad Request: chat not found"
    await world.text(ann, "/start")
    assert (await bot.say(ann))["ok"]
    assert await world.violations() == []


async def test_a_person_who_blocked_it_is_not_reached_until_unblocked(world: World, bot: RawBot) -> None:
    ann = await world.user(start=True)
    await world.block(ann)
    assert await refused(bot, ann) == "Forbidden: bot was blocked by the user"
    await world.unblock(ann)
    assert (await bot.say(ann))["ok"]
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in await bot.updates()]
    assert changes == ["kicked", "member"]


async def test_a_deleted_account_is_not_reached(world: World, bot: RawBot) -> None:
    ann = await world.user(start=True)
    await world.call("deactivate", user_id=ann)
    assert await refused(bot, ann) == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("kicked", "Forbidden: bot was kicked from the group chat"),
        ("left", "Forbidden: bot is not a member of the group chat"),
    ],
)
async def test_a_group_that_put_it_out_is_not_reached(
    world: World, bot: RawBot, status: str, answer: str
) -> None:
    group = await world.chat(type="group", creator=await world.user())
    assert (await bot.say(group))["ok"]
    await world.call("bot_member", chat_id=group, status=status)
    assert await refused(bot, group) == answer


async def test_a_restricted_bot_may_not_write(world: World, bot: RawBot) -> None:
    group = await world.chat(type="supergroup", creator=await world.user(), bot="restricted")
    assert "not enough rights" in await refused(bot, group)


async def test_an_upgraded_group_tells_its_new_id(world: World, bot: RawBot) -> None:
    group = await world.chat(type="group", creator=await world.user())
    new = await world.upgrade(group)
    answer = await bot.say(group)
    assert answer["error_code"] == 400
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert (await bot.say(new))["ok"]
    moves = [update["message"] for update in await bot.updates() if "message" in update]
    assert [(move["chat"]["id"], move.get("migrate_to_chat_id")) for move in moves[-2:]] == [
        (group, new),
        (new, None),
    ]
    assert moves[-1]["migrate_from_chat_id"] == group


async def test_topics_can_be_named_closed_and_deleted(world: World, bot: RawBot) -> None:
    forum = await world.chat(type="supergroup", is_forum=True, creator=await world.user())
    thread = await world.topic(forum, "周报")
    sent = await bot.say(forum, message_thread_id=thread)
    assert sent["result"]["message_thread_id"] == thread
    assert (await world.messages(chat_id=forum, thread_id=thread, direction="out"))[0]["message"] == sent[
        "result"
    ]
    for wrong in (1, 999):
        assert await refused(bot, forum, message_thread_id=wrong) == "Bad Request: message thread not found"
    await world.call("topic_state", chat_id=forum, thread_id=thread, closed=True)
    assert await refused(bot, forum, message_thread_id=thread) == "Bad Request: TOPIC_CLOSED"
    await world.call("topic_state", chat_id=forum, thread_id=thread, closed=False, deleted=True)
    assert await refused(bot, forum, message_thread_id=thread) == "Bad Request: message thread not found"
    await world.call("topic_state", chat_id=forum, thread_id=1, closed=True)
    assert await refused(bot, forum) == "Bad Request: TOPIC_CLOSED"


async def test_a_channel_takes_posts_of_its_administrators(world: World, bot: RawBot) -> None:
    channel = await world.chat(type="channel", creator=await world.user())
    assert (await bot.say(channel))["ok"]
    await world.text(None, "/subscribe", chat_id=channel)
    assert (await bot.updates())[-1]["channel_post"]["text"] == "/subscribe"
    await world.call(
        "bot_member", chat_id=channel, status="administrator", rights={"can_post_messages": False}
    )
    assert await refused(bot, channel) == "Bad Request: need administrator rights in the channel chat"


async def test_privacy_keeps_talk_among_members_from_the_bot(world: World, bot: RawBot) -> None:
    ann = await world.user()
    group = await world.chat(type="supergroup", creator=ann)
    await bot.say(group, "说")
    (said,) = await world.wait_messages(chat_id=group)
    for text in ("闲聊", "/help@other_bot", "/help", "/help@quwen_test_bot", "@quwen_test_bot 停水"):
        await world.text(ann, text, chat_id=group)
    await world.text(ann, "再说", chat_id=group, reply_to=said["message_id"])
    seen = [update["message"].get("text") for update in await bot.updates() if "message" in update]
    assert seen[1:] == ["/help", "/help@quwen_test_bot", "@quwen_test_bot 停水", "再说"]


async def test_members_and_administrators_can_be_asked_for(world: World, bot: RawBot) -> None:
    boss, ann = await world.user(), await world.user()
    group = await world.chat(type="supergroup", creator=boss, members=[ann])
    status = [
        (await bot.call("getChatMember", chat_id=group, user_id=who))["result"]["status"]
        for who in (boss, ann)
    ]
    assert status == ["creator", "member"]
    await world.call("member", chat_id=group, user_id=ann, status="administrator")
    admins = (await bot.call("getChatAdministrators", chat_id=group))["result"]
    assert [admin["user"]["id"] for admin in admins] == [ann, boss]
    await world.call("member", chat_id=group, user_id=ann, status="left")
    assert (await bot.call("getChatMember", chat_id=group, user_id=ann))["result"]["status"] == "left"
    assert (await bot.call("getChat", chat_id=group))["result"]["title"] == "Chat"
    assert (await bot.call("sendChatAction", chat_id=group, action="typing"))["ok"]
    assert (await bot.call("leaveChat", chat_id=group))["ok"]
    assert await refused(bot, group) == "Forbidden: bot is not a member of the supergroup chat"
    assert await world.violations() == []


async def test_private_chats_have_no_administrators(world: World, bot: RawBot) -> None:
    ann = await world.user(start=True)
    assert not (await bot.call("getChatAdministrators", chat_id=ann))["ok"]
    assert not (await bot.call("leaveChat", chat_id=ann))["ok"]
    assert kinds(await world.violations()) == ["chat_type", "chat_type"]
