"""The tables of what happened: events, who and where, and the text they are searched by."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from storage.base import Row
from storage.review import Review


class EventRow(Row, table=True):
    """A happening. All but its ids and a person's word on it can be made again from its mentions."""

    __tablename__ = "event"
    __table_args__ = (
        # With the state of review at their end, so that lists are counted without a look at the rows.
        Index("ix_event_type_day", "type", "first_day", "id", "review"),
        Index("ix_event_type_told", "type", "told_on"),
        Index("ix_event_type_cleared", "type", "cleared_on"),
        Index("ix_event_day", "first_day", "id", "review"),
        Index("ix_event_told", "told_on"),
        Index(
            "ix_event_open",
            "confidence",
            "id",
            sqlite_where=text("review = 'open'"),
            postgresql_where=text("review = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(unique=True, sa_type=Text)
    type: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    date_start: date | None = None
    date_end: date | None = None
    precision: str = Field(sa_type=Text)
    reported_on: date | None = None  # the earliest issue date of its pages
    told_on: date  # the same, or the day its page was read where no issue date is known
    first_day: date  # date_start, or told_on where no date is told: what lists are sorted and filtered by
    last_day: date  # date_end, or told_on
    place: str | None = Field(default=None, sa_type=Text)
    stage: str | None = Field(default=None, sa_type=Text)
    state: str | None = Field(default=None, sa_type=Text)  # where it was told ahead: what became of it
    confidence: float
    review: str = Field(
        default=Review.OPEN.value, sa_type=Text, sa_column_kwargs={"server_default": Review.OPEN.value}
    )
    cleared_on: date | None = None  # by this day digests count it: when it became sure enough to be told
    source_id: int = Field(foreign_key="source.id")  # of the page that told it first


class EventTextRow(Row, table=True):
    """The normalised text that an event is searched by, a field a line.

    The index over its character bigrams is the database's own: the FTS5 table `event_gram` on SQLite, the
    column `grams` of this table on PostgreSQL (see `storage.search`).
    """

    __tablename__ = "event_text"

    event_id: int = Field(primary_key=True, foreign_key="event.id", sa_column_kwargs={"autoincrement": False})
    text: str = Field(sa_type=Text)


class ActorRow(Row, table=True):
    """A body, or a person where no body is named, that does or receives something."""

    __tablename__ = "actor"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, sa_type=Text)


class PersonRow(Row, table=True):
    """A named person."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, sa_type=Text)


class AreaRow(Row, table=True):
    """A street or town, by its name in the district pack."""

    __tablename__ = "area"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, sa_type=Text)


class EventActorRow(Row, table=True):
    """Who holds, signs, receives: in the order told."""

    __tablename__ = "event_actor"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    actor_id: int = Field(primary_key=True, foreign_key="actor.id", index=True)
    position: int


class EventPersonRow(Row, table=True):
    """Who takes part: in the order told."""

    __tablename__ = "event_person"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id", index=True)
    position: int


class EventAreaRow(Row, table=True):
    """Which areas it concerns: in the order told."""

    __tablename__ = "event_area"

    event_id: int = Field(primary_key=True, foreign_key="event.id")
    area_id: int = Field(primary_key=True, foreign_key="area.id", index=True)
    position: int
