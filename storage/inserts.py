"""Inserting rows that may be there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.base import Row

_AT_ONCE = 1000  # rows; a statement holds only so many values


def insert_new(session: Session, table: type[Row], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those rows that break no unique rule, leave out the others, and return how many went in."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    count = 0
    for start in range(0, len(rows), _AT_ONCE):
        statement = dialect.insert(table).values(list(rows[start : start + _AT_ONCE]))
        # Counted by what comes back: not every driver tells how many rows went in.
        done = session.execute(statement.on_conflict_do_nothing().returning(literal_column("1")))
        count += len(done.all())
    return count
