"""The tables of collecting: how sources stand, their issues, the articles on these, and pages remembered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from storage.base import Row
from storage.columns import CountingKey, UtcDateTime


class SourceStateRow(Row, table=True):
    """How a source of the catalog stands, by its id there. Who collects from it holds it under a lease."""

    __tablename__ = "source_state"

    source: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(default="", sa_type=Text)  # of the paper or site, as readers know it
    state: str = Field(sa_type=Text)
    why: str = Field(sa_type=Text)  # one line; empty where all is well
    since: datetime = Field(sa_type=UtcDateTime)
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_look_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failures: int = 0  # in a row
    excused_until: date | None = None  # an operator said that no issue is missing up to this day
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    worker: str | None = Field(default=None, sa_type=Text)


class IssueRow(Row, table=True):
    """The ledger: an issue of a source, or a day without one."""

    __tablename__ = "issue"
    __table_args__ = (UniqueConstraint("source", "day"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=CountingKey)
    source: str = Field(sa_type=Text)
    day: date
    url: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    why: str = Field(default="", sa_type=Text)
    found_at: datetime = Field(sa_type=UtcDateTime)
    listed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # its pages, whole
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pages: int = 0
    articles: int = 0
    mentions: int = 0
    held_as: str | None = Field(default=None, sa_type=Text)  # the state of its source while it is held
    accepted_by: int | None = Field(default=None, sa_type=BigInteger)  # Telegram id of the operator


class IssueArticleRow(Row, table=True):
    """An article of an issue on its way: named, fetched, stored as a page of its own."""

    __tablename__ = "issue_article"
    __table_args__ = (
        UniqueConstraint("issue_id", "url"),
        Index("ix_issue_article_state", "issue_id", "state"),
        Index("ix_issue_article_url", "url"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=CountingKey)
    issue_id: int = Field(foreign_key="issue.id", sa_type=CountingKey)
    position: int
    url: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    reference: dict[str, Any] = Field(sa_type=JSON)  # where it was named, as its source's room writes it
    told: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))  # until it is stored
    flaws: list[str] = Field(default_factory=list, sa_type=JSON)
    tries: int = 0
    fetched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RememberedRow(Row, table=True):
    """A page that lists others, as it was answered, to ask by whether it has changed."""

    __tablename__ = "remembered"

    source: str = Field(primary_key=True, sa_type=Text)
    url: str = Field(primary_key=True, sa_type=Text)
    final_url: str = Field(sa_type=Text)
    etag: str | None = Field(default=None, sa_type=Text)
    last_modified: str | None = Field(default=None, sa_type=Text)
    data: bytes = Field(sa_type=LargeBinary)  # packed by zlib
    used_at: datetime = Field(sa_type=UtcDateTime)
