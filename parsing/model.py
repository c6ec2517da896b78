"""The values that reading a page yields: articles, mentions of events, and what was dropped and why."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

PUSHED = 0.9  # confidence from which an event is told to people unasked; below it waits in review


class EventType(StrEnum):
    """The ten kinds of happening that Quwen knows."""

    MEETING = "meeting"
    VISIT = "visit"
    INSPECTION = "inspection"
    LAUNCH = "launch"
    AWARD = "award"
    AGREEMENT = "agreement"
    RELEASE = "release"
    ACTIVITY = "activity"
    FIGURE = "figure"
    NOTICE = "notice"


class Stage(StrEnum):
    """Where a launched project stands: begun, opened to use, or finished."""

    START = "start"
    OPENING = "opening"
    COMPLETION = "completion"


class Precision(StrEnum):
    """How exactly the page tells when something happens."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RECENT = "recent"  # 近日, 日前: lately, no day told
    NONE = "none"


class IssueDateSource(StrEnum):
    """Where a page's issue date comes from."""

    GIVEN = "given"  # by the caller
    PRINTED = "printed"  # in the page's masthead
    INFERRED = "inferred"  # only its year is known, from the dates that the page tells
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of days, both ends included, with the precision at which it was told.

    A day is never invented: `start` and `end` are None where the page tells none (`recent`, `none`), and
    a month is its first to its last day with precision `month`. `until` is the last day of what began on
    the day of an issue whose date is not known (即日起至5月10日); it is set only where `start` and `end` are None.
    """

    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.NONE
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            raise ValueError("a period has both ends or none")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")


NO_PERIOD = Period()
RECENTLY = Period(precision=Precision.RECENT)


class State(StrEnum):
    """Where an event stands that was told before its day."""

    ANNOUNCED = "announced"
    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Change:
    """What a mention says became of an occasion: HELD, MOVED or CANCELLED.

    `was` is the day it had been set for, `now` the day it was moved to, each without days where none is told.
    """

    state: State
    was: Period = NO_PERIOD
    now: Period = NO_PERIOD


@dataclass(frozen=True, slots=True)
class Article:
    """One story of a page.

    `text` is the body with the page's line breaks removed, paragraphs joined by "\\n"; `start` and `end`
    are offsets into the page as it was given.
    """

    id: str
    headline: str | None
    page_order: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """What one article says happened, with the exact words that say it.

    `evidence` is a verbatim substring of the page with its line breaks removed, and `start`/`end` are the
    offsets in the page as given. `rule` and `trigger` tell how it was found; `confidence` is in 0..1.
    """

    article: str
    type: EventType
    evidence: str
    start: int
    end: int
    subject: str
    when: Period
    rule: str
    trigger: str
    confidence: float
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    place: str | None = None
    stage: Stage | None = None
    areas: tuple[str, ...] = ()  # streets and towns concerned, by the names of the district pack
    context: str = ""  # the sentence around the evidence, verbatim too
    date_text: str | None = None  # the words the date was read from
    also: tuple[str, ...] = ()  # other places of the page that tell the same
    reasons: tuple[str, ...] = ()  # what in the clause spoke most for it, in the judge's eyes

    @property
    def doubtful(self) -> bool:
        """Whether it waits in review: found, but not sure enough to be told to people unasked."""
        return self.confidence < PUSHED

    recurrence: str | None = (
        None  # the words that say how it comes round: 每周六; `when` is then its next day
    )
    time_start: time | None = None  # clock times of the place, as told
    time_end: time | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that a gate turned down, kept so that every decision can be explained."""

    article: str
    type: EventType
    evidence: str
    start: int
    end: int
    rule: str
    trigger: str
    gate: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one page."""

    issued_on: date | None
    issued_on_source: IssueDateSource
    district: str | None
    articles: tuple[Article, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)
    year: int | None = None  # inferred where no issue date is known
