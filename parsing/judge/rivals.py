"""What the second look is told of a candidate: its chance, and what else in the article claims the same happening.

The first look judges clauses one by one. It cannot know that 会议以视频形式召开 is the meeting told before, or
that 同比增长5% is the change of the figure in front; the second look compares a candidate with its rivals.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.model import EventType, Period
from parsing.rules.open import RULE as OPEN
from parsing.text import bigrams

Chances = Mapping[EventType, float]
Numbers = dict[str, float]

_LEAST = 1e-4
_LIKELY = 0.3  # from here on an earlier candidate may be what a later one repeats
_LONG = 4  # shorter subjects are alike by chance
_MANY = 40
_RIVALS = 60  # so many of its type on each side of a candidate; on broken pages there are thousands

# Clauses that go on about what was told before: 会议以视频形式召开, 该展览由…主办.
_ANAPHOR = re.compile(
    r"会议|大会|全会|活动|仪式|赛事|比赛|论坛|双方|会上|现场|当天|该|此次|本次|本届|这次|这|其|据悉|为"
)
# The change, share or rank of a figure told in front: 同比增长5%, 居全市首位.
_CHANGE = re.compile(
    r"同比|环比|较|比|增长|增幅|增速|下降|降幅|上升|上涨|占|居|位|名义|实际|高于|低于|其中|完成|分别|均|为"
)
_AMOUNT = re.compile(r"\d|[一二三四五六七八九]成")


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate with its chance from the first look, its date, and the words of its evidence."""

    candidate: Candidate
    chance: float
    when: Period
    date_text: str | None  # the words that the date was read from
    words: str


def claim_features(story: Story, claims: Sequence[Claim], chances: Mapping[int, Chances]) -> list[Numbers]:
    """For each claim of an article, in reading order, its features by name; a missing name is 0.

    `chances` are those of every clause, by its index.
    """
    clauses = {clause.index: clause for clause in story.clauses}
    first = min((clause.sentence for clause in clauses.values()), default=0)
    density = sum(sum(each.values()) for each in chances.values()) / max(1, len(chances))
    length = min(len(clauses), _MANY) / _MANY
    here: dict[int, list[Claim]] = defaultdict(list)
    of_type: dict[EventType, list[Claim]] = defaultdict(list)
    described: list[Numbers] = []
    for claim in claims:
        here[claim.candidate.clause.index].append(claim)
        of_type[claim.candidate.type].append(claim)
    seen: Counter[EventType] = Counter()
    for claim in claims:
        kind, clause = claim.candidate.type.value, claim.candidate.clause
        place = seen[claim.candidate.type]
        seen[claim.candidate.type] += 1
        rivals = of_type[claim.candidate.type][max(0, place - _RIVALS) : place + _RIVALS + 1]
        typed = {
            "odds": _odds(claim.chance),
            "open": float(claim.candidate.rule == OPEN),
            "own date": float(bool(story.dates_in(clause.paragraph, clause.start, clause.end))),
            "dated": float(claim.when.start is not None),
            "lead": float(clause.sentence == first),
            "anaphor": float(bool(_ANAPHOR.match(claim.words))),
            **_rivals(claim, rivals),
        }
        typed["goes on"] = typed["anaphor"] * typed["before"]
        found = {name: value for name, value in typed.items() if value}
        found |= {f"{name} {kind}": value for name, value in typed.items() if value}
        found |= _plain(story, claim, here[clause.index], chances, clauses)
        found |= {"type " + kind: 1.0, "density": density, "length": length}
        described.append(found)
    return described


def _plain(
    story: Story,
    claim: Claim,
    in_clause: Sequence[Claim],
    chances: Mapping[int, Chances],
    clauses: Mapping[int, Clause],
) -> Numbers:
    candidate, clause = claim.candidate, claim.candidate.clause
    own = chances[clause.index]
    here = [other for other in in_clause if other is not claim]
    found = {
        "odds of another": _odds(
            max((p for kind, p in own.items() if kind is not candidate.type), default=0.0)
        ),
        "odds of none": _odds(1 - sum(own.values())),
        "same clause": float(min(2, sum(c.candidate.type is candidate.type for c in here))),
        "outdone": float(
            any(c.candidate.type is not candidate.type and c.chance > claim.chance for c in here)
        ),
        "caption": float(story.paragraphs[clause.paragraph].caption),
        "speech " + clause.speech.value: 1.0,
    }
    if candidate.rule != OPEN:
        found |= {"strength": candidate.strength, "rule " + candidate.rule: 1.0}
    if candidate.type is EventType.FIGURE:
        before = clauses.get(clause.index - 1)
        figure = (
            chances[before.index].get(EventType.FIGURE, 0.0)
            if before and before.sentence == clause.sentence
            else 0.0
        )
        change = float(bool(_CHANGE.match(claim.words)))
        found |= {
            "change": change,
            "figure in front": figure,
            "change of it": change * figure,
            "amount": float(bool(_AMOUNT.search(claim.words))),
        }
    return found


def _rivals(claim: Claim, rivals: Sequence[Claim]) -> Numbers:
    """How strong others of the type are: beside it in the sentence, before and after it, and how alike."""
    clause = claim.candidate.clause
    found = dict.fromkeys(
        ("beside <", "beside >", "before", "after", "alike", "same words", "same date"), 0.0
    )
    for other in rivals:
        if other is claim:
            continue
        theirs = other.candidate.clause
        if theirs.sentence == clause.sentence:
            if theirs.index != clause.index:
                side = "beside <" if theirs.index < clause.index else "beside >"
                found[side] = max(found[side], other.chance)
        elif theirs.sentence > clause.sentence:
            found["after"] = max(found["after"], other.chance)
        else:
            found["before"] = max(found["before"], other.chance)
            if other.chance >= _LIKELY:
                found["alike"] = max(found["alike"], other.chance * _alike(claim, other))
                found["same words"] = max(found["same words"], other.chance * _shared(claim, other))
                if claim.when.start is not None and claim.when == other.when:
                    found["same date"] = max(found["same date"], other.chance)
    for side in ("beside <", "beside >"):
        found[side + " stronger"] = float(found[side] > claim.chance)
    return found


def _alike(claim: Claim, other: Claim) -> float:
    ours, theirs = claim.candidate.subject, other.candidate.subject
    return fuzz.partial_ratio(ours, theirs) / 100 if min(len(ours), len(theirs)) >= _LONG else 0.0


def _shared(claim: Claim, other: Claim) -> float:
    ours, theirs = bigrams(claim.words), bigrams(other.words)
    return len(ours & theirs) / max(1, len(ours))


def _odds(chance: float) -> float:
    return math.log(max(chance, _LEAST) / max(1 - chance, _LEAST))
