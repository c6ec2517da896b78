"""A database with rows in every table, and all rows of one, for the tests of moving them."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from storage.database import Database
from storage.events import find_events
from storage.filters import EventFilter
from storage.ingest import PageInfo
from storage.pause import pause_sending
from storage.processes import beat
from storage.saved import remember_filter
from storage.standing import close_topic
from storage.tables import METADATA
from storage.tables_events import EventRow
from storage.tables_intake import IntakeRow
from storage.tables_merges import DoubtRow, EarlierRow, MergeRow
from storage.tables_news import ArticleRow
from storage.tables_sources import IssueArticleRow, IssueRow, RememberedRow, SourceStateRow
from tests.storage.following import MONDAY, follower, queue
from tests.storage.pages import AWARD, FIGURE, ISSUED, MEETING, NOW, SITE, store

Rows = dict[str, list[dict[str, Any]]]

WORDS = ("点评", "王", "首都文明", "5.1%", "没有这个")


def fill(session: Session) -> None:
    """Put something into every table; the first article is told to be a reprint of the last."""
    store(session, MEETING, AWARD, FIGURE)
    store(session, MEETING, source=SITE, page=PageInfo("web.txt"))
    queue(session, follower(session, 2**40), ("一\n\t“", "二"))
    remember_filter(session, EventFilter())
    pause_sending(session, "一会儿", NOW)
    close_topic(session, 2**40, None, NOW)
    beat(session, name="here:1", role="run", total=30, now=NOW)
    first, second = session.scalars(select(EventRow).order_by(col(EventRow.id)).limit(2)).all()
    assert first.id
    assert second.id
    merge = MergeRow(
        event_id=first.id, mentions=[1], why="alike", score=0.1 + 0.2, reasons=["days"], made_at=NOW
    )
    issue = IssueRow(source="ftb", day=ISSUED, url="https://example.org/", state="read", found_at=NOW)
    session.add_all([merge, issue])
    session.flush()
    assert issue.id
    session.add_all(
        [
            DoubtRow(
                first_id=first.id,
                second_id=second.id,
                score=0.5,
                reasons={"for": ["甲"], "against": []},
                state="same",
                made_at=NOW,
                merge_id=merge.id,
            ),
            EarlierRow(event_id=first.id, position=0, first_day=ISSUED, last_day=ISSUED, precision="day"),
            SourceStateRow(source="ftb", state="read", why="", since=NOW + timedelta(microseconds=1)),
            IssueArticleRow(
                issue_id=issue.id,
                position=1,
                url="https://example.org/1",
                state="stored",
                reference={"a": None},
            ),
            RememberedRow(
                source="ftb", url="https://example.org/", final_url="", data=bytes(range(256)), used_at=NOW
            ),
            IntakeRow(
                chat_id=2**40,
                state="waiting",
                pages=[["甲", None]],
                source="丰台报",
                file_name="",
                issued_on=date(2024, 4, 8),
                dated_by="text",
                made_at=MONDAY,
            ),
        ]
    )
    articles = session.scalars(select(ArticleRow).order_by(col(ArticleRow.id))).all()
    articles[0].reprint_of = articles[-1].id


def all_rows(database: Database) -> Rows:
    """Every row of every table."""
    with database.session(write=False) as session:
        queries = {table.name: select(table).order_by(*table.primary_key) for table in METADATA.sorted_tables}
        return {name: [dict(row) for row in session.execute(q).mappings()] for name, q in queries.items()}


def rows_of(place: str | Path) -> Rows:
    """The same of the database at an address, or in a file."""
    database = Database.on_file(place) if isinstance(place, Path) else Database(place)
    try:
        return all_rows(database)
    finally:
        database.close()


def answers(database: Database) -> dict[str, list[str]]:
    """What the search says to some words."""
    with database.session(write=False) as session:
        return {
            word: [event.id for event in find_events(session, EventFilter(words=(word,))).events]
            for word in WORDS
        }
