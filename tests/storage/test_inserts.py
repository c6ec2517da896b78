"""Rows that may be there already."""

from datetime import date
from typing import Any

from sqlmodel import func, select

from storage.database import Database
from storage.inserts import insert_new
from storage.tables_outbox import DigestRow

DAY = date(2024, 3, 8)


def row(key: str) -> dict[str, Any]:
    return {"key": key, "period_start": DAY, "period_end": DAY, "language": "zh", "parts": []}


def test_rows_that_are_new_are_counted(database: Database) -> None:
    with database.session() as session:
        assert insert_new(session, DigestRow, [row("a")]) == 1
        assert insert_new(session, DigestRow, [row("a"), row("b"), row("c")]) == 2
        assert insert_new(session, DigestRow, [row("c")]) == 0
        assert insert_new(session, DigestRow, []) == 0


def test_more_rows_than_a_statement_holds_go_in(database: Database) -> None:
    """7 000 rows have more values than SQLite takes at once."""
    with database.session() as session:
        assert insert_new(session, DigestRow, [row(str(number)) for number in range(7_000)]) == 7_000
        assert session.exec(select(func.count()).select_from(DigestRow)).one() == 7_000
