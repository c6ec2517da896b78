"""`quwen chat`: talk to the bot on this console, without Telegram."""

import asyncio
import sys

import click

from bot.application import utcnow
from bot.console import ConsoleChat
from bot.logs import set_up_logs
from bot.settings import load_settings
from storage.database import Database

_LEAVE = ("quit", "exit", "q", "退出")
_HELLO = (
    "在这里说的话和在 Telegram 里一样：发命令（/start、/help）或直接搜索；输入数字按按钮；quit 结束。\n"
    "Talk as in Telegram: commands (/start, /help) or words to search; a number presses a button; quit ends."
)


@click.command(epilog="Example: echo '/awards 王佐镇' | quwen chat")
def command() -> None:
    """Talk to the bot on this console, without Telegram and without a token."""
    settings = load_settings()
    set_up_logs("WARNING")
    database = Database(settings.database_url)
    try:
        database.upgrade()
        echo = not sys.stdin.isatty()
        asyncio.run(_talk(ConsoleChat(settings, database, clock=utcnow, out=sys.stdout, echo=echo)))
    finally:
        database.close()


async def _talk(chat: ConsoleChat) -> None:
    click.echo(_HELLO)
    async with chat:
        while (line := await asyncio.to_thread(_read_line)) is not None:
            if line.lower() in _LEAVE:
                break
            if line.isdecimal():
                await chat.press(line)
            elif line:
                await chat.say(line)


def _read_line() -> str | None:
    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None
