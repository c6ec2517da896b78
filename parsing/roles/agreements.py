"""The parties of an agreement."""

import re

from parsing.bodies import Body
from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.roles.reference import acting, at_home, bodies_in, counted, full_name, points
from parsing.roles.subjects import (
    earlier_subjects,
    joined_from,
    may_be_name,
    members,
    named,
    opening,
    subject_of,
)

_SIGNS = re.compile(
    r"(?:现场|当场|正式|成功|集中|共同|联合|分别|再次|先后|日前|近日|还|代表双方)*(?:签约|签署|签订|签下|签|达成|缔结|续签|互换|互留|结成|建立|落户)"
)
_BOTH = re.compile("(?:期间|会后|会上|随后)?(?:双方|两地|两区|两市|两县|三方|两家|各方|宾主)(?:还|就.*)?")
_PROJECTS = re.compile(r"(?:首批|共|有)?\d+个[^，]{0,6}(?:项目|课题)")
_RECEIVES = re.compile("会见|接见|迎来|接待|欢迎")
_OCCASION = re.compile(
    "(?<=[区县旗市州])[^区县旗市州]{0,12}(?:联席会议|工作组|领导小组)$"
)  # 乙区|山海协作联席会议
BOTH_WORDS = {"双方", "两地", "两区", "两市", "两县"}
_GROUP_TAIL = re.compile("(?:党政|友好|经贸|商务|青年企业家|商贸)*(?:代表团|考察团|访问团|交流团)$")
_TRAVELS = re.compile("赴(?P<where>[\u4e00-\u9fff]{2,20}?)(?:考察|调研|学习|对接|走访|参观|访问|开展|$)")


def agreement(story: Story, candidate: Candidate, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Both parties, in the clause, else in its sentence, else those of the visit that led to it."""
    clause = candidate.clause
    text = story.text(clause)
    verb = _SIGNS.search(text, clause.start, clause.end)
    end = verb.start() if verb else clause.end
    start = min(opening(story, clause), end)
    phrase = text[start:end]
    if _PROJECTS.match(phrase):
        for earlier in earlier_subjects(story, clause, sentences=1):
            if earlier.bodies:
                return earlier.bodies
        return (story.district.name,) if story.district.name else ()
    if _BOTH.fullmatch(phrase) or (not phrase and not bodies_in(story, clause.paragraph, start, clause.end)):
        return both(story, clause, parties)
    found = _parties(story, clause, start, end)
    if len(found) == 1 and points(phrase) is False:
        found = _with_other(story, clause, found, end)
    return found


def _parties(story: Story, clause: Clause, start: int, end: int) -> tuple[str, ...]:
    """The members of 甲与乙、丙 as printed, each in the fullest form of its body."""
    text = story.text(clause)
    bodies = bodies_in(story, clause.paragraph, start, end)
    names: list[str] = []
    at = start
    for piece in members(story, _without_venue(text[start:end])):
        at = max(at, text.find(piece, at, end))
        inside = [b for b in bodies if at <= b.start and b.end <= at + len(piece)]
        signer = next((p for p in story.people_in(clause.paragraph, at, at + len(piece))), None)
        name: str | None
        if signer is not None:
            name = _signed_for(story, piece[: signer.start - at], inside) or signer.name
        elif inside:
            pointed = inside[0].name
            name = full_name(story, clause, pointed, inside[0].start) or pointed
        elif (home := at_home(story, piece)) is not None:
            name = home
        else:
            piece = piece.rpartition("的")[2] or piece
            name = (
                piece if 2 <= len(piece) <= 20 and not _LOOSE.search(piece) and may_be_name(piece) else None
            )
        if name:
            names.append(name)
    named = [n for n in names if not counted(n)]
    return tuple(dict.fromkeys(named or names))


def _signed_for(story: Story, office: str, bodies: list[Body]) -> str | None:
    """For whom somebody signs: a firm's president for the firm, a district's leader for the district."""
    firm = next((b.name for b in bodies if b.kind not in ("party", "government", "self", "relative")), None)
    away = next(
        (b.name for b in bodies if b.kind == "party" and re.search("..[区县旗市州]委$", b.name)), None
    )
    if away is not None:
        return at_home(story, away[:-1]) or away[:-1]
    if firm is None and story.district.name and re.search("(?:区|县|旗|市)(?:委|长)", office):
        return story.district.name
    return firm


_LOOSE = re.compile(r"项目$|[了着过]|活动|仪式|推介|^\d+个")


def _without_venue(phrase: str) -> str:
    """甲和乙|在田埂上: the parties without where they sign, and without adverbs."""
    plain = re.sub(r"(?<=.{3})在[^、与和]{2,20}$", "", phrase)
    plain = re.sub(r"(?:日前|近日|昨日|当天|现场|正式|再次|又|还|也|已|再)+(?=[与和同])", "", plain)
    return re.sub(r"(?:正式|成功|就[^，]{2,24}|日前|近日|昨日|现场|分别|共同|已|还|将)$", "", plain)


def _with_other(story: Story, clause: Clause, found: tuple[str, ...], end: int) -> tuple[str, ...]:
    """The other party where it stands in another clause of the sentence, or behind the verb."""
    text = story.text(clause)
    if re.match("与", text[clause.start : clause.end]):
        for earlier in earlier_subjects(story, clause):
            return tuple(dict.fromkeys([*earlier.bodies, *found]))
    behind = [
        b
        for b in bodies_in(story, clause.paragraph, end, clause.end)
        if text[max(0, b.start - 1) : b.start] in "与和同"
    ]
    return tuple(dict.fromkeys([*found, *(b.name for b in behind[:1])]))


def both(story: Story, clause: Clause, parties: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The two that met before: a district and its guest, or the parties of the last agreement told."""
    home = story.district.name
    guests = [_place_of_group(p) for p in parties if not _is_person(story, p)]
    away = [p for p in guests if home and not p.startswith((home, story.district.short))]
    before = [c for c in story.clauses if c.index < clause.index and not c.quoted]
    for other in before:
        if away or not home:
            break
        away = _met_in(story, other)
    if home and away:
        return (home, *dict.fromkeys(away))
    for other in reversed(before):
        found = subject_of(story, other)
        if found is not None and len(found.bodies) > 1:
            return found.bodies
        for body in acting(story, other.paragraph):
            if other.start <= body.start and body.end <= other.end:
                joined = joined_from(story, other, body)  # 在甲区与乙区的会议上
                if len(joined) == 2:
                    return tuple(_OCCASION.sub("", n) for n in named(story, other, joined))
        if signs := _SIGNS.search(other.text):
            names = _parties(story, other, opening(story, other), other.start + signs.start())
            if len(names) == 2:
                return names
    return ()


def _met_in(story: Story, clause: Clause) -> list[str]:
    """Whom a clause tells to have been received or visited."""
    if travels := _TRAVELS.search(clause.text):
        return [_innermost(travels["where"])]
    receives = _RECEIVES.search(clause.text)
    if receives is None:
        return []
    bodies = bodies_in(story, clause.paragraph, clause.start + receives.end(), clause.end)
    return [_place_of_group(b.name) for b in bodies[:1]]


def _place_of_group(name: str) -> str:
    """Whom a delegation is of: 韩国水原市|友好访问团; a firm stays as it is."""
    place = _GROUP_TAIL.sub("", name)
    return _innermost(place) if place != name or re.search("[县旗州]$", place) else place


def _innermost(place: str) -> str:
    """云南省|怒江州: the last of a chain of places."""
    return re.sub(r"^.{1,4}?(?:省|自治区|盟)(?:.{2,4}?(?:市|盟|州)(?=.{2,}[区县旗]))?(?=.{2})", "", place)


def _is_person(story: Story, name: str) -> bool:
    return any(p.name == name for people in story.people for p in people)
