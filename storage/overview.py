"""The whole database in numbers, for the person who runs Quwen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, text
from sqlmodel import Session, col

from storage.review import Review
from storage.standing import is_served
from storage.tables_chat import ChatRow, SubscriptionRow
from storage.tables_events import EventRow
from storage.tables_news import MentionRow, PageRow, SourceRow


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what there is; states without any row are missing."""

    revision: str  # of the schema
    sources: int
    pages: int
    mentions: int
    events: int
    reviews: Mapping[str, int]  # of the events
    last_issue: date | None
    chats: Mapping[str, int]  # state: how many
    subscriptions: Mapping[str, int]
    next_due_at: datetime | None  # of the active subscriptions, the soonest, in UTC


def overview(session: Session) -> Overview:
    """Count everything."""
    return Overview(
        revision=str(session.scalar(text("SELECT version_num FROM alembic_version"))),
        sources=_count(session, SourceRow),
        pages=_count(session, PageRow),
        mentions=_count(session, MentionRow),
        events=_count(session, EventRow, col(EventRow.review) != Review.MERGED.value),
        reviews=_by_state(session, col(EventRow.review)),
        last_issue=session.scalar(select(func.max(col(PageRow.issued_on)))),
        chats=_by_state(session, col(ChatRow.state)),
        subscriptions=_by_state(session, col(SubscriptionRow.state)),
        next_due_at=session.scalar(
            select(func.min(col(SubscriptionRow.next_due_at)))
            .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id))
            .where(col(SubscriptionRow.state) == "active", is_served())
        ),
    )


def _count(
    session: Session, table: type[SourceRow | PageRow | MentionRow | EventRow], *wanted: ColumnElement[bool]
) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*wanted)) or 0


def _by_state(session: Session, state: object) -> dict[str, int]:
    rows = session.execute(select(state, func.count()).group_by(state).order_by(state))  # type: ignore[call-overload]
    return {str(name): int(count) for name, count in rows}
