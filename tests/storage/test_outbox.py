"""The outbox loses nothing and sends nothing twice by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from storage.database import Database
from storage.outbox import (
    begin_sending,
    claim,
    mark_dropped,
    mark_failed,
    mark_sent,
    outbox_counts,
    put_back,
)
from storage.queueing import schedule_digests
from storage.subscriptions import unsubscribe
from storage.tables_outbox import DigestRow
from storage.views import OutboxStatus
from tests.storage.following import (
    HOUR,
    MONDAY,
    WEEK,
    again,
    digest,
    due_digest,
    follower,
    queue,
    rows,
    states,
)

MINUTE = timedelta(minutes=1)


def payloads(session: Session, now: datetime = MONDAY, limit: int = 100) -> list[str]:
    return [taken.payload for taken in claim(session, now, worker="w", limit=limit)]


def test_a_digest_is_kept_once_under_its_key(database: Database) -> None:
    with database.session() as session:
        first = digest(session, ["一", "二"])
        assert digest(session, ["别的"]) == first
        assert digest(session, ["别的"], key="another") != first
        kept = session.get(DigestRow, first)
        assert kept is not None
        assert kept.parts == ["一", "二"]
        assert (kept.period_start, kept.period_end) == (date(2024, 4, 1), date(2024, 4, 7))


def test_queuing_moves_the_due_date_and_adds_the_parts(database: Database) -> None:
    with database.session() as session:
        made = follower(session, topic=7)
        assert queue(session, made, ("一", "二"))
        moved = again(session, made)
        assert moved.next_due_at == MONDAY + WEEK
        assert moved.last_period_end == date(2024, 4, 7)
        assert [(row.part, row.state, row.chat_id, row.topic_id) for row in rows(session)] == [
            (1, "pending", 1, 7),
            (2, "pending", 1, 7),
        ]


def test_a_crash_in_between_does_neither(database: Database) -> None:
    with database.session() as session:
        made = follower(session)

    def crash() -> None:
        with database.session() as session:
            queue(session, made)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash()
    with database.session() as session:
        assert again(session, made) == made
        assert rows(session) == []


def test_a_digest_is_queued_by_one_of_two_only(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        assert queue(session, made)
        assert not queue(session, made, ("别的",))
        assert len(rows(session)) == 1


def test_an_occasion_is_queued_once_even_if_the_date_is_set_back(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        assert queue(session, made, occasion="week 14")
        assert not queue(session, again(session, made), occasion="week 14")
        assert again(session, made).next_due_at == MONDAY + WEEK
        assert queue(session, again(session, made), occasion="week 15")


def test_nothing_is_queued_for_one_that_has_ended(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        unsubscribe(session, made.id)
        assert not queue(session, made)
        assert rows(session) == []


def test_a_digest_without_parts_only_moves_the_date(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        empty = replace(due_digest(session, made), parts=0)
        assert schedule_digests(session, [empty], MONDAY) == {made.id}
        assert again(session, made).next_due_at == MONDAY + WEEK
        assert rows(session) == []


def test_what_is_claimed_carries_all_that_sending_needs(database: Database) -> None:
    with database.session() as session:
        made = follower(session, topic=7)
        queue(session, made, ('{"html":"一"}',))
        (taken,) = claim(session, MONDAY, worker="w")
        assert (taken.subscription_id, taken.chat_id, taken.topic_id) == (made.id, 1, 7)
        assert (taken.payload, taken.part, taken.attempts, taken.interrupted) == (
            '{"html":"一"}',
            1,
            1,
            False,
        )
        assert taken.not_before == MONDAY
        assert taken.occasion == f"digest {MONDAY.isoformat()}"


def test_parts_go_one_after_the_other(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session), ("一", "二", "三"))
        for expected in "一二三":
            (taken,) = claim(session, MONDAY, worker="w")
            assert taken.payload == expected
            assert claim(session, MONDAY, worker="w") == []
            mark_sent(session, {taken.id: 1}, MONDAY)
        assert payloads(session) == []


def test_the_oldest_go_first_and_no_more_than_asked_for(database: Database) -> None:
    with database.session() as session:
        for number, minutes in ((1, 3), (2, 1), (3, 2), (4, 1)):
            queue(session, follower(session, number), (str(number),), now=MONDAY + minutes * MINUTE)
        assert payloads(session, MONDAY) == []
        assert payloads(session, MONDAY + 2 * MINUTE, limit=2) == ["2", "4"]
        assert payloads(session, MONDAY + 3 * MINUTE) == ["3", "1"]


def test_a_lease_that_ran_out_is_claimed_again_and_told_apart(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session))
        (first,) = claim(session, MONDAY, worker="w", lease=5 * MINUTE)
        assert begin_sending(session, [first.id, 404], worker="x", now=MONDAY) == set()
        assert begin_sending(session, [first.id, 404], worker="w", now=MONDAY) == {first.id}
        assert claim(session, MONDAY + 4 * MINUTE, worker="x") == []
        (second,) = claim(session, MONDAY + 5 * MINUTE, worker="x")
        assert (second.id, second.attempts, second.interrupted) == (first.id, 2, True)


def test_what_is_put_back_goes_when_its_time_has_come(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session))
        (taken,) = claim(session, MONDAY, worker="w")
        put_back(session, taken.id, MONDAY + HOUR, "429\x00: wait" + "!" * 5000, worker="w")
        assert claim(session, MONDAY + 59 * MINUTE, worker="w") == []
        (again_taken,) = claim(session, MONDAY + HOUR, worker="w")
        assert (again_taken.attempts, again_taken.interrupted) == (2, False)
        assert len(rows(session)[0].last_error or "") == 500


def test_what_is_sent_stays_sent(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session))
        (taken,) = claim(session, MONDAY, worker="w")
        mark_sent(session, {taken.id: 4711}, MONDAY + MINUTE)
        put_back(session, taken.id, MONDAY + HOUR, "late news", worker="w")
        mark_failed(session, taken.id, "late news", MONDAY)
        (row,) = rows(session)
        assert (row.state, row.message_id, row.done_at, row.last_error) == (
            "sent",
            4711,
            MONDAY + MINUTE,
            None,
        )
        assert row.lease_until is None
        assert claim(session, MONDAY + WEEK, worker="w") == []


def test_one_that_was_dropped_while_being_sent_is_sent_after_all(database: Database) -> None:
    with database.session() as session:
        made = follower(session)
        queue(session, made)
        (taken,) = claim(session, MONDAY, worker="w")
        unsubscribe(session, made.id)
        mark_sent(session, {taken.id: 1}, MONDAY)
        assert states(session) == ["sent"]


@pytest.mark.parametrize(("give_up", "state"), [(mark_failed, "failed"), (mark_dropped, "dropped")])
def test_giving_up_one_part_drops_those_after_it(database: Database, give_up: type, state: str) -> None:
    with database.session() as session:
        queue(session, follower(session), ("一", "二", "三"))
        (first,) = claim(session, MONDAY, worker="w")
        mark_sent(session, {first.id: 1}, MONDAY)
        (second,) = claim(session, MONDAY, worker="w")
        give_up(session, second.id, "Bad Request: chat not found", MONDAY)
        assert states(session) == ["sent", state, "dropped"]
        assert [row.last_error for row in rows(session)] == [
            None,
            "Bad Request: chat not found",
            "an earlier part did not go",
        ]
        assert claim(session, MONDAY + WEEK, worker="w") == []


def test_marking_what_was_forgotten_does_nothing(database: Database) -> None:
    with database.session() as session:
        mark_sent(session, {404: 1}, MONDAY)
        put_back(session, 404, MONDAY, "", worker="w")
        mark_failed(session, 404, "", MONDAY)
        mark_dropped(session, 404, "", MONDAY)
        assert rows(session) == []


def test_the_outbox_in_numbers(database: Database) -> None:
    with database.session() as session:
        empty = OutboxStatus(0, 0, 0, 0, 0, 0, 0, 0, 0, None, ())
        assert outbox_counts(session, MONDAY) == empty
        for number in range(1, 7):
            queue(session, follower(session, number), (str(number),), now=MONDAY + number * MINUTE)
        later = MONDAY + HOUR
        one, two, three, four = claim(session, later, worker="w", limit=4, lease=MINUTE)
        mark_sent(session, {one.id: 1}, later)
        mark_failed(session, two.id, "Forbidden", later)
        put_back(session, three.id, later + HOUR, "Timed out", worker="w")
        mark_dropped(session, four.id, "stale", later)
        claim(session, later, worker="w", limit=1, lease=MINUTE)
        assert outbox_counts(session, later) == OutboxStatus(
            pending=2,
            claimed=1,
            sent=1,
            unconfirmed=0,
            failed=1,
            dropped=1,
            retrying=1,
            held=0,
            repeated=0,
            oldest_pending=MONDAY + 3 * MINUTE,
            last_errors=("Timed out", "Forbidden"),
        )
        session.execute(text("UPDATE chat SET state = 'blocked'"))
        held = outbox_counts(session, later)
        assert (held.held, held.oldest_pending) == (3, None)
