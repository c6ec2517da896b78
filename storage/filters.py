"""What a chat asks for: which events, told as a small value that can be stored, hashed and compared."""

import base64
import hashlib
import json
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

from parsing.model import EventType
from storage.text import clean


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Events of any of `types`, in any of `areas`, with all of `words`, in a span of days.

    An empty tuple or None leaves that side open. `since` and `until` (both included) are compared with the
    days an event covers, or with the day it was reported where none is told.
    """

    types: tuple[EventType, ...] = ()
    areas: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def to_json(self) -> str:
        """The canonical form: sorted keys, only what is set."""
        plain: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if value:
                plain[item.name] = value.isoformat() if isinstance(value, date) else sorted(map(clean, value))
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            ValueError: not such a text.
        """
        try:
            plain = json.loads(text)
            known: dict[str, Any] = {
                "types": tuple(EventType(name) for name in plain.pop("types", ())),
                "areas": tuple(map(str, plain.pop("areas", ()))),
                "words": tuple(map(str, plain.pop("words", ()))),
                **{side: date.fromisoformat(plain.pop(side)) for side in ("since", "until") if side in plain},
            }
        except (TypeError, AttributeError, json.JSONDecodeError) as error:
            raise ValueError(f"not a filter: {text[:80]}") from error
        if plain:
            raise ValueError(f"a filter has no {', '.join(sorted(plain))}")
        return cls(**known)

    @property
    def key(self) -> str:
        """A short name (10 characters) that is the same for equal filters, for buttons and caches."""
        digest = hashlib.sha256(self.to_json().encode()).digest()
        return base64.b32encode(digest)[:10].decode().lower()

    def within(self, since: date | None, until: date | None) -> Self:
        """The same filter over other days."""
        return replace(self, since=since, until=until)
