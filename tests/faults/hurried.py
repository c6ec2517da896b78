"""The program as it is, but for a pace fifty times and signs of life ten times as fast.

Its processes are forked from one that has imported everything, so that a broadcast amid kills takes seconds.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

# What a command imports when it is called is imported here, before the fork.
from bot import cli, scheduler
from bot.commands import run, worker  # noqa: F401
from storage import processes
from tests.faults.crew import Running
from tests.journeys.stage import at_speed

SIGNS_FASTER = 10
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


class Forked:
    """A process of `multiprocessing`, to be handled like one of `subprocess`."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        process.start()
        assert process.pid is not None
        self.pid = process.pid

    def send_signal(self, sig: int, /) -> None:
        assert sig == signal.SIGTERM, "the only one that is asked for"
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        status = self._process.exitcode
        if status is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return status


def hurried(command: str, environment: Mapping[str, str], log: Path) -> Running:
    """Start the program with time made short."""
    return Forked(_FORKS.Process(target=_main, args=(command, dict(environment), log), name=command))


def _main(command: str, environment: dict[str, str], log: Path) -> None:
    with log.open("wb") as errors, Path(os.devnull).open("wb") as nothing:
        os.dup2(errors.fileno(), 2)
        os.dup2(nothing.fileno(), 1)
    for name in [name for name in os.environ if name.startswith("QUWEN_")]:
        del os.environ[name]
    os.environ |= environment
    sys.argv = ["quwen", command]
    _hurry()
    cli.main()


def _hurry() -> None:
    at_speed(pytest.MonkeyPatch())
    for name in ("BEAT", "ALONE", "GONE", "SETTLED"):
        setattr(processes, name, getattr(processes, name) / SIGNS_FASTER)
    for name in ("DELIVER_EVERY", "LEAD_EVERY"):
        setattr(scheduler, name, getattr(scheduler, name) / SIGNS_FASTER)
