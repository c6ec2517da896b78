"""The tables of who follows the news: chats, their subscriptions, and filters kept for buttons.

Every table that holds something of a chat has a column `chat_id`, so that a chat can be forgotten.
"""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ColumnElement, Index, Text, literal_column
from sqlmodel import Field

from storage.base import Row
from storage.columns import CountingKey, UtcDateTime

# Written out, not bound: an index over one state is only used where the query itself names that state.
ACTIVE: ColumnElement[str] = literal_column("'active'")
PAUSED: ColumnElement[str] = literal_column("'paused'")
_IS_ACTIVE = literal_column("state") == ACTIVE
_IS_PAUSED = literal_column("state") == PAUSED


class ChatRow(Row, table=True):
    """A chat, under Telegram's id."""

    __tablename__ = "chat"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)  # one of storage.standing.Standing
    migrated_to: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime = Field(sa_type=UtcDateTime)
    state_since: datetime = Field(sa_type=UtcDateTime)


class ClosedTopicRow(Row, table=True):
    """A topic of a forum in which only its administrators may write now; 0 is General."""

    __tablename__ = "closed_topic"

    chat_id: int = Field(
        foreign_key="chat.id",
        primary_key=True,
        sa_type=BigInteger,
        sa_column_kwargs={"autoincrement": False},
    )
    topic_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    tried_at: datetime = Field(sa_type=UtcDateTime)


class SubscriptionRow(Row, table=True):
    """What one chat, or one topic of it, asked for."""

    __tablename__ = "subscription"
    __table_args__ = (
        Index(
            "ix_subscription_due",
            "next_due_at",
            "id",  # thousands are due at one moment
            sqlite_where=_IS_ACTIVE,
            postgresql_where=_IS_ACTIVE,
        ),
        Index(
            "ix_subscription_paused",
            "paused_until",
            sqlite_where=_IS_PAUSED,
            postgresql_where=_IS_PAUSED,
        ),
        {"sqlite_autoincrement": True},  # an id is never given out twice
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=CountingKey)
    chat_id: int = Field(foreign_key="chat.id", index=True, sa_type=BigInteger)
    topic_id: int | None = Field(default=None, sa_type=BigInteger)
    types: list[str] = Field(default_factory=list, sa_type=JSON)
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    weekday: int
    hour: int
    minute: int
    zone: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)  # active, paused, ended
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_due_at: datetime = Field(sa_type=UtcDateTime)
    last_period_end: date | None = None
    made_at: datetime = Field(sa_type=UtcDateTime)


class SavedFilterRow(Row, table=True):
    """A filter under its short key. It belongs to no chat: equal filters share a row."""

    __tablename__ = "saved_filter"

    key: str = Field(primary_key=True, sa_type=Text)
    filter: str = Field(sa_type=Text)
