"""Deliveries: sent once, retried by rule, and nothing is lost whatever Telegram answers."""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from jobs.deliver import IN_FLIGHT, LEASE, MOST_ATTEMPTS_CUT_OFF, DeliverResult, deliver, pause_before
from storage.chats import get_chat, touch_chat
from storage.cut_off import CutOff
from storage.database import Database
from storage.outbox import begin_sending, claim, outbox_counts
from storage.pause import pause_sending, resume_sending
from storage.subscriptions import get_subscription, unsubscribe
from tests.jobs.support import MONDAY, StubBot, follower, queue, rows

HELLO = json.dumps({"html": "<b>一周</b>", "keyboard": [], "silent": False})
AFTER_THE_LEASE = MONDAY + LEASE + timedelta(seconds=1)
REST = json.dumps({"html": "还有", "keyboard": [[{"text": "看全部", "data": "l:x"}]], "silent": True})


async def send(database: Database, bot: StubBot, now: datetime = MONDAY, **options: Any) -> DeliverResult:
    return await deliver(database, bot, clock=lambda: now, **options)


def waiting(database: Database, *chats: int, payloads: tuple[str, ...] = (HELLO,), **options: Any) -> None:
    """Chats with a digest each in the outbox."""
    with database.session() as session:
        for chat_id in chats or (7,):
            queue(session, follower(session, chat_id, **options), *payloads)


def state_of_chat(database: Database, chat_id: int) -> str:
    with database.session(write=False) as session:
        chat = get_chat(session, chat_id)
    return chat.state if chat else ""


async def test_what_waits_is_sent_and_marked(database: Database) -> None:
    waiting(database, -100, payloads=(HELLO, REST), topic_id=5, kind="supergroup")
    bot = StubBot()
    result = await send(database, bot)
    assert (result.sent, result.put_back, result.failed) == (2, 0, 0)
    first, second = bot.sent
    assert (first.chat_id, first.text) == (-100, "<b>一周</b>")
    assert first.options["parse_mode"] == "HTML"
    assert first.options["message_thread_id"] == 5
    assert first.options["reply_markup"] is None
    assert first.options["disable_notification"] is False
    assert second.options["reply_markup"].inline_keyboard[0][0].callback_data == "l:x"
    assert second.options["disable_notification"] is True
    assert [(row.state, row.message_id) for row in rows(database)] == [("sent", 101), ("sent", 102)]


async def test_sent_is_never_sent_again(database: Database) -> None:
    waiting(database)
    bot = StubBot()
    await send(database, bot)
    assert not await send(database, bot, MONDAY + timedelta(days=1))
    assert len(bot.sent) == 1


async def test_many_go_at_once_but_not_too_many(database: Database) -> None:
    waiting(database, *range(1, 31))
    bot = StubBot()
    result = await send(database, bot, limit=25)
    assert result.sent == 30
    assert 1 < bot.most_at_once <= IN_FLIGHT
    waiting(database, *range(31, 61))
    bot = StubBot()
    await send(database, bot, in_flight=20)
    assert IN_FLIGHT < bot.most_at_once <= 20


@pytest.mark.parametrize(
    ("chat_id", "error", "state"),
    [
        (7, Forbidden("Forbidden: bot was blocked by the user"), "blocked"),
        (7, Forbidden("Forbidden: user is deactivated"), "deactivated"),
        (7, BadRequest("Chat not found"), "blocked"),
        (-100, Forbidden("Forbidden: bot was kicked from the supergroup chat"), "left"),
        (-100, Forbidden("Forbidden: bot is not a member of the channel chat"), "left"),
        (-100, BadRequest("Not enough rights to send text messages to the chat"), "no_rights"),
    ],
)
async def test_a_chat_that_is_gone_is_marked_and_keeps_its_subscription(
    database: Database, chat_id: int, error: Exception, state: str
) -> None:
    waiting(database, chat_id, payloads=(HELLO, REST))
    bot = StubBot(for_chat={chat_id: error})
    result = await send(database, bot)
    assert result.away == 1
    assert state_of_chat(database, chat_id) == state
    with database.session(write=False) as session:
        subscription = get_subscription(session, chat_id, None)
    assert subscription
    assert not await send(database, bot, MONDAY + timedelta(hours=2)), "nothing more is tried"
    assert len(bot.asked) == 1


async def test_who_comes_back_gets_what_waited(database: Database) -> None:
    waiting(database)
    await send(database, StubBot(for_chat={7: Forbidden("blocked")}))
    later = MONDAY + timedelta(days=1)
    with database.session() as session:
        touch_chat(session, id=7, kind="private", title="", language_code="zh", now=later)
    assert (await send(database, StubBot(), later)).sent == 1


async def test_an_upgraded_group_is_moved_and_served_at_once(database: Database) -> None:
    waiting(database, -5, payloads=(HELLO, REST), kind="group")
    bot = StubBot(for_chat={-5: ChatMigrated(-1005)})
    result = await send(database, bot)
    assert (result.migrated, result.sent) == (1, 2)
    assert [message.chat_id for message in bot.sent] == [-1005, -1005]
    with database.session(write=False) as session:
        assert get_subscription(session, -1005, None)
        assert not get_subscription(session, -5, None)


async def test_several_topics_of_an_upgraded_group_move_together(database: Database) -> None:
    with database.session() as session:
        for topic_id in (1, 2, 3):
            queue(session, follower(session, -5, topic_id=topic_id, kind="supergroup"), HELLO)
    result = await send(database, StubBot(for_chat={-5: ChatMigrated(-1005)}))
    assert (result.migrated, result.sent) == (1, 3)


async def test_rights_that_were_taken_are_asked_for_once_a_day(database: Database) -> None:
    waiting(database, -100)
    refusal = BadRequest("Have no rights to send a message")
    bot = StubBot(answers=[refusal, refusal, None])
    for days, tries in ((0, 1), (0.9, 1), (1, 2), (1.9, 2), (2, 3)):
        await send(database, bot, MONDAY + timedelta(days=days))
        assert len(bot.asked) == tries
    assert state_of_chat(database, -100) == "active"
    assert [row.state for row in rows(database)] == ["sent"]


async def test_a_closed_topic_waits_and_the_other_topics_go_on(database: Database) -> None:
    with database.session() as session:
        for topic in (5, 6):
            queue(
                session, follower(session, -100, topic_id=topic, kind="supergroup"), f'{{"html": "{topic}"}}'
            )
    bot = StubBot(answers=[BadRequest("TOPIC_CLOSED")])
    await send(database, bot)
    assert [(row.topic_id, row.state) for row in rows(database)] == [(5, "pending"), (6, "sent")]
    assert state_of_chat(database, -100) == "active"
    assert not await send(database, bot, MONDAY + timedelta(hours=23))
    await send(database, bot, MONDAY + timedelta(hours=24))
    assert [row.state for row in rows(database)] == ["sent", "sent"]


async def test_with_its_topic_a_subscription_ends(database: Database) -> None:
    waiting(database, -100, payloads=(HELLO, REST), topic_id=5, kind="supergroup")
    await send(database, StubBot(answers=[BadRequest("Message thread not found")]))
    assert [row.state for row in rows(database)] == ["dropped", "dropped"]
    with database.session(write=False) as session:
        subscription = get_subscription(session, -100, 5)
    assert subscription
    assert subscription.state == "ended"


async def test_told_to_wait_it_waits_as_long_and_others_go_on(database: Database) -> None:
    waiting(database, 7, 8)
    bot = StubBot(for_chat={7: RetryAfter(40)})
    result = await send(database, bot)
    assert (result.sent, result.put_back) == (1, 1)
    bot.for_chat.clear()
    assert not await send(database, bot, MONDAY + timedelta(seconds=39))
    assert (await send(database, bot, MONDAY + timedelta(seconds=41))).sent == 1


async def test_other_topics_of_a_chat_that_waits_are_not_even_tried(database: Database) -> None:
    with database.session() as session:
        for topic_id in range(1, 31):
            queue(session, follower(session, -5, topic_id=topic_id, kind="supergroup"), HELLO)
    bot = StubBot(for_chat={-5: RetryAfter(40)})
    result = await send(database, bot)
    assert result.put_back == 30
    assert len(bot.asked) <= IN_FLIGHT


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("Message text is empty"),
        BadRequest("Can't parse entities: unsupported start tag"),
    ],
)
async def test_what_can_never_go_has_failed_and_is_seen(database: Database, error: Exception) -> None:
    waiting(database, payloads=(HELLO, REST))
    result = await send(database, StubBot(for_chat={7: error}))
    assert result.failed == 1
    first, second = rows(database)
    assert (first.state, second.state) == ("failed", "dropped")
    assert str(error) in (first.last_error or "")


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("Bad Gateway"), RuntimeError("ours")])
async def test_other_errors_are_retried_with_growing_pauses(database: Database, error: Exception) -> None:
    waiting(database)
    bot = StubBot(for_chat={7: error})
    now = MONDAY
    for pause in (30, 60, 120):
        assert (await send(database, bot, now)).put_back == 1
        assert not await send(database, bot, now + timedelta(seconds=pause - 1))
        now += timedelta(seconds=pause)
    bot.for_chat.clear()
    assert (await send(database, bot, now)).sent == 1


def test_pauses_double_up_to_an_hour() -> None:
    assert [pause_before(attempt).total_seconds() for attempt in (1, 2, 3, 7, 8, 500)] == [
        30,
        60,
        120,
        1920,
        3600,
        3600,
    ]


async def test_what_is_cut_off_each_time_fails_in_the_end(database: Database) -> None:
    waiting(database)
    bot = StubBot(for_chat={7: TimedOut()})
    now = MONDAY
    for _ in range(MOST_ATTEMPTS_CUT_OFF):
        await send(database, bot, now)
        now += timedelta(hours=1)
    assert [row.state for row in rows(database)] == ["failed"]


async def test_what_never_left_this_machine_is_tried_for_longer(database: Database) -> None:
    waiting(database)
    error = NetworkError("refused")
    error.__cause__ = type("ConnectError", (Exception,), {})()
    bot = StubBot(for_chat={7: error})
    now = MONDAY
    for _ in range(MOST_ATTEMPTS_CUT_OFF + 1):
        await send(database, bot, now)
        now += timedelta(hours=1)
    assert [row.state for row in rows(database)] == ["pending"]


async def test_without_a_network_a_run_ends_instead_of_trying_everyone(database: Database) -> None:
    waiting(database, *range(1, 21))
    bot = StubBot(for_chat=dict.fromkeys(range(1, 21), NetworkError("down")))
    result = await send(database, bot, limit=5)
    assert (result.put_back, len(bot.asked)) == (5, 5)


async def test_a_refused_token_stops_the_run_and_loses_nothing(database: Database) -> None:
    waiting(database, *range(1, 41))
    bot = StubBot(for_chat=dict.fromkeys(range(1, 41), InvalidToken("Unauthorized")))
    with pytest.raises(InvalidToken):
        await send(database, bot)
    assert len(bot.asked) <= IN_FLIGHT
    assert {row.state for row in rows(database)} == {"pending"}


@pytest.mark.parametrize("rule", CutOff)
async def test_what_a_dead_worker_had_not_begun_is_sent(database: Database, rule: CutOff) -> None:
    waiting(database)
    with database.session() as session:
        assert claim(session, MONDAY, worker="one that dies")
    bot = StubBot()
    assert not await send(database, bot, MONDAY + LEASE / 2, cut_off=rule)
    assert (await send(database, bot, AFTER_THE_LEASE, cut_off=rule)).sent == 1
    assert [row.cut_offs for row in rows(database)] == [0]


@pytest.mark.parametrize(
    ("rule", "states"), [(CutOff.RESEND, ["sent", "sent"]), (CutOff.SKIP, ["unconfirmed", "sent"])]
)
async def test_what_a_dead_worker_had_begun_is_sent_again_or_not_by_rule(
    database: Database, rule: CutOff, states: list[str]
) -> None:
    waiting(database, payloads=(HELLO, REST))
    with database.session() as session:
        taken = claim(session, MONDAY, worker="one that dies")
        begin_sending(session, [taken[0].id], worker="one that dies", now=MONDAY)
    await send(database, bot := StubBot(), AFTER_THE_LEASE, cut_off=rule)
    await send(database, bot, AFTER_THE_LEASE, cut_off=rule)
    assert [row.state for row in rows(database)] == states
    assert len(bot.sent) == states.count("sent")
    with database.session(write=False) as session:
        counts = outbox_counts(session, AFTER_THE_LEASE)
    assert (counts.repeated, counts.unconfirmed) == ((1, 0) if rule is CutOff.RESEND else (0, 1))


async def test_by_rule_what_got_no_answer_is_not_sent_again(database: Database) -> None:
    waiting(database, payloads=(HELLO, REST))
    bot = StubBot(answers=[TimedOut()])
    assert (await send(database, bot, cut_off=CutOff.SKIP)).unconfirmed == 1
    await send(database, bot, MONDAY + timedelta(days=1), cut_off=CutOff.SKIP)
    assert [row.state for row in rows(database)] == ["unconfirmed", "sent"]


async def test_an_answer_that_tells_of_trouble_is_an_answer(database: Database) -> None:
    waiting(database)
    bot = StubBot(answers=[NetworkError("Bad Gateway")])
    assert (await send(database, bot, cut_off=CutOff.SKIP)).put_back == 1
    assert (await send(database, bot, MONDAY + timedelta(minutes=1), cut_off=CutOff.SKIP)).sent == 1
    assert [row.cut_offs for row in rows(database)] == [0]


async def test_a_pause_stops_what_is_claimed_but_not_begun(database: Database) -> None:
    waiting(database, *range(1, 31))

    class Pausing(StubBot):
        async def send_message(self, chat_id: int, text: str, **options: Any) -> SimpleNamespace:
            with database.session() as session:
                pause_sending(session, "wait", MONDAY)
            return await super().send_message(chat_id, text, **options)

    result = await send(database, Pausing())
    assert result.sent <= IN_FLIGHT
    assert result.sent + result.put_back == 30
    assert not await send(database, StubBot(), MONDAY + timedelta(hours=1))
    with database.session() as session:
        resume_sending(session)
    assert (await send(database, StubBot(), MONDAY)).sent == 30 - result.sent


async def test_what_was_dropped_since_it_was_claimed_does_not_go(database: Database) -> None:
    waiting(database, *range(1, IN_FLIGHT + 2))
    with database.session(write=False) as session:
        found = get_subscription(session, IN_FLIGHT + 1, None)
    last = found.id if found else 0

    class Leaving(StubBot):
        async def send_message(self, chat_id: int, text: str, **options: Any) -> SimpleNamespace:
            with database.session() as session:
                unsubscribe(session, last)
            return await super().send_message(chat_id, text, **options)

    bot = Leaving()
    await send(database, bot)
    assert sorted(sent.chat_id for sent in bot.sent) == list(range(1, IN_FLIGHT + 1))


async def test_asked_to_stop_it_leaves_the_rest_for_the_next(database: Database) -> None:
    waiting(database, *range(1, 31))
    bot = StubBot()
    await send(database, bot, stopping=lambda: len(bot.sent) >= 10)
    sent = len(bot.sent)
    assert 10 <= sent < 10 + IN_FLIGHT
    assert (await send(database, bot)).sent == 30 - sent


async def test_a_broken_payload_does_not_stop_the_others(database: Database) -> None:
    with database.session() as session:
        queue(session, follower(session, 1), "{}")
        queue(session, follower(session, 2), HELLO)
    result = await send(database, StubBot())
    assert (result.sent, result.put_back) == (1, 1)
