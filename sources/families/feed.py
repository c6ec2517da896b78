"""Feeds (RSS and Atom): what they list by the day, and its articles, from the feed or where it links to.

What a feed holds is read by `feed_items.py`, the pages that it links to, on any site, by `govlist_pages.py`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sources.adapter import Get
from sources.families import feed_items, govlist_pages
from sources.families.daily import Daily, Dating, completed
from sources.families.options import Address, Selectors, known_parts
from sources.fetching.errors import ONE_PAGE, BlockedError
from sources.refs import ArticleRef, PageRef, SourceArticle

_PARTS = ("headline", "body", "date")


class Options(BaseModel):
    """What an entry says of a feed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Address = Field(description="the address of an RSS or Atom feed")
    fulltext: Literal["item", "fetch"] = Field(
        default="item",
        description="item (the feed's own text where it is whole) or fetch (the page linked)",
    )
    zone: ZoneInfo = Field(default=feed_items.CHINA, description="the zone of its days: Asia/Shanghai")
    selectors: Selectors = Field(
        default={}, description=f"selectors of {', '.join(_PARTS)} on the pages that it links to"
    )

    @field_validator("selectors")
    @classmethod
    def _selectors_are_known(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return known_parts(value, _PARTS)


class Feed(Daily):
    """A feed. It holds only what is new: there is no issue before its last day."""

    def __init__(self, options: Options) -> None:
        super().__init__(options.url)
        self._options = options
        own: dict[str, Any] = options.selectors
        self._selectors = replace(govlist_pages.Selectors(), **own)

    def days(self, get: Get, since: date | None) -> Mapping[date, list[PageRef]]:
        """All articles of the feed whose day it, or the page behind the link, tells."""
        references: dict[str, ArticleRef] = {}
        for item in self._items(get):
            references.setdefault(item.ref.url, item.ref)
        dating = Dating(lambda one: self._fetched(get, one), since)
        found: dict[date, list[PageRef]] = {}
        for day, one in dating.dated(references.values()):
            found.setdefault(day, []).append(PageRef(one.url, articles=(one,)))
        return found

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:
        """An article: the feed's own text if it is whole and wanted, else what stands behind the link.

        Where nothing is found there, or the page cannot be had, it is what the feed gives, as doubtful.
        """
        if self._options.fulltext == "item":
            item = self._item(get, reference)
            if item is not None and item.article is not None:
                return completed(item.article, reference, page)
        try:
            found = self._fetched(get, reference)
        except (*ONE_PAGE, BlockedError):
            told = self._told(get, reference, page)
            if told is None:
                raise
            return told
        return completed(found, reference, page) if found else self._told(get, reference, page)

    def _told(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:
        """What the feed itself gives of an article, whole or not."""
        item = self._item(get, reference)
        found = (item.article or item.summary) if item else None
        return replace(completed(found, reference, page), is_doubtful=True) if found else None

    def _fetched(self, get: Get, reference: ArticleRef) -> SourceArticle | None:
        return govlist_pages.article(get(reference.url).data, reference.url, self._selectors)

    def _item(self, get: Get, reference: ArticleRef) -> feed_items.Item | None:
        return next((item for item in self._items(get) if item.ref.url == reference.url), None)

    def _items(self, get: Get) -> tuple[feed_items.Item, ...]:
        found = get(self._options.url)
        return feed_items.entries(found.data, found.url, zone=self._options.zone).items
