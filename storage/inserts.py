"""Inserting rows that may be there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.base import Row


def insert_new(session: Session, table: type[Row], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those rows that break no unique rule, leave out the others, and return how many went in."""
    if not rows:
        return 0
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(list(rows)).on_conflict_do_nothing()
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]
