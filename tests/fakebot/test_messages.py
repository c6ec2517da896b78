import asyncio
from typing import Any

import pytest

from tests.fakebot.raw import RawBot, button, kinds
from tests.fakebot.world import World, WorldError


@pytest.fixture
async def ann(world: World) -> int:
    return await world.user(first_name="Ann", start=True)


async def test_what_the_bot_sends_is_kept_as_its_reader_sees_it(world: World, bot: RawBot, ann: int) -> None:
    answer = await bot.say(ann, "<b>你好</b> ", parse_mode="HTML", reply_markup=button("好", "k"))
    (record,) = await world.wait_messages(chat_id=ann)
    assert record["message"] == answer["result"]
    assert record["message"]["text"] == "你好"
    assert record["message"]["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert record["direction"] == "out"
    assert await world.violations() == []


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"text": "字" * 4097}, "too_long"),
        ({"text": " \n"}, "empty_text"),
        ({"text": "<b>开", "parse_mode": "HTML"}, "parse_entities"),
        ({"text": "好", "parse_mode": "Markdown"}, "parse_mode"),
        ({"text": "好", "disable_notification": "perhaps"}, "wrong_type"),
        ({"text": "好", "message_thread_id": "one"}, "wrong_type"),
        ({"text": "好", "reply_markup": "{"}, "wrong_type"),
        ({"text": "好", "reply_markup": button("x", "字" * 22)}, "callback_data"),
        ({"text": "好", "reply_markup": button("x", "")}, "callback_data"),
        ({"text": "好", "reply_markup": button(" ", "k")}, "markup"),
        ({"text": "好", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}, "markup"),
        (
            {"text": "好", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "no address"}]]}},
            "markup",
        ),
        (
            {"text": "好", "reply_markup": {"inline_keyboard": button("x", "k")["inline_keyboard"] * 101}},
            "markup",
        ),
    ],
)
async def test_a_message_against_the_rules_is_refused(
    world: World, bot: RawBot, ann: int, params: dict[str, Any], kind: str
) -> None:
    answer = await bot.call("sendMessage", chat_id=ann, **params)
    assert answer["error_code"] == 400
    assert kinds(await world.violations()) == [kind]
    assert await world.messages(chat_id=ann, direction="out") == []


async def test_required_parameters_are_required(world: World, bot: RawBot, ann: int) -> None:
    assert (await bot.call("sendMessage", chat_id=ann))["description"] == "Bad Request: message text is empty"
    assert (await bot.call("sendMessage", text="好"))["description"] == "Bad Request: chat_id is empty"
    assert kinds(await world.violations()) == ["missing_required", "missing_required"]


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"disable_web_page_preview": True}, "unknown_param"),
        ({"text": "AT&T", "parse_mode": "HTML"}, "soft"),
        ({"text": "<b>字</b> " * 101, "parse_mode": "HTML"}, "soft"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "k"}] * 9]}}, "soft"),
        ({"reply_markup": {"inline_keyboard": [[]]}}, "soft"),
        ({"reply_markup": button("字" * 65, "k")}, "soft"),
    ],
)
async def test_what_telegram_tolerates_is_sent_and_noted(
    world: World, bot: RawBot, ann: int, params: dict[str, Any], kind: str
) -> None:
    assert (await bot.call("sendMessage", chat_id=ann, **{"text": "好", **params}))["ok"]
    assert kinds(await world.violations()) == [kind]


async def test_sixty_four_bytes_of_data_are_the_limit(world: World, bot: RawBot, ann: int) -> None:
    assert (await bot.say(ann, reply_markup=button("x", "k" * 64)))["ok"]
    assert not (await bot.say(ann, reply_markup=button("x", "k" * 65)))["ok"]


async def test_a_caption_ends_at_1024_units(world: World, bot: RawBot, ann: int) -> None:
    files = {"document": ("事件.csv", b"a,b", "text/csv")}
    sent = await bot.call("sendDocument", chat_id=ann, caption="字" * 1024, files=files)
    assert sent["result"]["document"]["file_name"] == "事件.csv"
    photo = {"p": ("x.png", b"x", "image/png")}
    assert (await bot.call("sendPhoto", chat_id=ann, photo="attach://p", files=photo))["ok"]
    answer = await bot.call("sendDocument", chat_id=ann, caption="字" * 1025, files=files)
    assert answer["description"] == "Bad Request: message caption is too long"
    assert not (await bot.call("sendDocument", chat_id=ann, document="attach://nothing"))["ok"]
    assert kinds(await world.violations()) == ["too_long", "file"]


async def test_an_edit_replaces_text_and_buttons_and_keeps_what_was(
    world: World, bot: RawBot, ann: int
) -> None:
    sent = (await bot.say(ann, "一", reply_markup=button("下一页", "2")))["result"]
    await bot.call(
        "editMessageText",
        chat_id=ann,
        message_id=sent["message_id"],
        text="二",
        reply_markup=button("x", "3"),
    )
    (record,) = await world.wait_messages(chat_id=ann)
    edited = await world.wait_edit(record)
    assert edited["message"]["text"] == "二"
    assert edited["message"]["reply_markup"] == button("x", "3")
    assert edited["edits"][0]["before"]["text"] == "一"
    await bot.call("editMessageReplyMarkup", chat_id=ann, message_id=sent["message_id"])
    edited = await world.wait_edit(record, edits=2)
    assert "reply_markup" not in edited["message"]
    assert edited["message"]["text"] == "二"


async def test_an_edit_that_changes_nothing_is_refused(world: World, bot: RawBot, ann: int) -> None:
    sent = (await bot.say(ann, "<b>一</b>", parse_mode="HTML"))["result"]
    where = {"chat_id": ann, "message_id": sent["message_id"]}
    answer = await bot.call("editMessageText", **where, text="<strong>一</strong>", parse_mode="HTML")
    assert answer["description"].startswith("Bad Request: message is not modified")
    assert (await bot.call("editMessageText", **where, text="一"))["ok"]  # no longer bold
    assert kinds(await world.violations()) == ["not_modified"]


async def test_only_its_own_messages_that_are_there_can_be_edited_or_deleted(
    world: World, bot: RawBot, ann: int
) -> None:
    theirs = await world.text(ann, "我的")
    answer = await bot.call("editMessageText", chat_id=ann, message_id=theirs["message_id"], text="改")
    assert answer["description"] == "Bad Request: message can't be edited"
    sent = (await bot.say(ann))["result"]
    assert (await bot.call("deleteMessage", chat_id=ann, message_id=sent["message_id"]))["ok"]
    assert (await world.messages(chat_id=ann, direction="out"))[0]["deleted"]
    answer = await bot.call("editMessageText", chat_id=ann, message_id=sent["message_id"], text="改")
    assert answer["description"] == "Bad Request: message to edit not found"


async def test_a_query_is_answered_once_and_in_time(world: World, bot: RawBot, ann: int) -> None:
    await bot.say(ann, reply_markup=button("按", "k"))
    (message,) = await world.wait_messages(chat_id=ann)
    pressing = asyncio.create_task(world.press(ann, message, text="按"))
    (update,) = await bot.updates(timeout=5)
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("k", message["message_id"])
    assert (await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="好"))["ok"]
    assert (await pressing)["answer"] == {"text": "好"}
    assert not (await bot.call("answerCallbackQuery", callback_query_id=query["id"]))["ok"]
    await world.config(callback_ttl=0)
    late = await world.call("press", user_id=ann, message_id=message["message_id"], data="k")
    assert not (await bot.call("answerCallbackQuery", callback_query_id=late))["ok"]
    assert not (await bot.call("answerCallbackQuery", callback_query_id="1"))["ok"]
    assert kinds(await world.violations()) == ["query_twice", "query_late", "query"]


async def test_a_button_must_be_there_to_be_pressed_unless_forced(
    world: World, bot: RawBot, ann: int
) -> None:
    await bot.say(ann, reply_markup=button("按", "k"))
    (message,) = await world.wait_messages(chat_id=ann)
    with pytest.raises(WorldError, match="no such button"):
        await world.press(ann, message, text="没有")
    await world.call("press", user_id=ann, message_id=message["message_id"], data="old", force=True)
    assert (await bot.updates())[0]["callback_query"]["data"] == "old"


async def test_waiting_in_vain_tells_what_there_is(world: World, bot: RawBot, ann: int) -> None:
    await bot.say(ann, "只有这个")
    with pytest.raises(WorldError, match=r"waited 0\.01 s for 2 messages and have 1.*只有这个"):
        await world.wait_messages(chat_id=ann, count=2, timeout=0.01)


async def test_unknown_methods_are_not_found_and_noted(world: World, bot: RawBot, ann: int) -> None:
    assert (await bot.call("sendVoice", chat_id=ann))["error_code"] == 404
    assert kinds(await world.violations()) == ["unknown_method"]


async def test_the_menu_is_kept_by_language_and_checked(world: World, bot: RawBot) -> None:
    menu = [{"command": "awards", "description": "获奖"}]
    assert (await bot.call("setMyCommands", commands=menu, language_code="zh"))["ok"]
    assert (await bot.call("getMyCommands", language_code="zh"))["result"] == menu
    assert (await bot.call("getMyCommands"))["result"] == []
    for wrong in (
        [{"command": "Awards", "description": "x"}],
        [{"command": "a", "description": " "}],
        menu * 101,
    ):
        assert not (await bot.call("setMyCommands", commands=wrong))["ok"]
    assert (await bot.call("setMyCommands", commands=menu * 2))["ok"]
    assert not (await bot.call("setMyDescription", description="字" * 513))["ok"]
    assert not (await bot.call("setMyShortDescription", short_description="字" * 121))["ok"]
    assert kinds(await world.violations()) == ["commands"] * 3 + ["soft", "too_long", "too_long"]
    assert (await bot.call("deleteMyCommands", language_code="zh"))["ok"]
    assert (await bot.call("getMyCommands", language_code="zh"))["result"] == []


async def test_a_file_that_somebody_sent_is_fetched_by_its_path(world: World, bot: RawBot, ann: int) -> None:
    await world.document(ann, "停水".encode(), "停水.txt", caption="请看")
    (update,) = await bot.updates()
    assert update["message"]["caption"] == "请看"
    sent = update["message"]["document"]
    assert (sent["file_name"], sent["file_size"]) == ("停水.txt", 6)
    told = (await bot.call("getFile", file_id=sent["file_id"]))["result"]
    assert await bot.file(told["file_path"]) == "停水".encode()
    assert await world.violations() == []
    assert (await bot.call("getFile", file_id="another"))["error_code"] == 400
    assert kinds(await world.violations()) == ["file"]


async def test_files_in_a_group_reach_the_bot_where_they_are_meant_for_it(world: World, bot: RawBot) -> None:
    ben = await world.user(first_name="Ben")
    chat = await world.chat(type="supergroup", members=[ben])
    await bot.updates(offset=-1)
    await world.call("photo", user_id=ben, chat_id=chat)
    await world.call("photo", user_id=ben, chat_id=chat, caption=f"@{world.username} 看")
    forwarded = {"type": "hidden_user", "sender_user_name": "Cat", "date": 1}
    await world.call("content", user_id=ben, fields={"text": "转发", "forward_origin": forwarded})
    got = [update["message"] for update in await bot.updates() if "message" in update][-2:]
    assert [(message.get("caption"), message.get("text")) for message in got] == [
        (f"@{world.username} 看", None),
        (None, "转发"),
    ]
