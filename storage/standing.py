"""Where we stand with a chat: whether we may write to it and its topics, and how that comes back.

A chat that is away keeps all its settings. It is active again when somebody there writes to us or lets us in
again. Of rights that were taken and of topics that were closed Telegram does not always tell us when they
come back, so what waits for these is tried once a day.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlmodel import Session, col

from storage.outbox_writes import drop_waiting
from storage.rhythm import next_due
from storage.tables_chat import ChatRow, ClosedTopicRow, SubscriptionRow
from storage.tables_outbox import DeliveryRow

TRY_AGAIN = timedelta(days=1)
STALE_AFTER = timedelta(days=7)  # what waited longer while a chat was away is no news any more
GENERAL = 0  # the topic in which a message without a topic appears


class Standing(StrEnum):
    """What a chat is to us."""

    ACTIVE = "active"
    BLOCKED = "blocked"  # the person has blocked us, or never began to talk
    LEFT = "left"  # we were removed from the group or channel
    DEACTIVATED = "deactivated"  # the account or group is deleted
    NO_RIGHTS = "no_rights"  # we are in it, and may not write
    MIGRATED = "migrated"  # it is a supergroup now, with another id


AWAY = frozenset(Standing) - {Standing.ACTIVE, Standing.MIGRATED}


def set_standing(session: Session, chat_id: int, standing: Standing, now: datetime) -> None:
    """The chat is away: nothing more is sent to it, all its settings stay. Nothing if it is not known.

    Raises:
        ValueError: a standing that is not in `AWAY`.
    """
    if standing not in AWAY:
        raise ValueError(f"a chat is not told to be {standing}")
    chat = session.get(ChatRow, chat_id, with_for_update=True)
    if chat is None or chat.state == Standing.MIGRATED:
        return
    # Tried again and still refused, it is tried again a day from now.
    if chat.state != standing or standing is Standing.NO_RIGHTS:
        chat.state, chat.state_since = standing.value, now
        session.flush()


def close_topic(session: Session, chat_id: int, topic_id: int | None, now: datetime) -> None:
    """Nobody but administrators may write in this topic now (None: General). What is for it waits."""
    if session.get(ChatRow, chat_id, with_for_update=True) is None:
        return
    row = session.get(ClosedTopicRow, (chat_id, topic_id or GENERAL))
    if row is None:
        row = ClosedTopicRow(chat_id=chat_id, topic_id=topic_id or GENERAL, tried_at=now)
    row.tried_at = now
    session.add(row)
    session.flush()


def reopen_topic(session: Session, chat_id: int, topic_id: int | None) -> None:
    """Everybody may write in this topic again."""
    session.execute(
        delete(ClosedTopicRow).where(
            col(ClosedTopicRow.chat_id) == chat_id, col(ClosedTopicRow.topic_id) == (topic_id or GENERAL)
        )
    )


def lose_topic(session: Session, chat_id: int, topic_id: int | None) -> None:
    """The topic is deleted, and no topic ever has its number again: what was subscribed in it ends.

    General (None) can't be deleted: nothing happens.
    """
    if topic_id is None:
        return
    reopen_topic(session, chat_id, topic_id)
    ended = session.scalars(
        select(SubscriptionRow).where(
            col(SubscriptionRow.chat_id) == chat_id,
            col(SubscriptionRow.topic_id) == topic_id,
            col(SubscriptionRow.state) != "ended",
        )
    ).all()
    for row in ended:
        row.state, row.paused_until = "ended", None
        drop_waiting(session, row.id, "the topic is deleted")
    session.flush()


def take_back(session: Session, chat_id: int, topic_id: int | None, now: datetime) -> None:
    """A message has arrived where none could: the chat is active again, the topic open."""
    reopen_topic(session, chat_id, topic_id)
    chat = session.get(ChatRow, chat_id, with_for_update=True)
    if chat is not None and chat.state in AWAY:
        revive(session, chat, now)
        session.flush()


def revive(session: Session, chat: ChatRow, now: datetime) -> None:
    """Make a chat active again: its subscriptions go on at their next time, and what is stale is dropped."""
    chat.state, chat.state_since = Standing.ACTIVE.value, now
    session.execute(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.chat_id) == chat.id,
            col(DeliveryRow.state) == "pending",
            col(DeliveryRow.made_at) < now - STALE_AFTER,
        )
        .values(state="dropped", done_at=now, lease_until=None, last_error="stale: the chat was away")
    )
    for row in session.scalars(
        select(SubscriptionRow).where(
            col(SubscriptionRow.chat_id) == chat.id,
            col(SubscriptionRow.state) == "active",
            col(SubscriptionRow.next_due_at) <= now,
        )
    ):
        row.next_due_at = next_due(now, row.weekday, row.hour, row.minute, row.zone)


def is_served() -> ColumnElement[bool]:
    """Whether digests are made for a chat: it is active, or may be so again without our being told."""
    return col(ChatRow.state).in_((Standing.ACTIVE.value, Standing.NO_RIGHTS.value))


def is_away() -> ColumnElement[bool]:
    """Whether a delivery waits for its chat or topic to come back."""
    return or_(col(ChatRow.state) != Standing.ACTIVE.value, _closed().exists())


def may_go(since: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a delivery may be tried: its chat can be written to, or was last tried before `since`.

    That is `TRY_AGAIN` ago.
    """
    no_rights = and_(col(ChatRow.state) == Standing.NO_RIGHTS.value, col(ChatRow.state_since) <= since)
    return and_(
        or_(col(ChatRow.state) == Standing.ACTIVE.value, no_rights),
        ~_closed(col(ClosedTopicRow.tried_at) > since).exists(),
    )


def _closed(*wanted: ColumnElement[bool]) -> Select[int]:
    return select(col(ClosedTopicRow.topic_id)).where(
        col(ClosedTopicRow.chat_id) == col(DeliveryRow.chat_id),
        col(ClosedTopicRow.topic_id) == func.coalesce(col(DeliveryRow.topic_id), GENERAL),
        *wanted,
    )
