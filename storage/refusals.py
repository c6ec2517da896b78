"""What it means for a chat that Telegram refuses a message to it.

Telegram has no codes of its own for these, only words: those of its open-source Bot API server
(https://github.com/tdlib/telegram-bot-api), and those of the errors that this passes on.
"""

from enum import Enum, auto

from storage.standing import Standing

_DEACTIVATED = ("user is deactivated", "group chat was deactivated")
_NO_CHAT = ("chat not found", "peer_id_invalid", "user not found")  # one that nobody can find, we are not in
_NO_RIGHTS = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_admin_required",
    "chat_restricted",
    "chat_send_plain_forbidden",
)
_TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")


class TopicRefusal(Enum):
    """What is wrong with a topic."""

    CLOSED = auto()  # only administrators may write there
    GONE = auto()  # deleted


def read_refusal(said: str, *, forbidden: bool, chat_id: int) -> Standing | TopicRefusal | None:
    """What Telegram's words say of the chat or topic; None where the message itself is at fault.

    `forbidden` tells an answer of 403 from one of 400.
    """
    said = said.lower()

    def has(words: tuple[str, ...]) -> bool:
        return any(word in said for word in words)

    if has(_DEACTIVATED):
        return Standing.DEACTIVATED
    if has(_NO_RIGHTS):
        return Standing.NO_RIGHTS
    if forbidden or has(_NO_CHAT):
        return Standing.BLOCKED if chat_id > 0 else Standing.LEFT
    if "topic_closed" in said:
        return TopicRefusal.CLOSED
    return TopicRefusal.GONE if has(_TOPIC_GONE) else None
