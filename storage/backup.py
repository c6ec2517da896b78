"""Backups: always one SQLite file, whichever database it was made of, and put back into either."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from storage.copying import Counts, copy_store, count_rows, require_newest, say_rows
from storage.database import Database
from storage.errors import DamagedDatabase, DatabaseError, FilledDatabase, NotOurDatabase
from storage.sqlite_files import beside, copy_into, put, put_over, seal


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back."""

    revision: str  # of the backup
    rows: Counts
    replaced: Counts | None  # None where what was there could not be read


def back_up(store: Database, path: Path, *, replace: bool = False) -> Counts:
    """Write all that is stored, as it is at one moment, into a new file; the rows of each table.

    Others may write meanwhile. The file gets its name once it is whole and was looked over.

    Raises:
        OlderDatabase: there is nothing, or a PostgreSQL database is not up to date.
        DatabaseError: the file exists and is not to be replaced, or the store or the disk is at fault.
    """
    _refuse_itself(store, path)
    if path.exists() and not replace:
        raise DatabaseError(f"{path} exists: choose another name, or replace it with --force.")
    if store.file is None or store.revision() is None:
        require_newest(store)
    with beside(path) as new:
        rows = _copy_file(store, new) if store.file else _copy_server(store, new)
        _look_over(new, rows)
        (put_over if replace else put)(new, path)
    return rows


def restore(store: Database, path: Path, *, replace: bool = False) -> Restored:
    """Put a backup into an empty database, or with `replace` in the place of what is there: all or nothing.

    A backup of an older version is brought up to date on a copy. `store` is closed where it is a file.

    Raises:
        FilledDatabase: there are rows, and they are not to be replaced.
        LockedDatabase: another program has the file open that is to be replaced.
        DatabaseError: the file is no sound backup, or something else is wrong; nothing was changed.
    """
    _refuse_itself(store, path)
    held = _held(store)
    if held is None and not replace:
        raise DamagedDatabase(f"{store.place} is damaged: replace it with --force.")
    if held and any(held.values()) and not replace:
        raise FilledDatabase(
            f"{store.place} is not empty ({say_rows(held)}): nothing was changed; --force replaces all of it."
        )
    if store.file:
        with beside(store.file) as new:
            revision, rows = _take(path, new)
            seal(new, for_use=True)
            store.close()
            put_over(new, store.file, busy_timeout=store.busy_timeout)
        return Restored(revision, rows, held)
    with TemporaryDirectory() as folder:
        new = Path(folder) / "backup.db"
        revision, _rows = _take(path, new)
        backup = Database.on_file(new)
        try:
            rows = copy_store(backup, store, replace=replace)
        finally:
            backup.close()
    return Restored(revision, rows, held)


def complaints(store: Database) -> list[str]:
    """What SQLite finds wrong inside a file, at most some lines; none for PostgreSQL, which looks itself.

    Raises:
        DatabaseError: it cannot even be looked at.
    """
    if store.file is None:
        return []
    with store.session(write=False) as session:
        found = session.scalars(text("PRAGMA integrity_check(5)")).all()
    return [str(line) for line in found if line != "ok"]


def _refuse_itself(store: Database, path: Path) -> None:
    if store.file and path.exists() and store.file.exists() and path.samefile(store.file):
        raise DatabaseError(f"{path} is the database itself: name another file.")


def _held(store: Database) -> Counts | None:
    try:
        if store.revision() is None:
            return {}
        with store.session(write=False) as session:
            return count_rows(session)
    except DamagedDatabase:
        return None


def _copy_file(store: Database, new: Path) -> Counts:
    with store.session(write=False) as session:
        rows = count_rows(session)
        # Counting has begun the transaction that is copied, so both see the same.
        plain = session.connection().connection.driver_connection
        if not isinstance(plain, sqlite3.Connection):
            raise TypeError("this is no SQLite database")
        copy_into(plain, new)
    return rows


def _copy_server(store: Database, new: Path) -> Counts:
    target = Database.on_file(new)
    try:
        rows = copy_store(store, target)
    finally:
        target.close()
    seal(new)
    return rows


def _look_over(path: Path, expected: Counts) -> None:
    database = Database.on_file(path)
    try:
        wrong = complaints(database)
        if wrong:
            raise DamagedDatabase(f"{path.name} is damaged: {wrong[0]}")
        with database.session(write=False) as session:
            rows = count_rows(session)
    finally:
        database.close()
    if rows != expected:
        raise DatabaseError(f"{path.name} holds {say_rows(rows)} and not {say_rows(expected)}: try again.")


def _revision_of_backup(backup: Database) -> str:
    revision = backup.revision()
    if revision is None:
        raise NotOurDatabase("It holds nothing.")
    return revision


def _take(path: Path, new: Path) -> tuple[str, Counts]:
    """Copy a backup to `new`, look it over and bring it up to date; its revision, and its rows by then."""
    backup, copy = Database.on_file(path), Database.on_file(new)
    try:
        revision = _revision_of_backup(backup)
        _look_over(new, _copy_file(backup, new))
        copy.upgrade()
        with copy.session(write=False) as session:
            return revision, count_rows(session)
    except NotOurDatabase as error:
        raise NotOurDatabase(f"{path} is no backup of Quwen: nothing was changed.") from error
    except DamagedDatabase as error:
        raise DamagedDatabase(f"{path} is damaged: use another backup; nothing was changed.") from error
    finally:
        backup.close()
        copy.close()
