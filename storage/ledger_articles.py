"""The articles of an issue on their way into the store.

They are named first, then fetched one by one, each in a transaction of its own; when the issue is whole and
sound they are stored as pages. So a crash costs at most the one article that was under way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from storage.inserts import insert_new
from storage.tables_sources import IssueArticleRow, IssueRow
from storage.text import clean

_LONGEST_WHY = 300  # characters


class ArticleState(StrEnum):
    """How far an article has come."""

    NAMED = "named"
    FAILED = "failed"  # could not be fetched; may be tried again
    FETCHED = "fetched"
    STORED = "stored"
    LEFT_OUT = "left_out"  # nothing to read: an advertisement, an area without words


@dataclass(frozen=True, slots=True)
class IssueArticle:
    """An article of an issue; `reference` and `told` are as `sources` writes and reads them."""

    id: int
    url: str
    state: ArticleState
    reference: Mapping[str, Any]
    told: Mapping[str, Any] | None
    flaws: tuple[str, ...]
    tries: int


def name_articles(
    session: Session,
    issue_id: int,
    references: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    pages: int,
    now: datetime,
) -> int:
    """Note what an issue's pages name, by address; returns how many articles are new.

    One that was stored with another issue of the source is not named again.
    """
    issue = session.get_one(IssueRow, issue_id, populate_existing=True)
    references = [(clean(url), reference) for url, reference in references]
    elsewhere = select(col(IssueArticleRow.url)).join(
        IssueRow, col(IssueRow.id) == col(IssueArticleRow.issue_id)
    )
    elsewhere = elsewhere.where(
        col(IssueRow.source) == issue.source,
        col(IssueRow.id) != issue_id,
        col(IssueArticleRow.state) == ArticleState.STORED.value,
        col(IssueArticleRow.url).in_([url for url, _ in references]),
    )
    stored = set(session.scalars(elsewhere))
    rows = [
        {
            "issue_id": issue_id,
            "position": position,
            "url": url,
            "state": ArticleState.NAMED.value,
            "reference": _cleaned(reference),
            "flaws": [],
            "tries": 0,
        }
        for position, (url, reference) in enumerate(references)
        if url not in stored
    ]
    issue.pages, issue.listed_at = pages, now
    session.flush()
    return insert_new(session, IssueArticleRow, rows)


def articles_of(session: Session, issue_id: int, *states: ArticleState) -> list[IssueArticle]:
    """The articles of an issue in their order; only those in one of the states, if any is given."""
    query = select(IssueArticleRow).where(col(IssueArticleRow.issue_id) == issue_id)
    if states:
        query = query.where(col(IssueArticleRow.state).in_([state.value for state in states]))
    query = query.order_by(col(IssueArticleRow.position), col(IssueArticleRow.id))
    rows = session.scalars(query.execution_options(populate_existing=True)).all()
    return [_article(row) for row in rows]


def note_fetched(
    session: Session,
    article_id: int,
    told: Mapping[str, Any] | None,
    flaws: Sequence[str],
    now: datetime,
) -> None:
    """Keep what was fetched; None is an address with nothing to read."""
    _change(
        session,
        [article_id],
        state=(ArticleState.FETCHED if told is not None else ArticleState.LEFT_OUT).value,
        told=_cleaned(told) if told is not None else None,
        flaws=[clean(flaw) for flaw in flaws],
        tries=col(IssueArticleRow.tries) + 1,
        fetched_at=now,
    )


def note_unfetched(session: Session, article_id: int, why: str, now: datetime) -> None:
    """Note that an article could not be fetched."""
    _change(
        session,
        [article_id],
        state=ArticleState.FAILED.value,
        flaws=[clean(why)[:_LONGEST_WHY]],
        tries=col(IssueArticleRow.tries) + 1,
        fetched_at=now,
    )


def note_stored(session: Session, issue_id: int, article_ids: Sequence[int], mentions: int) -> None:
    """Note that articles are stored as pages, with how much they tell, and drop what was kept of them."""
    _change(session, article_ids, state=ArticleState.STORED.value, told=None)
    more = update(IssueRow).where(col(IssueRow.id) == issue_id)
    session.execute(
        more.values(mentions=col(IssueRow.mentions) + mentions).execution_options(synchronize_session=False)
    )


def leave_out(session: Session, article_ids: Sequence[int]) -> None:
    """Note that articles hold nothing to read, and drop what was kept of them."""
    _change(session, article_ids, state=ArticleState.LEFT_OUT.value, told=None)


def fetch_again(session: Session, issue_id: int) -> None:
    """Have all articles of an issue fetched anew that are not stored."""
    session.execute(
        update(IssueArticleRow)
        .where(
            col(IssueArticleRow.issue_id) == issue_id,
            col(IssueArticleRow.state) != ArticleState.STORED.value,
        )
        .values(state=ArticleState.NAMED.value, told=None, flaws=[], tries=0)
        .execution_options(synchronize_session=False)
    )


def count_stored(session: Session, issue_id: int) -> int:
    """How many articles of an issue are stored."""
    which = (
        col(IssueArticleRow.issue_id) == issue_id,
        col(IssueArticleRow.state) == ArticleState.STORED.value,
    )
    return session.scalar(select(func.count()).where(*which)) or 0


def _change(session: Session, ids: Sequence[int], **values: Any) -> None:
    session.execute(
        update(IssueArticleRow)
        .where(col(IssueArticleRow.id).in_(ids))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _article(row: IssueArticleRow) -> IssueArticle:
    return IssueArticle(
        id=row.id or 0,
        url=row.url,
        state=ArticleState(row.state),
        reference=row.reference,
        told=row.told,
        flaws=tuple(row.flaws),
        tries=row.tries,
    )


def _cleaned(value: Any) -> Any:
    """The value without characters that no database can hold, however deep they are."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value
