"""Engines for both databases, transactions that mean the same on both, errors a person can act on."""

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage.errors import (
    DamagedDatabase,
    DatabaseError,
    DatabaseUnreachable,
    LockedDatabase,
    NotOurDatabase,
    WrongDatabaseUrl,
)

_EXAMPLES = "use sqlite:///var/quwen.db or postgresql://user:password@host/name"
_WRITES = "quwen_writes"


def read_url(url: str | URL) -> URL:
    """Understand a database address.

    A relative SQLite path is made absolute, so that a later change of folder does not matter.

    Raises:
        WrongDatabaseUrl: it is none that Quwen can use.
    """
    try:
        parts = make_url(url.strip() if isinstance(url, str) else url)
    except (ArgumentError, ValueError):
        # Neither the address nor the cause is shown: what cannot be split may hold a password anywhere.
        raise WrongDatabaseUrl(f"The database address cannot be read; {_EXAMPLES}.") from None
    match parts.drivername:
        case "sqlite" | "sqlite+pysqlite":
            if not parts.database or parts.database == ":memory:":
                raise WrongDatabaseUrl(f"A SQLite address needs a file; {_EXAMPLES}.")
            return URL.create("sqlite+pysqlite", database=str(Path(parts.database).expanduser().absolute()))
        case "postgresql" | "postgres" | "postgresql+psycopg":
            if not parts.database:
                raise WrongDatabaseUrl(f"A PostgreSQL address needs the database's name; {_EXAMPLES}.")
            return parts.set(drivername="postgresql+psycopg")
        case other:
            raise WrongDatabaseUrl(f"Quwen cannot use a database of the kind {other!r}; {_EXAMPLES}.")


def place_of(url: URL) -> str:
    """Where the database is, in words, without user and password."""
    if url.drivername.startswith("sqlite"):
        return str(url.database)
    return f"{url.database} on {url.host or 'this machine'}:{url.port or 5432}"


def open_engine(url: URL, busy_timeout: float) -> tuple[Engine, Engine]:
    """Two engines over one pool: for transactions that may write, and for those that only read.

    Raises:
        DatabaseError: the driver is not installed.
    """
    options: dict[str, Any] = {"hide_parameters": True}
    if url.drivername.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": busy_timeout}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine.execution_options(**{_WRITES: True}), engine
    try:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10}, **options)
    except ImportError as error:
        raise DatabaseError('PostgreSQL needs one more package: pip install "quwen[postgresql]".') from error
    event.listen(engine, "connect", partial(_limit_locks, seconds=busy_timeout))
    event.listen(engine, "checkout", _as_the_server_says)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine, reader


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Python's sqlite3 begins transactions late, and none for SELECT or DDL. We say BEGIN ourselves.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _limit_locks(connection: Any, _record: object, *, seconds: float) -> None:
    # PostgreSQL would wait for ever. Set here, not by `options`, so that those of the address stay.
    connection.execute(
        "SELECT set_config('lock_timeout', %s, false) WHERE current_setting('lock_timeout') = '0'",
        (f"{max(1, round(seconds * 1000))}ms",),
    )
    connection.commit()


def _as_the_server_says(connection: Any, *_: object) -> None:
    # A connection that was used for reading is given back as one that says READ WRITE at each beginning,
    # which would overrule a server or database that is set to be read-only.
    connection.read_only = None


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later can't wait for another writer: SQLite refuses it at
    # once. So one that may write takes its place from the start.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {0 if writes else 1}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def explain(error: DBAPIError, url: URL, *, writes: bool = False) -> DatabaseError | None:
    """The error as one that a person can act on, or None if it is a fault of ours.

    `writes`: it comes from a transaction that may write.
    """
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return explain_sqlite(cause, str(url.database))
    state = getattr(cause, "sqlstate", None)
    place = place_of(url)
    if state in ("28P01", "28000", "42501"):
        return DatabaseUnreachable(
            f"PostgreSQL turned us away from {place}: check user, password and rights."
        )
    if state == "3D000" or (state is None and "does not exist" in str(cause)):
        return DatabaseUnreachable(
            f"There is no database {place}: create it with createdb, or check the name."
        )
    if state is None and "password" in str(cause):
        return DatabaseUnreachable(
            f"PostgreSQL turned us away from {place}: check user, password and rights."
        )
    if state in ("40P01", "55P03"):
        return LockedDatabase(
            f"{place} is in use by another program: wait for it or stop it, then try again."
        )
    if state == "53100":
        return DatabaseError(
            f"The disk of PostgreSQL is full: {place} could not be written. Make room on it."
        )
    if state == "25006" and writes:
        return read_only(url)
    if error.connection_invalidated or state is None or state[:2] in ("08", "57"):
        return DatabaseUnreachable(
            f"PostgreSQL does not answer: {place}. Is it running, and the address right?"
        )
    return None


def read_only(url: URL) -> DatabaseError:
    """What is told of a PostgreSQL that refuses to write."""
    return DatabaseUnreachable(
        f"{place_of(url)} cannot be written: it is read-only. Is the server a standby, or is "
        "default_transaction_read_only set?"
    )


def explain_sqlite(cause: sqlite3.Error, place: str) -> DatabaseError | None:
    """The same for an error of SQLite at the file `place`."""
    # The low byte is the kind, the rest its variety.
    match getattr(cause, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedDatabase(
                f"{place} is in use by another program: wait for it or stop it, then try again."
            )
        case sqlite3.SQLITE_NOTADB:
            return NotOurDatabase(f"{place} is not a SQLite file: choose another name for Quwen's database.")
        case sqlite3.SQLITE_CORRUPT:
            return DamagedDatabase(
                f"{place} is damaged: put a backup in its place, by `quwen db restore FILE --force`."
            )
        case sqlite3.SQLITE_CANTOPEN:
            return DatabaseUnreachable(f"{place} cannot be opened: check the folder and its permissions.")
        case sqlite3.SQLITE_READONLY if "query_only" not in str(cause) and not _is_writable(place):
            return DatabaseUnreachable(
                f"{place} cannot be written: check the permissions of it and its folder."
            )
        case sqlite3.SQLITE_FULL:
            return DatabaseError(f"The disk is full: {place} could not be written. Make room on it.")
        case sqlite3.SQLITE_IOERR:
            return DatabaseError(
                f"{place} could not be read or written: is its disk full or broken, is there a limit?"
            )
    if "no such module: fts5" in str(cause):
        return DatabaseError("This Python's SQLite has no full-text search (FTS5): use one that has.")
    return None


def _is_writable(place: str) -> bool:
    try:
        with Path(place).open("ab"):
            return True
    except OSError:
        return False
