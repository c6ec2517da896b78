"""Puts every request of the bot under one pace (jobs/pace.py), as python-telegram-bot's rate limiter."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram._utils.types import JSONDict
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from jobs.delivery_errors import seconds_told
from jobs.pace import BULK, Limits, Pace, Ticket

logger = logging.getLogger(__name__)

_LONGEST_WAIT = 10.0  # seconds that a request waits for a 429 to pass; longer ones are told to the caller
LONGEST_IN_LINE = 30.0  # seconds that bulk stands in line: its lease must not run out meanwhile
_TRIES = 4
_SENDS = ("send", "copy", "forward")
_NO_MESSAGE = ("sendChatAction",)
_NOT_PAID = ("forward", "copyMessages")  # these methods know no paid broadcast
_CHANGES = ("edit", "delete", "pin", "unpin", "stop")  # counted in the total, not for the chat

Callback = Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]]


class StrictRateLimiter(BaseRateLimiter[str]):
    """Lets requests go as `Pace` says; `rate_limit_args=BULK` marks one that nobody waits for.

    After a 429 an answer somebody waits for is tried again when the wait is short. Bulk and long waits raise
    `RetryAfter`, also before sending while an earlier 429 holds the chat, so that they go back to the outbox.

    Under limits that are not free each message is marked as one that may be paid for, answers too: Telegram
    charges what goes beyond the free rate (https://core.telegram.org/bots/api#sendmessage).
    """

    def __init__(
        self, limits: Limits | None = None, *, on_error: Callable[[TelegramError], None] = lambda _: None
    ) -> None:
        """`on_error` hears of every request that ends with an error, also of those tried again."""
        self._pace = Pace(limits)
        self._paid = limits is not None and limits.paid
        self._on_error = on_error
        self._waiting: dict[Ticket, asyncio.Future[None]] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def total(self) -> int:
        """The limit of the bot, of which this process may have a part."""
        return self._pace.total

    def take_part(self, share: int) -> None:
        """Send at most so many messages a window from now on; 0 lets all wait."""
        self._pace.take_part(share)
        if self._waiting:
            self._look()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Let nobody wait any longer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for ticket, future in self._waiting.items():
            self._pace.leave(ticket)
            future.cancel()
        self._waiting.clear()

    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Send the request when its turn comes.

        Raises:
            RetryAfter: Telegram tells to wait, and the request is bulk or the wait is long.
        """
        callback = self._heard(callback)
        counted, chat, count = _what_it_sends(endpoint, data)
        if not counted:
            return await callback(*args, **kwargs)
        if self._paid and endpoint.startswith(_SENDS) and not endpoint.startswith(_NOT_PAID):
            data["allow_paid_broadcast"] = True  # what the request is made of
        bulk = rate_limit_args == BULK
        for left in reversed(range(_TRIES)):
            try:
                return await self._in_turn(callback, args, kwargs, chat=chat, count=count, bulk=bulk)
            except RetryAfter as error:
                seconds = seconds_told(error)
                logger.warning(
                    "Telegram tells to wait %s s (%s to chat %s)", seconds, endpoint, data.get("chat_id")
                )
                if bulk or not left or seconds > _LONGEST_WAIT:
                    raise
        raise AssertionError("the last try returns or raises")

    def _heard(self, callback: Callback) -> Callback:
        async def call(*args: Any, **kwargs: Any) -> bool | JSONDict | list[JSONDict]:
            try:
                return await callback(*args, **kwargs)
            except TelegramError as error:
                self._on_error(error)
                raise

        return call

    async def _in_turn(
        self,
        callback: Callback,
        args: Any,
        kwargs: dict[str, Any],
        *,
        chat: int | str | None,
        count: int,
        bulk: bool,
    ) -> bool | JSONDict | list[JSONDict]:
        held = self._pace.held_for(chat, self._now())
        if held > (0 if bulk else _LONGEST_WAIT):
            raise RetryAfter(int(held) + 1)
        ticket = self._pace.join(chat, bulk=bulk, count=count)
        try:
            async with asyncio.timeout(LONGEST_IN_LINE if bulk else None):
                await self._turn_of(ticket)
        except TimeoutError:
            raise RetryAfter(int(LONGEST_IN_LINE) + 1) from None
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._pace.hold(chat, seconds_told(error), self._now())
            raise
        finally:
            self._pace.answered(ticket, self._now())
            self._look()

    async def _turn_of(self, ticket: Ticket) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting[ticket] = future
        self._look()
        try:
            await future
        except asyncio.CancelledError:
            if self._waiting.pop(ticket, None) is None:
                self._pace.answered(ticket, self._now())  # its turn had come in the same moment
            self._pace.leave(ticket)
            self._look()
            raise

    def _look(self) -> None:
        now = self._now()
        for ticket in self._pace.release(now):
            future = self._waiting.pop(ticket)
            if not future.done():
                future.set_result(None)
        if self._timer is not None:
            self._timer.cancel()
        at = self._pace.wake_at(now)
        self._timer = asyncio.get_running_loop().call_at(at, self._look) if at is not None else None

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _what_it_sends(endpoint: str, data: dict[str, Any]) -> tuple[bool, int | str | None, int]:
    """Whether a request is counted, the chat it is counted for, and how many messages it sends."""
    if endpoint.startswith(_SENDS) and endpoint not in _NO_MESSAGE:
        chat = data.get("chat_id")
        several = data.get("media") if endpoint == "sendMediaGroup" else data.get("message_ids")
        return True, _as_id(chat), len(several) if isinstance(several, list | tuple) else 1
    return endpoint.startswith(_CHANGES), None, 1


def _as_id(chat: Any) -> int | str | None:
    if isinstance(chat, str):
        return int(chat) if chat.lstrip("-").isdigit() else chat
    return chat if isinstance(chat, int) else None
