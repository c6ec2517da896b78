"""Telegram's limits of traffic, counted by the arrival of messages at the server."""

import math
from collections import deque
from dataclasses import dataclass, field, fields
from typing import Any

from tests.fakebot.refusals import Json, MisuseError


@dataclass(slots=True)
class FloodSettings:
    """How much is too much. Rates are messages a second, windows are seconds."""

    enabled: bool = True
    bot_rate: int = 30
    paid_rate: int = 1_000  # for messages that allow paid broadcast
    bot_window: float = 1.0
    chat_rate: float = 1.0
    chat_burst: int = 3  # what a rested chat takes at once
    group_max: int = 20
    group_window: float = 60.0
    hold: bool = True  # whoever got a 429 is refused until its retry_after is over

    def change(self, **settings: Any) -> None:
        known = {item.name for item in fields(self)}
        if unknown := settings.keys() - known:
            raise MisuseError(
                f"no flood setting {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}"
            )
        for name, value in settings.items():
            setattr(self, name, value)


@dataclass(slots=True)
class _Window:
    """At most `most` arrivals in any `seconds`."""

    arrivals: deque[float] = field(default_factory=deque)

    def wait(self, now: float, most: int, seconds: float) -> float:
        while self.arrivals and now - self.arrivals[0] >= seconds:
            self.arrivals.popleft()
        return self.arrivals[-most] + seconds - now if len(self.arrivals) >= most else 0.0


@dataclass(slots=True)
class _Bucket:
    """Fills with `rate` tokens a second up to `burst`; a message takes one."""

    tokens: float
    at: float

    def wait(self, now: float, rate: float, burst: int) -> float:
        self.tokens = min(float(burst), self.tokens + (now - self.at) * rate)
        self.at = now
        return 0.0 if self.tokens >= 1 - 1e-9 else (1 - self.tokens) / rate


class Flood:
    """Judges each message; refused ones do not count as sent."""

    def __init__(self, settings: FloodSettings) -> None:
        self.settings = settings
        self.refused = {"bot": 0, "chat": 0, "group": 0, "fault": 0}
        self.accepted: list[float] = []
        self._bot = _Window()
        self._groups: dict[int, _Window] = {}
        self._chats: dict[int, _Bucket] = {}
        self._held: dict[tuple[str, int], float] = {}

    def admit(self, chat_id: int, *, group: bool, now: float, paid: bool = False) -> int:
        """0 if a message to the chat may pass at `now` (monotonic seconds), else after how many seconds."""
        if self.settings.enabled:
            scope, wait = self._judge(chat_id, group, now, paid)
            if wait > 0:
                seconds = max(1, math.ceil(wait - 1e-9))
                self.refused[scope] += 1
                key = (scope, 0 if scope == "bot" else chat_id)
                if self.settings.hold and key not in self._held:
                    self._held[key] = now + seconds
                return seconds
            self._bot.arrivals.append(now)
            self._chats[chat_id].tokens -= 1
            if group:
                self._groups[chat_id].arrivals.append(now)
        self.accepted.append(now)
        return 0

    def _judge(self, chat_id: int, group: bool, now: float, paid: bool) -> tuple[str, float]:
        rules = self.settings
        for key in (("bot", 0), ("chat", chat_id), ("group", chat_id)):
            if (until := self._held.get(key)) is not None:
                if now < until:
                    return key[0], until - now
                del self._held[key]
        bucket = self._chats.setdefault(chat_id, _Bucket(float(rules.chat_burst), now))
        waits = {
            "bot": self._bot.wait(now, rules.paid_rate if paid else rules.bot_rate, rules.bot_window),
            "chat": bucket.wait(now, rules.chat_rate, rules.chat_burst),
        }
        if group:
            window = self._groups.setdefault(chat_id, _Window())
            waits["group"] = window.wait(now, rules.group_max, rules.group_window)
        return next(((scope, wait) for scope, wait in waits.items() if wait > 0), ("", 0.0))

    def forget_refusals(self) -> None:
        """Lift what a 429 has put on hold."""
        self._held.clear()

    def stats(self) -> Json:
        """Accepted and refused messages, and the most accepted in any one second."""
        most = low = 0
        for high, moment in enumerate(self.accepted):
            while moment - self.accepted[low] >= 1.0:
                low += 1
            most = max(most, high - low + 1)
        return {
            "accepted": len(self.accepted),
            "max_in_1s": most,
            "flood_429": dict(self.refused),
            "flood_429_total": sum(self.refused.values()),
        }
