"""The few numbers that are looked at each minute: failures of an hour, an outbox that stands still."""

from datetime import timedelta

from storage.backlog import RECENT, STILL, TRIED, Backlog, backlog
from storage.database import Database
from storage.operator_notes import tell_operators
from storage.outbox import claim, mark_failed, mark_sent, put_back
from storage.standing import Standing, set_standing
from storage.subscriptions import pause
from tests.storage.following import MONDAY, chat, follower, queue

MINUTE = timedelta(minutes=1)


def test_where_nothing_waits_nothing_is_late(database: Database) -> None:
    with database.session() as session:
        follower(session)
        assert backlog(session, MONDAY - MINUTE) == Backlog()


def test_digests_that_are_due_are_told_since_when(database: Database) -> None:
    with database.session() as session:
        follower(session, 1)
        pause(session, follower(session, 2).id, until=None)
        assert backlog(session, MONDAY + 7 * MINUTE) == Backlog(due=MONDAY)
        set_standing(session, 1, Standing.BLOCKED, MONDAY)
        assert backlog(session, MONDAY + 7 * MINUTE).due is None


def test_failures_count_for_an_hour_with_the_newest_error(database: Database) -> None:
    with database.session() as session:
        for number in (1, 2, 3):
            queue(session, follower(session, number))
        first, second, third = claim(session, MONDAY, worker="w")
        mark_failed(session, first.id, "BadRequest: first", MONDAY)
        mark_failed(session, second.id, "BadRequest: second", MONDAY + MINUTE)
        mark_sent(session, {third.id: 1}, MONDAY)
        seen = backlog(session, MONDAY + 2 * MINUTE)
        assert (seen.failed, seen.retried, seen.error) == (2, 0, "BadRequest: second")
        assert backlog(session, MONDAY + RECENT).failed == 1
        assert backlog(session, MONDAY + RECENT + MINUTE) == Backlog()


def test_a_delivery_is_in_trouble_after_some_attempts(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session))
        for attempt in range(1, TRIED + 1):
            (delivery,) = claim(session, MONDAY, worker="w")
            put_back(session, delivery.id, MONDAY, "TimedOut: Timed out", worker="w")
            seen = backlog(session, MONDAY)
            assert (seen.waiting, seen.oldest) == (1, MONDAY)
            assert (seen.retried, seen.error) == ((1, "TimedOut: Timed out") if attempt == TRIED else (0, ""))
        set_standing(session, 1, Standing.BLOCKED, MONDAY)
        assert backlog(session, MONDAY) == Backlog()


def test_an_outbox_stands_still_when_something_waits_and_nothing_has_gone(database: Database) -> None:
    with database.session() as session:
        for number in (1, 2):
            queue(session, follower(session, number))
        assert backlog(session, MONDAY + STILL - MINUTE).moves
        assert not backlog(session, MONDAY + STILL).moves
        (first,) = claim(session, MONDAY, worker="w", limit=1)
        mark_sent(session, {first.id: 1}, MONDAY + 5 * MINUTE)
        assert backlog(session, MONDAY + STILL).moves
        assert not backlog(session, MONDAY + STILL + 5 * MINUTE).moves


def test_notes_to_operators_are_owed_to_nobody(database: Database) -> None:
    with database.session() as session:
        chat(session)
        parts = {"zh": ["甲"], "en": ["one"]}
        tell_operators(session, [1], occasion="watch", parts=parts, today=MONDAY.date(), now=MONDAY)
        assert backlog(session, MONDAY + STILL) == Backlog()
        (note,) = claim(session, MONDAY, worker="w")
        mark_failed(session, note.id, "BadRequest: no", MONDAY)
        assert backlog(session, MONDAY + STILL) == Backlog()
