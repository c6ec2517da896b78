"""Operators are asked about events that may be one: each pair once, a few a day."""

import json
from datetime import timedelta

from sqlmodel import Session

from jobs import pairs
from jobs.pairs import AskResult, ask_about_pairs
from parsing.model import EventType
from storage.chats import touch_chat
from storage.database import Database
from storage.doubt_rows import note_doubt
from storage.outbox import claim
from storage.reasons import Likeness, Reason
from storage.tables_events import EventRow
from storage.tables_news import SourceRow
from tests.jobs.support import MONDAY, rows

OPERATORS = (7, 8)
DAY = timedelta(days=1)


def operator(session: Session, chat_id: int, kind: str = "private") -> None:
    touch_chat(session, id=chat_id, kind=kind, title="", language_code="zh", now=MONDAY)


def doubtful(session: Session, count: int) -> None:
    """So many pairs of events that may be one."""
    source = SourceRow(name="河西时报", kind="files")
    session.add(source)
    session.flush()
    for number in range(count):
        made = [
            EventRow(
                public_id=f"{side}{number}",
                type=EventType.MEETING.value,
                subject=f"工作会{number}",
                precision="none",
                told_on=MONDAY.date(),
                first_day=MONDAY.date(),
                last_day=MONDAY.date(),
                confidence=0.95,
                source_id=source.id or 0,
            )
            for side in "ab"
        ]
        session.add_all(made)
        session.flush()
        likeness = Likeness(3.0, (Reason.SAME_DAYS,), ())
        note_doubt(session, made[0].id or 0, made[1].id or 0, likeness, MONDAY)


async def ask(database: Database) -> AskResult:
    return await ask_about_pairs(database, operators=OPERATORS, zone="Asia/Shanghai", now=MONDAY)


async def test_each_operator_is_asked_about_a_pair_once(database: Database) -> None:
    with database.session() as session:
        operator(session, 7)
        operator(session, 8)
        operator(session, 9)
        doubtful(session, 1)
    assert await ask(database) == AskResult(asked=1)
    assert not await ask(database)
    assert sorted(row.chat_id for row in rows(database)) == [7, 8]
    with database.session() as session:
        note = json.loads(claim(session, MONDAY, worker="test")[0].payload)
    assert "同一件" in note["html"]
    assert [button["text"] for button in note["keyboard"][0]] == ["同一件", "不是一件"]


async def test_of_many_pairs_a_few_are_asked_about_a_day(database: Database) -> None:
    with database.session() as session:
        operator(session, 7)
        doubtful(session, pairs.MOST_A_DAY + 2)
    assert await ask(database) == AskResult(asked=pairs.MOST_A_DAY)
    assert not await ask(database)
    tomorrow = MONDAY + DAY + timedelta(seconds=1)
    result = await ask_about_pairs(database, operators=OPERATORS, zone="Asia/Shanghai", now=tomorrow)
    assert result == AskResult(asked=2)


async def test_without_operators_to_write_to_a_pair_waits(database: Database) -> None:
    with database.session() as session:
        doubtful(session, 1)
    assert not await ask(database)
    with database.session() as session:
        operator(session, 8)
    assert await ask(database) == AskResult(asked=1)
