"""A first look at a source: its newest issue, or that of a day, read and not stored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sources.adapter import Adapter, Get
from sources.fetching.errors import FetchError
from sources.fetching.fetcher import PAGE_BYTES, Fetched
from sources.refs import ArticleRef, IssueRef, Kind, PageRef, SourceArticle

VALID = 0.9  # of an issue's articles: below it something is wrong with the source, or with how it is read
_SHORTEST = 20  # letters of a body
_LONGEST_TITLE = 120  # letters
_MOST_REMEMBERED = 100_000_000  # bytes: an issue in PDF


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was named, what came of it, and what is wrong with it."""

    reference: ArticleRef
    page: PageRef
    article: SourceArticle | None
    flaws: tuple[str, ...]


@dataclass(slots=True)
class Look:
    """What was seen of an issue."""

    issue: IssueRef
    pages: list[PageRef] = field(default_factory=list)
    read: list[ReadArticle] = field(default_factory=list)

    @property
    def valid(self) -> float:
        """The share of the articles that have a headline, a body and the right day; 0 if there are none."""
        return sum(not one.flaws for one in self.read) / len(self.read) if self.read else 0.0


def look_at(
    adapter: Adapter,
    get: Get,
    *,
    today: date,
    day: date | None = None,
    most: int | None = None,
    watch: Callable[[ReadArticle], None] = lambda _: None,
) -> Look | None:
    """Read the newest issue as of `today`, or that of a day; None where there is none.

    `most` articles at most are fetched; `watch` is called with each as it comes. An article named on two
    pages is read once; one that cannot be fetched is a flaw, and the others go on.

    Raises:
        FetchError: the issue or one of its pages cannot be fetched.
    """
    once = _Once(get)
    issue = adapter.issue_on(once, day) if day else adapter.latest(once, today=today)
    if issue is None:
        return None
    look = Look(issue, adapter.pages(once, issue))
    named: set[str] = set()
    for page in look.pages:
        for reference in adapter.articles(once, page):
            if reference.url in named:
                continue
            if most is not None and len(named) >= most:
                return look
            named.add(reference.url)
            look.read.append(_read(adapter, once, issue, page, reference))
            watch(look.read[-1])
    return look


def flaws_of(article: SourceArticle | None, issue: IssueRef) -> tuple[str, ...]:
    """What is wrong with an article: nothing found, a title or body that is none, another day."""
    if article is None:
        return ("no article found on its page",)
    found = []
    if article.kind is not Kind.PAGE:
        if not article.headline:
            found.append("no headline")
        elif len(article.headline) > _LONGEST_TITLE:
            found.append("a headline that is too long")
    if sum(map(len, article.paragraphs)) < _SHORTEST and article.kind is not Kind.PHOTO:
        found.append("no body")
    if any("\ufffd" in text for text in (article.headline, *article.paragraphs)):
        found.append("characters that cannot be read")
    if article.issued_on not in (None, issue.day):
        found.append(f"of another day, {article.issued_on}")
    return tuple(found)


class _Once:
    """Fetches each page once: one and the same may tell an issue's day, its pages, and their articles.

    Pages are remembered up to a size in bytes altogether.
    """

    def __init__(self, get: Get, most: int = _MOST_REMEMBERED) -> None:
        self._get, self._left = get, most
        self._known: dict[str, Fetched] = {}

    def __call__(self, url: str, *, referer: str | None = None, most: int = PAGE_BYTES) -> Fetched:
        if url in self._known:
            return self._known[url]
        found = self._get(url, referer=referer, most=most)
        self._left -= len(found.data)
        if self._left >= 0:
            self._known[url] = self._known[found.url] = found
        return found


def _read(adapter: Adapter, get: Get, issue: IssueRef, page: PageRef, reference: ArticleRef) -> ReadArticle:
    try:
        article = adapter.article(get, reference, page)
    except FetchError as error:
        return ReadArticle(reference, page, None, (str(error),))
    return ReadArticle(reference, page, article, flaws_of(article, issue))
