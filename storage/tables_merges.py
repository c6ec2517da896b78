"""The tables of what was joined: each joining, and the pairs of events that are doubtful or kept apart."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.base import Row
from storage.columns import UtcDateTime


class MergeRow(Row, table=True):
    """Reports that were joined to an event that existed, by the reader or by a person; it can be undone.

    `other_id` is the event that a person joined into it: its public id leads to `event_id` until then.
    """

    __tablename__ = "merge"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    other_id: int | None = Field(default=None, foreign_key="event.id", index=True)
    mentions: list[int] = Field(sa_type=JSON)  # their ids
    why: str = Field(sa_type=Text)  # a `storage.merges.Why`
    score: float
    reasons: list[str] = Field(sa_type=JSON)  # what spoke for it: `storage.reasons.Reason`s
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: int | None = Field(default=None, sa_type=BigInteger)  # a Telegram id; None for the reader
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by: int | None = Field(default=None, sa_type=BigInteger)
    event_review: str | None = Field(default=None, sa_type=Text)  # what both were before a person joined them
    other_review: str | None = Field(default=None, sa_type=Text)


class DoubtRow(Row, table=True):
    """Two events that may be one, or that a person keeps apart; the one with the lesser id comes first."""

    __tablename__ = "doubt"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        Index("ix_doubt_state", "state", "score"),
    )

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="event.id")
    second_id: int = Field(foreign_key="event.id", index=True)
    score: float
    reasons: dict[str, Any] = Field(sa_type=JSON)  # {"for": [...], "against": [...]} of the same
    state: str = Field(sa_type=Text)  # a `storage.reasons.Verdict`
    made_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    merge_id: int | None = Field(default=None, foreign_key="merge.id")


class EarlierRow(Row, table=True):
    """Days that an event had been set for before it was moved, oldest first."""

    __tablename__ = "event_earlier"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    position: int = Field(primary_key=True)
    first_day: date = Field(index=True)
    last_day: date
    precision: str = Field(sa_type=Text)
