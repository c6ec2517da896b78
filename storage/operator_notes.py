"""Notes to the operators: rows of the outbox like all that goes out unasked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select, text
from sqlmodel import Session, col

from storage.inserts import insert_new
from storage.queueing import save_digest
from storage.tables_chat import ChatRow
from storage.tables_outbox import DeliveryRow

_PRIVATE = "private"
_TELLING = 4_112_003  # a number of ours among PostgreSQL's advisory locks


def operator_chats(session: Session, operators: Sequence[int]) -> dict[int, str]:
    """The chats of the operators that can be written to, with their languages.

    A private chat has the id of its person; who never wrote to the bot has none.
    """
    rows = session.execute(
        select(col(ChatRow.id), col(ChatRow.language)).where(
            col(ChatRow.id).in_(operators),
            col(ChatRow.kind) == _PRIVATE,
            col(ChatRow.state) == "active",
        )
    )
    return {row.id: row.language for row in rows}


def tell_operators(
    session: Session,
    operators: Sequence[int],
    *,
    occasion: str,
    parts: Mapping[str, Sequence[str]],
    today: date,
    now: datetime,
) -> int:
    """Put a note to each operator into the outbox, once for each occasion; returns how many chats get it.

    `parts` holds the JSON payloads of its messages for each language.
    """
    told = 0
    for chat_id, language in operator_chats(session, operators).items():
        digest_id = save_digest(
            session,
            key=f"note {language} {occasion}",
            period_start=today,
            period_end=today,
            language=language,
            parts=parts[language],
        )
        rows = [
            {
                "subscription_id": None,
                "chat_id": chat_id,
                "digest_id": digest_id,
                "occasion": occasion,
                "part": part,
                "state": "pending",
                "not_before": now,
                "made_at": now,
                "attempts": 0,
            }
            for part in range(1, len(parts[language]) + 1)
        ]
        told += insert_new(session, DeliveryRow, rows) > 0
    return told


def noted(session: Session, about: str) -> dict[str, datetime]:
    """The occasions of notes that begin with some words, and when each was put into the outbox first."""
    rows = session.execute(
        select(col(DeliveryRow.occasion), func.min(col(DeliveryRow.made_at)).label("made_at"))
        .where(col(DeliveryRow.subscription_id).is_(None), col(DeliveryRow.occasion).startswith(about))
        .group_by(col(DeliveryRow.occasion))
    )
    return {row.occasion: row.made_at for row in rows}


def one_teller(session: Session) -> None:
    """Until this transaction ends, no other process decides what to tell: it would see nothing told yet."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(text(f"SELECT pg_advisory_xact_lock({_TELLING})"))
