"""A database that cannot be written is told at the start, before Telegram hears of us."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import bot.serving  # noqa: F401 - another user might not be able to read it
from bot import cli
from storage.database import Database, DatabaseUnreachable
from storage.pause import pause_sending
from tests.jobs.support import MONDAY


@contextmanager
def unprivileged(*paths: Path) -> Iterator[None]:
    """Nobody may write these; root, whom that does not bind, becomes another user for a while."""
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path in paths:
            path.chmod(0o755)


@pytest.fixture
def read_only_file(sqlite_template: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="quwen-read-only-"))  # the folders of tests are closed to others
    path = folder / "quwen.db"
    shutil.copy(sqlite_template, path)
    with unprivileged(path, folder):
        yield f"sqlite:///{path}"
    shutil.rmtree(folder)


@pytest.fixture
def read_only_server(own_postgres_database: Database) -> str:
    url = own_postgres_database._url.set(drivername="postgresql")
    address = url.render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        name = sql.Identifier(str(url.database))
        connection.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name))
    return address


@pytest.mark.parametrize("where", ["read_only_file", "read_only_server"])
@pytest.mark.parametrize("command", ["run", "worker"])
def test_a_database_that_cannot_be_written_ends_the_start_with_a_word(
    command: str,
    where: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    monkeypatch.setenv("QUWEN_TOKEN", "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake")
    monkeypatch.setenv("QUWEN_BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("QUWEN_DATABASE_URL", request.getfixturevalue(where))
    assert cli.run([command]) == 1
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("where", ["read_only_file", "read_only_server"])
def test_a_database_that_becomes_read_only_is_told(where: str, request: pytest.FixtureRequest) -> None:
    database = Database(request.getfixturevalue(where))
    with pytest.raises(DatabaseUnreachable, match="cannot be written"), database.session() as session:
        pause_sending(session, "read-only", MONDAY)
    database.close()
