"""Deliveries: sent once, retried by rule, and nothing is lost whatever Telegram answers."""

from datetime import timedelta

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

from jobs.deliver import IN_FLIGHT, MOST_ATTEMPTS_CUT_OFF, pause_before
from storage.chats import touch_chat
from storage.database import Database
from storage.subscriptions import get_subscription
from tests.jobs.sending import HELLO, REST, send, state_of_chat, waiting
from tests.jobs.support import MONDAY, StubBot, follower, queue, rows


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
