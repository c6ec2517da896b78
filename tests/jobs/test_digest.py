"""Digests: made when due, once, for everyone, with the days they are to cover."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jobs.digest import collect_digest, make_digests, occasion_of
from messages.digest import weekly_digest
from parsing.model import EventType
from storage.database import Database
from storage.filters import EventFilter
from storage.ingest import PageInfo, SourceInfo, store_reading
from storage.queueing import schedule_digests
from storage.review_queue import decide, in_review
from storage.rhythm import Rhythm
from storage.saved import recall_filter
from storage.standing import Standing, set_standing
from storage.subscriptions import by_id, pause, set_rhythm, set_types
from tests.jobs.support import MONDAY, WEDNESDAY, fengtai, follower, rows
from tests.support.readings import Happening, on, page_telling

MEETING = Happening(EventType.MEETING, "工作点评会", "区里召开工作点评会", on(date(2024, 4, 2)))
AWARD = Happening(EventType.AWARD, "首都文明村镇", "王佐镇获评首都文明村镇", areas=("王佐镇",))
FAIR = Happening(EventType.ACTIVITY, "春季招聘会", "花木集团将举办春季招聘会", on(date(2024, 4, 20)))


def store(database: Database, *happenings: Happening, issued_on: date = date(2024, 4, 3)) -> None:
    text, reading = page_telling(*happenings, issued_on=issued_on)
    with database.session() as session:
        store_reading(
            session,
            reading,
            text=text,
            source=SourceInfo("丰台报"),
            page=PageInfo(file_name=f"{issued_on}.txt"),
            now=WEDNESDAY,
        )


def due_again(database: Database, subscription_id: int) -> datetime:
    with database.session(write=False) as session:
        subscription = by_id(session, subscription_id)
    assert subscription
    return subscription.next_due_at


async def test_nothing_is_made_before_its_time(database: Database) -> None:
    with database.session() as session:
        follower(session)
    result = await make_digests(database, district=fengtai(), now=MONDAY - timedelta(minutes=1))
    assert not result
    assert rows(database) == []


async def test_a_due_digest_is_queued_and_the_date_moves_by_a_week(database: Database) -> None:
    store(database, MEETING, AWARD, FAIR)
    with database.session() as session:
        subscription = follower(session)
    result = await make_digests(database, district=fengtai(), now=MONDAY)
    assert (result.made, result.late, result.rendered, result.failed) == (1, 0, 1, 0)
    (row,) = rows(database)
    assert (row.chat_id, row.occasion, row.part, row.state) == (7, "digest:2024-04-08T01:00Z", 1, "pending")
    assert due_again(database, subscription.id) == MONDAY + timedelta(days=7)


async def test_the_same_moment_again_makes_nothing(database: Database) -> None:
    with database.session() as session:
        follower(session)
    await make_digests(database, district=fengtai(), now=MONDAY)
    assert not await make_digests(database, district=fengtai(), now=MONDAY)
    assert len(rows(database)) == 1


async def test_it_tells_what_comes_and_what_happened(database: Database) -> None:
    store(database, MEETING, AWARD, FAIR)
    with database.session() as session:
        follower(session)
    await make_digests(database, district=fengtai(), now=MONDAY)
    with database.session() as session:
        (html,) = [json.loads(one.payload)["html"] for one in claimed(session)]
    assert html.index("春季招聘会") < html.index("工作点评会") < html.index("首都文明村镇")


def claimed(session: Any) -> Any:
    from storage.outbox import claim

    return claim(session, MONDAY + timedelta(days=30), worker="test", limit=1000)


async def test_it_tells_and_counts_only_what_is_sure_or_was_accepted(database: Database) -> None:
    doubtful = [
        replace(AWARD, subject=f"{name}称号", evidence=f"王佐镇获评{name}称号", confidence=0.7)
        for name in ("绿色村镇", "书香村镇", "平安村镇")
    ]
    store(database, MEETING, replace(FAIR, confidence=0.7), *doubtful)
    with database.session() as session:
        follower(session)
        waiting = {detail.event.subject: detail.event.id for detail in in_review(session)}
        assert len(waiting) == 4
        accept, reject = [waiting["书香村镇称号"]], [waiting["平安村镇称号"]]
        decide(session, accept=accept, reject=reject, today=date(2024, 4, 7))
    await make_digests(database, district=fengtai(), now=MONDAY)
    with database.session() as session:
        (html,) = [json.loads(one.payload)["html"] for one in claimed(session)]
    assert "2 件" in html
    assert html.index("工作点评会") < html.index("书香村镇")
    for left_out in ("招聘会", "绿色村镇", "平安村镇", "待核实"):
        assert left_out not in html


async def test_what_was_accepted_after_its_digest_comes_with_the_next(database: Database) -> None:
    store(database, MEETING, replace(AWARD, confidence=0.7))
    with database.session() as session:
        follower(session)
    await make_digests(database, district=fengtai(), now=MONDAY)
    with database.session() as session:
        (waiting,) = in_review(session)
        decide(session, accept=[waiting.event.id], today=MONDAY.date())
    await make_digests(database, district=fengtai(), now=MONDAY + timedelta(days=7))
    with database.session() as session:
        first, second = [json.loads(one.payload)["html"] for one in claimed(session)]
    assert ("工作点评会" in first, "首都文明村镇" in first) == (True, False)
    assert ("工作点评会" in second, "首都文明村镇" in second) == (False, True)


async def test_an_empty_week_is_still_told(database: Database) -> None:
    with database.session() as session:
        follower(session)
    result = await make_digests(database, district=fengtai(), now=MONDAY)
    assert result.made == 1
    with database.session() as session:
        (delivery,) = claimed(session)
    assert json.loads(delivery.payload)["html"].strip()


async def test_equal_wishes_are_rendered_once(database: Database) -> None:
    store(database, MEETING)
    with database.session() as session:
        for chat_id in range(1, 8):
            follower(session, chat_id)
        follower(session, 8, language="en")
        set_types(session, follower(session, 9).id, [EventType.AWARD], WEDNESDAY)
    result = await make_digests(database, district=fengtai(), now=MONDAY, limit=3)
    assert (result.made, result.rendered) == (9, 3)
    assert len({row.digest_id for row in rows(database)}) == 3


async def test_a_channel_gets_no_buttons(database: Database) -> None:
    store(database, MEETING)
    with database.session() as session:
        follower(session, -100, kind="channel")
        follower(session, 7)
    await make_digests(database, district=fengtai(), now=MONDAY)
    with database.session() as session:
        keyboards = {one.chat_id: json.loads(one.payload)["keyboard"] for one in claimed(session)}
    assert keyboards[-100] == []
    assert keyboards[7]


async def test_a_missed_digest_is_late_and_says_so(database: Database) -> None:
    with database.session() as session:
        follower(session)
    result = await make_digests(database, district=fengtai(), now=MONDAY + timedelta(hours=5))
    assert (result.made, result.late) == (1, 1)
    with database.session() as session:
        (delivery,) = claimed(session)
    assert "补发" in json.loads(delivery.payload)["html"]


async def test_weeks_that_were_missed_come_as_one(database: Database) -> None:
    with database.session() as session:
        subscription = follower(session)
    now = MONDAY + timedelta(days=16)
    result = await make_digests(database, district=fengtai(), now=now)
    assert (result.made, result.late) == (1, 1)
    assert len({row.occasion for row in rows(database)}) == 1
    assert due_again(database, subscription.id) == MONDAY + timedelta(days=21)
    assert not await make_digests(database, district=fengtai(), now=now)


async def test_paused_and_blocked_get_none(database: Database) -> None:
    with database.session() as session:
        pause(session, follower(session, 1).id, None)
        follower(session, 2)
        set_standing(session, 2, Standing.BLOCKED, WEDNESDAY)
    assert not await make_digests(database, district=fengtai(), now=MONDAY)


async def test_one_digest_that_cannot_be_made_does_not_stop_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with database.session() as session:
        broken = follower(session, 1)
        set_types(session, broken.id, [EventType.AWARD], WEDNESDAY)
        follower(session, 2)

    def breaks(content: Any, *args: Any, **options: Any) -> Any:
        if content.types:
            raise RuntimeError("no words for this")
        return weekly_digest(content, *args, **options)

    monkeypatch.setattr("jobs.digest.weekly_digest", breaks)
    result = await make_digests(database, district=fengtai(), now=MONDAY)
    assert (result.made, result.failed) == (1, 1)
    assert due_again(database, broken.id) == MONDAY, "it stays due"
    assert "no words for this" in caplog.text


async def test_many_that_fail_do_not_keep_the_others_waiting(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        for chat_id in range(1, 6):
            set_types(session, follower(session, chat_id).id, [EventType.AWARD], WEDNESDAY)
        follower(session, 6)

    def breaks(content: Any, *args: Any, **options: Any) -> Any:
        if content.types:
            raise RuntimeError("no words for this")
        return weekly_digest(content, *args, **options)

    monkeypatch.setattr("jobs.digest.weekly_digest", breaks)
    result = await make_digests(database, district=fengtai(), now=MONDAY, limit=2)
    assert (result.made, result.failed, result.skipped) == (1, 5, 0)
    assert [row.chat_id for row in rows(database)] == [6]


async def test_two_that_make_digests_at_once_make_each_once(database: Database) -> None:
    store(database, MEETING)
    with database.session() as session:
        for chat_id in range(1, 31):
            follower(session, chat_id, language="en" if chat_id % 2 else "zh")
    both = await asyncio.gather(
        *(make_digests(database, district=fengtai(), now=MONDAY, limit=7) for _ in range(2))
    )
    await make_digests(database, district=fengtai(), now=MONDAY)  # what one left because the other held it
    assert sorted(row.chat_id for row in rows(database)) == list(range(1, 31))
    assert sum(result.made for result in both) <= 30


async def test_a_crash_between_two_batches_repeats_nothing_and_loses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        for chat_id in range(1, 8):
            follower(session, chat_id)

    def crashes(session: Any, digests: Any, now: datetime) -> set[int]:
        queued = schedule_digests(session, digests, now)
        if digests[0].subscription.chat_id > 3:
            raise KeyboardInterrupt
        return queued

    monkeypatch.setattr("jobs.digest.schedule_digests", crashes)
    with pytest.raises(KeyboardInterrupt):
        await make_digests(database, district=fengtai(), now=MONDAY, limit=3)
    monkeypatch.setattr("jobs.digest.schedule_digests", schedule_digests)
    assert [row.chat_id for row in rows(database)] == [1, 2, 3]
    assert (await make_digests(database, district=fengtai(), now=MONDAY, limit=3)).made == 4
    assert [row.chat_id for row in rows(database)] == list(range(1, 8))


async def test_an_occasion_queued_before_only_moves_on(database: Database) -> None:
    with database.session() as session:
        subscription = follower(session)
    await make_digests(database, district=fengtai(), now=MONDAY)
    with database.session() as session:  # the same day and hour chosen again, by a clock set back
        set_rhythm(session, subscription.id, subscription.rhythm, WEDNESDAY)
    result = await make_digests(database, district=fengtai(), now=MONDAY)
    assert (result.made, result.skipped) == (0, 1)
    assert due_again(database, subscription.id) == MONDAY + timedelta(days=7)


def test_a_digest_covers_the_seven_days_before_its_day(database: Database) -> None:
    with database.session() as session:
        occasion = occasion_of(follower(session), MONDAY)
    assert (occasion.since, occasion.until, occasion.today) == (
        date(2024, 4, 1),
        date(2024, 4, 7),
        date(2024, 4, 8),
    )
    assert not occasion.late


def test_a_late_digest_covers_all_the_weeks_missed_but_not_half_a_year(database: Database) -> None:
    with database.session() as session:
        subscription = follower(session)
    after_two = occasion_of(subscription, MONDAY + timedelta(days=8))
    assert (after_two.since, after_two.until) == (date(2024, 4, 1), date(2024, 4, 14))
    after_many = occasion_of(subscription, MONDAY + timedelta(days=200))
    assert (after_many.until - after_many.since).days + 1 == 35


def test_days_are_those_of_the_subscription(database: Database) -> None:
    with database.session() as session:
        subscription = set_rhythm(
            session, follower(session).id, Rhythm(0, 9, 0, "America/New_York"), WEDNESDAY
        )
    occasion = occasion_of(subscription, subscription.next_due_at)
    assert subscription.next_due_at == datetime(2024, 4, 8, 13, 0, tzinfo=UTC)
    assert (occasion.since, occasion.until) == (date(2024, 4, 1), date(2024, 4, 7))


def test_the_button_for_the_rest_finds_the_same_days(database: Database) -> None:
    store(database, MEETING)
    since, until, today = date(2024, 4, 1), date(2024, 4, 7), date(2024, 4, 8)
    flt = EventFilter(areas=("王佐镇",))
    with database.session() as session:
        content = collect_digest(session, flt, district=fengtai(), since=since, until=until, today=today)
        kept = recall_filter(session, content.filter_key)
    assert kept == flt.within(since, until)
    assert content.newspapers == ("丰台报",)
