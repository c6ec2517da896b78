"""After /forgetme nothing in the database holds the chat's id: all of its tables are looked through."""

import json
import re
from collections.abc import Iterator

from sqlalchemy import BigInteger, MetaData, inspect, select
from sqlmodel import Session

from storage.chats import forget_chat, migrate_chat, touch_chat
from storage.database import Database
from storage.operator_notes import tell_operators
from storage.outbox import claim, mark_failed, mark_sent, put_back
from storage.pause import resume_sending
from storage.subscriptions import unsubscribe
from storage.tables import METADATA
from storage.tables_chat import ClosedTopicRow
from storage.tables_intake import IntakeRow
from storage.tables_merges import DoubtRow, MergeRow
from storage.tables_sources import IssueRow
from tests.storage.filled import fill
from tests.storage.following import MONDAY, follower, queue

ME, OLD_ME, NEIGHBOUR = 7_345_678_901, -7_345_678_902, 8_765_432_109

UNREADABLE = "event_gram"  # SQLite's index by itself; the tables that hold it are read

Place = tuple[str, str]  # table, column


def fill_for(session: Session, chat_id: int) -> None:
    """Something of a person in every place that can hold one: as a reader, and as an operator."""
    for topic in (None, 7):
        queue(session, follower(session, chat_id, topic), (f"甲 {topic}", "乙"))
    unsubscribe(session, follower(session, chat_id, 8).id)
    touch_chat(session, id=chat_id, kind="private", title=f"王女士 {chat_id}", language_code=None, now=MONDAY)
    parts = {"zh": ["甲"], "en": ["one"]}
    tell_operators(session, [chat_id], occasion="watch", parts=parts, today=MONDAY.date(), now=MONDAY)
    resume_sending(session)
    first, second, third = (one for one in claim(session, MONDAY, worker="w") if one.chat_id == chat_id)
    mark_sent(session, {first.id: 5}, MONDAY)
    mark_failed(session, second.id, f"BadRequest: chat {chat_id}", MONDAY)
    put_back(session, third.id, MONDAY, f"ChatMigrated: new chat id: {chat_id}", worker="w")
    waiting = IntakeRow(
        chat_id=chat_id,
        state="waiting",
        pages=[[f"我是 {chat_id}", None]],
        source="丰台报",
        file_name=f"{chat_id}.pdf",
        dated_by="text",
        made_at=MONDAY,
    )
    session.add_all([waiting, ClosedTopicRow(chat_id=chat_id, topic_id=99, tried_at=MONDAY)])
    for row in session.scalars(select(MergeRow)):
        row.made_by = row.undone_by = chat_id
    for doubt in session.scalars(select(DoubtRow)):
        doubt.decided_by = chat_id
    for issue in session.scalars(select(IssueRow)):
        issue.accepted_by = chat_id
    session.flush()


def places_of(session: Session, chat_id: int) -> set[Place]:
    """Where a chat's id stands in the database, as a number or within a text, whatever the column is for.

    The tables are those that the database itself tells of, with its search index and its revision.
    """
    return {
        (table, column)
        for table, column, value in _values(session)
        if value == chat_id or _names(_text(value), chat_id)
    }


def _values(session: Session) -> Iterator[tuple[str, str, object]]:
    there = MetaData()
    there.reflect(session.connection())
    for table in there.tables.values():
        if table.name == UNREADABLE:
            continue
        for row in session.execute(select(*table.columns)).mappings():
            for column, value in row.items():
                yield table.name, str(column), value


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _names(text: str, chat_id: int) -> bool:
    return re.search(rf"(?<!\d){abs(chat_id)}(?!\d)", text) is not None


def columns_for_people() -> set[Place]:
    """Every column that is made to hold a Telegram id of a chat or a person."""
    return {("chat", "id")} | {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, BigInteger)
        and (column.name in ("chat_id", "migrated_to") or column.name.endswith("_by"))
    }


def test_a_person_is_found_in_every_place_and_after_forgetting_in_none(database: Database) -> None:
    with database.session() as session:
        fill(session)
        touch_chat(session, id=OLD_ME, kind="group", title="老群", language_code=None, now=MONDAY)
        fill_for(session, ME)
        migrate_chat(session, OLD_ME, ME, MONDAY)
    with database.session() as session:
        before = places_of(session, ME)
        assert before >= columns_for_people()
        assert {("chat", "title"), ("delivery", "last_error"), ("intake", "pages")} <= before
        forget_chat(session, ME)
    with database.session() as session:
        assert places_of(session, ME) == places_of(session, OLD_ME) == set()


def test_others_are_not_forgotten_with_them(database: Database) -> None:
    with database.session() as session:
        fill(session)
        fill_for(session, ME)
        fill_for(session, NEIGHBOUR)
    with database.session() as session:
        before = places_of(session, NEIGHBOUR)
        assert before >= columns_for_people() - {("chat", "migrated_to")}
        forget_chat(session, ME)
        assert places_of(session, NEIGHBOUR) == before


def test_the_search_looks_at_all_tables_that_the_database_has(database: Database) -> None:
    with database.session(write=False) as session:
        looked_at = set(inspect(session.connection()).get_table_names())
        assert looked_at >= {table.name for table in METADATA.sorted_tables} | {"alembic_version"}
