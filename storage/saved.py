"""Filters kept under a short key, so that a button under an old message still knows what it lists."""

from sqlalchemy import select
from sqlmodel import Session, col

from storage.filters import EventFilter
from storage.inserts import insert_new
from storage.tables_chat import SavedFilterRow


def remember_filter(session: Session, flt: EventFilter) -> str:
    """Keep a filter and return its key (`EventFilter.key`); keeping it again changes nothing."""
    insert_new(session, SavedFilterRow, [{"key": flt.key, "filter": flt.to_json()}])
    return flt.key


def recall_filter(session: Session, key: str) -> EventFilter | None:
    """The filter kept under `key`, or None."""
    kept = session.scalar(select(col(SavedFilterRow.filter)).where(col(SavedFilterRow.key) == key))
    if kept is None:
        return None
    try:
        return EventFilter.from_json(kept)
    except ValueError:
        return None  # kept by a version that knew other types
