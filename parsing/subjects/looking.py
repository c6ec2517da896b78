"""What a visit or an inspection was about; the place or the party where no topic is told."""

import re
from collections.abc import Iterator

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause, Speech
from parsing.model import EventType
from parsing.subjects.phrases import bare, beside, undated

# 就甲开展调研, 围绕甲座谈, 对甲进行检查.
_ON = re.compile(
    r"""(?:就|围[绕着]着?|针对|对)(?P<topic>[^，。；]{2,44}?)
        (?:开展|进行|展开|深入|座谈|交流|交换|调研|逐一|实地|专题|集中|聊|谈|商谈|对接|考察|交谈|沟通|会商|看了|聊了|一[一处样]|把脉|问诊)""",
    re.VERBOSE,
)
# 调研甲, 看望慰问甲, 共商甲: the topic is the object.
_OBJECT = re.compile(
    r"""(?:考察学习|学习考察|考察调研|调研考察|调研检查|督导检查|检查指导|检查调研|实地了解|详细了解|深入了解|看望慰问|走访慰问|学习借鉴|实地察看|实地查看|实地参观
        |检查|督导|督查|督办|视察|察看|查看|暗访|调研|考察|对接|共商|商谈|洽谈|商讨|学习|了解|慰问|看望|推介|取经|巡查|踏勘|夜查|抽查|走访看望|问诊|交流|体验)
        (?!组|团|队|中(?![小医央考])|时|后|的|活动|员|指导组)(?:了|的是)?(?P<topic>[^，。；]{2,44})$""",
    re.VERBOSE,
)
# In plain words: 专看井盖补上了没有, 先拎救生衣, 问摘花工.
_PLAIN = (
    re.compile(
        r"(?:专为|只为|专门|专|只|为的是|冲着|就为|想|先去|先|再)(?:来|去)?(?:看|问|查|拎|摸|瞧|学|量|数|听|尝)(?:一?看)?(?:了|的是|的)?(?P<topic>[^，。；]{2,30})"
    ),
    re.compile(r"(?:冲着)(?P<topic>[^，。；]{2,12}?)来"),
    re.compile(r"把(?P<topic>[^，。；]{2,30}?)(?:挨个|逐个|逐一|一[样个家处]一[样个家处]|翻|试|看|查|走|摸)"),
    re.compile(
        r"(?<![督检巡抽排普调])(?:看了?|问|查了?|瞧|学|数|走[完遍]了?|翻了?(?=[三两一半几][天遍]))(?!组|员|队|习|者|校|院|生|步|着|见|到|来|望|起|得)(?:了|的是)?(?P<topic>[^，。；：]{2,30})"
    ),
)
# Talk about this and that (甲、乙等议题) is no topic: then whom one met is what it was about.
_AMONG_OTHERS = re.compile(r"等(?:$|[^，]{0,4}(?:议题|话题|领域|方面|事宜|问题|合作)|领域的?合作)")
_WEAK_TOPIC = re.compile(
    r"(?:工作|情况|活动|时|中|后|组|团|一行|企业|会议|成果|报告|指导|的|了|工作会|点位?|现场|期间|人员)|.{0,2}(?:工作|情况)|.*(?:强调|要求|指出|表示)|[的都是].*|.*的"
)
_HOW = re.compile(r"(?:是不是|有没有|补上|够不够|能不能|牢不牢|活了|收上来|把骨刺).*$")
_WENT = re.compile(
    r"(?:赴|去(?=[^了]{2,12}(?:取经|学|看))|来到|走进|走到|深入|前往|直奔|进了|登上|登了|去了|到了?|沿着|访问|在)(?P<place>[^，。；]{2,30}?)(?:考察|调研|检查|走了|转了|站了|学习|取经|走|敲|看|$)"
)
_PARTY = re.compile(
    r"(?:会见|迎来|接待|接见|见了)了?(?P<party>[^，。；]{2,40}?)(?:一行)?$"
    r"|^(?P<guests>[^，。；]{4,30}?(?:代表团|考察团|交流团|访问团|考察组|参访团))"
)
# Guests in plain words: 山东寿光的二十一位种菜把式|来, 深圳的一家公司|来了.
_CROWD = re.compile(
    r"(?P<guests>[^，。；]{2,24}?(?:[一二三四五六七八九十百\d]+[位名家个]|一[帮拨行队])[^，。；在来走结翻到从跟坐去抵踏访]{1,10}?)"
    r"(?=(?:从.{2,10})?(?:在|来|走|结伴|翻|到|跟|坐|去|抵|踏|访))"
)
_GUESTS = re.compile(
    r"(?P<guests>[^，。；]{2,28}?(?:客人|公司|学会|企业|协会))(?:一行)?(?=来|到|走进|结伴|在|$)"
)
_HEADED = re.compile(
    r"(?P<guests>[^，。；]{2,24}?(?:商会|协会|学会|公司|集团|大学))(?:的)?(?:会长|董事长|总经理|主席|校长)"
)


def purpose(story: Story, candidate: Candidate) -> str | None:
    """The topic of a visit or an inspection, else the place or the party."""
    clause = candidate.clause
    for number, other in enumerate(_told(story, clause)):
        if topic := _topic(story, other, plain=False):
            if _AMONG_OTHERS.search(topic) and (party := _received(story, candidate)):
                return party
            return topic
        if number == 0 and candidate.rule.endswith("looking") and len(candidate.subject) > _LONG_ENOUGH:
            break
    guests = _PARTY.search(bare(undated(story, clause)))
    if guests and guests["guests"] and candidate.type is EventType.VISIT:
        return re.sub(r"^.*?率", "", guests["guests"])
    if candidate.rule == "open":
        visit = candidate.type is EventType.VISIT
        for other in _told(story, clause):
            topic = _topic(story, other, plain=True)
            if topic and not (visit and len(topic) < _TELLING and "怎" not in topic):
                return topic
        if visit and (crowd := _crowd(story, clause)):
            return crowd
        if headline := _in_words(story.draft.headline or "", plain=True):
            return headline
        for other in _told(story, clause):
            if where := _where(story, other):
                return where
    return None


_LONG_ENOUGH = 8  # letters: what a rule took for the topic is more than a place
_CLAUSES = 6
_TELLING = 4  # letters: a shorter topic of a visit is what somebody's eye fell on


def _received(story: Story, candidate: Candidate) -> str | None:
    """Whom somebody receives, where the clause tells of that."""
    if candidate.rule == "visit.receiving":
        return candidate.subject
    party = _PARTY.search(bare(undated(story, candidate.clause)))
    return party["party"] if party else None


def _told(story: Story, clause: Clause) -> Iterator[Clause]:
    """The clause, those behind it in its sentence, and the sentence behind, as long as the paper reports."""
    sentences = story.paragraphs[clause.paragraph].clauses
    behind = [c for c in sentences if c.sentence == clause.sentence + 1]
    for other in (clause, *list(beside(story, clause, after=True))[:_CLAUSES], *behind[:2]):
        if other.speech is not Speech.DEMANDED and not other.quoted:
            yield other


def _topic(story: Story, clause: Clause, *, plain: bool) -> str | None:
    return _in_words(bare(undated(story, clause)), plain=plain)


def _in_words(words: str, *, plain: bool) -> str | None:
    for pattern in _PLAIN if plain else (_ON, _OBJECT):
        for found in pattern.finditer(words):
            topic = _HOW.sub("", found["topic"]).strip("了的：") if plain else found["topic"].strip("了")
            topic = re.sub(r"^(?:咱们?|村里|我们|人家|师傅)怎[么样]", "", topic)
            if len(topic) >= 2 and not _WEAK_TOPIC.fullmatch(topic):
                return topic
    return None


def _crowd(story: Story, clause: Clause) -> str | None:
    """Who comes, where they are counted or only their head is named."""
    words = bare(undated(story, clause))
    found = _CROWD.match(words) or _GUESTS.match(words) or _HEADED.match(words)
    return found["guests"] if found else None


def _where(story: Story, clause: Clause) -> str | None:
    """The party that is received or comes, else the place that is gone to."""
    words = bare(undated(story, clause))
    if party := _PARTY.search(words):
        return party["party"] or party["guests"]
    if went := _WENT.search(words):
        place = went["place"]
        return place.rpartition("的")[2] if len(place.rpartition("的")[2]) >= 2 else place
    return None
