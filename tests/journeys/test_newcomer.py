"""Somebody finds the bot, subscribes, narrows, reads, blocks it and comes back."""

from messages.callbacks import (
    Confirm,
    ListPage,
    OpenEvent,
    Part,
    Subscribe,
    SubscriptionEdit,
    View,
    area_code,
)
from parsing.model import EventType
from storage.chats import get_chat
from tests.journeys.paper import AWARDS, FAIR, FRIDAY, MEETING, MONDAY, NEXT_MONDAY, award
from tests.journeys.people import button, buttons, meet, words
from tests.journeys.stage import Stage, until


async def test_one_tap_subscribes_and_the_digest_comes_on_monday_at_nine(stage: Stage) -> None:
    ann = await meet(stage.world)
    hello = await ann.say("/start")
    subscribed = await ann.open(hello, Subscribe)
    assert "4月15日" in words(subscribed)
    assert "09:00" in words(subscribed)
    stage.publish(MEETING, *AWARDS[:2], FAIR, issued_on=FRIDAY)

    stage.clock.to(MONDAY, 8, 59)
    assert not await stage.send_digests()
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 1
    digest = (await ann.heard())[-1]
    for told in ("4月8日—14日", "月度工作点评会", "佃起", "西庄店", "春季招聘会"):
        assert told in words(digest)
    assert words(digest).index("春季招聘会") < words(digest).index("月度工作点评会"), (
        "what is coming is first"
    )

    heard = len(await ann.heard())
    stage.clock.forward(minutes=1)
    assert not await stage.send_digests()
    assert len(await ann.heard()) == heard, "once a week is enough"


async def test_the_keyboards_narrow_what_comes_and_when(stage: Stage) -> None:
    ann = await meet(stage.world)
    shown = await ann.say("/subscribe")

    shown = await ann.turn(shown, SubscriptionEdit, part=Part.OPEN, value=View.TYPES)
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.TYPE, value=EventType.AWARD)
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.TYPE, value=EventType.NOTICE)
    assert button(shown, SubscriptionEdit, part=Part.TYPE, value=EventType.AWARD)["text"].startswith("✓")
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.TYPE, value=EventType.NOTICE)
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.OPEN, value=View.OVERVIEW)

    shown = await ann.turn(shown, SubscriptionEdit, part=Part.OPEN, value=View.AREAS)
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.AREA_PAGE, value="1")
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.AREA_PAGE, value="2")
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.AREA, value=area_code("王佐镇"))
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.OPEN, value=View.OVERVIEW)

    shown = await ann.turn(shown, SubscriptionEdit, part=Part.OPEN, value=View.TIME)
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.DAY, value="4")
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.HOUR, value="18")
    shown = await ann.turn(shown, SubscriptionEdit, part=Part.OPEN, value=View.OVERVIEW)
    for told in ("获奖荣誉", "王佐镇", "周五", "18:00", "4月12日"):
        assert told in words(shown)
    assert "通知公告" not in words(shown)

    stage.publish(MEETING, AWARDS[0], award("云岗", area="云岗街道"), FAIR, issued_on=FRIDAY)
    stage.clock.to(FRIDAY, 17, 59)
    assert not await stage.send_digests()
    stage.clock.to(FRIDAY, 18)
    await stage.send_digests()
    digest = (await ann.heard())[-1]
    assert "佃起" in words(digest)
    for other in ("云岗村", "月度工作点评会", "春季招聘会"):
        assert other not in words(digest)


async def test_pages_turn_in_place_and_an_event_opens_with_its_proof(stage: Stage) -> None:
    stage.publish(*AWARDS, issued_on=FRIDAY)
    stage.clock.to(FRIDAY, 20)
    ann = await meet(stage.world)
    first = await ann.say("/awards 王佐镇 4月")
    assert "12" in words(first)
    second = await ann.turn(first, ListPage, offset=10)
    assert second["message_id"] == first["message_id"]
    assert words(second) != words(first)
    assert [one["text"] for one in buttons(second)][:2] == ["11", "12"]

    card = await ann.turn(second, OpenEvent)
    for told in ("样板奖", "《丰台报》", "第02版", "4月12日"):
        assert told in words(card)
    kinds = {entity["type"] for entity in card["message"]["entities"]}
    assert kinds & {"blockquote", "expandable_blockquote"}
    links = [entity["url"] for entity in card["message"]["entities"] if entity["type"] == "text_link"]
    assert links == ["https://paper.example.cn/a?b=1&c=2"]

    back = await ann.turn(card, ListPage, offset=10)
    assert words(back) == words(second)
    again = await ann.turn(back, ListPage, offset=0)
    assert words(again) == words(first)
    assert len(await ann.heard()) == 1, "all of it happened in one message"


async def test_whoever_blocks_the_bot_is_kept_and_comes_back(stage: Stage) -> None:
    ann = await meet(stage.world)
    await ann.say("/subscribe")
    await stage.world.block(ann.chat)
    await until(lambda: _state(stage, ann.chat, "blocked"), "the chat is marked as blocked")
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 0
    stage.clock.to(MONDAY, 12)

    await stage.world.unblock(ann.chat)
    await until(lambda: _state(stage, ann.chat, "active"), "the chat is active again")
    stage.publish(AWARDS[0], issued_on=NEXT_MONDAY)
    stage.clock.to(NEXT_MONDAY, 9)
    await stage.send_digests()
    digests = [record for record in await ann.heard() if "一周" in words(record) and "·" in words(record)]
    assert "4月15日—21日" in words(digests[-1]), "its settings were kept"


async def test_a_block_found_out_while_delivering_is_kept_until_start(stage: Stage) -> None:
    ann, ben = await meet(stage.world), await meet(stage.world)
    for person in (ann, ben):
        await person.say("/subscribe")
    await stage.world.call("deactivate", user_id=ben.chat)  # the bot is not told of this
    stage.clock.to(MONDAY, 9)
    result = await stage.send_digests()
    assert (result.sent, result.away) == (1, 1)
    assert await _state(stage, ben.chat, "deactivated")
    assert await _state(stage, ann.chat, "active")
    assert not await stage.deliver(), "nobody knocks at a closed door again"


async def test_forgetting_takes_one_more_tap_and_leaves_nothing(stage: Stage) -> None:
    ann = await meet(stage.world)
    await ann.say("/subscribe")
    asked = await ann.say("/forgetme")
    assert await stage.database.read(get_chat, ann.chat) is not None
    await ann.turn(asked, Confirm)
    assert await stage.database.read(get_chat, ann.chat) is None
    stage.clock.to(MONDAY, 9)
    assert not await stage.send_digests()


async def test_somebody_who_speaks_english_is_answered_in_english(stage: Stage) -> None:
    bob = await meet(stage.world, first_name="Bob", language_code="en")
    assert "/forgetme — delete" in words(await bob.say("/help")).lower()
    menus = {
        menu["language_code"]: menu["commands"][0]
        for menu in (await stage.world.call("profile"))["commands"]
        if menu["scope"]["type"] == "default"
    }
    assert menus == {
        "": {"command": "start", "description": "开始使用"},
        "en": {"command": "start", "description": "Get started"},
    }


async def _state(stage: Stage, chat: int, state: str) -> bool:
    known = await stage.database.read(get_chat, chat)
    return known is not None and known.state == state
