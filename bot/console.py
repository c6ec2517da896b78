"""The chat on the console: the same application, with this process playing Telegram.

async with ConsoleChat(settings, database, clock=utcnow, out=sys.stdout) as chat:
    await chat.say("/awards 王佐镇")
    await chat.press(2)
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from itertools import count
from types import TracebackType
from typing import Any, Self, TextIO

from rich.console import Console
from rich.text import Text
from telegram import Update

from bot.application import build_application
from bot.console_telegram import ConsoleTelegram, Shown, Toast, message_json
from bot.console_text import html_to_text
from bot.settings import Settings
from storage.database import Database

PERSON: dict[str, Any] = {"id": 1, "is_bot": False, "first_name": "你", "language_code": "zh-hans"}
CHAT: dict[str, Any] = {"id": 1, "type": "private", "first_name": "你"}


class ConsoleChat(AbstractAsyncContextManager["ConsoleChat"]):
    """One private chat with the bot, written to `out`.

    Args:
        echo: also write what the person says and presses, as a script needs; at a terminal it is there.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        clock: Callable[[], datetime],
        out: TextIO,
        echo: bool = False,
    ) -> None:
        self._console = Console(file=out, soft_wrap=True, highlight=False, emoji=False, markup=False)
        self._clock = clock
        self._echo = echo
        self._update_ids = count(1)
        self._latest: Shown | None = None
        self.telegram = ConsoleTelegram(clock, self._show)
        self.telegram.add_chat(CHAT)
        self.telegram.set_member(CHAT["id"], PERSON["id"], "creator")
        self._application = build_application(
            settings, database, clock=clock, request=self.telegram, jobs=False, console=True
        )

    async def __aenter__(self) -> Self:
        await self._application.initialize()
        if self._application.post_init is not None:
            await self._application.post_init(self._application)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._application.shutdown()
        if self._application.post_shutdown is not None:
            await self._application.post_shutdown(self._application)

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons that can be pressed now: what to type for each, and its label."""
        return number_buttons([button["text"] for button in self._latest.buttons]) if self._latest else {}

    async def say(self, text: str) -> None:
        """Send `text` to the bot and write its answers."""
        if self._echo:
            self._line(f"› {text}", style="bold cyan")
        message: dict[str, Any] = {
            "message_id": self.telegram.new_message_id(),
            "date": int(self._clock().timestamp()),
            "chat": CHAT,
            "from": PERSON,
            "text": text,
        }
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        await self._process({"message": message})

    async def press(self, button: int | str) -> bool:
        """Press a button of the latest keyboard, by its number or label, and write what it does.

        Returns False, after a hint of what there is, where no such button exists.
        """
        wanted = str(button).strip()
        labels = self.buttons
        number = (
            wanted if wanted in labels else next((n for n, label in labels.items() if label == wanted), None)
        )
        if self._latest is None or number is None:
            self._line(_hint(wanted, labels), style="yellow")
            return False
        pressed = self._latest.buttons[list(labels).index(number)]
        if self._echo:
            self._line(f"› [{labels[number]}]", style="bold cyan")
        if "url" in pressed:
            self._line(pressed["url"])
            return True
        update_id = next(self._update_ids)
        query = {
            "id": str(update_id),
            "from": PERSON,
            "chat_instance": "1",
            "message": message_json(self._latest, self._clock()),
            "data": pressed["callback_data"],
        }
        await self._process({"callback_query": query}, update_id)
        return True

    async def _process(self, update: dict[str, Any], update_id: int | None = None) -> None:
        numbered = {"update_id": next(self._update_ids) if update_id is None else update_id, **update}
        await self._application.process_update(Update.de_json(numbered, self._application.bot))

    def _show(self, what: Shown | Toast) -> None:
        if isinstance(what, Toast):
            self._line(f"· {what.text}", style="italic")
            return
        self._console.print()
        if what.edits:
            self._line("✎", style="dim")
        self._console.print(html_to_text(what.html))
        if what.keyboard:
            self._latest = what
            self._show_keyboard(what)
        elif self._latest is what:
            self._latest = None
        self._console.print()

    def _show_keyboard(self, shown: Shown) -> None:
        keys = iter(number_buttons([button["text"] for button in shown.buttons]).items())
        for row in shown.keyboard:
            line = Text()
            for number, label in (next(keys) for _ in row):
                text = f"[{number}]" if number == label else f"[{number} {label}]"
                line.append(text, style="bold blue").append(" ")
            line.rstrip()
            self._console.print(line)

    def _line(self, text: str, *, style: str = "") -> None:
        self._console.print(Text(text, style=style))


def number_buttons(labels: list[str]) -> dict[str, str]:
    """A number to type for each button, in their order.

    A button whose label is a number keeps it (the third line of a list is opened by 3); the others get the
    numbers that are free.
    """
    own = {label for label in labels if label.isascii() and label.isdigit()}
    free = (str(number) for number in count(1) if str(number) not in own)
    numbered: dict[str, str] = {}
    for label in labels:
        numbered[label if label in own and label not in numbered else next(free)] = label
    return numbered


def _hint(wanted: str, labels: dict[str, str]) -> str:
    if not labels:
        return "现在没有按钮可按；输入 /help 看看能做什么。(There are no buttons now; try /help.)"
    numbers = "、".join(labels)
    return f"没有按钮“{wanted}”；现在可按：{numbers}。(No such button; there are: {', '.join(labels)}.)"
