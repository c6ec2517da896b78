"""What is owed to subscribers and does not go as it should, in a few numbers that are cheap to ask for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from storage.lateness import longest_due
from storage.pause import pause_of
from storage.tables_chat import ChatRow
from storage.tables_outbox import FAILED, PENDING, DeliveryRow

RECENT = timedelta(hours=1)  # failures longer ago are history
STILL = timedelta(minutes=10)  # an outbox from which nothing goes for so long stands still
_OWED = col(DeliveryRow.subscription_id).is_not(None)
TRIED = 3  # attempts from which on a delivery is in trouble itself


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the outbox and the digests stand."""

    failed: int = 0  # deliveries of the last hour that can never go
    retried: int = 0  # those that wait after three attempts or more
    error: str = ""  # the newest of theirs
    waiting: int = 0  # deliveries to chats that can be written to
    oldest: datetime | None = None  # of these, when the first was made
    moves: bool = True  # something went out within ten minutes, nothing waits longer, or it is paused
    due: datetime | None = None  # when the longest due digest should have been made


def backlog(session: Session, now: datetime) -> Backlog:
    """The numbers at this time.

    Chats that are away count for nothing: what waits for them may wait. Nor do notes to operators: what is
    told of them would wait behind them.
    """
    failing = and_(col(DeliveryRow.attempts) >= TRIED, col(DeliveryRow.last_error).is_not(None))
    waiting, oldest, retried = session.execute(
        select(func.count(), func.min(col(DeliveryRow.made_at)), func.count().filter(failing))
        .join_from(DeliveryRow, ChatRow, col(ChatRow.id) == col(DeliveryRow.chat_id))
        .where(col(DeliveryRow.state) == PENDING, col(ChatRow.state) == "active", _OWED)
    ).one()
    failed = session.scalar(
        select(func.count()).where(
            col(DeliveryRow.state) == FAILED, col(DeliveryRow.done_at) > now - RECENT, _OWED
        )
    )
    late = oldest is not None and oldest <= now - STILL
    return Backlog(
        failed=failed or 0,
        retried=retried,
        error=_newest_error(session, now) if failed or retried else "",
        waiting=waiting,
        oldest=oldest,
        moves=not late or pause_of(session) is not None or _has_sent(session, now - STILL),
        due=longest_due(session, now),
    )


def _has_sent(session: Session, since: datetime) -> bool:
    """Asked from the newest on: where deliveries go, one of them is found at once."""
    query = (
        select(col(DeliveryRow.id))
        .where(col(DeliveryRow.state) == "sent", col(DeliveryRow.done_at) > since, _OWED)
        .order_by(col(DeliveryRow.id).desc())
        .limit(1)
    )
    return session.scalar(query) is not None


def _newest_error(session: Session, now: datetime) -> str:
    error = col(DeliveryRow.last_error)
    failed = (
        select(error)
        .where(col(DeliveryRow.state) == FAILED, col(DeliveryRow.done_at) > now - RECENT, _OWED)
        .order_by(col(DeliveryRow.done_at).desc(), col(DeliveryRow.id).desc())
        .limit(1)
    )
    retried = (
        select(error)
        .where(
            col(DeliveryRow.state) == PENDING, col(DeliveryRow.attempts) >= TRIED, error.is_not(None), _OWED
        )
        .order_by(col(DeliveryRow.not_before).desc(), col(DeliveryRow.id).desc())
        .limit(1)
    )
    return session.scalar(failed) or session.scalar(retried) or ""
