"""`quwen chat`: talk to the bot on this console, without Telegram."""

import asyncio
import sys
from collections.abc import Iterator

import click

from bot.application import utcnow
from bot.console import ConsoleChat
from bot.logs import set_up_logs
from bot.settings import load_settings
from storage.database import Database

_LEAVE = ("quit", "exit", "退出")
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
        _talk(ConsoleChat(settings, database, clock=utcnow, out=sys.stdout, echo=echo))
    finally:
        database.close()


def _talk(chat: ConsoleChat) -> None:
    click.echo(_HELLO)
    # The terminal is read between the steps of the loop, in this thread: Ctrl+C then ends it at once.
    with asyncio.Runner() as runner:
        runner.run(chat.__aenter__())
        try:
            for line in _lines():
                runner.run(chat.press(line) if line.isdecimal() else chat.say(line))
        finally:
            runner.run(chat.__aexit__(None, None, None))


def _lines() -> Iterator[str]:
    """What is typed, line by line, until quit, the end of the input, or Ctrl+C."""
    interactive = sys.stdin.isatty()
    if interactive:
        import readline  # noqa: F401 - gives `input` its history
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    while True:
        try:
            line = input("> " if interactive else "").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line.lower() in _LEAVE:
            return
        if line:
            yield line
