"""How late what we owe to subscribers is, for whoever watches from outside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.outbox import outbox_counts
from storage.standing import is_served
from storage.tables_chat import ACTIVE, ChatRow, SubscriptionRow
from storage.views import OutboxStatus


@dataclass(frozen=True, slots=True)
class Lateness:
    """What waits, and since when: seconds, 0 where nothing does."""

    outbox: OutboxStatus
    oldest_pending: float  # since the oldest delivery that may go was made
    due: float  # since the longest due digest should have been made


def lateness(session: Session, now: datetime) -> Lateness:
    """What waits at this time."""
    outbox = outbox_counts(session, now)
    return Lateness(outbox, _since(outbox.oldest_pending, now), _since(longest_due(session, now), now))


def longest_due(session: Session, now: datetime) -> datetime | None:
    """When the digest should have been made that is due for longest; None where none is."""
    return session.scalar(
        select(func.min(col(SubscriptionRow.next_due_at)))
        .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id))
        .where(
            col(SubscriptionRow.state) == ACTIVE,
            col(SubscriptionRow.next_due_at) <= now,
            is_served(),
        )
    )


def _since(then: datetime | None, now: datetime) -> float:
    return max(0.0, (now - then).total_seconds()) if then else 0.0
