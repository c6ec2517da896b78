"""Render a message for Telegram: HTML, in as many parts as its limits ask for.

Telegram counts the text of a message after its tags are read, in UTF-16 units. A message is split only
between blocks, a heading goes with the block after it, and a block that is too long alone is shortened.
"""

from dataclasses import dataclass, replace
from html import escape

from messages.layout import clean, gap, lead, safe_url, shorten, units, visible
from messages.tree import (
    Block,
    Bold,
    Button,
    Code,
    Heading,
    Inline,
    Italic,
    Keyboard,
    Link,
    Message,
    Quote,
    Text,
)

TEXT_LIMIT = 4096
ENTITY_LIMIT = 100
HEADING_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Rendered:
    """One part as Telegram's sendMessage takes it (parse_mode HTML)."""

    html: str
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """Blocks that go out as one message."""

    blocks: tuple[Block, ...] = ()

    @property
    def units(self) -> int:
        return sum(units(gap(before, block)) + _units(block) for before, block in _pairs(self.blocks))

    @property
    def entities(self) -> int:
        return sum(map(_entities, self.blocks))

    @property
    def fits(self) -> bool:
        return self.units <= TEXT_LIMIT and self.entities <= ENTITY_LIMIT

    def __add__(self, other: "_Part") -> "_Part":
        return _Part(self.blocks + other.blocks)


def render(message: Message) -> list[Rendered]:
    """The parts of a message, in order, the keyboard on the last."""
    parts = [_Part()]
    for unit in _unbreakable(message.blocks):
        if (parts[-1] + unit).fits:
            parts[-1] += unit
        else:
            parts.append(unit if unit.fits else _shortened(unit, TEXT_LIMIT))
    html = [_html(part.blocks) for part in parts if part.blocks] or ["…"]
    return [*(Rendered(text) for text in html[:-1]), Rendered(html[-1], _keyboard(message.keyboard))]


def _pairs(blocks: tuple[Block, ...]) -> list[tuple[Block | None, Block]]:
    return list(zip((None, *blocks), blocks, strict=False))


def _unbreakable(blocks: tuple[Block, ...]) -> list[_Part]:
    """Blocks that must stay together: headings with what follows them."""
    found: list[_Part] = []
    held: tuple[Block, ...] = ()
    for block in blocks:
        if not visible(block.content).strip():
            continue
        if isinstance(block, Heading):
            held += (replace(block, content=_cut(block.content, HEADING_LIMIT)),)
        else:
            found.append(_Part((*held, block)))
            held = ()
    return [*found, _Part(held)] if held else found


def _shortened(part: _Part, limit: int) -> _Part:
    """The same, its last block cut so that the whole stays within the limit, and unmarked if need be."""
    *heads, last = part.blocks
    if part.entities > ENTITY_LIMIT:
        last = replace(last, content=(Text("".join(inline.text for inline in last.content)),))
        heads = heads[-ENTITY_LIMIT // 2 :]
    while heads and _Part((*heads, last)).units - _units(last) > limit // 2:
        heads = heads[1:]
    room = limit - (_Part((*heads, last)).units - _units(last)) - units(lead(last))
    return _Part((*heads, replace(last, content=_cut(last.content, room))))


def _cut(content: tuple[Inline, ...], room: int) -> tuple[Inline, ...]:
    if units(visible(content)) <= room:
        return content
    kept: list[Inline] = []
    for inline in content:
        length = units(clean(inline.text))
        if length >= room:  # one unit stays for the …
            kept.append(replace(inline, text=shorten(clean(inline.text) + "…", room)))
            break
        kept.append(inline)
        room -= length
    return tuple(kept)


def _units(block: Block) -> int:
    return units(lead(block)) + units(visible(block.content))


def _entities(block: Block) -> int:
    marks = sum(not isinstance(inline, Text) for inline in block.content)
    return marks + isinstance(block, Quote) + (isinstance(block, Heading) and len(block.content))


def _html(blocks: tuple[Block, ...]) -> str:
    return "".join(escape(gap(before, block)) + _block(block) for before, block in _pairs(blocks))


def _block(block: Block) -> str:
    inside = lead(block) + "".join(map(_inline, block.content))
    match block:
        case Heading():
            return "".join(
                f"<b>{_words(i)}</b>" if isinstance(i, Text) else _inline(i) for i in block.content
            )
        case Quote(expandable=True):
            return f"<blockquote expandable>{inside}</blockquote>"
        case Quote():
            return f"<blockquote>{inside}</blockquote>"
        case _:
            return inside


def _inline(inline: Inline) -> str:
    words = _words(inline)
    match inline:
        case Bold():
            return f"<b>{words}</b>" if words else ""
        case Italic():
            return f"<i>{words}</i>" if words else ""
        case Code():
            return f"<code>{words}</code>" if words else ""
        case Link(url=address):
            url = safe_url(address)
            return f'<a href="{escape(url)}">{words}</a>' if url and words else words
        case Text():
            return words


def _words(inline: Inline) -> str:
    return escape(clean(inline.text), quote=False)


def _keyboard(keyboard: Keyboard) -> Keyboard:
    """The buttons that can be sent: no button to an address that may not be opened, no empty row."""
    kept = (tuple(button for button in row if _may_show(button)) for row in keyboard)
    return tuple(row for row in kept if row)


def _may_show(button: Button) -> bool:
    return button.url is None or safe_url(button.url) is not None
