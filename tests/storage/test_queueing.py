"""Digests are queued many at a time: each once, with its due date, whatever changes meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import event, text
from sqlmodel import Session, col, select

from storage.chats import migrate_chat
from storage.database import Database
from storage.queueing import DueDigest, pass_over, schedule_digests
from storage.rhythm import Rhythm
from storage.subscriptions import due, set_rhythm, unsubscribe
from storage.tables_chat import ChatRow
from tests.storage.following import HOUR, MONDAY, NOW, WEEK, again, due_digest, follower, rows


def many(session: Session, count: int) -> list[DueDigest]:
    return [due_digest(session, follower(session, number)) for number in range(1, count + 1)]


def test_each_gets_its_own_digest_and_date(database: Database) -> None:
    with database.session() as session:
        early = set_rhythm(session, follower(session, 1).id, Rhythm(6, 9), NOW)
        first = due_digest(session, early, ("一", "二"), occasion="sunday")
        second = due_digest(session, follower(session, 2, topic=7), ("三",))
        assert schedule_digests(session, [second, first], MONDAY) == {early.id, second.subscription.id}
        assert {
            (row.chat_id, row.topic_id, row.digest_id, row.occasion, row.part) for row in rows(session)
        } == {
            (1, None, first.digest_id, "sunday", 1),
            (1, None, first.digest_id, "sunday", 2),
            (2, 7, second.digest_id, second.occasion, 1),
        }
        assert again(session, early).next_due_at == early.next_due_at + WEEK
        assert again(session, second.subscription).next_due_at == MONDAY + WEEK


def test_those_that_changed_in_the_meantime_are_left_out_and_the_others_are_not(database: Database) -> None:
    with database.session() as session:
        ended, moved, gone, stays = many(session, 4)
        unsubscribe(session, ended.subscription.id)
        set_rhythm(session, moved.subscription.id, Rhythm(1, 9), NOW)
        migrate_chat(session, gone.subscription.chat_id, -1004, NOW)
        assert schedule_digests(session, [ended, moved, gone, stays], MONDAY) == {stays.subscription.id}
        assert [row.chat_id for row in rows(session)] == [stays.subscription.chat_id]
        assert [view.chat_id for view in due(session, MONDAY)] == [-1004], "it is due under its new id"
        pass_over(session, [ended, moved, gone])
        assert [view.chat_id for view in due(session, MONDAY)] == [-1004], "it never had this occasion"


def test_what_was_queued_before_is_passed_over_and_nothing_else(database: Database) -> None:
    with database.session() as session:
        before, after = many(session, 2)
        schedule_digests(session, [before], MONDAY)
        set_rhythm(session, before.subscription.id, Rhythm(), NOW)  # due again, by a clock set back
        assert schedule_digests(session, [before], MONDAY) == set()
        assert again(session, before.subscription).next_due_at == MONDAY
        pass_over(session, [before, after])
        assert again(session, before.subscription).next_due_at == MONDAY + WEEK
        assert again(session, after.subscription).next_due_at == MONDAY
        assert len(rows(session)) == 1


def test_a_crash_in_between_does_neither_for_any(database: Database) -> None:
    with database.session() as session:
        digests = many(session, 3)
    broken = [*digests[:2], replace(digests[2], digest_id=digests[2].digest_id + 1)]

    def crash() -> None:
        with database.session() as session:
            schedule_digests(session, digests[:2], MONDAY)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash()
    with pytest.raises(KeyError), database.session() as session:  # there is no such digest
        schedule_digests(session, broken, MONDAY)
    with database.session() as session:
        assert rows(session) == []
        assert due(session, MONDAY) == [digest.subscription for digest in digests]


def test_the_number_of_statements_does_not_grow_with_that_of_subscribers(database: Database) -> None:
    with database.session() as session:
        digests = many(session, 60)
        assert statements(session, digests[:2]) == statements(session, digests[2:])
        assert len(rows(session)) == 60


def statements(session: Session, digests: Sequence[DueDigest]) -> int:
    asked: list[object] = []

    def note(*arguments: object) -> None:
        asked.append(arguments[2])

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    assert len(schedule_digests(session, digests, MONDAY)) == len(digests)
    event.remove(connection, "before_cursor_execute", note)
    return len(asked)


async def test_many_at_once_queue_each_once(database: Database) -> None:
    with database.session() as session:
        digests = many(session, 40)

    def queue(session: Session, number: int) -> set[int]:
        # Each begins elsewhere, so that they meet in the middle of what the others hold.
        return schedule_digests(session, digests[number * 5 :] + digests[: number * 5], MONDAY)

    queued = await asyncio.gather(*(database.run(queue, number) for number in range(8)))
    with database.session() as session:
        schedule_digests(session, digests, MONDAY)  # what nobody took because another just held it
        assert sorted(row.subscription_id or 0 for row in rows(session)) == [
            digest.subscription.id for digest in digests
        ]
    assert sum(map(len, queued)) == len(set[int]().union(*queued))


def test_nobody_is_waited_for(postgres_database: Database) -> None:
    """Who holds a chat may be waiting for its subscription: that would be a deadlock."""
    with postgres_database.session() as session:
        first, second = many(session, 2)
    with postgres_database.session() as other:
        other.exec(
            select(ChatRow).where(col(ChatRow.id) == first.subscription.chat_id).with_for_update()
        ).all()
        with postgres_database.session() as session:
            session.execute(text("SET LOCAL lock_timeout = '2s'"))
            assert schedule_digests(session, [first, second], MONDAY) == {second.subscription.id}
            pass_over(session, [first])
    with postgres_database.session() as session:
        assert due(session, MONDAY) == [first.subscription]
        assert schedule_digests(session, [first], MONDAY + HOUR) == {first.subscription.id}
