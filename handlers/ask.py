"""A question as handlers get it and the answer they give back, with nothing of Telegram in either."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from handlers.handed import Handed
from handlers.house import House
from messages import plain
from messages.callbacks import Action
from messages.i18n import Translator, translator
from messages.tree import Message
from storage.views import ChatView

TOAST_LIMIT = 200  # characters that Telegram shows in answer to a button


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks in a chat: by a command and its words, by a button's action, or by plain words.

    `topic_id` is the forum topic it was asked in. `may_change` tells, when awaited, whether the one who asks
    may change the settings of this chat. `person` is the Telegram id of who asks; None for a chat that speaks
    as itself. `handed` is what is to be read; `download` gives the bytes of a file by its id, or raises
    `NotReadError`.
    """

    house: House
    chat: ChatView
    topic_id: int | None
    now: datetime
    may_change: Callable[[], Awaitable[bool]]
    person: int | None = None
    words: str = ""
    action: Action | None = None
    handed: Handed | None = None
    download: Callable[[str], Awaitable[bytes]] | None = None

    @property
    def is_operator(self) -> bool:
        """Whether an operator asks: one of the setting `admins`, or whoever sits at the console."""
        return is_operator(self.house, self.person)

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads along."""
        return self.chat.kind in ("private", "console")

    @property
    def today(self) -> date:
        """The day it is in the district."""
        return self.house.today(self.now)

    @property
    def t(self) -> Translator:
        """Says things in the language of the chat."""
        return translator(self.chat.language)


@dataclass(frozen=True, slots=True)
class Answer:
    """A message, and where it goes: below (as for a command), or `in_place` of the one with the button.

    `toast` is shown to the one who pressed the button alone; with `alert` it has to be closed.
    """

    message: Message | None = None
    in_place: bool = False
    toast: str = ""
    alert: bool = False


def is_operator(house: House, person: int | None) -> bool:
    """Whether the person with this Telegram id is an operator; at the console everybody is."""
    return house.console or person in house.settings.admins


Question = Callable[[Ask], Awaitable[Message | Answer]]


def in_place(message: Message) -> Answer:
    """Change the message whose button was pressed."""
    return Answer(message, in_place=True)


def alert(message: Message) -> Answer:
    """Say it to the one who pressed the button alone."""
    return Answer(toast=plain.render(message)[:TOAST_LIMIT], alert=True)
