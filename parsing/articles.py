"""Blocks into articles: which headline belongs to which body, and in which order its lines are read."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from parsing.furniture import DATELINE, is_bullet
from parsing.layout import Block, BlockKind
from parsing.text import Strand, bigrams

# A headline's line that ends in one of these needs another line as its object.
_HUNGRY = re.compile(
    r"(?:喜获|荣获|获评|获颁|获得|斩获|摘得|入选|当选|召开|举行|举办|启动|发布|印发|出台|助力|打造|迎来|走进|亮相|拉开|点亮)$"
)
# A line that reads on from one before it.
_PREDICATE_FIRST = re.compile(
    r"^(?:正式|顺利|全面|圆满|成功|在.{2,12}|\S{2,8}沿线|主体结构)?(?:启动|开工|动工|破土|封顶|开园|开业|启用|开通|通车|投用|落成|竣工|开幕|启幕|上线)"
)
_NOTICE_HEADLINE = re.compile(
    r"便民|提示|公告|公示|指南|通知|通告|须知|预告|服务台|服务信息|生活信息|资讯|停水|停电|停气|出行|日历|去哪儿"
)


@dataclass(slots=True)
class Draft:
    """An article while it is put together."""

    headlines: list[Strand] = field(default_factory=list)
    body: list[Strand] = field(default_factory=list)
    captions: list[Strand] = field(default_factory=list)
    continued: bool = False  # begins after a jump line: its lead stands on another page
    listed: bool = False  # one item of a list
    section: str = ""  # headline of the list or column it stands in

    @property
    def has_dateline(self) -> bool:
        return bool(self.body and DATELINE.match(self.body[0].text))

    @property
    def is_notice(self) -> bool:
        """Whether the headline says that residents are told something."""
        words = " ".join([self.section, *(line.text for line in self.headlines)])
        return bool(_NOTICE_HEADLINE.search(words))

    @property
    def headline(self) -> str | None:
        """The main headline in natural reading order; None where there is none."""
        lines = [line.text for line in self.headlines]
        if (
            len(lines) == 1 and " " in lines[0]
        ):  # two lines of one headline that the text layer put side by side
            halves = lines[0].split()
            return " ".join(reversed(halves)) if len(halves) == 2 and _swapped(*halves) else lines[0]
        if not lines:
            return None
        if len(lines) == 1:
            return lines[0]
        for first, second in pairwise(lines):
            if _swapped(first, second):
                return f"{second} {first}"
        if _HUNGRY.search(lines[0]) or _PREDICATE_FIRST.match(lines[1]) or _cut_in_two(lines[0], lines[1]):
            return f"{lines[0]} {lines[1]}"
        return self._nearest_line(lines)

    def _nearest_line(self, lines: list[str]) -> str:
        """Of kicker, headline and subhead the one that shares most with the lead; the first where they tie."""
        lead = bigrams("".join(part.text for part in self.body[:1])[:120])
        return max(lines, key=lambda line: len(bigrams(line) & lead) / (len(bigrams(line)) or 1))


def drafts(blocks: list[Block]) -> list[Draft]:
    """The articles of a page, in the order of their bodies."""
    found: list[Draft] = []
    pending: list[Strand] = []
    captions: list[Strand] = []
    jumped = False
    for block in blocks:
        match block.kind:
            case BlockKind.MASTHEAD | BlockKind.BYLINE:
                continue
            case BlockKind.JUMP_LINE:
                jumped = True
            case BlockKind.CAPTION:
                captions.append(block.strand)
            case BlockKind.HEADLINE:
                pending.append(block.strand)
            case BlockKind.BODY if is_caption_between(block, pending, found):
                captions.append(block.strand)
            case BlockKind.BODY:
                _take(block.strand, found, pending, jumped)
                jumped = False
                found[-1].captions += captions
                pending, captions = [], []
    if found:
        _give_back(found[-1], None, pending)
        found[-1].captions += captions
    elif captions:  # nothing but short sentences: then they are the page
        found.append(Draft(headlines=pending, body=captions))
    elif pending:
        found.append(Draft(headlines=pending[:1], body=pending[1:] or pending[:1]))
    return found


def is_caption_between(block: Block, pending: list[Strand], found: list[Draft]) -> bool:
    """Whether a short sentence under headlines is the words below a picture, not the start of a body."""
    text = block.text
    plain = len(text) <= 26 and text.endswith("。") and text.count("。") == 1 and not is_bullet(text)
    return plain and bool(pending or not found) and not re.search(r"\d|本报讯|日|记者", text)


def _take(strand: Strand, found: list[Draft], pending: list[Strand], jumped: bool) -> None:
    """Put a body paragraph where it belongs: into a new article, or on with the last one."""
    bullet, dateline = is_bullet(strand.text), bool(DATELINE.match(strand.text))
    last = found[-1] if found else None
    if last is None or pending or dateline or jumped:
        new = Draft(body=[strand], continued=jumped, listed=bullet)
        _give_back(last, new, pending)
        new.section = " ".join(line.text for line in new.headlines) if bullet else ""
        found.append(new)
    elif bullet and last.listed:
        found.append(Draft(body=[strand], listed=True, section=last.section))
    else:
        last.body.append(strand)


def _give_back(before: Draft | None, after: Draft | None, lines: list[Strand]) -> None:
    """Deal the headlines between two bodies to the one above and the one below.

    A headline that a text layer puts after its body shares its words with the body above; the cut is where
    the two shares together are greatest. A body that has its headline already takes no other.
    """
    if not lines:
        return
    if before is None or after is None:
        taker = after or before
        if taker is not None and not taker.headlines:
            taker.headlines += lines
        return
    cuts = range(len(lines) + 1) if not before.headlines and before.has_dateline else (0,)
    cut = max(cuts, key=lambda n: (_share(lines[:n], before) + _share(lines[n:], after), -n))
    before.headlines += lines[:cut]
    after.headlines += lines[cut:]


def _share(lines: list[Strand], draft: Draft) -> float:
    pairs = bigrams("".join(line.text for line in lines))
    if not pairs:
        return 0.0
    body = bigrams("".join(part.text for part in draft.body)[:1500])
    return len(pairs & body) / len(pairs) * len(lines)


def _swapped(first: str, second: str) -> bool:
    """Whether two lines of one headline stand in the wrong order: the predicate or the object came first."""
    if _HUNGRY.search(second):
        return not _HUNGRY.search(first)
    return bool(_PREDICATE_FIRST.match(first)) and not _PREDICATE_FIRST.match(second)


def _cut_in_two(first: str, second: str) -> bool:
    """Whether two lines are one sentence: the first has no predicate of its own and opens a quotation."""
    return (
        first.count("“") > first.count("”")
        or first.count("《") > first.count("》")
        or second.startswith(("”", "》", "的"))
    )
