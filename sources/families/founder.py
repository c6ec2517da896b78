"""Papers made with Founder's systems (方正): how to get from their entry to issues, pages and articles.

What stands on their pages is read by `founder_pages.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sources.adapter import Get
from sources.addresses import issue_date, on_page
from sources.charset import web_text
from sources.families import founder_pages
from sources.families.founder_pages import PROFILES, Profile
from sources.families.options import Selectors, known_parts
from sources.fetching.errors import LockedError, MissingError
from sources.redirects import MOST, sent_on_to
from sources.refs import ArticleRef, IssueRef, PageRef, SourceArticle

_ENTRIES = ("", "/paperindex.htm", "/index.htm", "/pc/layout/index.html")
_ISSUES = {
    "classic": "{base}/html/{date:%Y-%m/%d}/node_{node}.htm",
    "nbs": "{base}/html/{date:%Y-%m/%d}/nbs.D110000{node}_01.htm",
    "xiangyu": "{base}/pc/layout/{date:%Y%m/%d}/node_{node}.html",
    "catalogue": "{base}/{date:%Y-%m/%d}/node_{node}.html",
}
_CALENDARS = {  # by what an entry calls them, and the profile
    ("period_xml", "xiangyu"): "{base}/pc/layout/{date:%Y%m}/period.xml",
    ("period_xml", ""): "{base}/html/{date:%Y-%m}/period.xml",
    ("navi_xml", ""): "{base}/html/{date:%Y-%m}/navi.xml",
    ("period_js", ""): "{base}/period/{date:%Y%m}/period.js",
}
_MONTHS = 3  # of a calendar, in which the issue before one is looked for
_LISTED = 3  # days of a calendar at most whose first page is asked for
_FIRST = {"classic": ("1", "2"), "nbs": (), "xiangyu": ("01", "A01"), "catalogue": ("1",)}


class Options(BaseModel):
    """What an entry says of a paper of this family."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: tuple[str, ...] = Field(
        min_length=1, description="addresses that the paper lies under, tried in order"
    )
    profile: Literal["classic", "nbs", "xiangyu", "catalogue"] = Field(
        default="classic", description="classic, nbs, xiangyu or catalogue"
    )
    issue_url: str = Field(default="", description="such as {base}/html/{date:%Y-%m/%d}/node_{node}.htm")
    first_node: tuple[str, ...] = Field(default=(), description="the nodes of a first page, tried in order")
    calendar: Literal["none", "period_xml", "navi_xml", "period_js", "prev_link"] = Field(
        default="prev_link", description="none, period_xml, navi_xml, period_js or prev_link"
    )
    calendar_url: str = Field(default="", description="such as {base}/html/{date:%Y-%m}/period.xml")
    selectors: Selectors = Field(
        default={},
        description=f"selectors of {', '.join(Profile.__dataclass_fields__)}, in place of the profile's",
    )

    @field_validator("base", "first_node", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        several = value if isinstance(value, list | tuple) else [value]
        return [str(one).rstrip("/") if isinstance(one, str | int) else one for one in several]

    @field_validator("selectors")
    @classmethod
    def _selectors_are_known(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return known_parts(value, Profile.__dataclass_fields__)

    @field_validator("issue_url", "calendar_url")
    @classmethod
    def _url_can_be_filled(cls, value: str) -> str:
        if value:
            try:
                value.format(base="http://paper.example", date=date(2024, 3, 8), node="1")
            except (KeyError, IndexError, ValueError, AttributeError) as error:
                raise ValueError("only {base}, {date} and {node} can be filled in") from error
        return value


class Founder:
    """A paper of the family. What is shown only to those who log in or pay raises `LockedError`."""

    grows = False

    def __init__(self, options: Options) -> None:
        self._options = options
        self._profile = replace(PROFILES[options.profile], **options.selectors)

    def latest(self, get: Get, *, today: date) -> IssueRef | None:  # noqa: ARG002 - the entry tells the day
        """The issue that the entry sends its readers on to."""
        for base in self._options.base:
            for entry in _ENTRIES:
                try:
                    issue = self._entered(get, f"{base}{entry or '/'}")
                except MissingError:
                    continue
                if issue is not None:
                    return issue
        return None

    def issue_on(self, get: Get, day: date) -> IssueRef | None:
        """The issue of a day, where its first page lists something and is of that day.

        A calendar that tells days of the month and not this one is believed: no page is asked for.
        """
        listed = [one for one in self._listed(get, day) if (one.year, one.month) == (day.year, day.month)]
        return None if listed and day not in listed else self._first(get, day)

    def before(self, get: Get, issue: IssueRef) -> IssueRef | None:
        """The issue before in the calendar, else that which 上一期 leads to, if it is an earlier one."""
        if self._options.calendar == "none":
            return None
        for day in self._listed_before(get, issue.day):
            if found := self._first(get, day):
                return found
        url = founder_pages.previous_issue(get(issue.url).data, issue.url)
        linked = issue_date(url) if url else None
        return IssueRef(linked, url) if url and linked and linked < issue.day else None

    def pages(self, get: Get, issue: IssueRef) -> list[PageRef]:
        """The pages that the first one lists; it alone where it lists none."""
        data = get(issue.url).data
        listed = founder_pages.pages(data, issue.url, self._profile)
        return listed or [PageRef(issue.url, *founder_pages.label(data, self._profile))]

    def articles(self, get: Get, page: PageRef) -> list[ArticleRef]:
        """What the page's picture and lists name."""
        data = get(page.url).data
        listed = founder_pages.articles(data, page.url, self._profile)
        if not listed:
            self._check_open(data, page.url)
        return listed

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:
        """An article, with the page that it stands on."""
        data = get(reference.url, referer=page.url).data
        found = founder_pages.article(data, reference.url, self._profile)
        if found is None:
            self._check_open(data, reference.url)
            return None
        number = found.page_number or page.number or on_page(reference.url).page
        return replace(found, page_number=number, page_name=found.page_name or page.name)

    def _entered(self, get: Get, url: str) -> IssueRef | None:
        for _ in range(MOST + 1):
            found = get(url)
            day = issue_date(found.url)
            if day and self._is_page(found.data, found.url):
                return IssueRef(day, found.url)
            target = sent_on_to(web_text(found.data)[0], found.url)
            if target is None:
                # An index without a redirect may still link the pages of the newest issue.
                listed = founder_pages.pages(found.data, found.url, self._profile, any_day=True)
                dated = [(day, one.url) for one in listed if (day := issue_date(one.url))]
                if not dated:
                    return None
                newest = max(day for day, _ in dated)
                target = next(address for day, address in dated if day == newest)
            url = target
        return None

    def _first(self, get: Get, day: date) -> IssueRef | None:
        """The issue of a day by its first page, which must be one and of that day."""
        for url in self._first_pages(day):
            try:
                found = get(url)
            except MissingError:
                continue
            if issue_date(found.url) == day and self._is_page(found.data, found.url):
                return IssueRef(day, found.url)
            self._check_open(found.data, found.url)
        return None

    def _listed(self, get: Get, day: date) -> list[date]:
        """The days of issues in the calendar of a day's month; none where there is no calendar."""
        options = self._options
        patterns = (_CALENDARS.get((options.calendar, profile)) for profile in (options.profile, ""))
        pattern = options.calendar_url or next(filter(None, patterns), "")
        if options.calendar in ("none", "prev_link") or not pattern:
            return []
        for base in options.base:
            try:
                if days := founder_pages.issue_days(get(pattern.format(base=base, date=day)).data):
                    return days
            except MissingError:
                continue
        return []

    def _listed_before(self, get: Get, day: date) -> Iterator[date]:
        """The days of the calendar before one, the newest first, some of them and some months back."""
        month, left = day, _LISTED
        for _ in range(_MONTHS):
            for listed in sorted(self._listed(get, month), reverse=True):
                if listed < day and left:
                    left -= 1
                    yield listed
            month = month.replace(day=1) - timedelta(days=1)

    def _first_pages(self, day: date) -> Iterator[str]:
        options = self._options
        pattern = options.issue_url or _ISSUES[options.profile]
        nodes = options.first_node or _FIRST[options.profile]
        for base in options.base:
            for node in nodes:
                yield pattern.format(base=base, date=day, node=node)

    def _is_page(self, data: bytes, url: str) -> bool:
        """Whether it is a page of a paper: a soft 404 has no page's label, or lists nothing."""
        number, _ = founder_pages.label(data, self._profile)
        listed = founder_pages.pages(data, url, self._profile)
        return (number is not None or len(listed) > 1) and bool(
            founder_pages.articles(data, url, self._profile) or len(listed) > 1
        )

    def _check_open(self, data: bytes, url: str) -> None:
        if founder_pages.is_locked(data, self._profile):
            raise LockedError(f"{url} is shown only to those who log in or pay")
