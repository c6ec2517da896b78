"""Texts as Telegram keeps them: strict HTML in, plain text and entities out, lengths in UTF-16 units."""

import re
from dataclasses import dataclass, field

from tests.fakebot.refusals import Json, RefusedError, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_PIECE = re.compile(
    r"<(?P<tag>[^<>]*)(?P<closed>>?)|&(?P<name>#x[0-9a-fA-F]+|#[0-9]+|[A-Za-z]+);?|(?P<bare>&)"
)
_ATTRIBUTE = re.compile(
    r"\s+(?P<key>[a-zA-Z-]+)(?:=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+)))?"
)
_FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"“”（），。]+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}\b", re.ASCII)),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])", re.ASCII)),
)


@dataclass(slots=True)
class Formatted:
    """A text with its entities; `soft` holds what Telegram lets pass and a careful bot never sends."""

    text: str
    entities: list[Json] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def format_text(text: str, parse_mode: str | None, *, limit: int, what: str = "message") -> Formatted:
    """Parse, trim and measure a text.

    Raises:
        RefusedError: 400 for HTML that cannot be parsed, an unknown mode, or a text over `limit` units.
    """
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode", breach="parse_mode")
    done = _Parser(text).run() if parse_mode else Formatted(text)
    _trim(done)
    if utf16_length(done.text) > limit:
        raise bad_request(f"{what} is too long", breach="too_long")
    done.entities += [found for found in find_entities(done.text) if not _covered(found, done.entities)]
    done.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    if len(done.entities) > MAX_ENTITIES:
        done.soft.append(f"{len(done.entities)} entities, only the first {MAX_ENTITIES} are shown")
        del done.entities[MAX_ENTITIES:]
    return done


def find_entities(text: str) -> list[Json]:
    """What Telegram itself finds in a text: links, mentions, commands."""
    return [
        {"type": kind, "offset": utf16_length(text[: hit.start()]), "length": utf16_length(hit.group())}
        for kind, pattern in _FOUND
        for hit in pattern.finditer(text)
    ]


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    at: int


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.plain: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.out = Formatted("")

    def run(self) -> Formatted:
        position = 0
        for piece in _PIECE.finditer(self.source):
            self._add(self.source[position : piece.start()])
            position = piece.end()
            if piece["tag"] is None:
                self._add(self._reference(piece))
            elif not piece["closed"]:
                raise self._fail("Unclosed start tag", piece.start())
            elif piece["tag"].startswith("/"):
                self._end(piece["tag"][1:].strip().lower(), piece.start())
            else:
                self._start(piece["tag"], piece.start())
        self._add(self.source[position:])
        if self.open:
            raise self._fail(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.out.text = "".join(self.plain)
        return self.out

    def _add(self, text: str) -> None:
        self.plain.append(text)
        self.length += utf16_length(text)

    def _reference(self, piece: re.Match[str]) -> str:
        name = piece["name"] or ""
        if name in REFERENCES:
            if not piece.group().endswith(";"):
                self.out.soft.append(f"reference {piece.group()} without its semicolon")
            return REFERENCES[name]
        if name.startswith("#"):
            code = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
            if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000:
                return chr(code)
        # Telegram shows these as they stand, so a reader would see "&nbsp;".
        self.out.soft.append(f"{piece.group()!r} is no reference that Telegram knows: escape the ampersand")
        return piece.group()

    def _start(self, inside: str, at: int) -> None:
        name = re.match(r"[^\s>]*", inside).group().lower()  # type: ignore[union-attr]
        if name not in TAGS:
            raise self._fail(f'Unsupported start tag "{name}"', at)
        attributes: dict[str, str] = {}
        position = len(name)
        while inside[position:].strip():
            found = _ATTRIBUTE.match(inside, position)
            if found is None:
                raise self._fail(f'Bad attribute in the tag "{name}"', at)
            attributes[found["key"].lower()] = found["double"] or found["single"] or found["bare"] or ""
            position = found.end()
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', at)
        self._look_at_nesting(name, attributes)
        self.open.append(_Open(name, attributes, self.length, at))

    def _look_at_nesting(self, name: str, attributes: dict[str, str]) -> None:
        above = {opened.tag for opened in self.open}
        if "code" in above or ("pre" in above and name != "code"):
            self.out.soft.append(f"<{name}> inside code or pre")
        if name in ("blockquote", "a") and name in above:
            self.out.soft.append(f"<{name}> inside <{name}>")
        allowed = {"a": {"href"}, "span": {"class"}, "code": {"class"}, "blockquote": {"expandable"}}
        for key in attributes.keys() - allowed.get(name, set()):
            self.out.soft.append(f"attribute {key} in <{name}>")

    def _end(self, name: str, at: int) -> None:
        if not self.open:
            raise self._fail("Unexpected end tag", at)
        opened = self.open.pop()
        if name != opened.tag:
            raise self._fail(f'Unmatched end tag, expected "</{opened.tag}>", found "</{name}>"', at)
        entity: Json = {"type": TAGS[name], "offset": opened.offset, "length": self.length - opened.offset}
        if not entity["length"]:
            return
        if name == "a":
            address = _unescape(opened.attributes.get("href", ""))
            if not re.match(r"(https?://[^\s/]+\.|https?://(localhost|127\.)|tg://|mailto:|tel:)", address):
                self.out.soft.append(f"a link without a usable address: {address!r}")
                return
            entity["url"] = address
        if name == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        self.out.entities.append(entity)

    def _fail(self, reason: str, at: int | None = None) -> RefusedError:
        where = (
            "" if at is None else f" at byte offset {len(self.source[:at].encode('utf-8', 'surrogatepass'))}"
        )
        return bad_request(f"can't parse entities: {reason}{where}", breach="parse_entities")


def _unescape(text: str) -> str:
    return re.sub(r"&(lt|gt|amp|quot);", lambda found: REFERENCES[found[1]], text)


def _trim(formatted: Formatted) -> None:
    """Telegram drops white space at both ends and shortens what entities covered of it."""
    text = formatted.text.rstrip()
    lead = utf16_length(text) - utf16_length(text.lstrip())
    formatted.text = text.lstrip()
    size = utf16_length(formatted.text)
    kept = []
    for entity in formatted.entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    formatted.entities = kept


def _covered(found: Json, entities: list[Json]) -> bool:
    end = found["offset"] + found["length"]
    return any(
        entity["offset"] < end and found["offset"] < entity["offset"] + entity["length"]
        for entity in entities
        if entity["type"] in ("text_link", "code", "pre")
    )
