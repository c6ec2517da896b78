"""The chat on the console: the same application, typed and read."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.console import ConsoleChat, number_buttons
from bot.settings import Settings
from parsing.model import EventType
from storage.chats import get_chat
from storage.database import Database
from storage.ingest import PageInfo, SourceInfo, store_reading
from tests.support.readings import Happening, on, page_telling

NOW = datetime(2024, 4, 10, 4, tzinfo=UTC)


def awards(count: int) -> list[Happening]:
    return [
        Happening(
            EventType.AWARD,
            f"第{number}号荣誉",
            f"西庄店村获评第{number}号荣誉",
            on(date(2024, 3, number)),
            areas=("王佐镇",),
        )
        for number in range(1, count + 1)
    ]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path / 'quwen.db'}")
    database.upgrade()
    text, reading = page_telling(*awards(12), issued_on=date(2024, 4, 8))
    with database.session() as session:
        store_reading(
            session, reading, text=text, source=SourceInfo("丰台报"), page=PageInfo("a.txt"), now=NOW
        )
    return database


class Scripted:
    """A console chat and what it has written since last asked."""

    def __init__(self, database: Database) -> None:
        self._out = io.StringIO()
        self.chat = ConsoleChat(Settings(), database, clock=lambda: NOW, out=self._out, echo=True)

    def read(self) -> str:
        written = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return written


@pytest.fixture
async def scripted(database: Database) -> AsyncIterator[Scripted]:
    scripted = Scripted(database)
    async with scripted.chat:
        yield scripted
    database.close()


async def test_a_command_is_answered_as_plain_text_with_numbered_buttons(scripted: Scripted) -> None:
    await scripted.chat.say("/awards")
    written = scripted.read()
    assert "› /awards" in written
    assert "第12号荣誉" in written
    assert "<b>" not in written
    assert "[1]" in written


async def test_buttons_are_pressed_by_number_or_label_and_change_the_message(scripted: Scripted) -> None:
    await scripted.chat.say("/awards")
    scripted.read()
    assert await scripted.chat.press("下一页 ›")
    assert "第2号荣誉" in scripted.read()
    assert await scripted.chat.press(11)
    assert "西庄店村获评第2号荣誉" in scripted.read()


async def test_a_wrong_number_gets_a_hint_of_what_there_is(scripted: Scripted) -> None:
    await scripted.chat.say("/awards")
    scripted.read()
    assert not await scripted.chat.press(99)
    assert "1、2、3" in scripted.read()


async def test_without_buttons_a_number_gets_a_hint_too(scripted: Scripted) -> None:
    assert not await scripted.chat.press(1)
    assert "/help" in scripted.read()


async def test_what_only_the_presser_sees_is_written_too(scripted: Scripted) -> None:
    await scripted.chat.say("/unsubscribe")
    await scripted.chat.say("/subscribe")
    scripted.read()
    await scripted.chat.press("选类型")
    assert "✎" in scripted.read()


async def test_the_chat_is_told_apart_from_chats_of_telegram(scripted: Scripted, database: Database) -> None:
    await scripted.chat.say("/start")
    chat = await database.read(get_chat, 1)
    assert chat is not None
    assert chat.kind == "console"


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (["1", "2", "‹", "关注"], ["1", "2", "3", "4"]),
        (["‹", "1", "2"], ["3", "1", "2"]),
        (["11", "12", "下一页"], ["11", "12", "1"]),
        (["5", "5"], ["5", "1"]),
        ([], []),
    ],
)
def test_a_button_named_by_a_number_keeps_it(labels: list[str], numbers: list[str]) -> None:
    assert list(number_buttons(labels)) == numbers
    assert list(number_buttons(labels).values()) == labels


def test_the_command_reads_lines_until_quit(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    from bot.commands.chat import command

    monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{tmp_path / 'quwen.db'}")
    said = CliRunner().invoke(command, input="/awards\n1\n99\n\n第3号荣誉\nquit\n/help\n")
    assert said.exit_code == 0, said.output
    assert "第3号荣誉" in said.output
    assert "没有按钮" in said.output
    assert "/privacy" not in said.output
