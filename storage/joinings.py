"""What was joined last, with its reasons, for whoever looks whether that was right."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from storage.merges import root_of
from storage.tables_events import EventRow
from storage.tables_merges import MergeRow
from storage.tables_news import MentionRow
from storage.views import JoiningView


def last_joinings(session: Session, limit: int) -> list[JoiningView]:
    """The joinings, the last one first."""
    rows = list(session.scalars(select(MergeRow).order_by(col(MergeRow.id).desc()).limit(limit)))
    roots = {row.event_id: root_of(session, row.event_id) for row in rows}
    names = {
        row.id: (row.public_id, row.subject)
        for row in session.execute(
            select(col(EventRow.id), col(EventRow.public_id), col(EventRow.subject)).where(
                col(EventRow.id).in_(roots.values())
            )
        )
    }
    words = dict(
        session.execute(
            select(col(MentionRow.id), col(MentionRow.evidence)).where(
                col(MentionRow.id).in_([mention for row in rows for mention in row.mentions])
            )
        ).all()
    )
    return [
        JoiningView(
            id=row.id or 0,
            event_id=names[roots[row.event_id]][0],
            subject=names[roots[row.event_id]][1],
            why=row.why,
            score=row.score,
            reasons=tuple(row.reasons),
            evidence=tuple(words[mention] for mention in row.mentions if mention in words),
            made_at=row.made_at,
            made_by=row.made_by,
            undone=row.undone_at is not None,
        )
        for row in rows
    ]


def public_ids_of(session: Session, ids: Sequence[int]) -> list[str]:
    """The public ids of events by their row ids, in that order."""
    rows = session.execute(select(col(EventRow.id), col(EventRow.public_id)).where(col(EventRow.id).in_(ids)))
    names = {row.id: row.public_id for row in rows}
    return [names[key] for key in ids]
