"""Render a message as plain text, where no marks can be shown: in the notes that pop up over a chat."""

from messages.layout import clean, gap, lead, safe_url, visible
from messages.tree import Block, Inline, Link, Message, Quote

_BAR = "│ "


def render(message: Message) -> str:
    """The text of a message; links show their address. The keyboard is not part of it."""
    text, before = "", None
    for block in message.blocks:
        if visible(block.content).strip():
            text += gap(before, block) + _block(block)
            before = block
    return text


def _block(block: Block) -> str:
    words = lead(block) + "".join(map(_inline, block.content))
    return _barred(words) if isinstance(block, Quote) else words


def _inline(inline: Inline) -> str:
    words = clean(inline.text)
    url = safe_url(inline.url) if isinstance(inline, Link) else None
    return words if url is None or words in ("", url) else f"{words}（{url}）"


def _barred(words: str) -> str:
    return "\n".join(_BAR + line for line in words.split("\n"))
