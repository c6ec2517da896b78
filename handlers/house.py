"""What every handler works with: the settings, the database, the district and the clock."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from telegram.ext import CallbackContext, ExtBot

from messages.digest import DigestContent
from parsing.district import District
from parsing.model import Reading
from sources.fetching.fetcher import Fetched
from storage.database import Database
from storage.filters import EventFilter

Context = CallbackContext[ExtBot[None], dict[str, Any], dict[str, Any], dict[str, Any]]

Session = Any  # of the database: handlers hand it on to queries and never look inside

KEY = "house"  # in application.bot_data


class HouseSettings(Protocol):
    """The settings that answers depend on."""

    @property
    def admins(self) -> tuple[int, ...]:
        """The Telegram ids of the operators: those who look after sources and doubtful events."""

    @property
    def zone(self) -> str:
        """The IANA zone of the district."""

    @property
    def digest_weekday(self) -> int:
        """The day a new subscription starts with, 0 is Monday."""

    @property
    def digest_hour(self) -> int:
        """Its hour."""

    @property
    def digest_minute(self) -> int:
        """And minute, both in `zone`."""


class CollectDigest(Protocol):
    """Asks the store for all that a digest of some days tells: the same for /digest and the weekly job."""

    def __call__(
        self, session: Session, flt: EventFilter, *, district: District, since: date, until: date, today: date
    ) -> DigestContent:
        """`since` and `until` are included; what comes is looked for from `today`."""


class Reader(Protocol):
    """Fetches and reads what operators hand in. All of it takes its time: it is called in a thread."""

    @property
    def names(self) -> tuple[str, ...]:
        """The papers and sites that are known by name."""

    def source_of(self, url: str) -> str | None:
        """The name of the known source that an address is of."""

    def fetch(self, url: str) -> Fetched:
        """Fetch a page; raises `FetchError`s as `Fetcher.get` does."""

    def read(self, text: str, *, issued_on: date | None) -> Reading:
        """Read a page as `quwen ingest` does."""


@dataclass(frozen=True, slots=True)
class House:
    """Held by the application, handed to every handler.

    `clock` gives the time as an aware datetime in UTC. `console` is set where this process itself plays
    Telegram: the chats then are of kind "console", which deliveries leave alone.
    """

    settings: HouseSettings
    database: Database
    district: District
    clock: Callable[[], datetime]
    collect_digest: CollectDigest
    reader: Reader
    console: bool = False
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)  # one handed-in document at a time

    def today(self, now: datetime) -> date:
        """The day it is in the district."""
        return now.astimezone(ZoneInfo(self.settings.zone)).date()


def house_of(context: Context) -> House:
    """The house of the application that a handler was called by."""
    house = context.bot_data[KEY]
    if not isinstance(house, House):
        raise TypeError("the application was built without a house")
    return house
