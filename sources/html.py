"""HTML as lines of text: block elements and line breaks part them, a row of a table is one line."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.addresses import canonical
from sources.cleaning import parts, plain

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "figure"),
        *("figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
        *("founder-content", "cms-content"),
    )
)
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "select", "button", "textarea")
)
_CELLS = frozenset(("td", "th"))
# A line end of the markup means nothing in Chinese; what stands behind it may be an indent, which does.
_BETWEEN_CHINESE = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r]*\n[ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_LINE_END = re.compile(r"[ \t\r]*\n[ \t\r\n]*")
_DEEPEST = 400  # elements inside each other; pages that go deeper are broken or hostile


def lines_of(node: LexborNode) -> list[str]:
    """The cleaned lines of an element, in order, without scripts and comments."""
    pieces: list[str] = []
    _collect(node, pieces, 0)
    return parts("".join(pieces))


def text_of(node: LexborNode | None) -> str:
    """All words of an element as one line; nothing for no element."""
    return " ".join(lines_of(node)) if node is not None else ""


def first(parser: LexborHTMLParser, selectors: Iterable[str]) -> LexborNode | None:
    """The first element that has words, of the first selector that finds one."""
    for selector in selectors:
        for node in parser.css(selector):
            if text_of(node):
                return node
    return None


def images_of(node: LexborNode, url: str) -> tuple[str, ...]:
    """The addresses of an element's pictures, once each; those loaded late (`data-src`) too."""
    found = (
        image.attributes.get("data-src") or image.attributes.get("src") or "" for image in node.css("img")
    )
    addresses = (canonical(href, url) for href in found if href and not href.startswith("data:"))
    return tuple(dict.fromkeys(addresses))


def unwrapped(markup: str) -> str:
    """The words of a bit of HTML, as one line."""
    return plain(text_of(LexborHTMLParser(markup).body)) if "<" in markup else plain(markup)


def _collect(node: LexborNode, pieces: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        return
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            pieces.append(_LINE_END.sub(" ", _BETWEEN_CHINESE.sub("", child.text(deep=False) or "")))
        elif tag in _CELLS:
            _collect(child, pieces, depth + 1)
            pieces.append(" ")
        elif tag not in _SILENT:
            edge = "\n" if tag in _BLOCKS else ""
            pieces.append(edge)
            _collect(child, pieces, depth + 1)
            pieces.append(edge)
