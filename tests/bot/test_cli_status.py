"""`quwen status` answers what an operator asks: is anything late, does it go, who sends, who leads."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from bot import cli, exits
from storage.chats import migrate_chat, touch_chat
from storage.database import Database
from storage.outbox import claim, mark_failed, put_back
from storage.processes import beat
from storage.standing import Standing, set_standing
from tests.jobs.support import follower, queue

Status = Callable[[], dict[str, list[str]]]
TOKEN = "123456789:AAbbCCdd-sesame_0123456789012345"


@pytest.fixture
def status(database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Status:
    """Asks; the lines by their label."""
    url = (
        f"sqlite:///{database.file}" if database.file else database._url.render_as_string(hide_password=False)
    )
    monkeypatch.setenv("QUWEN_DATABASE_URL", url)
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)

    def ask() -> dict[str, list[str]]:
        assert cli.run(["status"]) == exits.OK
        told: dict[str, list[str]] = {}
        for line in capsys.readouterr().out.splitlines():
            told.setdefault(line[:16].strip(), []).append(line[16:])
        return told

    return ask


def test_of_an_empty_database_it_tells_that_nobody_serves(status: Status) -> None:
    told = status()
    assert told["digests"] == ["none is overdue"]
    assert told["process"] == ["none: nothing is sent; start `quwen run`"]
    assert told["digests by"][0].startswith("nobody")
    assert "oldest pending" not in told
    assert "of the last hour" not in told


def _trouble(session: Session, now: datetime) -> None:
    for number in (1, 2, 3, 4):
        queue(session, follower(session, number, now=now - timedelta(days=30)), f"{number}", now=now)
    follower(session, 5, now=now - timedelta(days=30))  # its digest has been due for weeks
    first, second, *_ = claim(session, now, worker="w", limit=2)
    mark_failed(session, first.id, f"BadRequest: {TOKEN}\nsecond line\x1b[2J", now)
    for _ in range(3):
        put_back(session, second.id, now, "TimedOut", worker="w")
        (second, *_) = [one for one in claim(session, now, worker="w") if one.id == second.id]
    put_back(session, second.id, now, "TimedOut", worker="w")
    set_standing(session, 4, Standing.BLOCKED, now)
    touch_chat(session, id=-6, kind="group", title="", language_code=None, now=now)
    migrate_chat(session, -6, -100_6, now)


def test_it_tells_what_is_late_and_what_fails(status: Status, database: Database) -> None:
    now = datetime.now(UTC) - timedelta(minutes=30)
    with database.session() as session:
        _trouble(session, now)
    told = status()
    assert told["chats"] == ["5 active, 1 blocked, 1 migrated"]
    assert told["digests"][0].startswith("overdue for ")
    assert told["digests"][0].endswith(" d")
    assert told["outbox"] == ["3 pending, 1 failed"]
    assert told["oldest pending"][0].endswith(", 30 min ago")
    assert told["of the last hour"] == ["1 failed; 1 are tried again and again"]
    errors = " ".join(told["last error"])
    assert "TimedOut" in errors
    assert "BadRequest: [token] second line" in errors
    assert "\x1b" not in errors


def test_it_tells_who_sends_and_who_makes_the_digests(status: Status, database: Database) -> None:
    with database.session() as session:
        beat(session, name="here:1", role="run", total=30)
    with database.session() as session:
        beat(session, name="there:2", role="worker", total=30)
    lead = database.lead()
    assert lead.hold()
    told = status()
    assert [line.split(",")[0] for line in told["process"]] == ["run here:1", "worker there:2"]
    assert "30 messages a second, up for" in told["process"][0]
    assert told["digests by"] == [
        lead.holder() if database.kind == "postgresql" else "a process of this machine"
    ]
    lead.release()
    assert status()["digests by"][0].startswith("nobody")
