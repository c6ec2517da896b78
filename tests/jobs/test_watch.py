"""Operators hear of trouble once, not a hundred times; again a day later; and once when it is over."""

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from jobs.watch import AGAIN, LASTS, MANY, REST, WELL, Failing, Fault, Watch, judge
from messages.trouble import TroubleKind
from storage.backlog import Backlog
from storage.chats import set_language, touch_chat
from storage.database import Database
from storage.outbox import claim, mark_failed, mark_sent
from storage.tables_outbox import DeliveryRow, DigestRow
from tests.jobs.support import MONDAY, follower, queue, rows

OPERATORS = (7, 8)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FAILING = Failing("collect", 5, MONDAY - 10 * MINUTE, "OSError: disk full")
KEY_ERROR = "KeyError@handlers.lists.show"


def operators(session: Session) -> None:
    for number in OPERATORS:
        touch_chat(session, id=number, kind="private", title="", language_code="zh", now=MONDAY)


@pytest.fixture
def watched(database: Database) -> Database:
    """With two operators, who can be written to."""
    with database.session() as session:
        operators(session)
    return database


def watch(database: Database, *operators: int) -> Watch:
    return Watch(
        database,
        operators=operators or OPERATORS,
        zone="Asia/Shanghai",
        redact=lambda text: text.replace("sesame", "…"),
    )


def minutes(first: datetime, last: datetime, step: int = 1) -> Iterator[datetime]:
    """From one moment to another, as the scheduler looks, or less often where hours pass."""
    while first <= last:
        yield first
        first += step * MINUTE


def notes(database: Database, chat_id: int = OPERATORS[0]) -> list[str]:
    """What an operator was told, in order: the first line of each."""
    query = (
        select(DigestRow.parts)
        .join(DeliveryRow, col(DeliveryRow.digest_id) == col(DigestRow.id))
        .where(col(DeliveryRow.chat_id) == chat_id, col(DeliveryRow.subscription_id).is_(None))
        .order_by(col(DeliveryRow.id))
    )
    with database.session(write=False) as session:
        told = [json.loads(parts[0])["html"] for parts in session.exec(query)]
    return [html.split("</b>")[0].removeprefix("<b>") for html in told]


def fail(database: Database, count: int, now: datetime, first: int = 100) -> None:
    """So many digests that Telegram does not take."""
    with database.session() as session:
        for number in range(first, first + count):
            queue(session, follower(session, number), f"{number}", now=now)
        for delivery in claim(session, now, worker="test", limit=10_000):
            if delivery.subscription_id is not None:
                mark_failed(session, delivery.id, "BadRequest: sesame", now)


async def test_a_hundred_failures_are_one_note_and_one_when_it_is_over(watched: Database) -> None:
    fail(watched, 100, MONDAY)
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + timedelta(hours=3), 5):
        await looking.look(now=now, failing=())
    for chat_id in OPERATORS:
        assert len([row for row in rows(watched) if row.chat_id == chat_id]) == 2
    told = notes(watched)
    assert told == ["出问题了：消息发不出去", "解决了：消息发不出去"]


async def test_the_note_tells_how_many_and_why_without_secrets_in_the_language_of_each(
    watched: Database,
) -> None:
    fail(watched, MANY, MONDAY)
    with watched.session() as session:
        set_language(session, 8, "en")
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + LASTS):
        await looking.look(now=now, failing=())
    with watched.session() as session:
        told = {
            one.chat_id: json.loads(one.payload)["html"] for one in claim(session, MONDAY + LASTS, worker="t")
        }
    assert "一小时内有 10 条没送到" in told[7]
    assert "Within an hour 10 could not be delivered" in told[8]
    assert all("BadRequest: …" in html for html in told.values())


async def test_few_failures_are_no_trouble(watched: Database) -> None:
    fail(watched, MANY - 1, MONDAY)
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + 30 * MINUTE):
        assert not await looking.look(now=now, failing=())
    assert rows(watched)[-1].subscription_id is not None


async def test_trouble_that_is_over_at_once_is_none(watched: Database) -> None:
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + LASTS - MINUTE):
        assert not await looking.look(now=now, failing=[FAILING])
    for now in minutes(MONDAY + LASTS, MONDAY + 60 * MINUTE):
        assert not await looking.look(now=now, failing=())


async def test_what_lasts_is_told_again_each_day(watched: Database) -> None:
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + 2 * AGAIN + timedelta(hours=3), 60):
        await looking.look(now=now, failing=[FAILING])
    assert notes(watched) == ["出问题了：任务 collect 一直失败"] + ["还没解决：任务 collect 一直失败"] * 2


async def test_trouble_that_comes_and_goes_is_told_once_an_hour_at_most(watched: Database) -> None:
    looking = watch(watched)
    end = MONDAY + 3 * REST
    for at, now in enumerate(minutes(MONDAY, end, 2)):  # gone for less than it takes to be over
        await looking.look(now=now, failing=[FAILING] if at % 8 < 3 else ())
    assert notes(watched) == ["出问题了：任务 collect 一直失败"]
    for at, now in enumerate(minutes(end, end + 4 * REST, 2)):  # gone for longer
        await looking.look(now=now, failing=[FAILING] if at % 12 < 3 else ())
    told = notes(watched)[1:]
    assert 6 <= len(told) <= 9
    assert set(told[::2]) == {"解决了：任务 collect 一直失败"}
    assert set(told[1::2]) == {"出问题了：任务 collect 一直失败"}


async def test_a_restart_tells_nothing_twice(watched: Database) -> None:
    for _ in range(3):
        looking = watch(watched)
        for now in minutes(MONDAY, MONDAY + 2 * LASTS):
            await looking.look(now=now, failing=[FAILING])
    assert len(notes(watched)) == 1
    looking = watch(watched)
    for now in minutes(MONDAY + 10 * MINUTE, MONDAY + 10 * MINUTE + WELL):
        await looking.look(now=now, failing=())
    assert len(rows(watched)) == 2 * len(OPERATORS)


async def test_two_processes_tell_once(watched: Database) -> None:
    both = watch(watched), watch(watched)
    for now in minutes(MONDAY, MONDAY + LASTS):
        looks = [one.look(now=now + at * SECOND, failing=[FAILING]) for at, one in enumerate(both)]
        await asyncio.gather(*looks)
    assert len(rows(watched)) == len(OPERATORS)


async def test_who_does_not_lead_neither_tells_of_jobs_nor_says_that_they_are_well(watched: Database) -> None:
    leader, other = watch(watched), watch(watched)
    for now in minutes(MONDAY, MONDAY + 2 * WELL):
        await leader.look(now=now, failing=[FAILING])
        await other.look(now=now, failing=None)
    assert notes(watched) == ["出问题了：任务 collect 一直失败"]


async def test_digests_that_nobody_makes_are_told_by_whoever_lives(watched: Database) -> None:
    with watched.session() as session:
        follower(session, 1)
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + 30 * MINUTE):
        await looking.look(now=now, failing=None)
    assert notes(watched) == ["出问题了：摘要误点了"]


async def test_an_outbox_that_stands_still_is_told_and_one_that_moves_slowly_is_not(
    watched: Database,
) -> None:
    with watched.session() as session:
        for number in range(100, 140):
            queue(session, follower(session, number), f"{number}", now=MONDAY)
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + 30 * MINUTE):  # thirty go, one a minute
        with watched.session() as session:
            (one,) = claim(session, now, worker="test", limit=1)
            mark_sent(session, {one.id: 1}, now)
        assert not await looking.look(now=now, failing=())
    for now in minutes(MONDAY + 31 * MINUTE, MONDAY + 60 * MINUTE):
        await looking.look(now=now, failing=())
    assert notes(watched) == ["出问题了：发件箱不动了"]


async def test_an_error_of_answers_is_told_once_a_kind_and_day(watched: Database) -> None:
    looking = watch(watched)
    for now in minutes(MONDAY, MONDAY + timedelta(hours=20), 30):
        today = [Fault(KEY_ERROR, now), Fault("ValueError@messages.html.render", MONDAY)]
        await looking.look(now=now, failing=(), faults=today)
    assert notes(watched) == [
        f"出问题了：回答时出错：{KEY_ERROR}",
        "出问题了：回答时出错：ValueError@messages.html.render",
        f"出问题了：回答时出错：{KEY_ERROR}",  # of the next day in Shanghai
    ]


async def test_without_operators_to_write_to_nothing_is_put_into_the_outbox(database: Database) -> None:
    fail(database, MANY, MONDAY)
    count = len(rows(database))
    for looking in (watch(database), Watch(database, operators=(), zone="Asia/Shanghai")):
        for now in minutes(MONDAY, MONDAY + 10 * MINUTE):
            assert not await looking.look(now=now, failing=(), faults=[Fault(KEY_ERROR, now)])
    assert len(rows(database)) == count
    with database.session() as session:
        operators(session)
    assert await watch(database).look(now=MONDAY, failing=(), faults=[Fault(KEY_ERROR, MONDAY)])


async def test_trouble_and_its_end_stand_in_the_log_too(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "jobs.watch")
    looking = Watch(sqlite_database, operators=(), zone="Asia/Shanghai")
    for failing in ([FAILING], [FAILING], []):
        await looking.look(now=MONDAY, failing=failing)
    assert [record.getMessage() for record in caplog.records] == [
        "trouble: job:collect OSError: disk full",
        "no trouble any more: job:collect",
    ]


@pytest.mark.parametrize(
    ("times", "since", "bad"),
    [(100, 4 * MINUTE, False), (2, 5 * MINUTE, False), (3, 5 * MINUTE, True), (1, 60 * MINUTE, True)],
)
def test_a_job_is_in_trouble_when_it_has_failed_for_long_enough(
    times: int, since: timedelta, bad: bool
) -> None:
    failing = Failing("tidy", times, MONDAY - since, "no")
    assert [one.kind for one in judge(Backlog(), [failing], now=MONDAY)] == [TroubleKind.JOB] * bad
