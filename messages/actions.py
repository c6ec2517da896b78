"""What can be asked for with a button, as values. `messages.callbacks` writes and reads them."""

from dataclasses import dataclass
from enum import StrEnum

from parsing.model import EventType


class ListKind(StrEnum):
    """Which question a list answers."""

    LIST = "l"  # a type command: newest first
    UPCOMING = "u"  # soonest first
    RECENT = "r"
    SEARCH = "s"


@dataclass(frozen=True, slots=True)
class ListMode:
    """A kind of list and, for upcoming and recent ones, how many days it looks over (0 to 9999)."""

    kind: ListKind = ListKind.LIST
    days: int = 0

    def __str__(self) -> str:
        return f"{self.kind}{self.days or ''}"


class Change(StrEnum):
    """How a list is made narrower or wider. `TYPE` goes with the type to keep."""

    ANY_AREA = "a"
    ANY_TYPE = "t"
    ANY_WORDS = "w"
    ANY_TIME = "p"
    TYPE = "o"


class Part(StrEnum):
    """What of a subscription a button shows or changes."""

    OPEN = "o"  # value: a View
    TYPE = "t"  # value: the event type to switch on or off
    AREA = "a"  # value: the `area_code` to switch on or off
    ALL_TYPES = "ta"
    ALL_AREAS = "aa"
    AREA_PAGE = "ap"  # value: page of the area keyboard, from 0
    DAY = "d"  # value: 0 (Monday) to 6
    HOUR = "h"  # value: 0 to 23
    PAUSE = "p"  # value: days, 0 for until resumed
    RESUME = "r"
    LEAVE = "x"  # asks before it unsubscribes


class View(StrEnum):
    """The pages of the settings message."""

    OVERVIEW = "overview"
    TYPES = "types"
    AREAS = "areas"
    TIME = "time"


class Ask(StrEnum):
    """What is only done after one more tap."""

    UNSUBSCRIBE = "u"  # with the subscription's id
    FORGET = "f"


class TendWord(StrEnum):
    """An operator's word on a source, or on an issue that is held."""

    RETRY = "r"
    ACCEPT = "a"


class Target(StrEnum):
    """What a follow button follows."""

    FILTER = "k"  # a remembered filter, by its key
    AREA = "a"  # an area, by its `area_code`
    TYPE = "t"


class PairSay(StrEnum):
    """An operator's word on two events that may be one."""

    SAME = "s"
    APART = "a"
    UNDO = "u"


@dataclass(frozen=True, slots=True)
class ListPage:
    """Show the list of a remembered filter from `offset`, in place."""

    filter_key: str
    mode: ListMode
    offset: int = 0


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """Show an event's card: in place when it can lead `back` to a list, else as a new message."""

    public_id: str
    back: ListPage | None = None


@dataclass(frozen=True, slots=True)
class Adjust:
    """Show a list changed by `adjusted(filter, change, type)`, from its start, in place."""

    filter_key: str
    mode: ListMode
    change: Change
    type: EventType | None = None


@dataclass(frozen=True, slots=True)
class DigestRest:
    """Show all events of a digest's filter, or those of one type, as a new message."""

    filter_key: str
    type: EventType | None = None


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Subscribe this chat and topic with the defaults."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Take `target` into the digest of this chat and topic; `only` leaves everything else out of it."""

    target: Target
    value: str
    only: bool = False


@dataclass(frozen=True, slots=True)
class SubscriptionEdit:
    """Show or change a part of a subscription, in place."""

    subscription_id: int
    part: Part
    value: str = ""


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Store the pages that were handed in under this number, or leave them."""

    number: int
    store: bool


@dataclass(frozen=True, slots=True)
class Confirm:
    """Do what was asked about."""

    ask: Ask
    subscription_id: int = 0


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave all as it is, and say so in place."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak another language in this chat."""

    language: str


@dataclass(frozen=True, slots=True)
class Run:
    """The same as sending a command without arguments."""

    command: str


@dataclass(frozen=True, slots=True)
class Tend:
    """Take an operator's word on a source (its id in the catalog), or on an issue of it (0 for none)."""

    source: str
    issue: int
    word: TendWord


@dataclass(frozen=True, slots=True)
class PairWord:
    """Decide a pair of events, or take that back, in place."""

    pair_id: int
    word: PairSay


Action = (
    ListPage
    | OpenEvent
    | Adjust
    | DigestRest
    | Subscribe
    | Follow
    | SubscriptionEdit
    | TakeIn
    | Confirm
    | Keep
    | SetLanguage
    | Run
    | Tend
    | PairWord
)

# What only administrators may press in a group; showing a page of the settings is among it.
CHANGES_SETTINGS = (Subscribe, Follow, SubscriptionEdit, Confirm, SetLanguage)

# What is answered with a message below: pressed again meanwhile, it needs no second one.
BELOW = (OpenEvent, DigestRest, Run, Subscribe, Follow)
