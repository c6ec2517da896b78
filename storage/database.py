"""The one door to the database: transactions, and a worker thread for those who must not wait."""

import asyncio
import contextvars
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.engine import explain, open_engine, place_of, read_only, read_url
from storage.errors import (
    DamagedDatabase,
    DatabaseError,
    DatabaseUnreachable,
    FilledDatabase,
    LockedDatabase,
    NewerDatabase,
    NotOurDatabase,
    OlderDatabase,
    WrongDatabaseUrl,
)
from storage.lead import Lead, lead_at
from storage.upgrade import migrate, prepare, revision_of, upgrade_database

__all__ = [
    "DamagedDatabase",
    "Database",
    "DatabaseError",
    "DatabaseUnreachable",
    "FilledDatabase",
    "LockedDatabase",
    "NewerDatabase",
    "NotOurDatabase",
    "OlderDatabase",
    "WrongDatabaseUrl",
]

P = ParamSpec("P")
T = TypeVar("T")

# Fewer than the pool's connections, so that no thread ever waits for one.
_THREADS = 4


class Database:
    """A SQLite file or a PostgreSQL database.

    `url` is `sqlite:///var/quwen.db` (a path; its folder is made) or `postgresql://user:password@host/name`.
    `busy_timeout` is how many seconds to wait for another program that holds the SQLite file, or a lock of
    PostgreSQL (where the address may set another `lock_timeout`; an upgrade waits as long as it takes).

    Raises:
        WrongDatabaseUrl: the address is not one of these.
    """

    def __init__(self, url: str | URL, *, busy_timeout: float = 5.0) -> None:
        self._url = read_url(url)
        self.busy_timeout = busy_timeout
        self._writer, self._reader = open_engine(self._url, busy_timeout)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="database")

    @classmethod
    def on_file(cls, path: Path) -> "Database":
        """The SQLite database in a file, whatever signs are in its name."""
        return cls(URL.create("sqlite", database=str(path)))

    @property
    def place(self) -> str:
        """Where it is: the file, or the name and server. Never a password."""
        return place_of(self._url)

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect.name

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        return Path(self.place) if self.kind == "sqlite" else None

    def revision(self) -> str | None:
        """The revision of its tables, one of `storage.migrations.REVISIONS`; None where there are none.

        Raises:
            NotOurDatabase, NewerDatabase, LockedDatabase, DatabaseUnreachable
        """
        with self._explained():
            return revision_of(self._reader, self._url)

    def upgrade(self) -> str | None:
        """Make the tables, or bring those of an older Quwen up to date. Cheap where nothing is to do.

        Answers with the revision from before, None where there were no tables.

        Raises:
            NotOurDatabase, NewerDatabase, LockedDatabase, DatabaseUnreachable
        """
        with self._explained(writes=True):
            return upgrade_database(self._writer, self._reader, self._url)

    def check_writing(self) -> None:
        """Find out whether it can be written; one that another program holds just now may be.

        Raises:
            DatabaseUnreachable: it is read-only, or not reached.
        """
        with suppress(LockedDatabase), self.session() as session:
            if self.kind == "postgresql" and session.scalar(text("SHOW transaction_read_only")) == "on":
                raise read_only(self._url)

    @contextmanager
    def session(self, *, write: bool = True) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on an error.

        With `write=False` it sees one state of the database, waits for no writer, and refuses to write.

        Raises:
            LockedDatabase, DatabaseUnreachable
        """
        engine = self._writer if write else self._reader
        with (
            self._explained(writes=write),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def building(self) -> Iterator[Session]:
        """A transaction that may write, and has made the tables or brought them up to date at its beginning.

        Raises:
            NotOurDatabase, NewerDatabase, LockedDatabase, DatabaseUnreachable
        """
        with self._explained():
            prepare(self._writer, self._reader, self._url)
        with self.session() as session:
            migrate(session.connection())
            yield session

    async def run(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `fn(session, *args, **kwargs)` in a worker thread, in one transaction that may write.

        If the caller is cancelled, the transaction goes on to its end.
        """
        return await self._in_thread(True, lambda session: fn(session, *args, **kwargs))

    async def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for `fn`s that only read: they never wait for a writer."""
        return await self._in_thread(False, lambda session: fn(session, *args, **kwargs))

    def lead(self) -> Lead:
        """A claim to be the one process that makes what is made once."""
        return lead_at(self._url)

    def leader(self) -> str:
        """Who makes what is made once, as `Lead.holder` says it.

        Raises:
            DatabaseUnreachable
        """
        with self._explained():
            return self.lead().holder()

    def close(self) -> None:
        """Let running transactions end and close every connection."""
        self._threads.shutdown()
        self._writer.dispose()

    async def _in_thread(self, write: bool, step: Callable[[Session], T]) -> T:
        def whole() -> T:
            with self.session(write=write) as session:
                return step(session)

        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(context.run, whole))

    @contextmanager
    def _explained(self, *, writes: bool = False) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            known = explain(error, self._url, writes=writes)
            if known is None:
                raise
            raise known from error
