"""What a button says back when it is pressed: small actions, written in at most 64 bytes.

The data of a button holds all that is needed to answer it after a restart. `parse` takes whatever a
client may send and answers None for what is no action of ours; it never raises.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from messages.actions import (
    BELOW,
    CHANGES_SETTINGS,
    Action,
    Adjust,
    Ask,
    Change,
    Confirm,
    DigestRest,
    Follow,
    Keep,
    ListKind,
    ListMode,
    ListPage,
    OpenEvent,
    PairSay,
    PairWord,
    Part,
    Run,
    SetLanguage,
    Subscribe,
    SubscriptionEdit,
    TakeIn,
    Target,
    Tend,
    TendWord,
    View,
)
from parsing.model import EventType
from storage.filters import EventFilter

__all__ = [
    "BELOW",
    "CHANGES_SETTINGS",
    "Action",
    "Adjust",
    "Ask",
    "Change",
    "Confirm",
    "DigestRest",
    "Follow",
    "Keep",
    "ListKind",
    "ListMode",
    "ListPage",
    "OpenEvent",
    "PairSay",
    "PairWord",
    "Part",
    "Run",
    "SetLanguage",
    "Subscribe",
    "SubscriptionEdit",
    "TakeIn",
    "Target",
    "Tend",
    "TendWord",
    "View",
    "adjusted",
    "area_code",
    "area_of_code",
    "build",
    "parse",
]

_KEY = r"[a-z2-7]{10}"
_ID = r"[0-9a-z]{1,16}"
_NUMBER = r"[0-9]{1,15}"
_MODE = r"[lurs][0-9]{0,4}"


def build(action: Action) -> str:
    """The callback data of an action.

    Raises:
        ValueError: the action holds what its grammar cannot say (an id of other letters, too many digits).
    """
    data = _build(action)
    if parse(data) != action:
        raise ValueError(f"no button can say {action!r}")
    return data


def _build(action: Action) -> str:
    match action:
        case ListPage(key, mode, offset):
            return f"l:{key}:{mode}:{offset}"
        case OpenEvent(public_id, back):
            return f"e:{public_id}" + (_build(back).removeprefix("l") if back else "")
        case Adjust(key, mode, change, type_):
            return f"w:{key}:{mode}:{change}:{type_ or ''}"
        case DigestRest(key, type_):
            return f"d:{key}:{type_ or ''}"
        case Subscribe():
            return "b"
        case Follow(target, value, only):
            return f"{'F' if only else 'f'}:{target}:{value}"
        case SubscriptionEdit(subscription_id, part, value):
            return f"s:{subscription_id}:{part}:{value}"
        case TakeIn(number, store):
            return f"i:{number}:{'s' if store else 'x'}"
        case Confirm(ask, subscription_id):
            return f"c:{ask}:{subscription_id}"
        case Keep():
            return "n"
        case SetLanguage(language):
            return f"g:{language}"
        case Run(command):
            return f"k:{command}"
        case Tend(source, issue, word):
            return f"t:{source}:{issue}:{word}"
        case PairWord(pair_id, word):
            return f"p:{pair_id}:{word}"


def parse(data: object) -> Action | None:
    """Read callback data; None for what is not ours or no longer understood."""
    if not isinstance(data, str) or len(data) > 64:
        return None
    for pattern, read in _GRAMMAR:
        found = pattern.fullmatch(data)
        if found:
            try:
                return read(*found.groups())
            except ValueError:  # a word that no enum has
                return None
    return None


def _mode(text: str) -> ListMode:
    return ListMode(ListKind(text[0]), int(text[1:] or 0))


def _type(text: str) -> EventType | None:
    return EventType(text) if text else None


def _list_page(key: str, mode: str, offset: str) -> ListPage:
    return ListPage(key, _mode(mode), int(offset))


def _open_event(public_id: str, key: str | None, mode: str, offset: str) -> OpenEvent:
    return OpenEvent(public_id, _list_page(key, mode, offset) if key else None)


def _adjust(key: str, mode: str, change: str, kept: str) -> Adjust:
    if (change == Change.TYPE) != bool(kept):
        raise ValueError(f"change {change!r} with type {kept!r}")
    return Adjust(key, _mode(mode), Change(change), _type(kept))


_GRAMMAR = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (rf"l:({_KEY}):({_MODE}):({_NUMBER})", _list_page),
        (rf"e:({_ID})(?::({_KEY}):({_MODE}):({_NUMBER}))?", _open_event),
        (rf"w:({_KEY}):({_MODE}):([a-z]):([a-z]*)", _adjust),
        (rf"d:({_KEY}):([a-z]*)", lambda key, kept: DigestRest(key, _type(kept))),
        (r"b", Subscribe),
        (r"([fF]):([a-z]):([a-z0-9]{1,16})", lambda f, to, value: Follow(Target(to), value, f == "F")),
        (
            rf"s:({_NUMBER}):([a-z]{{1,2}}):([a-z0-9]{{0,16}})",
            lambda number, part, value: SubscriptionEdit(int(number), Part(part), value),
        ),
        (rf"i:({_NUMBER}):([sx])", lambda number, what: TakeIn(int(number), what == "s")),
        (rf"c:([a-z]):({_NUMBER})", lambda ask, number: Confirm(Ask(ask), int(number))),
        (r"n", Keep),
        (r"g:([a-z]{2})", SetLanguage),
        (r"k:([a-z0-9_]{1,32})", Run),
        (
            rf"t:([a-z0-9][a-z0-9-]{{0,39}}):({_NUMBER}):([a-z])",
            lambda source, issue, word: Tend(source, int(issue), TendWord(word)),
        ),
        (rf"p:({_NUMBER}):([a-z])", lambda number, word: PairWord(int(number), PairSay(word))),
    )
)


def adjusted(flt: EventFilter, change: Change, type_: EventType | None = None) -> EventFilter:
    """The filter that an `Adjust` button leads to."""
    match change:
        case Change.ANY_AREA:
            return replace(flt, areas=())
        case Change.ANY_TYPE:
            return replace(flt, types=())
        case Change.ANY_WORDS:
            return replace(flt, words=())
        case Change.ANY_TIME:
            return flt.within(None, None)
        case Change.TYPE:
            return replace(flt, types=(type_,) if type_ else ())


def area_code(name: str) -> str:
    """A short name (8 letters) of an area that does not change with its place in the district pack."""
    return base64.b32encode(hashlib.sha256(name.encode(errors="replace")).digest())[:8].decode().lower()


def area_of_code(code: str, names: Iterable[str]) -> str | None:
    """The area among `names` that has this code."""
    return next((name for name in names if area_code(name) == code), None)
