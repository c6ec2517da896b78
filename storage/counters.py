"""The ids that tables have given out: new rows go on after them, also where rows were copied."""

from collections.abc import Mapping

from sqlalchemy import Column, Table, func, select, text
from sqlmodel import Session

from storage.tables import METADATA

_NEXT = "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(:name, :key) AS regclass))"


def given_out(session: Session) -> dict[str, int]:
    """The highest id given out by each table that numbers its rows, deleted rows too where that is known."""
    return {
        table.name: max(_highest(session, table, key), _counted(session, table, key))
        for table, key in _counting()
    }


def go_on_after(session: Session, given: Mapping[str, int]) -> None:
    """Let no table give out an id up to these. On PostgreSQL this outlives a rollback, and does no harm."""
    for table, key in _counting():
        last = max(given.get(table.name, 0), _counted(session, table, key))
        if not last:
            continue
        if session.get_bind().dialect.name == "postgresql":
            values = {"name": table.name, "key": key.name, "last": last}
            session.execute(text("SELECT setval(pg_get_serial_sequence(:name, :key), :last)"), values)
        elif _remembers(table):
            values = {"name": table.name, "last": last}
            session.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
            session.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)


def behind(session: Session) -> list[str]:
    """The tables that would give out an id which a row has. SQLite looks at the rows itself: none there."""
    if session.get_bind().dialect.name == "sqlite":
        return []
    return [
        table.name
        for table, key in _counting()
        if _counted(session, table, key) < _highest(session, table, key)
    ]


def _counting() -> list[tuple[Table, Column[int]]]:
    tables = METADATA.sorted_tables
    return [(table, key) for table in tables if (key := table.autoincrement_column) is not None]


def _highest(session: Session, table: Table, key: Column[int]) -> int:
    return session.scalar(select(func.max(key)).select_from(table)) or 0


def _counted(session: Session, table: Table, key: Column[int]) -> int:
    if session.get_bind().dialect.name == "postgresql":
        return session.scalar(text(_NEXT), {"name": table.name, "key": key.name}) or 0
    if not _remembers(table):
        return 0
    found = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    return int(found or 0)


def _remembers(table: Table) -> bool:
    return bool(table.dialect_options["sqlite"]["autoincrement"])
