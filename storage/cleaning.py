"""What is thrown away after its time: deliveries stale or long done, and digests nobody points to."""

from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlmodel import Session, col

from storage.tables_outbox import DeliveryRow, DigestRow


def drop_stale(session: Session, before: datetime, now: datetime) -> int:
    """Drop what could have gone before that moment and still waits; returns how many deliveries that were.

    What is being sent at `now` is left alone.
    """
    stale = (
        select(col(DeliveryRow.id))
        .where(col(DeliveryRow.state) == "pending", col(DeliveryRow.made_at) < before)
        .where(or_(col(DeliveryRow.lease_until).is_(None), col(DeliveryRow.lease_until) <= now))
    )
    count = session.scalar(select(func.count()).select_from(stale.subquery())) or 0
    session.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(stale))
        .values(state="dropped", done_at=now, lease_until=None, last_error="waited too long")
        .execution_options(synchronize_session=False)
    )
    return count


def delete_done(session: Session, before: datetime) -> int:
    """Delete deliveries that were sent, failed or dropped before that moment, and digests left without any.

    Returns how many deliveries that were.
    """
    old = select(col(DeliveryRow.id)).where(
        col(DeliveryRow.state) != "pending", col(DeliveryRow.done_at) < before
    )
    count = session.scalar(select(func.count()).select_from(old.subquery())) or 0
    session.execute(
        delete(DeliveryRow).where(col(DeliveryRow.id).in_(old)).execution_options(synchronize_session=False)
    )
    used = select(col(DeliveryRow.digest_id))
    session.execute(
        delete(DigestRow)
        .where(col(DigestRow.id).not_in(used), col(DigestRow.period_end) < before.date())
        .execution_options(synchronize_session=False)
    )
    return count
