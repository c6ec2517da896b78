"""The ledger: which issues of a source were read, which are missing, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from storage.inserts import insert_new
from storage.ledger_articles import count_stored, fetch_again
from storage.source_states import SourceState
from storage.tables_sources import IssueRow
from storage.text import clean

_LONGEST_WHY = 300  # characters


class IssueState(StrEnum):
    """How far an issue has come."""

    FOUND = "found"  # being read
    PARTIAL = "partial"  # something of it is not there yet
    HELD = "held"  # something is wrong with it: nothing is stored before an operator says so
    READ = "read"
    NONE = "none"  # there is none of that day

    @property
    def is_done(self) -> bool:
        """Whether it needs no more reading."""
        return self in (IssueState.READ, IssueState.NONE)


@dataclass(frozen=True, slots=True)
class Issue:
    """A line of the ledger. All moments are in UTC."""

    id: int
    source: str  # its id in the catalog
    day: date
    url: str
    state: IssueState
    why: str
    found_at: datetime
    listed_at: datetime | None
    done_at: datetime | None
    pages: int
    articles: int  # that were stored
    mentions: int  # that they make
    accepted_by: int | None  # the operator who let it pass
    held_as: SourceState | None = None  # what its source is for it, while it is held


def open_issue(session: Session, source: str, day: date, url: str, now: datetime) -> Issue:
    """The ledger's line for an issue that exists, made where there is none, or where it said none."""
    insert_new(session, IssueRow, [_new_row(source, day, IssueState.FOUND, now, url=clean(url))])
    row = _issue_on(session, source, day)
    if row.state == IssueState.NONE.value:
        row.state, row.url, row.found_at, row.done_at = IssueState.FOUND.value, clean(url), now, None
        session.flush()
    return _issue(row)


def note_none(session: Session, source: str, days: Iterable[date], now: datetime) -> None:
    """Note days as without an issue. What the ledger says of a day that has one stays."""
    rows = [_new_row(source, day, IssueState.NONE, now, done_at=now) for day in days]
    insert_new(session, IssueRow, rows)


def note_issue(
    session: Session,
    issue_id: int,
    state: IssueState,
    why: str,
    now: datetime,
    *,
    held_as: SourceState | None = None,
) -> Issue:
    """Note how an issue stands, and what its source is for one that is held; returns it."""
    row = session.get_one(IssueRow, issue_id, populate_existing=True)
    row.state, row.why = state.value, clean(why)[:_LONGEST_WHY]
    row.articles = count_stored(session, issue_id)
    row.done_at = now if state.is_done else None
    row.held_as = held_as.value if held_as else None
    session.flush()
    return _issue(row)


def accept_issue(session: Session, issue_id: int, by: int) -> bool:
    """Let a held issue pass as it is; False if it is not held any more."""
    return _let_go(session, issue_id, by)


def retry_issue(session: Session, issue_id: int) -> bool:
    """Have the articles of a held issue fetched anew; False if it is not held any more."""
    if not _let_go(session, issue_id, None):
        return False
    fetch_again(session, issue_id)
    return True


def issue_by_id(session: Session, issue_id: int) -> Issue | None:
    """A line of the ledger."""
    row = session.get(IssueRow, issue_id, populate_existing=True)
    return _issue(row) if row else None


def issues_between(session: Session, source: str, first: date, last: date) -> dict[date, Issue]:
    """What the ledger says of the days from `first` to `last`."""
    rows = session.scalars(
        select(IssueRow)
        .where(col(IssueRow.source) == source, col(IssueRow.day).between(first, last))
        .order_by(col(IssueRow.day))
        .execution_options(populate_existing=True)
    )
    return {row.day: _issue(row) for row in rows}


def last_issues(
    session: Session, source: str, *, limit: int, state: IssueState | None = None, before: date | None = None
) -> list[Issue]:
    """The newest issues of a source that exist, newest first; of one state, and before a day, if given."""
    query = select(IssueRow).where(
        col(IssueRow.source) == source,
        col(IssueRow.state) == state.value if state else col(IssueRow.state) != IssueState.NONE.value,
    )
    if before is not None:
        query = query.where(col(IssueRow.day) < before)
    query = query.order_by(col(IssueRow.day).desc()).limit(limit).execution_options(populate_existing=True)
    return [_issue(row) for row in session.scalars(query)]


def unfinished_issues(session: Session, source: str) -> list[Issue]:
    """The issues of a source that are not read to their end and held by nobody, oldest first."""
    open_states = (IssueState.FOUND.value, IssueState.PARTIAL.value)
    rows = session.scalars(
        select(IssueRow)
        .where(col(IssueRow.source) == source, col(IssueRow.state).in_(open_states))
        .order_by(col(IssueRow.day))
        .execution_options(populate_existing=True)
    )
    return [_issue(row) for row in rows]


def count_done_since(session: Session, source: str, since: datetime) -> int:
    """How many issues of a source were read since that moment."""
    done = (col(IssueRow.state) == IssueState.READ.value, col(IssueRow.done_at) >= since)
    return session.scalar(select(func.count()).where(col(IssueRow.source) == source, *done)) or 0


def _let_go(session: Session, issue_id: int, by: int | None) -> bool:
    done = session.execute(
        update(IssueRow)
        .where(col(IssueRow.id) == issue_id, col(IssueRow.state) == IssueState.HELD.value)
        .values(state=IssueState.FOUND.value, why="", held_as=None, accepted_by=by)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _new_row(source: str, day: date, state: IssueState, now: datetime, **values: object) -> dict[str, object]:
    counts = {"pages": 0, "articles": 0, "mentions": 0}
    row = {
        "source": source,
        "day": day,
        "url": "",
        "state": state.value,
        "why": "",
        "found_at": now,
        **counts,
    }
    return {**row, **values}


def _issue_on(session: Session, source: str, day: date) -> IssueRow:
    query = select(IssueRow).where(col(IssueRow.source) == source, col(IssueRow.day) == day)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _issue(row: IssueRow) -> Issue:
    return Issue(
        id=row.id or 0,
        source=row.source,
        day=row.day,
        url=row.url,
        state=IssueState(row.state),
        why=row.why,
        found_at=row.found_at,
        listed_at=row.listed_at,
        done_at=row.done_at,
        pages=row.pages,
        articles=row.articles,
        mentions=row.mentions,
        accepted_by=row.accepted_by,
        held_as=SourceState(row.held_as) if row.held_as else None,
    )
