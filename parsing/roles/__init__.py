"""Who takes part in an event and where: actors, people, venue, and the streets or towns it concerns."""

import re

from parsing.candidates import Candidate, Story
from parsing.model import EventType
from parsing.roles import agreements, awards, gatherings, leaders, measures

_ATTENDING = re.compile(
    r"出席|参加|陪同|主持|讲话|致辞|一同|参与|见证|揭牌|作报告|点评|讲授|发言|列席|随同|汇报"
)
_LEADER_LIST = re.compile(
    r"^(?:区|市|县|省|街道|镇)?领导|^(?:市|区|县)[^，]{0,14}(?:书记|区长|主任|主席|市长|县长)"
)


def people_of(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """The people who take part: in the clause and its sentence, and in sentences of the article that tell who came."""
    clause = candidate.clause
    names: list[str] = []
    paragraph = story.paragraphs[clause.paragraph]
    if candidate.type is EventType.AWARD:
        low, high = candidate.holder or (clause.start, clause.end)
        names = [p.name for p in story.people_in(clause.paragraph, low, high)]
    elif candidate.type in (EventType.FIGURE, EventType.NOTICE, EventType.RELEASE):
        names = []
    elif candidate.type in (EventType.LAUNCH, EventType.AGREEMENT, EventType.ACTIVITY):
        for other in story.clauses:
            if (
                _ATTENDING.search(other.masked)
                and abs(other.sentence - clause.sentence) <= 2
                and not other.quoted
            ):
                names += [p.name for p in story.people_in(other.paragraph, other.start, other.end)]
    else:
        start, end = paragraph.sentence(clause)
        names = [p.name for p in story.people_in(clause.paragraph, start, end)]
        for other in story.clauses:
            if other.sentence == clause.sentence or other.quoted or other.speech.value == "demanded":
                continue
            if _ATTENDING.search(other.masked) or _LEADER_LIST.match(other.masked):
                low, high = story.paragraphs[other.paragraph].sentence(other)
                if _ATTENDING.search(story.paragraphs[other.paragraph].masked[low:high]):
                    names += [p.name for p in story.people_in(other.paragraph, other.start, other.end)]
    return tuple(dict.fromkeys(names))


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
