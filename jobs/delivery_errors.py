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
)

# The library is about to tell times as timedelta and warns at every 429 until one opts in.
os.environ.setdefault("PTB_TIMEDELTA", "true")


@dataclass(frozen=True, slots=True)
class Blocked:
    """A person has blocked the bot or deleted the account."""


@dataclass(frozen=True, slots=True)
class Left:
    """The bot is no longer in the group or channel, or that is gone."""


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
    """It may go well next time. `may_have_arrived`: the sending was cut off after it had begun."""

    may_have_arrived: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing can be sent at all: the token is refused."""


Verdict = Blocked | Left | Moved | Wait | Never | Later | Stop

# Telegram has no code of its own for these. A chat that nobody can find is one that we are not in.
_NO_CHAT = ("chat not found", "peer_id_invalid", "group chat was deactivated", "user not found")
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
        case Forbidden():
            return _gone(chat_id)
        case BadRequest():
            said = error.message.lower()
            return _gone(chat_id) if any(words in said for words in _NO_CHAT) else Never()
        case NetworkError():  # timeouts and server errors too
            return Later(may_have_arrived=type(error.__cause__).__name__ not in _NEVER_LEFT)
        case _:
            return Later(may_have_arrived=False)


def seconds_told(error: RetryAfter) -> float:
    """How long a 429 tells to wait."""
    told: timedelta | float = error.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else float(told)


def _gone(chat_id: int) -> Blocked | Left:
    return Blocked() if chat_id > 0 else Left()
