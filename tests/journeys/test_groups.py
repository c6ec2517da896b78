"""Groups, topics and channels."""

from messages.callbacks import OpenEvent, Part, SubscriptionEdit, View
from storage.chats import get_chat
from storage.subscriptions import get_subscription
from tests.fakebot.world import World
from tests.journeys.paper import AWARDS, FRIDAY, MEETING, MONDAY
from tests.journeys.people import Person, words
from tests.journeys.stage import Stage, until


async def neighbours(world: World, **about: object) -> tuple[Person, Person]:
    """The administrator and a member of a new group."""
    boss, member = await world.user(first_name="管理员"), await world.user(first_name="邻居")
    chat = await world.chat(title="邻居", creator=boss, members=[member], **about)
    await world.wait_messages(chat_id=chat)  # the greeting
    return Person(world, boss, chat), Person(world, member, chat)


async def test_only_administrators_change_the_settings_of_a_group(stage: Stage) -> None:
    boss, member = await neighbours(stage.world, type="supergroup")
    refusal = await member.say("/subscribe")
    assert "管理员" in words(refusal)
    assert await stage.database.read(get_subscription, boss.chat, None) is None

    shown = await boss.say("/subscribe")
    subscription = await stage.database.read(get_subscription, boss.chat, None)
    assert subscription is not None
    toast = await member.press(shown, SubscriptionEdit, part=Part.OPEN, value=View.TYPES)
    assert "管理员" in toast["text"]
    assert toast["show_alert"] is True
    changed = await boss.turn(shown, SubscriptionEdit, part=Part.OPEN, value=View.TIME)
    await boss.turn(changed, SubscriptionEdit, part=Part.HOUR, value="20")
    subscription = await stage.database.read(get_subscription, boss.chat, None)
    assert subscription is not None
    assert subscription.hour == 20


async def test_in_a_group_it_answers_what_is_meant_for_it_and_nothing_else(stage: Stage) -> None:
    stage.publish(MEETING, issued_on=FRIDAY)
    boss, member = await neighbours(stage.world, type="supergroup")
    name = stage.world.username
    await member.mutter("/help@somebody_else_bot")
    await member.mutter("今天开会吗")
    await member.mutter("/nonsense")
    answer = await member.say(f"/meetings@{name}")
    assert "月度工作点评会" in words(answer)
    found = await member.say(f"@{name} 点评会")
    assert "月度工作点评会" in words(found)
    assert len(await boss.heard()) == 3, "the greeting and two answers"
    assert answer["message"]["reply_to_message"]["text"] == f"/meetings@{name}"


async def test_a_topic_has_answers_settings_and_digest_of_its_own(stage: Stage) -> None:
    stage.publish(MEETING, *AWARDS[:1], issued_on=FRIDAY)
    boss, _ = await neighbours(stage.world, type="supergroup", is_forum=True)
    topic = await stage.world.topic(boss.chat, "周报")
    there = Person(stage.world, boss.id, boss.chat, topic)

    answer = await there.say("/meetings")
    assert answer["message"]["message_thread_id"] == topic
    card = await there.turn(answer, OpenEvent)
    assert card["message"]["message_thread_id"] == topic
    assert "message_thread_id" not in (await boss.say("/meetings"))["message"]

    await there.say("/subscribe")
    assert await stage.database.read(get_subscription, boss.chat, None) is None
    assert await stage.database.read(get_subscription, boss.chat, topic) is not None
    stage.clock.to(MONDAY, 9)
    await stage.send_digests()
    digest = (await there.heard())[-1]
    assert digest["message"]["message_thread_id"] == topic
    assert "佃起" in words(digest)


async def test_a_topic_that_is_gone_ends_its_digest_and_nobody_elses(stage: Stage) -> None:
    boss, _ = await neighbours(stage.world, type="supergroup", is_forum=True)
    topic = await stage.world.topic(boss.chat, "周报")
    there = Person(stage.world, boss.id, boss.chat, topic)
    await there.say("/subscribe")
    await boss.say("/subscribe")
    await stage.world.call("topic_state", chat_id=boss.chat, thread_id=topic, deleted=True)
    stage.clock.to(MONDAY, 9)
    result = await stage.send_digests()
    assert (result.sent, result.dropped) == (1, 1)
    ended = await stage.database.read(get_subscription, boss.chat, topic)
    running = await stage.database.read(get_subscription, boss.chat, None)
    assert [one.state for one in (ended, running) if one] == ["ended", "active"]
    assert "message_thread_id" not in (await boss.heard())[-1]["message"]


async def test_a_group_that_becomes_a_supergroup_keeps_everything(stage: Stage) -> None:
    boss, _ = await neighbours(stage.world, type="group")
    await boss.say("/subscribe")
    stage.publish(MEETING, issued_on=FRIDAY)
    new = await stage.world.upgrade(boss.chat)

    async def moved() -> bool:
        return await stage.database.read(get_subscription, new, None) is not None

    await until(moved, "the subscription has moved to the new chat")
    old = await stage.database.read(get_chat, boss.chat)
    assert old is None or old.state == "migrated"
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 1
    there = Person(stage.world, boss.id, new)
    assert "月度工作点评会" in words((await there.heard())[-1])
    assert "月度工作点评会" in words(await there.say("/meetings"))


async def test_an_upgrade_found_out_while_delivering_moves_everything_too(stage: Stage) -> None:
    boss, _ = await neighbours(stage.world, type="group")
    await boss.say("/subscribe")
    await stage.stop()  # so that nobody hears of the upgrade
    new = await stage.world.upgrade(boss.chat)
    stage.clock.to(MONDAY, 9)
    await stage.start(polling=False)
    result = await stage.send_digests()
    assert (result.sent, result.migrated) == (1, 1)
    assert (await stage.world.messages(chat_id=new, direction="out"))[-1]["method"] == "sendMessage"
    assert await stage.database.read(get_subscription, new, None) is not None
    await stage.poll()


async def test_a_group_that_throws_it_out_is_left_in_peace(stage: Stage) -> None:
    boss, _ = await neighbours(stage.world, type="supergroup")
    await boss.say("/subscribe")
    await stage.world.call("bot_member", chat_id=boss.chat, status="kicked")

    async def marked() -> bool:
        chat = await stage.database.read(get_chat, boss.chat)
        return chat is not None and chat.state == "left"

    await until(marked, "the chat is marked as left")
    stage.clock.to(MONDAY, 9)
    assert not await stage.send_digests()


async def test_a_channel_gets_the_digest_as_a_post(stage: Stage) -> None:
    stage.publish(MEETING, issued_on=FRIDAY)
    boss = await stage.world.user()
    channel = await stage.world.chat(type="channel", title="丰台消息", creator=boss)
    voice = Person(stage.world, None, channel)
    await voice.mutter("大家好")
    await voice.say("/subscribe")
    assert len(await voice.heard()) == 1, "no greeting, and no answer to a post that is not for it"
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 1
    digest = (await voice.heard())[-1]
    assert "月度工作点评会" in words(digest)
    assert "reply_markup" not in digest["message"]
