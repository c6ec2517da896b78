"""Somebody who talks with the bot in a chat, and reads what it answers."""

from dataclasses import dataclass
from typing import Any

from messages.callbacks import Action, parse
from tests.fakebot.world import Json, World


@dataclass(frozen=True, slots=True)
class Person:
    """A person in one chat (and topic of it); without one, in their private chat with the bot."""

    world: World
    id: int | None  # None: the channel itself speaks
    chat: int
    topic: int | None = None

    async def say(self, text: str) -> Json:
        """Write something; answers the record of the bot's answer in this chat."""
        after = await self._latest()
        await self.world.text(self.id, text, **self._where())
        return (await self.world.wait_messages(chat_id=self.chat, after=after))[0]

    async def mutter(self, text: str) -> None:
        """Write something that the bot has no answer to."""
        await self.world.text(self.id, text, **self._where())

    async def press(self, message: Json, action: type[Action], **fields: Any) -> Json:
        """Press the button that does this; answers what the bot said to the one who pressed."""
        assert self.id is not None
        data = button(message, action, **fields)["callback_data"]
        answer: Json = (await self.world.press(self.id, message, data=data))["answer"]
        return answer

    async def turn(self, message: Json, action: type[Action], **fields: Any) -> Json:
        """Press a button that changes the message; answers its record as it is then."""
        edits = len(message["edits"]) + 1
        await self.press(message, action, **fields)
        return await self.world.wait_edit(message, edits=edits)

    async def open(self, message: Json, action: type[Action], **fields: Any) -> Json:
        """Press a button that is answered below; answers the record of that message."""
        after = await self._latest()
        await self.press(message, action, **fields)
        return (await self.world.wait_messages(chat_id=self.chat, after=after))[0]

    async def heard(self) -> list[Json]:
        """All that the bot has said in this chat."""
        return await self.world.messages(chat_id=self.chat, direction="out")

    def _where(self) -> dict[str, int]:
        if self.chat == self.id:
            return {}
        return {"chat_id": self.chat} | ({} if self.topic is None else {"thread_id": self.topic})

    async def _latest(self) -> int:
        last = await self.world.messages(limit=1)
        return int(last[-1]["seq"]) if last else 0


async def meet(world: World, **about: Any) -> Person:
    """A new person before their private chat."""
    person = await world.user(**{"first_name": "小王", "language_code": "zh-hans", **about})
    return Person(world, person, person)


def words(record: Json) -> str:
    """The text of a message, as its reader sees it."""
    return str(record["message"]["text"])


def buttons(record: Json) -> list[Json]:
    """The buttons under a message."""
    keyboard = record["message"].get("reply_markup", {}).get("inline_keyboard", [])
    return [one for row in keyboard for one in row]


def button(record: Json, action: type[Action], **fields: Any) -> Json:
    """The first button that does `action` with these fields, such as `OpenEvent` or `ListPage, offset=10`."""
    for one in buttons(record):
        meant = parse(one.get("callback_data"))
        if isinstance(meant, action) and all(getattr(meant, name) == value for name, value in fields.items()):
            return one
    shown = [(one["text"], one.get("callback_data")) for one in buttons(record)]
    raise AssertionError(f"no button for {action.__name__} {fields}; there are {shown}")
