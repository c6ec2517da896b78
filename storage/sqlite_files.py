"""SQLite files as wholes: made beside and renamed, looked over, put in the place of another."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from storage.engine import explain_sqlite
from storage.errors import DamagedDatabase, DatabaseError, DatabaseUnreachable, LockedDatabase, NotOurDatabase

_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file while it is open


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """The name of a new, empty file in the folder of `path`, readable by us alone; gone at the end.

    Raises:
        DatabaseUnreachable: none can be made there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise DatabaseUnreachable(f"No file can be made in {path.parent}: {error.strerror}.") from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        remove(Path(name))


def remove(path: Path) -> None:
    """Remove a database and what is beside it, as far as it is there."""
    for each in (path, *(Path(f"{path}{end}") for end in _BESIDE)):
        each.unlink(missing_ok=True)


def copy_into(source: sqlite3.Connection, path: Path) -> None:
    """Copy what the transaction of `source` sees into `path`, as one file that needs no other beside it.

    Raises:
        DatabaseError: it cannot be written.
    """
    with _explained(path), closing(sqlite3.connect(path)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def seal(path: Path, *, for_use: bool = False) -> None:
    """Make of a database that nobody has open one file; `for_use` sets how we write to it from then on."""
    with _explained(path), closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {'WAL' if for_use else 'DELETE'}")


def put(new: Path, path: Path) -> None:
    """Give a whole file its name.

    Raises:
        DatabaseError: the name is taken, or the file cannot be renamed.
    """
    if path.exists():
        raise _taken(path)
    with _told(path):
        _forget_log(path)
        if not _link(new, path):
            new.replace(path)


def put_over(new: Path, path: Path, *, busy_timeout: float = 5.0) -> None:
    """Put a whole file in the place of one that nobody else has open, with its owner and rights.

    Raises:
        LockedDatabase: another program has it open; nothing was changed.
        DatabaseError: it cannot be renamed.
    """
    if not path.exists():
        put(new, path)
        return
    with _told(path):
        shutil.copymode(path, new)
        kept = path.stat()
        with suppress(PermissionError):
            os.chown(new, kept.st_uid, kept.st_gid)
        with _alone(path, busy_timeout):
            _forget_log(path)
            new.replace(path)


@contextmanager
def _alone(path: Path, busy_timeout: float) -> Iterator[None]:
    """Hold a file so that no other can open it, and have SQLite put into it what lies beside it."""
    with closing(
        sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=busy_timeout, isolation_level=None)
    ) as connection:
        # What is damaged is to be replaced too.
        with suppress(DamagedDatabase, NotOurDatabase), _explained(path):
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                raise LockedDatabase(f"{path} is in use by another program: stop it, then try again.")
            connection.execute("BEGIN EXCLUSIVE")
        yield


def _link(new: Path, path: Path) -> bool:
    # Unlike renaming, this fails where the name was taken meanwhile; not all file systems can do it.
    try:
        path.hardlink_to(new)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        return False
    return True


def _taken(path: Path) -> DatabaseError:
    return DatabaseError(f"{path} exists: choose another name, or replace it with --force.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DatabaseUnreachable(f"{path} cannot be written: {error.strerror}.") from error


def _forget_log(path: Path) -> None:
    # It belongs to the file that is replaced; SQLite would add it to the new one.
    for end in _BESIDE:
        Path(f"{path}{end}").unlink(missing_ok=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        known = explain_sqlite(error, str(path))
        if known is None:
            raise
        raise known from error
