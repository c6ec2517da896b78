"""`quwen pairs`: what may be one, what was joined, and a person's word on it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import cli, exits
from parsing.model import EventType
from storage.database import Database
from storage.ingest import PageInfo, SourceInfo, store_reading
from tests.jobs.support import WEDNESDAY
from tests.support.readings import Happening, on, page_telling

Captured = pytest.CaptureFixture[str]

MEETING = Happening(
    EventType.MEETING,
    "月度工作点评会",
    "丰台区召开月度工作点评会\x1b[31m",
    on(date(2024, 4, 2)),
    actors=("丰台区",),
    place="河西五街镇",
)
AGAIN = replace(MEETING, subject="丰台区月度工作点评会", evidence="丰台区举行月度工作点评会")
DOUBTFUL = replace(MEETING, subject="工作点评会", evidence="大家点评了工作", actors=(), place=None)


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with one event told twice, and one that may be the same."""
    url = f"sqlite:///{tmp_path}/store.db"
    monkeypatch.setenv("QUWEN_DATABASE_URL", url)
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    database = Database(url)
    database.upgrade()
    for number, happening in enumerate((MEETING, AGAIN, DOUBTFUL)):
        text, reading = page_telling(replace(happening, headline=f"第{number}则"), issued_on=date(2024, 4, 3))
        with database.session() as session:
            store_reading(
                session,
                reading,
                text=text,
                source=SourceInfo(f"第{number}报"),
                page=PageInfo("page.txt"),
                now=WEDNESDAY,
            )
    database.close()
    return url


def run(capsys: Captured, *arguments: str, status: int = exits.OK) -> str:
    assert cli.run(["pairs", *arguments]) == status
    said = capsys.readouterr()
    return said.out if status == exits.OK else said.err


def listed(capsys: Captured, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(capsys, "--json", *arguments))
    return found


def test_pairs_are_listed_with_what_speaks_for_them(capsys: Captured) -> None:
    shown = run(capsys)
    assert shown.startswith("1  ")
    assert "the same days" in shown
    assert "第2报 2024-04-03: 大家点评了工作" in shown
    assert "\x1b" not in shown
    (pair,) = listed(capsys)
    assert pair["subjects"] == ["月度工作点评会", "工作点评会"]
    assert len(set(pair["events"])) == 2


def test_a_word_counts_once_and_can_be_taken_back(capsys: Captured) -> None:
    (pair,) = listed(capsys)
    one, other = pair["events"]
    assert run(capsys, "--same", "1") == f"same 1  {one}\n"
    assert run(capsys, "--apart", "1") == f"same 1  {one}  (as it was)\n"
    assert cli.run(["pairs"]) == exits.OK
    assert "nothing is in doubt" in capsys.readouterr().err
    assert run(capsys, "--undo", "1") == f"open 1  {one} {other}\n"
    assert run(capsys, "--apart", "1") == f"apart 1  {one} {other}\n"
    assert listed(capsys) == []


def test_what_was_joined_is_listed_and_can_be_parted(capsys: Captured) -> None:
    (joining,) = listed(capsys, "--joined")
    assert (joining["why"], joining["evidence"], joining["made_by"]) == ("alike", [AGAIN.evidence], None)
    shown = run(capsys, "--joined")
    assert "月度工作点评会" in shown
    assert "the same place" in shown
    assert run(capsys, "--part", str(joining["id"])).startswith(f"parted {joining['event']} ")
    assert listed(capsys, "--joined")[0]["undone"]
    assert "undone" in run(capsys, "--joined")


def test_two_events_are_joined_by_hand(capsys: Captured) -> None:
    (pair,) = listed(capsys)
    one, other = pair["events"]
    assert run(capsys, "--join", other, f"#{one.upper()}").startswith("joined ")
    assert listed(capsys) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--same", "99"], "99"),
        (["--undo", "99"], "99"),
        (["--part", "99"], "99"),
        (["--same", "1", "--apart", "1"], "both"),
        (["--join", "zzzz", "yyyy"], "zzzz、yyyy"),
        (["--same", "1", "--joined"], "--joined"),
        (["--same", "k7f2"], "not a valid integer"),
    ],
)
def test_asked_wrongly_it_says_why_and_changes_nothing(
    arguments: list[str], said: str, capsys: Captured
) -> None:
    before = listed(capsys)
    told = run(capsys, *arguments, status=exits.USAGE)
    assert said in told
    assert "Traceback" not in told
    assert listed(capsys) == before
