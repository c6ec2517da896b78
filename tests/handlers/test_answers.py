"""Buttons are answered once and in time, errors are told in one line, nothing stops the bot."""

import logging
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.console_telegram import ApiError
from handlers import entry
from storage.chats import get_chat
from storage.database import Database, LockedDatabase
from tests.handlers.desk import ANN, GROUP, PRIVATE, Desk, text_of


def answers(desk: Desk) -> list[dict[str, Any]]:
    return desk.calls("answerCallbackQuery")


async def test_every_press_is_answered_once(desk: Desk) -> None:
    shown = await desk.ask("/help")
    await desk.press(shown, data="k:recent")
    assert len(answers(desk)) == 1


@pytest.mark.parametrize(
    "data", ["", "x", "l:zzz", "l:aaaaaaaaaa:l:0", "e:none", "k:nothing", "🎉" * 16, "c:f:1:2"]
)
async def test_unknown_data_gets_a_polite_answer(desk: Desk, data: str) -> None:
    shown = await desk.ask("/help")
    assert await desk.press(shown, data=data) == []
    assert len(answers(desk)) == 1
    assert desk.toasts[-1].alert
    assert 0 < len(desk.toasts[-1].text) <= 200


async def test_a_button_without_its_message_gets_a_polite_answer(desk: Desk) -> None:
    query = {"id": "1", "from": ANN, "chat_instance": "1", "inline_message_id": "abc", "data": "k:help"}
    assert await desk.deliver({"callback_query": query}) == []
    assert desk.toasts[-1].alert


async def test_a_message_too_old_to_be_read_can_still_be_pressed(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    old = {"chat": PRIVATE, "message_id": shown.message_id, "date": 0}
    data = next(b["callback_data"] for b in shown.buttons if "选类型" in b["text"])
    query = {"id": "1", "from": ANN, "chat_instance": "1", "message": old, "data": data}
    (types,) = await desk.deliver({"callback_query": query})
    assert types.message_id == shown.message_id


async def test_a_message_that_cannot_be_edited_is_sent_again(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    desk.telegram.refuse("editMessageText", ApiError(400, "Bad Request: message can't be edited"))
    (types,) = await desk.press(shown, "选类型")
    assert types.message_id != shown.message_id


async def test_a_press_that_comes_too_late_is_still_done(desk: Desk) -> None:
    shown = await desk.ask("/subscribe")
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    desk.telegram.refuse("answerCallbackQuery", ApiError(400, late))
    assert await desk.press(shown, "选类型")


async def test_a_slow_answer_does_not_keep_the_button_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "PATIENCE", 0.0)
    shown = await desk.ask("/help")
    assert await desk.press(shown, data="k:recent")
    assert len(answers(desk)) == 1
    methods = [call.method for call in desk.telegram.calls]
    assert methods[-2:] == ["answerCallbackQuery", "sendMessage"]


async def test_a_command_of_4000_characters_gets_a_helpful_answer(desk: Desk) -> None:
    shown = await desk.ask("/awards " + "奖" * 4000)
    assert "300" in text_of(shown)
    assert len(shown.html) < 500


@pytest.fixture
def break_awards(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    def break_with(error: Exception) -> None:
        def broken(*_: Any, **__: Any) -> Any:
            raise error

        monkeypatch.setattr("handlers.looking.find_events", broken)

    return break_with


async def test_an_error_is_one_friendly_line_with_a_number_that_the_log_explains(
    desk: Desk, caplog: pytest.LogCaptureFixture, break_awards: Callable[[Exception], None]
) -> None:
    break_awards(RuntimeError("the cable is out"))
    told = text_of(await desk.ask("/awards"))
    number = re.search(r"E-[0-9A-F]{4}", told)
    assert number is not None
    assert "cable" not in told
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert number[0] in record.getMessage()
    assert "update 90" in record.getMessage()
    assert "the cable is out" in caplog.text


async def test_the_bot_goes_on_after_an_error(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, break_awards: Callable[[Exception], None]
) -> None:
    break_awards(RuntimeError("once"))
    await desk.ask("/awards")
    monkeypatch.undo()
    assert "E-" not in text_of(await desk.ask("/awards"))


async def test_an_error_behind_a_button_is_told_too_and_the_button_answered(
    desk: Desk, break_awards: Callable[[Exception], None]
) -> None:
    shown = await desk.ask("/help")
    break_awards(RuntimeError("the cable is out"))
    (told,) = await desk.press(shown, data="k:awards")
    assert "E-" in text_of(told)
    assert len(answers(desk)) == 1


async def test_a_locked_database_asks_for_patience(
    desk: Desk, caplog: pytest.LogCaptureFixture, break_awards: Callable[[Exception], None]
) -> None:
    break_awards(LockedDatabase("another program holds the file"))
    told = text_of(await desk.ask("/awards"))
    assert "E-" not in told
    assert "再试" in told
    assert "another program holds the file" in caplog.text


async def test_a_database_held_by_another_program_is_waited_for_then_told(
    migrated: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "held.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}", busy_timeout=0.01)
    desk = Desk(database)
    await desk.application.initialize()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "再试" in text_of(await desk.ask("/help"))
        other.rollback()
    assert "/search" in text_of(await desk.ask("/help"))
    assert "in update" in caplog.text
    await desk.application.shutdown()
    database.close()


async def test_an_error_that_cannot_be_told_is_logged_and_that_is_all(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        desk.telegram.refuse("sendMessage", ApiError(400, "Bad Request: message is too long"))
    assert await desk.say("/help", chat=GROUP) == []
    assert "message is too long" in caplog.text.lower()


async def test_whoever_blocked_us_meanwhile_is_marked_without_an_error(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.telegram.refuse("sendMessage", ApiError(403, "Forbidden: bot was blocked by the user"))
    assert await desk.say("/help") == []
    chat = await desk.database.read(get_chat, ANN["id"])
    assert chat is not None
    assert chat.state == "blocked"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_edited_messages_are_not_answered(desk: Desk) -> None:
    message = {
        "message_id": 5,
        "date": int(desk.now.timestamp()),
        "edit_date": int(desk.now.timestamp()),
        "chat": PRIVATE,
        "from": ANN,
        "text": "/help",
    }
    assert await desk.deliver({"edited_message": message}) == []
