"""The outbox: each message part that is to reach a subscriber is a row, so that a crash loses nothing.

A row is pending until it is sent, unconfirmed, failed or dropped. While it is being sent it is pending under
a lease; if the sender dies, the lease runs out and the row is claimed again. One whose sending had begun may
have arrived: `CutOff` tells what is done with it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Integer, Select, Update, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.columns import UtcDateTime
from storage.cut_off import CutOff
from storage.outbox_writes import finish
from storage.pause import is_paused
from storage.standing import TRY_AGAIN, is_away, may_go
from storage.tables_chat import ChatRow
from storage.tables_outbox import FAILED, PENDING, DeliveryRow, DigestRow
from storage.text import clean
from storage.views import DeliveryView, OutboxStatus

MAX_ERROR = 500  # characters kept of an error
ERRORS_SHOWN = 5


def claim(
    session: Session,
    now: datetime,
    *,
    worker: str,
    limit: int = 100,
    lease: timedelta = timedelta(minutes=2),
    cut_off: CutOff = CutOff.RESEND,
) -> list[DeliveryView]:
    """Take up to `limit` deliveries that may go now, oldest first, for as long as `lease`.

    Only for chats and topics that can be written to or are to be tried again, a part only when the one
    before it has gone, and nothing while the operator's pause is on. By `CutOff.SKIP` what an earlier worker
    had begun to send leaves the outbox as unconfirmed.
    """
    connection = session.connection()
    told = {"now": now, "since": now - TRY_AGAIN, "most": limit}
    found = connection.execute(_free_deliveries(), told).all()
    if cut_off is CutOff.SKIP:
        finish(session, [row.id for row in found if row.begun], "unconfirmed", now, last_error="cut off")
        found = [row for row in found if not row.begun]
    if not found:
        return []
    ids = [row.id for row in found]
    connection.execute(_taking(), {"ids": ids, "lease": now + lease, "who": worker})
    digests = connection.execute(_parts(), {"ids": list({row.digest_id for row in found})})
    parts = {row.id: row.parts for row in digests}
    return [
        DeliveryView(
            id=row.id,
            subscription_id=row.subscription_id,
            chat_id=row.chat_id,
            topic_id=row.topic_id,
            digest_id=row.digest_id,
            occasion=row.occasion,
            part=row.part,
            payload=parts[row.digest_id][row.part - 1],
            attempts=row.attempts + 1,
            not_before=row.not_before,
            interrupted=bool(row.begun),
            trial=bool(row.away),
        )
        for row in found
    ]


def begin_sending(session: Session, deliveries: Sequence[int], *, worker: str, now: datetime) -> set[int]:
    """Note that these are on their way from now on; returns those of them that may go.

    The others were dropped, paused, or claimed by somebody else since this worker claimed them.
    """
    told = {"ids": list(deliveries), "who": worker, "now": now}
    return set(session.connection().execute(_beginning(), told).scalars())


def mark_sent(session: Session, messages: Mapping[int, int | None], now: datetime) -> None:
    """These have arrived: the id of each delivery, and of its message in the chat.

    One that was given up may still turn out to have arrived; what is sent stays sent.
    """
    if messages:
        told = [{"key": key, "message": message, "now": now} for key, message in messages.items()]
        session.connection().execute(_marking(), told)


# Built once: building such statements anew, and rows as objects, takes several times what the database takes.

_DELIVERY = DeliveryRow.__table__  # type: ignore[attr-defined]
_NOW = bindparam("now", type_=UtcDateTime)
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)


@cache
def _free_deliveries() -> Select[Any]:
    before = aliased(DeliveryRow)
    after_the_one_before = select(col(before.id)).where(
        col(before.subscription_id).is_not_distinct_from(col(DeliveryRow.subscription_id)),
        col(before.chat_id) == col(DeliveryRow.chat_id),
        col(before.occasion) == col(DeliveryRow.occasion),
        col(before.part) == col(DeliveryRow.part) - 1,
        col(before.state).in_(("sent", "unconfirmed")),
    )
    names = ("id", "subscription_id", "chat_id", "topic_id", "digest_id", "occasion", "part", "attempts")
    return (
        select(
            *(_DELIVERY.c[name] for name in (*names, "not_before")),
            col(DeliveryRow.begun_at).is_not(None).label("begun"),
            is_away().label("away"),
        )
        .join(ChatRow, col(ChatRow.id) == col(DeliveryRow.chat_id))
        .where(
            col(DeliveryRow.state) == PENDING,
            col(DeliveryRow.not_before) <= _NOW,
            or_(col(DeliveryRow.lease_until).is_(None), col(DeliveryRow.lease_until) <= _NOW),
            may_go(bindparam("since", type_=UtcDateTime)),
            or_(col(DeliveryRow.part) == 1, after_the_one_before.exists()),
            ~is_paused(),
        )
        .order_by(col(DeliveryRow.not_before), col(DeliveryRow.id))
        .limit(bindparam("most", type_=Integer))
        .with_for_update(of=DeliveryRow, skip_locked=True)
    )


@cache
def _taking() -> Update:
    # From this state on a row is ours; `begun_at` is of the worker before us.
    cut_off = func.cast(_DELIVERY.c.begun_at.is_not(None), Integer)
    return (
        update(_DELIVERY)
        .where(_DELIVERY.c.id.in_(_IDS))
        .values(
            lease_until=bindparam("lease", type_=UtcDateTime),
            worker=bindparam("who"),
            attempts=_DELIVERY.c.attempts + 1,
            cut_offs=_DELIVERY.c.cut_offs + cut_off,
            begun_at=None,
        )
    )


@cache
def _parts() -> Select[int | None, list[str]]:
    return select(col(DigestRow.id), col(DigestRow.parts)).where(col(DigestRow.id).in_(_IDS))


@cache
def _beginning() -> Any:
    return (
        update(_DELIVERY)
        .where(
            _DELIVERY.c.id.in_(_IDS),
            _DELIVERY.c.state == PENDING,
            _DELIVERY.c.worker == bindparam("who"),
            ~is_paused(),
        )
        .values(begun_at=_NOW)
        .returning(_DELIVERY.c.id)
    )


@cache
def _marking() -> Update:
    return (
        update(_DELIVERY)
        .where(_DELIVERY.c.id == bindparam("key"), _DELIVERY.c.state != "sent")
        .values(
            state="sent",
            done_at=_NOW,
            lease_until=None,
            worker=None,
            last_error=None,
            message_id=bindparam("message"),
        )
    )


def put_back(
    session: Session,
    delivery_id: int,
    not_before: datetime,
    error: str,
    *,
    worker: str,
    cut_off: bool = False,
) -> None:
    """It could not go now; try again from `not_before` on. `cut_off`: it may have arrived nevertheless.

    Nothing happens where another worker has claimed it in the meantime.
    """
    session.execute(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id) == delivery_id,
            col(DeliveryRow.state) == PENDING,
            col(DeliveryRow.worker) == worker,
        )
        .values(
            not_before=not_before,
            lease_until=None,
            worker=None,
            begun_at=None,
            cut_offs=col(DeliveryRow.cut_offs) + int(cut_off),
            last_error=clean(error)[:MAX_ERROR],
        )
        .execution_options(synchronize_session=False)
    )


def mark_unconfirmed(session: Session, delivery_id: int, error: str, now: datetime) -> None:
    """It may have arrived, and by rule it is not sent again; the later parts of its occasion go on."""
    finish(session, [delivery_id], "unconfirmed", now, last_error=clean(error)[:MAX_ERROR])


def mark_failed(session: Session, delivery_id: int, error: str, now: datetime) -> None:
    """It can never go; the later parts of its occasion are dropped."""
    _give_up(session, delivery_id, "failed", error, now)


def mark_dropped(session: Session, delivery_id: int, reason: str, now: datetime) -> None:
    """It is no longer wanted; the later parts of its occasion are dropped too."""
    _give_up(session, delivery_id, "dropped", reason, now)


def outbox_counts(session: Session, now: datetime) -> OutboxStatus:
    """The outbox in numbers, with the newest errors."""
    state, lease = col(DeliveryRow.state), col(DeliveryRow.lease_until)
    repeated = func.count().filter(col(DeliveryRow.cut_offs) > 0)
    counts = session.execute(select(state, func.count(), repeated).group_by(state)).all()
    totals = {row[0]: int(row[1]) for row in counts}
    claimed_now = lease > now
    away = is_away()
    waiting = session.execute(
        select(
            func.count().filter(claimed_now),
            func.count().filter(or_(lease.is_(None), ~claimed_now), col(DeliveryRow.attempts) > 0),
            func.count().filter(away),
            func.min(col(DeliveryRow.made_at)).filter(~away),
        )
        .join_from(DeliveryRow, ChatRow, col(ChatRow.id) == col(DeliveryRow.chat_id))
        .where(state == PENDING)
    ).one()
    claimed, retrying, held, oldest = waiting
    return OutboxStatus(
        pending=totals.get("pending", 0) - claimed,
        claimed=claimed,
        sent=totals.get("sent", 0),
        unconfirmed=totals.get("unconfirmed", 0),
        failed=totals.get("failed", 0),
        dropped=totals.get("dropped", 0),
        retrying=retrying,
        held=held,
        repeated=sum(int(row[2]) for row in counts),
        oldest_pending=oldest,
        last_errors=_last_errors(session),
    )


def _last_errors(session: Session) -> tuple[str, ...]:
    failed = (
        select(col(DeliveryRow.last_error))
        .where(col(DeliveryRow.state) == FAILED)
        .order_by(col(DeliveryRow.done_at).desc(), col(DeliveryRow.id).desc())
        .limit(ERRORS_SHOWN)
    )
    retried = (
        select(col(DeliveryRow.last_error))
        .where(col(DeliveryRow.state) == PENDING, col(DeliveryRow.last_error).is_not(None))
        .order_by(col(DeliveryRow.not_before).desc(), col(DeliveryRow.id).desc())
        .limit(ERRORS_SHOWN)
    )
    found = [error for query in (retried, failed) for error in session.scalars(query) if error]
    return tuple(dict.fromkeys(found))[:ERRORS_SHOWN]


def _give_up(session: Session, delivery_id: int, state: str, reason: str, now: datetime) -> None:
    row = session.get(DeliveryRow, delivery_id, with_for_update=True, populate_existing=True)
    if row is None or row.state != "pending":
        return
    later = session.scalars(
        select(col(DeliveryRow.id)).where(
            col(DeliveryRow.subscription_id).is_not_distinct_from(row.subscription_id),
            col(DeliveryRow.chat_id) == row.chat_id,
            col(DeliveryRow.occasion) == row.occasion,
            col(DeliveryRow.part) > row.part,
            col(DeliveryRow.state) == PENDING,
        )
    ).all()
    finish(session, [delivery_id], state, now, last_error=clean(reason)[:MAX_ERROR])
    finish(session, [key for key in later if key], "dropped", now, last_error="an earlier part did not go")
