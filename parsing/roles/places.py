"""Where an event happens, as far as its sentence tells, and the streets and towns it concerns."""

import re

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.model import EventType
from parsing.roles.subjects import opening

_VENUE = re.compile(
    r"""在(?P<place>[^，。；在的]{2,24}?)
    (?:正式|隆重|火热|同步|陆续|盛大|如期|联合|共同|现场|圆满|温暖|精彩)*
    (?:召开|举行|举办|开展|启动|开幕|启幕|开讲|开演|上演|开工|动工|破土|奠基|签约|签署|签下|揭牌|挂牌|落成|发布|亮相|开赛|开跑|开锣|鸣|拉开|落幕
      |闭幕|开园|开业|投产|投用|启用|运营|上线|落下|开街|首发|正式|免费|展出|会见|打下|收官|大幕)""",
    re.VERBOSE,
)
_LIES = re.compile(r"(?:位于|坐落于|坐落在|地处)(?P<place>[^，。；的]{2,20})的")
# Where leaders go: 赴雨花台街道督查, 先后来到堤角闸口、朱家河段，
_GOES = re.compile(
    r"""(?:率[^，。；]{0,14}?|带队|带领[^，。；]{2,20}?|一行|先后|首先|冒雨|深入)*
    (?:赴|前往|来到|到访|到(?![位底达期])|走进|深入(?=[^推学贯]))
    (?P<place>[^，。；]{2,40}?)
    (?:，|。|；|$|等[^，。；]{0,8}|实地|开展|考察|调研|检查|督导|督查|走访|慰问|看望|视察|暗访|学习|宣讲|参观|交流|巡查|指导|进行|召开)""",
    re.VERBOSE,
)
_COMES_HOME = re.compile("来(?P<place>我[区市县旗]|[\u4e00-\u9fff]{2,5}?)(?:考察|访问|参观|学习|交流|调研)")
_LOOKS_AT = re.compile(
    r"(?:走访|慰问|暗访|检查|督导|先后拜访)(?P<place>[^，。；]{2,30}?)(?:的|等|食品|安全|防汛|情况|，|$)"
)
# What is closed or without water: all that stands before the verb.
_CLOSED = re.compile(
    r"""(?P<place>[^，。；]{2,40}?)
    (?:将|实行|实施|分时段|临时|全天|暂停|停水|停电|停气|停暖|断水|断电|禁止|封闭|[东西南北]?半幅|[由自][东西南北]|双向|单向|开放|闭馆|推迟|照常|每[日周天]|照旧|关闭|限行|限速|停驶|施工
      |\d+月|\d+日|\d+时|非机动车|机动车|并|恢复|延长|调整)""",
    re.VERBOSE,
)
_NOT_THERE = re.compile(
    r"(?:会上|期间|现场|会议|工作|精神|情况|活动|过程|基础|[^中]中|下|线上|网上|交流|企业|群众|居民|于|为|时间|公司)$|^(?:全国|线上|网上|我)|[《》]|公众号|视频号"
)


def place_of(story: Story, candidate: Candidate) -> str | None:
    """The venue, the destination or what is closed, as printed; None where the sentence tells none."""
    if candidate.place:
        return candidate.place
    clause = candidate.clause
    match candidate.type:
        case EventType.VISIT | EventType.INSPECTION:
            return _destination(story, clause)
        case EventType.NOTICE:
            found = _CLOSED.match(story.text(clause), opening(story, clause), clause.end)
            return _clean(found["place"]) if found else None
        case EventType.FIGURE | EventType.AWARD:
            return None
        case EventType.LAUNCH:
            return _first(clause.text, _VENUE, _LIES) or _head(story, clause)
        case _:
            return _first(clause.text, _VENUE, _LIES)


def areas_of(
    story: Story, candidate: Candidate, actors: tuple[str, ...], place: str | None
) -> tuple[str, ...]:
    """Streets and towns of the district pack that the evidence, the actors, the venue or the passage names."""
    clause = candidate.clause
    start, end = story.paragraphs[clause.paragraph].segment(clause)
    words = [story.text(clause)[start:end], *actors, place or "", story.topics.get(clause.index, "")]
    return tuple(dict.fromkeys(area.name for text in words for area in story.district.areas_in(text)))


def _first(text: str, *patterns: re.Pattern[str]) -> str | None:
    for pattern in patterns:
        for found in pattern.finditer(text):
            if place := _clean(found["place"]):
                return place
    return None


def _destination(story: Story, clause: Clause) -> str | None:
    """Where somebody goes: in the clause, else in the next ones of its sentence (先后来到…)."""
    same = [c for c in story.paragraphs[clause.paragraph].clauses if c.sentence == clause.sentence]
    others = [c for c in same if c.index != clause.index and c.segment == clause.segment]
    home = _COMES_HOME.search(clause.text)
    if home is not None and story.district.name:
        return story.district.name
    for other in (clause, *reversed([c for c in others if c.index < clause.index]), *others):
        if place := _first(other.text, _VENUE, _GOES):
            return place
    return _first(clause.text, _LOOKS_AT)


def _head(story: Story, clause: Clause) -> str | None:
    """The place that the name of what is opened begins with: 方庄街道|卫生服务站启用."""
    start = opening(story, clause)
    body = next((b for b in story.bodies_in(clause.paragraph, start, clause.end) if b.start == start), None)
    if body is None or story.text(clause).startswith(("完成", "启动", "推出"), body.end):
        return None
    area = re.match("[\u4e00-\u9fff]{2,6}?(?:街道|镇|乡)(?:[\u4e00-\u9fff]{2,8}?(?:社区|村))?", body.name)
    return area[0] if area else None


def _clean(place: str) -> str | None:
    """The place without what only looks like one."""
    plain = place.strip(" 、“")
    return None if _NOT_THERE.search(plain) or len(plain) < 2 else plain
