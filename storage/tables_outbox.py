"""The tables of what goes out: what was rendered, and a delivery for each part of it to each chat."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ColumnElement, Index, Text, UniqueConstraint, literal_column
from sqlmodel import Field

from storage.base import Row
from storage.columns import CountingKey, UtcDateTime

# Written out, not bound: an index over one state is only used where the query itself names that state.
PENDING: ColumnElement[str] = literal_column("'pending'")
FAILED: ColumnElement[str] = literal_column("'failed'")


class DigestRow(Row, table=True):
    """A digest, rendered once for all who asked for the same, or a note to the operators."""

    __tablename__ = "digest"

    id: int | None = Field(default=None, primary_key=True, sa_type=CountingKey)
    key: str = Field(unique=True, sa_type=Text)
    period_start: date
    period_end: date
    language: str = Field(sa_type=Text)
    parts: list[str] = Field(sa_type=JSON)  # the payload of each message


class DeliveryRow(Row, table=True):
    """One part of a digest on its way to one chat: a row of the outbox. Notes have no subscription."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("subscription_id", "occasion", "part"),
        Index(
            "uq_delivery_note",
            "chat_id",
            "occasion",
            "part",
            unique=True,
            sqlite_where=literal_column("subscription_id").is_(None),
            postgresql_where=literal_column("subscription_id").is_(None),
        ),
        Index(
            "ix_delivery_pending",
            "not_before",
            "id",
            sqlite_where=literal_column("state") == PENDING,
            postgresql_where=literal_column("state") == PENDING,
        ),
        Index(
            "ix_delivery_failed",
            "done_at",
            sqlite_where=literal_column("state") == FAILED,
            postgresql_where=literal_column("state") == FAILED,
        ),
        {"sqlite_autoincrement": True},  # an id is never given out twice
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=CountingKey)
    subscription_id: int | None = Field(default=None, foreign_key="subscription.id", sa_type=CountingKey)
    chat_id: int = Field(foreign_key="chat.id", index=True, sa_type=BigInteger)
    topic_id: int | None = Field(default=None, sa_type=BigInteger)
    digest_id: int = Field(foreign_key="digest.id", index=True, sa_type=CountingKey)
    occasion: str = Field(sa_type=Text)
    part: int
    state: str = Field(default="pending", sa_type=Text)  # pending, sent, unconfirmed, failed, dropped
    not_before: datetime = Field(sa_type=UtcDateTime)
    made_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    worker: str | None = Field(default=None, sa_type=Text)
    begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # since then it may have arrived
    cut_offs: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # sendings without an answer
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    last_error: str | None = Field(default=None, sa_type=Text)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PauseRow(Row, table=True):
    """The operator's pause: while this one row is there, nothing leaves the outbox."""

    __tablename__ = "pause"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    since: datetime = Field(sa_type=UtcDateTime)
    reason: str = Field(sa_type=Text)
