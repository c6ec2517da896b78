import asyncio
import time

import httpx
import pytest

from tests.fakebot.raw import RawBot, kinds
from tests.fakebot.server import FakeTelegram
from tests.fakebot.world import World, WorldError, fresh_token


async def test_updates_stay_until_a_higher_offset_confirms_them(world: World, bot: RawBot) -> None:
    ann = await world.user()
    for text in ("一", "二", "三"):
        await world.text(ann, text)
    first = await bot.updates(limit=2)
    assert [update["message"]["text"] for update in first] == ["一", "二"]
    assert len(await bot.updates()) == 3
    rest = await bot.updates(offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["三"]
    assert (await world.stats())["updates"] == {"made": 3, "pending": 1, "confirmed": 2}
    assert await bot.updates(offset=-1) == rest


async def test_a_long_poll_answers_as_soon_as_there_is_something(
    fake_telegram: FakeTelegram, world: World, bot: RawBot
) -> None:
    ann = await world.user()
    poll = asyncio.create_task(bot.updates(timeout=20))
    state = fake_telegram.worlds[world.token]
    assert await state.wait(lambda: state.updates.polled, 5)
    await world.text(ann, "来了")
    assert [update["message"]["text"] for update in await asyncio.wait_for(poll, 5)] == ["来了"]


async def test_a_long_poll_without_news_ends_empty(bot: RawBot) -> None:
    assert await bot.updates(timeout=0) == []


async def test_of_two_pollers_the_older_one_gets_a_conflict(
    fake_telegram: FakeTelegram, world: World, bot: RawBot
) -> None:
    older = asyncio.create_task(bot.call("getUpdates", timeout=20))
    state = fake_telegram.worlds[world.token]
    assert await state.wait(lambda: state.updates.polled, 5)
    await bot.updates()
    assert (await older)["error_code"] == 409


async def test_only_the_kinds_asked_for_come(world: World, bot: RawBot) -> None:
    ann = await world.user()
    await bot.updates(allowed_updates=["my_chat_member"])
    assert (await world.text(ann, "不要"))["update_id"] is None
    await world.block(ann)
    assert [list(update)[1] for update in await bot.updates()] == ["my_chat_member"]


async def test_too_much_at_once_is_refused_with_the_time_to_wait(world: World, bot: RawBot) -> None:
    ann, ben = await world.call("users", count=2)
    await world.config(flood={"chat_rate": 0.001})  # so slow that the pace of this test does not matter
    answers = [await bot.say(ann) for _ in range(4)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert answers[-1]["parameters"] == {"retry_after": 1000}
    assert (await bot.say(ben))["ok"]
    await world.config(flood={"bot_window": 1000})
    people = await world.call("users", count=27)
    answers = [await bot.say(person) for person in people]
    assert [answer["ok"] for answer in answers] == [True] * 26 + [False]
    stats = await world.stats()
    assert (stats["accepted"], stats["flood_429"]["chat"], stats["flood_429"]["bot"]) == (30, 1, 1)
    assert await world.violations() == []


async def test_trouble_strikes_as_often_as_told(world: World, bot: RawBot) -> None:
    ann = await world.user(start=True)
    await world.fault(method="sendMessage", kind="500", times=1, skip=1)
    await world.fault(method="sendMessage", sequence=["ok", "502", "429"], retry_after=7)
    answers = [await bot.say(ann) for _ in range(5)]
    assert [answer.get("error_code", 200) for answer in answers] == [200, 500, 502, 429, 200]
    assert answers[3]["parameters"] == {"retry_after": 7}
    assert len(await world.messages(chat_id=ann)) == 2
    assert [call["status"] for call in await world.calls(method="sendMessage")] == [200, 500, 502, 429, 200]


async def test_a_cut_connection_leaves_open_whether_the_message_went_out(world: World, bot: RawBot) -> None:
    ann, ben = await world.user(start=True), await world.user(start=True)
    await world.fault(kind="reset_before", chat_id=ann, times=1)
    await world.fault(kind="reset_after", chat_id=ben, times=1)
    for person in (ann, ben):
        with pytest.raises(httpx.TransportError):
            await bot.say(person)
    assert [record["chat_id"] for record in await world.messages()] == [ben]


async def test_a_broken_server_says_what_it_is_told_to_or_nothing(world: World, bot: RawBot) -> None:
    ann = await world.user(start=True)
    await world.fault(kind="says", body="[]", times=1)
    await world.fault(kind="says_after", status=201, body="{", times=1)
    await world.fault(sequence=["html_502", "closed", "slow_before"], delay=30)
    url = f"{world.url}/bot{world.token}/sendMessage"
    async with httpx.AsyncClient(trust_env=False, timeout=0.05) as client:
        told = [await client.get(url, params={"chat_id": ann, "text": "好"}) for _ in range(3)]
        assert [(one.status_code, one.text[:6]) for one in told] == [(200, "[]"), (201, "{"), (502, "<html>")]
        for error in (httpx.RemoteProtocolError, httpx.ReadTimeout):
            with pytest.raises(error):
                await client.get(url, params={"chat_id": ann, "text": "好"})
    assert len(await world.messages()) == 1, "only what comes after is carried out"
    assert (await bot.say(ann))["ok"]


async def test_a_slow_answer_comes_late_but_the_message_is_out(world: World, bot: RawBot) -> None:
    ann = await world.user(start=True)
    await world.fault(kind="slow", method="sendMessage", delay=0.05)
    before = time.monotonic()
    saying = asyncio.create_task(bot.say(ann))
    await world.wait_messages(chat_id=ann)
    assert (await saying)["ok"]
    assert time.monotonic() - before >= 0.05
    assert await world.call("faults", clear=True) == 0


async def test_each_token_has_a_world_of_its_own(
    fake_telegram: FakeTelegram, world: World, bot: RawBot
) -> None:
    ann = await world.user(start=True)
    async with World(fake_telegram.url, fresh_token()) as other, RawBot(other) as stranger:
        assert not (await stranger.say(ann))["ok"]
        assert await other.messages() == []
    assert (await bot.say(ann))["ok"]


async def test_a_token_that_nobody_gave_out_is_refused(fake_telegram: FakeTelegram) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{fake_telegram.url}/bot12345:WRONG/getMe")
        assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
        assert (await client.get(f"{fake_telegram.url}/botnonsense/getMe")).status_code == 404


async def test_reset_forgets_everything_but_the_settings(world: World, bot: RawBot) -> None:
    ann = await world.user(start=True)
    await world.config(callback_ttl=5)
    await bot.say(ann)
    await bot.call("nothing")
    await world.call("reset")
    assert await world.messages() == []
    assert await world.violations() == []
    assert (await world.config())["callback_ttl"] == 5
    assert not (await bot.say(ann))["ok"]


async def test_a_wrong_operation_says_what_there_is(world: World) -> None:
    with pytest.raises(WorldError, match="wait_messages"):
        await world.call("nonsense")
    with pytest.raises(WorldError, match="unexpected keyword"):
        await world.call("text", shout="好")
    with pytest.raises(WorldError, match="chat_burst"):
        await world.config(flood={"burst": 1})
    with pytest.raises(WorldError, match="reset_after"):
        await world.fault(kind="earthquake")


async def test_json_bodies_and_queries_are_read_too(world: World) -> None:
    ann = await world.user(start=True)
    async with httpx.AsyncClient(base_url=f"{world.url}/bot{world.token}/", trust_env=False) as client:
        await client.post("sendMessage", json={"chat_id": ann, "text": "一", "disable_notification": True})
        await client.get("sendMessage", params={"chat_id": ann, "text": "二"})
    assert [record["message"]["text"] for record in await world.messages()] == ["一", "二"]
    assert kinds(await world.violations()) == []
