"""Putting digests into the outbox, those of many subscriptions in one transaction.

A delivery and the due date that it answers belong together: both are written or neither, and an occasion of a
subscription is never queued twice, whoever else queues digests at the same time.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlmodel import Session, col

from storage.inserts import insert_new
from storage.tables_chat import ChatRow, SubscriptionRow
from storage.tables_outbox import DeliveryRow, DigestRow
from storage.views import SubscriptionView


@dataclass(frozen=True, slots=True)
class DueDigest:
    """What a due subscription is to get."""

    subscription: SubscriptionView  # as it was found due
    occasion: str  # together with the subscription, what makes it unique
    digest_id: int
    parts: int  # of the digest; without any, only the date moves
    next_due_at: datetime  # UTC


def save_digest(
    session: Session,
    *,
    key: str,
    period_start: date,
    period_end: date,
    language: str,
    parts: Sequence[str],
) -> int:
    """Keep a rendered digest (`parts` are the JSON payloads of its messages) and return its id.

    A digest that has this key already is used again as it is.
    """
    row = {
        "key": key,
        "period_start": period_start,
        "period_end": period_end,
        "language": language,
        "parts": list(parts),
    }
    insert_new(session, DigestRow, [row])
    return session.execute(select(col(DigestRow.id)).where(col(DigestRow.key) == key)).scalar_one() or 0


def schedule_digests(session: Session, digests: Sequence[DueDigest], now: datetime) -> set[int]:
    """Put the parts of these digests into the outbox and move the due dates of their subscriptions.

    Returns the ids of the subscriptions for which that was done. For the others nothing is: their due date is
    no longer the one they were found with, they are no longer active, they belong to another chat now, they
    had this occasion before, or somebody is changing them or their chat at this moment.
    """
    free = _lock(session, digests)
    ends = _period_ends(session, {digest.digest_id for digest in digests})
    moved: dict[int, tuple[int, int | None]] = {}
    for some in _alike(digests, ends):
        first = some[0]
        found = session.execute(
            update(SubscriptionRow)
            .where(*_still_due(some, free), ~_queued_before(first.occasion))
            .values(next_due_at=first.next_due_at, last_period_end=ends[first.digest_id])
            .returning(col(SubscriptionRow.id), col(SubscriptionRow.chat_id), col(SubscriptionRow.topic_id))
            .execution_options(synchronize_session=False)
        )
        moved.update({row.id: (row.chat_id, row.topic_id) for row in found})
    rows = [
        _delivery(digest, part, *moved[digest.subscription.id], now)
        for digest in digests
        if digest.subscription.id in moved
        for part in range(1, digest.parts + 1)
    ]
    if rows:
        session.connection().execute(insert(DeliveryRow.__table__), rows)  # type: ignore[attr-defined]
    session.expire_all()
    return set(moved)


def pass_over(session: Session, digests: Sequence[DueDigest]) -> None:
    """Move the due dates of those that had this occasion before, or they would stay due for ever."""
    free = _lock(session, digests)
    ends = _period_ends(session, {digest.digest_id for digest in digests})
    for some in _alike(digests, ends):
        session.execute(
            update(SubscriptionRow)
            .where(*_still_due(some, free), _queued_before(some[0].occasion))
            .values(next_due_at=some[0].next_due_at)
            .execution_options(synchronize_session=False)
        )
    session.expire_all()


def _lock(session: Session, digests: Sequence[DueDigest]) -> Collection[int]:
    """Keep others (on PostgreSQL) from these subscriptions and their chats; returns those that are ours.

    Who wants both locks the chat first, but two that want several could wait for each other; so nobody is
    waited for here.
    """
    chats = session.scalars(
        select(col(ChatRow.id))
        .where(col(ChatRow.id).in_({digest.subscription.chat_id for digest in digests}))
        .with_for_update(read=True, key_share=True, skip_locked=True)
    ).all()
    ours = session.scalars(
        select(col(SubscriptionRow.id))
        .where(
            col(SubscriptionRow.id).in_({digest.subscription.id for digest in digests}),
            col(SubscriptionRow.chat_id).in_(chats),
        )
        .with_for_update(skip_locked=True)
    )
    return {key for key in ours if key}


def _period_ends(session: Session, digests: Collection[int]) -> Mapping[int, date]:
    rows = session.execute(
        select(col(DigestRow.id), col(DigestRow.period_end)).where(col(DigestRow.id).in_(digests))
    )
    return {row.id: row.period_end for row in rows}


def _alike(digests: Iterable[DueDigest], ends: Mapping[int, date]) -> Iterable[list[DueDigest]]:
    """Those that one statement can move; mostly all of them."""

    def moment(digest: DueDigest) -> tuple[Any, ...]:
        return (
            digest.subscription.next_due_at,
            digest.occasion,
            digest.next_due_at,
            ends[digest.digest_id],
        )

    for _, some in groupby(sorted(digests, key=moment), moment):
        yield list(some)


def _still_due(some: Sequence[DueDigest], free: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(SubscriptionRow.id).in_([one.subscription.id for one in some if one.subscription.id in free]),
        col(SubscriptionRow.next_due_at) == some[0].subscription.next_due_at,
        col(SubscriptionRow.state) == "active",
    )


def _queued_before(occasion: str) -> ColumnElement[bool]:
    return (
        select(col(DeliveryRow.id))
        .where(
            col(DeliveryRow.subscription_id) == col(SubscriptionRow.id),
            col(DeliveryRow.occasion) == occasion,
        )
        .exists()
    )


def _delivery(
    digest: DueDigest, part: int, chat_id: int, topic_id: int | None, now: datetime
) -> dict[str, Any]:
    return {
        "subscription_id": digest.subscription.id,
        "chat_id": chat_id,
        "topic_id": topic_id,
        "digest_id": digest.digest_id,
        "occasion": digest.occasion,
        "part": part,
        "state": "pending",
        "not_before": now,
        "made_at": now,
        "attempts": 0,
    }
