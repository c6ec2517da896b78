"""HTML as lines of text: block elements and line breaks part them, a row of a table is one line."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.addresses import canonical
from sources.charset import web_text
from sources.cleaning import Body, body, parts, plain

_LEAST = 20  # characters; a shorter body is an empty page, an advertisement or a wall
_LONGEST_CAPTION = 120
_LONGEST_CELL = 200  # a longer one is a column of the page's layout
_DEEPEST = 500  # levels; browsers stop near here too, and what looks through them takes the square of it
_SHORT = 80  # a page that refuses says little else

_BREAKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "tr", "ul", "founder-content", "cms-content"),
    )
)
_DROPPED = frozenset(
    (
        *("audio", "button", "canvas", "head", "iframe", "noscript", "object", "script", "select", "style"),
        *("svg", "template", "textarea", "video"),
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")  # what HTML takes for white space: a wide space is a character
_WIDE = "\u2e80"  # from here on characters are set without spaces between them
# 请登录 alone is none: notices ask their readers to log in somewhere, and heads of sites do.
_WALL = re.compile(
    "请先登录|尚未登录|登录后(?:查看|阅读)|请(?:先)?购买(?:该|本)?报|付费(?:后)?阅读|(?:还没有|尚未)购买"
)
_GONE = re.compile("页面不存在|页面(?:未|没有)找到|您(?:要)?访问的页面|404 Not Found")


class Block(NamedTuple):
    """A line of a box, and how it stands there."""

    text: str
    is_centred: bool
    is_behind_picture: bool  # nothing but pictures stands between a picture and this line


def document(data: bytes) -> LexborHTMLParser:
    """A page from its bytes, whatever encoding it declares."""
    return parsed(web_text(data)[0])


def parsed(text: str) -> LexborHTMLParser:
    """A page from its text; an empty one for elements so deep in each other that no reader made them."""
    parser = LexborHTMLParser(text)
    level = [parser.root] if parser.root is not None else []
    for _ in range(_DEEPEST):
        level = [child for node in level for child in _children(node)]
        if not level:
            return parser
    return LexborHTMLParser("")


def link(href: str | None, base: str) -> str | None:
    """A link as one address; None for what leads nowhere: scripts, mail, a broken host, the page itself."""
    if not href:
        return None
    target = canonical(href, base)
    return target if target.startswith(("http://", "https://")) and target != canonical(base, base) else None


def blocks_of(node: LexborNode) -> list[Block]:
    """The lines of a box: block elements and `<br>` part them, inline elements do not; a row is one line."""
    lines = _Lines()
    inherited = _alignment(node, "")
    # A stack and no recursion: a hostile page nests deeper than Python goes.
    waiting: list[tuple[LexborNode | None, str]] = [(child, inherited) for child in _children(node)[::-1]]
    while waiting:
        here, alignment = waiting.pop()
        if here is None:  # the end of a block
            lines.end(alignment)
        elif here.is_text_node:
            lines.add(here.text_content or "")
        elif (tag := here.tag) and tag not in _DROPPED and not _is_hidden(here):
            if tag == "img":
                lines.picture()
                continue
            inner = alignment
            if tag in _BREAKS:
                lines.end(alignment)
                inner = _alignment(here, alignment)
                waiting.append((None, inner))
            if tag == "tr" and (row := _row(here)):
                lines.add(row)
                continue
            waiting.extend((child, inner) for child in _children(here)[::-1])
    lines.end(inherited)
    return lines.blocks


def lines_of(node: LexborNode) -> list[str]:
    """The cleaned lines of an element, in order, without scripts and comments."""
    return [block.text for block in blocks_of(node)]


def text_of(node: LexborNode | None) -> str:
    """All words of an element as one line; nothing for no element."""
    return " ".join(lines_of(node)) if node is not None else ""


def words_of(node: LexborNode, is_caption: Callable[[Block], bool]) -> Body:
    """The cleaned words of a box; `is_caption` is asked of each line that is right behind a picture."""
    captions: list[str] = []
    rest: list[str] = []
    for block in blocks_of(node):
        told = block.is_behind_picture and len(block.text) <= _LONGEST_CAPTION and is_caption(block)
        (captions if told else rest).append(block.text)
    words, below = body(rest), body(captions)
    return words._replace(captions=(*below.paragraphs, *below.captions, *words.captions))


def is_article(words: Body) -> bool:
    """Whether a box says something: neither empty, nor "page not found", nor "please log in"."""
    text = "".join((*words.paragraphs, *words.captions))
    return len(text) >= _LEAST and not (len(text) <= _SHORT and (is_wall(text) or _GONE.search(text)))


def is_wall(text: str) -> bool:
    """Whether a text asks its reader to log in or to pay first."""
    return bool(_WALL.search(text))


def images_of(node: LexborNode, url: str) -> tuple[str, ...]:
    """The addresses of an element's pictures, once each; those loaded late (`data-src`) too."""
    found = (
        link(picture.attributes.get("data-src") or picture.attributes.get("src"), url)
        for picture in node.css("img")
    )
    return tuple(dict.fromkeys(address for address in found if address))


def first(parser: LexborHTMLParser, selectors: Iterable[str]) -> LexborNode | None:
    """The first element that has words, of the first selector that finds one."""
    for selector in selectors:
        for node in parser.css(selector):
            if text_of(node):
                return node
    return None


def unwrapped(markup: str) -> str:
    """The words of a bit of HTML, as one line."""
    return plain(text_of(LexborHTMLParser(markup).body)) if "<" in markup else plain(markup)


class _Lines:
    """Lines as they are put together."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._is_behind = self._has_picture = False

    def add(self, text: str) -> None:
        self._words.append(text)

    def picture(self) -> None:
        if any(word.strip() for word in self._words):
            self._has_picture = True  # inside a line: it is the next one that stands behind it
        else:
            self._is_behind = True

    def end(self, alignment: str) -> None:
        if not self._words:
            return
        lines = parts(_WHITE.sub(_space, "".join(self._words)))
        for line in lines:
            self.blocks.append(Block(line, alignment == "center", self._is_behind))
            self._is_behind = False
        if lines:
            self._is_behind = self._has_picture
            self._has_picture = False
        self._words.clear()


def _space(found: re.Match[str]) -> str:
    """What stands for white space: nothing where a line of the source breaks between Chinese characters."""
    if "\n" not in found[0]:
        return " "
    text, start, end = found.string, found.start(), found.end()
    return "" if text[max(0, start - 1) : start] >= _WIDE and text[end : end + 1] >= _WIDE else " "


def _children(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    child = node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _is_hidden(node: LexborNode) -> bool:
    return bool(_HIDDEN.search(node.attributes.get("style") or ""))


def _alignment(node: LexborNode, inherited: str) -> str:
    if found := _ALIGNED.search(node.attributes.get("style") or ""):
        return found[1].lower()
    return "center" if node.tag == "center" else (node.attributes.get("align") or inherited).lower()


def _row(node: LexborNode) -> str | None:
    """The cells of a row in one line; None for a row that only lays out the page."""
    cells = [cell for cell in _children(node) if cell.tag in ("td", "th")]
    if any(cell.css_first("table") is not None for cell in cells):
        return None
    texts = [text for cell in cells if (text := text_of(cell))]
    return " ".join(texts) if len(texts) > 1 and max(map(len, texts)) <= _LONGEST_CELL else None
