"""/upcoming and /recent: what is ahead, what has just happened, over some days."""

import re

from handlers.arguments import Arguments, read_arguments, split_words
from handlers.ask import Ask, Question
from handlers.looking import look_up
from messages import replies
from messages.callbacks import ListKind, ListMode
from messages.tree import Message
from storage.filters import EventFilter

DAYS_AHEAD = 14
DAYS_BACK = 7
MAX_DAYS = 365

_DAYS = re.compile(r"(?:最近|近|未来)?(\d{1,6})(?:天|日|d|days?)?", re.IGNORECASE)


async def ahead(ask: Ask) -> Message:
    """What lies ahead or is still on, soonest first."""
    asked, days = _read(ask)
    if asked.until is not None and days is None:
        days = (asked.until - ask.today).days
    return await _answer(ask, "upcoming", ListKind.UPCOMING, asked, DAYS_AHEAD if days is None else days)


async def back(ask: Ask) -> Message:
    """What happened or was reported lately, newest first."""
    asked, days = _read(ask)
    if asked.since is not None and days is None:
        days = (ask.today - asked.since).days + 1
    return await _answer(ask, "recent", ListKind.RECENT, asked, DAYS_BACK if days is None else days)


def _read(ask: Ask) -> tuple[Arguments, int | None]:
    words = split_words(ask.words)
    numbers = [word for word in words if _DAYS.fullmatch(word)]
    days = None
    if numbers and (found := _DAYS.fullmatch(numbers[0])) is not None:
        days = int(found.group(1))
    others = " ".join(word for word in words if word not in numbers[:1])
    return read_arguments(others, ask.house.district, ask.today, types=True), days


async def _answer(ask: Ask, command: str, kind: ListKind, asked: Arguments, days: int) -> Message:
    if asked.rest or not 1 <= days <= MAX_DAYS:
        return replies.bad_argument(command, ask.words, ask.t)
    return await look_up(ask, EventFilter(asked.types, asked.areas), ListMode(kind, days))


COMMANDS: dict[str, Question] = {"upcoming": ahead, "recent": back}
