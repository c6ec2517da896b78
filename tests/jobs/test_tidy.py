"""What has had its time is thrown away, and nothing else."""

from datetime import timedelta

from jobs.tidy import KEEP_DONE, STALE_AFTER, TidyResult, tidy
from storage.chats import mark_blocked
from storage.database import Database
from storage.outbox import claim, mark_sent
from tests.jobs.support import MONDAY, follower, queue, rows

SECOND = timedelta(seconds=1)


async def test_what_waited_for_a_week_is_dropped(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session), "{}")
        mark_blocked(session, 7, MONDAY)
    assert not await tidy(database, now=MONDAY + STALE_AFTER - SECOND)
    assert await tidy(database, now=MONDAY + STALE_AFTER + SECOND) == TidyResult(dropped=1)
    assert [row.state for row in rows(database)] == ["dropped"]


async def test_what_is_being_sent_is_left_alone(database: Database) -> None:
    now = MONDAY + STALE_AFTER + SECOND
    with database.session() as session:
        queue(session, follower(session), "{}")
        assert claim(session, now, worker="busy")
    assert not await tidy(database, now=now)


async def test_what_was_sent_long_ago_is_deleted(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session), "{}")
        (delivery,) = claim(session, MONDAY, worker="one")
        mark_sent(session, delivery.id, 5, MONDAY)
    assert not await tidy(database, now=MONDAY + KEEP_DONE - SECOND)
    assert await tidy(database, now=MONDAY + KEEP_DONE + SECOND) == TidyResult(deleted=1)
    assert rows(database) == []
