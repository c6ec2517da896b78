"""The pace at which messages go out, so that Telegram never counts too many, as pure state over a clock.

Telegram counts arrivals. Each arrives between its departure and its answer, so a slot that is free again one
window after the *answer* bounds what the server can count in any window, whatever the network does.
"""

from collections import deque
from dataclasses import dataclass, field
from math import inf

BULK = "bulk"  # passed with a message that can wait until nobody waits for an answer
# Messages a second: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
FREE = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages in how many seconds. The defaults are Telegram's published ones."""

    total: int = FREE
    total_window: float = 1.0
    chat: int = 1
    chat_window: float = 1.0
    group: int = 20
    group_window: float = 60.0

    @property
    def paid(self) -> bool:
        """Whether the total is more than Telegram allows for free."""
        return self.total > FREE


@dataclass(slots=True, eq=False)
class Ticket:
    """One request's place in the line."""

    chat: int | str | None  # None: counted in the total only, as edits are
    bulk: bool
    count: int  # messages that the request sends; an album sends several
    order: int
    slots: list["_Slots"] = field(default_factory=list)


class _Slots:
    """A number of slots, each free again one window after its answer."""

    def __init__(self, limit: int, window: float) -> None:
        self.limit = limit
        self.window = window
        self.out = 0  # departed, not answered
        self.answers: deque[float] = deque()  # of those that still hold a slot, oldest first
        self.held_until = -inf

    def free_at(self, count: int, now: float) -> float:
        """When `count` slots are free; infinity if that depends on an answer still to come."""
        while self.answers and self.answers[0] + self.window <= now:
            self.answers.popleft()
        excess = self.out + len(self.answers) + min(count, self.limit) - self.limit
        if excess <= 0:
            return max(now, self.held_until)
        if excess > len(self.answers):
            return inf
        return max(self.answers[excess - 1] + self.window, self.held_until)

    def idle(self, now: float) -> bool:
        return not self.out and self.free_at(self.limit, now) <= now


_ATTENTIVE = 5.0  # seconds after an answer in which another one is expected
_ROOM = 15  # of so many slots bulk leaves one free for answers then


class Pace:
    """Lets tickets go in turn: those somebody waits for before bulk, each when its limits allow.

    Bulk goes evenly spaced, and leaves some slots free while answers are asked for, so that these go at once.

    Times are seconds of one monotonic clock and never go back. The caller asks `release` after each `join`,
    `answered` and `hold`, and again at `wake_at`.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._total = _Slots(self._limits.total, self._limits.total_window)
        self._share = self._limits.total
        self._chats: dict[int | str, _Slots] = {}
        self._groups: dict[int | str, _Slots] = {}
        self._line: list[Ticket] = []
        self._orders = 0
        self._next_bulk = -inf  # when spacing lets bulk go again
        self._answers_until = -inf  # how long answers are expected
        self._look_for_idle_from = 1_000
        self._last_told: tuple[int | str, float] | None = None

    @property
    def total(self) -> int:
        """The limit of the bot, of which this process may have a part."""
        return self._limits.total

    def take_part(self, share: int) -> None:
        """Let so many messages a window go from now on, 0 to the limit: others send with the same token."""
        self._share = min(max(0, share), self._limits.total)
        self._total.limit = max(1, self._share)

    def join(self, chat: int | str | None, *, bulk: bool = False, count: int = 1) -> Ticket:
        """Stand in line. A message to nobody's chat (None) is counted in the total only."""
        self._orders += 1
        ticket = Ticket(chat, bulk, max(1, count), self._orders)
        self._line.append(ticket)
        self._line.sort(key=lambda one: (one.bulk, one.order))
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give up a place in line; nothing if the ticket has gone."""
        if ticket in self._line:
            self._line.remove(ticket)

    def release(self, now: float) -> list[Ticket]:
        """The tickets that depart now, in order. Each must be `answered` some time."""
        if not self._share:
            return []
        gone = []
        blocked: set[int | str] = set()  # order within a chat is kept, also where a later one is smaller
        for ticket in self._line:
            if self._total_free_at(ticket.bulk, 1, now) > now:
                break  # answers come first in line, and wait for less than bulk
            if ticket.chat in blocked:
                continue
            if self._free_at(ticket, now) > now:
                if ticket.chat is not None:
                    blocked.add(ticket.chat)
                continue
            self._depart(ticket, now)
            gone.append(ticket)
        for ticket in gone:
            self._line.remove(ticket)
        return gone

    def answered(self, ticket: Ticket, now: float) -> None:
        """The answer to a departed ticket has come, or the request has failed for good."""
        for slots in ticket.slots:
            slots.out -= ticket.count
            slots.answers.extend([now] * ticket.count)
        ticket.slots = []
        self._forget_idle(now)

    def hold(self, chat: int | str | None, seconds: float, now: float) -> None:
        """Telegram answered 429: send nothing to `chat` for so long.

        It does not say whether the chat's limit or the bot's was meant. When a second chat is told to wait
        while the first still waits (or the request had no chat), it is the bot's: everything stops.
        """
        until = now + seconds
        told, self._last_told = self._last_told, (chat, until) if chat is not None else None
        if chat is None or (told is not None and told[0] != chat and told[1] > now):
            self._total.held_until = max(self._total.held_until, until)
        if chat is not None:
            slots = self._of_chat(chat)
            slots.held_until = max(slots.held_until, until)

    def held_for(self, chat: int | str | None, now: float) -> float:
        """Seconds for which a 429 keeps messages to `chat` back; 0 if none does."""
        own = self._chats.get(chat) if chat is not None else None
        return max(0.0, self._total.held_until - now, own.held_until - now if own else 0.0)

    def wake_at(self, now: float) -> float | None:
        """When the next ticket may go; None if nobody waits or all depends on answers to come."""
        if not self._share:
            return None
        soonest = min((self._free_at(ticket, now) for ticket in self._line), default=inf)
        return None if soonest == inf else soonest

    def _free_at(self, ticket: Ticket, now: float) -> float:
        own = (slots.free_at(ticket.count, now) for slots in self._slots(ticket.chat)[1:])
        return max(self._total_free_at(ticket.bulk, ticket.count, now), *own, -inf)

    def _total_free_at(self, bulk: bool, count: int, now: float) -> float:
        """When the total lets so many messages go."""
        if not bulk:
            return self._total.free_at(count, now)
        room = self._total.limit // _ROOM
        if not room or self._answers_until <= now:
            return max(self._next_bulk, self._total.free_at(count, now))
        kept_free = self._total.free_at(count + room, now)
        return max(self._next_bulk, min(kept_free, max(self._answers_until, self._total.free_at(count, now))))

    def _depart(self, ticket: Ticket, now: float) -> None:
        ticket.slots = self._slots(ticket.chat)
        for slots in ticket.slots:
            slots.out += ticket.count
        if not ticket.bulk:
            self._answers_until = now + _ATTENTIVE
        # Spaced, not in bursts: then an answer that somebody waits for never stands behind a whole window.
        # A tenth closer than the limit, so that a timer which wakes late does not lower the rate.
        self._next_bulk = now + 0.9 * ticket.count * self._limits.total_window / self._total.limit

    def _slots(self, chat: int | str | None) -> list[_Slots]:
        if chat is None:
            return [self._total]
        found = [self._total, self._of_chat(chat)]
        if isinstance(chat, str) or chat < 0:  # groups and channels have negative ids or a @name
            limits = self._limits
            found.append(self._groups.setdefault(chat, _Slots(limits.group, limits.group_window)))
        return found

    def _of_chat(self, chat: int | str) -> _Slots:
        return self._chats.setdefault(chat, _Slots(self._limits.chat, self._limits.chat_window))

    def _forget_idle(self, now: float) -> None:
        if len(self._chats) > self._look_for_idle_from:
            for known in (self._chats, self._groups):
                for chat in [chat for chat, slots in known.items() if slots.idle(now)]:
                    del known[chat]
            self._look_for_idle_from = 1_000 + 2 * max(len(self._chats), len(self._groups))
