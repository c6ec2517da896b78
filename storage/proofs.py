"""The mentions of an event as proofs: who reports it, where, and in which words."""

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.tables_news import ArticleRow, MentionRow, PageRow, SourceRow
from storage.views import Proof


def proofs_of(session: Session, event_id: int) -> tuple[Proof, ...]:
    """The proofs of one event, oldest report first."""
    rows = session.execute(
        select(
            col(SourceRow.name).label("source"),
            col(SourceRow.home_url).label("source_url"),
            col(PageRow.issued_on),
            col(PageRow.number).label("page_number"),
            col(ArticleRow.headline),
            col(MentionRow.evidence),
            col(MentionRow.context),
            col(PageRow.url),
            col(MentionRow.rule),
            col(MentionRow.trigger),
            col(MentionRow.confidence),
        )
        .join_from(MentionRow, PageRow, col(PageRow.id) == col(MentionRow.page_id))
        .join(SourceRow, col(SourceRow.id) == col(PageRow.source_id))
        .join(ArticleRow, col(ArticleRow.id) == col(MentionRow.article_id))
        .where(col(MentionRow.event_id) == event_id)
        .order_by(func.coalesce(col(PageRow.issued_on), col(PageRow.read_on)), col(MentionRow.id))
    )
    return tuple(Proof(**row._mapping) for row in rows)
