"""`quwen run --webhook`: Telegram pushes to us, over real HTTP."""

import os
import signal
import socket
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import cli
from bot.commands import run
from bot.console_telegram import BOT_USER
from bot.web import SECRET_HEADER, WEBHOOK_PATH
from tests.bot.bot_api import server

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake"
SECRET = "0123456789abcdef-secret"
START = {
    "update_id": 1,
    "message": {
        "message_id": 5,
        "date": 1712714400,
        "chat": {"id": 7, "type": "private", "first_name": "林"},
        "from": {"id": 7, "is_bot": False, "first_name": "林"},
        "text": "/start",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    },
}


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{tmp_path / 'quwen.db'}")
    monkeypatch.setenv("QUWEN_TOKEN", TOKEN)
    monkeypatch.setattr(run, "BOOTSTRAP_RETRIES", 0)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_what_is_pushed_is_answered_and_a_signal_ends_it_in_good_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port, set_with, statuses, sent = _free_port(), [], [], threading.Event()

    def push() -> None:
        address = f"http://127.0.0.1:{port}"
        for secret in ("wrong", SECRET):
            answer = httpx.post(address + WEBHOOK_PATH, json=START, headers={SECRET_HEADER: secret})
            statuses.append(answer.status_code)
        statuses.append(httpx.get(f"{address}/readyz").status_code)
        sent.wait(10)
        os.kill(os.getpid(), signal.SIGTERM)

    def serve(method: str) -> tuple[int, dict[str, Any]]:
        if method == "setWebhook":
            set_with.append(method)
            threading.Thread(target=push, daemon=True).start()
        if method == "sendMessage":
            sent.set()
            chat = START["message"]["chat"]  # type: ignore[index]
            return 200, {
                "ok": True,
                "result": {"message_id": 6, "date": 1712714401, "chat": chat, "text": "…"},
            }
        return 200, {"ok": True, "result": BOT_USER if method == "getMe" else True}

    monkeypatch.setenv("QUWEN_LISTEN", f"127.0.0.1:{port}")
    monkeypatch.setenv("QUWEN_WEBHOOK_URL", "https://bot.example.org/quwen")
    monkeypatch.setenv("QUWEN_WEBHOOK_SECRET", SECRET)
    with server(serve) as root:
        monkeypatch.setenv("QUWEN_BOT_API_URL", root)
        assert cli.run(["run", "--webhook"]) == 0
    said = capsys.readouterr()
    assert statuses == [403, 200, 200]
    assert sent.is_set()
    assert "stopped" in said.err
    for hidden in (TOKEN, SECRET, "Traceback"):
        assert hidden not in said.err + said.out


def test_a_bot_that_asks_for_updates_tells_when_it_was_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port, asked = _free_port(), []
    pages: list[str] = []

    def look() -> None:
        address = f"http://127.0.0.1:{port}"
        pages.extend((httpx.get(f"{address}/readyz").text, httpx.get(f"{address}/metrics").text))
        os.kill(os.getpid(), signal.SIGTERM)

    def serve(method: str) -> tuple[int, dict[str, Any]]:
        if method == "getUpdates":
            asked.append(method)
            if len(asked) == 2:  # the first was answered
                threading.Thread(target=look, daemon=True).start()
            return 200, {"ok": True, "result": [START] if len(asked) == 1 else []}
        return 200, {"ok": True, "result": BOT_USER if method == "getMe" else True}

    monkeypatch.setenv("QUWEN_LISTEN", f"127.0.0.1:{port}")
    with server(serve) as root:
        monkeypatch.setenv("QUWEN_BOT_API_URL", root)
        assert cli.run(["run"]) == 0
    assert "Telegram last answered 0 s ago" in pages[0] or "Telegram last answered 1 s ago" in pages[0]
    assert "quwen_updates_total 1.0" in pages[1]
    assert TOKEN not in "".join(pages) + capsys.readouterr().err


def test_what_a_webhook_needs_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUWEN_LISTEN", "127.0.0.1:8080")
    assert cli.run(["run", "--webhook"]) == 2
    said = capsys.readouterr().err
    assert "QUWEN_WEBHOOK_URL and QUWEN_WEBHOOK_SECRET" in said


@pytest.mark.parametrize("webhook", [[], ["--webhook"]])
def test_a_port_that_is_taken_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], webhook: list[str]
) -> None:
    monkeypatch.setenv("QUWEN_WEBHOOK_URL", "https://bot.example.org")
    monkeypatch.setenv("QUWEN_WEBHOOK_SECRET", SECRET)

    def serve(method: str) -> tuple[int, dict[str, Any]]:
        return 200, {"ok": True, "result": BOT_USER if method == "getMe" else True}

    with server(serve) as root, socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("QUWEN_BOT_API_URL", root)
        monkeypatch.setenv("QUWEN_LISTEN", f"127.0.0.1:{taken.getsockname()[1]}")
        assert cli.run(["run", *webhook]) == 1
    said = capsys.readouterr()
    assert "cannot listen on 127.0.0.1" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LISTEN", "8080"),
        ("LISTEN", "127.0.0.1:99999"),
        ("WEBHOOK_URL", "http://bot.example.org"),
        ("WEBHOOK_SECRET", "too short"),
    ],
)
def test_settings_that_cannot_be_are_told_and_a_secret_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(f"QUWEN_{name}", value)
    assert cli.run(["run", "--webhook"]) == 2
    said = capsys.readouterr().err
    assert f"QUWEN_{name} is wrong" in said
    assert (value in said) is (name != "WEBHOOK_SECRET")
