"""What reads the pages that operators hand in: the polite fetcher, and the reader with the name model."""

import logging
from datetime import date
from functools import cached_property

from bot.fetching import open_fetcher
from bot.reader import read_text
from bot.settings import Settings
from parsing.model import Reading
from sources.attribution import source_of
from sources.catalog import CatalogError, Source, load_catalog
from sources.documents import MAX_BYTES
from sources.fetching.fetcher import Fetched, Tls
from sources.fetching.pace import Pace

logger = logging.getLogger(__name__)

_TIMEOUT, _LONGEST = 10.0, 30.0  # seconds of a step, and of a whole request: somebody waits for it


class HandedInReader:
    """Reads as `quwen ingest` does. The name model is loaded with the first page, and kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._district = settings.pack()
        self._pace = Pace()

    @property
    def names(self) -> tuple[str, ...]:
        """The papers of the district, and all known sources."""
        return (*self._district.newspapers, *(source.name for source in self._sources))

    def source_of(self, url: str) -> str | None:
        """The name of the known source that an address is of."""
        found = source_of(url, self._sources)
        return found.name if found else None

    def fetch(self, url: str) -> Fetched:
        """Fetch a page by the site's own rules.

        Raises:
            FetchError: as `Fetcher.get` does.
        """
        known = source_of(url, self._sources)
        tls = Tls.HTTP if url.lower().startswith("http:") else known.tls if known else Tls.STRICT
        with open_fetcher(self._settings, self._pace, tls, timeout=_TIMEOUT, longest=_LONGEST) as fetcher:
            return fetcher.get(url, most=MAX_BYTES)

    def read(self, text: str, *, issued_on: date | None) -> Reading:
        """Read a page with the district and the name model."""
        return read_text(text, district=self._district, issued_on=issued_on)

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        try:
            return tuple(load_catalog(self._settings.sources).values())
        except CatalogError as error:
            logger.warning("%s; the sources that come with Quwen are known all the same", error)
            return tuple(load_catalog().values())
