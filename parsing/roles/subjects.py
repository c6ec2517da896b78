"""Who a clause is about: the bodies or people at its head, or at the head of what it goes on from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsing.bodies import Body, split_coordination
from parsing.candidates import Story
from parsing.clauses import MASK, Clause
from parsing.people import Person
from parsing.roles.reference import acting, bodies_in, counted, full_name

# What may stand before a clause's subject: dates are known to the story, the rest are these words.
_OPENING = re.compile(
    r"""(?:
      [\s、，—·：●■▲◆★○□◎⊙☆◇▼▽“”"'*＊]+
      |本报讯|又讯|另讯|消息|讯(?=[\s（(])
      |[（(][^（）()]{0,60}[）)]
      |(?:据悉|据了解|据介绍|据统计|其中|此外|另外|同时|目前|当前|随后|随着|与此同时|不久前|此前|今年以来|连日来|近年来|截至目前|届时|此次|最终
        |如今|眼下|而|并且|并|还|也|又|且|由|经|就|另|以及|另悉|会上|会后|会前|当天|当日|当晚|同日|同一天|昨天|今天|昨日|今日|近日|日前|近期
        |上午|下午|晚上|现场|活动中|大会现场|会议现场|原来|紧接着|接着|下午|一早|记者获悉|记者从)
    )""",
    re.VERBOSE,
)
JOINT = re.compile(r"\s*(?:[、和与及同跟]|以及|暨|联合|会同|携手|联手|协同|[、和]?联合)\s*")
# Words that may stand between the opening and the body, and leave the body the subject.
_MODIFIER = re.compile(
    r"""(?:位于|坐落于|坐落在|地处|隔着)[^，。；]{1,20}的|来自[^，。；]{1,20}的
    |(?:辖区|驻区|区属|市属|本地|我区|全区|园区|社会|当地)?(?:企业|单位|选手|运营方|承办方|主办方|建设单位)?|这是|让|因""",
    re.VERBOSE,
)
# A body behind one of these is where or to whom, not who.
_OBLIQUE = re.compile(
    r"(?:[在于到赴从向对为给把被往至进经]|位于|走进|深入|前往|来到|来|围绕|针对|根据|按照|依托|途经|途径|涵盖|包括)$"
)
# An edition or a year begins the name of an occasion, not of a body: 第三届…通州区分会场.
_DEED = re.compile("建设|改造|推进|完成|开展|实施|提升|服务(?!中心|站)|新增|清理")  # no body's name begins so
_EDITION = re.compile(r"第[一二三四五六七八九十\d]+届(?!.{0,6}(?:人大|政协|委员会))|首届|\d{4}")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts in a clause: bodies by their full names, or people; `end` is the offset behind the last."""

    bodies: tuple[str, ...]
    people: tuple[str, ...]
    end: int
    first: Body | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return self.bodies or self.people


def opening(story: Story, clause: Clause) -> int:
    """Where the first noun of a clause may begin: behind dates, connectives, bylines and marks."""
    text, at = story.text(clause), clause.start
    dates = story.dates_in(clause.paragraph, clause.start, clause.end)
    while at < clause.end:
        before = at
        at = next((d.end for d in dates if d.start <= at < d.end <= clause.end), at)
        if (found := _OPENING.match(text, at, clause.end)) and found.end() > at:
            at = found.end()
        if at == before:
            break
    return at


def subject_of(story: Story, clause: Clause, *, loose: bool = False) -> Subject | None:
    """Who stands at the head of a clause; None where nobody does.

    `loose`: also places and countries that only the name model knows.
    """
    start = opening(story, clause)
    text = story.text(clause)
    if (he := _PRONOUN.match(text, start, clause.end)) and (name := _person_before(story, clause)):
        return Subject((), (name,), he.end())
    known = story.bodies[clause.paragraph] if loose else acting(story, clause.paragraph)
    masked = story.paragraphs[clause.paragraph].masked
    bodies = [b for b in known if start < b.end <= clause.end and masked[b.start] != MASK]
    people = [p for p in story.people[clause.paragraph] if start <= p.start and p.end <= clause.end]
    first = next((b for b in bodies if not b.office), None)
    office = bodies[0] if bodies and bodies[0].office else None
    person = people[0] if people else None
    if person is not None and (first is None or person.start < first.start):
        lead = text[start : person.start]
        if (office is not None and office.start <= start + 12) or _is_title(lead):
            joined = tuple(_joined_people(text, people))
            return Subject((), tuple(p.name for p in joined), joined[-1].end, office)
    if first is None or (office is not None and office.start < first.start):
        return None
    lead = text[start : max(start, first.start)]
    if first.name.startswith("“") and first.kind == "place":
        return None  # “迎新杯”社区健步走: the words of an occasion's name
    if _EDITION.match(first.name) or _DEED.match(first.name) or not _MODIFIER.fullmatch(lead):
        return None
    if person is not None and _CALLED.fullmatch(text[first.end : person.start]):
        joined = tuple(_joined_people(text, people))  # 周浦镇|居民朱伯钧
        return Subject((), tuple(p.name for p in joined), joined[-1].end, first)
    joined_bodies = joined_from(story, clause, first)
    names = named(story, clause, joined_bodies)
    return Subject(names, (), joined_bodies[-1].end, first) if names else None


_PRONOUN = re.compile("[他她](?!们|人|山|乡|国)")


def _person_before(story: Story, clause: Clause) -> str | None:
    """Whom 他 means: the person named last, as long as that is not far."""
    for paragraph in range(clause.paragraph, max(-1, clause.paragraph - 2), -1):
        people = [p for p in story.people[paragraph] if paragraph < clause.paragraph or p.end <= clause.start]
        if people:
            return people[-1].name
    return None


def earlier_subjects(story: Story, clause: Clause, *, sentences: int = 0) -> Iterator[Subject]:
    """The subjects of the clauses before, nearest first, in its sentence and `sentences` more of its paragraph."""
    before = [
        c for c in story.paragraphs[clause.paragraph].clauses if c.index < clause.index and not c.quoted
    ]
    same = [c for c in before if c.sentence == clause.sentence]
    # Behind ； a clause without a subject goes on from the head of the sentence, not from its last part.
    order = [
        *reversed([c for c in same if c.segment == clause.segment]),
        *(c for c in same if c.segment != clause.segment),
        *reversed([c for c in before if 0 < clause.sentence - c.sentence <= sentences]),
    ]
    for other in order:
        if found := subject_of(story, other):
            yield found


def joined_from(story: Story, clause: Clause, first: Body) -> list[Body]:
    """A body and those joined to it by 、 or 和 or 联合, up to the end of the clause."""
    text = story.text(clause)
    joined = [first]
    for body in acting(story, clause.paragraph):
        if body.start < first.end:
            continue
        if body.end > clause.end or not JOINT.fullmatch(text[joined[-1].end : body.start]):
            break
        joined.append(body)
    return joined


def named(story: Story, clause: Clause, bodies: list[Body]) -> tuple[str, ...]:
    """The full names of bodies, without those that only count them where others are named."""
    names = [full_name(story, clause, b.name, b.start) for b in bodies]
    told = [full or b.name for full, b in zip(names, bodies, strict=True) if full or b.name[0] != "全"]
    known = [name for name in told if not counted(name)]
    return tuple(dict.fromkeys(known or told))


def body_in(story: Story, clause: Clause, start: int, end: int) -> list[Body]:
    """The bodies between two offsets that act or are acted on: no places something is in, none in titles."""
    text, masked = story.text(clause), story.paragraphs[clause.paragraph].masked
    return [
        b
        for b in bodies_in(story, clause.paragraph, start, end)
        if masked[b.start] != MASK and not _OBLIQUE.search(text[max(start, b.start - 2) : b.start])
    ]


def members(story: Story, phrase: str) -> tuple[str, ...]:
    """The members of a coordinated phrase as printed, freed of 等6家单位 and of what only says whose they are."""
    found = []
    for member in split_coordination(phrase, story.district):
        plain = _TAIL.sub("", _LEAD.sub("", member.strip())).strip(" ，、")
        if plain:
            found.append(plain)
    known = [member for member in found if not counted(member)]
    return tuple(dict.fromkeys(known or found))


# Letters that make a clause of what else might be a name: 批文到的手, 白纸上写着.
_CLAUSE = re.compile("[了着过把被这那是也就给几]|^[在从到]")


def may_be_name(phrase: str) -> bool:
    """Whether a phrase without a known body may still name one (深蓝视觉, 京快物流)."""
    return len(phrase) > 1 and _CLAUSE.search(phrase) is None


_LEAD = re.compile(
    r"^(?:(?:辖区|驻区|本地|我[区市县镇]|全区)(?:企业|单位)?|其中|(?:园区)?企业(?=.{4}))(?=.{2})"
)
_TAIL = re.compile(
    r"(?:等[\d一二三四五六七八九十几多]*[余多]?[家个名所]?(?:单位|企业|部门|公司|机构|社区|村|医疗机构|基层党组织|\w{0,8})?"
    r"|(?<=..)[\d一二三四五六七八九十两]+[余多]?[家个](?:单位|企业|部门|公司|机构|社区|村)|(?<=.{2})[则已还将也])$"
)


def _joined_people(text: str, people: list[Person]) -> Iterator[Person]:
    """The first person and those listed with them: 区长甲、副区长乙."""
    previous: Person | None = None
    for person in people:
        if previous is not None:
            gap = text[previous.end : person.start]
            if not re.fullmatch(r"[、和与及](?:[^，。；]{0,26})", gap) or re.search(
                "会见|陪同|一行|带领|率", gap
            ):
                return
        yield person
        previous = person


# What somebody is, between where they belong and their name.
_CALLED = re.compile(
    r"的?[\u4e00-\u9fff]{0,10}(?:居民|村民|职工|教师|老师|医生|护士长?|选手|队员|学生|工人|果农|农民|志愿者|党员|青年|教授|员|师|长|书记|主任|经理|会长|老人|匠)"
)


def _is_title(lead: str) -> bool:
    """Whether what stands before a name is nothing but offices: 区委副书记、区长."""
    return not lead or bool(
        re.fullmatch(
            r"[^，。；在]{0,24}(?:书记|长|主任|主席|委员|领导|经理|董事|总裁|人|员|师|家|工|手|授|者|事|使|裁|监|官|居民|村民|同志|生)",
            lead,
        )
    )
