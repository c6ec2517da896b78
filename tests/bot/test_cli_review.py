"""`quwen review`, and what other commands tell of the doubtful events."""

import json
from collections.abc import Mapping
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

SURE = Happening(EventType.MEETING, "工作点评会", "区里召开工作点评会", on(date(2024, 4, 2)))
AWARD = Happening(EventType.AWARD, "首都文明村镇", "王佐镇获评首都文明村镇", confidence=0.7)
FAIR = Happening(
    EventType.ACTIVITY, "春季招聘会\x1b[31m", "将办春季招聘会\x1b[31m", on(date(2024, 4, 20)), confidence=0.75
)


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of its own for each test, with one sure event and two doubtful ones."""
    url = f"sqlite:///{tmp_path}/store.db"
    monkeypatch.setenv("QUWEN_DATABASE_URL", url)
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    store(url, SURE, AWARD, FAIR)
    return url


def store(url: str, *happenings: Happening, source: str = "丰台报") -> None:
    text, reading = page_telling(*happenings, issued_on=date(2024, 4, 3))
    database = Database(url)
    database.upgrade()
    with database.session() as session:
        store_reading(
            session,
            reading,
            text=text,
            source=SourceInfo(source),
            page=PageInfo("page.txt", number="02"),
            now=WEDNESDAY,
        )
    database.close()


def listed(capsys: Captured, *arguments: str) -> list[dict[str, Any]]:
    assert cli.run(["review", "--json", *arguments]) == exits.OK
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def ids(capsys: Captured) -> Mapping[str, str]:
    return {each["type"]: each["id"] for each in listed(capsys)}


def test_the_open_ones_are_listed_surest_first_with_their_sentence_and_source(capsys: Captured) -> None:
    assert cli.run(["review"]) == exits.OK
    shown = capsys.readouterr().out
    assert "工作点评会" not in shown
    assert shown.index("0.75  activity  春季招聘会") < shown.index("0.70  award  首都文明村镇")
    assert "(2024-04-20)" in shown
    assert "(day not told)" in shown
    assert "[王佐镇获评首都文明村镇]。" in shown
    assert "丰台报 2024-04-03 page 02  今日要闻" in shown
    assert "\x1b" not in shown
    assert cli.run(["review", "--limit", "1"]) == exits.OK
    said = capsys.readouterr()
    assert "首都文明村镇" not in said.out
    assert "1 of 2" in said.err


def test_json_holds_each_report(capsys: Captured) -> None:
    fair, award = listed(capsys)
    assert (fair["type"], fair["date_start"], fair["review"]) == ("activity", "2024-04-20", "open")
    assert award["confidence"] == 0.7
    assert award["reports"] == [
        {
            "source": "丰台报",
            "issued_on": "2024-04-03",
            "page": "02",
            "headline": "今日要闻",
            "evidence": "王佐镇获评首都文明村镇",
            "context": "王佐镇获评首都文明村镇。",
            "url": None,
            "rule": "award.by-hand",
            "confidence": 0.7,
        }
    ]


def test_several_are_decided_at_once(capsys: Captured, url: str) -> None:
    one, two = ids(capsys).values()
    assert cli.run(["review", "--accept", one, f"#{two.upper()}"]) == exits.OK
    assert capsys.readouterr().out.count("accepted") == 2
    assert cli.run(["review"]) == exits.OK
    assert "没有待核实的事" in capsys.readouterr().err
    assert cli.run(["review", "--accept", two, "--reject", one, "--json"]) == exits.OK
    assert {each["id"]: each["review"] for each in json.loads(capsys.readouterr().out)} == {
        one: "rejected",
        two: "accepted",
    }
    assert [each["id"] for each in listed(capsys, "--rejected")] == [one]


def test_a_rejected_event_is_in_no_list_and_an_open_one_says_so(capsys: Captured) -> None:
    chosen = ids(capsys)
    assert cli.run(["review", "--reject", chosen["award"]]) == exits.OK
    capsys.readouterr()
    assert cli.run(["events"]) == exits.OK
    shown = capsys.readouterr().out
    assert "首都文明村镇" not in shown
    (line,) = [line for line in shown.splitlines() if "招聘会" in line]
    assert line.split()[-1] == "open"
    assert cli.run(["events", "--format", "json"]) == exits.OK
    assert {each["review"] for each in json.loads(capsys.readouterr().out)} == {"clear", "open"}
    assert cli.run(["status"]) == exits.OK
    assert "review          1 open, 1 rejected\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--accept", "{award}", "zzzz", "--reject", "yyyy"], "zzzz、yyyy"),
        (["--accept", "{award}", "--reject", "{award}"], "both"),
        (["--accept", "{award}", "--reject"], "--reject needs"),
        (["--reject", "--json"], "--reject needs"),
        (["--accept", "{award}", "--rejected"], "without"),
        (["{award}"], "unexpected extra argument"),
        (["--accept", "{award}", "--json", "{activity}"], "unexpected extra argument"),
    ],
)
def test_asked_wrongly_it_says_why_and_changes_nothing(
    arguments: list[str], said: str, capsys: Captured
) -> None:
    chosen = ids(capsys)
    assert cli.run(["review", *(each.format(**chosen) for each in arguments)]) == exits.USAGE
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert ids(capsys) == chosen


def test_ingest_tells_what_waits_and_what_had_been_rejected(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = ids(capsys)
    assert cli.run(["review", "--reject", chosen["award"]]) == exits.OK
    capsys.readouterr()
    again = replace(AWARD, confidence=0.99, headline="又讯")
    other = Happening(EventType.FIGURE, "客流", "客流一百万人次", confidence=0.6)
    text, reading = page_telling(again, other, issued_on=date(2024, 4, 4))
    monkeypatch.setattr("parsing.reader.read_page", lambda *_, **__: reading)
    page = tmp_path / "page.txt"
    page.write_text(text)
    assert cli.run(["ingest", "--no-model", "--jobs", "1", str(page)]) == exits.OK
    told = capsys.readouterr().out
    assert "1 new events (1 to review)" in told
    assert f"{chosen['award']} had been rejected and stays so" in told
    assert chosen["award"] not in ids(capsys).values()
