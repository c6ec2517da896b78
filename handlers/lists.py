"""The ten type commands, and the buttons of every list."""

from dataclasses import replace

from handlers.arguments import read_arguments
from handlers.ask import Answer, Ask, Question, alert, in_place
from handlers.looking import look_up
from messages import replies
from messages.callbacks import Action, Adjust, DigestRest, ListMode, ListPage, adjusted
from messages.menu import TYPE_COMMANDS
from messages.tree import Message
from parsing.model import EventType
from storage.saved import recall_filter


def of_type(kind: EventType) -> Question:
    """The command that lists the events of one type, narrowed by an area, a period and words."""

    async def list_type(ask: Ask) -> Message:
        asked = read_arguments(ask.words, ask.house.district, ask.today)
        return await look_up(ask, replace(asked.filter, types=(kind,)), ListMode())

    return list_type


async def turn_page(ask: Ask) -> Message | Answer:
    """‹ and ›: another page of a list, in place."""
    match ask.action:
        case ListPage(key, mode, offset):
            flt = await ask.house.database.read(recall_filter, key)
            if flt is not None:
                return in_place(await look_up(ask, flt, mode, offset))
    return alert(replies.gone_button(ask.t))


async def adjust(ask: Ask) -> Message | Answer:
    """Make a list narrower or wider, in place."""
    match ask.action:
        case Adjust(key, mode, change, kind):
            flt = await ask.house.database.read(recall_filter, key)
            if flt is not None:
                return in_place(await look_up(ask, adjusted(flt, change, kind), mode))
    return alert(replies.gone_button(ask.t))


async def rest_of_digest(ask: Ask) -> Message | Answer:
    """What a digest had no room for, as a list below it."""
    match ask.action:
        case DigestRest(key, kind):
            flt = await ask.house.database.read(recall_filter, key)
            if flt is not None:
                return await look_up(ask, replace(flt, types=(kind,)) if kind else flt, ListMode())
    return alert(replies.gone_button(ask.t))


COMMANDS: dict[str, Question] = {name: of_type(kind) for name, kind in TYPE_COMMANDS.items()}
BUTTONS: dict[type[Action], Question] = {ListPage: turn_page, Adjust: adjust, DigestRest: rest_of_digest}
