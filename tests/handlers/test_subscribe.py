"""Subscribing, narrowing, pausing, leaving, following, forgetting."""

from datetime import timedelta

import pytest

from parsing.model import EventType
from storage import subscriptions
from storage.chats import get_chat
from storage.views import SubscriptionView
from tests.handlers.desk import ANN, BOB, BOBS, NOON, PRIVATE, Desk, labels, text_of
from tests.support.readings import Happening


async def subscription(desk: Desk, chat: int = PRIVATE["id"], topic: int | None = None) -> SubscriptionView:
    found = await desk.database.read(subscriptions.get_subscription, chat, topic)
    assert found is not None
    return found


async def test_subscribing_takes_one_command_and_says_when_the_first_digest_comes(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    made = await subscription(desk)
    assert (made.types, made.areas, made.weekday, made.hour, made.minute) == ((), (), 0, 9, 0)
    assert made.zone == "Asia/Shanghai"
    assert "4月15日" in text_of(shown)
    assert {"选类型", "选区域", "选时间"} <= set(labels(shown))


async def test_subscribing_twice_changes_nothing(desk: Desk) -> None:
    await desk.ask("/subscribe")
    before = await subscription(desk)
    await desk.ask("/subscribe")
    assert await subscription(desk) == before


async def test_types_are_switched_on_and_off_in_place(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    (types,) = await desk.press(shown, "选类型")
    (types,) = await desk.press(types, "获奖荣誉")
    (types,) = await desk.press(types, "会议")
    assert set((await subscription(desk)).types) == {EventType.AWARD, EventType.MEETING}
    assert sum(label.startswith("✓") for label in labels(types)) == 2
    (types,) = await desk.press(types, "获奖荣誉")
    assert (await subscription(desk)).types == (EventType.MEETING,)
    await desk.press(types, "全部类型")
    assert (await subscription(desk)).types == ()
    assert len(desk.calls("sendMessage")) == 1


async def test_areas_are_switched_on_their_own_page(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    (areas,) = await desk.press(shown, "选区域")
    first_page = labels(areas)
    (areas,) = await desk.press(areas, "下一页")
    chosen = labels(areas)[3]
    assert chosen not in first_page
    (areas,) = await desk.press(areas, chosen)
    assert f"✓ {chosen}" in labels(areas)
    assert (await subscription(desk)).areas == (chosen,)
    await desk.press(areas, "全区")
    assert (await subscription(desk)).areas == ()


async def test_day_and_hour_move_the_next_digest(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    (time,) = await desk.press(shown, "选时间")
    (time,) = await desk.press(time, "周五")
    await desk.press(time, "18")
    made = await subscription(desk)
    assert (made.weekday, made.hour) == (4, 18)
    assert made.next_due_at.isoformat() == "2024-04-12T10:00:00+00:00"


async def test_leaving_takes_one_more_tap_and_offers_a_pause(desk: Desk) -> None:
    await desk.ask("/subscribe")
    asked = await desk.ask("/unsubscribe")
    assert (await subscription(desk)).state == "active"
    assert any("暂停" in label for label in labels(asked))
    await desk.press(asked, "退订")
    assert (await subscription(desk)).state == "ended"
    assert "/subscribe" in text_of(await desk.ask("/settings")) or labels(await desk.ask("/settings"))


async def test_a_pause_ends_at_its_day_or_by_a_tap(desk: Desk) -> None:
    await desk.ask("/subscribe")
    (paused,) = await desk.press(await desk.ask("/unsubscribe"), "暂停两周")
    made = await subscription(desk)
    assert (made.state, made.paused_until) == ("paused", NOON + timedelta(days=14))
    await desk.press(paused, "恢复")
    assert (await subscription(desk)).state == "active"


async def test_settings_and_leaving_without_a_subscription_offer_one(desk: Desk) -> None:
    for command in ("/settings", "/unsubscribe"):
        shown = await desk.ask(command)
        assert shown.buttons
    await desk.press(shown, shown.buttons[0]["text"])
    assert (await subscription(desk)).state == "active"


async def test_the_subscription_of_another_chat_cannot_be_touched(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    number = (await subscription(desk)).id
    stranger = await desk.ask("/help", chat=BOBS, user=BOB)
    for data in (f"s:{number}:t:award", f"s:{number}:x:", f"s:{number}:o:types", f"c:u:{number}"):
        assert await desk.press(stranger, data=data, user=BOB) == []
        assert desk.toasts[-1].alert
    made = await subscription(desk)
    assert (made.types, made.state) == ((), "active")
    assert shown.edits == 0


@pytest.mark.parametrize(
    "data", ["s:1:t:nonsense", "s:1:a:zzzzzzzz", "s:1:d:9", "s:1:h:24", "s:1:p:99999", "s:1:o:x"]
)
async def test_values_that_mean_nothing_are_refused_politely(desk: Desk, data: str) -> None:
    shown = await desk.ask("/subscribe")
    before = await subscription(desk)
    assert await desk.press(shown, data=data.replace("1", str(before.id), 1)) == []
    assert desk.toasts[-1].text
    assert await subscription(desk) == before


async def test_settings_buttons_of_an_ended_subscription_offer_a_new_one(desk: Desk) -> None:
    old = await desk.ask("/subscribe")
    await desk.press(await desk.ask("/unsubscribe"), "退订")
    (shown,) = await desk.press(old, "选类型")
    assert (await subscription(desk)).state == "ended"
    assert shown.buttons


AWARD = Happening(EventType.AWARD, "首都文明村镇", "王佐镇获评首都文明村镇", areas=("王佐镇",))


async def test_following_subscribes_to_nothing_but_that(desk: Desk) -> None:
    desk.publish(AWARD)
    shown = await desk.ask("/awards 王佐镇")
    await desk.press(shown, "关注")
    made = await subscription(desk)
    assert (made.types, made.areas) == ((EventType.AWARD,), ("王佐镇",))


async def test_following_widens_what_is_followed_already(desk: Desk) -> None:
    desk.publish(AWARD)
    await desk.ask("/subscribe")
    made = await subscription(desk)
    await desk.database.run(subscriptions.set_areas, made.id, ("云岗街道",), NOON)
    (card,) = await desk.press(await desk.ask("/awards"), "1")
    await desk.press(card, "关注")
    assert set((await subscription(desk)).areas) == {"云岗街道", "王佐镇"}
    assert (await subscription(desk)).types == ()


async def test_following_what_is_covered_offers_to_narrow_to_it(desk: Desk) -> None:
    desk.publish(AWARD)
    await desk.ask("/subscribe")
    (asked,) = await desk.press(await desk.ask("/awards 王佐镇"), "关注")
    assert (await subscription(desk)).areas == ()
    await desk.press(asked, "只收")
    assert (await subscription(desk)).areas == ("王佐镇",)


async def test_forgetting_takes_one_more_tap_and_deletes_everything(desk: Desk) -> None:
    await desk.ask("/subscribe")
    asked = await desk.ask("/forgetme")
    assert await desk.database.read(get_chat, ANN["id"]) is not None
    await desk.press(asked, asked.buttons[0]["text"])
    assert await desk.database.read(get_chat, ANN["id"]) is None
    assert await desk.database.read(subscriptions.get_subscription, ANN["id"], None) is None


async def test_keeping_all_as_it_is_says_so_in_place(desk: Desk) -> None:
    await desk.ask("/subscribe")
    asked = await desk.ask("/unsubscribe")
    (kept,) = await desk.press(asked, "保持不变")
    assert kept.message_id == asked.message_id
    assert (await subscription(desk)).state == "active"


async def test_another_language_is_spoken_from_then_on(desk: Desk) -> None:
    await desk.ask("/subscribe")
    await desk.press(await desk.ask("/settings"), "English")
    assert "subscription" in text_of(await desk.ask("/settings")).lower()
