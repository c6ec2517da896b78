"""Lines of a page into blocks: paragraphs made whole again, and each block's kind told by its looks.

A text layer breaks lines in the middle of words, in columns of a fixed width or at the end of a column,
and puts headlines, captions and jump lines between the halves of a sentence.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from parsing.text import Strand, joined, strand


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


@dataclass(frozen=True, slots=True)
class _Line:
    strand: Strand
    after_blank: bool
    indented: bool


DATELINE = re.compile(
    r"""^(?:本报讯|又讯|本报综合消息|本报.{0,6}电|.{2,8}(?:日报|晚报|晨报|时报|融媒|社)讯|新华社.{0,12}电
        |（(?:本报)?(?:记者|通讯员)|本报记者\s*\S{2,4}\s*(?:报道)?\s)""",
    re.VERBOSE,
)
_BULLET = re.compile(
    r"""^(?:[●■▲◆★○□►▶•·※]|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、
        |（[一二三四五六七八九十\d]{1,2}）)""",
    re.VERBOSE,
)
_QUESTION = re.compile(r"^(?:问|答|[QA])：")
_JUMP = re.compile(r"^[（(【]?\s*(?:上接|下转|紧接)\s*第?\s*[A-Z]?\d{1,2}\s*版?.{0,12}$")
_JUMP_TAIL = re.compile(r"[（(](?:下转|上接)第?[A-Z]?\d{1,2}版?.{0,10}[)）]\s*$")
_MASTHEAD = re.compile(
    r"""(?:责(?:任)?编(?:辑)?|美编|校对|版式|组版|值班(?:编委|主任|总编)|电子邮箱|新闻热线|国内统一)[：:\s]?
      |^\S{0,12}\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:星期.|周.)
      |^第?\s*[A-Z]?\d{1,2}\s*版\b|^\d{4}[.-]\d{1,2}[.-]\d{1,2}\s*(?:星期.|周.)""",
    re.VERBOSE,
)
_BYLINE = re.compile(
    r"""^[□■◎（(]?\s*(?:本报|特约|见习)?(?:记者|通讯员|作者|文[/／]|图[/／]|摄影).{0,30}$
      |^[□■◎]\s*\S{2,4}(?:\s+\S{2,4}){0,2}$""",  # □ 舒海声
    re.VERBOSE,
)
_CREDIT = re.compile(r"(?:摄|供图|图片来源.{0,12}|资料图片?)[）)]?\s*$")
_TERMINAL = "。！？；…：”）"
_MAX_HEADLINE, _MAX_CAPTION = 48, 45


def blocks(text: str) -> list[Block]:
    """The blocks of a normalised page, in the page's order."""
    lines = _lines(text)
    width = _column_width(lines)
    paragraphs: list[Strand] = []
    for index, line in enumerate(lines):
        if index and width and _wraps(lines[index - 1], line, width):
            paragraphs[-1] = joined((paragraphs[-1], line.strand))
        else:
            paragraphs.append(line.strand)
    return [Block(_kind(p.text), p) for p in _mended(paragraphs)]


def is_prose(text: str) -> bool:
    """Whether a block reads as running text rather than as a headline."""
    return "。" in text or (len(text) >= 30 and "，" in text) or len(text) > _MAX_HEADLINE


def starts_anew(text: str) -> bool:
    """Whether a block can't be the second half of a broken sentence."""
    return bool(DATELINE.match(text) or _BULLET.match(text) or _QUESTION.match(text) or _JUMP.match(text))


def is_bullet(text: str) -> bool:
    """Whether a block is an item of a list."""
    return bool(_BULLET.match(text))


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    offset, blank = 0, True
    for raw in text.split("\n"):
        line = strand(raw, offset).stripped()
        if line:
            found.append(_Line(line, blank, raw.startswith((" ", "  "))))
        blank = not line
        offset += len(raw) + 1
    return found


def _column_width(lines: list[_Line]) -> int:
    """The number of characters in a full line of a page set in columns; 0 where lines are paragraphs."""
    followed = [len(line.strand) for line, following in pairwise(lines) if not following.after_blank]
    if len(followed) < 8:
        return 0
    width, _ = max(Counter(followed).items(), key=lambda item: (item[1], item[0]))
    full = sum(width - 1 <= length <= width + 1 for length in followed)
    return width if 12 <= width <= 60 and full >= 0.4 * len(followed) else 0


def _wraps(line: _Line, following: _Line, width: int) -> bool:
    """Whether a line of a column goes on in the next: a line one short of full still does."""
    if following.after_blank or following.indented or starts_anew(following.strand.text):
        return False
    return len(line.strand) >= width - 1


def _mended(paragraphs: list[Strand]) -> list[Strand]:
    """Sentences cut at the end of a column joined with their second half, if need be over what stands between."""
    whole: list[Strand] = []
    pending = list(paragraphs)
    while pending:
        current = pending.pop(0)
        while (index := _continuation(current.text, pending)) is not None:
            current = joined((current, pending.pop(index)))
        whole.append(current)
    return whole


def _unfinished(text: str) -> bool:
    return (
        is_prose(text)
        and text[-1] not in _TERMINAL
        and not _CREDIT.search(text)
        and not _JUMP_TAIL.search(text)
        and not _MASTHEAD.search(text)
    )


def _continuation(text: str, following: list[Strand]) -> int | None:
    """Where the second half of an unfinished paragraph stands among the next few blocks."""
    if not following or not _unfinished(text):
        return None
    for index, candidate in enumerate(following[:6]):
        other = candidate.text
        if starts_anew(other):
            if _JUMP.match(other) and index < 5:
                continue
            return None
        if is_prose(other) or other[-1] in "。！？；”":
            short_sentence = len(other) <= _MAX_CAPTION and _CREDIT.search(other)
            if short_sentence:
                continue
            return index
        if len(other) > _MAX_HEADLINE:
            return None
    return None


def _kind(text: str) -> BlockKind:
    if _JUMP.match(text):
        return BlockKind.JUMP_LINE
    if len(text) <= 90 and _MASTHEAD.search(text) and "。" not in text:
        return BlockKind.MASTHEAD
    if len(text) <= 40 and _BYLINE.match(text) and "。" not in text:
        return BlockKind.BYLINE
    if len(text) <= 2 * _MAX_CAPTION and (
        _CREDIT.search(text) or re.match(r"^(?:图为|图[①-⑩]|上图|下图|左图|右图|题图|[①-⑩]\s)", text)
    ):
        return BlockKind.CAPTION
    if _BULLET.match(text) or _QUESTION.match(text) or DATELINE.match(text):
        return BlockKind.BODY
    if len(text) <= _MAX_HEADLINE and text[-1] not in "。；，：" and "。" not in text:
        return BlockKind.HEADLINE
    return BlockKind.BODY
