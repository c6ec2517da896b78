"""Who takes part in an event and where: actors, people, venue, and the streets or towns it concerns."""

import re

from parsing.bodies import leading_body, split_coordination
from parsing.candidates import Candidate, Story
from parsing.model import EventType

_ATTENDING = re.compile(
    r"出席|参加|陪同|主持|讲话|致辞|一同|参与|见证|揭牌|作报告|点评|讲授|发言|列席|随同|汇报"
)
_LEADER_LIST = re.compile(
    r"^(?:区|市|县|省|街道|镇)?领导|^(?:市|区|县)[^，]{0,14}(?:书记|区长|主任|主席|市长|县长)"
)
_HOSTS = re.compile(
    r"由(?P<hosts>[^，。；]{2,60}?)(?:联合|共同)?(?:主办|举办|承办|组织|指导|发起|主持|建设|投资|运营|承建|打造)"
)
_PERSON_SUBJECT = re.compile(r"书记|区长|县长|市长|主任|局长|部长|主席|领导|带队|一行")
_WHOLE = re.compile(r"^(?:全区|我区|全市|全县|本区|全镇|全街|全街道)")


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
        case EventType.MEETING | EventType.RELEASE:
            return _holder(story, candidate) or _hosts(story, candidate)
        case EventType.ACTIVITY:
            return _hosts(story, candidate) or _holder(story, candidate)
        case EventType.VISIT:
            return _visit(story, candidate)
        case EventType.INSPECTION:
            return _holder(story, candidate, people_first=True)
        case EventType.AWARD:
            return _award(story, candidate)
        case EventType.AGREEMENT:
            return _agreement(story, candidate) or parties
        case EventType.LAUNCH:
            return _launch(story, candidate)
        case EventType.FIGURE:
            return _figure(story, candidate)
        case EventType.NOTICE:
            return _notice(story, candidate)


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


def _names(story: Story, paragraph: int, low: int, high: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(b.name for b in story.bodies_in(paragraph, low, high)))


def _holder(story: Story, candidate: Candidate, *, people_first: bool = False) -> tuple[str, ...]:
    clause = candidate.clause
    low, high = candidate.holder or (clause.start, candidate.at)
    people = tuple(dict.fromkeys(p.name for p in story.people_in(clause.paragraph, low, high)))
    if people_first and people:
        return people
    bodies = _coordinated(story, clause.paragraph, low, high)
    if bodies:
        return bodies
    if people:
        return people
    start, _ = story.paragraphs[clause.paragraph].sentence(clause)
    if people_first:
        earlier = story.people_in(clause.paragraph, start, clause.start)
        return tuple(dict.fromkeys(p.name for p in earlier))
    if candidate.holder is not None and low < high:
        return ()
    return _coordinated(story, clause.paragraph, start, clause.start)[:1] if candidate.holder else ()


def _coordinated(story: Story, paragraph: int, low: int, high: int) -> tuple[str, ...]:
    """The bodies at the head of a stretch: the first, and those joined to it by 、 or 和."""
    found = story.bodies_in(paragraph, low, high)
    text = story.paragraphs[paragraph].text
    names: list[str] = []
    previous = None
    for body in found:
        if previous is not None and not re.fullmatch(
            r"[、和与及，]|以及|联合|会同|携手", text[previous.end : body.start].strip()
        ):
            break
        names.append(body.name)
        previous = body
    return tuple(dict.fromkeys(names))


def _hosts(story: Story, candidate: Candidate) -> tuple[str, ...]:
    clause = candidate.clause
    for paragraph_index in (clause.paragraph, clause.paragraph + 1):
        if paragraph_index >= len(story.paragraphs):
            break
        paragraph = story.paragraphs[paragraph_index]
        for found in _HOSTS.finditer(paragraph.text):
            near = paragraph_index != clause.paragraph or -120 <= found.start() - candidate.at <= 160
            if near:
                names = _names(story, paragraph_index, found.start("hosts"), found.end("hosts"))
                if names:
                    return names
    return ()


def _visit(story: Story, candidate: Candidate) -> tuple[str, ...]:
    clause = candidate.clause
    low, high = candidate.holder or (clause.start, candidate.at)
    hosts = [p.name for p in story.people_in(clause.paragraph, low, high)]
    guests = _names(story, clause.paragraph, candidate.at, clause.end)
    if not hosts:
        hosts = list(_names(story, clause.paragraph, low, high)) or (
            [candidate.subject] if "团" in candidate.subject else []
        )
    return tuple(dict.fromkeys([*hosts[:1], *guests[:1]]))


def _award(story: Story, candidate: Candidate) -> tuple[str, ...]:
    clause = candidate.clause
    low, high = candidate.holder or (clause.start, candidate.at)
    text = story.text(clause)[low:high]
    people = story.people_in(clause.paragraph, low, high)
    if people and people[-1].end >= high - 3:
        return tuple(dict.fromkeys(p.name for p in people))
    bodies = story.bodies_in(clause.paragraph, low, high)
    ending = [
        b for b in bodies if b.end >= high - 1 or text[b.end - low :].startswith(("、", "和", "及", "与"))
    ]
    if ending and bodies[-1].end >= high - 1:
        return tuple(dict.fromkeys(b.name for b in ending))
    if bodies:
        return (bodies[0].name,)
    topic = story.topics.get(clause.index)
    if not text.strip() or re.search(
        r"[”》]$|机制|模式|案例|项目|作品|课程|做法|工作法|经验|品牌|团队", text
    ):
        earlier = _earlier_body(story, candidate)
        if earlier:
            return (earlier,)
    if people:
        return tuple(dict.fromkeys(p.name for p in people))
    if text.strip() and len(text) <= 16 and not re.search(r"[，“《]", text):
        return split_coordination(text)
    return (topic,) if topic else ()


def _earlier_body(story: Story, candidate: Candidate) -> str | None:
    """The body that the sentence, or else the passage, is about."""
    clause = candidate.clause
    start, _ = story.paragraphs[clause.paragraph].segment(clause)
    if leading := leading_body(story.text(clause)[start : clause.start]):
        return leading.name
    return story.topics.get(clause.index)


def _agreement(story: Story, candidate: Candidate) -> tuple[str, ...]:
    clause = candidate.clause
    names = _names(story, clause.paragraph, clause.start, clause.end)
    if len(names) < 2 and not re.search("双方|三方", clause.text):
        start, _ = story.paragraphs[clause.paragraph].sentence(clause)
        names = tuple(dict.fromkeys([*_names(story, clause.paragraph, start, clause.start)[:1], *names]))
    return names if not re.search("双方|三方", clause.text) else ()


def _launch(story: Story, candidate: Candidate) -> tuple[str, ...]:
    if hosts := _hosts(story, candidate):
        return hosts
    if not candidate.rule.endswith(("object", "holding")):
        return ()
    holders = _holder(story, candidate)
    if holders:
        return holders
    topic = (
        _earlier_body(story, candidate)
        if not story.people_in(candidate.clause.paragraph, *(candidate.holder or (0, 0)))
        else None
    )
    return (topic,) if topic else ()


def _figure(story: Story, candidate: Candidate) -> tuple[str, ...]:
    clause = candidate.clause
    leading = leading_body(clause.text)
    if leading and not _WHOLE.match(clause.text):
        return (leading.name,)
    if topic := story.topics.get(clause.index):
        return (topic,)
    if _WHOLE.match(clause.text) and story.district.name:
        return (story.district.name,)
    earlier = _earlier_body(story, candidate)
    if earlier:
        return (earlier,)
    return (story.district.name,) if story.district.name else ()


def _notice(story: Story, candidate: Candidate) -> tuple[str, ...]:
    clause = candidate.clause
    paragraph = story.paragraphs[clause.paragraph]
    if signed := re.search(r"（([^（）]{3,20})）\s*$", paragraph.text):
        bodies = _names(story, clause.paragraph, signed.start(), len(paragraph.text))
        if bodies:
            return bodies[:1]
    start, _ = paragraph.sentence(clause)
    leading = leading_body(paragraph.text[start : clause.end])
    return (leading.name,) if leading and leading.kind not in ("area", "community", "village") else ()
