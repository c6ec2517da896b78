"""Which of the dates an article tells is an event's own: five of six stand outside the trigger's clause."""

import re

from parsing.candidates import Candidate, Story
from parsing.dates import DateKind, FoundDate
from parsing.model import NO_PERIOD, EventType, Period, Precision

_DAYS = frozenset({DateKind.DAY, DateKind.RANGE, DateKind.UNTIL, DateKind.SINCE, DateKind.RECENT})
_MONTHS = frozenset({DateKind.MONTH})
_LONG = frozenset({DateKind.QUARTER, DateKind.HALF, DateKind.YEAR})
_PERIODS = frozenset(
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
_SAME_DAY = re.compile(r"当[天日晚]|同[日天]|会上|会后|会前|活动中|现场|期间|随后|仪式上|活动上")

_HEARD = re.compile("了解到|获悉|得知")
_LASTS = re.compile("持续|延续|展期|展出|一直")

Told = tuple[Period, str | None]


def when(story: Story, candidate: Candidate, lead: FoundDate | None) -> Told:
    """The period of an event and the words it was read from. `lead` is the day that the article opens with."""
    match candidate.type:
        case EventType.FIGURE:
            return _figure(story, candidate)
        case EventType.AWARD:
            return _award(story, candidate, lead)
        case EventType.NOTICE:
            return _notice(story, candidate)
        case _:
            return _occasion(story, candidate, lead)


def lead_date(story: Story) -> FoundDate | None:
    """The first day told in an article's first two paragraphs, which later sentences take for granted."""
    for dates, paragraph in list(zip(story.dates, story.paragraphs, strict=True))[:1]:
        if paragraph.caption:
            continue
        for found in dates:
            if found.kind in _DAYS and not _hidden(story, 0, found):
                return found
    return None


def _occasion(story: Story, candidate: Candidate, lead: FoundDate | None) -> Told:
    clause = candidate.clause
    own = [
        d for d in _visible(story, candidate, clause.start, clause.end) if not _inside_subject(candidate, d)
    ]
    if found := _best(own, candidate.at, _DAYS | _MONTHS) or _best(own, candidate.at, _LONG):
        return _lasting(story, candidate, found) if candidate.type is EventType.ACTIVITY else _told(found)
    start, end = story.paragraphs[clause.paragraph].sentence(clause)
    before = _visible(story, candidate, start, clause.start)
    if found := _last(before, _DAYS | _MONTHS):
        return _told(found)
    after = _visible(story, candidate, clause.end, end)
    if candidate.type is EventType.ACTIVITY and (
        found := _best(after, candidate.at, frozenset({DateKind.DAY, DateKind.RANGE, DateKind.UNTIL}))
    ):
        return _told(found)
    linked = bool(_SAME_DAY.search(story.text(clause)[start : clause.end]))
    if candidate.type is EventType.LAUNCH and not linked and not _in_lead(story, candidate):
        return NO_PERIOD, None
    if found := _last(before, _LONG):
        return _told(found)
    earlier = [d for d in _visible(story, candidate, 0, start) if d.kind in _DAYS]
    if earlier:
        return _told(earlier[-1])
    if lead is not None and not story.draft.listed:
        return _told(lead)
    return NO_PERIOD, None


def _award(story: Story, candidate: Candidate, lead: FoundDate | None) -> Told:
    clause = candidate.clause
    before = _visible(story, candidate, clause.start, candidate.at)
    if found := _last(before, _DAYS | _MONTHS):
        return _told(found)
    start, _ = story.paragraphs[clause.paragraph].sentence(clause)
    segment, _ = story.paragraphs[clause.paragraph].segment(clause)
    earlier = [
        d for d in _visible(story, candidate, start, clause.start) if not _of_the_source(story, candidate, d)
    ]
    if found := _last([d for d in earlier if d.start >= segment or d.kind in _DAYS], _DAYS | _MONTHS):
        return _told(found)
    if found := _last(before, _LONG | {DateKind.SINCE}):
        return _told(found)
    named = [
        d
        for d in _visible(story, candidate, candidate.at, clause.end)
        if d.kind in _LONG and d.when.precision is Precision.YEAR
    ]
    if named:
        return _told(named[0])
    if lead is not None and _in_lead(story, candidate) and not _of_the_source(story, candidate, lead):
        return _told(lead)
    return NO_PERIOD, None


def _figure(story: Story, candidate: Candidate) -> Told:
    clause = candidate.clause
    own = _visible(story, candidate, clause.start, candidate.end)
    if found := _last([d for d in own if d.end <= candidate.at], _PERIODS | {DateKind.DAY}) or _best(
        own, candidate.at, _PERIODS
    ):
        return _told(found)
    start, _ = story.paragraphs[clause.paragraph].sentence(clause)
    if found := _last(_visible(story, candidate, start, clause.start), _PERIODS | {DateKind.DAY}):
        return _told(found)
    if found := _last(_visible(story, candidate, 0, start), _PERIODS):
        return _told(found)
    return NO_PERIOD, None


def _notice(story: Story, candidate: Candidate) -> Told:
    clause = candidate.clause
    start, end = story.paragraphs[clause.paragraph].sentence(clause)
    wanted = frozenset({DateKind.RANGE, DateKind.UNTIL, DateKind.SINCE, DateKind.DAY, DateKind.MONTH})
    for low, high in ((clause.start, clause.end), (start, clause.start), (clause.end, end), (0, start)):
        found = [
            d for d in _visible(story, candidate, low, high) if d.kind in wanted and d.when.start is not None
        ]
        if found:
            return _told(found[-1] if high <= clause.start else found[0])
    return NO_PERIOD, None


def _of_the_source(story: Story, candidate: Candidate, found: FoundDate) -> bool:
    """Whether a date is that of the occasion at which the paper heard of it: 从3月13日召开的会上了解到."""
    clauses = story.paragraphs[candidate.clause.paragraph].clauses
    holding = next((c for c in clauses if c.start <= found.start < c.end), None)
    return holding is not None and bool(_HEARD.search(holding.masked))


def _lasting(story: Story, candidate: Candidate, found: FoundDate) -> Told:
    """An opening day with the last day that the sentence tells after it: 3月28日开幕，持续至4月6日."""
    _, end = story.paragraphs[candidate.clause.paragraph].sentence(candidate.clause)
    opening = found.when
    for later in _visible(story, candidate, found.end, end):
        until = later.when
        if (
            _LASTS.match(later.text)
            and opening.start
            and opening.start == opening.end
            and until.end
            and until.end > opening.start
        ):
            return Period(opening.start, until.end, Precision.DAY), found.text + later.text
    return _told(found)


def _told(found: FoundDate) -> Told:
    return found.when, found.text


def _visible(story: Story, candidate: Candidate, start: int, end: int) -> list[FoundDate]:
    """Dates in a stretch of the candidate's paragraph that are not part of a name in quotation marks."""
    paragraph = candidate.clause.paragraph
    return [d for d in story.dates_in(paragraph, start, end) if not _hidden(story, paragraph, d)]


def _hidden(story: Story, paragraph: int, found: FoundDate) -> bool:
    masked = story.paragraphs[paragraph].masked
    opening = masked.rfind("（", 0, found.start)
    in_brackets = opening >= 0 and "）" not in masked[opening : found.start]
    return masked[found.start] == "□" and not in_brackets


def _inside_subject(candidate: Candidate, found: FoundDate) -> bool:
    """Whether a year or quarter belongs to the name of what is held: 前三季度经济形势分析会."""
    if candidate.subject_at is None or found.kind in _DAYS:
        return False
    low, high = candidate.subject_at
    return low <= found.start and found.end <= high


def _best(dates: list[FoundDate], at: int, kinds: frozenset[DateKind]) -> FoundDate | None:
    """Of the dates of some kinds the nearest to an offset, those before it first."""
    fitting = [d for d in dates if d.kind in kinds]
    before = [d for d in fitting if d.end <= at]
    return before[-1] if before else (fitting[0] if fitting else None)


def _last(dates: list[FoundDate], kinds: frozenset[DateKind]) -> FoundDate | None:
    return next((d for d in reversed(dates) if d.kind in kinds), None)


def _in_lead(story: Story, candidate: Candidate) -> bool:
    """Whether the candidate stands in the first sentence of its article."""
    first = next(iter(story.clauses), None)
    return first is not None and candidate.clause.sentence == first.sentence
