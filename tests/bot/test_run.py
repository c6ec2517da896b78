"""`quwen run`: what it says where it cannot serve."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.commands import run
from bot.console_telegram import BOT_USER
from tests.bot.bot_api import server

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake"


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{tmp_path / 'quwen.db'}")
    monkeypatch.setattr(run, "BOOTSTRAP_RETRIES", 0)


def test_a_missing_token_is_one_line_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("QUWEN_TOKEN", raising=False)
    assert cli.run(["run"]) == 2
    said = capsys.readouterr().err
    assert "QUWEN_TOKEN" in said
    assert said.count("\n") == 1
    assert not (tmp_path / "quwen.db").exists()


def test_a_refused_token_says_what_to_do_and_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: str) -> tuple[int, dict[str, Any]]:
        return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}

    monkeypatch.setenv("QUWEN_TOKEN", TOKEN)
    with server(refuse) as root:
        monkeypatch.setenv("QUWEN_BOT_API_URL", root)
        assert cli.run(["run"]) == 1
    said = capsys.readouterr()
    assert "QUWEN_TOKEN" in said.err
    assert "Traceback" not in said.err
    assert TOKEN not in said.err + said.out


def test_an_unreachable_server_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUWEN_TOKEN", TOKEN)
    monkeypatch.setenv("QUWEN_BOT_API_URL", "http://127.0.0.1:9")
    assert cli.run(["run"]) == 1
    said = capsys.readouterr()
    assert "QUWEN_BOT_API_URL" in said.err
    assert "Traceback" not in said.err
    assert TOKEN not in said.err + said.out


def test_a_token_that_is_revoked_while_it_serves_ends_it_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def serve(method: str) -> tuple[int, dict[str, Any]]:
        if method == "getUpdates":
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        return 200, {"ok": True, "result": BOT_USER if method == "getMe" else True}

    monkeypatch.setenv("QUWEN_TOKEN", TOKEN)
    with server(serve) as root:
        monkeypatch.setenv("QUWEN_BOT_API_URL", root)
        assert cli.run(["run"]) == 1
    said = capsys.readouterr()
    assert "QUWEN_TOKEN" in said.err
    assert TOKEN not in said.err + said.out


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sign: signal.Signals
) -> None:
    asked: list[str] = []

    def serve(method: str) -> tuple[int, dict[str, Any]]:
        if method == "getUpdates" and method not in asked:
            os.kill(os.getpid(), sign)
        asked.append(method)
        results: dict[str, Any] = {"getMe": BOT_USER, "getUpdates": []}
        return 200, {"ok": True, "result": results.get(method, True)}

    monkeypatch.setenv("QUWEN_TOKEN", TOKEN)
    with server(serve) as root:
        monkeypatch.setenv("QUWEN_BOT_API_URL", root)
        assert cli.run(["run"]) == 0
    said = capsys.readouterr()
    assert "stopped" in said.err
    assert "Traceback" not in said.err
    assert TOKEN not in said.err + said.out
