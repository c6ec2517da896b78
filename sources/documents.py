"""What people hand in, as pages of text: PDFs, text files, web pages, by what is in them, not their name."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sources.charset import web_text
from sources.families.generic import article
from sources.families.pdfworker import read_pdf
from sources.fetching.errors import UnreadableError
from sources.files import SourceError, decode, name_hints
from sources.page_text import page_text

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 200_000  # of all pages together
MAX_PAGES = 24  # of a PDF; the number of `pdfpages`, which is only loaded where PDFs are read

_HEAD = 2_000  # characters in which a web page shows that it is one
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|div|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_ARCHIVES = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ")
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OFFICE_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")


class Why(StrEnum):
    """Why there is nothing to read in what was handed in."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"  # in bytes
    TOO_LONG = "too_long"  # in characters
    PICTURE = "picture"
    NEEDS_OCR = "needs_ocr"  # a PDF of pictures, or whose fonts do not tell their characters
    ENCRYPTED = "encrypted"
    BROKEN = "broken"  # a PDF that is damaged, cut off, or unpacks to too much
    ARCHIVE = "archive"
    OFFICE = "office"
    NO_TEXT = "no_text"  # bytes that are no text in any encoding
    NO_ARTICLE = "no_article"  # a web page that is a list, an error or a wall
    UNKNOWN_SITE = "unknown_site"  # one that no family knows, and there is nothing to guess its text with


class UnreadError(SourceError):
    """It cannot be read; `why` says what is the matter."""

    def __init__(self, why: Why, name: str) -> None:
        super().__init__(f"{name} cannot be read: {why.value.replace('_', ' ')}")
        self.why = why


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page as text; `number` is as printed or as the file's name tells."""

    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What can be read of it. `published_on` is told by a web page, `named_on` by the name of the file."""

    pages: tuple[DocumentPage, ...]
    title: str | None = None
    published_on: date | None = None
    named_on: date | None = None
    origin: str | None = None  # whom a web page says that it was taken from
    pictures: int = 0  # pages left out, as they need OCR


def read_document(data: bytes, *, name: str, url: str = "") -> Document:
    """Read a document; `name` is the file's, `url` where a web page was found.

    Raises:
        UnreadError: there is no text in it that can be read, or too much.
    """
    if not data.strip():
        raise UnreadError(Why.EMPTY, name)
    if len(data) > MAX_BYTES:
        raise UnreadError(Why.TOO_LARGE, name)
    found = _pdf(data, name) if b"%PDF" in data[:1024] else _text(data, name, url)
    if not any(page.text.strip() for page in found.pages):
        raise UnreadError(Why.EMPTY, name)
    if sum(len(page.text) for page in found.pages) > MAX_CHARACTERS:
        raise UnreadError(Why.TOO_LONG, name)
    return found


def _pdf(data: bytes, name: str) -> Document:
    try:
        pages = read_pdf(data, name=name)
    except SourceError as error:
        # The keys of an encrypted file stand in its trailer, which is never packed itself.
        raise UnreadError(Why.ENCRYPTED if b"/Encrypt" in data else Why.BROKEN, name) from error
    legible = [page for page in pages if not page.needs_ocr]
    if not legible:
        raise UnreadError(Why.NEEDS_OCR, name)
    hints = name_hints(name)
    only = hints.page_number if len(pages) == 1 else None
    return Document(
        pages=tuple(DocumentPage(page.text, page.number or only) for page in legible),
        named_on=hints.issued_on,
        pictures=len(pages) - len(legible),
    )


def _text(data: bytes, name: str, url: str) -> Document:
    _check_kind(data, name)
    if _WEB_PAGE.match(web_text(data[: 4 * _HEAD])[0][:_HEAD]):
        return _web_page(data, name, url)
    try:
        text = decode(data, name=name)[0].replace("\r\n", "\n").replace("\r", "\n")
    except SourceError as error:
        raise UnreadError(Why.NO_TEXT, name) from error
    hints = name_hints(name)
    return Document((DocumentPage(text, hints.page_number),), named_on=hints.issued_on)


def _check_kind(data: bytes, name: str) -> None:
    """Refuse what is known to hold no plain text."""
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise UnreadError(Why.PICTURE, name)
    if data.startswith(_OLD_OFFICE):
        raise UnreadError(Why.OFFICE, name)
    if data.startswith(_ZIP):
        raise UnreadError(
            Why.OFFICE if any(part in data[:4096] for part in _OFFICE_PARTS) else Why.ARCHIVE, name
        )
    if data.startswith(_ARCHIVES):
        raise UnreadError(Why.ARCHIVE, name)


def _web_page(data: bytes, name: str, url: str) -> Document:
    try:
        found = article(data, url)
    except UnreadableError as error:
        raise UnreadError(Why.UNKNOWN_SITE, name) from error
    if found is None:
        raise UnreadError(Why.NO_ARTICLE, name)
    published = found.published_at.date() if found.published_at else None
    return Document(
        pages=(DocumentPage(page_text([found]), found.page_number),),
        title=found.headline,
        published_on=found.issued_on or published,
        named_on=None if url else name_hints(name).issued_on,
        origin=found.origin,
    )
