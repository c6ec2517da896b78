"""One happening, one mention: candidates that tell the same are joined within an article and within a page."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from parsing.candidates import Candidate, Story
from parsing.model import EventType, Period

_BARE = re.compile(
    r"^(?:本次|此次|这次|该|全体|上述)?(?:会议?|大会|活动|全会|论坛|仪式|比赛|赛事|展览|节日|协议|项目)$"
)
_MARKS = re.compile(r"[\s“”《》（）()、，·‘’—-]")
_GATHERED = (EventType.VISIT, EventType.INSPECTION)
ALIKE = 80  # of 100, on subjects freed of marks


@dataclass(slots=True)
class Finding:
    """A candidate that passed the gates, with its fields."""

    story: Story
    candidate: Candidate
    when: Period
    date_text: str | None
    people: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    also: list[Candidate] = field(default_factory=list)
    bare: str = field(init=False)  # the subject freed of marks

    def __post_init__(self) -> None:
        self.bare = _bare(self.candidate.subject)


def strongest(candidates: list[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """Of candidates that share a clause the surest, and each loser with its winner.

    Several of one type and rule (a list of honours) stand together.
    """
    kept: list[Candidate] = []
    lost: list[tuple[Candidate, Candidate]] = []
    for candidate in sorted(candidates, key=lambda c: (-c.confidence, c.start)):
        rival = next(
            (
                k
                for k in kept
                if _overlap(k, candidate) and not (k.type is candidate.type and k.rule == candidate.rule)
            ),
            None,
        )
        if rival is None:
            kept.append(candidate)
        else:
            lost.append((candidate, rival))
    return sorted(kept, key=lambda c: (c.clause.index, c.start)), lost


def merged(findings: list[Finding]) -> tuple[list[Finding], list[tuple[Finding, Finding]]]:
    """Findings of one page without repeats, and each repeat with the finding that it repeats."""
    kept: list[Finding] = []
    by_type: dict[EventType, list[Finding]] = {}
    repeats: list[tuple[Finding, Finding]] = []
    for finding in findings:
        alike_ones = by_type.setdefault(finding.candidate.type, [])
        original = next((k for k in alike_ones if _same(k, finding)), None)
        if original is None:
            kept.append(finding)
            alike_ones.append(finding)
            continue
        original.also.append(finding.candidate)
        if (
            original.when.start is None
            and finding.when.start is not None
            and finding.candidate.type is not EventType.AWARD
        ):
            original.when, original.date_text = finding.when, finding.date_text
        original.people = tuple(
            dict.fromkeys([*original.people, *(finding.people if original.story is finding.story else ())])
        )
        repeats.append((finding, original))
    return kept, repeats


def alike(first: str, second: str) -> bool:
    """Whether two subjects name one thing: nearly the same, or one is the other's tail or head."""
    return _alike(_bare(first), _bare(second))


def _alike(a: str, b: str) -> bool:
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and (long.endswith(short) or long.startswith(short)):
        return True
    return fuzz.ratio(a, b) >= ALIKE


def compatible(first: Period, second: Period) -> bool:
    """Whether two periods can be of one happening: one is untold, or one holds the other."""
    if first.start is None or second.start is None or first.end is None or second.end is None:
        return True
    return (first.start <= second.start and second.end <= first.end) or (
        second.start <= first.start and first.end <= second.end
    )


def _overlap(first: Candidate, second: Candidate) -> bool:
    same_paragraph = first.clause.paragraph == second.clause.paragraph
    return same_paragraph and first.start < second.end and second.start < first.end


def _same(first: Finding, second: Finding) -> bool:
    """Whether two findings of one type tell one happening."""
    kind = first.candidate.type
    same_story = first.story is second.story
    if kind is EventType.NOTICE and same_story and _one_sentence(first, second):
        return True
    if kind in (EventType.AWARD, EventType.FIGURE, EventType.NOTICE):
        return _same_item(first, second, same_story)
    if kind in _GATHERED and same_story:
        shared = set(first.people) & set(second.people) or not second.people
        return bool(shared) and compatible(first.when, second.when)
    if same_story and _BARE.match(second.bare):
        return True
    if not compatible(first.when, second.when):
        return False
    if kind is EventType.MEETING and same_story and first.when == second.when:
        return _alike(first.bare, second.bare) or fuzz.partial_ratio(first.bare, second.bare) >= ALIKE
    if kind is EventType.LAUNCH and first.candidate.stage is not second.candidate.stage and not same_story:
        return False
    return _alike(first.bare, second.bare)


def _same_item(first: Finding, second: Finding, same_story: bool) -> bool:
    """Honours, figures and notices come in lists of look-alikes: only the very same is a repeat."""
    a, b = first.bare, second.bare
    if a != b and not (len(min(a, b, key=len)) >= 6 and (a.endswith(b) or b.endswith(a))):
        return False
    if not compatible(first.when, second.when):
        return False
    if first.candidate.type is EventType.FIGURE:
        return same_story and _number(first) == _number(second)
    if first.candidate.type is EventType.AWARD:
        return bool(set(first.actors) & set(second.actors)) or (same_story and not second.actors)
    return same_story and first.when == second.when


def _one_sentence(first: Finding, second: Finding) -> bool:
    a, b = first.candidate.clause, second.candidate.clause
    return (a.paragraph, a.sentence) == (b.paragraph, b.sentence)


def _number(finding: Finding) -> str:
    text = finding.story.text(finding.candidate.clause)[finding.candidate.at : finding.candidate.end]
    found = re.match(r"[\d,.]+", text)
    return found[0] if found else ""


def _bare(subject: str) -> str:
    return _MARKS.sub("", subject)
