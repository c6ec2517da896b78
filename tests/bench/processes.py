"""Measuring other processes: how long a command takes, how much memory a reading does."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.texts import all_pages, of_size

ROOT = Path(__file__).resolve().parents[2]


class Command:
    """`quwen ARGUMENTS`, with a database of its own in `folder`."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self._arguments = [sys.executable, "-m", "bot.cli", *arguments]
        self._settings = {name: value for name, value in os.environ.items() if not name.startswith("QUWEN_")}
        self._settings["QUWEN_DATABASE_URL"] = f"sqlite:///{folder / 'bench.db'}"
        self._cpu = 0.0

    def seconds(self) -> float:
        """Run it; how long that takes by the clock.

        Raises:
            CalledProcessError: it failed.
        """
        start, cpu = time.perf_counter(), _cpu_of_children()
        subprocess.run(
            self._arguments,
            check=True,
            cwd=ROOT,
            env=self._settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._cpu = _cpu_of_children() - cpu
        return time.perf_counter() - start

    def cpu_seconds(self) -> float:
        """The processor time that its last run took, that of its own processes with it."""
        return self._cpu


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_megabytes(size: int) -> float:
    """The most memory that a process needs which reads a page of `size` bytes with the name model.

    Linux counts what the process had before it became another one, so this one must be small by then.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.processes", str(size)],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def _read_and_tell(size: int) -> None:
    from parsing.district import load_district
    from parsing.reader import read_page
    from parsing.tagger import load_tagger

    text = of_size(all_pages(), size)
    read_page(text, district=load_district("丰台区"), tagger=load_tagger())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in bytes on a Mac, in KiB elsewhere
    print(peak * (1 if sys.platform == "darwin" else 1024) / 1_000_000)  # noqa: T201


if __name__ == "__main__":
    _read_and_tell(int(sys.argv[1]))
