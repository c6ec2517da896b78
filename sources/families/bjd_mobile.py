"""Papers in the mobile edition of 北京日报: how to get from their entry to issues, pages and articles.

What stands on their pages is read by `bjd_mobile_pages.py`. One request gives all pages of an issue with the
names of their articles; a page has no address of its own.
"""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urldefrag

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sources.adapter import Get
from sources.addresses import canonical, issue_date
from sources.families import bjd_mobile_pages
from sources.families.options import Address
from sources.fetching.errors import MissingError
from sources.fetching.fetcher import Fetched
from sources.redirects import followed
from sources.refs import ArticleRef, IssueRef, PageRef, SourceArticle

_ENTRIES = ("paperindex.htm", "mobile/", "")


class Options(BaseModel):
    """What an entry says of a paper of this family."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: Address = Field(description="the address that the papers of the house lie under")
    paper: str = Field(pattern=r"^[A-Za-z0-9_-]+$", description="a paper's folder, such as bjrb or bjwb")
    entry: Address | None = Field(
        default=None, description="the address of a page that leads to the newest issue, if not a usual one"
    )

    @field_validator("base")
    @classmethod
    def _base_is_a_folder(cls, value: str) -> str:
        return value.rstrip("/")


class BjdMobile:
    """A paper of the family."""

    grows = False

    def __init__(self, options: Options) -> None:
        self._folder = f"{options.base}/{options.paper}"
        self._entries = [options.entry] if options.entry else [f"{self._folder}/{name}" for name in _ENTRIES]

    def latest(self, get: Get, *, today: date) -> IssueRef | None:  # noqa: ARG002 - the entry tells the day
        """The issue that the entry sends its readers on to, or the newest that it links."""
        for entry in self._entries:
            try:
                found = followed(get, entry, lambda page: _is_issue(page) or bool(_linked(page)))
                if found is not None and not _is_issue(found):
                    found = get(_linked(found)[0].url)
            except MissingError:
                continue
            if found is not None and (issue := _issue(found)):
                return issue
        return None

    def issue_on(self, get: Get, day: date) -> IssueRef | None:
        """The issue of a day, where its index lists articles and is of that day."""
        try:
            issue = _issue(get(self._index(day)))
        except MissingError:
            return None
        return issue if issue and issue.day == day else None

    def before(self, get: Get, issue: IssueRef) -> IssueRef | None:
        """The issue before one by the calendars of its month and of the month before."""
        this_month = issue.day.replace(day=1)
        for month in (this_month, (this_month - timedelta(days=1)).replace(day=1)):
            days = [day for day in self._days(get, month) if day < issue.day]
            if days:
                return IssueRef(max(days), self._index(max(days)))
        return None

    def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:
        """The pages that the index lists, each with its articles; those that only articles tell come last."""
        data = get(issue.url).data
        pages = {page.url: page for page in bjd_mobile_pages.issue_pages(data, issue.url)}
        named: dict[str, list[ArticleRef]] = {}
        for page, reference in bjd_mobile_pages.issue_articles(data, issue.url):
            pages.setdefault(page.url, page)
            named.setdefault(page.url, []).append(reference)
        return [replace(page, articles=tuple(named.get(url, ()))) for url, page in pages.items()]

    def articles(self, get: Get, page: PageRef) -> list[ArticleRef]:
        """What the index names on a page."""
        if page.articles is not None:
            return list(page.articles)
        index = urldefrag(page.url).url
        listed = bjd_mobile_pages.issue_articles(get(index).data, index)
        return [reference for where, reference in listed if where.url == page.url]

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:
        """An article, with the page that it stands on."""
        data = get(reference.url, referer=urldefrag(page.url).url).data
        found = bjd_mobile_pages.article(data, reference.url)
        if found is None:
            return None
        number, name = page.number or found.page_number, page.name or found.page_name
        return replace(found, page_number=number, page_name=name)

    def _index(self, day: date) -> str:
        return f"{self._folder}/mobile/{day:%Y}/{day:%Y%m%d}/{day:%Y%m%d}_m.html"

    def _days(self, get: Get, month: date) -> list[date]:
        """The days of a month that have an issue; none where the paper has no calendar of it."""
        try:
            data = get(f"{self._folder}/period/{month:%Y%m}/period.js").data
        except MissingError:
            return []
        return [day for day in bjd_mobile_pages.issue_days(data) if day.replace(day=1) == month]


def _issue(found: Fetched) -> IssueRef | None:
    """The issue that a page is the index of: a soft 404 lists nothing, and what is no issue has no day."""
    day = issue_date(found.url)
    listed = bjd_mobile_pages.issue_articles(found.data, found.url)
    return IssueRef(day, canonical(found.url, found.url)) if day and listed else None


def _is_issue(found: Fetched) -> bool:
    return _issue(found) is not None


def _linked(found: Fetched) -> list[IssueRef]:
    return bjd_mobile_pages.issues(found.data, found.url)
