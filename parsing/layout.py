"""Lines of a page into blocks: paragraphs made whole again, and each block's kind told by its looks."""

import re
from dataclasses import dataclass
from enum import StrEnum

from parsing import furniture as looks
from parsing.lines import MAX_CAPTION, MAX_HEADLINE, Line, paragraphs_of
from parsing.text import Strand


class BlockKind(StrEnum):
    """What a block of a page is, by the terms of the press."""

    BODY = "body"
    HEADLINE = "headline"
    COLUMN = "column name"
    CAPTION = "caption"
    JUMP_LINE = "jump line"
    MASTHEAD = "masthead"  # and all other furniture: editors, contents, buttons of a web page
    BYLINE = "byline"
    WEB_DATE = "web date"  # the line of source and time under a headline
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line that stands by itself; `gap`: an empty line stands before it."""

    kind: BlockKind
    strand: Strand
    gap: bool = True

    @property
    def text(self) -> str:
        return self.strand.text


_EDGE = 6  # so many lines of a page's top may be its name and number


def blocks(text: str) -> list[Block]:
    """The blocks of a normalised page, in the page's order."""
    paragraphs = paragraphs_of(text)
    kinds = [_kind(p.text) for p in paragraphs]
    first_body = next((n for n, kind in enumerate(kinds) if kind is BlockKind.BODY), len(kinds))
    for index, line in enumerate(paragraphs):
        if (
            kinds[index] is BlockKind.BODY
            and looks.is_titled_item(line.text)
            and kinds[index + 1 : index + 2] == [BlockKind.BODY]
        ):
            item = looks.is_bullet(paragraphs[index + 1].text)
            kinds[index] = BlockKind.BODY if item else BlockKind.HEADLINE
        elif kinds[index] is BlockKind.HEADLINE:
            kinds[index] = _kind_among(index, paragraphs, kinds, index < min(_EDGE, first_body))
    _tell_cells(kinds, paragraphs)
    return [Block(kind, p.strand, p.gap) for kind, p in zip(kinds, paragraphs, strict=True)]


def _kind(text: str) -> BlockKind:
    if looks.JUMP.match(text):
        return BlockKind.JUMP_LINE
    if looks.SEPARATOR.match(text):
        return BlockKind.SEPARATOR
    if looks.is_frame(text):
        web = looks.WEB_DATE.match(text) and not looks.MASTHEAD.search(text)
        return BlockKind.WEB_DATE if web else BlockKind.MASTHEAD
    if looks.is_number(text) and len(text) <= 12:
        return BlockKind.MASTHEAD
    if looks.COLUMN.match(text) or looks.COLUMN.match(text.replace(" ", "")):
        return BlockKind.COLUMN
    if looks.is_byline(text):
        return BlockKind.BYLINE
    if len(text) <= 2 * MAX_CAPTION and (
        looks.CREDIT.search(text) or (looks.reads_as_caption(text) and "图" in text[:3])
    ):
        return BlockKind.CAPTION
    if (
        looks.is_bullet(text)
        or looks.is_question(text)
        or looks.DATELINE.match(text)
        or looks.is_table_row(text)
    ):
        return BlockKind.BODY
    if _may_be_headline(text):
        return BlockKind.HEADLINE
    return BlockKind.BODY


def _may_be_headline(text: str) -> bool:
    if "。" in text or len(text) > MAX_HEADLINE or text[-1] in "。；":
        return False
    if len(text) > 30 and "，" in text:
        return text[-1] == "？"  # the question of an interview heads its answer
    if looks.is_salutation(text):
        return False
    if re.search("(?:[如以]下|事项|包括|[说问写]道|[说称]|表示|认为|指出|强调|介绍)：$", text):
        return False
    if text[-1] in "，：":
        # 小桶站里的大文章 方庄街道：
        if text[-1] == "：" and 2 < len(text.split()[-1]) <= 10:
            return True
        # 东太湖畔，/ 七百棵榉树认了亲: a piece of a headline is short; what a paragraph opens with is not.
        return len(text) <= 12
    # “补贴到账没有？” is somebody's words in a body.
    return not re.match(r"^“[^”]*[？！…—]+”$", text)


def _kind_among(index: int, page: list[Line], kinds: list[BlockKind], at_top: bool) -> BlockKind:
    """What a line that looks like a headline is by where it stands."""
    text = page[index].text
    following = page[index + 1] if index + 1 < len(page) else None
    if following and looks.heads_table(text, following.text):
        return BlockKind.BODY
    if (at_top or index >= len(page) - 3) and (
        looks.PAPER_NAME.match(text) or looks.SITE_NAME.match(text) or looks.PAGE_LABEL.match(text)
    ):
        return BlockKind.MASTHEAD
    opens = index == 0 and kinds[1:2] in ([BlockKind.HEADLINE], [BlockKind.MASTHEAD])
    if at_top and (looks.is_head_line(text) or (opens and looks.is_issuer(text))):
        return BlockKind.MASTHEAD
    beside = following is not None and not following.gap and kinds[index + 1] is BlockKind.MASTHEAD
    if beside and at_top and len(text) <= 6:
        return BlockKind.MASTHEAD
    headlines = [kinds[n] is BlockKind.HEADLINE for n in (index - 1, index + 1) if 0 <= n < len(kinds)]
    above, below = index > 0 and headlines[0], following is not None and headlines[-1]
    # A piece of a headline that ends so has another piece; 城南街道： may stand on either side of it.
    if (text[-1] == "，" and not below) or (text[-1] == "：" and not (below or above or " " in text)):
        return BlockKind.BODY
    return BlockKind.HEADLINE


def _tell_cells(kinds: list[BlockKind], page: list[Line]) -> None:
    """A long run of short lines with numbers among them is a table, one cell a line; its title stays a headline."""
    start = 0
    for index in range(len(page) + 1):
        if index < len(page) and (kinds[index] is BlockKind.HEADLINE or looks.is_number(page[index].text)):
            continue
        run = range(start, index)
        if len(run) >= 6 and sum(looks.is_number(page[n].text) for n in run) >= 2:
            for n in run[1:]:
                kinds[n] = BlockKind.BODY
        start = index + 1
