"""Asks the operators about pairs of events that may be one: a few a day, the likeliest first, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from jobs.payloads import payload_of
from messages.html import render
from messages.i18n import translator
from messages.pairs import pair_message
from storage.chats import LANGUAGES
from storage.database import Database
from storage.doubts import doubtful_pairs
from storage.operator_notes import noted, tell_operators
from storage.views import PairView

MOST_A_DAY = 5  # the others wait behind /pairs
_ABOUT = "pair "
_DAY = timedelta(days=1)


@dataclass(slots=True)
class AskResult:
    """What a pass did."""

    asked: int = 0  # pairs

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return bool(self.asked)


async def ask_about_pairs(
    database: Database, *, operators: Sequence[int], zone: str, now: datetime
) -> AskResult:
    """Put the pairs that nobody was asked about into the outbox of each operator, five within a day at most.

    Raises:
        DatabaseError
    """
    if not operators:
        return AskResult()
    return AskResult(asked=await database.run(_ask, operators, zone, now))


def _ask(session: Session, operators: Sequence[int], zone: str, now: datetime) -> int:
    told = noted(session, _ABOUT)
    left = MOST_A_DAY - sum(made_at > now - _DAY for made_at in told.values())
    if left <= 0:
        return 0
    fresh = [pair for pair in doubtful_pairs(session) if f"{_ABOUT}{pair.id}" not in told]
    return sum(_put(session, pair, operators, zone, now) for pair in fresh[:left])


def _put(session: Session, pair: PairView, operators: Sequence[int], zone: str, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(zone)).date()
    parts = {
        language: [
            payload_of(part) for part in render(pair_message(pair, today=today, t=translator(language)))
        ]
        for language in LANGUAGES
    }
    occasion = f"{_ABOUT}{pair.id}"
    return tell_operators(session, operators, occasion=occasion, parts=parts, today=today, now=now) > 0
