"""What one run over a source asks for: no page twice, lists by whether they have changed, with an end."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sources.fetching.errors import FetchError
from sources.fetching.fetcher import PAGE_BYTES, Fetched, Validators
from storage.database import Database
from storage.remembered import Remembered, forget, recall, remember

_KEPT = 100  # pages that one run has at hand: the lists of an issue, or those of a site
_KEPT_BYTES = 60_000_000  # of them; two PDF pages may be as large


class SpentError(FetchError):
    """As many pages were asked for as one run may; it goes on at the next."""


class Fetches(Protocol):
    """What fetches pages: a `Fetcher`."""

    def get(
        self, url: str, *, known: Validators | None = None, referer: str | None = None, most: int = PAGE_BYTES
    ) -> Fetched: ...


class Asking:
    """Asks a source's site in one run. `most` is the number of requests; None is no limit.

    Pages that list others are kept in `database` with what to ask by whether they have changed; without one
    they are asked for anew.
    """

    def __init__(
        self,
        fetcher: Fetches,
        source: str,
        *,
        clock: Callable[[], datetime],
        database: Database | None = None,
        most: int | None = None,
    ) -> None:
        self._fetcher, self._source, self._clock, self._database = fetcher, source, clock, database
        self._most = most
        self._at_hand: OrderedDict[str, Fetched] = OrderedDict()
        self.asked = 0

    def listing(self, url: str, *, referer: str | None = None, most: int = PAGE_BYTES) -> Fetched:
        """A page that lists others. Raises what `Fetcher.get` raises, and `SpentError`."""
        if url in self._at_hand:
            return self._at_hand[url]
        before = self._recalled(url)
        known = Validators(before.etag, before.last_modified) if before else None
        found = self._ask(url, known, referer, most)
        if found.is_unchanged and before:
            return self._keep(url, Fetched(before.final_url, before.data, found.validators))
        self._remember(url, found, before)
        return self._keep(url, found)

    def article(self, url: str, *, referer: str | None = None, most: int = PAGE_BYTES) -> Fetched:
        """A page that holds an article. Raises what `Fetcher.get` raises, and `SpentError`."""
        if url in self._at_hand:
            return self._at_hand[url]
        return self._keep(url, self._ask(url, None, referer, most))

    def _ask(self, url: str, known: Validators | None, referer: str | None, most: int) -> Fetched:
        if self._most is not None and self.asked >= self._most:
            raise SpentError(f"{self._most} pages were asked for; the rest waits for the next look")
        self.asked += 1
        found = self._fetcher.get(url, known=known, referer=referer, most=most)
        if found.is_unchanged and known is None:  # a server that answers so unasked
            raise FetchError(f"{url} answers that nothing has changed, and never gave anything")
        return found

    def _keep(self, url: str, found: Fetched) -> Fetched:
        for name in (url, found.url):
            self._at_hand[name] = found
            self._at_hand.move_to_end(name)
        while len(self._at_hand) > _KEPT or self._is_too_much():
            self._at_hand.popitem(last=False)
        return found

    def _is_too_much(self) -> bool:
        pages = {id(page): len(page.data) for page in self._at_hand.values()}  # one may have two addresses
        return len(pages) > 1 and sum(pages.values()) > _KEPT_BYTES

    def _recalled(self, url: str) -> Remembered | None:
        if self._database is None:
            return None
        with self._database.session() as session:
            return recall(session, self._source, url, self._clock())

    def _remember(self, url: str, found: Fetched, before: Remembered | None) -> None:
        if self._database is None:
            return
        told = found.validators
        page = Remembered(found.url, found.data, told.etag, told.last_modified)
        with self._database.session() as session:
            if told.etag or told.last_modified:
                remember(session, self._source, url, page, self._clock())
            elif before is not None:
                forget(session, self._source, url)
