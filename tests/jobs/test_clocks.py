"""A clock that is set while the bot runs, and the nights when clocks change: each digest comes once, soon."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jobs.clocks import right_clocks
from jobs.deliver import deliver
from jobs.digest import make_digests, occasion_of
from storage.clocks import LONGEST_RHYTHM, LONGEST_WAIT, SOON
from storage.database import Database
from storage.outbox import claim, put_back
from storage.rhythm import Rhythm
from storage.source_states import SourceState, due_sources, note_look, take_source
from storage.standing import Standing, close_topic, set_standing
from storage.subscriptions import by_id, pause, set_rhythm
from tests.jobs.support import MONDAY, WEDNESDAY, StubBot, fengtai, follower, queue, rows

HELLO = json.dumps({"html": "一周", "keyboard": [], "silent": False})
HOUR, DAY, WEEK, YEAR = (timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=365))
BERLIN = ZoneInfo("Europe/Berlin")
CHATS = range(1, 6)


async def tick(database: Database, bot: StubBot, now: datetime) -> None:
    """What the jobs do at this moment by the machine's clock."""
    await right_clocks(database, now=now)
    await make_digests(database, district=fengtai(), now=now)
    await deliver(database, bot, clock=lambda: now)


def chats_of(bot: StubBot) -> list[int]:
    return sorted(message.chat_id for message in bot.sent)


@pytest.mark.parametrize("span", [HOUR, DAY, YEAR], ids=["an hour", "a day", "a year"])
async def test_set_back_amid_a_broadcast_it_goes_on_and_sends_nothing_twice(
    database: Database, span: timedelta
) -> None:
    bot = StubBot()
    with database.session() as session:
        for chat in CHATS:
            queue(session, follower(session, chat), HELLO)
        (cut_off,) = claim(session, MONDAY, worker="one that dies", limit=1)
        late = claim(session, MONDAY, worker="one told to wait", limit=1)
        put_back(session, late[0].id, MONDAY + timedelta(seconds=30), "429", worker="one told to wait")
    back = MONDAY - span
    await tick(database, bot, back)
    assert chats_of(bot) == [chat for chat in CHATS if chat != cut_off.chat_id]
    await tick(database, bot, back + SOON)
    assert chats_of(bot) == list(CHATS), "what was cut off has waited for its lease"
    for hours in range(0, 24, 6):
        await tick(database, bot, back + timedelta(hours=hours + 1))
    assert chats_of(bot) == list(CHATS)


async def test_set_back_after_a_digest_it_does_not_come_again(database: Database) -> None:
    bot = StubBot()
    with database.session() as session:
        follower(session)
    await tick(database, bot, MONDAY)
    for hours in range(0, 7 * 24, 12):
        await tick(database, bot, MONDAY - DAY + timedelta(hours=hours))
    assert len(bot.sent) == 1
    await tick(database, bot, MONDAY + WEEK)
    assert len(bot.sent) == 2


@pytest.mark.parametrize("span", [HOUR, YEAR], ids=["an hour", "a year"])
async def test_set_forward_and_right_again_each_week_has_one_digest(
    database: Database, span: timedelta
) -> None:
    bot = StubBot()
    with database.session() as session:
        follower(session)
    before = MONDAY - timedelta(minutes=30)
    await tick(database, bot, before + span)
    assert len(bot.sent) == 1, "however many weeks seem to be over"
    for hours in range(0, 7 * 24, 12):
        await tick(database, bot, before + timedelta(hours=hours))
    assert len(bot.sent) == 1
    await tick(database, bot, MONDAY + WEEK)
    assert len(bot.sent) == 2, "and not in a year"


async def test_what_was_put_back_while_the_clock_was_ahead_does_not_wait_for_a_year(
    database: Database,
) -> None:
    bot = StubBot()
    with database.session() as session:
        queue(session, follower(session), HELLO)
        (row,) = claim(session, MONDAY + YEAR, worker="deliver")
        put_back(session, row.id, MONDAY + YEAR, "NetworkError", worker="deliver")
    await tick(database, bot, MONDAY)
    assert len(bot.sent) == 1


async def test_a_lease_from_a_clock_that_was_ahead_ends_soon(database: Database) -> None:
    bot = StubBot()
    with database.session() as session:
        queue(session, follower(session), HELLO)
        claim(session, MONDAY + YEAR, worker="one that died")
    await tick(database, bot, MONDAY)
    assert bot.sent == []
    await tick(database, bot, MONDAY + SOON)
    assert len(bot.sent) == 1


async def test_a_source_looked_at_in_the_future_is_looked_at_now(database: Database) -> None:
    ahead = WEDNESDAY + YEAR
    with database.session() as session:
        note_look(session, "hexi", SourceState.NEW, "", name="河西", now=ahead, next_look_at=ahead + DAY)
        take_source(session, "hexi", worker="one that died", now=ahead)
        assert due_sources(session, ["hexi"], WEDNESDAY) == []
    assert (await right_clocks(database, now=WEDNESDAY)).sources
    with database.session() as session:
        assert due_sources(session, ["hexi"], WEDNESDAY + SOON) == ["hexi"]


async def test_chats_and_topics_refused_in_the_future_are_tried_in_a_day(database: Database) -> None:
    bot, ahead = StubBot(), MONDAY + YEAR
    with database.session() as session:
        queue(session, follower(session, -5, kind="supergroup"), HELLO)
        queue(session, follower(session, -6, kind="supergroup", topic_id=9), HELLO)
        set_standing(session, -5, Standing.NO_RIGHTS, ahead)
        close_topic(session, -6, 9, ahead)
    assert (await right_clocks(database, now=MONDAY)).chats == 2
    await tick(database, bot, MONDAY)
    assert bot.sent == []
    await tick(database, bot, MONDAY + DAY)
    assert chats_of(bot) == [-6, -5]


async def test_what_may_wait_is_left_alone(database: Database) -> None:
    with database.session() as session:
        waits = follower(session, 1)
        queue(session, waits, HELLO)
        (row,) = claim(session, MONDAY, worker="deliver")
        put_back(session, row.id, MONDAY + timedelta(hours=3), "429", worker="deliver")
        follower(session, 2, now=MONDAY + timedelta(seconds=1))
        pause(session, follower(session, 3).id, MONDAY + timedelta(days=90))
        note_look(session, "hexi", SourceState.NEW, "", name="河西", now=MONDAY, next_look_at=MONDAY + WEEK)
        take_source(session, "hexi", worker="one", now=MONDAY)
    assert not await right_clocks(database, now=MONDAY)
    assert rows(database)[0].not_before == MONDAY + timedelta(hours=3)
    assert timedelta(hours=3) < LONGEST_WAIT
    assert WEEK < LONGEST_RHYTHM


async def test_more_subscriptions_than_one_transaction_takes_are_all_put_right(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("storage.clocks", "jobs.clocks"):
        monkeypatch.setattr(f"{module}.AT_ONCE", 2)
    with database.session() as session:
        for chat in CHATS:
            follower(session, chat, now=WEDNESDAY + YEAR)
    assert (await right_clocks(database, now=WEDNESDAY)).subscriptions == len(CHATS)
    bot = StubBot()
    await tick(database, bot, MONDAY)
    assert chats_of(bot) == list(CHATS)


NIGHTS = [
    # Sunday, and the moment at which the digest of 2:30 is due on it and a week later, in UTC
    (date(2024, 3, 31), "2024-03-31T01:00", "2024-04-07T00:30"),  # 2:00 to 3:00 do not exist: at 3:00
    (date(2024, 10, 27), "2024-10-27T00:30", "2024-11-03T01:30"),  # 2:00 to 3:00 come twice: the first time
]


@pytest.mark.parametrize(("sunday", "due", "next_due"), NIGHTS, ids=["spring", "autumn"])
async def test_on_the_nights_when_clocks_change_in_berlin_there_is_one_digest(
    database: Database, sunday: date, due: str, next_due: str
) -> None:
    bot = StubBot()
    before = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(days=3)
    with database.session() as session:
        number = follower(session, now=before).id
        set_rhythm(session, number, Rhythm(6, 2, 30, "Europe/Berlin"), before)
    moment = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(hours=2)
    sent_at: list[str] = []
    for _ in range(6 * 8):
        moment += timedelta(minutes=10)
        await tick(database, bot, moment)
        sent_at += [f"{moment:%Y-%m-%dT%H:%M}"] * (len(bot.sent) - len(sent_at))
    assert sent_at == [due]
    with database.session(write=False) as session:
        subscription = by_id(session, number)
    assert subscription
    assert f"{subscription.next_due_at:%Y-%m-%dT%H:%M}" == next_due
    await tick(database, bot, subscription.next_due_at)
    assert len(bot.sent) == 2


@pytest.mark.parametrize(("sunday", "due", "next_due"), NIGHTS, ids=["spring", "autumn"])
async def test_a_digest_of_such_a_night_covers_seven_whole_days_as_any_other(
    database: Database, sunday: date, due: str, next_due: str
) -> None:
    before = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(days=3)
    with database.session() as session:
        subscription = set_rhythm(
            session, follower(session, now=before).id, Rhythm(6, 2, 30, "Europe/Berlin"), before
        )
    at = datetime.fromisoformat(due).replace(tzinfo=UTC)
    for late in (timedelta(0), timedelta(minutes=59), timedelta(hours=3), timedelta(hours=20)):
        occasion = occasion_of(subscription, at + late)
        assert occasion.late is (late > HOUR)
        assert (occasion.since, occasion.until) == (sunday - WEEK, sunday - DAY)
        assert occasion.today == sunday == (at + late).astimezone(BERLIN).date()
        assert occasion.next_due_at == datetime.fromisoformat(next_due).replace(tzinfo=UTC)
    missed = occasion_of(subscription, at + WEEK + DAY)
    assert (missed.since, missed.until) == (sunday - WEEK, sunday + WEEK - DAY)
