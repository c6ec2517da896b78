"""What queries answer with: plain values, free of any session."""

from dataclasses import dataclass
from datetime import date, datetime

from parsing.model import EventType, Period, Stage, State
from storage.filters import EventFilter
from storage.reasons import Reason, Verdict
from storage.review import Review
from storage.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as a line of a list needs it."""

    id: str  # the public id, short and stable, as a person types it after /event
    type: EventType
    subject: str
    when: Period
    reported_on: date | None  # issue date of the earliest page that tells it
    source: str  # name of that page's paper or site
    actors: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    place: str | None = None
    areas: tuple[str, ...] = ()
    stage: Stage | None = None
    confidence: float = 1.0
    review: Review = Review.CLEAR
    evidence: str = ""  # the clause of the surest mention, for the words and numbers of a title
    state: State | None = None  # what became of it, where it was told ahead of its day
    earlier: tuple[Period, ...] = ()  # days it had been set for before it was moved, oldest first


@dataclass(frozen=True, slots=True)
class Proof:
    """One mention of an event: who reports it, where, and in which words."""

    source: str
    issued_on: date | None
    page_number: str | None  # 版次 as printed, such as 02
    headline: str | None
    evidence: str
    context: str
    url: str | None
    rule: str
    trigger: str
    confidence: float
    source_url: str | None = None  # of the paper or site itself; `url` is that of the page


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with everything its card shows."""

    event: EventView
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """Two events that may be one, for a person to decide; `second` is None once they are one."""

    id: int
    first: EventDetail
    second: EventDetail | None
    score: float
    pros: tuple[Reason, ...] = ()  # what speaks for it
    cons: tuple[Reason, ...] = ()
    verdict: Verdict = Verdict.OPEN
    decided_at: datetime | None = None  # UTC
    decided_by: int | None = None  # a Telegram id; None too where it was decided on the command line


@dataclass(frozen=True, slots=True)
class JoiningView:
    """Reports that were joined to an event that was known, by the reader or by a person."""

    id: int
    event_id: str  # the public id of the event that they are of now
    subject: str
    why: str  # reprint, alike, person
    score: float
    reasons: tuple[str, ...]
    evidence: tuple[str, ...]  # the clauses that were joined
    made_at: datetime  # UTC
    made_by: int | None = None  # a Telegram id
    undone: bool = False


@dataclass(frozen=True, slots=True)
class EventPage:
    """A slice of a list: `total` events match, these start at `offset`."""

    total: int
    offset: int
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What storing one page did. Counts are of events, but for `mentions`."""

    page_known: bool  # the very same text was stored before; nothing changed
    articles: int = 0
    mentions: int = 0
    new: tuple[EventView, ...] = ()
    merged: tuple[EventView, ...] = ()  # told before by another page, now with one more mention


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What storing the pages of one intake did, or would do."""

    pages: int
    known: int  # of these, stored before from the same source: nothing changed by them
    articles: int = 0  # of the others
    new: tuple[EventView, ...] = ()
    merged: tuple[EventView, ...] = ()  # told before, now with one more mention

    @property
    def all_known(self) -> bool:
        """Whether every page was stored before."""
        return self.known == self.pages


@dataclass(frozen=True, slots=True)
class ChatView:
    """A chat as we know it."""

    id: int  # Telegram's chat id
    kind: str  # private, group, supergroup, channel, console
    title: str
    language: str  # zh or en
    state: str  # one of storage.standing.Standing


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A subscription: what one chat (or one topic of it) asked for, and when it is due."""

    id: int
    chat_id: int
    topic_id: int | None
    language: str
    types: tuple[EventType, ...]
    areas: tuple[str, ...]
    weekday: int  # 0 is Monday
    hour: int
    minute: int
    zone: str
    state: str  # active, paused, ended
    next_due_at: datetime  # UTC
    last_period_end: date | None = None
    paused_until: datetime | None = None  # UTC; None while paused means until resumed
    chat_kind: str = ""

    @property
    def filter(self) -> EventFilter:
        """Which events it asks for, over all days."""
        return EventFilter(types=self.types, areas=self.areas)

    @property
    def rhythm(self) -> Rhythm:
        """When it asks for them."""
        return Rhythm(self.weekday, self.hour, self.minute, self.zone)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A paper or site that we read."""

    name: str
    kind: str
    home_url: str | None
    pages: int
    last_issue: date | None


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """One message part that is to go to one chat, as the sender claims it."""

    id: int
    subscription_id: int | None  # None for a note to operators
    chat_id: int
    topic_id: int | None
    digest_id: int
    occasion: str
    part: int  # from 1
    payload: str  # JSON: {"html", "keyboard": [[{"text", "data" or "url"}]], "silent"}
    attempts: int  # this one counted
    not_before: datetime  # UTC
    interrupted: bool = False  # an earlier sending was cut off: it may have arrived
    trial: bool = False  # when last tried, we could not write there


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """The outbox in numbers."""

    pending: int  # waiting, the claimed ones not counted
    claimed: int  # being sent under a lease that still runs
    sent: int
    unconfirmed: int  # cut off while being sent, and by rule not sent again: they may not have arrived
    failed: int
    dropped: int  # not sent on purpose: stale, or no longer wanted
    retrying: int  # of the pending ones, those that were tried before
    held: int  # of the pending ones, those whose chat or topic is away
    repeated: int  # in any state, those sent again after they were cut off: they may have arrived twice
    oldest_pending: datetime | None  # when the oldest pending one, not held, could first have gone
    last_errors: tuple[str, ...] = ()  # newest first, at most five
