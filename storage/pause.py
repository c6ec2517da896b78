"""The operator's pause: nothing leaves the outbox, while commands are answered and digests are made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col

from storage.inserts import insert_new
from storage.tables_outbox import PauseRow
from storage.text import clean

_MOST_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class Pause:
    """Since when nothing is sent, and why, in the operator's words."""

    since: datetime  # UTC
    reason: str


def pause_sending(session: Session, reason: str, now: datetime) -> Pause:
    """Stop sending until `resume_sending`; one that is on keeps its beginning and takes the new reason."""
    insert_new(session, PauseRow, [{"id": 1, "since": now, "reason": ""}])
    row = session.get_one(PauseRow, 1, with_for_update=True)
    row.reason = clean(reason)[:_MOST_REASON] or row.reason
    session.flush()
    return Pause(row.since, row.reason)


def resume_sending(session: Session) -> Pause | None:
    """End the pause, and return the one that it was; None if there was none."""
    pause = pause_of(session)
    session.execute(delete(PauseRow))
    return pause


def pause_of(session: Session) -> Pause | None:
    """The pause that is on, or None."""
    row = session.get(PauseRow, 1)
    return Pause(row.since, row.reason) if row is not None else None


def is_paused() -> ColumnElement[bool]:
    """Whether a pause is on, within another query."""
    return select(col(PauseRow.id)).exists()
