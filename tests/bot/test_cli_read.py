"""The commands that read one file without a database: parse and explain."""

import json
from pathlib import Path

import pytest

from bot import cli, exits
from training.labels import SAMPLES

PAGE = """本报讯 4月2日,丰台区召开月度工作点评会。一季度,全区社会消费品零售总额达到83亿元,同比增长5.1%。

王少峰强调,要加快推进丽泽车站工程开工。
"""


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUWEN_CONFIG", "QUWEN_DISTRICTS", "QUWEN_DISTRICT", "QUWEN_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "2024-04-08_02.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_parse_gives_the_format_of_labelled_pages(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["parse", str(page), "--json", "--no-model"]) == exits.OK
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"issued_on", "district", "articles", "events"}
    assert (told["issued_on"], told["district"]) == ("2024-04-08", "丰台区")
    meeting = told["events"][0]
    gold = json.loads((SAMPLES / "fengtai-2026-03-16.gold.json").read_text("utf-8"))["events"][0]
    assert set(gold) - set(meeting) <= {"also", "either"}
    assert (meeting["type"], meeting["date_start"]) == ("meeting", "2024-04-02")
    assert all(event["evidence"] in PAGE.replace("\n", "") for event in told["events"])


def test_a_given_issue_date_and_district_outweigh_file_name_and_setting(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["parse", str(page), "--json", "--no-model", "--issued-on", "2021-04-08", "--district", "余杭区"]
    assert cli.run(words) == exits.OK
    told = json.loads(capsys.readouterr().out)
    assert (told["issued_on"], told["district"]) == ("2021-04-08", "余杭区")
    assert told["events"][0]["date_start"] == "2021-04-02"


@pytest.mark.parametrize("words", [[], ["--district", "qingshi"]])
def test_a_pack_of_one_s_own_tells_streets(
    words: list[str], page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = (
        'name = "青石区"\nshort = "青石"\ncity = "甲市"\narea = [{name = "柳湾街道", aliases = ["柳湾"]}]\n'
    )
    page.with_name("qingshi.toml").write_text(pack, encoding="utf-8")
    page.write_text("4月2日，柳湾召开月度工作点评会。", encoding="utf-8")
    monkeypatch.setenv("QUWEN_DISTRICTS", str(page.parent))
    if not words:
        monkeypatch.setenv("QUWEN_DISTRICT", "青石")
    assert cli.run(["parse", str(page), "--json", "--no-model", *words]) == exits.OK
    told = json.loads(capsys.readouterr().out)
    assert (told["district"], told["events"][0]["actors"]) == ("青石区", ["柳湾"])


def test_a_broken_pack_is_one_clear_line(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page.with_name("qingshi.toml").write_text('name = "青石区"', encoding="utf-8")
    monkeypatch.setenv("QUWEN_DISTRICTS", str(page.parent))
    assert cli.run(["parse", str(page)]) == exits.USAGE
    told = capsys.readouterr().err
    assert "qingshi.toml: needs short" in told
    assert len(told.splitlines()) == 1


def test_explain_shows_the_evidence_in_its_sentence_and_why(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["explain", str(page), "--no-model"]) == exits.OK
    shown = capsys.readouterr().out
    assert "本报讯 4月2日,[丰台区召开月度工作点评会]。" in shown
    assert "一季度,[全区社会消费品零售总额达到83亿元,同比增长5.1%]。" in shown
    assert "occasion.holding, trigger 召开…点评会, confidence" in shown


def test_explain_names_the_gate_that_dropped_a_candidate(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["explain", str(page), "--no-model"]) == exits.OK
    dropped = capsys.readouterr().out.split("  - ")[1:]
    assert any(
        item.startswith("launch: 要加快推进丽泽车站工程开工") and "dropped by speech" in item
        for item in dropped
    )


@pytest.mark.parametrize("command", ["parse", "explain"])
def test_what_a_page_holds_can_not_command_the_terminal(
    command: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("4月2日，丰台区召开\u202e月度工作点评会。", encoding="utf-8")
    assert cli.run([command, str(page), "--no-model"]) == exits.OK
    assert "\u202e" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["parse", "explain"])
def test_a_missing_file_and_an_unknown_district_are_one_clear_line(
    command: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([command, str(page.with_name("none.txt"))]) == exits.FAILED
    assert "does not exist" in capsys.readouterr().err
    assert cli.run([command, str(page), "--district", "nowhere"]) == exits.USAGE
    assert "丰台区" in capsys.readouterr().err
