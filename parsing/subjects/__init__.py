"""What an event is about, as a careful reader would note it: one module for each family of types.

A rule proposes a subject from the words around its trigger, an open candidate from its whole clause. Here, once
the judge has decided, the subject is given for good, with a look at the clauses beside it and the headline.
"""

from collections.abc import Callable

from parsing.candidates import Candidate, Story
from parsing.model import EventType
from parsing.subjects import contracts, documents, figures, honours, launches, looking, notices, occasions

__all__ = ["subject_of"]

_FAMILIES: dict[EventType, Callable[[Story, Candidate], str | None]] = {
    EventType.MEETING: occasions.occasion,
    EventType.ACTIVITY: occasions.occasion,
    EventType.VISIT: looking.purpose,
    EventType.INSPECTION: looking.purpose,
    EventType.LAUNCH: launches.project,
    EventType.AWARD: honours.honour,
    EventType.AGREEMENT: contracts.contract,
    EventType.RELEASE: documents.document,
    EventType.FIGURE: figures.metric,
    EventType.NOTICE: notices.change,
}


def subject_of(story: Story, candidate: Candidate) -> str:
    """The subject of an event that a candidate tells; the candidate's own where nothing better is found."""
    find = _FAMILIES.get(candidate.type)
    return (find(story, candidate) if find else None) or candidate.subject
