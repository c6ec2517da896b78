"""At which hours something takes place, and how it comes round: 每周六上午9点至11点, 4月2日19时30分."""

from dataclasses import dataclass
from datetime import time

from parsing.candidates import Candidate, Story
from parsing.dates import DateKind, FoundDate
from parsing.model import EventType
from parsing.when_scope import Scope

# Readers want to be there, or to be spared: of other types the hour is of no use.
_PLANNED = frozenset({EventType.ACTIVITY, EventType.NOTICE, EventType.LAUNCH, EventType.MEETING})
_ROUND = frozenset({EventType.ACTIVITY, EventType.NOTICE})


@dataclass(frozen=True, slots=True)
class Schedule:
    """What comes round, as told, and the clock times; None where the page tells none."""

    recurrence: str | None = None
    time_start: time | None = None
    time_end: time | None = None


def schedule(story: Story, candidate: Candidate) -> Schedule:
    """The hours told in a candidate's clause, else in its sentence, the nearest first."""
    if candidate.type not in _PLANNED:
        return Schedule()
    scope = Scope(story, candidate)
    dates = [*scope.own(), *reversed(scope.before()), *scope.after()]
    clock = next((d.clock for d in dates if d.clock), None)
    rounds = [d for d in dates if d.kind is DateKind.RECURRENCE] if candidate.type in _ROUND else []
    return Schedule(
        recurrence=rounds[0].text if rounds else None,
        time_start=clock[0] if clock else None,
        time_end=clock[1] if clock else None,
    )


def next_time(scope: Scope) -> FoundDate | None:
    """The recurrence of a candidate's sentence whose next day is known: 每周六上午…举办讲座."""
    if scope.candidate.type not in _ROUND:
        return None
    dates = [*scope.own(), *reversed(scope.before()), *scope.after()]
    return next((d for d in dates if d.next_on is not None), None)
