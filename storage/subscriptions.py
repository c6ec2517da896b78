"""Subscriptions: what a chat (or one topic of it) asked for, and when it is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, select, tuple_, update
from sqlmodel import Session, col

from parsing.model import EventType
from storage.chats import UnknownChat
from storage.outbox_writes import drop_waiting
from storage.rhythm import Rhythm, next_due
from storage.standing import is_served
from storage.tables_chat import ACTIVE, PAUSED, ChatRow, SubscriptionRow
from storage.views import SubscriptionView

__all__ = [
    "Rhythm",
    "UnknownChat",
    "UnknownSubscription",
    "by_id",
    "due",
    "get_subscription",
    "next_due",
    "pause",
    "resume",
    "set_areas",
    "set_rhythm",
    "set_types",
    "subscribe",
    "unsubscribe",
]

_COLUMNS: tuple[Any, ...] = (
    col(SubscriptionRow.id),
    col(SubscriptionRow.chat_id),
    col(SubscriptionRow.topic_id),
    col(ChatRow.language),
    col(SubscriptionRow.types),
    col(SubscriptionRow.areas),
    col(SubscriptionRow.weekday),
    col(SubscriptionRow.hour),
    col(SubscriptionRow.minute),
    col(SubscriptionRow.zone),
    col(SubscriptionRow.state),
    col(SubscriptionRow.next_due_at),
    col(SubscriptionRow.last_period_end),
    col(SubscriptionRow.paused_until),
    col(ChatRow.kind).label("chat_kind"),
)


class UnknownSubscription(LookupError):  # noqa: N818
    """There is no such subscription (it may have been forgotten)."""


def subscribe(
    session: Session, *, chat_id: int, topic_id: int | None, defaults: Rhythm, now: datetime
) -> tuple[SubscriptionView, bool]:
    """Subscribe a chat, or one topic of it, to everything, at the rhythm of `defaults`.

    One that is there already stays as it is (a paused one is resumed), and one that had ended comes back
    with its old settings. The second value tells whether it is new or had ended.

    Raises:
        UnknownChat: no such chat; `touch_chat` comes first.
    """
    # Locking the chat keeps two taps at once from making two subscriptions.
    if session.get(ChatRow, chat_id, with_for_update=True) is None:
        raise UnknownChat(chat_id)
    row = _of(session, chat_id, topic_id)
    if row is None:
        row = SubscriptionRow(
            chat_id=chat_id,
            topic_id=topic_id,
            weekday=defaults.weekday,
            hour=defaults.hour,
            minute=defaults.minute,
            zone=defaults.zone,
            state="active",
            next_due_at=defaults.next_due(now),
            made_at=now,
        )
        session.add(row)
        session.flush()
        return _one(session, _key(row)), True
    ended = row.state == "ended"
    if row.state != "active":
        _go_on(row, now)
        session.flush()
    return _one(session, _key(row)), ended


def get_subscription(session: Session, chat_id: int, topic_id: int | None) -> SubscriptionView | None:
    """The subscription of a chat or topic, ended ones too, or None."""
    row = _of(session, chat_id, topic_id)
    return None if row is None else _one(session, _key(row))


def by_id(session: Session, subscription_id: int) -> SubscriptionView | None:
    """The subscription, or None."""
    row = session.execute(_select().where(col(SubscriptionRow.id) == subscription_id)).one_or_none()
    return None if row is None else _view(row)


def set_types(
    session: Session,
    subscription_id: int,
    types: Sequence[EventType],
    now: datetime,  # noqa: ARG001
) -> SubscriptionView:
    """Narrow it to these types; none means all.

    Raises:
        UnknownSubscription
    """
    row = _locked(session, subscription_id)
    row.types = [kind.value for kind in EventType if kind in set(types)]
    return _changed(session, row)


def set_areas(
    session: Session,
    subscription_id: int,
    areas: Sequence[str],
    now: datetime,  # noqa: ARG001
) -> SubscriptionView:
    """Narrow it to these areas (names of the district pack); none means all.

    Raises:
        UnknownSubscription
    """
    row = _locked(session, subscription_id)
    row.areas = list(dict.fromkeys(areas))
    return _changed(session, row)


def set_rhythm(session: Session, subscription_id: int, rhythm: Rhythm, now: datetime) -> SubscriptionView:
    """Set day, time and zone; the next digest comes at the first such time after `now`.

    Raises:
        UnknownSubscription
    """
    row = _locked(session, subscription_id)
    row.weekday, row.hour, row.minute, row.zone = rhythm.weekday, rhythm.hour, rhythm.minute, rhythm.zone
    row.next_due_at = rhythm.next_due(max(now, row.paused_until or now))
    return _changed(session, row)


def pause(session: Session, subscription_id: int, until: datetime | None) -> SubscriptionView:
    """Send nothing until then, or until `resume` if None. What waits in the outbox is dropped.

    Raises:
        UnknownSubscription
    """
    row = _locked(session, subscription_id)
    row.state, row.paused_until = "paused", until
    if until is not None:
        row.next_due_at = next_due(until, row.weekday, row.hour, row.minute, row.zone)
    drop_waiting(session, subscription_id, "paused")
    return _changed(session, row)


def resume(session: Session, subscription_id: int, now: datetime) -> SubscriptionView:
    """Go on after a pause (or an end), at the first regular time after `now`.

    Raises:
        UnknownSubscription
    """
    row = _locked(session, subscription_id)
    if row.state != "active":
        _go_on(row, now)
    return _changed(session, row)


def unsubscribe(session: Session, subscription_id: int) -> SubscriptionView:
    """End it; its settings are kept, what waits in the outbox is dropped.

    Raises:
        UnknownSubscription
    """
    row = _locked(session, subscription_id)
    row.state, row.paused_until = "ended", None
    drop_waiting(session, subscription_id, "unsubscribed")
    return _changed(session, row)


def due(
    session: Session, now: datetime, limit: int = 100, *, after: SubscriptionView | None = None
) -> list[SubscriptionView]:
    """The active subscriptions of the chats we serve whose time has come, longest due first.

    With `after`, those that come after this one in that order. Those whose pause is over go on by themselves,
    so this needs a transaction that may write.
    """
    session.execute(
        update(SubscriptionRow)
        .where(col(SubscriptionRow.state) == PAUSED, col(SubscriptionRow.paused_until) <= now)
        .values(state="active", paused_until=None)
        .execution_options(synchronize_session="fetch")
    )
    order = (col(SubscriptionRow.next_due_at), col(SubscriptionRow.id))
    query = (
        _select()
        .where(
            col(SubscriptionRow.state) == ACTIVE,
            col(SubscriptionRow.next_due_at) <= now,
            is_served(),
        )
        .order_by(*order)
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(*order) > tuple_(after.next_due_at, after.id))
    return [_view(row) for row in session.execute(query)]


def _select() -> Select[Any]:
    return select(*_COLUMNS).join_from(
        SubscriptionRow, ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id)
    )


def _view(row: Row[Any]) -> SubscriptionView:
    return SubscriptionView(
        id=row.id,
        chat_id=row.chat_id,
        topic_id=row.topic_id,
        language=row.language,
        types=tuple(map(EventType, row.types)),
        areas=tuple(row.areas),
        weekday=row.weekday,
        hour=row.hour,
        minute=row.minute,
        zone=row.zone,
        state=row.state,
        next_due_at=row.next_due_at,
        last_period_end=row.last_period_end,
        paused_until=row.paused_until,
        chat_kind=row.chat_kind,
    )


def _one(session: Session, subscription_id: int) -> SubscriptionView:
    return _view(session.execute(_select().where(col(SubscriptionRow.id) == subscription_id)).one())


def _of(session: Session, chat_id: int, topic_id: int | None) -> SubscriptionRow | None:
    """The one that runs, or else the newest: a move may have brought another that ended."""
    ended = case((col(SubscriptionRow.state) == "ended", 1), else_=0)
    return session.scalars(
        select(SubscriptionRow)
        .where(
            col(SubscriptionRow.chat_id) == chat_id,
            # "= NULL" finds nothing, and this must
            col(SubscriptionRow.topic_id).is_not_distinct_from(topic_id),
        )
        .order_by(ended, col(SubscriptionRow.id).desc())
        .limit(1)
    ).one_or_none()


def _locked(session: Session, subscription_id: int) -> SubscriptionRow:
    row = session.get(SubscriptionRow, subscription_id, with_for_update=True)
    if row is None:
        raise UnknownSubscription(subscription_id)
    return row


def _changed(session: Session, row: SubscriptionRow) -> SubscriptionView:
    session.flush()
    return _one(session, _key(row))


def _go_on(row: SubscriptionRow, now: datetime) -> None:
    row.state, row.paused_until = "active", None
    row.next_due_at = next_due(now, row.weekday, row.hour, row.minute, row.zone)


def _key(row: SubscriptionRow) -> int:
    if row.id is None:
        raise RuntimeError("a subscription without a key was used before it was flushed")
    return row.id
