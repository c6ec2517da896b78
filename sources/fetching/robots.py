"""A site's robots.txt, kept for a day: RFC 9309, read by protego."""

import time
from collections.abc import Callable
from typing import NamedTuple

from protego import Protego

from sources.fetching.errors import FetchError

KEPT = 24 * 3600.0  # seconds, as the RFC says
MOST_BYTES = 500_000  # as many as the RFC asks for; a longer file allows nothing
MOST_DELAY = 60.0  # seconds; who asks for more is asked once in so many

ALL, NONE = "", "User-agent: *\nDisallow: /"


class Rules(NamedTuple):
    """What a site allows; `until` is a time of the clock."""

    parsed: Protego
    until: float


class Robots:
    """The rules of sites. `ask` gives the status and text of an address, or None where nobody answers."""

    def __init__(
        self,
        agent: str,
        ask: Callable[[str], tuple[int, str] | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._agent, self._ask, self._clock = agent, ask, clock
        self._known: dict[str, Rules] = {}

    def allows(self, url: str, root: str) -> bool:
        """Whether an address of the site at `root` (scheme and host) may be fetched.

        Raises:
            FetchError: nobody can say now.
        """
        return bool(self._rules(root).can_fetch(url, self._agent))

    def delay(self, root: str) -> float:
        """How many seconds the site wants between requests; 0 where it does not say."""
        return min(float(self._rules(root).crawl_delay(self._agent) or 0.0), MOST_DELAY)

    def _rules(self, root: str) -> Protego:
        known = self._known.get(root)
        if known is None or known.until <= self._clock():
            known = Rules(Protego.parse(self._text(root)), self._clock() + KEPT)
            self._known[root] = known
        return known.parsed

    def _text(self, root: str) -> str:
        """The rules as text. No file means that all is allowed, a server that fails that nothing is yet."""
        answer = self._ask(f"{root}/robots.txt")
        if answer is None or answer[0] >= 500:
            raise FetchError(f"{root} does not say what may be read: its robots.txt cannot be fetched")
        status, text = answer
        return text if status == 200 else ALL
