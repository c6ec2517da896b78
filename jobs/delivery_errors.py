"""What a failed sending means, as a small closed set: each kind tells what to do with the delivery."""

import os
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from storage.refusals import TopicRefusal, read_refusal
from storage.standing import Standing

# The library is about to tell times as timedelta and warns at every 429 until one opts in.
os.environ.setdefault("PTB_TIMEDELTA", "true")


@dataclass(frozen=True, slots=True)
class Away:
    """The chat can't be written to."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class NoTopic:
    """The topic can't be written to."""

    refusal: TopicRefusal


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Telegram tells to wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Never:
    """Telegram will not take this message, however often it is sent."""


@dataclass(frozen=True, slots=True)
class Later:
    """It may go well next time. `may_have_arrived`: it had left, and no answer came."""

    may_have_arrived: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing can be sent at all: the token is refused."""


Verdict = Away | NoTopic | Moved | Wait | Never | Later | Stop

_NEVER_LEFT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "ProxyError")


def judge(error: Exception, chat_id: int) -> Verdict:
    """What an error of sendMessage to `chat_id` means."""
    match error:
        case RetryAfter():
            return Wait(seconds_told(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case InvalidToken():
            return Stop()
        case Forbidden() | BadRequest():
            return _refused(error, chat_id)
        case NetworkError():  # timeouts and server errors too
            return Later(may_have_arrived=_was_cut_off(error))
        case _:
            return Later(may_have_arrived=False)


def seconds_told(error: RetryAfter) -> float:
    """How long a 429 tells to wait."""
    told: timedelta | float = error.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else float(told)


def _refused(error: Forbidden | BadRequest, chat_id: int) -> Verdict:
    match read_refusal(error.message, forbidden=isinstance(error, Forbidden), chat_id=chat_id):
        case Standing() as standing:
            return Away(standing)
        case TopicRefusal() as refusal:
            return NoTopic(refusal)
        case None:
            return Never()


def _was_cut_off(error: NetworkError) -> bool:
    """Whether no answer came to a request that had left; an answer of 500 or 502 is one."""
    if error.__cause__ is None:
        return isinstance(error, TimedOut)
    return type(error.__cause__).__name__ not in _NEVER_LEFT
