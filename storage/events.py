"""Questions about events. All take a session and answer with plain values.

Lists show what is to be verified too, and never what a person rejected.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlmodel import Session, col

from parsing.model import EventType, Precision
from storage.conditions import conditions
from storage.event_rows import select_events, views_of
from storage.filters import EventFilter
from storage.merges import events_of
from storage.proofs import proofs_of
from storage.review import ASKED, UNASKED
from storage.tables_events import AreaRow, EventAreaRow, EventRow
from storage.tables_news import PageRow, SourceRow
from storage.views import EventDetail, EventPage, EventView, SourceView

Order = Literal["newest", "soonest"]

_By = tuple[Any, ...]  # columns to sort by
_Wanted = Sequence[ColumnElement[bool]]
_NEWEST: _By = (col(EventRow.first_day).desc(), col(EventRow.id).desc())
_SLICE = 500
_FEW = 5000  # matches that are found before they are sorted


def find_events(
    session: Session,
    flt: EventFilter,
    *,
    limit: int = 10,
    offset: int = 0,
    order: Order = "newest",
    today: date | None = None,
) -> EventPage:
    """The events that match, by their day (the first one told, or else the day of the report).

    "soonest" starts with what is not over by `today`, soonest first, then goes on with what is over.
    """
    by: _By = _NEWEST
    if order == "soonest":
        by = (col(EventRow.first_day), col(EventRow.id))
        if today is not None:
            over = col(EventRow.last_day) < today
            by = (over, case((over, None), else_=col(EventRow.first_day)), *_NEWEST)
    return _page(session, flt, conditions(session, flt), by, limit, offset)


def upcoming(
    session: Session,
    flt: EventFilter,
    *,
    today: date,
    days: int,
    limit: int = 10,
    offset: int = 0,
    unasked: bool = False,
) -> EventPage:
    """What lies ahead or is still on between `today` and `days` days later, soonest first.

    An event that was over or running when it was told, with no day told for its end, does not count.
    `unasked` leaves out what is still to be verified.
    """
    start, end = col(EventRow.date_start), col(EventRow.date_end)
    told_ahead = or_(
        start >= today,
        start > col(EventRow.reported_on),
        and_(col(EventRow.precision) == Precision.DAY.value, end > col(EventRow.reported_on)),
    )
    ahead = (end >= today, start <= today + timedelta(days=days), told_ahead)
    by: _By = (case((start < today, today), else_=start), end, col(EventRow.id))
    wanted = conditions(session, flt, UNASKED if unasked else ASKED)
    return _page(session, flt, [*wanted, *ahead], by, limit, offset)


def recent(
    session: Session,
    flt: EventFilter,
    *,
    today: date,
    days: int,
    limit: int = 10,
    offset: int = 0,
    ahead: bool = True,
    unasked: bool = False,
) -> EventPage:
    """What happened or was first reported in the `days` days that end with `today`, newest first.

    With `ahead=False`, what was reported but only starts after `today` is left out. `unasked` leaves out
    what is still to be verified, and counts the rest from the day on which it was sure enough to be told.
    """
    since = today - timedelta(days=days - 1)
    start = col(EventRow.date_start)
    # Of an event with a day, that is its first_day, for which there is an index.
    first = col(EventRow.first_day)
    happened = and_(col(EventRow.precision) == Precision.DAY.value, first.between(since, today))
    told = col(EventRow.cleared_on) if unasked else col(EventRow.told_on)
    wanted = conditions(session, flt, UNASKED if unasked else ASKED)
    wanted.append(or_(happened, told.between(since, today)))
    if not ahead:
        wanted.append(or_(start.is_(None), start <= today))
    return _page(session, flt, wanted, _NEWEST, limit, offset)


def get_event(session: Session, public_id: str) -> EventDetail | None:
    """An event with its proofs, oldest report first. Forgives case, spaces and a leading #.

    The id of an event that was joined into another leads to that.
    """
    key = events_of(session, [public_id]).get(public_id)
    row = session.execute(select_events().where(col(EventRow.id) == key)).one_or_none()
    if row is None:
        return None
    return EventDetail(event=views_of(session, [row])[0], proofs=proofs_of(session, row.id))


def nearest(session: Session, flt: EventFilter, *, today: date) -> tuple[EventFilter, EventView] | None:
    """What to offer where nothing matches `flt`.

    Drops first the period, then the words, then the areas, and answers with the first wider filter that
    finds something and the event nearest before `today` (or else soonest after). None if even that is empty.
    """
    wider = flt
    for dropped in ({"since": None, "until": None}, {"words": ()}, {"areas": ()}):
        narrower, wider = wider, replace(wider, **dropped)
        if wider == narrower:
            continue
        wanted = conditions(session, wider)
        first = col(EventRow.first_day)
        behind = select_events().where(*wanted, first <= today).order_by(*_NEWEST).limit(1)
        ahead = select_events().where(*wanted, first > today).order_by(first, col(EventRow.id)).limit(1)
        for query in (behind, ahead):
            rows = session.execute(query).all()
            if rows:
                return wider, views_of(session, rows)[0]
    return None


def count_by_type(session: Session, flt: EventFilter) -> dict[EventType, int]:
    """How many events match, for each type that has any, in the order of `EventType`."""
    kind = col(EventRow.type)
    rows = session.execute(select(kind, func.count()).where(*conditions(session, flt)).group_by(kind)).all()
    counts = {EventType(row[0]): int(row[1]) for row in rows}
    return {kind: counts[kind] for kind in EventType if kind in counts}


def all_events(session: Session, flt: EventFilter) -> Iterator[EventView]:
    """Every event that matches, newest first, read in slices; use it while the session is open."""
    wanted = conditions(session, flt)
    first, key = col(EventRow.first_day), col(EventRow.id)
    after: list[ColumnElement[bool]] = []
    while rows := session.execute(
        select_events().add_columns(first).where(*wanted, *after).order_by(*_NEWEST).limit(_SLICE)
    ).all():
        yield from views_of(session, rows)
        last = rows[-1]
        after = [or_(first < last.first_day, and_(first == last.first_day, key < last.id))]


def known_areas(session: Session) -> tuple[str, ...]:
    """The areas that have events, those with most first."""
    rows = session.execute(
        select(col(AreaRow.name), func.count().label("events"))
        .join_from(EventAreaRow, AreaRow, col(AreaRow.id) == col(EventAreaRow.area_id))
        .group_by(col(AreaRow.name))
    ).all()
    return tuple(row.name for row in sorted(rows, key=lambda row: (-row.events, row.name)))


def last_issue(session: Session) -> date | None:
    """The newest issue date of all pages."""
    return session.scalar(select(func.max(col(PageRow.issued_on))))


def sources(session: Session) -> tuple[SourceView, ...]:
    """The papers and sites that pages came from, by name."""
    rows = session.execute(
        select(
            col(SourceRow.name),
            col(SourceRow.kind),
            col(SourceRow.home_url),
            func.count(col(PageRow.id)).label("pages"),
            func.max(col(PageRow.issued_on)).label("last_issue"),
        )
        .join_from(SourceRow, PageRow, col(PageRow.source_id) == col(SourceRow.id), isouter=True)
        .group_by(col(SourceRow.id))
    ).all()
    return tuple(SourceView(*row) for row in sorted(rows, key=lambda row: str(row.name)))


def _page(session: Session, flt: EventFilter, wanted: _Wanted, by: _By, limit: int, offset: int) -> EventPage:
    total = session.scalar(select(func.count()).select_from(EventRow).where(*wanted)) or 0
    if total <= offset:
        return EventPage(total=total, offset=offset, events=())
    if flt.words and total <= _FEW:
        # No planner knows how rare a word is. For the first ten it may walk back over all events in their
        # order, looking at each; so those that match are found first and sorted then.
        ids = session.scalars(select(col(EventRow.id)).where(*wanted)).all()
        wanted = [col(EventRow.id).in_(ids)]
    rows = session.execute(select_events().where(*wanted).order_by(*by).limit(limit).offset(offset)).all()
    return EventPage(total=total, offset=offset, events=views_of(session, rows))
