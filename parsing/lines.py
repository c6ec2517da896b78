"""Lines of a text layer made into paragraphs: what a column, a page or a headline has cut is joined again.

A text layer breaks lines in the middle of words, in columns of a fixed width or wherever a column ends,
and puts headlines, captions and jump lines between the two halves of a sentence.
"""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from parsing.furniture import (
    CREDIT,
    JUMP,
    JUMP_AHEAD,
    JUMP_BEFORE,
    JUMP_BEHIND,
    LONE_CREDIT,
    is_frame,
    is_numbered,
    is_table_row,
    reads_as_caption,
    starts_anew,
)
from parsing.text import Strand, joined, strand

MAX_HEADLINE, MAX_CAPTION = 42, 45
_TERMINAL = "。！？；…：”）"
_STOPS = tuple("。！？；：…")
_NEVER_FIRST = "，。；、！？：）》”"  # a line that begins with one is the second half of something
_NEVER_LAST = "，、“《（"  # a line that ends in one goes on
_TAIL = 200  # so many letters of a paragraph tell how it goes on
_FAR = 8  # so many lines a sentence may have
_MAX_INDENT = 6  # a line further in than this is centred or set to the right, not the first of a paragraph


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a paragraph made of lines.

    `gap`: an empty line, or the page's top, stands before it. `indent`: spaces before its first letter.
    """

    strand: Strand
    gap: bool
    indent: int = 0

    @property
    def text(self) -> str:
        return self.strand.text


@dataclass(slots=True)
class _Growing:
    """A paragraph to which lines are added; only its end is looked at, so that a long one costs no more."""

    line: Line
    parts: list[Strand] = field(default_factory=list)

    def add(self, line: Line) -> None:
        self.parts = self.parts or [self.line.strand]
        self.parts.append(line.strand)
        end = joined((self.line.strand[-_TAIL:], line.strand))
        self.line = Line(end, self.line.gap, self.line.indent)

    def whole(self) -> Line:
        return Line(joined(self.parts), self.line.gap, self.line.indent) if self.parts else self.line


def paragraphs_of(text: str) -> list[Line]:
    """The paragraphs of a normalised page, in the page's order; a headline's line is one by itself."""
    lines = _lines(text)
    is_full = _fullness(lines)
    growing: list[_Growing] = []
    for index, line in enumerate(lines):
        last = lines[index - 1] if index else None
        if last and (_wraps(last, lines[index : index + _FAR], is_full) or _goes_on(growing[-1].line, line)):
            growing[-1].add(line)
        else:
            growing.append(_Growing(line))
    return _mended([paragraph.whole() for paragraph in growing])


def is_prose(text: str) -> bool:
    """Whether a paragraph reads as running text rather than as a headline."""
    return "。" in text or (len(text) >= 30 and "，" in text) or len(text) > MAX_HEADLINE


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    offset, gap = 0, True
    for raw in text.split("\n"):
        whole = strand(raw, offset).stripped()
        indent = len(raw) - len(raw.lstrip())
        for number, piece in enumerate(_without_jumps(whole)):
            found.append(Line(piece, gap and not number, indent))
        gap = not whole
        offset += len(raw) + 1
    return found


def _without_jumps(line: Strand) -> list[Strand]:
    """A line with the jump line that is printed at its start or its end cut off; nothing for an empty one."""
    pieces: list[Strand] = []
    # What follows a jump line without any mark is its catchword: （上接01版）一封来信
    if (ahead := JUMP_AHEAD.match(line.text)) and any(mark in line.text[ahead.end() :] for mark in "，。；"):
        pieces.append(line[: ahead.end()])
        line = line[ahead.end() :].stripped()
    if (behind := JUMP_BEHIND.search(line.text)) and behind.start():
        return [*pieces, line[: behind.start()].stripped(), line[behind.start() :].stripped()]
    return [*pieces, line] if line else pieces


def _characters(line: Line) -> float:
    return len(line.strand)


def _columns(line: Line) -> float:
    """The width on paper where digits and Latin letters are half as wide as a character."""
    return sum(0.5 if c.isascii() else 1 for c in line.text)


def _fullness(lines: list[Line]) -> Callable[[Line], bool]:
    """A test whether a line fills its column.

    Some text layers count characters, some half-width digits as halves: the measure is taken in which more
    lines are equally long. On a page whose lines are paragraphs no line is full.
    """
    # Only the lines inside a paragraph tell the width; of a paragraph's last line nothing follows.
    inner = [
        line
        for line, after in pairwise(lines)
        if not after.gap and not after.indent and not is_frame(line.text)
    ]
    best: tuple[int, int, Callable[[Line], float]] | None = None
    measures: tuple[Callable[[Line], float], ...] = (_characters, _columns)
    for measure in measures:
        lengths = [int(measure(line)) + _set_in(line) for line in inner]
        if len(lengths) < 6:
            continue
        width, often = Counter(lengths).most_common(1)[0]
        # A mark that may not begin a line is squeezed in or carried over: one more or less is still full.
        width += 2 * lengths.count(width + 1) > often
        if not 12 <= width <= 60:
            continue
        full = sum(width - 1 <= length <= width + 1 for length in lengths)
        if full >= max(3, 0.4 * len(lengths)) and (best is None or full > best[0]):
            best = (full, width, measure)
    if best is None:
        return lambda _: False
    _, width, measure = best
    return lambda line: measure(line) + max(_set_in(line), line.indent * bool(_set_in(line))) >= width - 1


def _set_in(line: Line) -> int:
    """By how much a paragraph's first line is shorter: two characters, whatever spaces stand for them."""
    return 2 if 0 < line.indent <= _MAX_INDENT else 0


def _wraps(line: Line, following: Sequence[Line], is_full: Callable[[Line], bool]) -> bool:
    """Whether a full line of a column goes on in the next."""
    first = following[0]
    broken = is_numbered(first.text) and line.text[-1] not in _TERMINAL
    if first.gap or first.indent or (starts_anew(first.text) and not broken) or JUMP.match(line.text):
        return False
    if not is_full(line) or is_frame(line.text) or is_table_row(line.text):
        return False
    if is_frame(first.text) or is_table_row(first.text):
        return False
    return line.text.rstrip("”）")[-1:] not in tuple("。！？") or _ends_a_sentence(following, is_full)


def _ends_a_sentence(lines: Sequence[Line], is_full: Callable[[Line], bool]) -> bool:
    """Whether lines behind a full stop at the column's edge go on with the paragraph; else they are headlines."""
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        if line.text.rstrip("”）")[-1:] in _STOPS:
            return True
        if not is_full(line) or after is None:
            return False
        if _parts(after):
            return after.gap  # a column's end, not the paragraph's
    return False


def _parts(line: Line) -> bool:
    """Whether a line begins a paragraph by its place or its first letters."""
    return line.gap or bool(line.indent) or starts_anew(line.text)


def _goes_on(paragraph: Line, following: Line) -> bool:
    """Whether a line that is not full goes on in the next, which stands directly under it."""
    text, other = paragraph.text, following.text
    if following.gap or JUMP.match(text) or starts_anew(other):
        return False
    if LONE_CREDIT.match(other) and (reads_as_caption(text) or other[0] == "（"):
        return len(text) <= 2 * MAX_CAPTION  # ▲图为检查现场。 / 乔楠摄
    if following.indent or is_table_row(other):
        return False
    if other[0] in _NEVER_FIRST and len(text) > 8:
        return True
    if len(text) <= 24 and len(other) > 2 * len(text) and text[-1] not in _NEVER_LAST and "。" not in text:
        return False  # a headline with a comma above its body
    if len(text) < 10 or not _unfinished(text, prose="，" in text or is_prose(text)):
        return False
    return text[-1] in _NEVER_LAST or any(mark in other for mark in "，。；：！？”")


def _mended(paragraphs: list[Line]) -> list[Line]:
    """Sentences cut at the end of a column joined with their second half, if need be over what stands between."""
    whole: list[Line] = []
    pending = deque(paragraphs)
    while pending:
        current = _Growing(pending.popleft())
        while (index := _continuation(current.line, list(islice(pending, 6)))) is not None:
            current.add(pending[index])
            del pending[index]
        whole.append(current.whole())
    return whole


def _unfinished(text: str, *, prose: bool) -> bool:
    return (
        prose
        and text[-1] not in _TERMINAL
        and not CREDIT.search(text)
        and not JUMP.match(text)
        and not is_frame(text)
        and not is_table_row(text)
    )


def _continuation(line: Line, following: list[Line]) -> int | None:
    """Where the second half of an unfinished paragraph stands among the next few."""
    if not following or not _unfinished(
        line.text, prose=is_prose(line.text) or (len(line.strand) >= 24 and line.text.count("，") > 1)
    ):
        return None
    # 下转第2版: the second half stands there, unless it stands here directly under that line.
    jumps = bool(JUMP.match(following[0].text)) and not JUMP_BEFORE.search(following[0].text)
    for index, candidate in enumerate(following[:2] if jumps else following):
        other = candidate.text
        if JUMP.match(other):
            continue
        if starts_anew(other):
            return None
        ends = other[-1] in "。！？；" or (other[-1] == "”" and "，" in other)
        if is_prose(other) or ends or other[0] in _NEVER_FIRST:
            if len(other) <= 2 * MAX_CAPTION and CREDIT.search(other):
                continue
            return index
        if len(other) > MAX_HEADLINE:
            return None
    return None
