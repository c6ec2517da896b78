"""Bad input, and a network and a server that fail."""

from messages.callbacks import OpenEvent, Subscribe
from parsing.model import EventType
from tests.journeys.paper import FRIDAY, MEETING, MONDAY
from tests.journeys.people import buttons, meet, words
from tests.journeys.stage import Stage, until
from tests.support.readings import Happening, on

HOSTILE = Happening(
    EventType.ACTIVITY,
    "<b>读书</b>&amp;<script>alert(1)</script>节",
    '4月11日，<i>举办</i>读书&节 </blockquote><a href="https://evil.example/">点我</a>',
    on(FRIDAY),
    headline="</b><h1>书香 & 丰台</h1>",
    actors=("<图书馆>",),
    place="A&B 广场",
)


async def test_plain_words_are_a_search(stage: Stage) -> None:
    stage.publish(MEETING, issued_on=FRIDAY)
    ann = await meet(stage.world)
    found = await ann.say("点评会")
    assert "月度工作点评会" in words(found)
    assert "月度工作点评会" in words(await ann.say("/search 点评"))
    nothing = await ann.say("飞碟降落")
    assert "没有找到" in words(nothing)
    assert "飞碟降落" in words(nothing)
    assert buttons(nothing), "there is always a next step"


async def test_hostile_text_is_shown_as_it_stands(stage: Stage) -> None:
    stage.publish(HOSTILE, issued_on=FRIDAY)
    ann = await meet(stage.world)
    listed = await ann.say("/activities")
    assert "<script>alert(1)</script>" in words(listed)
    card = await ann.turn(listed, OpenEvent)
    for told in ("<图书馆>", "A&B 广场", "<a href=", "书香 & 丰台"):
        assert told in words(card)
    links = [entity["url"] for entity in card["message"]["entities"] if entity["type"] == "text_link"]
    assert all("evil" not in link for link in links)
    await ann.say("/subscribe")
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 1
    echoed = await ann.say("<b>&lt;没有</b>")
    assert "<b>" in words(echoed)


async def test_a_command_of_four_thousand_characters_is_answered(stage: Stage) -> None:
    ann = await meet(stage.world)
    for command in ("/search", "/awards", "/upcoming", "/event", "/digest", "/nonsense"):
        answer = await ann.say(f"{command} {'长' * (4000 - len(command))}")
        assert words(answer)
        assert len(words(answer)) < 1000
    assert words(await ann.say("好" * 4000))
    assert words(await ann.say("😀" * 2000))


async def test_buttons_that_nobody_made_are_answered_kindly(stage: Stage) -> None:
    ann = await meet(stage.world)
    hello = await ann.say("/start")
    for data in (
        "x",
        "l:::",
        "e:zzzz",
        "s:999:o:types",
        "c:u:999",
        "f:k:aaaaaaaaaa",
        "k:nonsense",
        "节" * 21,
        "' OR 1=1",
    ):
        answer = (await stage.world.press(ann.chat, hello, data=data, force=True))["answer"]
        assert answer.get("text"), f"silence after {data!r}"
    assert len(await ann.heard()) == 1


async def test_two_quick_taps_do_no_harm(stage: Stage) -> None:
    ann = await meet(stage.world)
    hello = await ann.say("/start")
    for _ in range(2):
        await ann.press(hello, Subscribe)
    await stage.world.wait_messages(chat_id=ann.chat, count=2)  # and a third where the first tap was over
    stage.clock.to(MONDAY, 9)
    assert (await stage.send_digests()).sent == 1


async def test_a_429_waits_as_told_and_loses_nothing(stage: Stage) -> None:
    ann, ben = await meet(stage.world), await meet(stage.world)
    for person in (ann, ben):
        await person.say("/subscribe")
    stage.clock.to(MONDAY, 9)
    await stage.world.fault(method="sendMessage", kind="429", chat_id=ann.chat, times=1, retry_after=1)
    stage.provoked_429 = 1
    result = await stage.send_digests()
    assert (result.sent, result.put_back) == (1, 1)
    assert not await stage.deliver(), "the time told is not over"
    stage.clock.forward(seconds=2)

    async def arrived() -> bool:
        done = await stage.deliver()
        stage.clock.forward(seconds=2)
        return bool(done.sent)

    await until(arrived, "the digest that was put back arrives")
    calls = [call for call in await stage.world.calls(method="sendMessage") if _to(call) == ann.chat]
    refused, sent = calls[-2:]
    assert (refused["status"], sent["status"]) == (429, 200)
    assert sent["t"] - refused["t"] >= 1.0
    assert len([one for one in await ann.heard() if "一周 ·" in words(one)]) == 1


async def test_an_answer_waits_out_a_short_429(stage: Stage) -> None:
    ann = await meet(stage.world)
    await stage.world.fault(method="sendMessage", kind="429", times=1, retry_after=1)
    stage.provoked_429 = 1
    assert words(await ann.say("/help"))


async def test_a_server_that_fails_is_asked_again_later(stage: Stage) -> None:
    ann, ben = await meet(stage.world), await meet(stage.world)
    for person in (ann, ben):
        await person.say("/subscribe")
    stage.clock.to(MONDAY, 9)
    await stage.world.fault(method="sendMessage", chat_id=ann.chat, sequence=["500", "502", "reset_before"])
    for _ in range(3):
        result = await stage.send_digests()
        assert result.put_back == 1
        assert not await stage.deliver(), "not at once"
        stage.clock.forward(minutes=10)
    assert (await stage.deliver()).sent == 1
    for person in (ann, ben):
        assert len([one for one in await person.heard() if "一周 ·" in words(one)]) == 1


async def test_polling_survives_a_server_that_fails(stage: Stage) -> None:
    ann = await meet(stage.world)
    await stage.world.fault(method="getUpdates", kind="502", times=1)
    assert words(await ann.say("/start"))  # answered by the poll that was under way; the next one fails
    assert words(await ann.say("/help"))
    assert len(await stage.world.calls(method="getUpdates", status=502)) == 1


async def test_an_error_is_told_in_one_line_and_ends_nothing(stage: Stage) -> None:
    stage.provoked_errors = True
    ann = await meet(stage.world)
    await ann.say("/start")
    await stage.world.fault(method="sendMessage", kind="500", times=1)
    told = await ann.say("/help")
    assert "E-" in words(told)
    assert "E-" not in words(await ann.say("/help"))


def _to(call: dict[str, object]) -> int:
    params = call["params"]
    assert isinstance(params, dict)
    return int(params["chat_id"])
