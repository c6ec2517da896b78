"""What a message hands in to be read: pure reading of what Telegram delivers."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from telegram import Message, MessageOriginChannel, MessageOriginChat

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


class Form(StrEnum):
    """As what it comes."""

    FILE = "file"
    LINK = "link"
    POST = "post"  # a text, mostly a forwarded one
    PICTURE = "picture"  # nothing that could be read


@dataclass(frozen=True, slots=True)
class Handed:
    """Something to be read, with what is told of it; `content` is a file's id, an address, or a text."""

    form: Form
    content: str = ""
    name: str = ""  # of a file
    size: int | None = None  # of a file, in bytes
    note: str = ""  # what the person wrote beside it
    is_asked: bool = False  # handed in with /read: the note then is meant to tell of it
    channel: str | None = None  # the title of the channel or group that a post was forwarded from
    address: str | None = None  # of that post, if it can be opened by everybody
    posted_at: datetime | None = None


def read_handed(message: Message) -> Handed | None:
    """What a message hands in by itself; None for plain words and commands."""
    text = (message.text or message.caption or "").strip()
    if message.document is not None and message.animation is None:
        file = message.document
        handed = Handed(Form.FILE, file.file_id, name=file.file_name or "", size=file.file_size, note=text)
    elif _LINK.fullmatch(text):
        return Handed(Form.LINK, text)
    elif text and message.forward_origin is not None:
        handed = Handed(Form.POST, text)
    elif message.photo or message.animation is not None:
        return Handed(Form.PICTURE)
    else:
        return None
    return _with_origin(handed, message)


def asked_to_read(message: Message, words: str) -> Handed | None:
    """What /read with these words is to read: the link among them, or the message that it answers."""
    link, _, rest = words.partition(" ")
    if _LINK.fullmatch(link):
        return Handed(Form.LINK, link, note=rest.strip(), is_asked=True)
    answered = message.reply_to_message
    if answered is None:
        return None
    handed = read_handed(answered)
    if handed is None and (text := (answered.text or answered.caption or "").strip()):
        handed = Handed(Form.POST, text)
    return None if handed is None else replace(handed, note=words or handed.note, is_asked=bool(words))


def _with_origin(handed: Handed, message: Message) -> Handed:
    """The same with where it was forwarded from. The name of a private person is left out on purpose."""
    match message.forward_origin:
        case None:
            return handed
        case MessageOriginChannel(chat=chat, message_id=number, date=moment):
            address = f"https://t.me/{chat.username}/{number}" if chat.username else None
            return replace(handed, channel=chat.title, address=address, posted_at=moment)
        case MessageOriginChat(sender_chat=chat, date=moment):
            return replace(handed, channel=chat.title, posted_at=moment)
        case other:
            return replace(handed, posted_at=other.date)
