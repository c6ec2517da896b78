"""Carrying all that is stored from one database into another, of the same kind or the other one."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, inspect, select, text, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session

from storage.counters import given_out, go_on_after
from storage.database import Database
from storage.errors import DatabaseError, FilledDatabase, OlderDatabase
from storage.migrations import REVISIONS
from storage.search import write_texts
from storage.sqlite_files import remove
from storage.tables import METADATA
from storage.tables_events import EventTextRow

_BATCH = 200  # rows held in memory at a time; a page's text may be long
_PATIENCE = "20s"  # for transactions of others at a PostgreSQL that is to be filled

Counts = dict[str, int]  # table: rows


def copy_store(source: Database, target: Database, *, replace: bool = False) -> Counts:
    """Copy every row of `source`, as it is at one moment, into `target`; the rows of each table there.

    Tables are made at the target where they are missing. It is all one transaction there; a SQLite file that
    was not there before is removed on failure. With `replace` a PostgreSQL database is emptied in it first.

    Raises:
        OlderDatabase: `source` is not up to date, or has no tables.
        FilledDatabase: `target` has rows, and they are not to be replaced.
        DatabaseError: what else is wrong with one of the two; the target is as it was.
    """
    require_newest(source)
    made = target.file if target.file and not target.file.exists() else None
    try:
        with source.session(write=False) as rows, target.building() as into:
            _claim(into, target.place, replace=replace)
            return _carry(rows, into, target.place)
    except BaseException:
        if made:
            target.close()
            remove(made)
        raise


def count_rows(session: Session) -> Counts:
    """The rows of each table that is there, in the order in which tables depend on each other."""
    there = set(inspect(session.connection()).get_table_names())
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in METADATA.sorted_tables
        if table.name in there
    }


def require_newest(database: Database) -> None:
    """Raises `OlderDatabase` where there is nothing, or where the tables are not those of this version."""
    revision = database.revision()
    if revision is None:
        raise OlderDatabase(f"{database.place} holds nothing of Quwen: check QUWEN_DATABASE_URL.")
    if revision != REVISIONS[-1]:
        raise OlderDatabase(
            f"{database.place} is of the older revision {revision}: run `quwen db upgrade` first."
        )


def say_rows(counts: Counts) -> str:
    """Rows in words, such as `12 event, 3 chat`; tables without any are left out."""
    return ", ".join(f"{rows} {table}" for table, rows in counts.items() if rows) or "no rows"


def _claim(session: Session, place: str, *, replace: bool) -> None:
    """Make sure that the target is empty, and stays so but for us."""
    tables = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
    on_server = session.get_bind().dialect.name == "postgresql"
    if on_server:
        session.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
        session.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))
    held = count_rows(session)
    if not any(held.values()):
        return
    if not (replace and on_server):
        raise FilledDatabase(f"{place} is not empty ({say_rows(held)}): nothing was changed in it.")
    session.execute(text(f"TRUNCATE {tables}"))


def _carry(source: Session, target: Session, place: str) -> Counts:
    for table in METADATA.sorted_tables:
        try:
            _copy_table(source, target, table)
        except (IntegrityError, DataError) as error:
            why = str(error.orig).splitlines()[0]
            raise DatabaseError(
                f"A row of the table {table.name} cannot be held by {place} ({why}): nothing was copied. "
                "`quwen db check` looks for what is wrong."
            ) from error
    expected, copied = count_rows(source), count_rows(target)
    if expected != copied:
        raise DatabaseError(
            f"Not all came to {place}, so nothing was copied: {say_rows(copied)} of {say_rows(expected)}."
        )
    go_on_after(target, given_out(source))
    return copied


def _copy_table(source: Session, target: Session, table: Table) -> None:
    waiting: list[dict[str, Any]] = []
    for rows in _batches(source, table):
        if table.name == EventTextRow.__tablename__:
            write_texts(target, {row["event_id"]: row["text"] for row in rows})
            continue
        waiting += _held_back(table, rows)
        target.execute(insert(table), rows)
    if waiting:
        (key,) = table.primary_key
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _to_itself(table)}
        target.execute(update(table).where(key == bindparam("old_key")).values(values), waiting)


def _batches(source: Session, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key)
    found = source.execute(query, execution_options={"yield_per": _BATCH})
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]


def _held_back(table: Table, rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that point to a later one of their own table: let go, to be tied again once all are there."""
    links = _to_itself(table)
    if not links:
        return
    (key,) = table.primary_key
    for row in rows:
        if any((row[name] or 0) > row[key.name] for name in links):
            yield {"old_key": row[key.name]} | {f"new_{name}": row[name] for name in links}
            row.update(dict.fromkeys(links))


def _to_itself(table: Table) -> list[str]:
    return sorted(link.parent.name for link in table.foreign_keys if link.column.table is table)
