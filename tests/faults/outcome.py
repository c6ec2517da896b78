"""What became of a broadcast amid kills, and which promises it broke."""

from collections import Counter
from dataclasses import dataclass

from jobs.deliver import IN_FLIGHT


@dataclass(slots=True)
class Kill:
    """One of the crew was killed."""

    role: str
    worker: str  # the name under which it claimed deliveries
    after: int  # accepted messages
    cut_off: set[int]  # chats whose message had arrived, and nobody knew


@dataclass(slots=True)
class Outcome:
    """What became of a broadcast to `chats`."""

    chats: set[int]
    kills: list[Kill]
    arrived: Counter[int]  # by chat
    occasions: Counter[int]  # rows of the outbox, by subscription
    still_due: int  # subscriptions whose digest was not made
    not_sent: int  # rows that are not marked as sent
    refused: int  # answers 429
    most_in_1s: int  # messages, as the server counted them
    troubles: list[str]  # what was logged as an error
    seconds: float

    @property
    def lost(self) -> set[int]:
        return self.chats - self.arrived.keys()

    @property
    def doubled(self) -> set[int]:
        return {chat for chat, count in self.arrived.items() if count > 1}

    @property
    def cut_off(self) -> list[int]:
        """Chats whose message was on its way at a kill, as often as that happened."""
        return [chat for kill in self.kills for chat in kill.cut_off]

    @property
    def most_cut_off(self) -> int:
        """The most messages that were on their way at one kill."""
        return max((len(kill.cut_off) for kill in self.kills), default=0)

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept, each with how often."""
        said = {
            "lost": len(self.lost),
            "digests not made": self.still_due,
            "deliveries not marked as sent": self.not_sent,
            "subscriptions without a digest": len(self.chats) - len(self.occasions),
            "digests made twice": sum(count > 1 for count in self.occasions.values()),
            "sent twice though not cut off": len(self.doubled - set(self.cut_off)),
            "more doubles than were cut off": self.arrived.total() - len(self.chats) - len(self.cut_off),
            "more cut off by one kill than may be in flight": self.most_cut_off - IN_FLIGHT,
        }
        return [f"{what}: {count}" for what, count in said.items() if count > 0]
