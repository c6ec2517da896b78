"""The one door: transactions, threads, and errors that say what to do."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import Session

from storage.chats import get_chat, touch_chat
from storage.database import (
    Database,
    DatabaseError,
    DatabaseUnreachable,
    LockedDatabase,
    WrongDatabaseUrl,
)
from storage.tables_chat import ChatRow, SubscriptionRow

NOW = datetime(2024, 4, 8, 1, tzinfo=UTC)


def greet(session: Session, chat_id: int = 1) -> None:
    touch_chat(session, id=chat_id, kind="private", title="王", language_code=None, now=NOW)


def chats(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ChatRow)) or 0


@contextmanager
def held_by_another_program(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def file_of(database: Database) -> Path:
    return Path(database.place)


def test_a_transaction_is_kept_at_its_end(database: Database) -> None:
    with database.session() as session:
        greet(session)
    with database.session(write=False) as session:
        assert chats(session) == 1


def test_an_error_takes_back_the_whole_transaction(database: Database) -> None:
    def half() -> None:
        with database.session() as session:
            greet(session)
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        half()
    with database.session(write=False) as session:
        assert chats(session) == 0


def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(DBAPIError), database.session(write=False) as session:
        greet(session)
    with database.session() as session:
        greet(session)
        assert chats(session) == 1


def test_a_row_cannot_point_to_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(
            SubscriptionRow(
                chat_id=404,
                weekday=0,
                hour=9,
                minute=0,
                zone="Asia/Shanghai",
                state="active",
                next_due_at=NOW,
                made_at=NOW,
            )
        )


async def test_the_door_runs_in_another_thread_and_hands_back_the_answer(database: Database) -> None:
    def where(session: Session, number: int, *, text: str) -> tuple[int, str, int]:
        greet(session)
        return number, text, threading.get_ident()

    number, said, thread = await database.run(where, 7, text="好")
    assert (number, said) == (7, "好")
    assert thread != threading.get_ident()
    assert await database.read(chats) == 1


async def test_many_writers_at_once_all_get_their_turn(database: Database) -> None:
    await asyncio.gather(*(database.run(greet, number) for number in range(40)))
    assert await database.read(chats) == 40


async def test_two_writers_that_read_first_do_not_lose_a_step(database: Database) -> None:
    def longer(session: Session) -> None:
        chat = session.get(ChatRow, 1, with_for_update=True)
        assert chat is not None
        chat.title += "+"

    await database.run(greet)
    await asyncio.gather(*(database.run(longer) for _ in range(20)))
    chat = await database.read(get_chat, 1)
    assert chat is not None
    assert chat.title == "王" + "+" * 20


def test_a_reader_does_not_wait_for_a_writer(sqlite_database: Database) -> None:
    with held_by_another_program(file_of(sqlite_database)), sqlite_database.session(write=False) as session:
        assert chats(session) == 0


def test_a_reader_sees_one_state(database: Database) -> None:
    with database.session(write=False) as session:
        assert chats(session) == 0
        with database.session() as other:
            greet(other)
        assert chats(session) == 0


def test_a_file_held_by_another_program_is_told_with_what_to_do(sqlite_database: Database) -> None:
    path = file_of(sqlite_database)
    hasty = Database(f"sqlite:///{path}", busy_timeout=0.05)
    with (
        held_by_another_program(path),
        pytest.raises(LockedDatabase, match="another program") as caught,
        hasty.session() as session,
    ):
        greet(session)
    assert str(path) in str(caught.value)
    with hasty.session() as session:
        greet(session)
    hasty.close()


def test_a_writer_waits_for_a_short_hold(sqlite_database: Database) -> None:
    holding, released = threading.Event(), threading.Event()

    def hold() -> None:
        with held_by_another_program(file_of(sqlite_database)):
            holding.set()
            released.wait(0.05)

    other = threading.Thread(target=hold)
    other.start()
    holding.wait()
    with sqlite_database.session() as session:
        greet(session)
    other.join()


def test_the_file_is_in_wal_mode_with_foreign_keys(sqlite_database: Database) -> None:
    with sqlite_database.session() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA busy_timeout")) == 5000


def test_folders_are_made_and_names_may_be_chinese(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/数据/区闻 库.db")
    database.upgrade()
    with database.session() as session:
        greet(session)
    database.close()
    assert (tmp_path / "数据" / "区闻 库.db").exists()


def test_a_relative_path_is_kept_when_the_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    database = Database("sqlite:///var/quwen.db")
    monkeypatch.chdir(tmp_path / "elsewhere")
    database.upgrade()
    database.close()
    assert (tmp_path / "var" / "quwen.db").exists()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "quwen.db",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://someone:secret@host/name",
        "postgresql://someone:secret@host",
        "postgresql://someone:secret@host:notaport/name",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(WrongDatabaseUrl, match=r"sqlite:///var/quwen\.db") as caught:
        Database(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_all_names_of_postgresql_are_understood(scheme: str) -> None:
    database = Database(f"{scheme}://someone:secret@localhost:5433/news")
    assert database.kind == "postgresql"
    assert database.place == "news on localhost:5433"
    database.close()


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    database = Database("postgresql://someone:secret@127.0.0.1:9/news?application_name=secret")
    with pytest.raises(DatabaseUnreachable, match="does not answer") as caught:
        database.upgrade()
    database.close()
    assert "news on 127.0.0.1:9" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_is_told(empty_postgres_url: str) -> None:
    database = Database(f"{empty_postgres_url}_not")
    with pytest.raises(DatabaseUnreachable, match="no database"):
        database.upgrade()
    database.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    database = Database(f"sqlite:///{tmp_path}/file/quwen.db")
    with pytest.raises(DatabaseUnreachable, match="folder"):
        database.upgrade()
    database.close()


def test_a_path_that_is_a_folder_is_told(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}")
    with pytest.raises(DatabaseUnreachable, match="cannot be opened"):
        database.upgrade()
    database.close()


def test_a_damaged_file_is_told(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "quwen.db"
    shutil.copy(sqlite_template, path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    database = Database(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="damaged"), database.session(write=False) as session:
        chats(session)
    database.close()


def test_moments_come_back_in_utc_from_any_zone(database: Database) -> None:
    moment = datetime(2024, 4, 8, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with database.session() as session:
        touch_chat(session, id=1, kind="private", title="", language_code=None, now=moment)
    with database.session(write=False) as session:
        chat = session.get(ChatRow, 1)
        assert chat is not None
        assert chat.made_at == moment
        assert chat.made_at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), database.session() as session:
        touch_chat(session, id=1, kind="private", title="", language_code=None, now=datetime(2024, 4, 8))  # noqa: DTZ001


def test_a_server_whose_disk_is_full_is_told(postgres_database: Database) -> None:
    with (
        pytest.raises(DatabaseError, match="disk of PostgreSQL is full"),
        postgres_database.session() as session,
    ):
        session.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$"))


def test_a_file_that_cannot_grow_is_told(sqlite_database: Database) -> None:
    def grow() -> None:
        with sqlite_database.session() as session:
            session.execute(text("PRAGMA max_page_count = 1"))
            session.execute(text("CREATE TABLE ballast AS SELECT zeroblob(10000000) AS weight"))

    with pytest.raises(DatabaseError, match="Make room"):
        grow()
