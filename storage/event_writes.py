"""Making an event's row, names and search text from its mentions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy import text as sql
from sqlmodel import Session, col

from storage.base import Row
from storage.inserts import insert_new
from storage.merge import combine
from storage.public_ids import public_ids
from storage.review import Review, clear_since, news_day
from storage.search import searchable, write_text
from storage.tables_events import (
    ActorRow,
    AreaRow,
    EventActorRow,
    EventAreaRow,
    EventPersonRow,
    EventRow,
    PersonRow,
)
from storage.tables_news import ArticleRow, MentionRow, PageRow
from storage.text import bare
from storage.told import Told, from_fields

_LOCK = 0x696E67657374  # any number


def one_at_a_time(session: Session) -> None:
    """Wait until no other transaction changes events, and let none begin before this one ends."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(sql("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def new_event(session: Session, told: Told) -> int:
    """Make an event of its first report and return its id; `refresh_event` fills in the rest."""
    seed = f"{told.type} {told.told_on} {bare(told.evidence)} {bare(told.subject)}"
    taken = col(EventRow.public_id)
    public_id = next(
        name for name in public_ids(seed) if session.scalar(select(taken).where(taken == name)) is None
    )
    event = EventRow(public_id=public_id, **_columns(told))
    session.add(event)
    session.flush()
    assert event.id is not None  # noqa: S101 - given by the flush
    return event.id


def refresh_event(session: Session, event_id: int) -> None:
    """Make an event again from all its mentions. Its ids stay, and so does a person's word on it."""
    reports = reports_of(session, [event_id])[event_id]
    whole = combine(reports)
    columns = _columns(whole)
    state = session.execute(select(col(EventRow.review)).where(col(EventRow.id) == event_id)).scalar_one()
    if not Review(state).by_person:
        since = clear_since(reports)
        columns["review"] = (Review.CLEAR if since else Review.OPEN).value
        columns["cleared_on"] = news_day(since, whole.told_on) if since else None
    session.execute(update(EventRow).where(col(EventRow.id) == event_id).values(**columns))
    for names, name_table, link_table, key in (
        (whole.actors, ActorRow, EventActorRow, "actor_id"),
        (whole.people, PersonRow, EventPersonRow, "person_id"),
        (whole.areas, AreaRow, EventAreaRow, "area_id"),
    ):
        session.execute(delete(link_table).where(col(link_table.event_id) == event_id))
        ids = _ids(session, name_table, names)
        rows = [{"event_id": event_id, key: ids[name], "position": at} for at, name in enumerate(names)]
        if rows:
            session.execute(insert(link_table), rows)
    lines = [whole.subject, *whole.actors, *whole.people, whole.place or ""]
    for report in reports:
        lines += [report.evidence, report.headline]
    write_text(session, event_id, searchable(lines))


def reports_of(session: Session, event_ids: Sequence[int]) -> dict[int, list[Told]]:
    """The reports of events, each in the order they were stored."""
    return _reports(session, col(MentionRow.event_id).in_(event_ids))


def reports_in_article(session: Session, article_id: int) -> dict[int, list[Told]]:
    """The reports that one article makes, by the event they tell of."""
    return _reports(session, col(MentionRow.article_id) == article_id)


def _reports(session: Session, which: ColumnElement[bool]) -> dict[int, list[Told]]:
    rows = session.execute(
        select(
            col(MentionRow.event_id),
            col(MentionRow.fields),
            col(MentionRow.type),
            col(MentionRow.evidence),
            col(MentionRow.confidence),
            col(ArticleRow.headline),
            col(PageRow.source_id),
            col(PageRow.issued_on),
            col(PageRow.read_on),
        )
        .join_from(MentionRow, ArticleRow, col(ArticleRow.id) == col(MentionRow.article_id))
        .join(PageRow, col(PageRow.id) == col(MentionRow.page_id))
        .where(which)
        .order_by(col(MentionRow.id))
    )
    found: dict[int, list[Told]] = {}
    for row in rows:
        values = dict(row._mapping)
        found.setdefault(values.pop("event_id"), []).append(from_fields(values.pop("fields"), **values))
    return found


def _columns(told: Told) -> dict[str, Any]:
    return {
        "type": told.type.value,
        "subject": told.subject,
        "date_start": told.when.start,
        "date_end": told.when.end,
        "precision": told.when.precision.value,
        "reported_on": told.reported_on,
        "told_on": told.told_on,
        "first_day": told.when.start or told.told_on,
        "last_day": told.when.end or told.told_on,
        "place": told.place,
        "stage": told.stage.value if told.stage else None,
        "confidence": told.confidence,
        "source_id": told.source_id,
    }


def _ids(
    session: Session, table: type[ActorRow | PersonRow | AreaRow], names: Sequence[str]
) -> dict[str, int]:
    if not names:
        return {}
    plain: type[Row] = table
    insert_new(session, plain, [{"name": name} for name in names])
    rows = session.execute(select(col(table.name), col(table.id)).where(col(table.name).in_(names)))
    return {str(row[0]): int(row[1]) for row in rows}
