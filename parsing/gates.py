"""Gates: reasons to turn a candidate down. Each has a name, the types it looks at, and one question.

A gate that answers gives its reason, and the candidate is kept with it in the log; order tells only which
reason is given first. Gates that bind hold what the guideline rules out whatever a clause looks like (wishes,
plans without a date, what is denied); the others tell why the judge's doubt is reasonable. A new gate is a
function and one line in `GATES`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parsing import gate_patterns as words
from parsing.candidates import Candidate, Story
from parsing.clauses import Speech
from parsing.dates import DateKind, FoundDate
from parsing.model import EventType

ALL = frozenset(EventType)
_T = EventType
_HAPPENING = frozenset(
    {_T.MEETING, _T.VISIT, _T.INSPECTION, _T.LAUNCH, _T.ACTIVITY, _T.AGREEMENT, _T.RELEASE}
)


@dataclass(frozen=True, slots=True)
class Gate:
    """One reason to turn candidates of some types down: `test` gives it in words, or None to let pass."""

    name: str
    types: frozenset[EventType]
    test: Callable[[Story, Candidate], str | None]
    binds: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A gate's name and its reason; where it binds, no judge can overrule it."""

    gate: str
    reason: str
    binds: bool


def _speech(story: Story, candidate: Candidate) -> str | None:
    clause = candidate.clause
    if clause.speech is Speech.REPORT:
        return None
    own = _own_dates(story, candidate)
    if clause.speech is Speech.TOLD:
        if (
            candidate.type in (_T.MEETING, _T.VISIT, _T.ACTIVITY, _T.INSPECTION, _T.AGREEMENT)
            and not own
            and "proper" not in candidate.notes
        ):
            return "told in somebody's words, with no date of its own"
        return None
    if candidate.type is _T.AWARD and "named" in candidate.notes and candidate.strength >= 0.85:
        return None
    if candidate.type is _T.FIGURE and candidate.notes.get("period") and not words.TARGET.search(clause.text):
        return None
    if (
        own
        and candidate.type in (_T.LAUNCH, _T.ACTIVITY, _T.NOTICE, _T.RELEASE)
        and not words.WISH.search(_before(candidate))
    ):
        return None
    return "demanded or wished for, not reported"


def _wish(_story: Story, candidate: Candidate) -> str | None:
    if candidate.type in (_T.NOTICE, _T.FIGURE):
        return None
    before = _before(candidate)
    if found := words.WISH.search(before):
        return f"wished or worked for: {found[0].strip('，、；：“')}"
    return None


def _plan(story: Story, candidate: Candidate) -> str | None:
    """A plan counts only with a name and a day, month or half-year; with 预计 or 计划 readers differ."""
    clause = candidate.clause
    before = _before(candidate)
    found = words.FUTURE.search(before[-24:])
    if not found:
        return None
    if words.UNSURE.search(clause.masked):
        return "expected or planned only"
    if any(_dated(d) for d in _own_dates(story, candidate)) or any(
        _dated(d) for d in _sentence_dates(story, candidate)
    ):
        return None
    return f"a plan without a date: {found[0]}"


def _negated(story: Story, candidate: Candidate) -> str | None:
    after = story.text(candidate.clause)[candidate.at + len(candidate.trigger) : candidate.clause.end]
    if found := words.NEGATION.search(_before(candidate)):
        return f"denied, cancelled or put off: {found[0]}"
    return "denied, cancelled or put off" if words.NEGATED_AFTER.match(after) else None


def _condition(story: Story, candidate: Candidate) -> str | None:
    if words.CONDITION.match(candidate.clause.masked[: max(0, candidate.at - candidate.clause.start)]):
        return "a condition"
    if words.QUESTION.search(candidate.clause.masked):
        return "a question"
    end = candidate.clause.end
    text = story.text(candidate.clause)
    return "a question" if text[end : end + 1] == "？" else None


def _habit(story: Story, candidate: Candidate) -> str | None:
    masked = candidate.clause.masked
    found = words.HABIT.search(masked)
    if found and not _own_dates(story, candidate):
        return f"done again and again: {found[0]}"
    plural = words.HABIT_PLURAL.search(masked)
    if (
        plural
        and candidate.type in (_T.ACTIVITY, _T.MEETING)
        and "proper" not in candidate.notes
        and not _own_dates(story, candidate)
    ):
        return f"many of a kind: {plural[0]}"
    return None


def _nominal(story: Story, candidate: Candidate) -> str | None:
    if "nominal" in candidate.notes:
        if candidate.type is _T.MEETING and any(d.kind is DateKind.DAY for d in _own_dates(story, candidate)):
            return None  # 在4月2日召开的…会上: with its day it is told here, if nowhere else
        return f"names a thing, is no predicate: …{candidate.notes['nominal']}"
    if candidate.type in (_T.FIGURE, _T.NOTICE, _T.AWARD):
        return None
    if not candidate.trigger:
        return None
    word = candidate.trigger.split("…")[-1]
    after = story.text(candidate.clause)[candidate.at : candidate.clause.end]
    if after.startswith(word) and (found := words.NOMINAL_AFTER.match(after[len(word) :])):
        return f"names a thing, is no predicate: {word}{found[0]}"
    return None


def _routine(story: Story, candidate: Candidate) -> str | None:
    verb = candidate.trigger.split("…")[0]
    if verb not in words.LIGHT_VERBS and not candidate.trigger.endswith(("开展", "进行")):
        return None
    if "proper" in candidate.notes:
        return None
    if words.ROUTINE.search(candidate.subject):
        return "routine work"
    if not _sentence_dates(story, candidate) and not candidate.place:
        return "no name, date or venue"
    return None


def _background(story: Story, candidate: Candidate) -> str | None:
    """Of an earlier year: two careful readers could leave it out."""
    for found in _own_dates(story, candidate):
        if found.past_year and found.kind is not DateKind.RECENT:
            return f"background of an earlier year: {found.text}"
    return None


def _target(_story: Story, candidate: Candidate) -> str | None:
    found = words.TARGET.search(candidate.clause.masked)
    return f"a target or forecast: {found[0]}" if found else None


def _figure(_story: Story, candidate: Candidate) -> str | None:
    clause = candidate.clause
    notes = candidate.notes
    if clause.speech is Speech.DEMANDED and not notes.get("period"):
        return "in a demand"
    if "passing" in notes and not (notes.get("cue") and notes.get("period")):
        return f"a size or number in passing: {notes['passing']}"
    if not notes.get("period") and not words.SUM_OR_CHANGE.search(clause.masked):
        return "no period told"
    return None


def _notice(_story: Story, candidate: Candidate) -> str | None:
    notes = candidate.notes
    if "past" in notes:
        return "of the past"
    if "no day ahead" in notes and "section" not in notes:
        return "no day ahead"
    if "no day ahead" in notes and candidate.rule == "notice.window":
        return "no day ahead"
    return None


def _caption(story: Story, candidate: Candidate) -> str | None:
    paragraph = story.paragraphs[candidate.clause.paragraph]
    if paragraph.caption and not _sentence_dates(story, candidate):
        return "the words under a picture"
    return None


def _thin(_story: Story, candidate: Candidate) -> str | None:
    subject = re.sub(r"[\s“”《》、，]", "", candidate.subject)
    if len(subject) < 2 and candidate.type is not _T.NOTICE:
        return "nothing named"
    if candidate.type is _T.LAUNCH and words.NAMELESS.fullmatch(subject):
        return "no name of its own"
    if (
        candidate.type is _T.MEETING
        and words.SAME_MEETING.fullmatch(subject)
        and candidate.rule.endswith("held")
    ):
        return "the meeting told before"
    return None


GATES: tuple[Gate, ...] = (
    Gate("caption", ALL, _caption),
    Gate("speech", ALL, _speech, binds=True),
    Gate("negated", ALL - {_T.NOTICE, _T.FIGURE}, _negated, binds=True),
    Gate("condition", ALL, _condition, binds=True),
    Gate("nominal", ALL, _nominal),
    Gate("wish", ALL, _wish, binds=True),
    Gate("plan", ALL - {_T.NOTICE, _T.FIGURE}, _plan, binds=True),
    Gate("habit", _HAPPENING, _habit, binds=True),
    Gate("routine", frozenset({_T.ACTIVITY}), _routine),
    Gate("background", _HAPPENING, _background),
    Gate("target", frozenset({_T.FIGURE}), _target, binds=True),
    Gate("figure", frozenset({_T.FIGURE}), _figure),
    Gate("notice", frozenset({_T.NOTICE}), _notice),
    Gate("thin", ALL, _thin),
)


def refusals(story: Story, candidate: Candidate) -> Iterator[Refusal]:
    """The gates that object to a candidate, in their order, each with its reason."""
    for gate in GATES:
        if candidate.type in gate.types and (reason := gate.test(story, candidate)):
            yield Refusal(gate.name, reason, gate.binds)


def _before(candidate: Candidate) -> str:
    """The clause's words in front of the trigger, names in quotation marks hidden; all where there is none."""
    if not candidate.trigger:
        return candidate.clause.masked
    return candidate.clause.masked[: max(0, candidate.at - candidate.clause.start)]


def _dated(found: FoundDate) -> bool:
    return found.when.start is not None or found.kind in (
        DateKind.DAY,
        DateKind.RANGE,
        DateKind.MONTH,
        DateKind.HALF,
        DateKind.RECURRENCE,
    )


def _own_dates(story: Story, candidate: Candidate) -> list[FoundDate]:
    clause = candidate.clause
    return [
        d
        for d in story.dates_in(clause.paragraph, clause.start, clause.end)
        if d.kind not in (DateKind.RECENT, DateKind.SAME)
    ]


def _sentence_dates(story: Story, candidate: Candidate) -> list[FoundDate]:
    start, end = story.paragraphs[candidate.clause.paragraph].sentence(candidate.clause)
    return story.dates_in(candidate.clause.paragraph, start, end)
