"""One look at a source: its newest issue and those since the last that was read."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from jobs.collecting.asking import SpentError
from jobs.collecting.desk import Desk, StoppedError
from jobs.collecting.health import GAPS, SOUND, Verdict, overdue_since, verdict_of
from jobs.collecting.issues import Outcome, read_issue
from sources.fetching.errors import BlockedError, BusyError, FetchError, LockedError, NeedsOcrError
from sources.refs import IssueRef
from storage.ledger import IssueState, issues_between, last_issues, note_none, unfinished_issues
from storage.source_states import SourceState, standing_of

logger = logging.getLogger(__name__)

MOST_ISSUES = 14  # of one look, where Quwen was away for longer; `backfill` is for more
_DAY = timedelta(days=1)
_GONE = timedelta(days=14)  # an issue that was not read in this time is left to `backfill`


@dataclass(slots=True)
class Look:
    """What a look at a source found."""

    state: SourceState = SourceState.READ
    why: str = ""
    outcomes: list[Outcome] = field(default_factory=list)
    wait: float | None = None  # seconds that the site asks to be left alone
    rest: date | None = None  # the newest of the issues that were too many for one look

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to be expected today."""
        return self.state is SourceState.READ


def look_at_source(desk: Desk, *, since: date | None = None) -> Look:
    """Read what is new at a source: all issues since a day, or since the last one read.

    Never raises for what a site answers: that is a state.

    Raises:
        StoppedError: the run is to end.
        DatabaseError
    """
    look = Look()
    try:
        newest = _read_new(desk, look, since)
    except FetchError as error:
        look.state, look.why = _meaning(error)
        look.wait = error.wait if isinstance(error, BusyError) else None
    except StoppedError:
        raise
    except Exception as error:
        if type(error).__module__.startswith("storage"):
            raise
        logger.exception("source %s cannot be read", desk.source.id)
        look.state, look.why = SourceState.FAILING, f"it broke the reader: {_first_line(error)}"
    else:
        verdict = _verdict(desk, look, newest)
        look.state, look.why = verdict.state, verdict.why
    return look


def _read_new(desk: Desk, look: Look, since: date | None) -> date | None:
    """Read what is new, oldest first; returns the day of the newest issue that there is."""
    with desk.session() as session:
        unfinished = {
            issue.day: IssueRef(issue.day, issue.url)
            for issue in unfinished_issues(session, desk.source.id)
            if issue.day >= desk.today - _GONE
        }
    newest = desk.adapter.latest(desk.asking.listing, today=desk.today)
    if newest is not None and newest.day > desk.today + _DAY:  # tomorrow's paper may be out in the evening
        raise FetchError(f"{newest.url} is an issue of {newest.day}, which has not come yet")
    wanted = dict(unfinished)
    if newest is not None:
        wanted |= {issue.day: issue for issue in _since(desk, look, newest, since)}
    missed: FetchError | None = None
    for day in sorted(wanted):
        try:
            look.outcomes.append(read_issue(desk, wanted[day]))
        except (BlockedError, BusyError, LockedError, SpentError):
            raise
        except FetchError as error:
            if missed is not None:
                raise missed from error
            missed = error  # one issue with a broken page is no reason to leave the next ones unread
    if missed is not None:
        raise missed
    return newest.day if newest else None


def _since(desk: Desk, look: Look, newest: IssueRef, since: date | None) -> Iterator[IssueRef]:
    """The issues from the newest back to a day, or to the last one read, that are not read yet."""
    with desk.session() as session:
        known = issues_between(session, desk.source.id, since or date.min, newest.day)
    read = [day for day, issue in known.items() if issue.state is IssueState.READ]
    until = since or (max(read) if read else newest.day)
    issue: IssueRef | None = newest
    for _ in range(MOST_ISSUES):
        if issue is None or issue.day < until:
            return
        state = known[issue.day].state if issue.day in known else IssueState.FOUND
        if _is_wanted(desk, issue, state):
            yield issue
        if issue.day == until:
            return
        earlier = desk.adapter.before(desk.asking.listing, issue) or _by_the_day(desk, until, issue.day)
        if earlier is not None and earlier.day >= issue.day:
            return  # a link that leads nowhere
        if earlier is not None:
            _note_between(desk, max(earlier.day, until), issue.day)
        issue = earlier
    if issue is not None and issue.day >= until:
        look.rest = issue.day


def _by_the_day(desk: Desk, first: date, later: date) -> IssueRef | None:
    """The newest issue from `first` on that is older than `later`, where no link leads to it."""
    for number in range(1, min((later - first).days, MOST_ISSUES) + 1):
        found = desk.adapter.issue_on(desk.asking.listing, later - timedelta(days=number))
        if found is not None:
            return found
    return None


def _is_wanted(desk: Desk, issue: IssueRef, state: IssueState) -> bool:
    """Whether an issue that there is is to be read: it is not yet, or it may have grown since."""
    if state is IssueState.HELD:
        return False
    return state is not IssueState.READ or (desk.adapter.grows and issue.day >= desk.today - _DAY)


def _note_between(desk: Desk, earlier: date, later: date) -> None:
    days = [earlier + timedelta(days=number) for number in range(1, (later - earlier).days)]
    with desk.session() as session:
        note_none(session, desk.source.id, days, desk.clock())


def _verdict(desk: Desk, look: Look, newest: date | None) -> Verdict:
    """What a look that came to its end means for the source."""
    worst = next((one.verdict for one in reversed(look.outcomes) if not one.verdict.state.is_well), None)
    if worst is not None:
        return worst
    with desk.session() as session:
        issues = last_issues(session, desk.source.id, limit=GAPS + 1)
        excused = standing_of(session, desk.source.id).excused_until
    held = next((issue for issue in issues if issue.state is IssueState.HELD), None)
    if held is not None:
        return verdict_of(held)
    days = [issue.day for issue in issues]
    due = overdue_since(days, desk.today)
    if due and not (excused and excused >= max(days)):
        return Verdict(SourceState.DEGRADED, f"no issue since {max(days)}; one was to come by {due}")
    partial = next((one.verdict for one in look.outcomes if one.verdict.state is SourceState.PARTIAL), None)
    if partial is not None:
        return partial
    if newest is None:
        return Verdict(SourceState.NO_ISSUE, "its entry shows no issue")
    if newest < desk.today:
        return Verdict(SourceState.NO_ISSUE, f"the newest is of {newest}")
    return SOUND


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _meaning(error: FetchError) -> tuple[SourceState, str]:
    match error:
        case BlockedError():
            state = SourceState.BLOCKED
        case LockedError():
            state = SourceState.LOCKED
        case NeedsOcrError():
            state = SourceState.NEEDS_OCR
        case SpentError():
            state = SourceState.PARTIAL
        case _:
            state = SourceState.FAILING
    return state, str(error)
