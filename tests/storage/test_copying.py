"""A copy holds the same rows, answers the same, goes on counting; or nothing is there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from storage import copying
from storage.chats import get_chat
from storage.copying import copy_store
from storage.database import Database, DatabaseError, FilledDatabase, OlderDatabase
from tests.storage.filled import all_rows, answers, fill
from tests.storage.following import chat, follower
from tests.storage.test_upgrade import migrate


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table; the SQLite file is not there yet."""
    if request.param == "sqlite":
        database = Database.on_file(tmp_path / "new folder" / "100% new?.db")
    else:
        database = Database(request.getfixturevalue("empty_postgres_url"))
    yield database
    database.close()


@pytest.fixture
def full(sqlite_database: Database) -> Database:
    with sqlite_database.session() as session:
        fill(session)
    return sqlite_database


def tables(database: Database) -> list[str]:
    with database.session(write=False) as session:
        return inspect(session.connection()).get_table_names()


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_a_copy_to_the_other_database_and_back_is_the_same(
    full: Database, empty_postgres_url: str, tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_BATCH", batch)
    server, back = Database(empty_postgres_url), Database.on_file(tmp_path / "back.db")
    there = copy_store(full, server)
    assert copy_store(server, back) == there
    rows = all_rows(full)
    assert min(map(len, rows.values())) > 0, "a table without rows is not tested"
    assert there == {table: len(held) for table, held in rows.items()}
    assert all_rows(server) == rows
    assert all_rows(back) == rows
    assert answers(full) == answers(server) == answers(back)
    assert len(answers(back)["点评"]) == 1
    server.close()
    back.close()


def test_ids_go_on_after_the_highest_that_was_given_out(full: Database, target: Database) -> None:
    with full.session() as session:
        gone = follower(session, 5).id
        session.execute(text("DELETE FROM subscription WHERE id = :id"), {"id": gone})
    copy_store(full, target)
    with target.session() as session:
        assert follower(session, 6).id == gone + 1
        session.execute(text("INSERT INTO actor (name) VALUES ('新')"))
        assert session.scalar(text("SELECT max(id) FROM actor")) == len(all_rows(full)["actor"]) + 1


def test_what_is_written_meanwhile_is_not_half_there(
    own_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_database.session() as session:
        fill(session)
    whole = all_rows(own_database)
    copy_table = copying._copy_table

    def disturbed(*arguments: object) -> None:
        copy_table(*arguments)  # type: ignore[arg-type]
        with own_database.session() as session:
            chat(session, 77)

    monkeypatch.setattr(copying, "_copy_table", disturbed)
    target = Database.on_file(tmp_path / "target.db")
    copy_store(own_database, target)
    assert all_rows(target) == whole
    with own_database.session(write=False) as session:
        assert get_chat(session, 77)
    target.close()


def breaks(*_: object) -> None:
    raise KeyboardInterrupt


def spoil(database: Database, statement: str) -> None:
    with closing(sqlite3.connect(database.place)) as plain, plain:
        plain.execute(statement)  # without a look at what rows point to


def test_a_row_that_points_to_nothing_leaves_nothing_at_the_target(full: Database, target: Database) -> None:
    spoil(full, "DELETE FROM page WHERE id = 1")
    with pytest.raises(DatabaseError, match=r"table article cannot be held .* nothing was copied"):
        copy_store(full, target)
    assert_untouched(target)


def test_a_row_that_postgresql_cannot_hold_is_told(full: Database, empty_postgres_url: str) -> None:
    spoil(full, "UPDATE chat SET title = 'a' || char(0)")
    target = Database(empty_postgres_url)
    with pytest.raises(DatabaseError, match="table chat cannot be held"):
        copy_store(full, target)
    assert_untouched(target)
    target.close()


@pytest.mark.parametrize("step", ["_copy_table", "go_on_after"])
def test_an_interrupted_copy_leaves_nothing_at_the_target(
    full: Database, target: Database, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, step, breaks)
    with pytest.raises(KeyboardInterrupt):
        copy_store(full, target)
    assert_untouched(target)


def assert_untouched(target: Database) -> None:
    if target.file:
        assert list(target.file.parent.iterdir()) == []
    else:
        assert tables(target) == []


def test_rows_that_are_lost_on_the_way_are_noticed(
    full: Database, target: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "write_texts", lambda *_: None)
    with pytest.raises(DatabaseError, match="Not all came"):
        copy_store(full, target)
    assert_untouched(target)


def test_a_database_with_rows_is_not_copied_into(own_database: Database, tmp_path: Path) -> None:
    with own_database.session() as session:
        chat(session, 5)
    source = Database.on_file(tmp_path / "source.db")
    source.upgrade()
    with pytest.raises(FilledDatabase, match=r"not empty \(1 chat\)"):
        copy_store(source, own_database)
    assert len(all_rows(own_database)["chat"]) == 1
    source.close()


def test_an_empty_database_of_an_older_version_is_brought_up_to_date(
    full: Database, own_postgres_database: Database
) -> None:
    migrate(own_postgres_database, "0002")
    copy_store(full, own_postgres_database)
    assert all_rows(own_postgres_database) == all_rows(full)


def test_what_is_not_up_to_date_or_not_there_is_not_copied(own_database: Database, tmp_path: Path) -> None:
    target = Database.on_file(tmp_path / "target.db")
    migrate(own_database, "0003")
    with pytest.raises(OlderDatabase, match=r"0003.*quwen db upgrade"):
        copy_store(own_database, target)
    with pytest.raises(OlderDatabase, match="nothing of Quwen"):
        copy_store(Database.on_file(tmp_path / "none.db"), target)
    assert not (tmp_path / "target.db").exists()
    assert not (tmp_path / "none.db").exists()


def test_a_transaction_that_never_ends_is_not_waited_for(
    full: Database, own_postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PATIENCE", "50ms")
    with own_postgres_database.session() as session:
        session.execute(text("LOCK TABLE event"))
        with pytest.raises(DatabaseError, match="in use by another program"):
            copy_store(full, own_postgres_database)
