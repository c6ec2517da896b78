"""Which one process at a database makes what is made once: digests, questions, looks at sources.

Held by what ends with the process: a lock of a PostgreSQL connection, or a lock on a file beside SQLite's.
"""

import os
import socket
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

_LOCK = 4_112_002  # a number of ours among PostgreSQL's advisory locks
# So that the server notices within half a minute that the machine of a leader is gone.
_KEEPALIVE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
_NAME = "quwen lead "
_LONGEST_NAME = 63  # bytes that the server keeps of it
# https://www.postgresql.org/docs/current/view-pg-locks.html: objsubid is 1 for a lock of one number
_HOLDER = """
    SELECT coalesce(a.application_name, '') FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = :lock AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Lead(Protocol):
    """A claim to be the one; from one thread at a time."""

    def hold(self) -> bool:
        """Take the lead if nobody has it; whether this process has it now. False where nothing is reached."""

    def release(self) -> None:
        """Give it up."""

    def holder(self) -> str:
        """Who has the lead, as far as others can tell: "host:number of the process", or words; "" for nobody.

        Raises:
            sqlalchemy.exc.DBAPIError: the server is not reached.
        """


def lead_at(url: URL) -> Lead:
    """The claim to lead at a database."""
    if url.drivername.startswith("sqlite"):
        return _FileLead(Path(f"{url.database}-leader"))
    return _ConnectionLead(url)


class _FileLead:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock: sqlite3.Connection | None = None

    def hold(self) -> bool:
        if self._lock is not None:
            return True
        connection = None
        try:
            connection = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            if connection is not None:
                connection.close()
            return False
        self._lock = connection
        return True

    def release(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()

    def holder(self) -> str:
        if self._lock is not None:
            return _this_process()
        if not self._path.exists():
            return ""
        another = _FileLead(self._path)  # asks by trying: who wants the lead tries again in two seconds
        free = another.hold()
        another.release()
        return "" if free else "a process of this machine"


class _ConnectionLead:
    def __init__(self, url: URL) -> None:
        self._engine = create_engine(
            url,
            poolclass=NullPool,
            connect_args={
                "connect_timeout": 5,
                "options": _KEEPALIVE,
                "application_name": f"{_NAME}{_this_process()}"[:_LONGEST_NAME],
            },
        ).execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def hold(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.execute(text("SELECT 1"))  # a connection that is gone has lost the lock
                return True
            self._connection = self._engine.connect()
            if self._connection.scalar(text(f"SELECT pg_try_advisory_lock({_LOCK})")):
                return True
        except DBAPIError:
            pass
        self.release()
        return False

    def release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                connection.close()

    def holder(self) -> str:
        with self._engine.connect() as connection:
            told: str | None = connection.scalar(text(_HOLDER), {"lock": _LOCK})
        return told.removeprefix(_NAME) or "another program" if told is not None else ""


def _this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
