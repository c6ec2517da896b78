"""`quwen demo`: the main job with no token, no question and nothing left behind."""

import io
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from bot.commands import demo


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo as it is seen where the output is no terminal."""
    return run(tmp_path_factory.mktemp("demo"))


def run(folder: Path) -> str:
    import asyncio

    out = io.StringIO()
    asyncio.run(demo.play(folder, out=out, tagger=None))
    return out.getvalue()


def after(shown: str, said: str) -> str:
    """What came in answer to something said or pressed, up to the next."""
    return shown.split(f"› {said}", 1)[1].split("› ", 1)[0]


def test_the_page_is_shown_as_a_table_of_events(shown: str) -> None:
    table = shown.split("› ", 1)[0]
    for word in ("日期", "类型", "事项", "谁", "地点", "把握"):
        assert word in table
    assert "3月13日" in table
    assert "星野智造集团" in table


def test_what_was_dropped_is_counted_and_explained(shown: str) -> None:
    assert re.search(r"另有 [1-9]\d* 处", shown)
    assert "quwen explain bot/samples/fengtai-2026-03-16.txt" in shown


def test_the_second_page_is_merged_with_the_first(shown: str) -> None:
    told = re.findall(r"新增 (\d+) 件，与已有的合并 (\d+) 件", shown)
    assert len(told) == 2
    assert int(told[0][0]) >= 20
    assert int(told[1][1]) >= 3


def test_the_chat_subscribes_lists_and_opens_a_card(shown: str) -> None:
    assert "周一" in after(shown, "/subscribe")
    assert "获评" in after(shown, "/awards")
    assert "│" in after(shown, "[1]")  # the card quotes its evidence
    assert "莲花池春季书市" in after(shown, "/upcoming")
    assert "停水" in after(shown, "停水")


def test_the_digest_comes_by_the_clock(shown: str) -> None:
    digest = shown.split("每周摘要", 1)[1]
    assert "3月16日" in digest
    assert "万丰路" in digest
    assert "1 made" in digest
    assert "1 sent" in digest


def test_it_ends_with_what_to_do_next(shown: str) -> None:
    end = shown[-600:]
    for word in ("@BotFather", "QUWEN_TOKEN", "quwen run", "quwen chat"):
        assert word in end


def test_no_line_of_the_table_is_wider_than_100_columns(shown: str) -> None:
    lines = shown.split("› ", 1)[0].splitlines()
    assert max(map(cell_len, lines)) <= 100


def test_it_is_the_same_every_time(shown: str, tmp_path: Path) -> None:
    assert run(tmp_path) == shown


def test_it_takes_nothing_from_the_environment(
    tmp_path: Path, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUWEN_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    monkeypatch.setenv("QUWEN_DISTRICT", "no such district")
    monkeypatch.setenv("QUWEN_CONFIG", str(tmp_path / "missing.toml"))
    monkeypatch.chdir(tmp_path)
    elsewhere = run(tmp_path).replace(str(demo.SAMPLES), "bot/samples").replace("\n", "")
    assert elsewhere == shown.replace("\n", "")
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("demo.db")] == []
