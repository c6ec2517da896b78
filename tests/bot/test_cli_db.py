"""`quwen db`: what it says, with which exit status, and that no password is in it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from bot import cli, exits
from storage.database import Database
from storage.migrations import REVISIONS
from tests.storage.filled import answers, fill, rows_of

SECRET = "sesame-opens-it"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the store that is set; it is not there yet."""
    path = tmp_path / "var" / "quwen.db"
    monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    return path


@pytest.fixture
def full(store: Path) -> Path:
    database = Database.on_file(store)
    database.upgrade()
    with database.session() as session:
        fill(session)
    database.close()
    return store


@pytest.fixture
def secret_url(empty_postgres_url: str) -> Iterator[str]:
    """The address of an empty database, with a password that is found in no other word."""
    role = sql.Identifier(f"quwen_test_{uuid4().hex[:12]}")
    with psycopg.connect(empty_postgres_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN SUPERUSER PASSWORD {}").format(role, SECRET))
        yield (
            make_url(empty_postgres_url)
            .set(username=role.as_string().strip('"'), password=SECRET)
            .render_as_string(hide_password=False)
        )
        admin.execute(sql.SQL("REASSIGN OWNED BY {} TO CURRENT_USER").format(role))
        admin.execute(sql.SQL("DROP ROLE {}").format(role))


def run(capsys: Captured, *arguments: object, status: int = exits.OK) -> str:
    assert cli.run(["db", *map(str, arguments)]) == status
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err
    assert "Traceback" not in said.err
    return said.out if status == exits.OK else said.out + said.err


def test_upgrade_tells_from_which_to_which(store: Path, capsys: Captured) -> None:
    newest = REVISIONS[-1]
    assert f"{store}：建好了 · made, revision {newest}" in run(capsys, "upgrade")
    assert f"up to date, revision {newest}" in run(capsys, "upgrade")
    with closing(sqlite3.connect(store)) as plain, plain:
        plain.execute("DROP TABLE intake")
        for table in ("doubt", "merge", "event_earlier", "process", "pause", "closed_topic"):
            plain.execute(f"DROP TABLE {table}")
        for table, column in (("event", "state"), ("delivery", "begun_at"), ("delivery", "cut_offs")):
            plain.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        plain.execute("UPDATE alembic_version SET version_num = '0003'")
    assert f"upgraded from revision 0003 to {newest}" in run(capsys, "upgrade")


def test_check_tells_all_and_the_status_whether_it_is_sound(full: Path, capsys: Captured) -> None:
    said = run(capsys, "check")
    assert re.search(rf"database +{re.escape(str(full))}\n", said)
    assert re.search(rf"revision +{REVISIONS[-1]}, the newest\n", said)
    assert re.search(r"  event +3\n", said)
    assert "✗" not in said
    with closing(sqlite3.connect(full)) as plain, plain:
        plain.execute("DROP INDEX ix_event_told")
    said = run(capsys, "check", status=exits.FAILED)
    assert re.search(r"tables +✗ .*ix_event_told.*\n +→ .*quwen db copy URL", said)


def test_check_makes_no_database(store: Path, capsys: Captured) -> None:
    assert "→ make them: quwen db upgrade" in run(capsys, "check", status=exits.FAILED)
    assert not store.parent.exists()


def test_a_backup_is_made_and_put_back(full: Path, tmp_path: Path, capsys: Captured) -> None:
    rows = rows_of(full)
    file = tmp_path / "backup.db"
    said = run(capsys, "backup", file)
    assert f"{full} → {file}：备份好了 · backed up" in said
    assert re.search(r"  event +3\n", said)
    assert "--force" in run(capsys, "backup", file, status=exits.FAILED)
    run(capsys, "backup", file, "--force")
    refused = run(capsys, "restore", file, status=exits.FAILED)
    assert "is not empty" in refused
    assert "3 event" in refused
    with closing(sqlite3.connect(full)) as plain, plain:
        plain.execute("DELETE FROM delivery")
    said = run(capsys, "restore", file, "--force")
    assert "换掉了 · replaced: " in said
    assert "2 delivery" not in said
    assert "恢复好了 · restored" in said
    assert rows_of(full) == rows


def test_a_relative_name_and_a_missing_one(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    run(capsys, "backup", "monday.db")
    assert (tmp_path / "monday.db").exists()
    assert "does not exist" in run(capsys, "restore", "tuesday.db", status=exits.USAGE)


def test_a_text_is_no_backup(full: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "letter.txt").write_text("亲爱的读者：" * 200)
    said = run(capsys, "restore", tmp_path / "letter.txt", "--force", status=exits.FAILED)
    assert said == f"quwen: {tmp_path}/letter.txt is no backup of Quwen: nothing was changed.\n"


def test_all_goes_to_a_server_and_back(
    full: Path, secret_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    rows = rows_of(full)
    said = run(capsys, "copy", secret_url)
    assert "复制好了 · copied" in said
    assert re.search(r"  mention +4\n", said)
    assert rows_of(secret_url) == rows
    assert "is not empty" in run(capsys, "copy", secret_url, status=exits.FAILED)
    monkeypatch.setenv("QUWEN_DATABASE_URL", secret_url)
    assert "✗" not in run(capsys, "check")
    assert "up to date" in run(capsys, "upgrade")
    run(capsys, "backup", tmp_path / "backup.db")
    run(capsys, "restore", tmp_path / "backup.db", status=exits.FAILED)
    run(capsys, "restore", tmp_path / "backup.db", "--force")
    run(capsys, "copy", secret_url, status=exits.USAGE)
    run(capsys, "copy", f"sqlite:///{tmp_path}/back.db")
    assert rows_of(tmp_path / "back.db") == rows
    one, other = Database(f"sqlite:///{tmp_path}/back.db"), Database(secret_url)
    assert answers(one) == answers(other)
    one.close()
    other.close()


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://someone:{SECRET}@127.0.0.1:9/news",
        f"postgresql://127.0.0.1:9/news?password={SECRET}",
        f"postgresql://someone:{SECRET}@127.0.0.1:nine/news",
        f"mysql://someone:{SECRET}@127.0.0.1/news",
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    full: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    run(capsys, "copy", url, status=exits.FAILED)
    monkeypatch.setenv("QUWEN_DATABASE_URL", url)
    status = exits.FAILED if url.startswith("postgresql") else exits.USAGE
    for arguments in (
        ["upgrade"],
        ["check"],
        ["backup", tmp_path / "new.db"],
        ["restore", full],
        ["copy", "sqlite:///x.db"],
    ):
        run(capsys, *arguments, status=status)
    assert not (tmp_path / "new.db").exists()


def test_a_fault_of_our_own_shows_no_password(
    monkeypatch: pytest.MonkeyPatch, secret_url: str, full: Path, capsys: Captured
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError(f"could not use {secret_url}")

    monkeypatch.setattr("storage.copying._carry", breaks)
    assert cli.run(["db", "copy", secret_url]) == exits.FAILED
    said = capsys.readouterr().err
    assert "fault of Quwen" in said
    assert SECRET not in said


@pytest.mark.parametrize("name", ["upgrade", "check", "backup", "restore", "copy"])
def test_help_shows_an_example(name: str, capsys: Captured) -> None:
    assert f"Example: quwen db {name}" in run(capsys, name, "--help")
