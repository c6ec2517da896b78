"""A fetcher with the settings of this installation."""

from importlib.metadata import version

from bot.settings import Settings
from sources.catalog import Source
from sources.fetching.fetcher import Fetcher
from sources.fetching.pace import Pace


def fetcher_of(source: Source, settings: Settings, pace: Pace | None = None) -> Fetcher:
    """A fetcher for a source, with a pause between its requests and those of all that share its `pace`."""
    return Fetcher(
        agent=agent(settings), pace=pace or Pace(), tls=source.tls, private=settings.private_addresses
    )


def agent(settings: Settings) -> str:
    """How this reader calls itself to sites: its name, its version, and whom to write to."""
    return f"Quwen/{version('quwen')} ({settings.contact or 'district news reader'})"
