"""What reading from a source needs, put together for one run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlmodel import Session

from jobs.collecting.asking import Asking
from parsing.model import Reading
from sources.adapter import Adapter
from sources.catalog import Source
from storage.database import Database
from storage.source_states import renew_lease


class StoppedError(Exception):
    """The run is to end: the process is asked to, or another worker has taken the source over."""


class Reads(Protocol):
    """Reads the text of a page of some district's paper."""

    def __call__(self, text: str, *, district: str, issued_on: date) -> Reading: ...


@dataclass(slots=True)
class Desk:
    """A source and what it is read with. `clock` gives now, in UTC; `zone` is the district's."""

    source: Source
    adapter: Adapter
    asking: Asking
    database: Database
    read: Reads
    clock: Callable[[], datetime]
    zone: str
    worker: str
    stopping: Callable[[], bool] = lambda: False
    progress: Callable[[str], None] = field(default=lambda _: None)  # told each address that was read

    @property
    def today(self) -> date:
        """The day it is in the district."""
        return self.clock().astimezone(ZoneInfo(self.zone)).date()

    def go_on(self) -> None:
        """Nothing, unless the run is to end.

        Raises:
            StoppedError: it is.
        """
        if self.stopping():
            raise StoppedError("the run is to end")

    @contextmanager
    def session(self, *, begun: bool = False) -> Iterator[Session]:
        """A transaction of this run; one that ends what was `begun` is made even if the run is to end.

        Raises:
            StoppedError: the run is to end.
        """
        if not begun:
            self.go_on()
        with self.database.session() as session:
            if not renew_lease(session, self.source.id, worker=self.worker, now=self.clock()):
                raise StoppedError(f"{self.source.id} was taken over by another worker")
            yield session
