"""Which processes send with the bot's token, and how they share its pace.

Telegram counts what a bot sends, whichever process sends it. Each process keeps to a part of the limit, and
the parts never add up to more: a process grows only into what the others have given back for long enough
that Telegram no longer counts what they sent by it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlmodel import Session, col

from storage.tables_processes import ProcessRow

BEAT = timedelta(seconds=2)  # between two signs of life
ALONE = timedelta(seconds=10)  # without one, a process stops sending
GONE = timedelta(seconds=30)  # without one, it is taken for dead and the others share what it had
SETTLED = timedelta(seconds=2)  # after which nothing sent by a former part is counted, nor still under way
_ORDER = 4_112_001  # a number of ours among PostgreSQL's advisory locks


@dataclass(frozen=True, slots=True)
class Process:
    """A process that lives."""

    name: str
    role: str
    share: int
    began_at: datetime
    seen_at: datetime


def beat(session: Session, *, name: str, role: str, total: int, now: datetime | None = None) -> int:
    """Give a sign of life, and return how many of `total` messages a window this process may send now.

    `now` is the database's time, which is one for all machines, unless given.
    """
    _one_at_a_time(session)
    now = now or database_time(session)
    session.execute(delete(ProcessRow).where(col(ProcessRow.seen_at) < now - GONE))
    rows = {row.name: row for row in session.scalars(select(ProcessRow))}
    for row in rows.values():  # a clock that was set back must not keep the dead alive until then
        row.seen_at, row.changed_at = min(row.seen_at, now), min(row.changed_at, now)
    own = rows.setdefault(
        name, ProcessRow(name=name, role=role, began_at=now, seen_at=now, changed_at=now - SETTLED)
    )
    taken = sum(_occupied(row, now) for row in rows.values() if row is not own)
    share = max(0, min(max(1, total // len(rows)), total - taken))
    if share != own.share:
        own.before, own.share, own.changed_at = _occupied(own, now), share, now
    own.seen_at = now
    session.add(own)
    session.flush()
    return share


def leave(session: Session, *, name: str, now: datetime | None = None) -> None:
    """Give the part back: the others have it once nothing of it is counted any more."""
    _one_at_a_time(session)
    now = now or database_time(session)
    row = session.get(ProcessRow, name)
    if row is not None:
        row.seen_at = now - GONE + SETTLED
        session.flush()


def processes(session: Session, now: datetime | None = None) -> list[Process]:
    """Those that live, the longest first."""
    now = now or database_time(session)
    rows = session.scalars(
        select(ProcessRow)
        .where(col(ProcessRow.seen_at) >= now - ALONE)
        .order_by(col(ProcessRow.began_at), col(ProcessRow.name))
    )
    return [Process(row.name, row.role, row.share, row.began_at, row.seen_at) for row in rows]


def database_time(session: Session) -> datetime:
    """The time as the database has it; of SQLite, as its machine has it."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    moment: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment.astimezone(UTC)


def _occupied(row: ProcessRow, now: datetime) -> int:
    return max(row.share, row.before if now < row.changed_at + SETTLED else 0)


def _one_at_a_time(session: Session) -> None:
    # SQLite has one writer anyway. Without it, two that begin at once would not see each other.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_ORDER})"))
