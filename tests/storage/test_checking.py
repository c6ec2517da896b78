"""A look at a database finds what is wrong, says what helps, and changes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.checking import Checked, check_store
from storage.copying import copy_store
from storage.database import Database, NotOurDatabase
from tests.storage.filled import all_rows, answers, fill
from tests.storage.test_upgrade import migrate


@pytest.fixture
def full(own_database: Database) -> Database:
    with own_database.session() as session:
        fill(session)
    return own_database


def wrong(found: Checked) -> dict[str, str]:
    return {look.name: f"{look.said} → {look.to_do}" for look in found.looks if look.to_do}


def do(database: Database, *statements: str) -> None:
    with database.session() as session:
        for statement in statements:
            session.execute(text(statement))


def test_a_sound_database_is_told_with_its_rows(full: Database) -> None:
    found = check_store(full)
    assert wrong(found) == {}
    assert found.sound
    assert found.rows == {table: len(rows) for table, rows in all_rows(full).items()}
    said = {look.name: look.said for look in found.looks}
    assert said["revision"].endswith("the newest")
    assert said["search"] == "agrees with 3 events"
    assert ("file" in said) == (full.kind == "sqlite")


def test_looking_leaves_the_file_as_it_was_and_waits_for_nobody(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        fill(session)
    sqlite_database.close()
    before = Path(sqlite_database.place).read_bytes()
    with closing(sqlite3.connect(sqlite_database.place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert check_store(sqlite_database).sound
        with sqlite_database.session(write=False) as session:
            assert session.scalar(text("SELECT count(*) FROM sqlite_temp_master")) == 0
            assert session.scalar(text("PRAGMA query_only")) == 1
    sqlite_database.close()
    assert Path(sqlite_database.place).read_bytes() == before


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    database = Database.on_file(tmp_path / "quwen.db")
    assert "quwen db upgrade" in wrong(check_store(database))["revision"]
    assert list(tmp_path.iterdir()) == []


def test_an_older_version_is_told_and_left_so(full: Database) -> None:
    migrate(full, "0003")
    found = check_store(full)
    assert "0003" in wrong(found)["revision"]
    assert "quwen db upgrade" in wrong(found)["revision"]
    assert found.rows["event"] == 3
    assert full.revision() == "0003"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP INDEX ix_event_told", "add_index ix_event_told"),
        ("ALTER TABLE event ADD COLUMN mood TEXT", "remove_column event.mood"),
        ("DROP TABLE doubt", "add_table doubt"),
        ("CREATE INDEX ix_of_another ON event (place)", "remove_index ix_of_another"),
    ],
)
def test_tables_that_were_changed_are_told(full: Database, statement: str, said: str) -> None:
    do(full, statement)
    found = wrong(check_store(full))
    assert said in found["tables"]
    assert set(found) == {"tables"}


def test_tables_of_others_beside_ours_are_no_harm(full: Database) -> None:
    do(full, "CREATE TABLE photo (id INTEGER)")
    assert check_store(full).sound


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE event_text SET text = '停电通知' WHERE event_id = 2", ": 2 "),
        ("DELETE FROM event_text WHERE event_id = 3", ": 3 "),
    ],
)
def test_an_index_that_does_not_tell_what_events_do_is_told(
    full: Database, statement: str, said: str, tmp_path: Path
) -> None:
    do(full, statement)
    found = wrong(check_store(full))
    assert said in found["search"]
    assert set(found) == {"search"}


def test_a_copy_makes_a_spoiled_index_anew(full: Database, tmp_path: Path) -> None:
    right = answers(full)
    if full.kind == "sqlite":
        do(full, "INSERT INTO event_gram (event_gram) VALUES ('delete-all')")
    else:
        do(full, "UPDATE event_text SET grams = ''")
    assert ": 1, 2, 3 →" in wrong(check_store(full))["search"]
    assert answers(full) != right
    copy = Database.on_file(tmp_path / "copy.db")
    copy_store(full, copy)
    assert check_store(copy).sound
    assert answers(copy) == right
    copy.close()


def test_an_index_that_is_gone_is_told(full: Database) -> None:
    do(full, "DROP TABLE event_gram" if full.kind == "sqlite" else "DROP INDEX ix_event_text_grams")
    assert wrong(check_store(full))["search"].startswith("there is no index → ")


def test_a_damaged_index_is_told(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        fill(session)
    do(sqlite_database, "UPDATE event_gram_data SET block = x'ffff' WHERE id > 10")
    assert wrong(check_store(sqlite_database))["search"].startswith("the index is damaged → ")


def test_a_row_that_points_to_nothing_is_told(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        fill(session)
    with closing(sqlite3.connect(sqlite_database.place)) as plain, plain:
        plain.execute("DELETE FROM page")
    found = wrong(check_store(sqlite_database))
    assert "4 of mention to no page" in found["file"]
    assert "4 of article to no page" in found["file"]
    assert set(found) == {"file"}


def test_a_damaged_file_is_told_with_what_helps(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        fill(session)
        page = session.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_event_told'"))
        size = session.scalar(text("PRAGMA page_size"))
    sqlite_database.close()
    assert page
    assert size
    with Path(sqlite_database.place).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)
    assert "quwen db restore FILE" in wrong(check_store(sqlite_database))["file"]


def test_ids_that_would_be_given_out_again_are_told(own_postgres_database: Database) -> None:
    with own_postgres_database.session() as session:
        fill(session)
    do(own_postgres_database, "SELECT setval('event_id_seq', 1)")
    assert wrong(check_store(own_postgres_database))["ids"].startswith("would be given out again in event → ")


def test_what_is_not_ours_is_no_case_for_us(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("亲爱的读者：" * 200)
    with pytest.raises(NotOurDatabase):
        check_store(Database.on_file(tmp_path / "letter.txt"))
