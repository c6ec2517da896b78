"""Chats: who talks with us, in which language, and whether we may write to them."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session, col

from storage.outbox_writes import drop_waiting
from storage.standing import AWAY, Standing, revive
from storage.tables_chat import ChatRow, ClosedTopicRow, SubscriptionRow
from storage.tables_intake import IntakeRow
from storage.tables_merges import DoubtRow, MergeRow
from storage.tables_outbox import DeliveryRow
from storage.tables_sources import IssueRow
from storage.text import clean
from storage.views import ChatView

LANGUAGES = ("zh", "en")
NOBODY = 0  # in place of the Telegram id of a person who is forgotten


class UnknownChat(LookupError):  # noqa: N818
    """There is no such chat."""


def touch_chat(
    session: Session,
    *,
    id: int,  # noqa: A002
    kind: str,
    title: str,
    language_code: str | None,
    now: datetime,
) -> ChatView:
    """Make the chat, or bring its title and kind up to date.

    A chat that was away is active again: its subscriptions go on at their next time, and what waited in the
    outbox for more than a week is dropped. The language is set only when the chat is made: en if
    `language_code` starts with en, else zh.
    """
    chat = _locked(session, id)
    if chat is None:
        language = "en" if (language_code or "").lower().startswith("en") else "zh"
        chat = ChatRow(
            id=id,
            kind=kind,
            title=clean(title),
            language=language,
            state=Standing.ACTIVE.value,
            made_at=now,
            state_since=now,
        )
        session.add(chat)
    else:
        chat.kind, chat.title = kind, clean(title)
        if chat.state in AWAY:
            revive(session, chat, now)
    session.flush()
    return _view(chat)


def get_chat(session: Session, chat_id: int) -> ChatView | None:
    """The chat, or None."""
    chat = session.get(ChatRow, chat_id)
    return None if chat is None else _view(chat)


def set_language(session: Session, chat_id: int, language: str) -> ChatView:
    """Set the language, zh or en.

    Raises:
        ValueError: another language.
        UnknownChat: no such chat.
    """
    if language not in LANGUAGES:
        raise ValueError(f"Quwen speaks {' and '.join(LANGUAGES)}, not {language!r}")
    chat = _locked(session, chat_id)
    if chat is None:
        raise UnknownChat(chat_id)
    chat.language = language
    session.flush()
    return _view(chat)


def migrate_chat(session: Session, old_id: int, new_id: int, now: datetime) -> None:
    """A group became a supergroup: move everything to its new id, which may be known already."""
    if old_id == new_id:
        return
    old, new = _locked(session, old_id), _locked(session, new_id)
    if old is None:
        return
    if new is None:
        new = ChatRow(
            id=new_id,
            kind="supergroup",
            title=old.title,
            language=old.language,
            state=Standing.ACTIVE.value,
            made_at=old.made_at,
            state_since=now,
        )
        session.add(new)
        session.flush()
    elif new.state in AWAY:
        revive(session, new, now)
    _end_doubles(session, old_id, new_id)
    for table in (SubscriptionRow, DeliveryRow, IntakeRow):
        session.execute(update(table).where(col(table.chat_id) == old_id).values(chat_id=new_id))
    session.execute(delete(ClosedTopicRow).where(col(ClosedTopicRow.chat_id) == old_id))
    # What pointed to the old id by an earlier move points on, so that forgetting finds it all.
    session.execute(update(ChatRow).where(col(ChatRow.migrated_to) == old_id).values(migrated_to=new_id))
    old.state, old.migrated_to, old.state_since = Standing.MIGRATED.value, new_id, now
    session.flush()


def forget_chat(session: Session, chat_id: int) -> int:
    """Delete everything we know of a chat, and return how many rows that were.

    What its person decided as an operator stays decided, by nobody in particular.
    """
    rows = 0
    for statement in (
        update(IssueRow).where(col(IssueRow.accepted_by) == chat_id).values(accepted_by=NOBODY),
        update(MergeRow).where(col(MergeRow.made_by) == chat_id).values(made_by=NOBODY),
        update(MergeRow).where(col(MergeRow.undone_by) == chat_id).values(undone_by=NOBODY),
        update(DoubtRow).where(col(DoubtRow.decided_by) == chat_id).values(decided_by=NOBODY),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    for deletion in (
        delete(DeliveryRow).where(col(DeliveryRow.chat_id) == chat_id),
        delete(SubscriptionRow).where(col(SubscriptionRow.chat_id) == chat_id),
        delete(IntakeRow).where(col(IntakeRow.chat_id) == chat_id),
        delete(ClosedTopicRow).where(col(ClosedTopicRow.chat_id) == chat_id),
        delete(ChatRow).where(or_(col(ChatRow.id) == chat_id, col(ChatRow.migrated_to) == chat_id)),
    ):
        rows += session.execute(deletion).rowcount  # type: ignore[attr-defined]
    return rows


def _view(chat: ChatRow) -> ChatView:
    return ChatView(id=chat.id, kind=chat.kind, title=chat.title, language=chat.language, state=chat.state)


def _locked(session: Session, chat_id: int) -> ChatRow | None:
    return session.get(ChatRow, chat_id, with_for_update=True)


def _end_doubles(session: Session, old_id: int, new_id: int) -> None:
    """Where both ids run a subscription of one topic, the one made under the new id stays."""
    query = select(SubscriptionRow).where(col(SubscriptionRow.state) != "ended")
    running = {row.topic_id for row in session.scalars(query.where(col(SubscriptionRow.chat_id) == new_id))}
    for row in session.scalars(query.where(col(SubscriptionRow.chat_id) == old_id)):
        if row.topic_id in running:
            row.state, row.paused_until = "ended", None
            drop_waiting(session, row.id, "the chat has moved")
