"""Sources without issues (sites, feeds): what they publish on a day is one, and each article a page."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from sources.adapter import Get
from sources.fetching.errors import ONE_PAGE
from sources.refs import ArticleRef, IssueRef, PageRef, SourceArticle

MOST_ASKED = 40  # articles whose own pages are asked for their day, for one list
_ENOUGH = 3  # of them in a row that are too old: what stands below is older still


class Daily(ABC):
    """What such sources have in common. `url` is the address that their issues are given."""

    grows = True

    def __init__(self, url: str) -> None:
        self._url = url

    @abstractmethod
    def days(self, get: Get, since: date | None) -> Mapping[date, list[PageRef]]:
        """The articles that are listed, as pages, by their day.

        With `since` all of that day and of the one before it; others may be among them. Without, all of
        the newest day or at least one of them.
        """

    def latest(self, get: Get, *, today: date) -> IssueRef | None:
        """The newest day at the beginning of the list; one that has not come yet is a mistake of the list."""
        days = [day for day in self.days(get, None) if day <= today]
        return IssueRef(max(days), self._url) if days else None

    def issue_on(self, get: Get, day: date) -> IssueRef | None:
        """A day, where something is listed for it."""
        return IssueRef(day, self._url) if day in self.days(get, day) else None

    def before(self, get: Get, issue: IssueRef) -> IssueRef | None:
        """The newest older day for which something is listed."""
        older = [day for day in self.days(get, issue.day) if day < issue.day]
        return IssueRef(max(older), self._url) if older else None

    def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:
        """A page for each article of the day, in the order of the list."""
        return self.days(get, issue.day).get(issue.day, [])

    def articles(self, get: Get, page: PageRef) -> list[ArticleRef]:  # noqa: ARG002 - others must ask
        """The one article that a page is, as the list names it."""
        return [ArticleRef(page.url)] if page.articles is None else list(page.articles)


class Dating:
    """Finds the days of listed articles. Where a list does not tell one, the article's own page is asked.

    Lists begin with the newest. So no more pages are asked once some in a row were older than `since`, or
    than the newest so far if that is None; nor when `MOST_ASKED` were. An article without a day is left out.
    """

    def __init__(self, read: Callable[[ArticleRef], SourceArticle | None], since: date | None) -> None:
        self._read, self._since = read, since
        self._newest: date | None = None
        self._asked = self._too_old = 0

    def dated(self, references: Iterable[ArticleRef]) -> list[tuple[date, ArticleRef]]:
        """The articles whose day is known or found, in order.

        Raises:
            FetchError: a page that was asked cannot be fetched, and perhaps no other of its site.
        """
        found = []
        for one in references:
            day = one.published_on or self._ask(one)
            if day is not None:
                self._newest = max(day, self._newest or day)
                found.append((day, replace(one, published_on=day)))
        return found

    def _ask(self, reference: ArticleRef) -> date | None:
        if self._asked >= MOST_ASKED or self._too_old >= _ENOUGH:
            return None
        self._asked += 1
        try:
            article = self._read(reference)
        except ONE_PAGE:
            return None
        if article is None or article.published_at is None:
            return None
        day = article.published_at.date()
        limit = self._since or self._newest
        self._too_old = self._too_old + 1 if limit and day < limit else 0
        return day


def completed(found: SourceArticle, reference: ArticleRef, page: PageRef) -> SourceArticle:
    """An article with what the list tells of it: its day, its column, its headline where that was a guess."""
    told = reference.headline
    if found.is_doubtful and told and not told.endswith(("…", "...")):
        found = replace(found, headline=told, is_doubtful=False)
    day = reference.published_on or (found.published_at.date() if found.published_at else None)
    return replace(found, issued_on=day, page_name=found.page_name or page.name)
