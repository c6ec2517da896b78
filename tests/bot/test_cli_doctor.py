"""`quwen doctor`: what it sees, and what it advises."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import cli, examination
from bot.console_telegram import BOT_USER
from storage.source_states import SourceStanding, SourceState
from storage.views import OutboxStatus
from tests.bot.bot_api import server

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake"
WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 3}


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{tmp_path / 'quwen.db'}")
    tagger = SimpleNamespace(tag=lambda sentences: [["李明"] for _ in sentences])
    monkeypatch.setattr("parsing.tagger.load_tagger", lambda: tagger)


def look(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    answers: dict[str, tuple[int, Any]] | None = None,
    **settings: str,
) -> tuple[int, dict[str, str]]:
    """The exit status, and what was said of each part."""

    def serve(method: str) -> tuple[int, dict[str, Any]]:
        known: dict[str, tuple[int, Any]] = {"getMe": (200, BOT_USER), "getWebhookInfo": (200, WEBHOOK)}
        code, result = {**known, **(answers or {})}[method]
        return code, {"ok": code == 200, "result": result, "error_code": code, "description": "no"}

    for name, value in settings.items():
        monkeypatch.setenv(f"QUWEN_{name}", value)
    with server(serve) as root:
        monkeypatch.setenv("QUWEN_BOT_API_URL", settings.get("BOT_API_URL", root))
        status = cli.run(["doctor"])
    said = capsys.readouterr()
    assert TOKEN not in said.out + said.err
    return status, {line[6:20].strip(): line[:6].strip() + ": " + line[20:] for line in said.out.splitlines()}


def test_what_is_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = look(monkeypatch, capsys, TOKEN=TOKEN, ADMINS="7")
    assert status == 0
    for part in ("database", "deliveries", "disk", "name model", "token", "Telegram", "clock", "operators"):
        assert said[part].startswith("ok: "), said[part]
    assert "3 updates wait" in said["Telegram"]
    assert said["sources"].startswith("note: ")


def test_without_anything_set_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = look(monkeypatch, capsys)
    assert status == 0
    assert "QUWEN_TOKEN" in said["token"]
    assert "QUWEN_COLLECT" in said["sources"]
    assert "QUWEN_ADMINS" in said["operators"]


@pytest.mark.parametrize(
    ("answers", "settings", "part", "word"),
    [
        ({"getMe": (401, None)}, {}, "token", "@BotFather"),
        ({}, {"BOT_API_URL": "http://127.0.0.1:1"}, "Telegram", "QUWEN_BOT_API_URL"),
        ({}, {"COLLECT": "nowhere"}, "sources", "nowhere"),
    ],
)
def test_what_is_bad_ends_with_status_1_and_advice(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: dict[str, tuple[int, Any]],
    settings: dict[str, str],
    part: str,
    word: str,
) -> None:
    status, said = look(monkeypatch, capsys, answers=answers, TOKEN=TOKEN, **settings)
    assert status == 1
    assert said[part].startswith("bad: ")
    assert word in said[part]


def test_a_webhook_of_somebody_else_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = {**WEBHOOK, "url": "https://other.example.org"}
    status, said = look(monkeypatch, capsys, answers={"getWebhookInfo": (200, hook)}, TOKEN=TOKEN)
    assert status == 0
    assert said["Telegram"].startswith("note: a webhook is set")


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("", 0, "note: no webhook is set"),
        ("https://other.example.org/key-1234567890", 1, "bad: the webhook leads to other.example.org"),
        ("https://bot.example.org/telegram", 0, "ok: "),
    ],
)
def test_a_webhook_that_is_meant_but_not_set_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, status: int, told: str
) -> None:
    answers = {"getWebhookInfo": (200, {**WEBHOOK, "url": url})}
    ours = "https://bot.example.org"
    ended, said = look(monkeypatch, capsys, answers=answers, TOKEN=TOKEN, WEBHOOK_URL=ours)
    assert ended == status
    assert said["Telegram"].startswith(told)
    assert "key-1234567890" not in str(said)


def test_a_model_that_cannot_be_loaded_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise FileNotFoundError("model.onnx")

    monkeypatch.setattr("parsing.tagger.load_tagger", broken)
    status, said = look(monkeypatch, capsys)
    assert status == 1
    assert "model.onnx" in said["name model"]


def test_a_full_disk_and_a_wrong_clock_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(minutes=3)

    monkeypatch.setattr(examination, "datetime", Later)
    monkeypatch.setattr(examination, "LEAST_FREE", 10**18)
    status, said = look(monkeypatch, capsys)
    assert status == 1
    assert "fast" in said["clock"]
    assert "NTP" in said["database"]
    assert "make room" in said["disk"]


def test_what_waits_for_long_and_sources_in_trouble_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC)
    waits = OutboxStatus(
        pending=2,
        claimed=0,
        sent=0,
        unconfirmed=0,
        failed=0,
        dropped=0,
        retrying=0,
        held=0,
        repeated=0,
        oldest_pending=now - timedelta(hours=2),
        last_errors=(),
    )
    standing = SourceStanding(source="fengtai", state=SourceState.BLOCKED, looked_at=now)
    monkeypatch.setattr("storage.lateness.outbox_counts", lambda *_: waits)
    monkeypatch.setattr(examination, "standings", lambda _: {"fengtai": standing})
    status, said = look(monkeypatch, capsys, COLLECT="fengtai,fengtai-gov")
    assert status == 1
    assert "120 minutes: no process sends" in said["deliveries"]
    assert "blocked" in said["fengtai"]
    assert "never looked at" in said["fengtai-gov"]
