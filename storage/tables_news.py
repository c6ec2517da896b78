"""The tables of what was read: sources, their pages, the articles on them, and what each article says."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.base import Row
from storage.columns import UtcDateTime


class SourceRow(Row, table=True):
    """A paper or site that we read."""

    __tablename__ = "source"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    home_url: str | None = Field(default=None, sa_type=Text)


class PageRow(Row, table=True):
    """One text as it came, whole, so that it can be read again by a better reader."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("source_id", "identity"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    identity: str = Field(sa_type=Text)  # sha256 of the text, line breaks and width normalised
    text: str = Field(sa_type=Text)
    file_name: str = Field(sa_type=Text)
    number: str | None = Field(default=None, sa_type=Text)
    url: str | None = Field(default=None, sa_type=Text)
    title: str | None = Field(default=None, sa_type=Text)
    district: str | None = Field(default=None, sa_type=Text)
    issued_on: date | None = Field(default=None, index=True)
    issued_on_source: str = Field(sa_type=Text)
    year: int | None = None
    read_on: date  # the local day on which it was read
    read_at: datetime = Field(sa_type=UtcDateTime)


class ArticleRow(Row, table=True):
    """One story of a page."""

    __tablename__ = "article"

    id: int | None = Field(default=None, primary_key=True)
    page_id: int = Field(foreign_key="page.id", index=True)
    name: str = Field(sa_type=Text)  # the reader's name for it, unique on the page
    headline: str | None = Field(default=None, sa_type=Text)
    page_order: int
    text: str = Field(sa_type=Text)
    start: int
    end: int
    told_on: date = Field(index=True)  # the page's issue date, or the day it was read
    opening: str = Field(sa_type=Text)  # headline and first words, normalised: by this a reprint is known
    reprint_of: int | None = Field(default=None, foreign_key="article.id")


class MentionRow(Row, table=True):
    """What one article says happened, with its proof and field values; an event is joined from these."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_event", "event_id"), Index("ix_mention_article", "article_id"))

    id: int | None = Field(default=None, primary_key=True)
    page_id: int = Field(foreign_key="page.id", index=True)
    article_id: int = Field(foreign_key="article.id")
    event_id: int = Field(foreign_key="event.id")
    type: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)
    context: str = Field(sa_type=Text)
    start: int
    end: int
    rule: str = Field(sa_type=Text)
    trigger: str = Field(sa_type=Text)
    confidence: float
    fields: dict[str, Any] = Field(sa_type=JSON)  # what `storage.told` reads and writes
