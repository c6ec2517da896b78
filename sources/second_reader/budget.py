"""What the second reader may spend in a day, kept in files that outlive the process.

A ledger is a folder with one file a day, `2026-03-16.jsonl`; each line books tokens. Before a request the
most that it can take is reserved, afterwards the difference to what it took is booked. So a process that
dies in between, or two at a time, spend too little rather than too much.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sources.second_reader.errors import LimitReachedError

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so much a day: `tokens`, in and out together, and `cost`, in the currency of the prices.

    Prices are per million tokens. Without a `cost` only tokens are counted.
    """

    tokens: int
    cost: float | None = None
    price_in: float = 0.0
    price_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens that went to the model and came from it, on one day."""

    tokens_in: int = 0
    tokens_out: int = 0

    def cost(self, limits: Limits) -> float:
        """What they cost by the prices of `limits`."""
        return (self.tokens_in * limits.price_in + self.tokens_out * limits.price_out) / _MILLION


@dataclass(frozen=True, slots=True)
class Reservation:
    """What one request may take, booked on a day."""

    day: date
    tokens_in: int
    tokens_out: int


class Budget:
    """The day's spending under `limits`, in the ledger `folder`; a day is one of `zone`."""

    def __init__(self, folder: Path, limits: Limits, *, zone: str, clock: Callable[[], datetime]) -> None:
        self.limits = limits
        self._folder = folder
        self._zone = ZoneInfo(zone)
        self._clock = clock

    def spent(self) -> Spent:
        """What was booked today.

        Raises:
            LimitReachedError: the ledger cannot be read, so nobody knows.
        """
        return self._sum(self._today())

    def reserve(self, tokens_in: int, tokens_out: int) -> Reservation:
        """Book the most that a request can take.

        Raises:
            LimitReachedError: it does not fit in what is left of today, or the ledger cannot be used.
        """
        kept = Reservation(self._today(), tokens_in, tokens_out)
        self._book(kept.day, tokens_in, tokens_out)
        # Booked first and added up then: of two processes at one time none overlooks the other.
        after = self._sum(kept.day)
        over = self._over(after)
        if over:
            self.settle(kept, 0, 0)
            raise LimitReachedError(over)
        return kept

    def settle(self, kept: Reservation, tokens_in: int, tokens_out: int) -> None:
        """Book what a request took in place of what was reserved for it.

        Raises:
            LimitReachedError: the ledger cannot be written.
        """
        self._book(kept.day, tokens_in - kept.tokens_in, tokens_out - kept.tokens_out)

    def _over(self, spent: Spent) -> str:
        tokens, limits = spent.tokens_in + spent.tokens_out, self.limits
        if tokens > limits.tokens:
            return (
                f"今天的上限是 {limits.tokens} 个词元，再问一次可能超过"
                f" · another request could exceed today's limit of {limits.tokens} tokens"
            )
        if limits.cost is not None and spent.cost(limits) > limits.cost:
            return (
                f"今天的费用上限是 {limits.cost:g}，再问一次可能超过"
                f" · another request could exceed today's cost limit of {limits.cost:g}"
            )
        return ""

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    def _file(self, day: date) -> Path:
        return self._folder / f"{day}.jsonl"

    def _book(self, day: date, tokens_in: int, tokens_out: int) -> None:
        line = json.dumps({"in": tokens_in, "out": tokens_out})
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._file(day).open("a", encoding="ascii") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise LimitReachedError(
                f"用量记录 {self._file(day)} 写不进去 · the ledger cannot be written: {error.strerror}"
            ) from error

    def _sum(self, day: date) -> Spent:
        try:
            lines = self._file(day).read_text(encoding="ascii").splitlines()
            booked = [json.loads(line) for line in lines]
            return Spent(sum(int(one["in"]) for one in booked), sum(int(one["out"]) for one in booked))
        except FileNotFoundError:
            return Spent()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LimitReachedError(
                f"用量记录 {self._file(day)} 读不懂，请移走它 · the ledger cannot be read; move it away"
            ) from error
