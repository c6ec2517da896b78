"""A backup is whole and of one moment, or it is not there."""

import sqlite3
import stat
from pathlib import Path

import pytest

from storage import backup
from storage.backup import back_up, restore
from storage.checking import check_store
from storage.copying import Counts
from storage.database import Database, DatabaseError, OlderDatabase
from storage.sqlite_files import copy_into
from tests.storage.filled import all_rows, answers, fill, rows_of
from tests.storage.test_upgrade import migrate


@pytest.fixture
def full(own_database: Database) -> Database:
    with own_database.session() as session:
        fill(session)
    return own_database


def test_a_backup_is_one_file_with_all_rows_for_our_eyes_only(full: Database, tmp_path: Path) -> None:
    path = tmp_path / "backups" / "100% of monday?.db"
    counted = back_up(full, path)
    assert list(path.parent.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes()[18:20] == b"\x01\x01", "it needs no file beside it"
    rows = all_rows(full)
    assert rows_of(path) == rows
    assert counted == {table: len(held) for table, held in rows.items()}
    saved = Database.on_file(path)
    assert answers(saved) == answers(full)
    assert check_store(saved).sound
    saved.close()


def test_a_backup_is_of_one_moment_while_others_write(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_database.session() as session:
        fill(session)
    before = all_rows(sqlite_database)
    other = sqlite3.connect(sqlite_database.place, isolation_level=None)

    def disturbed(source: sqlite3.Connection, path: Path) -> None:
        other.execute("UPDATE chat SET title = 'kept by the other'")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE chat SET title = 'not yet kept'")
        copy_into(source, path)

    monkeypatch.setattr(backup, "copy_into", disturbed)
    back_up(sqlite_database, tmp_path / "backup.db")
    other.execute("ROLLBACK")
    other.close()
    assert rows_of(tmp_path / "backup.db") == before
    assert {row["title"] for row in all_rows(sqlite_database)["chat"]} == {"kept by the other"}


def test_a_backup_is_taken_before_an_upgrade_too(sqlite_database: Database, tmp_path: Path) -> None:
    migrate(sqlite_database, "0002")
    back_up(sqlite_database, tmp_path / "backup.db")
    assert Database.on_file(tmp_path / "backup.db").revision() == sqlite_database.revision() == "0002"


def test_an_older_server_wants_its_upgrade_first(own_postgres_database: Database, tmp_path: Path) -> None:
    migrate(own_postgres_database, "0002")
    with pytest.raises(OlderDatabase, match="quwen db upgrade"):
        back_up(own_postgres_database, tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_only_by_force(full: Database, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("亲爱的读者：")
    with pytest.raises(DatabaseError, match=r"exists.*--force"):
        back_up(full, path)
    assert path.read_text() == "亲爱的读者："
    back_up(full, path, replace=True)
    assert rows_of(path) == all_rows(full)


def test_a_file_that_appears_meanwhile_is_not_replaced(
    full: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "backups" / "backup.db"
    look_over = backup._look_over

    def slow(new: Path, rows: Counts) -> None:
        look_over(new, rows)
        path.write_text("another one's")

    monkeypatch.setattr(backup, "_look_over", slow)
    with pytest.raises(DatabaseError, match="exists"):
        back_up(full, path)
    assert path.read_text() == "another one's"
    assert list(path.parent.iterdir()) == [path]


def test_a_backup_that_is_not_what_was_stored_gets_no_name(
    full: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    monkeypatch.setattr(backup, "complaints", lambda _: ["row 7 missing from index"])
    with pytest.raises(DatabaseError, match="row 7 missing"):
        back_up(full, folder / "backup.db")
    monkeypatch.undo()
    monkeypatch.setattr(backup, "_copy_file" if full.file else "_copy_server", lambda *_: {"event": 99})
    with pytest.raises(DatabaseError, match="and not 99 event"):
        back_up(full, folder / "backup.db")
    assert list(folder.iterdir()) == []


def test_the_database_is_no_backup_of_itself(sqlite_database: Database) -> None:
    path = Path(sqlite_database.place)
    for asked in (back_up, restore):
        with pytest.raises(DatabaseError, match="the database itself"):
            asked(sqlite_database, path, replace=True)


@pytest.mark.parametrize("there", [False, True])
def test_a_log_of_another_file_is_not_left_beside_a_backup(
    sqlite_database: Database, tmp_path: Path, there: bool
) -> None:
    path = tmp_path / "backups" / "backup.db"
    path.parent.mkdir()
    Path(f"{path}-wal").write_text("what SQLite would add to any file of that name")
    if there:
        path.write_text("no database any more")
    back_up(sqlite_database, path, replace=there)
    assert list(path.parent.iterdir()) == [path]
