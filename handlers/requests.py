"""Which messages are for us, and what they ask: pure reading of what Telegram delivers."""

import re
from dataclasses import dataclass

from telegram import Chat, Message, MessageEntity

from handlers.handed import Handed, asked_to_read, read_handed

READ = "read"  # the command that reads what is handed in; a document is that command by itself

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """A command with the words after it, or plain words where `command` is empty.

    `by_name` tells that the bot was named, so that an unknown command deserves an answer. `handed` is what
    is to be read.
    """

    command: str
    words: str
    by_name: bool
    handed: Handed | None = None


def read_request(message: Message, *, bot_id: int, bot_name: str) -> Request | None:
    """What a message asks of us; None if it is not for us.

    Commands are, unless they name another bot. Plain words, and what can be read (a file, a forwarded post),
    are in a private chat; in a group only where the bot is mentioned or replied to; in a channel never.
    """
    text = message.text or message.caption or ""
    if message.is_automatic_forward or message.via_bot is not None:
        return None
    private = message.chat.type == Chat.PRIVATE
    without_mention = text if private else _without_mention(message, text, bot_id, bot_name)
    by_name = private or without_mention is not None
    handed = read_handed(message)
    if message.text is None or (private and handed is not None):
        meant = by_name or (message.chat.type != Chat.CHANNEL and _replies_to(message, bot_id))
        return Request(READ, "", by_name=True, handed=handed) if meant and handed is not None else None
    asked = (text if without_mention is None else without_mention).strip()
    found = _COMMAND.match(asked)
    if found is not None:
        name, addressed = found.groups()
        if addressed is not None and addressed.lower() != bot_name.lower():
            return None
        words = asked[found.end() :].strip()
        handed = asked_to_read(message, words) if name.lower() == READ else None
        return Request(name.lower(), words, by_name or addressed is not None, handed)
    if message.chat.type == Chat.CHANNEL or not (by_name or _replies_to(message, bot_id)):
        return None
    return Request("", asked, by_name=True)


def topic_of(message: object) -> int | None:
    """The forum topic of a message. Threads of replies in other groups have an id too, but are no topics."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def _without_mention(message: Message, text: str, bot_id: int, bot_name: str) -> str | None:
    """The text without the mention of the bot, or None if it is not mentioned."""
    if not text:
        return None
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    marked = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    for entity, words in marked.items():
        named = words.lower() == f"@{bot_name}".lower()
        meant = entity.user is not None and entity.user.id == bot_id
        if named or meant:
            return text.replace(words, " ", 1)
    return None


def _replies_to(message: Message, bot_id: int) -> bool:
    # Every message of a topic "replies" to the one that made the topic.
    original = message.reply_to_message
    if original is None or original.from_user is None or original.forum_topic_created is not None:
        return False
    return original.from_user.id == bot_id
