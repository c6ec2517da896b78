"""Figures: a metric, its number and the period it is for; a level and its change are one figure."""

import re
from collections.abc import Iterator

from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import Clause
from parsing.dates import DateKind
from parsing.model import EventType
from parsing.rules import figure_words as words

_PERIOD_KINDS = frozenset(
    {
        DateKind.MONTH,
        DateKind.QUARTER,
        DateKind.HALF,
        DateKind.YEAR,
        DateKind.SINCE,
        DateKind.UNTIL,
        DateKind.RANGE,
    }
)


def figures(story: Story, clause: Clause) -> Iterator[Candidate]:
    """Candidates for the measured numbers of a clause: one, or one for each of 分别增长A、B."""
    if not words.MAY_HOLD.search(clause.masked):
        return
    text = _without_dates(story, clause)
    if words.CHANGE.match(text) and _continues(story, clause):
        return
    for match in words.FIGURE.finditer(text):
        metric = trimmed(story, clause, clause.start, clause.start + match.start())
        name = re.sub(r"(?:较|比|同比|环比)+$", "", metric.text.rstrip("：的 "))
        if len(name) < 2 or words.METRIC_NOISE.match(name) or not re.search(r"[\u4e00-\u9fff]{2}", name):
            continue
        if match["unit"] in words.LOOSE_UNITS and not words.STRONG_CUE.search(text):
            continue
        candidate = _candidate(story, clause, match, name)
        candidate.subject_at = (metric.start, metric.end)
        names = _several(name, text[match.start() :]) if "分别" in match["cue"] else []
        if names:
            for each in names:
                one = _candidate(story, clause, match, each)
                one.subject_at = (metric.start, metric.end)
                yield one
        else:
            yield candidate
        return


def told_period(story: Story, clause: Clause) -> bool:
    """Whether a period for a figure is told in the clause's sentence or before it in the paragraph."""
    _, end = story.paragraphs[clause.paragraph].sentence(clause)
    return any(d.kind in _PERIOD_KINDS for d in story.dates_in(clause.paragraph, 0, end))


def _candidate(story: Story, clause: Clause, match: re.Match[str], name: str) -> Candidate:
    text = clause.text
    following = _following(story, clause)
    end = (
        following.end
        if following is not None and words.CHANGE.match(_without_dates(story, following))
        else clause.end
    )
    subject = name
    while lead := words.LEADING_VERB.match(subject):
        if len(subject) - lead.end() < 2:
            break
        subject = subject[lead.end() :]
    strong = (
        bool(words.STRONG_CUE.search(name[-2:] + match["cue"] + match["unit"]))
        or "率" in name[-3:]
        or match["unit"] in ("%", "个百分点")
    )
    candidate = Candidate(
        type=EventType.FIGURE,
        rule="figure.metric",
        trigger=(match["cue"].strip() or match["unit"]),
        clause=clause,
        start=clause.start,
        end=end,
        at=clause.start + match.start("number"),
        subject=subject,
        strength=0.8 if strong else 0.65,
    )
    if strong:
        candidate.notes["cue"] = match["cue"] or match["unit"]
    if told_period(story, clause):
        candidate.notes["period"] = "told"
    passing = words.PASSING.search(text)
    if passing and "率" not in name[-2:]:
        candidate.notes["passing"] = passing[0]
    return candidate


def _following(story: Story, clause: Clause) -> Clause | None:
    clauses = story.paragraphs[clause.paragraph].clauses
    position = next(i for i, c in enumerate(clauses) if c.index == clause.index)
    if position + 1 < len(clauses) and clauses[position + 1].sentence == clause.sentence:
        return clauses[position + 1]
    return None


def _continues(story: Story, clause: Clause) -> bool:
    """Whether a clause before it in its sentence holds the number that this one says the change of."""
    clauses = story.paragraphs[clause.paragraph].clauses
    before = [c for c in clauses if c.sentence == clause.sentence and c.index < clause.index]
    return any(words.FIGURE.search(_without_dates(story, c)) for c in before[-2:])


def _without_dates(story: Story, clause: Clause) -> str:
    """The masked clause with its time expressions blanked, so that their digits are no figures."""
    characters = list(clause.masked)
    for found in story.dates_in(clause.paragraph, clause.start, clause.end):
        for index in range(found.start - clause.start, found.end - clause.start):
            characters[index] = "\u3000"
    return "".join(characters)


def _several(name: str, rest: str) -> list[str]:
    """The metrics of 甲、乙分别增长A、B where there are as many numbers as metrics; else none."""
    parts = [part for part in re.split(r"[、和及与]", name) if part]
    numbers = words.AMOUNT.findall(rest)
    return parts if len(parts) == len(numbers) > 1 else []
