"""Papers whose pages are PDF files at addresses that tell their day: how to get to issues and pages."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urldefrag

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sources.adapter import Get
from sources.addresses import canonical, issue_date
from sources.cleaning import number_of
from sources.families.pdffile import PdfPage, is_web_page
from sources.families.pdfworker import read_pdf
from sources.fetching.errors import MissingError, NeedsOcrError, UnreadableError
from sources.fetching.fetcher import PDF_BYTES, Fetched
from sources.files import SourceError
from sources.html import document, lines_of
from sources.refs import ArticleRef, IssueRef, Kind, PageRef, SourceArticle
from sources.stamps import first_stamp

_BACK = 14  # days before one on which an issue is looked for: a weekly paper may leave out a week
_LISTED = 3  # days of an index that are looked at: it may name one whose pages are not there yet
_PLACE = "page="  # of a page in its file, as the fragment of an address, counted from 1


class Options(BaseModel):
    """What an entry says of a paper of this family."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    page_url: str = Field(
        description="such as http://paper.example/{date:%Y-%m-%d}/{page:02d}.pdf, or without {page}"
    )
    max_pages: int = Field(default=16, ge=1, le=48, description="files of an issue at most, 1 to 48")
    index: str = Field(default="", description="the address of a page that names the days of issues")

    @field_validator("page_url")
    @classmethod
    def _page_url_can_be_filled(cls, value: str) -> str:
        try:
            days = {value.format(date=date(2024, 3, day), page=1) for day in (8, 9)}
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise ValueError("only {date} and {page} can be filled in") from error
        if len(days) == 1:
            raise ValueError("it does not tell the day")
        return value


class PdfPaper:
    """A paper of the family. A file may hold several pages; each is read as a whole."""

    grows = False

    def __init__(self, options: Options) -> None:
        self._options = options

    def latest(self, get: Get, *, today: date) -> IssueRef | None:
        """The newest issue that the index names; without an index, of today or one of the days before."""
        return self._newest(get, today)

    def issue_on(self, get: Get, day: date) -> IssueRef | None:
        """The issue of a day, where its first page is there."""
        found = self._file(get, day, 1)
        return IssueRef(day, found.url) if found is not None else None

    def before(self, get: Get, issue: IssueRef) -> IssueRef | None:
        """The issue before one, looked for as the newest is."""
        return self._newest(get, issue.day - timedelta(days=1))

    def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:
        """The pages of an issue up to the first file that is not there."""
        pages: list[PageRef] = []
        for number in range(1, self._most + 1):
            found = self._file(get, issue.day, number)
            if found is None:
                break
            pages += self._pages_in(found, number)
        return pages

    def articles(self, get: Get, page: PageRef) -> list[ArticleRef]:  # noqa: ARG002 - a page is not parted
        """The page itself."""
        return [ArticleRef(page.url, None, issue_date(page.url))]

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle:
        """The whole page as its lines.

        Raises:
            NeedsOcrError: it is a picture, or its fonts do not tell characters.
            UnreadableError: it is no PDF file, or an encrypted or damaged one.
        """
        url, place = urldefrag(reference.url)
        try:
            [read] = read_pdf(
                get(url, referer=page.url, most=PDF_BYTES).data,
                name=url,
                only=int(place.removeprefix(_PLACE) or 1) - 1,
            )
        except SourceError as error:
            raise UnreadableError(str(error)) from error
        if read.needs_ocr:
            why = "is a picture, or its fonts do not tell characters; it can be read after OCR only"
            raise NeedsOcrError(f"{reference.url} {why}")
        return SourceArticle(
            url=reference.url,
            headline="",
            paragraphs=tuple(read.text.splitlines()),
            issued_on=issue_date(url),
            page_number=page.number,
            page_name=page.name or read.name,
            kind=Kind.PAGE,
        )

    @property
    def _most(self) -> int:
        return self._options.max_pages if "{page" in self._options.page_url else 1

    def _file(self, get: Get, day: date, number: int) -> Fetched | None:
        """A file of an issue; None where the site has none, whatever it answers in its place."""
        url = self._options.page_url.format(date=day, page=number)
        try:
            found = get(url, most=PDF_BYTES)
        except MissingError:
            return None
        elsewhere = issue_date(found.url) != issue_date(url)
        return None if elsewhere or is_web_page(found.data) else found

    def _pages_in(self, file: Fetched, number: int) -> list[PageRef]:
        """The pages of a file; a file that cannot be read is one page, and says why when it is read."""
        try:
            read = read_pdf(file.data, name=file.url)
        except SourceError:
            read = [PdfPage("")]
        if len(read) == 1:
            return [PageRef(file.url, _number(read[0], number), read[0].name, file.url)]
        return [
            PageRef(f"{file.url}#{_PLACE}{place}", _number(one, place), one.name, file.url)
            for place, one in enumerate(read, 1)
        ]

    def _newest(self, get: Get, until: date) -> IssueRef | None:
        days: Iterable[date] = (until - timedelta(days=back) for back in range(_BACK + 1))
        if self._options.index:
            listed = _days(get(self._options.index))
            days = sorted((day for day in listed if day <= until), reverse=True)[:_LISTED]
        return next((issue for day in days if (issue := self.issue_on(get, day))), None)


def _number(page: PdfPage, place: int) -> str:
    return number_of(page.number) if page.number else str(place).zfill(2)


def _days(index: Fetched) -> set[date]:
    """The days that the links and lines of a page tell."""
    parser = document(index.data)
    links = (canonical(node.attributes.get("href") or "", index.url) for node in parser.css("a[href]"))
    told = {day for url in links if (day := issue_date(url))}
    lines = lines_of(parser.body) if parser.body is not None else []
    return told | {stamp.date() for line in lines if (stamp := first_stamp(line))}
