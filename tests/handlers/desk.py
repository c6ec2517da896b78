"""A desk to ask at: the real application, with people, groups and channels that speak to it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from telegram import Update

from bot.application import Bot, build_application
from bot.console_telegram import BOT_USER, ConsoleTelegram, Shown, Toast, message_json
from bot.console_text import html_to_text
from bot.settings import Settings
from handlers.house import KEY
from storage.database import Database
from storage.ingest import PageInfo, SourceInfo, store_reading
from tests.support.readings import Happening, page_telling

ANN: dict[str, Any] = {"id": 501, "is_bot": False, "first_name": "安", "language_code": "zh-hans"}
BOB: dict[str, Any] = {"id": 502, "is_bot": False, "first_name": "Bob", "language_code": "en"}
ADMIN: dict[str, Any] = {"id": 503, "is_bot": False, "first_name": "管", "language_code": "zh-hans"}

PRIVATE: dict[str, Any] = {"id": ANN["id"], "type": "private", "first_name": "安"}
BOBS: dict[str, Any] = {"id": BOB["id"], "type": "private", "first_name": "Bob"}
GROUP: dict[str, Any] = {"id": -601, "type": "group", "title": "邻居"}
FORUM: dict[str, Any] = {"id": -1001602, "type": "supergroup", "title": "社区论坛", "is_forum": True}
CHANNEL: dict[str, Any] = {"id": -1001603, "type": "channel", "title": "丰台消息"}

NOON = datetime(2024, 4, 10, 4, tzinfo=UTC)  # a Wednesday, 12:00 in Beijing


@dataclass
class Desk:
    """Everything a test says goes through `application.process_update`, as Telegram would deliver it."""

    database: Database
    now: datetime = NOON
    console: bool = True  # where whoever asks is an operator
    admins: tuple[int, ...] = ()
    toasts: list[Toast] = field(default_factory=list)
    _shown: list[Shown] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(9001))

    def __post_init__(self) -> None:
        self.telegram = ConsoleTelegram(lambda: self.now, self._show)
        for chat in (PRIVATE, BOBS, GROUP, FORUM, CHANNEL):
            self.telegram.add_chat(chat)
        for chat in (GROUP, FORUM, CHANNEL):
            self.telegram.set_member(chat["id"], ADMIN["id"], "administrator")
        fields = {"database_url": "sqlite:///unused.db", "admins": self.admins}
        settings = Settings.model_validate(fields)
        self.application: Bot = build_application(
            settings,
            self.database,
            clock=lambda: self.now,
            request=self.telegram,
            jobs=False,
            console=True,
        )
        data = self.application.bot_data
        data[KEY] = replace(data[KEY], console=self.console)

    async def say(
        self,
        text: str,
        *,
        chat: dict[str, Any] = PRIVATE,
        user: dict[str, Any] | None = ANN,
        topic: int | None = None,
        **fields: Any,
    ) -> list[Shown]:
        """Send a text and get what the bot shows for it. `fields` go into the message as they are."""
        message: dict[str, Any] = {
            "message_id": self.telegram.new_message_id(),
            "date": int(self.now.timestamp()),
            "chat": chat,
            "text": text,
            "entities": _entities(text),
            **fields,
        }
        if user is not None:
            message["from"] = user
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        return await self.deliver({"channel_post" if chat["type"] == "channel" else "message": message})

    async def ask(self, text: str, **options: Any) -> Shown:
        """The same, where exactly one message comes back."""
        (shown,) = await self.say(text, **options)
        return shown

    async def press(
        self, shown: Shown, label: str = "", *, data: str | None = None, user: dict[str, Any] = ANN
    ) -> list[Shown]:
        """Press the button with this label under a message, or one with forged data."""
        if data is None:
            data = next(b["callback_data"] for b in shown.buttons if label in b["text"])
        query = {
            "id": str(next(self._numbers)),
            "from": user,
            "chat_instance": "1",
            "message": message_json(shown, self.now),
            "data": data,
        }
        return await self.deliver({"callback_query": query})

    async def membership(self, chat: dict[str, Any], *, old: str, new: str) -> list[Shown]:
        """Our own place in a chat changes."""

        def member(status: str) -> dict[str, Any]:
            more = {"until_date": 0} if status == "kicked" else {}
            return {"user": BOT_USER, "status": status, **more}

        change = {
            "chat": chat,
            "from": ANN,
            "date": int(self.now.timestamp()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        return await self.deliver({"my_chat_member": change})

    async def deliver(self, update: dict[str, Any]) -> list[Shown]:
        """Let the application handle an update; what the bot showed for it."""
        self._shown.clear()
        numbered = {"update_id": next(self._numbers), **update}
        await self.application.process_update(Update.de_json(numbered, self.application.bot))
        return list(self._shown)

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every request of this method so far."""
        return [call.parameters for call in self.telegram.calls if call.method == method]

    def publish(self, *happenings: Happening, issued_on: date = date(2024, 4, 8)) -> None:
        """A page of the paper is read and stored."""
        text, reading = page_telling(*happenings, issued_on=issued_on)
        page = PageInfo(f"{issued_on}.txt", number="02", url="https://paper.example.cn/a?b=1&c=2")
        with self.database.session() as session:
            store_reading(session, reading, text=text, source=SourceInfo("丰台报"), page=page, now=self.now)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def _show(self, what: Shown | Toast) -> None:
        if isinstance(what, Toast):
            self.toasts.append(what)
        else:
            self._shown.append(what)


def text_of(shown: Shown) -> str:
    """What a person reads in a message."""
    return html_to_text(shown.html).plain


def labels(shown: Shown) -> list[str]:
    return [button["text"] for button in shown.buttons]


def database_at(path: Path) -> Database:
    return Database(f"sqlite:///{path}")


def _entities(text: str) -> list[dict[str, Any]]:
    entities = []
    if text.startswith("/"):
        entities.append({"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])})
    mention = f"@{BOT_USER['username']}"
    if mention in text and not text.startswith("/"):
        entities.append({"type": "mention", "offset": text.index(mention), "length": len(mention)})
    return entities
