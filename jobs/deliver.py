"""Sends what waits in the outbox.

A row is claimed under a lease, begun, sent, then marked, so a crash loses nothing. What was cut off between
beginning and marking may have arrived. By default it is sent again: a digest that comes twice does less harm
than one that never comes.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from jobs.delivery_errors import (
    Away,
    Later,
    Moved,
    Never,
    NoTopic,
    Stop,
    Verdict,
    Wait,
    judge,
)
from jobs.marks import Marks, PutBack
from jobs.pace import BULK
from storage import chats, outbox, standing
from storage.cut_off import CutOff
from storage.database import Database, DatabaseError
from storage.refusals import TopicRefusal
from storage.views import DeliveryView

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
IN_FLIGHT = 10  # enough for the free rate, also where an answer takes a third of a second
MOST_ATTEMPTS = 30  # about a day, when nothing ever left this machine
MOST_ATTEMPTS_CUT_OFF = 12  # about five hours, when each may have arrived
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)


class SendsMessages(Protocol):
    """What deliveries need of a Telegram bot."""

    @property
    def send_message(self) -> Callable[..., Awaitable[Any]]:
        """Sends a text to a chat, and returns the message (with `message_id`)."""


@dataclass(slots=True)
class DeliverResult:
    """How many deliveries ended how, and how many chats were found to be away or to have moved."""

    sent: int = 0
    put_back: int = 0
    unconfirmed: int = 0
    failed: int = 0
    dropped: int = 0
    away: int = 0
    migrated: int = 0

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return any(asdict(self).values())


async def deliver(
    database: Database,
    bot: SendsMessages,
    *,
    clock: Callable[[], datetime],
    worker: str = "deliver",
    limit: int = 100,
    cut_off: CutOff = CutOff.RESEND,
    in_flight: int = IN_FLIGHT,
    stopping: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> DeliverResult:
    """Send all that is due, `limit` claimed and `in_flight` under way at a time.

    Ends early when `stopping` says so, or after a batch of which nothing came to an end. `clock` gives now,
    in UTC. When the database fails halfway, nothing new is sent, and what was sent is marked as soon as it
    works again (`Marks`, which waits by `sleep`): until then this does not end.

    Raises:
        InvalidToken: Telegram refuses the token; the deliveries wait.
        DatabaseError: the database failed; what was sent is marked, unless `stopping` cut that short.
    """
    marks = Marks(database, worker=worker, clock=clock, stopping=stopping, sleep=sleep)
    run = _Run(database, bot, clock, stopping, in_flight, cut_off, marks)
    while not stopping():
        done_before = run.done
        batch = await database.run(
            outbox.claim, clock(), worker=worker, limit=limit, lease=LEASE, cut_off=cut_off
        )
        if not batch:
            break
        await run.send_all(batch)
        if run.done == done_before:
            break
    return run.result


def pause_before(attempt: int) -> timedelta:
    """How long to wait after try number `attempt` (from 1): 30 s, doubled each time, at most an hour."""
    pause: timedelta = _FIRST_PAUSE * 2 ** min(attempt - 1, 20)
    return min(pause, _LONGEST_PAUSE)


@dataclass(slots=True)
class _Run:
    database: Database
    bot: SendsMessages
    clock: Callable[[], datetime]
    stopping: Callable[[], bool]
    in_flight: int
    cut_off: CutOff
    marks: Marks
    result: DeliverResult = field(default_factory=DeliverResult)
    waiting: dict[int, datetime] = field(default_factory=dict)  # chats that told us to wait
    gone: set[int] = field(default_factory=set)
    closed: set[tuple[int, int | None]] = field(default_factory=set)  # topics
    moved: dict[int, int] = field(default_factory=dict)
    fatal: Exception | None = None

    @property
    def done(self) -> int:
        """How much came to an end: what was sent or given up, and chats that turned out to be gone."""
        return self.result.sent + self.result.failed + len(self.gone)

    async def send_all(self, batch: list[DeliveryView]) -> None:
        places = asyncio.Semaphore(self.in_flight)
        lease_ends = self.clock() + LEASE

        async def one(delivery: DeliveryView) -> None:
            async with places:
                if self.stopping() or self.fatal or self.clock() > lease_ends - LEASE / 4:
                    await self._put_back(delivery, self.clock(), "not begun")
                else:
                    await self._send(delivery)

        # All are awaited before an error is raised: cutting off the others would leave them half sent.
        outcomes = await asyncio.gather(*map(one, batch), return_exceptions=True)
        errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        if self.fatal or errors:
            raise self.fatal or errors[0]

    async def _send(self, delivery: DeliveryView) -> None:
        chat_id = self.moved.get(delivery.chat_id, delivery.chat_id)
        now = self.clock()
        if self.waiting.get(chat_id, now) > now:
            await self._put_back(delivery, self.waiting[chat_id], "told to wait")
            return
        if chat_id in self.gone:
            await self._put_back(delivery, now, "the chat is gone")
            return
        if (chat_id, delivery.topic_id) in self.closed:
            await self._put_back(delivery, now, "the topic is closed")
            return
        try:
            may_go = await self.marks.begin(delivery.id)
        except DatabaseError:
            await self._put_back(delivery, now, "not begun")  # whether or not that it begins was written
            raise
        if not may_go:
            await self._put_back(delivery, now, "not begun")
            return
        try:
            message = await self.bot.send_message(chat_id, **self._arguments(delivery))
        except Exception as error:  # each kind is told apart by judge()
            await self._not_sent(delivery, chat_id, error)
        else:
            await self.marks.sent(delivery.id, getattr(message, "message_id", None))
            self.result.sent += 1
            if delivery.trial:
                await self.database.run(standing.take_back, chat_id, delivery.topic_id, self.clock())

    async def _not_sent(self, delivery: DeliveryView, chat_id: int, error: Exception) -> None:
        verdict = judge(error, chat_id)
        try:
            await self._failed(delivery, chat_id, error, verdict)
        except DatabaseError:
            # What stays begun looks cut off later; but there was an answer: it has not arrived. When the chat
            # has moved, it may have arrived there by now.
            if not (isinstance(verdict, Moved) or getattr(verdict, "may_have_arrived", False)):
                await self._put_back(delivery, self.clock(), f"{type(error).__name__}: {error}")
            raise

    async def _failed(self, delivery: DeliveryView, chat_id: int, error: Exception, verdict: Verdict) -> None:
        now = self.clock()
        reason = f"{type(error).__name__}: {error}"
        match verdict:
            case Wait(seconds):
                until = now + timedelta(seconds=seconds)
                self.waiting[chat_id] = max(until, self.waiting.get(chat_id, until))
                await self._put_back(delivery, until, reason)
            case Moved(new_id):
                if chat_id not in self.moved:  # others of the same chat may hear of it at the same time
                    self.moved[chat_id] = new_id
                    self.result.migrated += 1
                    try:
                        await self.database.run(chats.migrate_chat, chat_id, new_id, now)
                    except DatabaseError:
                        await self._put_back(delivery, now, reason)
                        raise
                if chat_id == delivery.chat_id:
                    await self._send(delivery)
                else:  # moved twice within a run
                    await self._put_back(delivery, now + pause_before(delivery.attempts), reason)
            case Away(of):
                await self.database.run(standing.set_standing, chat_id, of, now)
                if chat_id not in self.gone:
                    self.gone.add(chat_id)
                    self.result.away += 1
                await self._put_back(delivery, now, reason)  # held with the chat until it revives
            case NoTopic(TopicRefusal.CLOSED):
                self.closed.add((chat_id, delivery.topic_id))
                await self.database.run(standing.close_topic, chat_id, delivery.topic_id, now)
                await self._put_back(delivery, now, reason)
            case NoTopic():
                logger.info(
                    "delivery %d: topic %s of chat %d is deleted", delivery.id, delivery.topic_id, chat_id
                )
                await self.database.run(outbox.mark_dropped, delivery.id, reason, now)
                await self.database.run(standing.lose_topic, chat_id, delivery.topic_id)
                self.result.dropped += 1
            case Never():
                await self._give_up(delivery, reason)
            case Stop():
                self.fatal = error
                await self._put_back(delivery, now, reason)
            case Later(may_have_arrived=True) if self.cut_off is CutOff.SKIP:
                logger.warning("delivery %d may have arrived: %s", delivery.id, reason)
                await self.database.run(outbox.mark_unconfirmed, delivery.id, reason, now)
                self.result.unconfirmed += 1
            case Later(may_have_arrived):
                most = MOST_ATTEMPTS_CUT_OFF if may_have_arrived else MOST_ATTEMPTS
                if delivery.attempts >= most:
                    await self._give_up(delivery, reason)
                    return
                logger.warning(
                    "delivery %d, attempt %d: %s",
                    delivery.id,
                    delivery.attempts,
                    reason,
                    exc_info=_unknown(error),
                )
                pause = pause_before(delivery.attempts)
                await self._put_back(delivery, now + pause, reason, cut_off=may_have_arrived)

    async def _put_back(
        self, delivery: DeliveryView, not_before: datetime, reason: str, *, cut_off: bool = False
    ) -> None:
        await self.marks.put_back(PutBack(delivery.id, not_before, reason, cut_off))
        self.result.put_back += 1

    async def _give_up(self, delivery: DeliveryView, reason: str) -> None:
        logger.error("delivery %d to chat %d has failed: %s", delivery.id, delivery.chat_id, reason)
        await self.database.run(outbox.mark_failed, delivery.id, reason, self.clock())
        self.result.failed += 1

    def _arguments(self, delivery: DeliveryView) -> dict[str, Any]:
        payload = json.loads(delivery.payload)
        keyboard = [
            [
                InlineKeyboardButton(button["text"], callback_data=button.get("data"), url=button.get("url"))
                for button in row
            ]
            for row in payload.get("keyboard", ())
        ]
        limited = isinstance(self.bot, ExtBot) and self.bot.rate_limiter is not None
        return {
            "text": payload["html"],
            "parse_mode": ParseMode.HTML,
            "reply_markup": InlineKeyboardMarkup(keyboard) if keyboard else None,
            "message_thread_id": delivery.topic_id,
            "disable_notification": bool(payload.get("silent")),
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
            **({"rate_limit_args": BULK} if limited else {}),
        }


def _unknown(error: Exception) -> bool:
    # An error that is not Telegram's is ours: its traceback is wanted.
    return not type(error).__module__.startswith("telegram")
