"""Agreements: 甲与乙签署…协议, 双方达成合作意向, 签约."""

import re
from collections.abc import Iterator
from functools import cache

from parsing.candidates import Candidate, Story, trimmed, whole
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon, verbose
from parsing.model import EventType

# Who signs, in front of the verb: 区政府[与甲集团], [三家]企业
_PARTIES = re.compile(r"与[^，]{2,40}|和[^，]{2,40}|双方|三方|多方|[\d一二两三四五六七八九十]+[家个项]|分别")
# Behind 签约 it goes on as a verb does: 签约[落地]
_SIGNED_AFTER = re.compile(r"^(?:$|[、（”]|落地|入驻|仪式|并|了|合作|共建)")
# Behind 签约 it names what is signed up, or who: 签约[项目], 签约[家庭]医生
_NOMINAL_SIGNING = verbose(
    r"""^(?: 的|率|数|额|金额|资金|面积                               # 签约[率]
          | 项目|企业|服务|客户|商户|主体|单位|公司|助餐|管理
          | 居民|家庭|医生|歌手|作家|演员|球员
          | 后|前|时
        )"""
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = lexicon("events")["agreement"]
    objects = any_of(table["objects"])
    return {
        "signing": re.compile(
            any_of(table["signing"]) + r"(?:了)?(?P<object>[^，；。]{0,50}" + objects + r"[”》]?)"
        ),
        "signing_quoted": re.compile(any_of(table["signing"]) + r"(?:了)?(?P<object>[《“].{2,60}?[》”])"),
        "reaching": re.compile(any_of(table["reaching"]) + r"(?P<object>[^，；。]{0,30})"),
        "signed": re.compile(any_of(table["signed"])),
    }


def agreements(story: Story, clause: Clause) -> Iterator[Candidate]:
    """The candidate for an agreement in a clause; at most one."""
    text = story.text(clause)[clause.start : clause.end]
    patterns = _patterns()
    for name in ("signing_quoted", "signing"):
        if match := patterns[name].search(clause.masked):
            span = match.span("object")
            subject = re.sub(r"^(?:了|一[份项批]|[\d两三四五六七八九十]+[份项])", "", text[span[0] : span[1]])
            yield _candidate(story, clause, match, subject, "signing", 0.88)
            return
    if match := patterns["reaching"].search(clause.masked):
        strong = "达成" in match[0] or "结" in match[0][:1] or "建立" in match[0]
        if strong or _PARTIES.search(clause.masked[: match.start()]):
            before = re.search(r"就(.{2,30})$", text[: match.start()])
            yield _candidate(
                story, clause, match, before[1] if before else match[0], "reaching", 0.8 if strong else 0.5
            )
            return
    for match in patterns["signed"].finditer(clause.masked):
        rest = clause.masked[match.end() :]
        if _NOMINAL_SIGNING.match(rest):
            continue
        if _PARTIES.search(clause.masked[: match.start()]) or (
            _SIGNED_AFTER.match(rest) and match.start() >= 4
        ):
            subject = trimmed(story, clause, clause.start, clause.start + match.start()).text
            tail = re.match(r"[^，]*?(?:项目|合作|协议)", rest)
            if tail:
                subject = tail[0]
            yield _candidate(story, clause, match, subject, "signed", 0.6)
            return


def _candidate(
    story: Story, clause: Clause, match: re.Match[str], subject: str, rule: str, strength: float
) -> Candidate:
    start, end = whole(clause)
    left = trimmed(story, clause, clause.start, clause.start + match.start())
    return Candidate(
        type=EventType.AGREEMENT,
        rule=f"agreement.{rule}",
        trigger=match[0][:4] if rule != "signed" else match[0],
        clause=clause,
        start=start,
        end=end,
        at=clause.start + match.start(),
        subject=subject.strip("“”《》"),
        strength=strength,
        holder=(left.start, left.end),
    )
