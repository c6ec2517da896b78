"""From rows of events to views, with a fixed number of queries whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, literal, select, union_all
from sqlmodel import Session, col

from parsing.model import EventType, Period, Precision, Stage, State
from storage.review import Review
from storage.tables_events import (
    ActorRow,
    AreaRow,
    EventActorRow,
    EventAreaRow,
    EventPersonRow,
    EventRow,
    PersonRow,
)
from storage.tables_merges import EarlierRow
from storage.tables_news import MentionRow, SourceRow
from storage.views import EventView

# The clause of the surest mention: titles take their words and numbers from it.
_EVIDENCE = (
    select(col(MentionRow.evidence))
    .where(col(MentionRow.event_id) == col(EventRow.id))
    .order_by(col(MentionRow.confidence).desc(), col(MentionRow.id))
    .limit(1)
    .correlate(EventRow)
    .scalar_subquery()
)

_EVENT: tuple[Any, ...] = (
    col(EventRow.id),
    col(EventRow.public_id),
    col(EventRow.type),
    col(EventRow.subject),
    col(EventRow.date_start),
    col(EventRow.date_end),
    col(EventRow.precision),
    col(EventRow.reported_on),
    col(EventRow.place),
    col(EventRow.stage),
    col(EventRow.state),
    col(EventRow.confidence),
    col(EventRow.review),
    col(SourceRow.name).label("source"),
    _EVIDENCE.label("evidence"),
)


def select_events() -> Select[Any]:
    """The columns that `views_of` needs, of all events; conditions and order are to be added."""
    return select(*_EVENT).join_from(EventRow, SourceRow, col(SourceRow.id) == col(EventRow.source_id))


def views_of(session: Session, rows: Sequence[Row[Any]]) -> tuple[EventView, ...]:
    """The views of rows that `select_events` yields, in their order."""
    names = _names(session, [row.id for row in rows])
    earlier = _earlier(session, [row.id for row in rows if row.state])
    return tuple(
        EventView(
            id=row.public_id,
            type=EventType(row.type),
            subject=row.subject,
            when=Period(row.date_start, row.date_end, Precision(row.precision)),
            reported_on=row.reported_on,
            source=row.source,
            actors=tuple(names["actor", row.id]),
            people=tuple(names["person", row.id]),
            place=row.place,
            areas=tuple(names["area", row.id]),
            stage=Stage(row.stage) if row.stage else None,
            confidence=row.confidence,
            review=Review(row.review),
            evidence=row.evidence or "",
            state=State(row.state) if row.state else None,
            earlier=tuple(earlier[row.id]),
        )
        for row in rows
    )


def _names(session: Session, ids: Sequence[int]) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    if not ids:
        return found
    actor, person, area = (
        col(EventActorRow.event_id),
        col(EventPersonRow.event_id),
        col(EventAreaRow.event_id),
    )
    parts: tuple[Any, ...] = (
        select(
            literal("actor").label("kind"),
            actor.label("event"),
            col(ActorRow.name),
            col(EventActorRow.position),
        )
        .join_from(EventActorRow, ActorRow, col(ActorRow.id) == col(EventActorRow.actor_id))
        .where(actor.in_(ids)),
        select(literal("person"), person, col(PersonRow.name), col(EventPersonRow.position))
        .join_from(EventPersonRow, PersonRow, col(PersonRow.id) == col(EventPersonRow.person_id))
        .where(person.in_(ids)),
        select(literal("area"), area, col(AreaRow.name), col(EventAreaRow.position))
        .join_from(EventAreaRow, AreaRow, col(AreaRow.id) == col(EventAreaRow.area_id))
        .where(area.in_(ids)),
    )
    for row in session.execute(union_all(*parts).order_by("position")):
        found[row.kind, row.event].append(row.name)
    return found


def _earlier(session: Session, ids: Sequence[int]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    if ids:
        by = (col(EarlierRow.event_id), col(EarlierRow.position))
        for row in session.scalars(select(EarlierRow).where(by[0].in_(ids)).order_by(*by)):
            found[row.event_id].append(Period(row.first_day, row.last_day, Precision(row.precision)))
    return found
