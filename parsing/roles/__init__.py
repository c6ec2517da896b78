"""Who takes part in an event and where: actors, people, venue, and the streets or towns it concerns."""

import re

from parsing.candidates import Candidate, Story
from parsing.model import EventType
from parsing.roles import agreements, awards, gatherings, leaders, measures
from parsing.roles.participants import people_of

__all__ = ["actors_of", "areas_of", "people_of", "place_of"]


def actors_of(story: Story, candidate: Candidate, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The bodies (or, where none is named, people) whose event it is. `parties` are those of the article's visit."""
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


def areas_of(
    story: Story, candidate: Candidate, actors: tuple[str, ...], place: str | None
) -> tuple[str, ...]:
    """Streets and towns of the district pack that the evidence, the actors, the venue or the passage names."""
    clause = candidate.clause
    start, end = story.paragraphs[clause.paragraph].segment(clause)
    words = [story.text(clause)[start:end], *actors, place or "", story.topics.get(clause.index, "")]
    return tuple(dict.fromkeys(area.name for text in words for area in story.district.areas_in(text)))


def place_of(story: Story, candidate: Candidate) -> str | None:
    """The venue as far as the clause tells it."""
    if candidate.place:
        return candidate.place
    text = story.text(candidate.clause)[candidate.clause.start : candidate.clause.end]
    found = re.search(
        r"在(?P<place>[^，。；在的]{2,20}?)(?:召开|举行|举办|开展|启动|开幕|启幕|上演|开工|签约|揭牌|落成|发布|亮相)",
        text,
    )
    return found["place"] if found else None
