"""Newspaper pages in PDF, made for tests: invented articles set in columns and drawn in several orders."""

import io
import random
from collections.abc import Iterable, Sequence
from itertools import cycle, product
from typing import NamedTuple

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # every reader has it: no font file is needed
WIDTH, HEIGHT, MARGIN = 1000, 1400, 40
SIZE, LEADING = 10, 15

_PLACES = (
    *("柳荫街道", "石桥镇", "东岗社区", "北塘村", "文昌路"),
    *("青杨里", "河湾新村", "南渡口", "望岭社区", "锦绣园"),
)
_DEEDS = (
    "{}有{}户居民签了旧楼加装电梯的协议",
    "{}的{}名志愿者清扫了河岸",
    "{}新添{}个停车位，夜间向居民开放",
    "{}今年种下{}棵树",
    "{}把{}盏路灯换成节能灯，比去年省电一成",
    "{}的书屋收到{}册图书",
)


class Story(NamedTuple):
    """An article: its first sentence tells an event, the others what fills its columns."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        return [f"{part}。" for paragraph in self.paragraphs for part in paragraph.split("。") if part]


class Word(NamedTuple):
    """A line of text at a point of the page."""

    x: float
    y: float
    size: float
    text: str


def stories() -> tuple[Story, Story, Story]:
    """Three invented articles, long enough for three, two and five columns."""
    deeds = (
        f"{deed.format(place, number)}。"
        for number, (place, deed) in enumerate(product(_PLACES * 6, _DEEDS), 11)
    )
    park = "本报讯（记者 王小明）3月7日，新河区柳荫公园开园仪式举行，区长周远舟参加。"
    school = "本报讯（记者 李丽）3月6日，石桥镇中心小学新教学楼竣工。"
    bridge = "本报讯（记者 陈立）3月5日，新河区召开河道治理工作会议，区委书记何若川出席会议并讲话。"
    return (
        _story("柳荫公园开园迎客", park, deeds, 36),
        _story("中心小学新楼竣工", school, deeds, 24),
        _story("新河区召开河道治理工作会议", bridge, deeds, 70),
    )


def _story(title: str, lead: str, deeds: Iterable[str], count: int) -> Story:
    told = iter(deeds)
    sentences = [lead, *(next(told) for _ in range(count))]
    sizes = cycle((3, 5, 2, 4))
    paragraphs = []
    while sentences:
        size = next(sizes)
        paragraphs.append("".join(sentences[:size]))
        sentences = sentences[size:]
    return Story(title, tuple(paragraphs))


def newspaper(
    *, gap: int = 20, order: str = "natural", is_inset: bool = False, caption: str = "图为柳荫公园一角。"
) -> list[Word]:
    """A page: masthead, an article of three columns beside one of two, and one of five below.

    `is_inset`: paragraphs begin two letters to the right, as most systems set them, not with two wide spaces.
    """
    column = (WIDTH - 2 * MARGIN - 4 * gap) / 5
    lefts = [MARGIN + place * (column + gap) for place in range(5)]
    head = [
        Word(MARGIN, HEIGHT - 70, 40, "新河时报"),
        Word(500, HEIGHT - 60, 12, "2024年3月8日 星期五"),
        Word(800, HEIGHT - 60, 12, "02版 综合新闻"),
    ]
    park, school, bridge = stories()
    blocks = [
        head,
        *_set(park, lefts[:3], column, HEIGHT - 120, photo=caption),
        *_set(school, lefts[3:], column, HEIGHT - 120),
        *_set(bridge, lefts, column, HEIGHT - 680),
    ]
    if order == "shuffled":
        random.Random(7).shuffle(blocks)
    words = [word for block in blocks for word in block]
    if is_inset:
        words = [
            word._replace(x=word.x + 2 * word.size, text=word.text[2:])
            if word.text.startswith("\u3000")
            else word
            for word in words
        ]
    return sorted(words, key=lambda word: (-word.y, word.x)) if order == "row-wise" else words


def _set(story: Story, lefts: Sequence[float], width: float, top: float, photo: str = "") -> list[list[Word]]:
    """An article in columns of one height, its last one with a picture and its caption on top."""
    lines = [line for paragraph in story.paragraphs for line in wrapped(f"\u3000\u3000{paragraph}", width)]
    below = top - 50
    blocks = [[Word(lefts[0], top - 28, 28, story.title)]]
    taken = 8 if photo else 0  # lines that the picture stands in place of
    rows = -(-(len(lines) + taken) // len(lefts))
    for place, left in enumerate(lefts):
        last = place == len(lefts) - 1
        start = below
        if last and photo:
            start -= taken * LEADING
            blocks.append([Word(left, start + LEADING, 8, photo)])
        count = rows - taken if last else rows
        column, lines = lines[:count], lines[count:]
        blocks.append([Word(left, start - row * LEADING, SIZE, text) for row, text in enumerate(column)])
    assert not lines
    return blocks


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """A paragraph in lines of a width in points."""
    _register()
    lines = [""]
    for char in text:
        if stringWidth(lines[-1] + char, FONT, size) > width:
            lines.append("")
        lines[-1] += char
    return lines


def pdf(*pages: Iterable[Word], password: str | None = None, crop: Sequence[float] | None = None) -> bytes:
    """A PDF file with these pages."""
    _register()
    file = io.BytesIO()
    encryption = StandardEncryption(password, "owner", strength=128) if password is not None else None
    canvas = Canvas(file, (WIDTH, HEIGHT), encrypt=encryption, invariant=1, cropBox=crop)
    for page in pages:
        for word in page:
            canvas.setFont(FONT, word.size)
            canvas.drawString(word.x, word.y, word.text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _register() -> None:
    registerFont(UnicodeCIDFont(FONT))
