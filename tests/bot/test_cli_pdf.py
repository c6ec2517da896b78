"""The commands that read files, given newspaper pages in PDF."""

import json
from pathlib import Path

import pytest

from bot import cli, exits
from tests.sources.families.pdfs import newspaper, pdf

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{tmp_path}/store.db")
    for name in ("QUWEN_CONFIG", "QUWEN_DISTRICTS", "QUWEN_DISTRICT", "QUWEN_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def one(tmp_path: Path) -> Path:
    path = tmp_path / "2024-03-08_02.pdf"
    path.write_bytes(pdf(newspaper()))
    return path


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A page, a picture, a page."""
    path = tmp_path / "2024-03-08.pdf"
    path.write_bytes(pdf(newspaper(), [], newspaper(order="shuffled", caption="")))
    return path


def test_parse_reads_the_text_of_a_page(one: Path, capsys: Captured) -> None:
    assert cli.run(["parse", "--no-model", "--json", str(one)]) == exits.OK
    told = json.loads(capsys.readouterr().out)
    assert told["issued_on"] == "2024-03-08"
    assert {"launch", "meeting"} <= {event["type"] for event in told["events"]}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_parse_reads_each_page_of_a_file(one: Path, three: Path, jobs: str, capsys: Captured) -> None:
    assert cli.run(["parse", "--no-model", "--json", "-j", jobs, str(three), str(one)]) == exits.FAILED
    said = capsys.readouterr()
    files = [json.loads(line)["file"] for line in said.out.splitlines()]
    assert files == [f"{three}#page=1", f"{three}#page=3", str(one)]
    assert said.err == (
        f"quwen: {three}#page=2 is a picture, or its fonts do not tell characters: "
        "recognise its text (OCR) and give that\n"
    )


def test_ingest_stores_each_page_of_a_file(three: Path, capsys: Captured) -> None:
    assert cli.run(["ingest", "--no-model", str(three)]) == exits.FAILED
    stored = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in stored] == [f"{three}#page=1", f"{three}#page=3"]
    assert "new events" in stored[0]
    assert "merged with events known before" in stored[1]


def test_explain_shows_each_page_of_a_file(one: Path, three: Path, capsys: Captured) -> None:
    assert cli.run(["explain", "--no-model", str(one)]) == exits.OK
    alone = capsys.readouterr().out
    assert cli.run(["explain", "--no-model", str(three)]) == exits.FAILED
    said = capsys.readouterr()
    assert f"{three}#page=1\n{alone}" in said.out
    assert "#page=2 is a picture" in said.err


def test_compare_wants_one_page(three: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("QUWEN_SECOND_READER_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("QUWEN_SECOND_READER_MODEL", "none")
    assert cli.run(["compare", "--no-model", str(three)]) == exits.FAILED
    assert "has 3 pages; give a file with one" in capsys.readouterr().err
