"""What is thrown away after its time, and what there is in numbers."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from storage.cleaning import delete_done, drop_stale
from storage.database import Database
from storage.migrations import REVISIONS
from storage.outbox import claim, mark_sent
from storage.overview import overview
from storage.standing import Standing, set_standing
from storage.subscriptions import pause, unsubscribe
from storage.tables_outbox import DigestRow
from tests.storage.following import HOUR, MONDAY, NOW, WEEK, digest, follower, queue, rows, states
from tests.storage.pages import AWARD, MEETING, SITE, store


def digests(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(DigestRow)) or 0


def test_what_waited_too_long_is_dropped_but_not_what_is_being_sent(database: Database) -> None:
    with database.session() as session:
        for number in (1, 2):
            queue(session, follower(session, number), now=MONDAY)
        queue(session, follower(session, 3), now=MONDAY + WEEK)
        claim(session, MONDAY + WEEK, worker="w", limit=1, lease=HOUR)
        assert drop_stale(session, MONDAY + timedelta(days=3), MONDAY + WEEK) == 1
        assert states(session) == ["pending", "dropped", "pending"]
        assert drop_stale(session, MONDAY + timedelta(days=3), MONDAY + WEEK + HOUR) == 1
        assert states(session) == ["dropped", "dropped", "pending"]


def test_what_was_done_long_ago_is_deleted_with_its_digest(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session, 1), ("一",))
        queue(session, follower(session, 2), ("二",))
        (first, _second) = claim(session, MONDAY, worker="w")
        mark_sent(session, {first.id: 1}, MONDAY)
        digest(session, key="of nobody")
        assert delete_done(session, MONDAY) == 0
        assert delete_done(session, MONDAY + 12 * WEEK) == 1
        assert [row.id for row in rows(session)] == [_second.id]
        assert digests(session) == 1


def test_everything_is_counted(database: Database) -> None:
    with database.session() as session:
        empty = overview(session)
        assert (empty.revision, empty.events, empty.last_issue, empty.next_due_at) == (
            REVISIONS[-1],
            0,
            None,
            None,
        )
        assert (dict(empty.chats), dict(empty.subscriptions)) == ({}, {})
        store(session, MEETING, AWARD)
        store(session, MEETING, source=SITE)
        follower(session, 1)
        pause(session, follower(session, 2).id, None)
        unsubscribe(session, follower(session, 3).id)
        follower(session, 4)
        set_standing(session, 4, Standing.BLOCKED, NOW)
        full = overview(session)
        assert (full.sources, full.pages, full.mentions, full.events) == (2, 2, 3, 2)
        assert full.last_issue == date(2024, 4, 8)
        assert dict(full.chats) == {"active": 3, "blocked": 1}
        assert dict(full.subscriptions) == {"active": 2, "ended": 1, "paused": 1}
        assert full.next_due_at == MONDAY
