"""The commands that ask the second reader: compare and ingest."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot import cli, exits
from bot.logs import redact
from storage.database import Database
from storage.tables_news import MentionRow
from tests.support.fakemodel import FakeModel, completion, fake_model, refused, told

__all__ = ["fake_model"]

Captured = pytest.CaptureFixture[str]
KEY = "sk-sesame-0123456789"
PAGE = """工作点评会召开

本报讯 4月2日，丰台区召开月度工作点评会。一季度，全区社会消费品零售总额达到83亿元，同比增长5.1%。

王佐镇义诊

本报讯 4月3日，王佐镇举办义诊活动。白求恩医疗队为居民送去健康服务。
"""
MEETING = told(
    "meeting",
    "丰台区召开月度工作点评会",
    "月度工作点评会",
    actors=["丰台区"],
    date_start="2024-04-02",
    date_end="2024-04-02",
    precision="day",
)
CLINIC = told(
    "activity",
    "王佐镇举办义诊活动",
    "义诊活动",
    actors=["王佐镇"],
    date_start="2024-04-04",
    date_end="2024-04-04",
    precision="day",
)
TEAM = told("visit", "白求恩医疗队为居民送去健康服务", "白求恩医疗队")
LIE = told("award", "王佐镇获评一切称号", "一切称号")


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_model: FakeModel) -> str:
    """A store, a ledger and a model for each test."""
    for name in ("QUWEN_CONFIG", "QUWEN_DISTRICTS", "QUWEN_DISTRICT", "QUWEN_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    url = f"sqlite:///{tmp_path}/store.db"
    monkeypatch.setenv("QUWEN_DATABASE_URL", url)
    monkeypatch.setenv("QUWEN_SECOND_READER_URL", fake_model.url)
    monkeypatch.setenv("QUWEN_SECOND_READER_MODEL", "small-1")
    monkeypatch.setenv("QUWEN_SECOND_READER_KEY", KEY)
    monkeypatch.setenv("QUWEN_SECOND_READER_RETRIES", "0")
    monkeypatch.setenv("QUWEN_SECOND_READER_LEDGER", str(tmp_path / "ledger"))
    fake_model.events = [MEETING, CLINIC, TEAM]
    return url


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "2024-04-08_02.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def session(url: str) -> Iterator[Session]:
    database = Database(url)
    try:
        with database.session(write=False) as session:
            yield session
    finally:
        database.close()


def mentions(session: Session) -> dict[str, MentionRow]:
    return {row.type: row for row in session.exec(select(MentionRow).order_by(col(MentionRow.id)))}


def test_compare_shows_what_the_two_tell_apart(page: Path, capsys: Captured, fake_model: FakeModel) -> None:
    assert cli.run(["compare", str(page), "--no-model"]) == exits.OK
    shown = capsys.readouterr().out
    assert "内置读者 3 件，第二读者 3 件 · built-in reader 3 events, second reader 3" in shown
    assert "一致 1 件 · 1 told alike" in shown
    differs, first, second = (
        shown.split("说法不同")[1].split("只有内置读者")[0],
        shown.split("只有内置读者")[1].split("只有第二读者")[0],
        shown.split("只有第二读者")[1],
    )
    assert "activity: 义诊活动" in differs
    assert "when       2024-04-03 | 2024-04-04" in differs
    assert "社会消费品零售总额" in first
    assert "[白求恩医疗队为居民送去健康服务]" in second


def test_compare_tells_what_was_not_taken_and_not_read(
    page: Path, capsys: Captured, fake_model: FakeModel
) -> None:
    fake_model.script += [completion("no json"), completion({"events": [LIE, CLINIC]})]
    assert cli.run(["compare", str(page), "--no-model"]) == exits.OK
    shown = capsys.readouterr().out
    assert "没有比较 2 件 · not compared: 2" in shown
    assert "a1  工作点评会召开: 回答不是 JSON" in shown
    assert "a2  evidence: 原文没有这句话 · not verbatim in the page: 王佐镇获评一切称号" in shown


def test_compare_as_json_holds_every_field(page: Path, capsys: Captured) -> None:
    assert cli.run(["compare", str(page), "--no-model", "--json"]) == exits.OK
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(shown) == {"agreed", "disagreements", "unread", "rejected", "unread_articles"}
    assert [event["type"] for event in shown["agreed"]] == ["meeting"]
    by_verdict = {one["verdict"]: one for one in shown["disagreements"]}
    assert set(by_verdict) == {"differs", "only first", "only second"}
    assert by_verdict["differs"]["differing"] == [
        {"field": "when", "first": "2024-04-03", "second": "2024-04-04"}
    ]


def test_compare_without_an_address_says_what_to_set(
    page: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUWEN_SECOND_READER_URL")
    assert cli.run(["compare", str(page), "--no-model"]) == exits.USAGE
    said = capsys.readouterr().err
    assert "第二读者没有打开" in said
    assert "QUWEN_SECOND_READER_URL" in said


def test_compare_with_an_endpoint_that_fails_is_one_line_without_the_key(
    page: Path, capsys: Captured, fake_model: FakeModel
) -> None:
    fake_model.script.append(refused(401, f"Incorrect API key provided: {KEY}"))
    assert cli.run(["compare", str(page), "--no-model"]) == exits.FAILED
    said = capsys.readouterr()
    assert "QUWEN_SECOND_READER_KEY" in said.err
    assert said.err.count("\n") == 1
    assert "sesame" not in said.err + said.out


def test_the_key_is_hidden_from_whatever_is_logged_later(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_SECOND_READER_KEY", "sk-open-sesame")
    assert cli.run(["compare", str(page), "--no-model"]) == exits.OK
    assert redact("refused: sk-open-sesame") == "refused: [token]"


def test_ingest_stores_what_the_second_reader_says_of_each_mention(
    page: Path, capsys: Captured, session: Session, tmp_path: Path
) -> None:
    alone = tmp_path / "alone.db"
    assert cli.run(["ingest", "--no-model", "--second-reader", str(page)]) == exits.OK
    assert (
        "第二读者：1 件一致，3 件待看 · second reader: 1 confirmed, 3 to look at" in capsys.readouterr().out
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{alone}")
        assert cli.run(["ingest", "--no-model", str(page)]) == exits.OK
    database = Database(f"sqlite:///{alone}")
    with database.session(write=False) as other:
        before = {kind: row.confidence for kind, row in mentions(other).items()}
        assert all("second" not in row.fields for row in mentions(other).values())
    database.close()
    rows = mentions(session)
    assert set(rows) == {"meeting", "figure", "activity"}, "what only a model tells is no event"
    assert rows["meeting"].fields["second"] == {"verdict": "confirmed", "differing": []}
    assert rows["figure"].fields["second"]["verdict"] == "only first"
    assert rows["activity"].fields["second"] == {
        "verdict": "differs",
        "differing": [{"field": "when", "first": "2024-04-03", "second": "2024-04-04"}],
    }
    assert rows["meeting"].confidence > before["meeting"]
    assert (rows["figure"].confidence, rows["activity"].confidence) == (before["figure"], before["activity"])


def test_ingest_keeps_the_list_of_disagreements(page: Path, tmp_path: Path) -> None:
    kept = tmp_path / "look-at.jsonl"
    words = ["ingest", "--no-model", "--second-reader", "--disagreements", str(kept), str(page)]
    assert cli.run(words) == exits.OK
    lines = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [line["verdict"] for line in lines] == ["only first", "differs", "only second"]
    assert {(line["file"], line["issued_on"], line["source"]) for line in lines} == {
        ("2024-04-08_02.txt", "2024-04-08", "丰台报")
    }
    assert cli.run(words) == exits.OK
    assert len(kept.read_text("utf-8").splitlines()) == 3, "a page known before is not asked about again"


def test_a_page_known_before_is_not_paid_for_again(page: Path, fake_model: FakeModel) -> None:
    for _ in range(2):
        assert cli.run(["ingest", "--no-model", "--second-reader", str(page)]) == exits.OK
    assert len(fake_model.asked) == 2


def test_without_a_second_reading_the_page_is_stored_as_the_built_in_reader_reads_it(
    page: Path, tmp_path: Path, capsys: Captured, fake_model: FakeModel, session: Session
) -> None:
    other = tmp_path / "2024-04-09_02.txt"
    other.write_text(PAGE.replace("4月", "3月"), encoding="utf-8")
    fake_model.script += [refused(500)] * 9
    assert cli.run(["ingest", "--no-model", "--second-reader", str(page), str(other)]) == exits.OK
    said = capsys.readouterr()
    assert said.err.count("第二读者没有读成，只用内置读者") == 2
    assert "2 pages: 5 new events, 1 merged" in said.out
    assert len(fake_model.asked) == 1, "the second page is not tried in vain"
    assert all("second" not in row.fields for row in mentions(session).values())


def test_ingest_does_not_ask_unless_told_to(page: Path, fake_model: FakeModel) -> None:
    assert cli.run(["ingest", "--no-model", str(page)]) == exits.OK
    assert fake_model.asked == []


def test_a_list_without_a_second_reader_is_asked_wrongly(page: Path, tmp_path: Path) -> None:
    assert cli.run(["ingest", "--disagreements", str(tmp_path / "x"), str(page)]) == exits.USAGE


def test_status_tells_what_was_spent(page: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PRICE_IN", "100"), ("PRICE_OUT", "1000"), ("DAILY_COST", "50")):
        monkeypatch.setenv(f"QUWEN_SECOND_READER_{name}", value)
    assert cli.run(["compare", str(page), "--no-model"]) == exits.OK
    assert cli.run(["status"]) == exits.OK
    assert (
        "second reader   small-1, 2000 of 500000 tokens today, cost 0.38 of 50\n" in capsys.readouterr().out
    )
    monkeypatch.delenv("QUWEN_SECOND_READER_URL")
    assert cli.run(["status"]) == exits.OK
    assert "second reader   off\n" in capsys.readouterr().out


def test_the_limit_of_the_settings_holds(
    page: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, fake_model: FakeModel
) -> None:
    monkeypatch.setenv("QUWEN_SECOND_READER_DAILY_TOKENS", "1000")
    assert cli.run(["compare", str(page), "--no-model"]) == exits.FAILED
    assert "今天的上限是 1000 个词元" in capsys.readouterr().err
    assert fake_model.asked == []
