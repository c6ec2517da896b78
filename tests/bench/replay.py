"""The statements that work on a database sends, to be sent once more by the bare driver.

What the driver alone needs for the same statements, with the same values and the same answers read, is the
floor; what the work takes beyond that is ours and SQLAlchemy's.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Engine, event, make_url

from storage.database import Database


@dataclass(frozen=True, slots=True)
class Step:
    """A statement as the driver gets it, once or for each of many sets of values; or a commit."""

    statement: str  # empty: commit
    values: Any = None
    many: bool = False


@dataclass(slots=True)
class Recording:
    """All steps, in order."""

    steps: list[Step] = field(default_factory=list)

    def replay(self, url: str) -> None:
        """Take all steps at a copy of the database that they were recorded at."""
        connection = _connect(url)
        try:
            cursor = connection.cursor()
            for step in self.steps:
                if not step.statement:
                    connection.commit()
                elif step.many:
                    cursor.executemany(step.statement, step.values)
                else:
                    cursor.execute(step.statement, step.values)
                    if cursor.description is not None:
                        cursor.fetchall()
        finally:
            connection.close()


@contextmanager
def recorded(database: Database) -> Iterator[Recording]:
    """What is done with a database meanwhile."""
    engine: Engine = database._writer  # no other door leads below the statements
    recording = Recording()

    def statement(_c: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool) -> None:
        recording.steps.append(Step(text, values, many))

    def commit(_connection: Any) -> None:
        recording.steps.append(Step(""))

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "commit", commit)
    try:
        yield recording
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "commit", commit)


def _connect(url: str) -> Any:
    address = make_url(url)
    if address.drivername.startswith("sqlite"):
        connection = sqlite3.connect(str(address.database), isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection
    plain = address.set(drivername="postgresql")
    return psycopg.connect(plain.render_as_string(hide_password=False))
