"""A backup is put back whole, or nothing is changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backup import back_up, restore
from storage.checking import check_store
from storage.database import Database, DatabaseError, FilledDatabase, LockedDatabase, NewerDatabase
from tests.storage.filled import all_rows, fill, rows_of
from tests.storage.following import chat
from tests.storage.test_upgrade import migrate


@pytest.fixture
def file(sqlite_database: Database, tmp_path: Path) -> Path:
    """A backup."""
    source = Database.on_file(tmp_path / "source.db")
    source.upgrade()
    with source.session() as session:
        fill(session)
    path = tmp_path / "backups" / "周一.db"
    back_up(source, path)
    source.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table; the SQLite file is not there yet."""
    if request.param == "sqlite":
        database = Database.on_file(tmp_path / "var" / "quwen.db")
    else:
        database = Database(request.getfixturevalue("empty_postgres_url"))
    yield database
    database.close()


def test_a_backup_is_put_back_into_either_database(file: Path, fresh: Database) -> None:
    done = restore(fresh, file)
    assert all_rows(fresh) == rows_of(file)
    assert done.rows == {table: len(held) for table, held in rows_of(file).items()}
    assert check_store(fresh).sound
    with fresh.session() as session:
        chat(session, 77)
        if fresh.file:
            assert session.scalar(text("PRAGMA journal_mode")) == "wal"
    if fresh.file:
        assert {each.name for each in fresh.file.parent.iterdir()} <= {
            "quwen.db",
            "quwen.db-wal",
            "quwen.db-shm",
        }


def test_rows_are_replaced_only_by_force_and_all_of_them(file: Path, own_database: Database) -> None:
    with own_database.session() as session:
        chat(session, 5)
    with pytest.raises(FilledDatabase, match=r"not empty \(1 chat\).*--force"):
        restore(own_database, file)
    assert [row["id"] for row in all_rows(own_database)["chat"]] == [5]
    done = restore(own_database, file, replace=True)
    assert done.replaced
    assert done.replaced["chat"] == 1
    assert all_rows(own_database) == rows_of(file)
    assert check_store(own_database).sound


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    file: Path, fresh: Database, tmp_path: Path
) -> None:
    old = Database.on_file(file)
    migrate(old, "0002")
    old.close()
    before = file.read_bytes()
    done = restore(fresh, file)
    assert done.revision == "0002"
    assert done.rows["event"] == 3
    assert check_store(fresh).sound
    assert file.read_bytes() == before


def spoil(path: Path, how: str) -> None:
    whole = path.read_bytes()
    match how:
        case "text":
            path.write_text("亲爱的读者：" * 200)
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "overwritten":
            path.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
        case "another's":
            path.unlink()
            with closing(sqlite3.connect(path)) as plain:
                plain.execute("CREATE TABLE photo (id INTEGER)")
        case "newer":
            with closing(sqlite3.connect(path)) as plain, plain:
                plain.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("text", "no backup of Quwen"),
        ("empty", "no backup of Quwen"),
        ("another's", "no backup of Quwen"),
        ("cut", "damaged: use another backup"),
        ("overwritten", "damaged: use another backup"),
        ("newer", "newer Quwen"),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_nothing_is_lost(
    file: Path, own_database: Database, how: str, said: str, tmp_path: Path
) -> None:
    spoil(file, how)
    before = file.read_bytes()
    with own_database.session() as session:
        chat(session, 5)
    kind = NewerDatabase if how == "newer" else DatabaseError
    with pytest.raises(kind, match=said) as caught:
        restore(own_database, file, replace=True)
    assert str(file) in str(caught.value)
    assert [row["id"] for row in all_rows(own_database)["chat"]] == [5]
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
    assert not list(tmp_path.glob(".*"))


def test_a_restore_that_fails_midway_keeps_what_was_there(
    file: Path, own_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with own_database.session() as session:
        chat(session, 5)
    monkeypatch.setattr(
        "storage.backup.put_over" if own_database.file else "storage.copying.go_on_after", breaks
    )
    with pytest.raises(KeyboardInterrupt):
        restore(own_database, file, replace=True)
    assert [row["id"] for row in all_rows(own_database)["chat"]] == [5]
    assert not list(tmp_path.glob(".*"))


def test_a_file_that_another_program_has_open_is_not_replaced(file: Path, sqlite_database: Database) -> None:
    path = Path(sqlite_database.place)
    hasty = Database(f"sqlite:///{path}", busy_timeout=0.05)
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT count(*) FROM chat").fetchone()
        with pytest.raises(LockedDatabase, match="another program"):
            restore(hasty, file)
    assert all_rows(hasty)["chat"] == []
    restore(hasty, file)
    assert all_rows(hasty) == rows_of(file)
    hasty.close()


def test_a_log_that_was_left_beside_is_not_added_to_what_is_put_back(
    file: Path, sqlite_database: Database, tmp_path: Path
) -> None:
    place = tmp_path / "killed.db"
    with sqlite_database.session() as session:
        chat(session, 5)
        session.commit()
        # As after a kill: what was written lies in the log alone.
        for end in ("", "-wal"):
            Path(f"{place}{end}").write_bytes(Path(f"{sqlite_database.place}{end}").read_bytes())
    killed = Database.on_file(place)
    done = restore(killed, file, replace=True)
    assert done.replaced
    assert done.replaced["chat"] == 1
    assert all_rows(killed) == rows_of(file)
    killed.close()


def test_a_damaged_database_is_replaced_by_force(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "quwen.db"
    place.write_bytes(file.read_bytes())
    spoil(place, "overwritten")
    damaged = Database.on_file(place)
    with pytest.raises(DatabaseError, match=r"damaged.*--force"):
        restore(damaged, file)
    assert restore(damaged, file, replace=True).replaced is None
    assert all_rows(damaged) == rows_of(file)
    damaged.close()
