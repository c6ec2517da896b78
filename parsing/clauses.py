"""Paragraphs into sentences, segments (；) and clauses (，), with what is quoted or said marked as such.

Text inside 《》, （） and short “” is the name of something: it is masked, so that a word in a name is never
taken for a predicate. A long quotation is speech and has clauses of its own.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from operator import attrgetter

from parsing.lexicon import verbose
from parsing.text import Strand, pieces

MASK = "□"  # stands for each character of a name in quotation marks or brackets

_OPENING = {"“": "”", "《": "》", "（": "）", "‘": "’", "〈": "〉", "【": "】"}
_OPENS = re.compile(f"[{''.join(_OPENING)}]")
_ENDS_SENTENCE, _ENDS_SEGMENT, _ENDS_CLAUSE = frozenset("。！？”"), frozenset("；"), frozenset("，：")
_ENDS = re.compile(f"[{''.join(_ENDS_SENTENCE | _ENDS_SEGMENT | _ENDS_CLAUSE)}]")
# What is longer is a table or a broken page. Rules look back and forth within a clause and a paragraph, so
# that reading takes as long again for each character of them.
_LONGEST_PARAGRAPH, _LONGEST_CLAUSE = 2000, 400
_LONGEST_PORTION = 6000  # the same of an article; a page of a paper has no longer ones
_MAX_NAME = 24  # a quotation that is longer, or holds a full stop, is speech

# Who demands or wishes: nothing after it in the paragraph is reported as having happened. A verb belongs here whose
# object is what others are to do.
_DEMAND = verbose(
    r"""(?: 强调|要求|指出(?!错)|提出(?:.{0,4}要求)?|部署(?:了|要求)?           # 李明[强调，]要抓紧排查
          | 希望|叮嘱|勉励|号召|呼吁|提醒|倡议|寄语|建议                     # 志愿者[提醒：]出门带伞
        )(?:说|道)? [，：]
      | ^(?: 会议|大会|全会 ) (?: 要求|强调|指出|提出|认为|号召 )            # [会议要求]各街道抓紧排查
      | ^(?: 对于?|就|围绕 ) .{2,16} (?:工作)?，.{2,10}(?: 强调|要求|指出 )  # [就防汛工作，李明强调]
    """
)
# Who tells: what follows may well be a fact. 李明[介绍，]三号桥长九百米; [据李明介绍，]三号桥长九百米
_TELL = verbose(
    r"""(?: 表示|介绍|告诉记者|坦言|透露|认为|说(?:道)?|称 )[，：]
      | (?: 据.{0,12}介绍 )[，：]?
    """
)


class Speech(StrEnum):
    """Whether a clause is the paper's own report or somebody's words."""

    REPORT = "report"
    TOLD = "told"
    DEMANDED = "demanded"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two of ，。；： with its place in its paragraph (offsets into `Paragraph.text`)."""

    index: int  # within the article
    paragraph: int
    sentence: int  # numbered through the article
    segment: int  # numbered through the article
    start: int
    end: int
    text: str
    masked: str  # the same length, names in quotation marks hidden
    speech: Speech
    quoted: bool  # inside direct speech


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article with its clauses."""

    strand: Strand
    masked: str
    clauses: tuple[Clause, ...]
    caption: bool = False

    @property
    def text(self) -> str:
        return self.strand.text

    def in_sentence(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses of the sentence that a clause stands in."""
        return self._numbered(attrgetter("sentence"), clause.sentence)

    def sentence(self, clause: Clause) -> tuple[int, int]:
        """Offsets of the sentence that a clause stands in."""
        same = self.in_sentence(clause)
        return same[0].start, same[-1].end

    def segment(self, clause: Clause) -> tuple[int, int]:
        """Offsets of the segment (to the next ； or 。) that a clause stands in."""
        same = self._numbered(attrgetter("segment"), clause.segment)
        return same[0].start, same[-1].end

    def _numbered(self, number_of: Callable[[Clause], int], number: int) -> tuple[Clause, ...]:
        first = bisect_left(self.clauses, number, key=number_of)
        return self.clauses[first : bisect_right(self.clauses, number, first, key=number_of)]


def portions(strands: list[Strand], captions: list[Strand]) -> list[tuple[list[Strand], list[Strand]]]:
    """An article's strands and captions as one pair; those of an endless one in pairs that are read apart."""
    found: list[tuple[list[Strand], list[Strand]]] = [([], [])]
    room = _LONGEST_PORTION
    for kind, strand in ((kind, one) for kind, group in enumerate((strands, captions)) for one in group):
        for piece in _cut(strand):
            if len(piece) > room and any(found[-1]):
                found.append(([], []))
                room = _LONGEST_PORTION
            found[-1][kind].append(piece)
            room -= len(piece)
    return found


def paragraphs(strands: list[Strand], captions: list[Strand]) -> list[Paragraph]:
    """The paragraphs of an article; clauses, sentences and segments are numbered through it."""
    found: list[Paragraph] = []
    numbers = [0, 0, 0]
    for number, whole in enumerate([*strands, *captions]):
        for strand in _cut(whole):
            masked, spoken = mask(strand.text)
            clauses = _split(len(found), strand.text, masked, spoken, numbers)
            found.append(Paragraph(strand, masked, tuple(clauses), caption=number >= len(strands)))
    return found


def _cut(strand: Strand) -> Iterator[Strand]:
    if len(strand) <= _LONGEST_PARAGRAPH:
        yield strand
        return
    for start, end in pairwise(accumulate(map(len, pieces(strand.text, _LONGEST_PARAGRAPH)), initial=0)):
        yield strand[start:end]


def mask(text: str) -> tuple[str, list[bool]]:
    """The text with names hidden, and for each character whether it stands in direct speech."""
    masked, spoken = list(text), [False] * len(text)
    index = 0
    while opening := _OPENS.search(text, index):
        index = opening.start()
        end = _closing(text, index, _OPENING[text[index]])
        inner = text[index + 1 : end]
        if text[index] == "“" and (
            len(inner) > _MAX_NAME or re.search(r"[。？！；]|，.*，", inner) or end == len(text)
        ):
            spoken[index:end] = [True] * (end - index)
            index += 1
            continue
        masked[index + 1 : end] = MASK * len(inner)
        index = end + 1
    return "".join(masked), spoken


def _closing(text: str, start: int, closing: str) -> int:
    """Where a bracket closes, nested ones of its kind counted; the end of the text where it does not."""
    depth, opening = 0, text[start]
    limit = min(len(text), start + 600)
    for index in range(start, limit):
        if text[index] == opening:
            depth += 1
        elif text[index] == closing:
            depth -= 1
            if depth == 0:
                return index
    return len(text) if opening == "“" else start  # a lone bracket hides nothing


def _split(index: int, text: str, masked: str, spoken: list[bool], numbers: list[int]) -> list[Clause]:
    clauses: list[Clause] = []
    start, speech = 0, Speech.REPORT
    for end, mark in _clause_ends(text, masked):
        left = start
        # A quotation mark that opens speech belongs to no clause; one that opens a name does.
        while left < end and (text[left] in " \u3000”" or (text[left] == "“" and spoken[left])):
            left += 1
        if left < end:
            piece = text[left:end]
            quoted = spoken[left] and spoken[end - 1]
            clauses.append(
                Clause(
                    index=numbers[0],
                    paragraph=index,
                    sentence=numbers[1],
                    segment=numbers[2],
                    start=left,
                    end=end,
                    text=piece,
                    masked=masked[left:end],
                    speech=Speech.TOLD if quoted and speech is Speech.REPORT else speech,
                    quoted=quoted,
                )
            )
            numbers[0] += 1
            speech = _after(piece + mark, speech)
        if mark in _ENDS_SENTENCE:
            if speech is Speech.TOLD:
                speech = Speech.REPORT
            numbers[1] += 1
            numbers[2] += 1
        elif mark in _ENDS_SEGMENT:
            numbers[2] += 1
        start = end + len(mark)
    return clauses


def _clause_ends(text: str, masked: str) -> Iterator[tuple[int, str]]:
    """Where clauses end, with the mark that ends each: ” behind a full stop, none where one is too long."""
    start = 0
    for at, mark in [*((found.start(), found[0]) for found in _ENDS.finditer(masked)), (len(text), "。")]:
        if mark == "”" and text[at - 1] not in "。！？":
            continue
        while at - start > _LONGEST_CLAUSE:
            start += _LONGEST_CLAUSE
            yield start, ""
        yield at, mark
        start = at + 1


def _after(piece: str, speech: Speech) -> Speech:
    """Whose words the next clause is: a demand lasts to the end of the paragraph, a tale to its sentence's end."""
    if speech is Speech.DEMANDED or _DEMAND.search(piece):
        return Speech.DEMANDED
    return Speech.TOLD if _TELL.search(piece) else speech
