"""How the sources of the catalog stand, which are due, and who collects from them just now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlmodel import Session, col

from storage.inserts import insert_new
from storage.tables_sources import SourceStateRow
from storage.text import clean

LEASE = timedelta(minutes=10)  # longer than one request may take with all its tries and waits
PATIENCE = 3  # failures in a row before anybody hears of it
_LONGEST_WHY = 300  # characters


class SourceState(StrEnum):
    """What the last look at a source found."""

    NEW = "new"  # nobody has looked yet
    READ = "read"  # all is well: its newest issue is read
    NO_ISSUE = "no_issue"  # none today, or none yet
    PARTIAL = "partial"  # its newest issue is still being put up
    BLOCKED = "blocked"  # the site does not want to be read
    DEGRADED = "degraded"  # something is wrong with what is read; an operator is asked
    LOCKED = "locked"  # only those who pay or log in see it
    NEEDS_OCR = "needs_ocr"  # its pages are pictures
    FAILING = "failing"  # it does not answer, or not as its family does

    @property
    def is_well(self) -> bool:
        """Whether nobody has to do anything."""
        return self in (SourceState.NEW, SourceState.READ, SourceState.NO_ISSUE, SourceState.PARTIAL)


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """How a source stands. All moments are in UTC."""

    source: str  # its id in the catalog
    name: str = ""  # as readers know it
    state: SourceState = SourceState.NEW
    why: str = ""
    since: datetime | None = None
    looked_at: datetime | None = None
    next_look_at: datetime | None = None
    failures: int = 0
    excused_until: date | None = None

    @property
    def is_in_trouble(self) -> bool:
        """Whether somebody has to do something; a site may fail now and then."""
        return not self.state.is_well and (self.state is not SourceState.FAILING or self.failures >= PATIENCE)


def standing_of(session: Session, source: str) -> SourceStanding:
    """How a source stands; one that nobody looked at is new."""
    row = session.get(SourceStateRow, source, populate_existing=True)
    return _standing(row) if row else SourceStanding(source)


def standings(session: Session) -> dict[str, SourceStanding]:
    """How all sources stand that were ever looked at, by their ids."""
    return {row.source: _standing(row) for row in session.scalars(select(SourceStateRow))}


def due_sources(
    session: Session, sources: Sequence[str], now: datetime, *, dead: Iterable[str] = ()
) -> list[str]:
    """Those of the sources that are to be looked at, in their order: new ones too, none held by anybody.

    A lease of one of the `dead` workers counts as run out.
    """
    held = and_(col(SourceStateRow.lease_until) > now, col(SourceStateRow.worker).not_in(dead))
    waiting = set(
        session.scalars(
            select(col(SourceStateRow.source)).where(or_(col(SourceStateRow.next_look_at) > now, held))
        )
    )
    return [source for source in sources if source not in waiting]


def take_source(
    session: Session, source: str, *, worker: str, now: datetime, dead: Iterable[str] = ()
) -> str:
    """Take a source under a lease: "" if it is ours now, else the worker who holds it.

    A lease of one of the `dead` workers counts as run out.
    """
    insert_new(session, SourceStateRow, [_new_row(source, now)])
    free = or_(
        col(SourceStateRow.lease_until).is_(None),
        col(SourceStateRow.lease_until) <= now,
        col(SourceStateRow.worker).in_([worker, *dead]),
    )
    taken = session.execute(
        update(SourceStateRow)
        .where(col(SourceStateRow.source) == source, free)
        .values(lease_until=now + LEASE, worker=worker)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount == 1:  # type: ignore[attr-defined]
        return ""
    holder = select(col(SourceStateRow.worker)).where(col(SourceStateRow.source) == source)
    return session.scalar(holder) or "?"


def holders(session: Session) -> set[str]:
    """The workers who hold sources, or held them when they ended."""
    return {worker for worker in session.scalars(select(col(SourceStateRow.worker))) if worker}


def renew_lease(session: Session, source: str, *, worker: str, now: datetime) -> bool:
    """Hold a source for longer; False if another has taken it over."""
    return _set(session, source, worker, lease_until=now + LEASE)


def release_source(session: Session, source: str, *, worker: str) -> None:
    """Let others take it."""
    _set(session, source, worker, lease_until=None, worker=None)


def note_look(
    session: Session,
    source: str,
    state: SourceState,
    why: str,
    *,
    name: str,
    now: datetime,
    next_look_at: datetime | None,
) -> SourceStanding:
    """Keep what a look found, and when to look again; returns how the source stands now."""
    insert_new(session, SourceStateRow, [_new_row(source, now)])
    row = session.get_one(SourceStateRow, source, with_for_update=True, populate_existing=True)
    if row.state != state.value:
        row.since = now
    row.name, row.state, row.why = name, state.value, clean(why)[:_LONGEST_WHY]
    row.looked_at, row.next_look_at = now, next_look_at
    row.failures = row.failures + 1 if state is SourceState.FAILING else 0
    session.flush()
    return _standing(row)


def look_at_once(session: Session, source: str, now: datetime) -> None:
    """Let the source be looked at by the next run of the job."""
    insert_new(session, SourceStateRow, [_new_row(source, now)])
    _set(session, source, None, next_look_at=now)


def excuse(session: Session, source: str, until: date, now: datetime) -> None:
    """Take an operator's word that no issue is missing up to a day.

    A source that is degraded is looked at by the next run of the job; another has no reason to be.
    """
    insert_new(session, SourceStateRow, [_new_row(source, now)])
    _set(session, source, None, excused_until=until)
    if standing_of(session, source).state is SourceState.DEGRADED:
        look_at_once(session, source, now)


def _new_row(source: str, now: datetime) -> dict[str, Any]:
    return {
        "source": source,
        "name": "",
        "state": SourceState.NEW.value,
        "why": "",
        "since": now,
        "failures": 0,
    }


def _set(session: Session, source: str, holder: str | None, **values: Any) -> bool:
    which = [col(SourceStateRow.source) == source]
    if holder is not None:
        which.append(col(SourceStateRow.worker) == holder)
    done = session.execute(
        update(SourceStateRow).where(*which).values(**values).execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _standing(row: SourceStateRow) -> SourceStanding:
    return SourceStanding(
        source=row.source,
        name=row.name,
        state=SourceState(row.state),
        why=row.why,
        since=row.since,
        looked_at=row.looked_at,
        next_look_at=row.next_look_at,
        failures=row.failures,
        excused_until=row.excused_until,
    )
