"""Collecting put together with the settings of this installation."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache

from bot.fetching import fetcher_of
from bot.reader import read_text
from bot.settings import Settings, SettingsError
from jobs.collect import Collecting
from jobs.collecting.hours import hours_of
from parsing.model import Reading
from sources.catalog import CatalogError, Source, load_catalog
from sources.fetching.pace import Pace
from storage.database import Database


def collecting_of(
    settings: Settings,
    database: Database,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    stopping: Callable[[], bool] = lambda: False,
) -> Collecting:
    """What collecting works with. All sources share one pace, so that each host is asked in turn."""
    pace = Pace()
    return Collecting(
        database=database,
        fetcher_of=lambda source: fetcher_of(source, settings, pace),
        read=Reader(settings),
        clock=clock,
        zone=settings.zone,
        hours=hours_of(settings.collect_hours),
        operators=settings.admins,
        stopping=stopping,
    )


class Reader:
    """Reads pages of any district."""

    def __init__(self, settings: Settings) -> None:
        self._district = cache(settings.pack_or_plain)

    def __call__(self, text: str, *, district: str, issued_on: date) -> Reading:
        """Read the text of a page of a district's paper."""
        return read_text(text, district=self._district(district), issued_on=issued_on)


def collected_sources(settings: Settings) -> list[Source]:
    """The sources that are collected from by the clock, in the order of the setting.

    Raises:
        SettingsError: the setting names one that there is not, or the catalog is wrong.
    """
    catalog = catalog_of(settings)
    return [chosen(catalog, name) for name in settings.collect]


def catalog_of(settings: Settings) -> dict[str, Source]:
    """All sources that can be read, by their ids.

    Raises:
        SettingsError: the file of one's own is wrong.
    """
    try:
        return load_catalog(settings.sources)
    except CatalogError as error:
        raise SettingsError(str(error)) from error


def chosen(catalog: dict[str, Source], name: str) -> Source:
    """The source with that id.

    Raises:
        SettingsError: there is none.
    """
    if name in catalog:
        return catalog[name]
    raise SettingsError(f"there is no source {name!r}; known: {', '.join(catalog)}")


def names_of(sources: Sequence[Source]) -> str:
    """The sources by their names, for a line of a log."""
    return "、".join(source.name for source in sources)
