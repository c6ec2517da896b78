"""Papers that lie as files in a folder, and come there by other ways: text, PDF and web pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path, PurePath
from urllib.parse import urldefrag, urlsplit
from urllib.request import url2pathname
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from parsing.issue_date import find_issue_date
from parsing.text import normalise
from sources.adapter import Get
from sources.addresses import issue_date
from sources.families import generic
from sources.fetching.errors import NeedsOcrError, UnreadableError
from sources.filepages import FilePage, ocr_needed, pages_in
from sources.files import SourceError, name_hints, read_bytes
from sources.refs import ArticleRef, IssueRef, Kind, PageRef, SourceArticle

CHINA = ZoneInfo("Asia/Shanghai")

_WEB = (".htm", ".html", ".shtml")
_READ = (".txt", ".pdf", *_WEB)
_PLACE = "page="  # of a page in its file, as the fragment of an address, counted from 1


class Options(BaseModel):
    """What an entry says of a folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dir: str = Field(min_length=1, description="a folder, such as ~/papers/hexi")
    pattern: str = Field(default="**/*", description="which files in it, such as **/*.pdf")

    @field_validator("dir")
    @classmethod
    def _home_is_known(cls, value: str) -> str:
        try:
            Path(value).expanduser()
        except RuntimeError as error:  # ~nobody
            raise ValueError("no such user") from error
        return value

    @field_validator("pattern")
    @classmethod
    def _stays_in_the_folder(cls, value: str) -> str:
        path = PurePath(value)
        if not path.parts or path.is_absolute() or ".." in path.parts:
            raise ValueError("it leads out of the folder")
        return value


class Files:
    """A folder whose files of a day are an issue. Nothing is fetched.

    The day is told by a file's name (`name_hints`) or folder (2024-03-08/02.txt), else printed on its page,
    else that of its last change. A file that cannot be read is a page that says why.
    """

    grows = True

    def __init__(self, options: Options) -> None:
        self._folder = Path(options.dir).expanduser().absolute()
        self._pattern = options.pattern

    def latest(self, get: Get, *, today: date) -> IssueRef | None:  # noqa: ARG002 - nothing is fetched
        """The newest day that files are of, not later than today."""
        return self._newest(lambda day: day <= today)

    def issue_on(self, get: Get, day: date) -> IssueRef | None:  # noqa: ARG002
        """The files of a day."""
        return self._newest(lambda other: other == day)

    def before(self, get: Get, issue: IssueRef) -> IssueRef | None:  # noqa: ARG002
        """The newest day before."""
        return self._newest(lambda day: day < issue.day)

    def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:  # noqa: ARG002
        """The pages in the files of the day, by their numbers, those without behind."""
        paths = [path for path, day in self._dated() if day == issue.day]
        pages = [page for path in paths for page in _pages_in(path)]
        return sorted(pages, key=lambda page: (page.number is None, page.number or ""))

    def articles(self, get: Get, page: PageRef) -> list[ArticleRef]:  # noqa: ARG002
        """The page itself."""
        return [ArticleRef(page.url, None, self._day(_path(page.url)))]

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:  # noqa: ARG002
        """A page of text as its lines, or the article of a web page; None where that holds none.

        Raises:
            NeedsOcrError: the page is a picture, or its fonts do not tell characters.
            UnreadableError: the file is no page that can be read.
        """
        path = _path(reference.url)
        try:
            if path.suffix.lower() in _WEB:
                return self._web_article(path, reference.url, page)
            place = urlsplit(reference.url).fragment.removeprefix(_PLACE)
            read = pages_in(path, only=int(place) if place else None)[0]
        except SourceError as error:
            raise UnreadableError(str(error)) from error
        if read.needs_ocr:
            raise NeedsOcrError(ocr_needed(reference.url))
        return SourceArticle(
            url=reference.url,
            headline="",
            paragraphs=tuple(read.text.splitlines()),
            issued_on=self._day(path),
            page_number=page.number,
            page_name=page.name,
            kind=Kind.PAGE,
        )

    def _web_article(self, path: Path, url: str, page: PageRef) -> SourceArticle | None:
        found = _read_web(path)
        if found is None:
            return None
        number = page.number or found.page_number
        return replace(found, url=url, issued_on=self._day(path), page_number=number)

    def _newest(self, fits: Callable[[date], bool]) -> IssueRef | None:
        days = [day for _, day in self._dated() if fits(day)]
        return IssueRef(max(days), self._folder.as_uri()) if days else None

    def _dated(self) -> list[tuple[Path, date]]:
        """The files that can be read, in the order of their names, with their days."""
        if not self._folder.is_dir():
            raise UnreadableError(f"{self._folder} is no folder; make it, or name another in the entry")
        paths = sorted(path for path in self._folder.glob(self._pattern) if self._is_read(path))
        return [(path, self._day(path)) for path in paths]

    def _is_read(self, path: Path) -> bool:
        inside = path.relative_to(self._folder)
        is_hidden = any(part.startswith((".", "~")) for part in inside.parts)
        return path.suffix.lower() in _READ and not is_hidden and path.is_file()

    def _day(self, path: Path) -> date:
        inside = path.relative_to(self._folder)
        told = name_hints(path.name).issued_on or issue_date(f"/{inside.as_posix()}")
        if told is not None:
            return told
        try:
            state = path.stat()
        except OSError as error:
            raise UnreadableError(f"{path} cannot be read: {error.strerror}") from error
        changed = datetime.fromtimestamp(state.st_mtime, CHINA).date()
        return _printed_day(path, state.st_mtime_ns, state.st_size) or changed


@lru_cache(maxsize=1_000)
def _printed_day(path: Path, changed: int, size: int) -> date | None:  # noqa: ARG001 - a changed file is another
    """The day that the first page of a file prints; None where it prints none, or cannot be read."""
    try:
        if path.suffix.lower() in _WEB:
            found = _read_web(path)
            return found.published_at.date() if found and found.published_at else None
        told = find_issue_date(normalise(pages_in(path, only=1)[0].text))
    except (SourceError, UnreadableError):
        return None
    return told[0] if told else None


def _read_web(path: Path) -> SourceArticle | None:
    """The article of a file, read without the folders that it lies in: they tell of other days."""
    return generic.article(read_bytes(path), f"file:///{path.name}")


def _pages_in(path: Path) -> list[PageRef]:
    """The pages of a file; one that cannot be read is one page, and says why when it is read."""
    url = path.as_uri()
    number = name_hints(path.name).page_number
    try:
        is_web = path.suffix.lower() in _WEB
        pages = [FilePage("", number)] if is_web else pages_in(path)
    except SourceError:
        pages = [FilePage("", number)]
    return [
        PageRef(f"{url}#{_PLACE}{page.place}" if page.place else url, page.number, page.name)
        for page in pages
    ]


def _path(url: str) -> Path:
    return Path(url2pathname(urlsplit(urldefrag(url).url).path))
