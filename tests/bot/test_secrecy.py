"""Nothing that is secret stands in anything that is written: output, errors, logs, tracebacks, backups."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli
from bot import logs as bot_logs
from bot.secrecy import secrets_of
from bot.settings import Settings, load_settings
from storage.database import Database

TOKEN = "987654321:AAsesame-of-the-bot-0123456789abcdef"
KEY = "sk-sesame-of-the-model"
HOOK = "sesame-of-the-webhook"
PASSWORD = "sesame of/the@base"
IN_ADDRESS = "sesame%20of%2Fthe%40base"
SECRETS = (TOKEN, TOKEN.split(":")[1], KEY, HOOK, PASSWORD, IN_ADDRESS)
NOBODY = "127.0.0.1:1"  # a port that nobody listens to


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """All secrets are set, and everything that may go wrong does."""
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    for name, value in {
        "TOKEN": TOKEN,
        "WEBHOOK_SECRET": HOOK,
        "WEBHOOK_URL": "https://bot.example.org",
        "LISTEN": "127.0.0.1:0",
        "SECOND_READER_KEY": KEY,
        "SECOND_READER_URL": f"http://{NOBODY}/v1",
        "SECOND_READER_MODEL": "m",
        "SECOND_READER_LEDGER": str(tmp_path / "spent"),
        "BOT_API_URL": f"http://{NOBODY}",
        "ADMINS": "7",
    }.items():
        monkeypatch.setenv(f"QUWEN_{name}", value)
    before = set(bot_logs._secrets)
    yield
    bot_logs._secrets.clear()
    bot_logs._secrets.update(before)


@pytest.fixture
def reachable(postgres_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """PostgreSQL that takes any password."""
    url = postgres_database._url.set(drivername="postgresql", password=PASSWORD)
    monkeypatch.setenv("QUWEN_DATABASE_URL", url.render_as_string(hide_password=False))
    return postgres_database


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_DATABASE_URL", f"postgresql://quwen:{IN_ADDRESS}@{NOBODY}/quwen")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status and all that was written, in which no secret is."""
    status = cli.run(arguments)
    told = capsys.readouterr()
    said = told.out + told.err
    assert [secret for secret in SECRETS if secret in said] == [], said
    return status, said


COMMANDS = (
    ("status",),
    ("doctor",),
    ("events",),
    ("db", "check"),
    ("db", "upgrade"),
    ("job", "deliver"),
    ("worker",),
    ("run",),
    ("run", "--webhook"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_shows_a_secret_where_nothing_answers(
    command: tuple[str, ...], unreachable: None, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = run(capsys, *command)
    assert said
    assert "Traceback" not in said
    assert status == 1, said


@pytest.mark.parametrize("command", [("status",), ("db", "check"), ("events",)], ids=" ".join)
def test_nor_where_all_is_well(
    command: tuple[str, ...], reachable: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = run(capsys, *command)
    assert status == 0, said


def test_a_backup_holds_no_secret_and_its_listing_names_none(
    reachable: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "backup.db"
    assert run(capsys, "db", "backup", str(file))[0] == 0
    assert run(capsys, "db", "restore", str(file), "--force")[0] == 0
    written = file.read_bytes()
    assert [secret for secret in SECRETS if secret.encode() in written] == []
    with sqlite3.connect(file) as backup:
        tables = {name for (name,) in backup.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    backup.close()
    assert "chat" in tables
    assert not any("setting" in name for name in tables)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_fault_of_ours_is_told_with_its_traceback_but_without(
    secret: str, monkeypatch: pytest.MonkeyPatch, reachable: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"could not use {secret} for https://model.example.org/?key={secret}&x")

    monkeypatch.setattr("storage.overview.overview", broken)
    status, said = run(capsys, "status")
    assert status == 1
    assert "Traceback" in said
    assert "could not use [token]" in said


def test_a_wrong_setting_is_named_without_what_was_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {
        "TOKEN": f"{HOOK} with blanks",
        "WEBHOOK_SECRET": f"{HOOK} {HOOK}",
        "SECOND_READER_KEY": f"{KEY} {KEY}",
        "DATABASE_URL": f"mysql://quwen:{IN_ADDRESS}@{NOBODY}/quwen",
    }.items():
        with monkeypatch.context() as patch:
            patch.setenv(f"QUWEN_{name}", value)
            status, said = run(capsys, "status")
        assert status in (1, 2)
        assert name in said or "kind" in said


def test_settings_show_no_secret_when_they_are_printed(unreachable: None) -> None:
    settings = load_settings()
    assert set(secrets_of(settings)) == {*SECRETS, "sesame of%2Fthe%40base"}
    assert bot_logs.redact(f"{settings!r}").count("sesame") == 0


def test_an_address_that_cannot_be_read_has_no_password_to_hide() -> None:
    settings = Settings.model_validate({"database_url": "sqlite:///var/quwen.db", "token": TOKEN})
    assert TOKEN in set(secrets_of(settings))
