"""What the renderers share: which text may be shown, how blocks are set off, how long a text is."""

import re
import unicodedata

from messages.tree import Block, Heading, Inline, Item, Quote

URL_LIMIT = 2000

# Control characters, and marks that would turn the direction of the text after them.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_URL = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
_JOINED = ("Mn", "Me", "Cf")  # combining marks, variation selectors' kin, joiners


def clean(text: str) -> str:
    """The text without characters that no reader should meet; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _UNSHOWN.sub("", text.replace("\t", " "))


def one_line(text: str) -> str:
    """The text on one line, without blanks around it."""
    return " ".join(clean(text).split())


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, ending in … where something is cut; no character is cut in two."""
    if units(text) <= limit:
        return text
    kept, room = [], limit - 1
    for char in text:
        room -= units(char)
        if room < 0:
            break
        kept.append(char)
    while kept and (unicodedata.category(kept[-1]) in _JOINED or kept[-1].isspace()):
        kept.pop()
    return "".join(kept) + "…" if limit > 0 else ""


def safe_url(url: str) -> str | None:
    """The address, where it is one that may be opened from a message: http(s), of sane length."""
    url = url.strip()
    return url if len(url) <= URL_LIMIT and _URL.fullmatch(url) else None


def gap(previous: Block | None, block: Block) -> str:
    """What stands between two blocks."""
    if previous is None:
        return ""
    if isinstance(previous, Heading):
        return "\n"
    if isinstance(block, Quote | Item) and isinstance(previous, Item | Quote):
        return "\n"
    return "\n\n"


def lead(block: Block) -> str:
    """What a block starts with."""
    return f"{block.number}. " if isinstance(block, Item) and block.number is not None else ""


def visible(content: tuple[Inline, ...]) -> str:
    """The words of a line, as they are seen."""
    return clean("".join(part.text for part in content))
