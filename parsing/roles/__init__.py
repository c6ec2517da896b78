"""Who takes part in an event and where: actors, people, venue, and the streets or towns it concerns."""

from parsing.candidates import Candidate, Story
from parsing.model import EventType
from parsing.names import normal_name
from parsing.roles import agreements, awards, gatherings, leaders, measures
from parsing.roles.participants import people_of
from parsing.roles.places import areas_of, place_of
from parsing.roles.subjects import subject_of

__all__ = ["actors_of", "areas_of", "people_of", "place_of"]


def actors_of(story: Story, candidate: Candidate, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The bodies (or, where none is named, people) whose event it is, each once under its first name.

    `parties` are those of the article's visit.
    """
    named: dict[str, str] = {}
    for name in _told(story, candidate, parties):
        named.setdefault(normal_name(name, story.district), name)
    return tuple(named.values())


def _told(story: Story, candidate: Candidate, parties: tuple[str, ...]) -> tuple[str, ...]:
    match candidate.type:
        case EventType.MEETING:
            return gatherings.meeting(story, candidate)
        case EventType.RELEASE:
            return gatherings.release(story, candidate)
        case EventType.ACTIVITY:
            return gatherings.activity(story, candidate)
        case EventType.VISIT:
            return leaders.visit(story, candidate)
        case EventType.INSPECTION:
            return leaders.inspection(story, candidate)
        case EventType.AWARD:
            return awards.award(story, candidate)
        case EventType.AGREEMENT:
            return agreements.agreement(story, candidate, parties)
        case EventType.LAUNCH:
            return measures.launch(story, candidate)
        case EventType.FIGURE:
            return measures.figure(story, candidate)
        case EventType.NOTICE:
            return measures.notice(story, candidate)
        case _:  # a type that has no reader of its own yet: who stands at the head of the clause
            subject = subject_of(story, candidate.clause)
            return subject.names if subject else ()
