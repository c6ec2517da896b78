"""The operator's pause, on the command line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import cli, exits
from storage.database import Database
from storage.outbox import claim
from tests.jobs.support import follower, queue


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A store with one digest on its way."""
    url = f"sqlite:///{tmp_path}/store.db"
    monkeypatch.setenv("QUWEN_DATABASE_URL", url)
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    made = Database(url)
    made.upgrade()
    with made.session() as session:
        queue(session, follower(session), "一")
    return made


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.run(words) == exits.OK
    return capsys.readouterr().out


def test_pause_says_what_waits_and_status_says_that_it_is_on(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Sending is paused; 1 deliveries wait" in run(capsys, "pause", "一期", "读错了")
    with database.session() as session:
        assert claim(session, datetime.now(UTC), worker="w") == []
    first = run(capsys, "status").splitlines()[0]
    assert first.startswith("paused")
    assert first.endswith("Shanghai: 一期 读错了")
    assert "paused since" in run(capsys, "pause")


def test_resume_ends_it(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert "was not paused" in run(capsys, "resume")
    run(capsys, "pause")
    assert "no reason given" in run(capsys, "status")
    said = run(capsys, "resume")
    assert "Sending goes on" in said
    assert "1 wait" in said
    assert "paused" not in run(capsys, "status")
    with database.session() as session:
        assert len(claim(session, datetime.now(UTC), worker="w")) == 1
