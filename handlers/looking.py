"""Looking events up for a list: the page, the counts beside it, and the nearest where nothing is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.ask import Ask
from handlers.house import Session
from messages import replies
from messages.callbacks import ListKind, ListMode
from messages.lists import PAGE_SIZE, clamp_offset, event_list
from messages.tree import Message
from parsing.model import EventType
from storage.events import count_by_type, find_events, nearest, recent, upcoming
from storage.filters import EventFilter
from storage.saved import remember_filter
from storage.views import EventPage, EventView


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: a page of `flt`, or nothing and the nearest that exists."""

    flt: EventFilter
    page: EventPage
    counts: Mapping[EventType, int] | None = None
    nearest: tuple[EventFilter, EventView] | None = None


async def look_up(
    ask: Ask, flt: EventFilter, mode: ListMode, offset: int = 0, *, otherwise: EventFilter | None = None
) -> Message:
    """The list of what matches `flt`, or else what matches `otherwise`, or else the nearest there is."""
    found = await ask.house.database.run(look, flt, mode, offset, ask.today, otherwise)
    if found.page.total == 0:
        return replies.nothing_found(found.flt, mode=mode, today=ask.today, t=ask.t, nearest=found.nearest)
    return event_list(found.page, flt=found.flt, mode=mode, today=ask.today, t=ask.t, counts=found.counts)


def look(
    session: Session,
    flt: EventFilter,
    mode: ListMode,
    offset: int,
    today: date,
    otherwise: EventFilter | None = None,
) -> Found:
    """Query a page, and remember the filters that its buttons will name.

    An `offset` beyond the end (the list may have become shorter) gives the last page.
    """
    page = _page(session, flt, mode, offset, today)
    if page.total == 0 and otherwise is not None and otherwise != flt:
        other = _page(session, otherwise, mode, offset, today)
        if other.total:
            flt, page = otherwise, other
    if page.total and not page.events:
        page = _page(session, flt, mode, clamp_offset(offset, page.total), today)
    remember_filter(session, flt)
    if page.total == 0:
        near = nearest(session, flt, today=today)
        if near is not None:
            remember_filter(session, near[0])
        return Found(flt, page, nearest=near)
    counted = not flt.types and mode.kind in (ListKind.LIST, ListKind.SEARCH)
    return Found(flt, page, counts=count_by_type(session, flt) if counted else None)


def _page(session: Session, flt: EventFilter, mode: ListMode, offset: int, today: date) -> EventPage:
    match mode.kind:
        case ListKind.UPCOMING:
            return upcoming(session, flt, today=today, days=mode.days, limit=PAGE_SIZE, offset=offset)
        case ListKind.RECENT:
            return recent(session, flt, today=today, days=mode.days, limit=PAGE_SIZE, offset=offset)
        case _:
            return find_events(session, flt, limit=PAGE_SIZE, offset=offset, today=today)
