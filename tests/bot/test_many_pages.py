"""Many pages: the same with any number of processes, in order, each failure told, nothing left running."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import active_children
from pathlib import Path, PosixPath
from typing import Any

import pytest

from bot import cli, exits
from bot.commands._pages import How, UnreadPage
from bot.commands._pool import PAGES_WORTH_A_WORKER, read_all, usable_cores, workers_for
from bot.commands._terminal import bar
from parsing.district import generic_district

HOW = How(generic_district("丰台区"), model=False)
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{tmp_path}/store.db")
    for name in ("QUWEN_CONFIG", "QUWEN_DISTRICTS", "QUWEN_DISTRICT", "QUWEN_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Nine pages, the third of them empty."""
    pages = []
    for number in range(1, 10):
        path = tmp_path / f"2024-04-0{number}.txt"
        text = f"本报讯 4月{number}日，丰台区召开月度工作点评会。\n\n王少峰出席会议。\n"
        path.write_text(text if number != 3 else "", encoding="utf-8")
        pages.append(path)
    return pages


class DeadlyPath(PosixPath):
    """A file that ends the process which opens it, as a page would that takes all memory."""

    def stat(self, **_: Any) -> os.stat_result:
        os._exit(9)


def test_two_processes_read_what_one_reads_in_the_same_order(files: list[Path]) -> None:
    with read_all(files, HOW, jobs=1) as pages:
        alone = list(pages)
        assert not active_children()
    with read_all(files, HOW, jobs=2) as pages:
        shared = list(pages)
        assert len(active_children()) == 2
    assert not active_children()
    assert shared == alone
    assert [page.path for page in shared] == files
    assert [page.path for page in shared if isinstance(page, UnreadPage)] == [files[2]]


def test_a_page_that_ends_its_process_is_told_and_the_others_are_read(files: list[Path]) -> None:
    given = [*files[:2], DeadlyPath("deadly.txt"), *files[3:]]
    with read_all(given, HOW, jobs=2) as pages:
        read = list(pages)
    assert [page.path for page in read] == given
    assert [page.why for page in read if isinstance(page, UnreadPage)] == [
        "deadly.txt ended the process that read it, perhaps for want of memory"
    ]


def test_there_are_as_many_processes_as_are_worth_it() -> None:
    assert [workers_for(pages, 4) for pages in (0, 1, 3, 100)] == [1, 1, 3, 4]
    assert workers_for(100, 1) == 1
    assert [workers_for(pages, None) for pages in (1, 2 * PAGES_WORTH_A_WORKER - 1)] == [1, 1]
    assert workers_for(1_000_000, None) == usable_cores()


def test_parse_gives_one_object_a_line_and_goes_on_behind_a_failure(
    files: list[Path], capsys: Captured
) -> None:
    assert cli.run(["parse", "--json", "--no-model", "-j", "1", *map(str, files)]) == exits.FAILED
    said = capsys.readouterr()
    assert said.err == f"quwen: {files[2]} is empty: it has no text to read\n"
    pages = [json.loads(line) for line in said.out.splitlines()]
    assert [page["file"] for page in pages] == [str(path) for path in files if path != files[2]]
    assert [page["events"][0]["date_start"] for page in pages[:2]] == ["2024-04-01", "2024-04-02"]


def test_parse_names_each_of_several_files(files: list[Path], capsys: Captured) -> None:
    assert cli.run(["parse", "--no-model", str(files[0]), str(files[1])]) == exits.OK
    said = capsys.readouterr()
    assert [line for line in said.out.splitlines() if line.endswith(".txt")] == [str(p) for p in files[:2]]
    assert said.err == ""


def test_ingest_stores_in_order_whatever_the_number_of_processes(files: list[Path], capsys: Captured) -> None:
    assert cli.run(["ingest", "--no-model", "--jobs", "2", *map(str, files)]) == exits.FAILED
    said = capsys.readouterr()
    told = said.out.splitlines()
    assert [line.split(":")[0] for line in told[:-1]] == [str(path) for path in files if path != files[2]]
    assert told[-1] == "9 pages: 8 new events, 0 merged, 0 pages known, 1 pages failed"
    assert cli.run(["ingest", "--no-model", "--jobs", "1", *map(str, files)]) == exits.FAILED
    assert "0 new events, 0 merged, 8 pages known, 1 pages failed" in capsys.readouterr().out


def test_ctrl_c_ends_at_once_and_quietly(files: list[Path]) -> None:
    # A group of its own gets the signal as all processes of a terminal do.
    command = [sys.executable, "-m", "bot.cli", "parse", "--json", "--no-model", "-j", "2"]
    with subprocess.Popen(
        [*command, *map(str, files[:2] * 2000)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b"\n"  # the prompt is to come on a line of its own
        assert process.wait() == exits.INTERRUPTED
    _wait_until_gone(process.pid)


def _wait_until_gone(group: int) -> None:
    until = time.monotonic() + 20
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(group, 0)
            time.sleep(0.02)
        pytest.fail("a process is left running")


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "total", "shown"), [(True, 2, True), (True, 1, False), (False, 2, False)])
def test_progress_is_shown_where_somebody_looks_at_many_pages(
    screen: bool, total: int, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    err = _Screen() if screen else io.StringIO()
    monkeypatch.setattr(sys, "stderr", err)
    with bar(range(total), total=total, told="读版面") as things:
        assert list(things) == list(range(total))
    assert ("读版面" in err.getvalue()) is shown
