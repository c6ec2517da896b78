"""The dates that an article tells around a candidate, by how they stand there: in its clause, before, framing."""

import re
from dataclasses import dataclass

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause, Paragraph
from parsing.dates import DateKind, FoundDate
from parsing.model import Precision

Kinds = frozenset[DateKind]

DAYS: Kinds = frozenset({DateKind.DAY, DateKind.RANGE, DateKind.UNTIL, DateKind.SINCE, DateKind.RECENT})
MONTHS: Kinds = frozenset({DateKind.MONTH})
LONG: Kinds = frozenset({DateKind.QUARTER, DateKind.HALF, DateKind.YEAR})
PERIODS: Kinds = MONTHS | LONG | {DateKind.SINCE, DateKind.UNTIL, DateKind.RANGE}

# What may stand between the start of a clause and a date that frames it: （记者 李某）4月2日，  据悉，自5月1日起
_BEFORE_A_FRAME = re.compile(
    r"""^(?: [\s●■▲◆★☆○◇※·—]
        | 本报讯|又讯|讯 | [（【][^）】]*[）】]
        | 据悉|另悉|此外|另外|同时|其中|随后|倒是|不过|只是|但|记者获悉|数据显示|统计显示 | 早在|就在|在|于|自|从|原定 | 第?[一二三四五六七八九十\d]{1,2}[、.]
        )* $""",
    re.VERBOSE,
)
# What ties a clause to the happening told before it, and so to its day: 会上, 同步上线, 期间
LINKED = re.compile(
    r"""当[天日晚] | 同一?[日天] | 这[天日] | 现场 | 期间 | 随后 | 同步
        | 会[上后前] | 会议期间 | 会议开始前 | 活动[中上] | 仪式[上后] | 大会上 | 开幕式 | 签约会""",
    re.VERBOSE,
)
# [原定于]4月2日…推迟至4月16日
_ONCE = re.compile(r"原(?:定|说|计划|拟|本|约定|安排)?(?:于|在)?$")
_LISTED_SEGMENTS = 3  # a sentence of so many segments is a list, each of its items on its own


@dataclass(frozen=True, slots=True)
class Scope:
    """A candidate in its article; every list is in the order of the text and leaves names in quotation marks out."""

    story: Story
    candidate: Candidate

    @property
    def paragraph(self) -> Paragraph:
        return self.story.paragraphs[self.candidate.clause.paragraph]

    @property
    def sentence(self) -> tuple[int, int]:
        return self.paragraph.sentence(self.candidate.clause)

    def between(self, start: int, end: int) -> list[FoundDate]:
        """Dates of the candidate's paragraph in a stretch."""
        number = self.candidate.clause.paragraph
        return [d for d in self.story.dates_in(number, start, end) if not hidden(self.story, number, d)]

    def own(self) -> list[FoundDate]:
        """Dates in the candidate's clause, or all of its evidence, without those that no longer hold."""
        clause = self.candidate.clause
        start, end = min(clause.start, self.candidate.start), max(clause.end, self.candidate.end)
        dates = self.between(start, end)
        held = [d for d in dates if not _ONCE.search(self.paragraph.text[max(start, d.start - 6) : d.start])]
        return held if any(d.when.start for d in held) else dates

    def before(self) -> list[FoundDate]:
        """Dates of the sentence in front of the candidate's clause."""
        return self.between(self.sentence[0], self.candidate.clause.start)

    def after(self) -> list[FoundDate]:
        """Dates of the sentence behind the candidate's clause."""
        return self.between(self.candidate.clause.end, self.sentence[1])

    def earlier(self) -> list[FoundDate]:
        """Dates of the paragraph in front of the candidate's sentence."""
        return self.between(0, self.sentence[0])

    def day_before_paragraph(self, kinds: Kinds = frozenset({DateKind.DAY})) -> FoundDate | None:
        """The day, or date of some kinds, told last in the paragraphs in front of the candidate's."""
        for number in range(self.candidate.clause.paragraph - 1, -1, -1):
            for found in reversed(self.story.dates[number]):
                if found.kind in kinds and not hidden(self.story, number, found):
                    return found
        return None

    def clause_of(self, found: FoundDate) -> Clause | None:
        """The clause of the candidate's paragraph that a date stands in."""
        return next((c for c in self.paragraph.clauses if c.start <= found.start < c.end), None)

    def frames(self, found: FoundDate) -> bool:
        """Whether a date opens its clause: 3月20日，… and not 项目于3月20日开工，…"""
        clause = self.clause_of(found)
        if clause is None:
            return False
        before = self.paragraph.text[clause.start : found.start]
        return bool(_BEFORE_A_FRAME.match(before[before.rfind("——") + 2 if "——" in before else 0 :]))

    def stands_alone(self, found: FoundDate) -> bool:
        """Whether a clause is nothing but a date that frames what follows: 去年，…"""
        clause = self.clause_of(found)
        return clause is not None and clause.end - found.end <= 2 and self.frames(found)

    def same_segment(self, found: FoundDate) -> bool:
        """Whether only commas lie between a date and the candidate's clause."""
        clause = self.clause_of(found)
        return clause is not None and clause.segment == self.candidate.clause.segment

    def listed(self) -> bool:
        """Whether the candidate is an item of a sentence that lists what several bodies did."""
        sentence = self.candidate.clause.sentence
        segments = {c.segment for c in self.paragraph.clauses if c.sentence == sentence}
        return len(segments) >= _LISTED_SEGMENTS

    def opens_sentence(self) -> bool:
        """Whether the candidate's clause is the first of its sentence that is more than a date."""
        dates = self.before()
        between = [
            c for c in self.paragraph.clauses if self.sentence[0] <= c.start < self.candidate.clause.start
        ]
        return all(any(c.start <= d.start and c.end - d.end <= 2 for d in dates) for c in between)

    def in_lead(self) -> bool:
        """Whether the candidate stands in the first sentence of its article."""
        first = next(iter(self.story.clauses), None)
        return first is not None and self.candidate.clause.sentence == first.sentence

    def in_subject(self, found: FoundDate) -> bool:
        """Whether a year or quarter belongs to the name of what is held: 前三季度经济形势分析会."""
        if self.candidate.subject_at is None or found.kind in DAYS:
            return False
        low, high = self.candidate.subject_at
        return low <= found.start and found.end <= high


def hidden(story: Story, paragraph: int, found: FoundDate) -> bool:
    """Whether a date is part of a name in quotation marks or a title; one in round brackets is not."""
    masked = story.paragraphs[paragraph].masked
    opening = masked.rfind("（", 0, found.start)
    in_brackets = opening >= 0 and "）" not in masked[opening : found.start]
    return masked[found.start] == "□" and not in_brackets


def nearest(dates: list[FoundDate], at: int, kinds: Kinds) -> FoundDate | None:
    """Of the dates of some kinds the last in front of an offset, else the first behind it."""
    fitting = [d for d in dates if d.kind in kinds]
    before = [d for d in fitting if d.end <= at]
    return before[-1] if before else (fitting[0] if fitting else None)


def is_day(found: FoundDate) -> bool:
    """Whether something can have happened on it: 6月1日起 is a day, 今年以来 is not."""
    return found.kind in DAYS and not (
        found.kind is DateKind.SINCE and found.when.precision not in (Precision.DAY, Precision.NONE)
    )


def last(dates: list[FoundDate], kinds: Kinds) -> FoundDate | None:
    """The last of the dates that is of one of some kinds."""
    return next((d for d in reversed(dates) if d.kind in kinds), None)
