"""What each family of sources offers to whoever collects: issues, their pages, the articles on them."""

from datetime import date
from typing import Protocol

from sources.fetching.fetcher import PAGE_BYTES, Fetched
from sources.refs import ArticleRef, IssueRef, PageRef, SourceArticle


class Get(Protocol):
    """Fetches a page of at most so many bytes; raises `FetchError`s as `Fetcher.get` does."""

    def __call__(self, url: str, *, referer: str | None = None, most: int = PAGE_BYTES) -> Fetched: ...


class Adapter(Protocol):
    """A source. All calls may raise what `Get` raises.

    Nothing is remembered between two calls: who makes several gives them a `Get` that fetches each page once.
    `grows` tells that more may come to an issue for as long as its day lasts.
    """

    grows: bool

    def latest(self, get: Get, *, today: date) -> IssueRef | None:
        """The newest issue; None where the source shows none. `today` is for those that do not tell."""

    def issue_on(self, get: Get, day: date) -> IssueRef | None:
        """The issue of a day; None where the source says or shows that there is none."""

    def before(self, get: Get, issue: IssueRef) -> IssueRef | None:
        """The issue before one; None where the source does not link it."""

    def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:
        """The pages of an issue, in order."""

    def articles(self, get: Get, page: PageRef) -> list[ArticleRef]:
        """What a page names, in order."""

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:
        """An article; None where its page holds none."""
