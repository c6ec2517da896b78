"""The reading order of a newspaper page: headlines are the tallest text, bodies hang on the nearest one."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_HEADLINE = 1.25  # times the size of the body's letters
_HEAD_SHARE = 0.14  # of the page's height, at its top: the paper's name, day and page
_FOOT_SHARE = 0.05
_HEAD = re.compile(
    r"20\d\d\s*年\s*\d{1,2}\s*月|[〇○零一二三四五六七八九]{4}年|20\d\d[-./]\d{1,2}[-./]\d{1,2}|星期[一二三四五六日]"
    r"|第?\s*(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版(?!\S*[，。])|责任?编|国内统一|邮发代号|总?第\s*\d+\s*期"
)
_CAPTION = re.compile("^\\s*(?:图为|[上下左右]图|图片说明|[▲▼◀▶]|资料图|（?本报记者\\S{2,8}摄）?$)")
_INDENT = 1.5  # letters that a paragraph's first line is set in by


class Line(NamedTuple):
    """A line with its place in points, from the lower left of the page, and the size of its letters."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height_of_middle(self) -> float:
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Block:
    """Lines of one column and size below each other."""

    lines: list[Line]
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        self.x0 = min(line.x0 for line in self.lines)
        self.y0 = min(line.y0 for line in self.lines)
        self.x1 = max(line.x1 for line in self.lines)
        self.y1 = max(line.y1 for line in self.lines)
        self.size = max(line.size for line in self.lines)

    @property
    def is_caption(self) -> bool:
        return bool(_CAPTION.match(self.lines[0].text))

    def shares_column(self, other: "Block") -> bool:
        """Whether one stands above the other."""
        return min(self.x1, other.x1) - max(self.x0, other.x0) > 0.3 * min(self.width, other.width)

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(slots=True)
class _Article:
    headline: Block | None
    bodies: list[Block] = field(default_factory=list)


def blocks_of(boxes: Iterable[Sequence[Line]]) -> list[Block]:
    """Boxes, parted where letters of another size begin: a box may hold a headline with its body."""
    found: list[Block] = []
    for box in boxes:
        lines = sorted(box, key=lambda line: (-round(line.y1), line.x0))
        if len(lines) > 2 and all(len(line.text) == 1 for line in lines):  # set from top to bottom
            first = lines[0]
            whole = "".join(line.text for line in lines)
            bottom, right = min(line.y0 for line in lines), max(line.x1 for line in lines)
            lines = [Line(first.x0, bottom, right, first.y1, first.size, whole)]
        run = [lines[0]]
        for line in lines[1:]:
            if max(line.size, run[-1].size) > 1.15 * min(line.size, run[-1].size):
                found.append(Block(run))
                run = []
            run.append(line)
        found.append(Block(run))
    return found


def in_reading_order(blocks: list[Block], height: float) -> tuple[list[Block], list[str]]:
    """The head and foot of a page, and its articles as text: headline, blank line, body."""
    head = _head(blocks, height)
    rest = [block for block in blocks if all(block is not one for one in head)]
    sizes: Counter[float] = Counter()
    for block in rest:
        for line in block.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    body_size = sizes.most_common(1)[0][0] if sizes else 0.0
    tall = [block for block in rest if block.size >= _HEADLINE * body_size]
    headlines = _joined(tall)
    columns = _columns([block for block in rest if block.size < _HEADLINE * body_size], headlines)
    articles = [_Article(headline) for headline in headlines]
    orphans = _Article(None)
    for column in columns:
        place = _headline_of(column, headlines, columns)
        (articles[place] if place is not None else orphans).bodies.extend(column)
    if orphans.bodies:
        articles.append(orphans)
    articles.sort(key=lambda one: _place(one, height))
    return sorted(head, key=lambda block: (-round(block.y1), block.x0)), [_text(one) for one in articles]


def _head(blocks: list[Block], height: float) -> list[Block]:
    """Blocks at the top or foot that tell the day or page, with those beside them: the paper's name."""
    edges = [b for b in blocks if b.y0 > height * (1 - _HEAD_SHARE) or b.y1 < height * _FOOT_SHARE]
    told = [b for b in edges if len(b.lines) <= 3 and any(_HEAD.search(line.text) for line in b.lines)]
    return [
        b
        for b in edges
        if any(
            b is t or (min(b.y1, t.y1) > max(b.y0, t.y0) and len(b.lines) <= 2 and not t.shares_column(b))
            for t in told
        )
    ]


def _joined(tall: list[Block]) -> list[Block]:
    """Headlines with the lines above and below that belong to them."""
    found: list[Block] = []
    for block in sorted(tall, key=lambda one: -one.y1):
        near = next(
            (
                one
                for one in found
                if one.shares_column(block) and one.y0 - block.y1 < 0.8 * min(one.size, block.size)
            ),
            None,
        )
        if near is None:
            found.append(block)
        else:
            near.lines.extend(block.lines)
            near.__post_init__()
    return found


def _columns(bodies: list[Block], headlines: list[Block]) -> list[list[Block]]:
    """Blocks that follow each other closely down one column, with no headline between."""
    columns: list[list[Block]] = []
    for block in sorted(bodies, key=lambda one: -one.y1):
        fitting = [
            column
            for column in columns
            if column[-1].shares_column(block)
            and -block.size < column[-1].y0 - block.y1 < 2.5 * block.size
            and block.width < 1.5 * max(one.width for one in column) + 2 * block.size
            and not any(
                column[-1].y0 > h.y1 - h.size and h.y0 > block.y1 - h.size and h.shares_column(block)
                for h in headlines
            )
        ]
        if fitting:
            min(fitting, key=lambda column: abs(column[-1].x0 - block.x0)).append(block)
        else:
            columns.append([block])
    return columns


def _headline_of(column: list[Block], headlines: list[Block], columns: list[list[Block]]) -> int | None:
    """The nearest headline above; where other text lies between, one to the left on the same height."""
    top = column[0]
    above: list[tuple[float, int]] = []
    left: list[tuple[float, int]] = []
    for place, headline in enumerate(headlines):
        gap = headline.y0 - top.y1
        if gap > -headline.size and min(headline.x1, top.x1) - max(headline.x0, top.x0) > 0:
            above.append((gap, place))
        elif headline.x1 <= top.x0 + top.size and headline.y1 > top.y1 - top.size:
            # Not far to the right of it, or level with it.
            left.append((top.x0 - headline.x1 + 3 * max(0.0, gap), place))
    if above:
        gap, place = min(above)
        between = any(
            other[0].shares_column(top) and headlines[place].y0 + top.size > other[0].y1 > top.y1
            for other in columns
            if other is not column
        )
        if left and between and min(left)[0] < gap and not top.is_caption:
            return min(left)[1]
        return place
    return min(left)[1] if left else None


def _place(article: _Article, height: float) -> tuple[int, float]:
    # Headlines that begin on nearly one height are read from left to right.
    head = article.headline or max(article.bodies, key=lambda block: block.y1)
    return -round(head.y1 / (height * 0.04)), head.x0


def _text(article: _Article) -> str:
    body = [block for block in article.bodies if not block.is_caption]
    captions = [block for block in article.bodies if block.is_caption]
    lines = [
        _indented(line, _column(block, part))
        for part in _in_columns(body)
        for block in part
        for line in sorted(block.lines, key=lambda line: -line.y1)
    ]
    said = ["\n".join(line.text for line in block.lines) for block in captions]
    headline = [line.text.strip() for line in article.headline.lines] if article.headline else []
    return "\n\n".join(part for part in ("\n".join(headline), "\n".join(lines), *said) if part)


def _in_columns(blocks: list[Block]) -> list[list[Block]]:
    """Blocks column by column; one that spans columns is read before those below it."""
    if not blocks:
        return []
    widths = sorted(block.width for block in blocks)
    usual = widths[len(widths) // 2]
    parts: list[list[Block]] = [[]]
    for block in sorted(blocks, key=lambda one: -one.y1):
        if block.width > 1.7 * usual:
            parts += [[block], []]
        else:
            parts[-1].append(block)
    return [sorted(part, key=lambda one: (_column(one, part), -one.y1)) for part in parts]


def _column(block: Block, others: list[Block]) -> float:
    """Where the column of a block begins: single short lines stand a little to the right in it."""
    return min(other.x0 for other in others if other.shares_column(block))


def _indented(line: Line, left: float) -> str:
    is_first = _INDENT * line.size < line.x0 - left < 3 * line.size
    return f"\u3000\u3000{line.text}" if is_first and not line.text.startswith("\u3000") else line.text
