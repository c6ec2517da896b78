"""How an event went from report to report: announced, then held, moved or called off; its days."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.model import NO_PERIOD, Change, EventType, Period, Precision, State
from storage.told import Told

_ORDER = tuple(Precision)  # from the most to the least exact
# What is told of these on or after its day does not say that an occasion was held.
_NOT_HELD = (EventType.NOTICE, EventType.AWARD, EventType.FIGURE)


@dataclass(frozen=True, slots=True)
class Course:
    """The days of an event as they stand, the days it had been set for before, oldest first, and its state.

    `state` is None for what was only told afterwards. What was moved to a day not told yet has no days.
    """

    when: Period = NO_PERIOD
    earlier: tuple[Period, ...] = ()
    state: State | None = None


def course_of(reports: Sequence[Told]) -> Course:
    """The course of an event, from its reports in any order; of two with one date the first counts first."""
    days: list[Period] = []  # as told since it was moved last
    earlier: list[Period] = []
    state: State | None = None
    for report in sorted(reports, key=lambda report: report.told_on):
        change = report.change
        if change is not None and change.state is State.MOVED:
            old, new = _most_exact(days), moved_to(report, change)
            if not (new.start and holds(new, old)):
                _add(earlier, old if old.start else change.was)
                days = [new]
            else:
                _add(earlier, change.was)
                days.append(new)
            state = State.MOVED
        elif change is not None and change.state is State.CANCELLED:
            days.append(report.when if report.when.start else change.was)
            state = State.CANCELLED
        elif not any(holds(old, report.when) for old in earlier):  # or else it only tells the old plan late
            days.append(report.when)
            state = _after(state, report)
    return Course(_most_exact(days), tuple(earlier), state)


def moved_to(report: Told, change: Change) -> Period:
    """The new day that a report of a move tells; without days where it tells the old one alone."""
    if report.when.start and not holds(change.was, report.when):
        return report.when
    return change.now


def holds(long: Period, short: Period) -> bool:
    """Whether the days of one lie in those of the other; False where either tells none."""
    if not (long.start and long.end and short.start and short.end):
        return False
    return long.start <= short.start and short.end <= long.end


def is_ahead(report: Told) -> bool:
    """Whether a report announces: its day lies ahead, or is this one and spoken of as still to come."""
    start, end, on = report.when.start, report.when.end, report.reported_on
    if start is None or end is None or on is None:
        return False
    from parsing.changes import looks_ahead  # as in `told`

    return start > on or (end >= on and looks_ahead(report.evidence))


def _after(state: State | None, report: Told) -> State | None:
    if report.change is not None and state is not None:
        return State.HELD
    if is_ahead(report):
        return state or State.ANNOUNCED
    if state not in (State.ANNOUNCED, State.MOVED) or report.type in _NOT_HELD or report.reported_on is None:
        return state
    over = report.when.start is not None and report.when.start <= report.reported_on
    return State.HELD if over or report.when.precision is Precision.RECENT else state


def _add(periods: list[Period], period: Period) -> None:
    if period.start and period not in periods:
        periods.append(period)


def _most_exact(periods: Sequence[Period]) -> Period:
    return min(periods, key=_inexactness, default=NO_PERIOD)


def _inexactness(when: Period) -> tuple[int, int]:
    days = (when.end - when.start).days if when.start and when.end else 0
    return _ORDER.index(when.precision), days
