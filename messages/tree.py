"""What the bot says, as an immutable document tree that knows nothing of Telegram.

A `Message` is a tuple of blocks and a keyboard. `messages.html` renders it for Telegram, `messages.plain` for
the console. All text in it is plain: escaping is the renderer's work, never the author's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

DATA_LIMIT = 64  # bytes of callback data that Telegram keeps with a button


@dataclass(frozen=True, slots=True)
class Text:
    """Words without any mark."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    """Words said aside."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to be typed or copied as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web page. An address that is not http(s) is shown as mere words."""

    text: str
    url: str


Inline = Text | Bold | Italic | Code | Link
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a message or section. It is never parted from the block after it."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block set off by blank lines."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, numbered or not."""

    content: Inlines
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of someone else; `expandable` folds them behind a tap."""

    content: Inlines
    expandable: bool = False


Block = Heading | Paragraph | Item | Quote


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it sends `data` back to the bot, or opens `url`.

    Raises:
        ValueError: not exactly one of the two, no label, or data of more than 64 bytes.
    """

    text: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError(f"button {self.text!r} needs either data or a url")
        if not self.text.strip():
            raise ValueError("a button needs a label")
        if self.data is not None and not 1 <= len(self.data.encode()) <= DATA_LIMIT:
            raise ValueError(f"callback data of 1 to {DATA_LIMIT} bytes, not {self.data!r}")


Row = tuple[Button, ...]
Keyboard = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """Everything one answer says, with the buttons under its end."""

    blocks: tuple[Block, ...]
    keyboard: Keyboard = ()


def inlines(*parts: Inline | str) -> Inlines:
    """A line of inlines; bare strings become `Text`, empty ones vanish."""
    line = (Text(part) if isinstance(part, str) else part for part in parts)
    return tuple(part for part in line if part.text)


def rows(buttons: Iterable[Button], width: int) -> Keyboard:
    """Lay buttons out in rows of at most `width`."""
    flat = tuple(buttons)
    return tuple(flat[start : start + width] for start in range(0, len(flat), width))
