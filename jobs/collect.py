"""Looks at the sources that are due, each on a thread of its own, and tells the operators what is wrong."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlmodel import Session

from jobs.collecting.asking import Asking, Fetches
from jobs.collecting.desk import Desk, Reads, StoppedError
from jobs.collecting.hours import Hours
from jobs.collecting.notes import tell_of
from jobs.collecting.source import Look, look_at_source
from jobs.workers import is_dead, worker_name
from sources.catalog import Source
from storage.database import Database, DatabaseError
from storage.ledger import Issue, IssueState
from storage.source_states import (
    SourceState,
    due_sources,
    holders,
    note_look,
    release_source,
    standing_of,
    take_source,
)

THREADS = 4  # sources at a time; each waits for its site most of the time
MOST_REQUESTS = 150  # of one look at a source
_PAUSE = timedelta(minutes=30)  # after a failure, doubled with each
_LONGEST_PAUSE = timedelta(days=1)
_MOST_WAIT = 7 * 24 * 3600.0  # seconds; a site that asks for more is asked after a week

logger = logging.getLogger(__name__)


class FetcherOf(Protocol):
    """Opens what fetches from a source."""

    def __call__(self, source: Source) -> AbstractContextManager[Fetches]: ...


@dataclass(frozen=True, slots=True)
class Collecting:
    """What collecting works with, whichever source it is. `clock` gives now in UTC."""

    database: Database
    fetcher_of: FetcherOf
    read: Reads
    clock: Callable[[], datetime]
    zone: str
    hours: Hours
    operators: Sequence[int] = ()
    worker: str = ""
    stopping: Callable[[], bool] = lambda: False

    @property
    def name(self) -> str:
        """Who holds the sources that are looked at."""
        return self.worker or worker_name()


@dataclass(slots=True)
class CollectResult:
    """What a pass over sources did."""

    looked: int = 0
    issues: int = 0  # read to their end
    articles: int = 0
    events: int = 0  # that nobody had told before
    troubled: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return bool(self.looked)

    def add(self, source: Source, look: Look) -> None:
        """Count a look."""
        self.looked += 1
        self.issues += sum(one.issue.state.is_done for one in look.outcomes)
        self.articles += sum(one.stored for one in look.outcomes)
        self.events += sum(one.new for one in look.outcomes)
        if not look.state.is_well:
            self.troubled.append(source.id)


class HeldError(Exception):
    """Another process collects from the source just now."""


def collect_due(work: Collecting, sources: Sequence[Source]) -> CollectResult:
    """Look at those of the sources that are due. A source held by another process is left to it.

    Raises:
        DatabaseError
    """
    with work.database.session(write=False) as session:
        ids = [source.id for source in sources]
        due = set(due_sources(session, ids, work.clock(), dead=_dead_holders(session)))
    result = CollectResult()
    wanted = [source for source in sources if source.id in due]
    if not wanted or work.stopping():
        return result
    with ThreadPoolExecutor(min(THREADS, len(wanted)), thread_name_prefix="collect") as threads:
        looks = {threads.submit(collect_from, work, source): source for source in wanted}
        for done in as_completed(looks):
            try:
                result.add(looks[done], done.result())
            except (HeldError, StoppedError):
                continue
            except DatabaseError:
                raise
            except Exception:
                logger.exception("source %s cannot be looked at", looks[done].id)
                result.troubled.append(looks[done].id)
    return result


def collect_from(
    work: Collecting,
    source: Source,
    *,
    since: date | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Look:
    """Look at one source now, due or not, and note what was found.

    Raises:
        HeldError: another process collects from it.
        StoppedError: the run is to end.
        DatabaseError
    """
    with at_work(work, source, remembers=True, most=MOST_REQUESTS, progress=progress) as desk:
        look = look_at_source(desk, since=since)
        _note(work, source, look)
    return look


@contextmanager
def at_work(
    work: Collecting,
    source: Source,
    *,
    remembers: bool = False,
    most: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Desk]:
    """A source held under a lease, with what it is read by. `most` is the number of requests.

    Raises:
        HeldError: another process holds it.
    """
    with work.database.session() as session:
        dead = _dead_holders(session)
        holder = take_source(session, source.id, worker=work.name, now=work.clock(), dead=dead)
    if holder:
        raise HeldError(f"{source.name} is being collected by another process ({holder}); try again later")
    try:
        with work.fetcher_of(source) as fetcher:
            asking = Asking(
                fetcher,
                source.id,
                clock=work.clock,
                database=work.database if remembers else None,
                most=most,
            )
            yield Desk(
                source=source,
                adapter=source.adapter(),
                asking=asking,
                database=work.database,
                read=work.read,
                clock=work.clock,
                zone=work.zone,
                worker=work.name,
                stopping=work.stopping,
                progress=progress,
            )
    finally:
        with work.database.session() as session:
            release_source(session, source.id, worker=work.name)


def _note(work: Collecting, source: Source, look: Look) -> None:
    now = work.clock()
    with work.database.session() as session:
        before = standing_of(session, source.id)
        after = note_look(
            session,
            source.id,
            look.state,
            look.why,
            name=source.name,
            now=now,
            next_look_at=_next_look(work, source, look, before.failures, now),
        )
        held = [one.issue for one in look.outcomes if one.issue.state is IssueState.HELD]
        worse = after.is_in_trouble and (not before.is_in_trouble or before.state is not after.state)
        wrong: list[Issue | None] = [*held] if held or not worse else [None]
        for issue in wrong:
            tell_of(session, source, after, issue, operators=work.operators, today=_day(work, now), now=now)


def _next_look(work: Collecting, source: Source, look: Look, failures: int, now: datetime) -> datetime:
    regular = work.hours.next_look(source.id, now, work.zone, is_done=look.is_done)
    pause = timedelta(seconds=min(look.wait or 0.0, _MOST_WAIT))
    if look.state in (SourceState.BLOCKED, SourceState.LOCKED):
        pause = max(pause, _LONGEST_PAUSE)
    if look.state is SourceState.FAILING:
        doubled: timedelta = _PAUSE * 2 ** min(failures, 8)
        pause = max(pause, min(doubled, _LONGEST_PAUSE))
    return max(regular, now + pause)


def _day(work: Collecting, now: datetime) -> date:
    return now.astimezone(ZoneInfo(work.zone)).date()


def _dead_holders(session: Session) -> list[str]:
    return [name for name in holders(session) if is_dead(name)]
