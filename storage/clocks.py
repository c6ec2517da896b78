"""Puts right what a clock that was wrong has left behind: moments that nobody would ever wait for.

All that waits here waits for a moment, told by the clock of the machine. Where that was set back, what was to
come at once would come in an hour or a day; where it had been ahead and was put right, in a year.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from storage.rhythm import next_due
from storage.standing import Standing
from storage.tables_chat import ACTIVE, ChatRow, ClosedTopicRow, SubscriptionRow
from storage.tables_outbox import PENDING, DeliveryRow
from storage.tables_sources import SourceStateRow

AHEAD = timedelta(minutes=10)  # that the clocks of two machines may differ: what was made later was not
LONGEST_WAIT = timedelta(days=2)  # of a delivery. Telegram tells to wait for hours, a day at most
LONGEST_LEASE = timedelta(hours=1)  # of a delivery or a source; they are minutes
LONGEST_RHYTHM = timedelta(days=8)  # from one digest to the next, and from one look at a source to the next
SOON = timedelta(minutes=2)  # whoever holds a delivery after all has done by then
AT_ONCE = 1_000  # subscriptions in one transaction


@dataclass(frozen=True, slots=True)
class Righted:
    """How many moments were too far ahead."""

    deliveries: int = 0
    subscriptions: int = 0
    sources: int = 0
    chats: int = 0  # or topics, that wait to be tried again

    def __bool__(self) -> bool:
        """Whether there were any."""
        return bool(self.deliveries or self.subscriptions or self.sources or self.chats)


def right_moments(session: Session, now: datetime) -> Righted:
    """Bring moments that are too far ahead back to what they would be by the clock as it is, `now` (UTC).

    Nothing is sent twice by it: an occasion stays what it was. Of subscriptions only `AT_ONCE` at a time.
    """
    return Righted(
        _deliveries(session, now), _subscriptions(session, now), _sources(session, now), _chats(session, now)
    )


def _deliveries(session: Session, now: datetime) -> int:
    leased = col(DeliveryRow.lease_until) > now + LONGEST_LEASE
    held = session.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.state) == PENDING, leased)
        .values(lease_until=now + SOON)
        .execution_options(synchronize_session=False)
    )
    made_later = col(DeliveryRow.made_at) > now + AHEAD
    waits_too_long = col(DeliveryRow.not_before) > now + LONGEST_WAIT
    waiting = session.execute(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.state) == PENDING,
            col(DeliveryRow.not_before) > now,
            or_(made_later, waits_too_long),
        )
        .values(not_before=now)
        .execution_options(synchronize_session=False)
    )
    return int(held.rowcount + waiting.rowcount)  # type: ignore[attr-defined]


def _subscriptions(session: Session, now: datetime) -> int:
    rows = session.scalars(
        select(SubscriptionRow)
        .where(col(SubscriptionRow.state) == ACTIVE, col(SubscriptionRow.next_due_at) > now + LONGEST_RHYTHM)
        .order_by(col(SubscriptionRow.next_due_at))
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    for row in rows:
        row.next_due_at = next_due(now, row.weekday, row.hour, row.minute, row.zone)
    session.flush()
    return len(rows)


def _sources(session: Session, now: datetime) -> int:
    looks = session.execute(
        update(SourceStateRow)
        .where(col(SourceStateRow.next_look_at) > now + LONGEST_RHYTHM)
        .values(next_look_at=now)
        .execution_options(synchronize_session=False)
    )
    leases = session.execute(
        update(SourceStateRow)
        .where(col(SourceStateRow.lease_until) > now + LONGEST_LEASE)
        .values(lease_until=now + SOON)
        .execution_options(synchronize_session=False)
    )
    return int(looks.rowcount + leases.rowcount)  # type: ignore[attr-defined]


def _chats(session: Session, now: datetime) -> int:
    # What is tried again a day after it was refused must not have been refused in a year.
    waiting = select(col(DeliveryRow.chat_id)).where(col(DeliveryRow.state) == PENDING)
    refused = session.execute(
        update(ChatRow)
        .where(
            col(ChatRow.id).in_(waiting),
            col(ChatRow.state) == Standing.NO_RIGHTS.value,
            col(ChatRow.state_since) > now + AHEAD,
        )
        .values(state_since=now)
        .execution_options(synchronize_session=False)
    )
    closed = session.execute(
        update(ClosedTopicRow)
        .where(col(ClosedTopicRow.tried_at) > now + AHEAD)
        .values(tried_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(refused.rowcount + closed.rowcount)  # type: ignore[attr-defined]
