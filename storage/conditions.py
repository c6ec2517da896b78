"""What a filter asks for, as conditions on the table `event`."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, select
from sqlmodel import Session, col

from storage.filters import EventFilter
from storage.review import ASKED, Review
from storage.search import has_words
from storage.tables_events import AreaRow, EventAreaRow, EventRow


def conditions(
    session: Session, flt: EventFilter, states: Sequence[Review] = ASKED
) -> list[ColumnElement[bool]]:
    """All of these must hold for an event to match and be in one of these states of review."""
    found: list[ColumnElement[bool]] = [col(EventRow.review).in_([state.value for state in states])]
    if flt.types:
        found.append(col(EventRow.type).in_([str(kind) for kind in flt.types]))
    if flt.areas:
        found.append(
            col(EventRow.id).in_(
                select(col(EventAreaRow.event_id))
                .join_from(EventAreaRow, AreaRow, col(AreaRow.id) == col(EventAreaRow.area_id))
                .where(col(AreaRow.name).in_(flt.areas))
            )
        )
    words = has_words(session, flt.words)
    if words is not None:
        found.append(words)
    if flt.since and flt.until and flt.until < flt.since:
        found.append(false())
    if flt.since:
        found.append(col(EventRow.last_day) >= flt.since)
    if flt.until:
        found.append(col(EventRow.first_day) <= flt.until)
    return found
