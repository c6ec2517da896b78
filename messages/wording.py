"""How each type of event is put into a Chinese sentence part: who + did + what.

Verbs are taken from the evidence where it has one, so that a title claims no more than the page. Nothing is
said twice: an actor or a verb that the subject already holds is left out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsing.model import EventType, Stage

NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of an event, each cleaned to one line."""

    subject: str
    actors: tuple[str, ...]
    people: tuple[str, ...]
    place: str
    stage: Stage | None
    evidence: str

    @property
    def who(self) -> tuple[str, ...]:
        """Bodies, or people where no body is told."""
        return self.actors or self.people

    def free(self, words: str) -> tuple[str, ...]:
        """Those of `who` that `words` do not name."""
        return tuple(name for name in self.who if name not in words)

    def verb(self, pattern: str, default: str) -> str:
        """The first of some verbs in the evidence, outside the subject where possible."""
        for text in (self.evidence.replace(self.subject, "　"), self.evidence):
            found = re.search(pattern, text)
            if found:
                return found[0]
        return default


def names(some: Sequence[str]) -> str:
    """王佐镇、西庄店村、南官村, with 等 after the third where there are more."""
    return "、".join(some[:NAMES_SHOWN]) + ("等" if len(some) > NAMES_SHOWN else "")


def sentence(event_type: EventType, facts: Facts) -> str:
    """The title; `facts.subject` must not be empty."""
    return _SENTENCES[event_type](facts)


_MEETING = re.compile(r"(会|会议|大会|论坛|沙龙)[）)”\"》]*$")
_TALK = re.compile(r"^(座谈|协商|会商|研究|部署|审议|讨论|交流|约谈)|(座谈|会谈|会商|交流|反馈)$")
_DOING = re.compile(r"^(接待|看望|慰问|走访|检查|督导|督查|调研|视察|指导|暗访|考察|查看|察看|观摩|集中)")
_GOING = re.compile(r"考察|学习|会见|来访|到访|参观|访问|拜访|交流")
_PARTY = re.compile(r"(团|一行|组|队|人员|集团|公司)$")
_CEREMONY = re.compile(r"(仪式|启动会|发布会|吹风会|大会|签约会|推介会)[”》]*$")
_PRIZE = re.compile(r"(奖|奖项|嘉奖|表扬|冠军|亚军|季军|第.名|称号|表彰|奖杯|奖牌|大奖)[”》]*$")
_LIST = re.compile(r"(名单|名录|百强|榜|榜单|候选|试点|试点城市)[”》]*$")
_CONTRACT = re.compile(r"(协议|协定|合同|备忘录|意向书|协议书|公约|声明|方案|计划|议定书|》)[”]*$")
_RULE = re.compile(r"(条例|办法|规定|政策|协议|方案|意见|细则|[0-9一二三四五六七八九十]+条|》)[”]*$")
_DRILL = re.compile(r"(活动|宣讲|义诊|演练|培训|宣传|教育|行动|服务|慰问|普查)[”》]*$")
_HELD = re.compile("举办|举行|主办|承办|组织|推出|上演|启幕|开幕|启动|落幕|开讲")
_OCCASION = re.compile(
    r"(会|节|展|赛|季|周|月|日|营|课|讲座|讲堂|论坛|演出|典礼|仪式|市集|集市|沙龙|比赛|决赛)[”》]*$"
)
_QUOTED = re.compile('[“”《》「」"]')
_WORK = "《[^《》]{1,40}》"
_HONOURED = "获评|荣获|荣膺|斩获|摘得|获颁|获得|入选|被.{0,12}(?:评为|命名为|列为|确定为|授予)"
_NUMBER = re.compile(
    r"[0-9０-９]|[百千万亿]|首位|第[一二三四五六七八九十]|最[低高多好快]|翻|[一二三四五六七八九十两]+[个条项家人次名件处座场]"
)
_RISES = re.compile("攀升|达|增|升至|降|突破|超过|首次|累计|同比|环比|为")
_CHANGE = re.compile(r"同比|环比|增长|下降|增幅|降幅|较|提[升高]|占")


def _meeting(facts: Facts) -> str:
    subject = facts.subject
    if _TALK.search(subject) and not _MEETING.search(subject):
        return names(facts.free(subject)) + subject
    if not _MEETING.search(subject):
        return f"{names(facts.who)}开会：{subject}" if facts.who else f"会议：{subject}"
    verb = facts.verb("召开|举行|举办", "召开")
    if subject.startswith(verb):
        return names(facts.free(subject)) + subject
    free = facts.free(subject)
    if free and len(free) == len(facts.who):
        return f"{names(free)}{verb}{subject}"
    head = next((name for name in facts.who if subject.startswith(name) and subject != name), None)
    if head:
        return f"{head}{verb}{subject.removeprefix(head)}"
    return subject + verb


def _visit(facts: Facts) -> str:
    subject, who = facts.subject, facts.who
    if not who:
        return subject if _GOING.search(subject) else f"考察{subject}"
    host, others = who[0], (*who[1:], *(name for name in facts.people if name != who[0]))
    if re.match(r"会见|会晤|来访|到访|考察|参观|访问|拜访|赴", subject):
        return names(facts.free(subject)) + subject
    if subject in host:
        return f"{host}到访{facts.place}" if facts.place and facts.place != subject else f"{host}来访"
    if host in subject:
        return subject if _GOING.search(subject) else f"{subject}来访"
    if re.search("(调研|考察|学习|访问)$", subject):
        return f"{names(facts.free(subject))}开展{subject}"
    if host in facts.people:
        if any(name in subject for name in others):
            return f"{host}{facts.verb('会见|会晤|拜访|看望', '会见')}{subject}"
        if len(facts.actors) > 1:
            return f"{host}会见{names(facts.actors[1:])}，谈{subject}"
        verb = facts.verb("考察|参观|访问|拜访|学习", "考察")
        return f"{host}{'考察' if re.search('(工作|合作|发展)$', subject) else verb}{subject}"
    if subject == facts.place:
        return f"{names(who)}到访{subject}"
    if len(facts.actors) > 1 and not _GOING.search(facts.evidence):
        return f"{names(facts.actors)}会面，谈{subject}"
    where = f"到{facts.place}" if facts.place and facts.place not in subject else ""
    verb = facts.verb("考察|参观|访问|交流|学习", "考察")
    joined = subject if subject.startswith(verb) else verb + subject
    return f"{names([name for name in who if name != facts.place])}{where}{joined}"


def _inspection(facts: Facts) -> str:
    subject = facts.subject
    who = names(facts.free(subject))
    if _DOING.search(subject):
        return who + subject
    verb = facts.verb(
        "走访慰问|看望慰问|走访调研|调研检查|检查指导|督导检查|考察调研|检查|督导|督查|视察|暗访|慰问|看望|走访"
        "|考察|调研|察看|查看|观摩",
        "调研",
    )
    if re.search("(情况|工作)$", subject) and re.search("走访|慰问|看望", verb):
        verb = "调研"  # people are called on, not circumstances
    return f"{who}{verb}{subject}"


_STAGES = {
    Stage.START: ("开工|动工|奠基|启动|开建", "启动"),
    Stage.OPENING: (
        "揭牌|挂牌|开园|开业|开街|开馆|开通|启用|投产|投入使用|投用|上线|通车|开放|开门迎客|并网"
        "|试运[行营]|运营|投运",
        "开放",
    ),
    Stage.COMPLETION: ("竣工|完工|落成|建成|贯通|封顶|完成", "竣工"),
}
_TRANSITIVE = ("启动", "开通", "启用", "上线", "完成", "建成")


def _launch(facts: Facts) -> str:
    subject = facts.subject
    pattern, default = _STAGES[facts.stage or Stage.START]
    if facts.stage is Stage.COMPLETION and re.search("(工作|任务|腾退|改造|建设)$", subject):
        default = "完成"
    verb = facts.verb(pattern, default)
    if _CEREMONY.search(subject):
        return f"{subject}举行"
    if re.search(f"({pattern})$", subject):
        return subject
    free = facts.free(subject)
    if re.match(pattern, subject):
        return names(free) + subject
    if free and verb in _TRANSITIVE:
        return f"{names(free)}{verb}{subject}"
    return subject + verb


def _award(facts: Facts) -> str:
    subject = facts.subject
    if re.match("获|荣获|入选|斩获|摘得|被", subject):
        return names(facts.free(subject)) + subject
    verb = "获评"
    if _LIST.search(subject) or "入选" in facts.evidence:
        verb = "入选"
    elif _PRIZE.search(subject):
        verb = "获"
    work = re.search(f"({_WORK})[^，。；]{{0,8}}(?:{_HONOURED})", facts.evidence)
    made = work[1] if work and work[1].strip("《》") not in subject else ""
    free = facts.free(subject)
    if not free and not made:
        return f"获奖荣誉：{subject}"
    marked = subject if verb == "获" or _QUOTED.search(subject) else f"“{subject}”"
    return names(free) + made + verb + marked


def _agreement(facts: Facts) -> str:
    subject, free = facts.subject, facts.free(facts.subject)
    who = f"{free[0]}与{free[1]}" if len(free) == 2 else names(free)
    if _CEREMONY.search(subject):
        return f"{subject}举行"
    if re.match("签", subject):
        return who + subject
    if "签约" in subject or "签署" in subject:
        return (
            who + subject
            if re.match(r"[0-9]|一批|[一二三四五六七八九十两]+[个家]|项目", subject)
            else subject
        )
    if _CONTRACT.search(subject):
        verb = facts.verb("签署|签订", "签署")
        return f"{who}{verb}{subject}" if who else subject + verb
    return f"{who}签约：{subject}" if who else f"签约：{subject}"


def _release(facts: Facts) -> str:
    subject = facts.subject
    if _CEREMONY.search(subject):
        holder = names(facts.free(subject))
        return f"{holder}举行{subject}" if holder else f"{subject}举行"
    verb = facts.verb("印发|出台|公布|公示|揭晓|发布|通报", "发布")
    if subject.startswith(verb):
        return names(facts.free(subject)) + subject
    if subject.endswith(verb):
        return subject
    shown = f"《{subject}》" if f"《{subject}》" in facts.evidence else subject
    free = facts.free(subject)
    return f"{names(free)}{verb}{shown}" if free else shown + verb


def _activity(facts: Facts) -> str:
    subject, free = facts.subject, facts.free(facts.subject)
    if not free:
        return subject
    if re.match("走进|书写|参观|学习|观看|组织|举办|开展|举行|慰问|走访|体验|开放", subject):
        return names(free) + subject
    default = "开展" if _DRILL.search(subject) else "举办"
    if "开展" in facts.evidence and not re.search("展[”》]*$", subject):
        default = "开展"
    if default == "举办" and not _OCCASION.search(subject) and not _HELD.search(facts.evidence):
        return f"{names(free)}：{subject}"  # a doing, not an occasion
    return f"{names(free)}{default}{subject}"


def _figure(facts: Facts) -> str:
    words = figure_words(facts)
    free = facts.free(words)
    if free:
        words = re.sub("^(全区|我区|本区|全市|全县|全镇)", "", words)
    if len(free) == 1:  # 区政务服务中心 and 政务服务中心共办结…: what both hold is said once
        shared = next((n for n in range(len(words), 1, -1) if free[0].endswith(words[:n])), 0)
        words = words[shared:]
    return names(free) + words


def figure_words(facts: Facts) -> str:
    """The metric with its number, as the evidence has them; the metric alone where it tells none."""
    subject, evidence = facts.subject, facts.evidence
    lengths = range(len(subject), 1, -1)
    shared = next((subject[-n:] for n in lengths if subject[-n:] in evidence), "")
    if not shared:
        clause = re.split("[，；。]", evidence)[0]
        return subject + clause if _RISES.match(clause) and _NUMBER.search(clause) else subject
    at = evidence.find(shared)
    tail = re.split("[，；。]", evidence[at:])
    told = tail[0]
    if len(tail) > 1 and _CHANGE.search(tail[1]) and _NUMBER.search(tail[1]):
        told = f"{told}，{tail[1]}"
    if _NUMBER.search(told[len(shared) :]):
        return subject.removesuffix(shared) + told
    if shared != subject:
        return subject
    clause = re.split("[，；。]", evidence[:at])[-1] + tail[0]
    return clause if _NUMBER.search(clause) else subject


def _notice(facts: Facts) -> str:
    subject, place, evidence = facts.subject, facts.place, facts.evidence
    moved = re.search(f"{re.escape(subject)}.{{0,6}}?(推迟|延期|改期|取消)", evidence)
    if moved and not re.search("推迟|延期|改期|取消", subject):
        return subject + moved[1]
    if _RULE.search(subject) and re.search("施行|实施|生效|执行", evidence):
        return subject + facts.verb("施行|实施|生效|执行", "施行")
    if "报名" in evidence and "报名" not in subject and re.search("(班|赛|营|活动|课)[”》]*$", subject):
        return subject + "报名"
    if place and len(subject) <= 8 and len(place) <= 30 and place not in subject:
        return place + subject
    return subject


_SENTENCES: dict[EventType, Callable[[Facts], str]] = {
    EventType.MEETING: _meeting,
    EventType.VISIT: _visit,
    EventType.INSPECTION: _inspection,
    EventType.LAUNCH: _launch,
    EventType.AWARD: _award,
    EventType.AGREEMENT: _agreement,
    EventType.RELEASE: _release,
    EventType.ACTIVITY: _activity,
    EventType.FIGURE: _figure,
    EventType.NOTICE: _notice,
}
