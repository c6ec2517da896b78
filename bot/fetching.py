"""A fetcher with the settings of this installation."""

from importlib.metadata import version

from bot.settings import Settings
from sources.catalog import Source
from sources.fetching.fetcher import Fetcher
from sources.fetching.pace import GAP, JITTER, Pace


def fetcher_of(source: Source, settings: Settings, pace: Pace | None = None) -> Fetcher:
    """A fetcher for a source; `pace` is shared where several fetch at a time."""
    # On this machine nobody needs a pause: what is allowed there is a test, or a paper of one's own.
    private = settings.private_addresses
    own = Pace(gap=0.0, jitter=0.0) if private else Pace(gap=GAP, jitter=JITTER)
    return Fetcher(agent=agent(settings), pace=pace or own, tls=source.tls, private=private)


def agent(settings: Settings) -> str:
    """How this reader calls itself to sites: its name, its version, and whom to write to."""
    return f"Quwen/{version('quwen')} ({settings.contact or 'district news reader'})"
