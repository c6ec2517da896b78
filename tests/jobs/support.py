"""What the tests of jobs share: a frozen now, subscribed chats, and a bot that answers as it is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from sqlmodel import Session, col, select

from parsing.district import District, load_district
from storage.chats import touch_chat
from storage.database import Database
from storage.queueing import DueDigest, save_digest, schedule_digests
from storage.rhythm import Rhythm
from storage.subscriptions import by_id, subscribe
from storage.tables_outbox import DeliveryRow
from storage.views import SubscriptionView

WEDNESDAY = datetime(2024, 4, 3, 4, 0, tzinfo=UTC)
MONDAY = datetime(2024, 4, 8, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
WEEKLY = Rhythm(0, 9, 0, "Asia/Shanghai")


def fengtai() -> District:
    """The district of all these tests."""
    return load_district("丰台区")


def follower(
    session: Session,
    chat_id: int = 7,
    *,
    topic_id: int | None = None,
    language: str = "zh",
    kind: str = "private",
    now: datetime = WEDNESDAY,
) -> SubscriptionView:
    """A chat that subscribes on a Wednesday; its first digest is due on MONDAY."""
    touch_chat(session, id=chat_id, kind=kind, title="", language_code=language, now=now)
    return subscribe(session, chat_id=chat_id, topic_id=topic_id, defaults=WEEKLY, now=now)[0]


def queue(session: Session, subscription: SubscriptionView, *payloads: str, now: datetime = MONDAY) -> None:
    """Put a digest of these payloads into the outbox for a subscription that is due."""
    digest_id = save_digest(
        session,
        key="/".join(payloads),
        period_start=now.date(),
        period_end=now.date(),
        language="zh",
        parts=payloads,
    )
    current = by_id(session, subscription.id)
    assert current
    due = DueDigest(
        subscription=current,
        occasion=f"digest:{current.next_due_at:%Y-%m-%d}",
        digest_id=digest_id,
        parts=len(payloads),
        next_due_at=current.rhythm.next_due(current.next_due_at),
    )
    assert schedule_digests(session, [due], now) == {current.id}


def rows(database: Database) -> Sequence[DeliveryRow]:
    """All deliveries, in order."""
    with database.session(write=False) as session:
        found = session.exec(select(DeliveryRow).order_by(col(DeliveryRow.id))).all()
        session.expunge_all()
    return found


@dataclass
class Sent:
    """A message as the bot was asked to send it."""

    chat_id: int
    text: str
    options: dict[str, Any]


@dataclass
class StubBot:
    """Answers each message with the next of `answers` (an error is raised), then with success."""

    answers: list[Exception | None] = field(default_factory=list)
    for_chat: dict[int, Exception] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    asked: list[Sent] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0

    async def send_message(self, chat_id: int, text: str, **options: Any) -> SimpleNamespace:
        """Take a message."""
        message = Sent(chat_id, text, options)
        self.asked.append(message)
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        await asyncio.sleep(0)
        self._now -= 1
        error = self.answers.pop(0) if self.answers else self.for_chat.get(chat_id)
        if error:
            raise error
        self.sent.append(message)
        return SimpleNamespace(message_id=100 + len(self.sent))
