"""Years of archive, issue by issue from the newest back; where it was stopped, it goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from jobs.collecting.desk import Desk
from jobs.collecting.issues import Outcome, read_issue
from sources.fetching.errors import BlockedError, BusyError, FetchError, LockedError, MissingError
from sources.refs import IssueRef
from storage.ledger import Issue, IssueState, issues_between, note_none

MOST_FAILURES = 3  # issues in a row: then the site is left alone
_DAY = timedelta(days=1)


@dataclass(slots=True)
class BackfillResult:
    """What a run did. `rest` is the day from which on, backwards, nothing was looked at yet."""

    read: int = 0
    held: int = 0
    failed: int = 0
    articles: int = 0
    events: int = 0
    rest: date | None = None
    why: str = ""  # it ended before its end, if it did

    def add(self, outcome: Outcome) -> None:
        """Count an issue."""
        self.read += outcome.issue.state is IssueState.READ
        self.held += outcome.issue.state is IssueState.HELD
        self.articles += outcome.stored
        self.events += outcome.new


@dataclass(slots=True)
class _Walk:
    """From day to day backwards. `later` is the issue behind the days that are looked at."""

    desk: Desk
    first: date
    known: dict[date, Issue]
    later: IssueRef | None = None
    in_a_row: int = 0
    result: BackfillResult = field(default_factory=BackfillResult)

    def step(self, day: date) -> date:
        """Deal with a day; returns the next one to look at."""
        issue = self.known.get(day)
        if issue is not None and (issue.state.is_done or issue.state is IssueState.HELD):
            if issue.state is not IssueState.NONE:
                self.later = IssueRef(day, issue.url)
            return day - _DAY
        found = self._find(day)
        if found is None or found.day < day:
            last = max(found.day + _DAY, self.first) if found else day
            self._note_none(last, day)
            if found is not None and found.day >= self.first:
                self._read(found)
            return found.day - _DAY if found else day - _DAY
        self._read(found)
        return day - _DAY

    def _find(self, day: date) -> IssueRef | None:
        """The newest issue up to a day, by the link of the later one; or that of the day."""
        desk = self.desk
        if self.later is not None:
            found = self._before(self.later)
            if found is not None and found.day <= day:
                return found
        return desk.adapter.issue_on(desk.asking.listing, day)

    def _before(self, later: IssueRef) -> IssueRef | None:
        try:
            return self.desk.adapter.before(self.desk.asking.listing, later)
        except MissingError:  # it was read long ago, and is gone from its site
            return None

    def _read(self, reference: IssueRef) -> None:
        self.later = reference
        known = self.known.get(reference.day)
        if known is not None and known.state in (IssueState.READ, IssueState.HELD):
            return
        try:
            self.result.add(read_issue(self.desk, reference))
        except (BlockedError, BusyError, LockedError):
            raise
        except FetchError as error:
            self.result.failed += 1
            self.in_a_row += 1
            if self.in_a_row >= MOST_FAILURES:
                raise FetchError(f"{self.in_a_row} issues in a row could not be read: {error}") from error
        else:
            self.in_a_row = 0

    def _note_none(self, first: date, last: date) -> None:
        days = [first + number * _DAY for number in range((last - first).days + 1)]
        with self.desk.session() as session:
            note_none(session, self.desk.source.id, days, self.desk.clock())


def backfill(
    desk: Desk,
    first: date,
    last: date,
    *,
    most: int | None = None,
    told: Callable[[date, BackfillResult], None] = lambda _day, _result: None,
) -> BackfillResult:
    """Read the issues of the days from `last` back to `first` that are not read yet, `most` at most.

    `told` is called with each day that is dealt with. A site that does not answer ends the run, and the
    result says why; an issue that cannot be read is left for another run.

    Raises:
        StoppedError: the run is to end; the ledger knows how far it came.
        DatabaseError
    """
    with desk.session() as session:
        walk = _Walk(desk, first, issues_between(session, desk.source.id, first, last))
    day = last
    while day >= first:
        if most is not None and walk.result.read >= most:
            walk.result.rest, walk.result.why = day, f"{most} issues are read, as many as a day allows"
            break
        try:
            day = walk.step(day)
        except FetchError as error:
            walk.result.rest, walk.result.why = day, str(error)
            break
        told(max(day, first - _DAY), walk.result)
    return walk.result
