"""What a source lists and what it gives: issues, their pages, the articles on them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What an item of a page is. Advertisements are not read for events."""

    NEWS = "news"
    PAGE = "page"  # a whole page, its articles not parted: `paragraphs` are its lines, it has no headline
    PHOTO = "photo"
    NOTICE = "notice"
    ADVERTISEMENT = "advertisement"


@dataclass(frozen=True, slots=True)
class IssueRef:
    """An issue of a paper, or what a site published on a day; `url` is of its first page or of the list."""

    day: date
    url: str


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article that a page or list names; without a headline it is an area of the page's picture."""

    url: str
    headline: str | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page of an issue. `number` and `name` are as printed: 02, 综合新闻.

    `articles` is what stands on it, where the list of pages tells; None where the page itself must be read.
    """

    url: str
    number: str | None = None
    name: str | None = None
    pdf_url: str | None = None
    articles: tuple[ArticleRef, ...] | None = None


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """One article as a source gives it, cleaned; nothing in it is HTML.

    `paragraphs` keep bylines and jump lines as printed; what they say is in `authors`, and as numbers of
    pages in `continues_on` and `continued_from`. `published_at` is in the source's time and may lack a zone.
    """

    url: str
    headline: str
    paragraphs: tuple[str, ...]
    kicker: str | None = None
    subhead: str | None = None
    authors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    issued_on: date | None = None
    published_at: datetime | None = None
    page_number: str | None = None
    page_name: str | None = None
    origin: str | None = None  # whom it was taken from, as the page says
    continues_on: str | None = None
    continued_from: str | None = None
    kind: Kind = Kind.NEWS
    is_doubtful: bool = False  # read by guessing: no selector of its family was found
