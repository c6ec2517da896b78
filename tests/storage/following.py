"""Chats that follow the news, and digests on their way to them, for the tests of this room."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from storage.chats import touch_chat
from storage.queueing import DueDigest, save_digest, schedule_digests
from storage.rhythm import Rhythm
from storage.subscriptions import by_id, subscribe
from storage.tables_outbox import DeliveryRow
from storage.views import ChatView, SubscriptionView

NOW = datetime(2024, 4, 3, 4, tzinfo=UTC)  # a Wednesday
MONDAY = datetime(2024, 4, 8, 1, tzinfo=UTC)  # 9:00 in Shanghai
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


def chat(session: Session, number: int = 1, now: datetime = NOW, **values: str) -> ChatView:
    return touch_chat(
        session,
        id=number,
        kind=values.get("kind", "private"),
        title=values.get("title", "王女士"),
        language_code=values.get("language_code"),
        now=now,
    )


def follower(
    session: Session, number: int = 1, topic: int | None = None, now: datetime = NOW
) -> SubscriptionView:
    chat(session, number, now)
    subscription, _created = subscribe(session, chat_id=number, topic_id=topic, defaults=Rhythm(), now=now)
    return subscription


def again(session: Session, subscription: SubscriptionView) -> SubscriptionView:
    found = by_id(session, subscription.id)
    assert found is not None
    return found


def digest(session: Session, parts: Sequence[str] = ("一",), key: str = "k") -> int:
    return save_digest(
        session,
        key=key,
        period_start=date(2024, 4, 1),
        period_end=date(2024, 4, 7),
        language="zh",
        parts=parts,
    )


def queue(
    session: Session,
    subscription: SubscriptionView,
    parts: Sequence[str] = ("一",),
    now: datetime = MONDAY,
    occasion: str | None = None,
) -> bool:
    due = due_digest(session, subscription, parts, occasion)
    return schedule_digests(session, [due], now) == {subscription.id}


def due_digest(
    session: Session,
    subscription: SubscriptionView,
    parts: Sequence[str] = ("一",),
    occasion: str | None = None,
) -> DueDigest:
    return DueDigest(
        subscription=subscription,
        occasion=occasion or f"digest {subscription.next_due_at.isoformat()}",
        digest_id=digest(session, parts, key="/".join(parts)),
        parts=len(parts),
        next_due_at=subscription.next_due_at + WEEK,
    )


def rows(session: Session) -> Sequence[DeliveryRow]:
    session.expire_all()
    return session.scalars(select(DeliveryRow).order_by(col(DeliveryRow.id))).all()


def states(session: Session) -> list[str]:
    return [row.state for row in rows(session)]
