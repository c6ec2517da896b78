"""What readers miss of some days because a source is in trouble."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from storage.ledger import IssueState
from storage.source_states import standings
from storage.tables_sources import IssueRow

_STILL_COLLECTED = timedelta(days=3)  # since the last look: one that nobody looks at any more is no gap


@dataclass(frozen=True, slots=True)
class Gaps:
    """Sources of which nothing was read, and issues that are held, by the names that readers know."""

    missing: tuple[str, ...] = ()
    held: tuple[tuple[str, date], ...] = ()


def gaps_between(session: Session, first: date, last: date, today: date) -> Gaps:
    """The gaps of the days from `first` to `last`, as known on `today`."""
    seen_since = datetime.combine(today, time(), UTC) - _STILL_COLLECTED
    troubled = {
        standing.source: standing.name or standing.source
        for standing in standings(session).values()
        if standing.is_in_trouble and standing.looked_at and standing.looked_at >= seen_since
    }
    if not troubled:
        return Gaps()
    rows = session.execute(
        select(col(IssueRow.source), col(IssueRow.day), col(IssueRow.state))
        .where(col(IssueRow.source).in_(troubled), col(IssueRow.day).between(first, last))
        .order_by(col(IssueRow.day))
    ).all()
    read = {row.source for row in rows if row.state == IssueState.READ.value}
    held = [(row.source, row.day) for row in rows if row.state == IssueState.HELD.value]
    known = read | {source for source, _ in held}
    return Gaps(
        missing=tuple(name for source, name in sorted(troubled.items()) if source not in known),
        held=tuple((troubled[source], day) for source, day in held),
    )
