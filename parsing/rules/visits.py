"""Visits (会见, 来访, 赴外地考察) and inspections (调研, 检查, 慰问).

Who comes decides: leaders in their own area, and a superior body that comes to look, inspect; an equal or
outside party visits, whatever the verb.
"""

import re
from collections.abc import Iterator
from functools import cache

from parsing.candidates import Candidate, Story, trimmed, whole
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon
from parsing.model import EventType

_DELEGATION = (
    r"(?:代表团|考察团|访问团|参访团|访问组|考察组|学习组|客人|一行|来宾|嘉宾|代表|考察队|采风团|参观团)"
)
# Where somebody goes, right in front of the verb: [赴大兴区]考察, [先后来到丽泽、看丹就养老工作开展]调研
_GOING = re.compile(
    r"""(?:先后|专程|分别|还|前后)?
        (?P<going>赴|前往|走进|深入|来到|到访|到|来|莅临|抵达|奔赴|率队到|率队赴)
        (?P<place>[^，。；]{1,40}?)
        (?:，|、)? (?:就|对|围绕)? (?:开展|进行|实地|专题|调研|学习)? $""",
    re.VERBOSE,
)
# Bodies above the district, and those that only come to look: [市委]第二[巡视]组
_SUPERIOR = re.compile(
    r"""国家|中央|全国人大|全国政协|部(?:委)?领导
      | 市委|市政府|市人大|市政协|市领导 | 省委|省政府|省人大|省政协|省领导
      | 市[^区县]{1,8}局 | 省[^市区县]{1,8}厅                         # [市生态环境局]
      | 巡视|督查组|督导组|检查组|专家组|评估组|验收组|调研组""",
    re.VERBOSE,
)
_PLACE_ABROAD = re.compile(r"[^，]{0,12}(?:省|自治区|市|县|州|国|盟|旗)")
# Behind the verb it makes a noun of it: 调研[报告], 检查[组], 考察[期间]
_NOUN_AFTER = re.compile(
    r"""^(?: 报告|成果|课题|结果|问卷|数据|标准|项目|费|单|表|通知|力度
          | 组|团|站|中心|队|员|室|院|所|区|处|机构 | 点位$
          | 时|后|中|的|期间|之余|结束
          | 发现|显示|合格 | 工作会|座谈会 | 和督
        )""",
    re.VERBOSE,
)
# In front of the verb it tells daily work: [开展安全]检查, [定期]走访
_ROUTINE = re.compile(
    r"""(?: 开展|进行|加强|加大|强化|落实|做好|组织|联合
          | 定期|每[天日周月]|日常 | 配合|接受|自查|参与|入户 | 安全|专项
        )(?:了)?[^，]{0,6}$""",
    re.VERBOSE,
)
_ONLY_ADVERBS = re.compile(r"(?:先后|还|并|分别|实地|随后|\s)*")
_CHINESE = "\u4e00-\u9fff"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    events = lexicon("events")
    return {
        "meeting": re.compile(any_of(events["visit"]["meeting"])),
        "travelling": re.compile(any_of(events["visit"]["travelling"])),
        "verbs": re.compile(any_of(events["inspection"]["verbs"])),
        "agents": re.compile(any_of(events["inspection"]["agents"])),
    }


def visits(story: Story, clause: Clause) -> Iterator[Candidate]:
    """The candidate for a visit or an inspection in a clause; at most one."""
    for find in (_received, _travelled, _inspected):
        if candidate := find(story, clause):
            yield candidate
            return


def _received(story: Story, clause: Clause) -> Candidate | None:
    text = story.text(clause)[clause.start : clause.end]
    for verb in _patterns()["meeting"].finditer(clause.masked):
        rest, left = text[verb.end() :], text[: verb.start()]
        party = trimmed(story, clause, clause.start + verb.end(), clause.end)
        if verb[0] in ("来访", "到访", "回访"):
            if not re.search(_DELEGATION, left) or re.match(r"的|时|表示|者|期间", rest):
                continue
            guest = trimmed(story, clause, clause.start, clause.start + verb.start())
            return _candidate(clause, EventType.VISIT, "visit.coming", verb, guest.text, None, 0.6)
        if verb[0] in ("接待", "接见", "拜访", "拜会") and not (
            re.search(_DELEGATION, rest) or _leads(story, clause, verb.start())
        ):
            continue
        if verb[0] == "接待" and not re.search(_DELEGATION, rest):
            continue
        if verb[0].startswith("见") and (partner := re.search(r"(?:与|同|和)([^，]{4,40})$", left)):
            host = (clause.start, clause.start + partner.start())
            return _candidate(clause, EventType.VISIT, "visit.receiving", verb, partner[1], host, 0.75)
        if (
            verb[0].startswith("见")
            or len(party.text) < 2
            or re.match(r"时|中|后|的|室|厅|日|能力|游客|量", rest)
        ):
            continue
        subject = re.sub(r"(?:[、，]?等)?一行$|等$", "", party.text)
        return _candidate(
            clause,
            EventType.VISIT,
            "visit.receiving",
            verb,
            subject,
            (clause.start, clause.start + verb.start()),
            0.88,
        )
    return None


def _travelled(story: Story, clause: Clause) -> Candidate | None:
    text = story.text(clause)[clause.start : clause.end]
    for verb in _patterns()["travelling"].finditer(clause.masked):
        left, rest = text[: verb.start()], text[verb.end() :]
        going = _GOING.search(left)
        if _NOUN_AFTER.match(rest) or not going:
            continue
        place = going["place"]
        who = left[: going.start()]
        delegation = bool(re.search(_DELEGATION + r"|率(?:队|团)|带队|区领导|县领导", who + left)) or _leads(
            story, clause, going.start()
        )
        if not delegation:
            continue
        at_home = _at_home(story, place)
        if at_home and not _from_outside(story, who):
            if "考察" not in verb[0]:
                continue
            kind, strength = EventType.INSPECTION, 0.6
        elif at_home and _SUPERIOR.search(who):
            kind, strength = EventType.INSPECTION, 0.75
        else:
            kind, strength = EventType.VISIT, 0.75
        topic = trimmed(story, clause, clause.start + verb.end(), clause.end).text
        guest = trimmed(story, clause, clause.start, clause.start + going.start()).text
        subject = (
            topic if len(topic) >= 3 else (guest if at_home and kind is EventType.VISIT and guest else place)
        )
        return _candidate(
            clause,
            kind,
            f"{kind.value}.travelling",
            verb,
            subject,
            (clause.start, clause.start + going.start()),
            strength,
        )
    return None


def _inspected(story: Story, clause: Clause) -> Candidate | None:
    text = story.text(clause)[clause.start : clause.end]
    for verb in _patterns()["verbs"].finditer(clause.masked):
        left, rest = text[: verb.start()], text[verb.end() :]
        if _NOUN_AFTER.match(rest):
            continue
        led = _leads(story, clause, verb.start()) or bool(
            re.search(r"(?:领导|检查组|督导组|督查组|调研组|工作组|代表|委员|一行|带队|率队)", left)
        )
        inherited = not led and _ONLY_ADVERBS.fullmatch(left) and _leader_before(story, clause)
        if not led and not inherited:
            continue
        going = _GOING.search(left)
        topic = trimmed(story, clause, clause.start + verb.end(), clause.end).text
        topic = re.sub(r"^(?:了|指导)", "", topic)
        place = going["place"] if going else None
        if len(topic) < 2 and not place:
            continue
        if _ROUTINE.search(left) and not going:
            continue
        outside = place is not None and not _at_home(story, place) and _elsewhere(story, place)
        kind = EventType.VISIT if outside and "调研" in verb[0] else EventType.INSPECTION
        end = going.start() if going else verb.start()
        candidate = _candidate(
            clause,
            kind,
            f"{kind.value}.looking",
            verb,
            topic if len(topic) >= 2 else (place or ""),
            (clause.start, clause.start + end),
            0.8 if led else 0.5,
        )
        candidate.place = place
        return candidate
    return None


def _leads(story: Story, clause: Clause, until: int) -> bool:
    """Whether a person or an office stands before an offset of the clause, as who acts."""
    if story.people_in(clause.paragraph, clause.start, clause.start + until):
        return True
    return bool(
        re.search(
            r"(?:书记|区长|县长|市长|镇长|主任|局长|部长|主席|会长|领导)["
            + _CHINESE
            + r"·]{0,4}(?:等|一行)?[^，]{0,16}$",
            story.text(clause)[clause.start : clause.start + until],
        )
    )


def _leader_before(story: Story, clause: Clause) -> bool:
    """Whether the clauses before this one in its sentence name who acts."""
    start, _ = story.paragraphs[clause.paragraph].sentence(clause)
    return bool(story.people_in(clause.paragraph, start, clause.start))


def _at_home(story: Story, place: str) -> bool:
    """Whether a place lies in the paper's own district, as far as its words tell."""
    district = story.district
    if (
        district.areas_in(place)
        or (district.short and district.short in place)
        or any(name in place for name in district.self_names)
    ):
        return True
    return not _elsewhere(story, place)


def _elsewhere(story: Story, place: str) -> bool:
    if story.district.name and (story.district.name in place or story.district.short in place):
        return False
    found = _PLACE_ABROAD.match(place)
    return bool(found) and not re.match(r"(?:全|本|我|区|市|[^省]{2,4}市(?:场|民|政))", place)


def _from_outside(story: Story, who: str) -> bool:
    """Whether those who come are of another place or of a higher level."""
    own = story.district
    if own.name and own.name in who:
        return False
    return bool(_PLACE_ABROAD.search(who) or _SUPERIOR.search(who) or re.search(_DELEGATION, who))


def _candidate(
    clause: Clause,
    kind: EventType,
    rule: str,
    verb: re.Match[str],
    subject: str,
    holder: tuple[int, int] | None,
    strength: float,
) -> Candidate:
    start, end = whole(clause)
    return Candidate(
        type=kind,
        rule=rule,
        trigger=verb[0],
        clause=clause,
        start=start,
        end=end,
        at=clause.start + verb.start(),
        subject=subject,
        strength=strength,
        holder=holder,
    )
