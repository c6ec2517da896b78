"""Who receives an honour: the bodies or people before the verb, the maker of a work, never the giver."""

import re

from parsing.bodies import Body
from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import MASK, Clause
from parsing.roles.reference import at_home, bodies_in, counted, full_name, points
from parsing.roles.subjects import (
    body_in,
    earlier_subjects,
    joined_from,
    may_be_name,
    members,
    named,
    opening,
    subject_of,
)

_VERB = re.compile(
    r"""(?:双双|同时|同年|同期|分别|先后|一举|再次|再度|成功|光荣|荣登|首次|还|又|也|均|都|则)*
    (?:被[^，]{0,30}?(?:评为|授予|命名为?|认定为|确定为|列为|列入|表彰为|推选为|授|评定为|纳入)
      |在[^，]{2,30}?(?:评选|大赛|比赛|竞赛|评审)中|蝉联|分获|挂上|脱颖而出|[印列坐写]进|评了出来|抱回|抱走|得的是|荣列|上了|有进账|捧下
      |获评|荣获|获得|获颁|获批|获授|获赠|获|斩获|摘得|摘取|摘下|夺得|勇夺|荣膺|膺选|喜提|喜获|捧得|捧回|捧|入选|入围|跻身|上榜|榜上有名|登上|荣登|当选
      |问鼎|列入|晋级|名列其中|位列|在列|折桂|夺魁|夺冠|拿下|拿到|收获|包揽|通过|成为|成功创建|创成|晋升|升格|凭借|凭|的名字|有名)""",
    re.VERBOSE,
)
# 由甲公司制作的短视频: the maker; 由市里主办的大赛中 gives none.
_MAKER = re.compile(
    r"由(?P<who>[^，。；]{2,30}?)(?:联合|共同)?(?:制作|创作|选送|报送|编排|演出|申报|打造|编写|承担|设计|建设|创办|出品|主编|推荐|研发)(?:创作|制作)?的"
)
# What is honoured is a thing, and its maker the actor.
_WORK = re.compile(
    r"""(?:[”》]|案例|项目|作品|课程|做法|工作法|经验|品牌|机制|模式|节目|短片|朗诵|视频|剧目?|舞蹈|合唱|小品|歌曲|论文|方案|成果|专利|技艺|工程|活动|服务|产品)$"""
)
_PLACE_TAIL = re.compile(r"(?<=街道|.镇|.乡)[^街镇乡]{2,10}(?:小区|胡同|片区|公园|广场)$")


def award(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """Those who receive the honour that the candidate tells of."""
    clause = candidate.clause
    text = story.text(clause)
    if given := _given_to(story, clause):
        return given
    start, end = receivers(story, candidate)
    phrase = text[start:end]
    maker = _MAKER.search(phrase)
    if maker:
        at = start + maker.start("who")
        made = bodies_in(story, clause.paragraph, at, start + maker.end("who"))
        if names := named(story, clause, made) or _full(story, clause, members(story, maker["who"]), start):
            return names
    people = story.people_in(clause.paragraph, start, end)
    if people and re.fullmatch(
        r"(?:同志|从[^，]{1,5}|等.{0,8}|同学|选手|组合|炒制.{1,8})?", text[people[-1].end : end]
    ):
        return tuple(dict.fromkeys(p.name for p in people))
    bodies = bodies_in(story, clause.paragraph, start, end)
    if not phrase:
        return _topic(story, clause)
    if people and not bodies:
        return tuple(dict.fromkeys(p.name for p in people))
    if _WORK.search(phrase):
        return (
            _maker(story, clause, bodies)
            or tuple(dict.fromkeys(p.name for p in people))
            or _topic(story, clause)
        )
    return _listed(story, clause, start, end) or _topic(story, clause)


# 市总工会授予|方庄街道|“劳动奖状”: whoever gives acts, whoever receives stands behind.
_GIVES = re.compile("(?<!被)(?:授予|颁给|颁发给|授给|送进了?|送给|交到)")


def _given_to(story: Story, clause: Clause) -> tuple[str, ...]:
    """The receivers behind an active verb of giving; none where the verb is passive."""
    gives = _GIVES.search(clause.masked)
    if gives is None or "被" in clause.masked[: gives.start()]:
        return ()
    at = clause.start + gives.end()
    people = [p for p in story.people_in(clause.paragraph, at, clause.end) if p.start <= at + 16]
    first = next((b for b in bodies_in(story, clause.paragraph, at, clause.end) if b.start == at), None)
    if people and (first is None or first.office or people[0].start < first.start):
        return tuple(p.name for p in people)
    return named(story, clause, joined_from(story, clause, first)) if first is not None else ()


_CREW = re.compile("(?<=[校院队])(?:学子|师生|学生|同学|队员|选手)$")  # 我校|学子
_LONG = 20  # letters of a member that may still be a name


def receivers(story: Story, candidate: Candidate) -> tuple[int, int]:
    """Where those stand who are honoured: before the verb, without adverbs, dates and the giver."""
    clause = candidate.clause
    if candidate.holder is not None:
        low, high = candidate.holder
    else:
        verb = _VERB.search(clause.masked)
        low, high = clause.start, clause.start + verb.start() if verb else clause.start
        subject = subject_of(story, clause) if verb is None else None
        if subject is not None and subject.first is not None:
            low, high = subject.first.start, subject.end
    low = max(low, min(opening(story, clause), high))
    phrase = trimmed(story, clause, low, high)
    # 许志刚|获颁: an adverb cut off behind the phrase may have been the end of a name.
    spans = [(p.start, p.end) for p in story.people[clause.paragraph]]
    spans += [(b.start, b.end) for b in story.bodies[clause.paragraph]]
    end = max((behind for at, behind in spans if at < phrase.end < behind <= high), default=phrase.end)
    return phrase.start, end


def _maker(story: Story, clause: Clause, bodies: list[Body]) -> tuple[str, ...]:
    """Whose work it is: the body that its description begins with."""
    outside = [b for b in bodies if clause.masked[b.start - clause.start] != MASK]  # none inside 《》
    full = full_name(story, clause, outside[0].name, outside[0].start) if outside else None
    return (_PLACE_TAIL.sub("", full),) if full else ()


def _topic(story: Story, clause: Clause) -> tuple[str, ...]:
    """Whom the sentence or passage is about, where the clause itself does not say."""
    for found in earlier_subjects(story, clause):
        if found.names:
            return found.names
    if topic := story.topics.get(clause.index):
        return (topic,)
    for found in earlier_subjects(story, clause, sentences=2):
        if found.bodies:
            return found.bodies
    lead = next(iter(story.clauses), None)
    found_lead = subject_of(story, lead) if lead is not None else None
    return found_lead.bodies if found_lead is not None else ()


def _listed(story: Story, clause: Clause, start: int, end: int) -> tuple[str, ...]:
    """The members of a list as bodies where their ends are known for such, else without what describes them."""
    text = story.text(clause)
    names: list[str] = []
    at = start
    for listed in members(story, text[start:end]):
        member = _CREW.sub("", listed)
        at = max(at, text.find(member, at, end))
        behind = at + len(member)
        people = [p for p in story.people_in(clause.paragraph, at, behind) if p.end == behind]
        bodies = [
            b
            for b in bodies_in(story, clause.paragraph, at, behind)
            if b.end == behind and clause.masked[b.start - clause.start] != MASK
        ]
        if people:
            names.append(people[-1].name)
        elif bodies:
            names.append(bodies[-1].name)
        elif len(member) <= _LONG and may_be_name(core := member.rpartition("的")[2] or member):
            names.append(core)
        else:  # a whole predicate, not a name: whoever stands in it
            inside = story.people_in(clause.paragraph, at, behind) or body_in(story, clause, at, behind)
            names += [found.name for found in inside[-1:]]
    return _full(story, clause, tuple(names), start)


def _full(story: Story, clause: Clause, names: tuple[str, ...], at: int) -> tuple[str, ...]:
    """Names as members of a list: home words and pointers resolved, what is too long for a name left out."""
    found = []
    for name in names:
        if points(name) or at_home(story, name):
            full = full_name(story, clause, name, at)
        else:
            full = name if len(name) <= 30 else None
        if full:
            found.append(full)
    known = [name for name in found if not counted(name)]
    return tuple(dict.fromkeys(known or found))
