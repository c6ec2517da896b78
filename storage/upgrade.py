"""Bringing a database to the shape that this version of Quwen knows."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, text

from storage.engine import place_of
from storage.errors import DatabaseUnreachable, NewerDatabase, NotOurDatabase
from storage.migrations import REVISIONS

_HEAD = REVISIONS[-1]
_OURS = {"alembic_version", "page", "mention", "event", "chat", "delivery"}  # in every revision
_LOCK = 0x715577656E  # any number, the same in every Quwen: one upgrade at a time


def upgrade_database(writer: Engine, reader: Engine, url: URL) -> str | None:
    """Run the migrations that are missing, all or none; the revision from before, None where no table was.

    Raises:
        NotOurDatabase, NewerDatabase: see `revision_of`.
        DatabaseUnreachable: the file's folder cannot be made.
    """
    before = prepare(writer, reader, url)
    if before != _HEAD:
        with writer.begin() as connection:
            migrate(connection)
    return before


def prepare(writer: Engine, reader: Engine, url: URL) -> str | None:
    """Do what must be done before the transaction that migrates; the database's revision.

    Raises:
        NotOurDatabase, NewerDatabase, DatabaseUnreachable: see `upgrade_database`.
    """
    on_file = url.drivername.startswith("sqlite")
    if on_file:
        _make_folder(url)
    revision = revision_of(reader, url)
    if on_file and revision != _HEAD:
        _use_wal(writer, url)
    return revision


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, within the transaction of `connection`, which may write."""
    # Loaded here because it takes longer than all the rest, and is seldom needed.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # another's upgrade may take its time
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revision_of(reader: Engine, url: URL) -> str | None:
    """The revision of a database, one of `REVISIONS`; None where there is no table yet. No file is made.

    Raises:
        NotOurDatabase: there are tables, but not Quwen's.
        NewerDatabase: its revision is not among `REVISIONS`.
    """
    if url.drivername.startswith("sqlite") and not Path(str(url.database)).exists():
        return None
    with reader.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return None
        if not tables >= _OURS:
            raise NotOurDatabase(
                f"{place_of(url)} belongs to another program (nothing in it was changed): "
                "choose another file or database for Quwen."
            )
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision not in REVISIONS:
        raise NewerDatabase(
            f"{place_of(url)} was made by a newer Quwen (revision {revision}; this one knows {_HEAD}): "
            "upgrade Quwen, or use another database."
        )
    return str(revision)


def _make_folder(url: URL) -> None:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachable(f"The folder {folder} cannot be made: {error.strerror}.") from error


def _use_wal(writer: Engine, url: URL) -> None:
    # A property of the file, kept in it, and not to be changed within a transaction.
    with writer.connect() as connection:
        timeout = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() / 1000
    with closing(sqlite3.connect(str(url.database), timeout=timeout)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
