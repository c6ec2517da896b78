"""Storing what was read from a page: all of it or nothing, and each happening once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from parsing.compare import Comparison
from parsing.export import as_differences
from parsing.model import Mention, Reading
from storage.doubt_rows import note_doubt
from storage.event_rows import select_events, views_of
from storage.event_writes import new_events, one_at_a_time, refresh_events
from storage.joining import Known, find_known, find_reprints, opening_of
from storage.merge import is_repeated
from storage.merges import record_joining
from storage.tables_events import EventRow
from storage.tables_news import ArticleRow, MentionRow, PageRow, SourceRow
from storage.text import clean, identity
from storage.told import Told, from_fields, to_fields
from storage.views import EventView, IngestReport

_MOST_DOUBTS = 2  # known events that a person is asked about for one new one


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A paper or site, known by its name."""

    name: str
    kind: str = "files"
    home_url: str | None = None


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where one text comes from; `number` is the 版次 as printed."""

    file_name: str
    number: str | None = None
    url: str | None = None
    title: str | None = None


def store_reading(
    session: Session,
    reading: Reading,
    *,
    text: str,
    source: SourceInfo,
    page: PageInfo,
    now: datetime,
    zone: str = "Asia/Shanghai",
    comparison: Comparison | None = None,
) -> IngestReport:
    """Store a page with its articles and mentions, and join the mentions to events.

    A text that this source brought before changes nothing (`page_known`). `zone` tells on which day a
    page without an issue date was read. Of a `comparison` with a second reading each mention keeps what the
    second says of it (the key `second` of its fields); what only the second found is not stored.
    """
    one_at_a_time(session)  # or two pages could make two events of one happening
    source_id = _source(session, source)
    if page_is_known(session, text=text, source=source):
        return IngestReport(page_known=True)
    row = PageRow(
        source_id=source_id,
        identity=identity(text),
        text=clean(text),
        file_name=clean(page.file_name),
        number=_clean(page.number),
        url=_clean(page.url),
        title=_clean(page.title),
        district=_clean(reading.district),
        issued_on=reading.issued_on,
        issued_on_source=reading.issued_on_source.value,
        year=reading.year,
        read_on=now.astimezone(ZoneInfo(zone)).date(),
        read_at=now,
    )
    session.add(row)
    session.flush()
    articles = _store_articles(session, reading, row)
    new, merged = _store_mentions(session, reading, row, articles, comparison, now)
    return IngestReport(
        page_known=False,
        articles=len(reading.articles),
        mentions=len(reading.mentions),
        new=_views(session, new),
        merged=_views(session, merged),
    )


def page_is_known(session: Session, *, text: str, source: SourceInfo) -> bool:
    """Whether this source brought this text before, so that storing it would change nothing."""
    same = (col(SourceRow.name) == clean(source.name), col(PageRow.identity) == identity(text))
    found = select(col(PageRow.id)).join(SourceRow, col(SourceRow.id) == col(PageRow.source_id)).where(*same)
    return session.scalar(found) is not None


def _source(session: Session, source: SourceInfo) -> int:
    name = clean(source.name)
    row = session.scalars(select(SourceRow).where(col(SourceRow.name) == name)).one_or_none()
    if row is None:
        row = SourceRow(name=name, kind=source.kind, home_url=_clean(source.home_url))
        session.add(row)
        session.flush()
    elif source.home_url and row.home_url != source.home_url:
        row.home_url = clean(source.home_url)
    return _key(row.id)


def _store_articles(session: Session, reading: Reading, page: PageRow) -> dict[str, ArticleRow]:
    told_on = page.issued_on or page.read_on
    openings = [opening_of(article) for article in reading.articles]
    reprints = find_reprints(session, openings, told_on)
    rows = {
        article.id: ArticleRow(
            page_id=_key(page.id),
            name=clean(article.id),
            headline=_clean(article.headline),
            page_order=article.page_order,
            text=clean(article.text),
            start=article.start,
            end=article.end,
            told_on=told_on,
            opening=opening,
            reprint_of=reprint,
        )
        for article, opening, reprint in zip(reading.articles, openings, reprints, strict=True)
    }
    session.add_all(rows.values())
    session.flush()
    return rows


def _store_mentions(
    session: Session,
    reading: Reading,
    page: PageRow,
    articles: dict[str, ArticleRow],
    comparison: Comparison | None,
    now: datetime,
) -> tuple[list[int], list[int]]:
    """Store the mentions and return the ids of the events they made, and of those they were added to."""
    reports = [_report(mention, page, articles[mention.article]) for mention in reading.mentions]
    reprints = [articles[mention.article].reprint_of for mention in reading.mentions]
    known = find_known(session, reports, reprints)
    twins = {
        index: twin
        for index, report in enumerate(reports)
        if (twin := next((at for at in range(index) if is_repeated(report, reports[at])), None)) is not None
    }
    untold = [index for index in range(len(reports)) if index not in twins and index not in known.joined]
    new = dict(zip(untold, new_events(session, [reports[index] for index in untold]), strict=True))
    events: list[int] = []
    rows: list[MentionRow] = []
    for index, mention in enumerate(reading.mentions):
        if index in twins:
            event_id = events[twins[index]]
        else:
            event_id = known.joined[index][0] if index in known.joined else new[index]
        events.append(event_id)
        row = _mention_row(mention, page, articles[mention.article], event_id)
        if comparison is not None:
            row.fields = {**row.fields, "second": _said(comparison, mention)}
        rows.append(row)
    session.add_all(rows)
    session.flush()
    _note_joinings(session, known, rows, now)
    touched = list(dict.fromkeys(events))
    if touched:
        refresh_events(session, touched)
    made = set(new.values())
    return list(new.values()), [event_id for event_id in touched if event_id not in made]


def _note_joinings(session: Session, known: Known, rows: Sequence[MentionRow], now: datetime) -> None:
    """Write down what was joined to events that were known, and which new events may be known ones."""
    for event_id, likeness in known.joined.values():
        joined = [_key(row.id) for row in rows if row.event_id == event_id]
        record_joining(session, event_id, joined, likeness, now)
    for index, doubts in known.doubtful.items():
        for event_id, likeness in doubts[:_MOST_DOUBTS]:
            if rows[index].event_id != event_id:
                note_doubt(session, rows[index].event_id, event_id, likeness, now)


def _report(mention: Mention, page: PageRow, article: ArticleRow) -> Told:
    return from_fields(
        to_fields(mention),
        type=mention.type,
        evidence=clean(mention.evidence),
        context=clean(mention.context),
        headline=article.headline,
        text=article.text,
        confidence=mention.confidence,
        source_id=page.source_id,
        issued_on=page.issued_on,
        read_on=page.read_on,
        district=page.district,
    )


def _mention_row(mention: Mention, page: PageRow, article: ArticleRow, event_id: int) -> MentionRow:
    return MentionRow(
        page_id=_key(page.id),
        article_id=_key(article.id),
        event_id=event_id,
        type=mention.type.value,
        evidence=clean(mention.evidence),
        context=clean(mention.context),
        start=mention.start,
        end=mention.end,
        rule=mention.rule,
        trigger=clean(mention.trigger),
        confidence=mention.confidence,
        fields=to_fields(mention),
    )


def _said(comparison: Comparison, mention: Mention) -> dict[str, Any]:
    verdict, differing = comparison.verdict(mention)
    return {"verdict": verdict.value, "differing": as_differences(differing)}


def _views(session: Session, ids: list[int]) -> tuple[EventView, ...]:
    rows = session.execute(select_events().where(col(EventRow.id).in_(ids)).order_by(col(EventRow.id))).all()
    return views_of(session, rows)


def _clean(text: str | None) -> str | None:
    return clean(text) if text else None


def _key(key: int | None) -> int:
    if key is None:
        raise RuntimeError("a row without a key was used before it was flushed")
    return key
