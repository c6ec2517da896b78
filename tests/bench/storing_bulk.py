"""Filling a temporary database of either kind as fast as it takes rows."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from storage.database import Database
from tests.support.databases import temporary_postgres
from tests.support.postgres import find_server

_BLOCK = 2_000  # rows sent at once
_MEMORY = "512MB"  # for PostgreSQL to build an index with

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Store:
    """A temporary database."""

    name: str  # as rows call it
    url: str
    database: Database

    @property
    def path(self) -> Path:
        """The file of the SQLite one."""
        return Path(self.database.place)


@contextmanager
def temporary_stores() -> Iterator[tuple[Store, Store]]:
    """An empty SQLite database and an empty PostgreSQL one, upgraded; both are gone at the end."""
    server = find_server(os.environ.get("QUWEN_TEST_POSTGRES_URL"))
    try:
        with (
            TemporaryDirectory() as folder,
            temporary_postgres(server) as address,
            _opened("SQLite", f"sqlite:///{folder}/bench.db") as lite,
            _opened("PostgreSQL", address) as big,
        ):
            yield lite, big
    finally:
        server.stop()


@contextmanager
def _opened(name: str, url: str) -> Iterator[Store]:
    database = Database(url)
    try:
        database.upgrade()
        yield Store(name, url, database)
    finally:
        database.close()


class Bulk(Protocol):
    """One connection, which takes rows in bulk."""

    kind: str

    def write(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Insert rows."""

    def without_indexes(self, *tables: str) -> Callable[[], None]:
        """Remove the indexes of tables, but those that hold a rule; what is returned makes them again."""

    def finish(self) -> None:
        """Commit, and let the database learn what it would learn by itself in time."""


def bulk_into(url: str) -> Bulk:
    """A connection to either kind of database."""
    parts = make_url(url)
    return SqliteBulk(Path(parts.database or "")) if parts.drivername == "sqlite" else PostgresBulk(url)


class SqliteBulk:
    """A SQLite file; nobody needs it if the machine fails."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("PRAGMA cache_size = -256000")
        self._connection.execute("BEGIN")

    def write(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Insert rows."""
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def without_indexes(self, *tables: str) -> Callable[[], None]:
        """Remove the indexes of tables, but those that hold a rule; what is returned makes them again."""
        found = self._connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
            f" AND tbl_name IN ({', '.join('?' * len(tables))})",
            tables,
        ).fetchall()
        for name, _ in found:
            self._connection.execute(f"DROP INDEX {name}")
        return partial(self._again, [made for _, made in found])

    def _again(self, indexes: Sequence[str]) -> None:
        for made in indexes:
            self._connection.execute(made)

    def finish(self) -> None:
        """Commit and close."""
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()


class PostgresBulk:
    """A PostgreSQL database."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(plain, autocommit=True)
        self._connection.execute(f"SET maintenance_work_mem = '{_MEMORY}'")
        self._connection.execute("SET synchronous_commit = off")
        if self._connection.info.parameter_status("is_superuser") == "on":
            # No look for what a row refers to: it is there.
            self._connection.execute("SET session_replication_role = replica")

    def write(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Copy rows."""
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with self._connection.cursor() as cursor, cursor.copy(copy) as into:
            block: list[str] = []
            for row in rows:
                block.append(_line(row))
                if len(block) == _BLOCK:
                    into.write("".join(block))
                    block.clear()
            into.write("".join(block))

    def without_indexes(self, *tables: str) -> Callable[[], None]:
        """Remove the indexes of tables, but those that hold a rule; what is returned makes them again."""
        found = self._connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE indexdef LIKE 'CREATE INDEX%%' AND tablename = ANY(%s)",
            [list(tables)],
        ).fetchall()
        for name, _ in found:
            self._connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        return partial(self._again, [made for _, made in found])

    def _again(self, indexes: Sequence[str]) -> None:
        for made in indexes:
            self._connection.execute(made)

    def finish(self) -> None:
        """Let it count its rows, as it does by itself after a while."""
        self._connection.execute("VACUUM ANALYZE")
        self._connection.close()


def _line(row: Sequence[Any]) -> str:
    """A row as COPY reads it; nothing that is made here has a tab or a backslash."""
    return "\t".join("\\N" if value is None else str(value) for value in row).replace("\n", "\\n") + "\n"
