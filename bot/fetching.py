"""A fetcher with the settings of this installation."""

from importlib.metadata import version

from bot.settings import Settings
from sources.catalog import Source
from sources.fetching.fetcher import LONGEST, TIMEOUT, Fetcher, Tls
from sources.fetching.pace import Pace


def fetcher_of(source: Source, settings: Settings, pace: Pace | None = None) -> Fetcher:
    """A fetcher for a source, with a pause between its requests and those of all that share its `pace`."""
    return open_fetcher(settings, pace or Pace(), source.tls)


def open_fetcher(
    settings: Settings, pace: Pace, tls: Tls, *, timeout: float = TIMEOUT, longest: float = LONGEST
) -> Fetcher:
    """A fetcher for any site; the last two are in seconds, of a step and of a whole request."""
    return Fetcher(
        agent=agent(settings),
        pace=pace,
        tls=tls,
        private=settings.private_addresses,
        timeout=timeout,
        longest=longest,
    )


def agent(settings: Settings) -> str:
    """How this reader calls itself to sites: its name, its version, and whom to write to."""
    return f"Quwen/{version('quwen')} ({settings.contact or 'district news reader'})"
