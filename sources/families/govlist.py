"""Government sites: how to get from their lists to what was published on a day.

What stands on their pages is read by `govlist_pages.py`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from sources.adapter import Get
from sources.addresses import same_site
from sources.families import govlist_pages
from sources.families.daily import Daily, Dating, completed
from sources.families.options import Addresses, Selectors, known_parts
from sources.fetching.errors import MissingError
from sources.fetching.fetcher import Fetched
from sources.redirects import followed
from sources.refs import ArticleRef, PageRef, SourceArticle

MOST_PAGES = 50  # of one list
_PARTS = govlist_pages.Selectors.__dataclass_fields__
_NEXT = re.compile(r"index_n|none|query:[\w.-]+")


class Options(BaseModel):
    """What an entry says of a site of this family."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    list_urls: Addresses = Field(min_length=1, description="addresses of lists of articles, one or several")
    next: str = Field(
        default="index_n",
        validate_default=True,
        description="index_n (the second page is index_1.html), query:NAME (it is ?NAME=2) or none",
    )
    selectors: Selectors = Field(default={}, description=f"selectors of {', '.join(_PARTS)}")

    @field_validator("next")
    @classmethod
    def _next_is_a_way(cls, value: str, info: ValidationInfo) -> str:
        if not _NEXT.fullmatch(value):
            raise ValueError(f"{value[:80]!r} is no way from one page of a list to the next")
        for url in info.data.get("list_urls", ()) if value == "index_n" else ():
            if urlsplit(url).query:
                raise ValueError(f"{url} has a query, so that index_n tells no second page of it")
        return value

    @field_validator("selectors")
    @classmethod
    def _selectors_are_known(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return known_parts(value, _PARTS)


class Govlist(Daily):
    """A site of the family."""

    def __init__(self, options: Options) -> None:
        super().__init__(options.list_urls[0])
        self._options = options
        own: dict[str, Any] = options.selectors
        self._selectors = replace(govlist_pages.Selectors(), **own)

    def days(self, get: Get, since: date | None) -> Mapping[date, list[PageRef]]:
        """The articles of all lists, each turned until its pages end with days older than `since`."""
        found: dict[date, list[PageRef]] = {}
        known: set[str] = set()
        for url in self._options.list_urls:
            dating = Dating(lambda one: self._read(get, one), since)
            for column, listed in self._turned(get, url):
                dated = dating.dated(listed)
                for day, one in dated:
                    if one.url not in known:
                        known.add(one.url)
                        found.setdefault(day, []).append(PageRef(one.url, name=column, articles=(one,)))
                # By the last one: what stands at the top may be old and pinned.
                if since is None or not dated or dated[-1][0] < since:
                    break
        return found

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:
        """An article; its issue's day is the one that the list tells."""
        found = self._read(get, reference)
        return completed(found, reference, page) if found else None

    def _turned(self, get: Get, url: str) -> Iterator[tuple[str | None, list[ArticleRef]]]:
        """The pages of a list: its column's name, and what no page before has named."""
        first = followed(get, url, lambda page: bool(self._links(page)))
        if first is None:
            return
        known: set[str] = set()
        for number in range(1, MOST_PAGES + 1):
            here = first if number == 1 else self._page(get, first.url, number)
            fresh = [one for one in self._links(here) if one.url not in known] if here else []
            if here is None or not fresh:  # some sites give their last page for any number
                return
            known.update(one.url for one in fresh)
            yield govlist_pages.column(here.data), fresh

    def _page(self, get: Get, first: str, number: int) -> Fetched | None:
        """A page of a list; None where there is no such page."""
        way, _, name = self._options.next.partition(":")
        if way == "none":
            return None
        url = (
            govlist_pages.next_page(first, number)
            if way == "index_n"
            else govlist_pages.with_query(first, name, number)
        )
        try:
            found = get(url, referer=first)
        except MissingError:
            return None
        return found if urlsplit(found.url).path == urlsplit(url).path else None  # sent elsewhere

    def _links(self, page: Fetched) -> list[ArticleRef]:
        return govlist_pages.links(page.data, page.url, self._selectors)

    def _read(self, get: Get, reference: ArticleRef) -> SourceArticle | None:
        url = reference.url
        lists = (one for one in self._options.list_urls if same_site(one, url))
        return govlist_pages.article(get(url, referer=next(lists, None)).data, url, self._selectors)
