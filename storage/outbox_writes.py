"""The ways in which deliveries leave the outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from storage.tables_outbox import DeliveryRow


def finish(session: Session, ids: Sequence[int], state: str, now: datetime, **values: Any) -> None:
    """Mark pending deliveries as unconfirmed, failed or dropped, and free their leases."""
    session.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(ids), col(DeliveryRow.state) == "pending")
        .values(state=state, done_at=now, lease_until=None, worker=None, **values)
        .execution_options(synchronize_session=False)
    )


def drop_waiting(session: Session, subscription_id: int | None, reason: str) -> None:
    """Drop what waits for a subscription that no longer wants it."""
    session.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.subscription_id) == subscription_id, col(DeliveryRow.state) == "pending")
        .values(state="dropped", done_at=col(DeliveryRow.not_before), lease_until=None, last_error=reason)
        .execution_options(synchronize_session=False)
    )
