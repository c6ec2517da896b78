"""Deliveries whose fate is unclear, that are stopped halfway, or whose chat or topic is closed to us."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, TimedOut

from jobs.deliver import IN_FLIGHT, LEASE
from storage.cut_off import CutOff
from storage.database import Database
from storage.outbox import begin_sending, claim, outbox_counts
from storage.pause import pause_sending, resume_sending
from storage.subscriptions import get_subscription, unsubscribe
from tests.jobs.sending import HELLO, REST, send, state_of_chat, waiting
from tests.jobs.support import MONDAY, StubBot, follower, queue, rows

AFTER_THE_LEASE = MONDAY + LEASE + timedelta(seconds=1)


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
