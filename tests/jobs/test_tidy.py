"""What has had its time is thrown away, and nothing else."""

from datetime import timedelta

from jobs.tidy import KEEP_DONE, KEEP_INTAKES, KEEP_UNUSED, STALE_AFTER, TidyResult, tidy
from storage.database import Database
from storage.intake import Intake, IntakePage, get_intake, keep_intake
from storage.outbox import claim, mark_sent
from storage.remembered import Remembered, recall, remember
from storage.standing import Standing, set_standing
from tests.jobs.support import MONDAY, follower, queue, rows

SECOND = timedelta(seconds=1)


async def test_what_waited_for_a_week_is_dropped(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session), "{}")
        set_standing(session, 7, Standing.BLOCKED, MONDAY)
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
        mark_sent(session, {delivery.id: 5}, MONDAY)
    assert not await tidy(database, now=MONDAY + KEEP_DONE - SECOND)
    assert await tidy(database, now=MONDAY + KEEP_DONE + SECOND) == TidyResult(deleted=1)
    assert rows(database) == []


async def test_what_nobody_said_a_word_about_is_deleted_after_a_week(database: Database) -> None:
    with database.session() as session:
        follower(session, 7)
        number = keep_intake(session, Intake((IntakePage("停水"),), "丰台报"), chat_id=7, now=MONDAY)
    assert not await tidy(database, now=MONDAY + KEEP_INTAKES - SECOND)
    assert await tidy(database, now=MONDAY + KEEP_INTAKES + SECOND) == TidyResult(intakes=1)
    assert await database.read(get_intake, number, chat_id=7) is None


async def test_a_list_that_nobody_asks_for_any_more_is_forgotten(database: Database) -> None:
    with database.session() as session:
        remember(session, "hexi", "u", Remembered("u", b"a", '"1"', None), MONDAY)
    assert not await tidy(database, now=MONDAY + KEEP_UNUSED)
    assert await tidy(database, now=MONDAY + KEEP_UNUSED + SECOND) == TidyResult(forgotten=1)
    with database.session() as session:
        assert recall(session, "hexi", "u", MONDAY) is None
