"""The limiter under a bot: what counts, who waits, and what a 429 does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.limiter import StrictRateLimiter
from jobs.delivery_errors import seconds_told
from jobs.pace import BULK, Limits

FAST = Limits(total=30, total_window=0.03, chat=1, chat_window=0.02, group=3, group_window=0.05)


@pytest.fixture
async def limiter() -> AsyncIterator[StrictRateLimiter]:
    """One whose windows are milliseconds."""
    limiter = StrictRateLimiter(FAST)
    await limiter.initialize()
    yield limiter
    await limiter.shutdown()


class Telegram:
    """Answers requests, and remembers when each came, on the loop's clock."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.calls: list[tuple[str, float]] = []

    async def __call__(self, endpoint: str, _data: object = None) -> bool:
        self.calls.append((endpoint, asyncio.get_running_loop().time()))
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        return True


Ask = Callable[..., Any]


def asking(limiter: StrictRateLimiter, telegram: Telegram) -> Ask:
    """A short form of `process_request`."""

    def ask(endpoint: str = "sendMessage", *, bulk: bool = False, **data: Any) -> Any:
        return limiter.process_request(telegram, (endpoint,), {}, endpoint, data, BULK if bulk else None)

    return ask


def gaps(telegram: Telegram) -> list[float]:
    times = [at for _, at in telegram.calls]
    return [later - earlier for earlier, later in pairwise(times)]


async def test_messages_to_one_chat_are_spaced(limiter: StrictRateLimiter) -> None:
    telegram = Telegram()
    ask = asking(limiter, telegram)
    await asyncio.gather(*(ask(chat_id=1) for _ in range(3)))
    assert min(gaps(telegram)) >= FAST.chat_window


async def test_an_id_as_text_is_the_same_chat(limiter: StrictRateLimiter) -> None:
    telegram = Telegram()
    ask = asking(limiter, telegram)
    await asyncio.gather(ask(chat_id=1), ask(chat_id="1"))
    assert min(gaps(telegram)) >= FAST.chat_window


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "getMe", "sendChatAction", "setMyCommands"])
async def test_what_sends_no_message_never_waits(limiter: StrictRateLimiter, endpoint: str) -> None:
    telegram = Telegram()
    ask = asking(limiter, telegram)
    for _ in range(50):
        await ask(endpoint, chat_id=1)
    assert len(telegram.calls) == 50


async def test_edits_do_not_wait_for_their_chat(limiter: StrictRateLimiter) -> None:
    telegram = Telegram()
    ask = asking(limiter, telegram)
    await ask(chat_id=-1)
    limiter._pace.hold(-1, 3_600, asyncio.get_running_loop().time())
    await asyncio.gather(*(ask("editMessageText", chat_id=-1) for _ in range(5)))
    assert len(telegram.calls) == 6


async def test_an_answer_waits_out_a_short_429_and_is_sent_again(limiter: StrictRateLimiter) -> None:
    telegram = Telegram(RetryAfter(0.02))  # type: ignore[arg-type]
    assert await asking(limiter, telegram)(chat_id=1) is True
    assert gaps(telegram)[0] >= 0.02


async def test_an_answer_is_not_held_for_minutes(limiter: StrictRateLimiter) -> None:
    telegram = Telegram(RetryAfter(300))
    ask = asking(limiter, telegram)
    with pytest.raises(RetryAfter):
        await ask(chat_id=1)
    with pytest.raises(RetryAfter) as caught:
        await ask(chat_id=1)
    assert 295 < seconds_told(caught.value) <= 301
    assert len(telegram.calls) == 1, "the second one was not even sent"


async def test_bulk_goes_back_at_once_at_any_429(limiter: StrictRateLimiter) -> None:
    telegram = Telegram(RetryAfter(2))
    ask = asking(limiter, telegram)
    with pytest.raises(RetryAfter):
        await ask(chat_id=1, bulk=True)
    with pytest.raises(RetryAfter):
        await ask(chat_id=1, bulk=True)
    assert await ask(chat_id=2, bulk=True) is True
    assert len(telegram.calls) == 2


async def test_bulk_does_not_stand_in_line_longer_than_its_lease(
    limiter: StrictRateLimiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.limiter.LONGEST_IN_LINE", 0.01)
    telegram = Telegram()
    ask = asking(limiter, telegram)
    await ask(chat_id=-1, bulk=True)
    outcomes = await asyncio.gather(*(ask(chat_id=-1, bulk=True) for _ in range(6)), return_exceptions=True)
    assert any(isinstance(one, RetryAfter) for one in outcomes)
    assert limiter._pace.wake_at(0.0) is None, "who gave up left the line"


async def test_who_is_cancelled_takes_no_slot_with_it(limiter: StrictRateLimiter) -> None:
    telegram = Telegram()
    ask = asking(limiter, telegram)
    await ask(chat_id=1)
    waiting = [asyncio.ensure_future(ask(chat_id=1)) for _ in range(5)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await ask(chat_id=1)
    assert len(telegram.calls) == 2


async def test_cancelled_in_the_moment_its_turn_comes_the_slot_is_freed(limiter: StrictRateLimiter) -> None:
    telegram = Telegram()
    ask = asking(limiter, telegram)
    await ask(chat_id=1)
    task = asyncio.ensure_future(ask(chat_id=1))
    await asyncio.sleep(0)
    limiter._pace._chats.clear()  # as if its window were over
    limiter._look()
    assert not limiter._waiting
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await ask(chat_id=1)


async def test_a_failed_request_frees_its_slot(limiter: StrictRateLimiter) -> None:
    telegram = Telegram(ValueError("broken"))
    ask = asking(limiter, telegram)
    with pytest.raises(ValueError, match="broken"):
        await ask(chat_id=1)
    assert await ask(chat_id=1) is True


async def test_every_error_is_heard_also_of_what_is_tried_again() -> None:
    heard: list[TelegramError] = []
    limiter = StrictRateLimiter(FAST, on_error=heard.append)
    telegram = Telegram(RetryAfter(0), None, BadRequest("no"))
    ask = asking(limiter, telegram)
    await ask(chat_id=1)
    with pytest.raises(BadRequest):
        await ask("getChat", chat_id=1)
    assert [type(error) for error in heard] == [RetryAfter, BadRequest]
    await limiter.shutdown()


@pytest.mark.parametrize("total", [30, 31])
async def test_above_the_free_rate_messages_may_be_paid_for(total: int) -> None:
    limiter = StrictRateLimiter(Limits(total=total, total_window=0.01, chat_window=0.01))
    telegram = Telegram()

    async def sent(endpoint: str) -> dict[str, Any]:
        data: dict[str, Any] = {"chat_id": 1}
        await limiter.process_request(telegram, (endpoint, data), {}, endpoint, data, None)
        return data

    marked = {"chat_id": 1} | ({"allow_paid_broadcast": True} if total > 30 else {})
    assert [await sent(endpoint) for endpoint in ("sendMessage", "sendDocument", "copyMessage")] == [
        marked
    ] * 3
    for endpoint in ("editMessageText", "sendChatAction", "forwardMessage", "getMe"):
        assert await sent(endpoint) == {"chat_id": 1}
    await limiter.shutdown()


async def test_shutdown_leaves_nobody_waiting(limiter: StrictRateLimiter) -> None:
    limiter._pace.hold(1, 5, asyncio.get_running_loop().time())
    waiting = asyncio.ensure_future(asking(limiter, Telegram())(chat_id=1))
    await asyncio.sleep(0)
    await limiter.shutdown()
    with pytest.raises(asyncio.CancelledError):
        await waiting
