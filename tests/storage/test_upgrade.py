"""Bringing a database up to date, and leaving others' alone."""

import logging
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.checking import differences
from storage.database import Database, LockedDatabase, NewerDatabase, NotOurDatabase
from storage.events import find_events, recent
from storage.filters import EventFilter
from storage.ingest import PageInfo
from storage.merges import events_of, merge_events
from storage.migrations import REVISIONS
from storage.operator_notes import tell_operators
from storage.overview import overview
from storage.review import Review
from storage.tables import METADATA
from storage.tables_outbox import DeliveryRow
from storage.upgrade import _LOCK
from tests.storage.following import MONDAY, digest, follower
from tests.storage.pages import ISSUED, MEETING, NOW, SITE, store


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_the_migrations_make_just_the_tables_that_the_code_knows(database: Database) -> None:
    with database.session() as session:
        connection = session.connection()
        made = set(inspect(connection).get_table_names()) - {"alembic_version"}
        assert {name for name in made if not name.startswith("event_gram")} == set(METADATA.tables)
        assert differences(session) == []


def test_the_list_of_revisions_is_that_of_the_files() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    files = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in files)[::-1] == REVISIONS


def test_upgrading_twice_changes_nothing_and_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    database = Database(f"sqlite:///{tmp_path}/quwen.db")
    database.upgrade()
    database.upgrade()
    with database.session(write=False) as session:
        assert overview(session).revision == REVISIONS[-1]
    database.close()
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_an_empty_postgresql_database_is_filled(empty_postgres_url: str) -> None:
    database = Database(empty_postgres_url)
    database.upgrade()
    database.upgrade()
    with database.session(write=False) as session:
        assert overview(session).revision == REVISIONS[-1]
    database.close()


def migrate(database: Database, revision: str) -> None:
    """Run the migrations up or down to a revision."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with database.session() as session:
        config.attributes["connection"] = session.connection()
        (command.downgrade if revision < REVISIONS[-1] else command.upgrade)(config, revision)


def test_events_of_a_database_without_review_get_their_state_from_their_reports(
    own_database: Database,
) -> None:
    sure = replace(MEETING, confidence=0.85)
    waits, twice, reprint = (
        replace(MEETING, subject=f"{name}协商议事会", evidence=f"{name}协商议事会召开", confidence=0.7)
        for name in ("云岗社区", "青塔社区", "芳园社区")
    )
    with own_database.session() as session:
        store(session, sure, waits, twice, reprint)
        again = replace(twice, evidence="昨天，青塔社区开了协商议事会")
        same = replace(reprint, evidence="芳园社区协商议事会召开。")
        store(session, again, same, source=SITE, page=PageInfo("web.txt"))
    migrate(own_database, "0001")
    with own_database.session() as session:
        assert session.scalar(text("SELECT count(*) FROM event")) == 4
        assert "review" not in {each["name"] for each in inspect(session.connection()).get_columns("event")}
    own_database.upgrade()
    with own_database.session() as session:
        assert overview(session).revision == REVISIONS[-1]
        found = find_events(session, EventFilter()).events
        states = {event.subject[:4]: event.review for event in found}
        assert states == {
            "月度工作": Review.CLEAR,
            "云岗社区": Review.OPEN,
            "青塔社区": Review.CLEAR,
            "芳园社区": Review.OPEN,
        }
        told = recent(session, EventFilter(), today=ISSUED, days=1, unasked=True)
        assert {event.subject[:4] for event in told.events} == {"月度工作", "青塔社区"}
        # And it goes on from there.
        store(session, replace(waits, confidence=0.9, headline="又讯"), page=PageInfo("more.txt"))
        assert overview(session).reviews == {"clear": 3, "open": 1}


def test_deliveries_outlive_the_tables_of_collecting(own_database: Database) -> None:
    """SQLite makes their table anew: with its rows, its indexes, and the ids that were given out."""
    with own_database.session() as session:
        subscription = follower(session)
        for number in (1, 2):
            digest_id = digest(session, key=str(number))
            session.add(
                DeliveryRow(
                    subscription_id=subscription.id,
                    chat_id=1,
                    digest_id=digest_id,
                    occasion=str(number),
                    part=1,
                    not_before=MONDAY,
                    made_at=MONDAY,
                )
            )
            session.flush()
        note = {"zh": ["甲"], "en": ["one"]}
        tell_operators(session, [1], occasion="note", parts=note, today=MONDAY.date(), now=MONDAY)
    with own_database.session() as session:
        session.execute(text("DELETE FROM delivery WHERE occasion = '2'"))
        before = inspect(session.connection()).get_indexes("delivery")
    migrate(own_database, "0002")
    with own_database.session() as session:
        assert session.scalars(text("SELECT occasion FROM delivery")).all() == ["1"]
        assert "issue" not in inspect(session.connection()).get_table_names()
    own_database.upgrade()
    with own_database.session() as session:
        after = inspect(session.connection()).get_indexes("delivery")
        names = [{index["name"] for index in indexes} for indexes in (before, after)]
        assert names[0] == names[1]
        tell_operators(session, [1], occasion="later", parts=note, today=MONDAY.date(), now=MONDAY)
        found = session.execute(text("SELECT id, occasion FROM delivery ORDER BY id")).all()
        assert [row.occasion for row in found] == ["1", "later"]
        assert found[1].id > 3  # the note had the third


def test_an_older_quwen_shows_no_event_that_was_joined_into_another(own_database: Database) -> None:
    with own_database.session() as session:
        other = replace(MEETING, subject="街道议事会", evidence="街道议事会召开", areas=("云岗街道",))
        ids = [event.id for event in store(session, MEETING, other).new]
        merge_events(session, *events_of(session, ids).values(), by=None, now=NOW)
    migrate(own_database, "0002")
    with own_database.session() as session:
        states = session.execute(text("SELECT review FROM event ORDER BY id")).scalars().all()
        assert states == ["clear", "rejected"]
        assert "state" not in {each["name"] for each in inspect(session.connection()).get_columns("event")}
    own_database.upgrade()
    with own_database.session() as session:
        assert overview(session).revision == REVISIONS[-1]


def test_a_file_that_is_not_sqlite_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("亲爱的读者：" * 200)
    before = path.read_bytes()
    database = Database(f"sqlite:///{path}")
    with pytest.raises(NotOurDatabase, match="not a SQLite file"):
        database.upgrade()
    database.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE photo (id INTEGER)"],
        ["CREATE TABLE event (id INTEGER)", "CREATE TABLE alembic_version (version_num TEXT)"],
        ["CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('abc')"],
    ],
)
def test_the_file_of_another_program_is_left_alone(tmp_path: Path, statements: list[str]) -> None:
    path = tmp_path / "photos.db"
    run(path, *statements)
    before = path.read_bytes()
    database = Database(f"sqlite:///{path}")
    with pytest.raises(NotOurDatabase, match="another program"):
        database.upgrade()
    database.close()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["photos.db"]


def test_the_postgresql_database_of_another_program_is_left_alone(own_postgres_database: Database) -> None:
    with own_postgres_database.session() as session:
        session.execute(text("DROP TABLE delivery"))
    with pytest.raises(NotOurDatabase, match="another program"):
        own_postgres_database.upgrade()


def test_the_database_of_a_newer_quwen_is_left_alone(own_database: Database) -> None:
    with own_database.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match=r"9999.*upgrade Quwen"):
        own_database.upgrade()


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "quwen.db"
    path.touch()
    database = Database(f"sqlite:///{path}", busy_timeout=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LockedDatabase, match="another program"):
            database.upgrade()
    database.upgrade()
    database.close()


def test_a_migration_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite:///{tmp_path}/quwen.db")
    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", lambda *_args, **_options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            database.upgrade()
    database.upgrade()
    database.close()


def test_an_upgrade_waits_for_another_longer_than_others_wait_for_locks(empty_postgres_url: str) -> None:
    database = Database(empty_postgres_url, busy_timeout=0.02)
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
    with ThreadPoolExecutor(1) as pool, database._writer.connect() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        upgrading = pool.submit(database.upgrade)
        while not upgrading.done() and not other.scalar(waits):
            time.sleep(0.01)
        time.sleep(0.2)  # ten times as long
        other.rollback()
        assert upgrading.result() is None
    database.close()
