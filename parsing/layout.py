"""Lines of a page into blocks: paragraphs made whole again, and each block's kind told by its looks."""

from dataclasses import dataclass
from enum import StrEnum

from parsing.furniture import (
    BYLINE,
    CREDIT,
    DATELINE,
    JUMP,
    MASTHEAD,
    is_bullet,
    is_question,
    reads_as_caption,
)
from parsing.lines import MAX_CAPTION, MAX_HEADLINE, paragraphs_of
from parsing.text import Strand


class BlockKind(StrEnum):
    """What a block of a page is, by the terms of the press."""

    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    JUMP_LINE = "jump line"
    MASTHEAD = "masthead"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line that stands by itself."""

    kind: BlockKind
    strand: Strand

    @property
    def text(self) -> str:
        return self.strand.text


def blocks(text: str) -> list[Block]:
    """The blocks of a normalised page, in the page's order."""
    return [Block(_kind(p.text), p.strand) for p in paragraphs_of(text)]


def _kind(text: str) -> BlockKind:
    if JUMP.match(text):
        return BlockKind.JUMP_LINE
    if len(text) <= 90 and MASTHEAD.search(text) and "。" not in text:
        return BlockKind.MASTHEAD
    if len(text) <= 40 and BYLINE.match(text) and "。" not in text:
        return BlockKind.BYLINE
    if len(text) <= 2 * MAX_CAPTION and (
        CREDIT.search(text) or (reads_as_caption(text) and "图" in text[:3])
    ):
        return BlockKind.CAPTION
    if is_bullet(text) or is_question(text) or DATELINE.match(text):
        return BlockKind.BODY
    if len(text) <= MAX_HEADLINE and text[-1] not in "。；，：" and "。" not in text:
        return BlockKind.HEADLINE
    return BlockKind.BODY
