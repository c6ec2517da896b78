"""Making an event's row, names and search text from its mentions."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy import text as sql
from sqlmodel import Session, col

from parsing.model import Period
from storage.base import Row
from storage.course import course_of
from storage.inserts import insert_new
from storage.merge import combine
from storage.public_ids import public_ids
from storage.review import Review, clear_since, news_day
from storage.search import searchable, write_texts
from storage.tables_events import (
    ActorRow,
    AreaRow,
    EventActorRow,
    EventAreaRow,
    EventPersonRow,
    EventRow,
    PersonRow,
)
from storage.tables_merges import EarlierRow
from storage.tables_news import ArticleRow, MentionRow, PageRow
from storage.text import bare
from storage.told import Told, from_fields

_LOCK = 0x696E67657374  # any number


def one_at_a_time(session: Session) -> None:
    """Wait until no other transaction changes events, and let none begin before this one ends."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(sql("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def new_events(session: Session, reports: Sequence[Told]) -> list[int]:
    """Make an event of each report, its first, and return their ids; `refresh_events` fills in the rest."""
    made = [EventRow(public_id=name, **_columns(told)) for name, told in _named(session, reports)]
    session.add_all(made)
    session.flush()
    return [event.id or 0 for event in made]


def _named(session: Session, reports: Sequence[Told]) -> Iterator[tuple[str, Told]]:
    """Each report with a public id that no event has."""
    seeds = [f"{told.type} {told.told_on} {bare(told.evidence)} {bare(told.subject)}" for told in reports]
    first = [next(public_ids(seed)) for seed in seeds]
    column = col(EventRow.public_id)
    taken = set(session.scalars(select(column).where(column.in_(first))))
    for seed, told in zip(seeds, reports, strict=True):
        for name in public_ids(seed):
            if name not in taken and (name in first or not _is_taken(session, name)):
                break
        taken.add(name)
        yield name, told


def _is_taken(session: Session, name: str) -> bool:
    column = col(EventRow.public_id)
    return session.scalar(select(column).where(column == name)) is not None


def refresh_events(session: Session, event_ids: Sequence[int]) -> None:
    """Make events again from all their mentions. Their ids stay, and so does a person's word on them."""
    reports = reports_of(session, event_ids)
    wholes = {event_id: combine(reports[event_id]) for event_id in event_ids}
    courses = {event_id: course_of(reports[event_id]) for event_id in event_ids}
    states = session.execute(
        select(col(EventRow.id), col(EventRow.review)).where(col(EventRow.id).in_(event_ids))
    )
    by_person = {event_id for event_id, state in states if Review(state).by_person}
    rows = []
    for event_id, whole in wholes.items():
        state = courses[event_id].state
        columns = {"id": event_id, **_columns(whole), "state": state.value if state else None}
        if event_id not in by_person:
            since = clear_since(reports[event_id])
            columns["review"] = (Review.CLEAR if since else Review.OPEN).value
            columns["cleared_on"] = news_day(since, whole.told_on) if since else None
        rows.append(columns)
    session.execute(update(EventRow), rows)
    _write_earlier(session, {event_id: course.earlier for event_id, course in courses.items()})
    _write_names(session, wholes)
    texts = {
        event_id: searchable(
            [
                *(whole.subject, *whole.actors, *whole.people, whole.place or ""),
                *(line for report in reports[event_id] for line in (report.evidence, report.headline)),
            ]
        )
        for event_id, whole in wholes.items()
    }
    write_texts(session, texts)


def _write_names(session: Session, wholes: Mapping[int, Told]) -> None:
    """Put the names of events in the place of those that they had."""
    for kind, name_table, link_table, key in (
        ("actors", ActorRow, EventActorRow, "actor_id"),
        ("people", PersonRow, EventPersonRow, "person_id"),
        ("areas", AreaRow, EventAreaRow, "area_id"),
    ):
        session.execute(delete(link_table).where(col(link_table.event_id).in_(wholes)))
        named: dict[int, tuple[str, ...]] = {
            event_id: getattr(whole, kind) for event_id, whole in wholes.items()
        }
        ids = _ids(session, name_table, list(dict.fromkeys(chain.from_iterable(named.values()))))
        rows = [
            {"event_id": event_id, key: ids[name], "position": at}
            for event_id, names in named.items()
            for at, name in enumerate(names)
        ]
        if rows:
            session.execute(insert(link_table), rows)


def empty_event(session: Session, event_id: int) -> None:
    """Take everything from an event that was joined into another, but for its row and its ids."""
    session.execute(
        update(EventRow).where(col(EventRow.id) == event_id).values(review=Review.MERGED.value, state=None)
    )
    _write_earlier(session, {event_id: ()})
    for link_table in (EventActorRow, EventPersonRow, EventAreaRow):
        session.execute(delete(link_table).where(col(link_table.event_id) == event_id))
    write_texts(session, {event_id: ""})


def reports_of(session: Session, event_ids: Sequence[int]) -> dict[int, list[Told]]:
    """The reports of events, each in the order they were stored."""
    return _reports(session, col(MentionRow.event_id).in_(event_ids))


def reports_in_article(session: Session, article_id: int) -> dict[int, list[Told]]:
    """The reports that one article makes, by the event they tell of."""
    return _reports(session, col(MentionRow.article_id) == article_id)


def reports_of_mentions(session: Session, mentions: Sequence[int]) -> list[Told]:
    """The reports of some mentions, of whatever events, in the order they were stored."""
    found = _reports(session, col(MentionRow.id).in_(mentions))
    return [report for reports in found.values() for report in reports]


def _reports(session: Session, which: ColumnElement[bool]) -> dict[int, list[Told]]:
    rows = session.execute(
        select(
            col(MentionRow.event_id),
            col(MentionRow.fields),
            col(MentionRow.type),
            col(MentionRow.evidence),
            col(MentionRow.context),
            col(MentionRow.confidence),
            col(ArticleRow.headline),
            col(ArticleRow.text),
            col(PageRow.source_id),
            col(PageRow.issued_on),
            col(PageRow.read_on),
            col(PageRow.district),
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


def _write_earlier(session: Session, earlier: Mapping[int, Sequence[Period]]) -> None:
    """Put the days that events were to take place on before in the place of those kept so far."""
    session.execute(delete(EarlierRow).where(col(EarlierRow.event_id).in_(earlier)))
    rows = [
        {
            "event_id": event_id,
            "position": at,
            "first_day": when.start,
            "last_day": when.end,
            "precision": when.precision.value,
        }
        for event_id, periods in earlier.items()
        for at, when in enumerate(periods)
    ]
    if rows:
        session.execute(insert(EarlierRow), rows)


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
