"""From what was handed in to what it tells: fetched, read, dated, and said to be whose."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from handlers.handed import Form, Handed
from handlers.house import Reader
from messages.replies import Unread
from parsing.model import Reading
from sources.attribution import name_in, site_of
from sources.documents import MAX_PAGES, Document, DocumentPage, UnreadError, read_document
from sources.fetching.errors import (
    BlockedError,
    BusyError,
    FetchError,
    ForbiddenError,
    MissingError,
    TooLargeError,
)
from sources.files import name_hints
from storage.intake import DatedBy, Intake, IntakePage

UNKNOWN_SOURCE = "管理员交来"  # where nothing tells whose it is: said as it is, for it stands on cards
_LONGEST_NAME = 40  # characters of a source's name
_DAY = re.compile(r"(?:19|20)\d\d[-_.年]?\d{1,2}[-_.月]?\d{1,2}日?")

_FETCHING: tuple[tuple[type[FetchError], Unread], ...] = (
    (MissingError, Unread.MISSING),
    (BlockedError, Unread.BLOCKED),
    (BusyError, Unread.BUSY),
    (ForbiddenError, Unread.FORBIDDEN),
    (TooLargeError, Unread.TOO_LARGE),
    (FetchError, Unread.UNREACHABLE),
)


class NotReadError(Exception):
    """Nothing can be read in it; `why` says why."""

    def __init__(self, why: Unread) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Obtained:
    """What was read: an intake with a reading for each of its pages."""

    intake: Intake
    readings: Sequence[Reading]
    pictures: int = 0  # pages that were left out
    more_pages: bool = False  # whether there may be others behind those read


def obtain(handed: Handed, data: bytes, reader: Reader, zone: str) -> Obtained:
    """Fetch a link, and read what was handed in; `data` are the bytes of a file. Takes its time.

    Raises:
        NotReadError: it cannot be fetched, or there is nothing in it to read.
    """
    url = None
    if handed.form is Form.LINK:
        url, data = _fetched(handed.content, reader)
    document = _document(handed, data, url)
    pages = tuple(IntakePage(page.text, page.number) for page in document.pages)
    given, dated_by = _told_day(handed, document)
    readings = readings_of(reader, pages, given)
    printed = next((each.issued_on for each in readings if each.issued_on is not None), None)
    if given is None and printed is not None:
        given, dated_by = printed, DatedBy.PRINTED
    elif given is None and handed.posted_at is not None:
        given, dated_by = handed.posted_at.astimezone(ZoneInfo(zone)).date(), DatedBy.POST
        readings = readings_of(reader, pages, given)
    intake = Intake(
        pages=pages,
        source=_source(handed, document, url, reader),
        file_name=handed.name or url or "",
        url=url or handed.address,
        title=document.title,
        issued_on=given,
        dated_by=dated_by,
    )
    read = len(pages) + document.pictures
    return Obtained(intake, readings, document.pictures, more_pages=read == MAX_PAGES)


def read_again(intake: Intake, reader: Reader) -> Sequence[Reading]:
    """The readings of an intake, the same as when it was handed in."""
    printed = intake.dated_by in (DatedBy.PRINTED, DatedBy.UNKNOWN)
    return readings_of(reader, intake.pages, None if printed else intake.issued_on)


def readings_of(reader: Reader, pages: Sequence[IntakePage], issued_on: date | None) -> Sequence[Reading]:
    """A reading for each page. Without a day, a page that prints none takes the first one that is printed."""
    readings = [reader.read(page.text, issued_on=issued_on) for page in pages]
    printed = next((each.issued_on for each in readings if each.issued_on is not None), None)
    if issued_on is not None or printed is None:
        return readings
    return [
        reading if reading.issued_on is not None else reader.read(page.text, issued_on=printed)
        for page, reading in zip(pages, readings, strict=True)
    ]


def _fetched(address: str, reader: Reader) -> tuple[str, bytes]:
    try:
        found = reader.fetch(address)
    except FetchError as error:
        why = next(why for kind, why in _FETCHING if isinstance(error, kind))
        raise NotReadError(why) from error
    return found.url, found.data


def _document(handed: Handed, data: bytes, url: str | None) -> Document:
    if handed.form is Form.POST:
        return Document((DocumentPage(handed.content),))
    try:
        return read_document(data, name=handed.name or url or "", url=url or "")
    except UnreadError as error:
        raise NotReadError(Unread(error.why.value)) from error


def _told_day(handed: Handed, document: Document) -> tuple[date | None, DatedBy]:
    """The day that is told beside the text, and by what."""
    days = (
        (name_hints(handed.note).issued_on, DatedBy.TOLD),
        (document.named_on, DatedBy.NAME),
        (document.published_on, DatedBy.SITE),
    )
    return next(((day, by) for day, by in days if day is not None), (None, DatedBy.UNKNOWN))


def _source(handed: Handed, document: Document, url: str | None, reader: Reader) -> str:
    """Whose it is: as the person says, by its address, by where it was posted, by a name in it."""
    names = reader.names
    post = handed.channel if handed.form is Form.POST else None
    guesses: tuple[Callable[[], str | None], ...] = (
        lambda: name_in(handed.note, names),
        lambda: _named(handed.note) if handed.is_asked else None,
        lambda: (reader.source_of(url) or site_of(url)) if url else None,
        lambda: post,
        lambda: name_in(handed.name, names),
        lambda: name_in(document.pages[0].text, names),
        lambda: handed.channel,
        lambda: document.origin,
    )
    return next((name for guess in guesses if (name := guess())), UNKNOWN_SOURCE)


def _named(note: str) -> str | None:
    """The name of a source in the words behind /read: all but the day."""
    name = " ".join(_DAY.sub(" ", note).split())
    return name if 0 < len(name) <= _LONGEST_NAME else None
