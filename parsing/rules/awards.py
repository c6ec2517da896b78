"""Honours received: 甲获评A, 被乙评为B, 荣获A、B和C.

One honour is one event. The giver in 被…评为 is not the receiver; what stands before the predicate is.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon, verbose
from parsing.model import EventType

# What it is called, behind its name: 全国文明村[等三项荣誉称号], 美食之乡[美誉]
_TAIL = verbose(
    r"""(?:等)? (?: [\d一二两三四五六七八九十]+[项个] )?
        (?: 荣誉称号|称号|荣誉|殊荣|牌匾|招牌|美誉|桂冠|头衔|名号 )$
    """
)
_QUOTED = re.compile(r"“[^”]{2,40}”")
# What one gets besides honours: 获得[一致]好评, 赢得[了肯定], 获[融资]; … and what ends as none: 获得较高的满意[率]
_NOT_AN_HONOUR = verbose(
    r"""^(?:了|过|着)?
        (?: 一致|广泛|高度|普遍|群众|居民|市民|大家|各方|社会|专家|领导      # 赢得[居民]点赞
          | 丰收|成功|突破|进展|成效|成果|好评|点赞|认可|肯定|赞誉|支持|帮助|机会
          | 资金|投资|补贴|奖励资金|融资|许可|批复|专利|授权|利润|收入        # 获[批复]
          | 良好|显著|积极|明显|阶段性|更多
          | 感|满足|信息|灵感|启示|经验|知识|证书$|优势|主动               # 取得[主动]
        )
      | 获得感 | (?:率|数量|人数|面积|增长|好评|点赞|一致认可|成效|进展|效果)$"""
)
# What a verb that takes anything must have for its object: 获得一等[奖], 获得公益[示范]点
_NOTED = re.compile("奖|榜|冠军|亚军|季军|名录|示范")
# These need an honour by name behind them, since one [登上] a hill and [拿下] an order too.
_NEEDS_NAME = frozenset(
    ("登上", "位列", "拿下", "当选", "获批", "摘下", "荣升", "包揽", "成功申报", "评为", "荣登")
)
# … and these the mark of a level too (全国, 市级): a street is [列入] a plan.
_NEEDS_LEVEL = frozenset(("列入", "纳入", "列为", "确定为"))
# These need nothing behind them: 怪村榜样[入选]
_ALONE = frozenset(("入选", "上榜", "折桂", "夺魁", "登榜", "成功创建", "创成"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = lexicon("events")["award"]
    honour = any_of(table["honours"])
    return {
        "passive": re.compile(r"被(?P<giver>[^，；。]{0,24}?)(?P<verb>" + any_of(table["passive"]) + r")"),
        "strong": re.compile(r"(?P<verb>" + any_of(table["strong"]) + r")(?:了|到)?"),
        "weak": re.compile(r"(?P<verb>" + any_of(table["weak"]) + r")(?:了|到)?"),
        "honour_end": re.compile(honour + r"[”》]?$"),
        "marks": re.compile(any_of(table["marks"])),
    }


def awards(story: Story, clause: Clause) -> Iterator[Candidate]:
    """Candidates for each honour that a clause says was received."""
    patterns = _patterns()
    for name, strength in (("passive", 0.9), ("strong", 0.88), ("weak", 0.7)):
        for match in patterns[name].finditer(clause.masked):
            if found := list(_received(story, clause, match, name, strength)):
                yield from found
                return


def named_honour(text: str) -> bool:
    """Whether a phrase names an honour: quoted, or ending as honours end."""
    return bool(
        _QUOTED.search(text) or _patterns()["honour_end"].search(_without_tail(text)) or _TAIL.search(text)
    )


def _received(
    story: Story, clause: Clause, match: re.Match[str], rule: str, strength: float
) -> Iterator[Candidate]:
    left = trimmed(story, clause, clause.start, clause.start + match.start())
    begin, end = clause.start + match.end(), clause.end
    text = story.text(clause)
    right = text[begin:end]
    if _NOT_AN_HONOUR.search(right) and not _QUOTED.search(right):
        return
    named = named_honour(right)
    verb = match["verb"]
    if rule == "weak" and not (
        named
        and (
            _QUOTED.search(right)
            or _patterns()["marks"].search(right)
            or _TAIL.search(right)
            or _NOTED.search(right)
        )
    ):
        return
    if rule == "passive" and verb in _NEEDS_LEVEL and not (named and _patterns()["marks"].search(right)):
        return
    if len(right.strip()) < 2 and not (verb in _ALONE and len(left.text) >= 2):
        return
    if verb in _NEEDS_NAME and not named:
        return
    parts = _parts(right)
    for offset, length in parts:
        part = right[offset : offset + length]
        subject = _without_tail(part).strip("、，和与及 ")
        candidate = Candidate(
            type=EventType.AWARD,
            rule=f"award.{rule}",
            trigger=("被…" + verb) if rule == "passive" else verb,
            clause=clause,
            start=clause.start if offset == 0 else begin + offset,
            end=begin + offset + length if len(parts) > 1 else clause.end,
            at=clause.start + match.start("verb"),
            subject=subject or left.text,
            subject_at=(begin + offset, begin + offset + len(part)),
            strength=strength if named else strength - 0.15,
            holder=(left.start, left.end),
        )
        if rule == "passive" and match["giver"]:
            candidate.notes["giver"] = match["giver"]
        if named:
            candidate.notes["named"] = "yes"
        yield candidate


def _without_tail(text: str) -> str:
    """An honour's name without 称号, 荣誉 and the like behind it."""
    plain = text.strip()
    for _ in range(2):
        plain = _TAIL.sub("", plain)
    return plain or text


def _parts(right: str) -> list[tuple[int, int]]:
    """The honours of a list, as (offset, length): “A”“B”, A、B和C; one part where it is no list of honours."""
    quoted = list(_QUOTED.finditer(right))
    if len(quoted) > 1 and all(
        re.fullmatch(r"[、和与及，]?(?:以及)?[^“，]{0,14}", right[a.end() : b.start()])
        for a, b in pairwise(quoted)
    ):
        cuts = [0, *(q.end() for q in quoted[:-1]), len(right)]
        return [(a, b - a) for a, b in pairwise(cuts)]
    pieces = [m.span() for m in re.finditer(r"[^、]+", right)]
    if len(pieces) > 1 and "“" not in right:
        last_start, last_end = pieces[-1]
        tail = _TAIL.search(right)
        joint = re.search("和|及|与", right[last_start:last_end])
        if (
            joint
            and all(_ends_as_honour(right[a:b]) for a, b in pieces[:-1])
            and _ends_as_honour(right[last_start : last_start + joint.start()])
        ):
            pieces[-1:] = [(last_start, last_start + joint.start()), (last_start + joint.end(), last_end)]
        if all(_ends_as_honour(right[a:b]) for a, b in pieces[:-1]) and (
            tail or _ends_as_honour(right[pieces[-1][0] : pieces[-1][1]])
        ):
            return [(a, b - a) for a, b in pieces]
    return [(0, len(right))]


def _ends_as_honour(part: str) -> bool:
    return len(part) >= 3 and bool(_patterns()["honour_end"].search(_without_tail(part)))
