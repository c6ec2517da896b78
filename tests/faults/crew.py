"""The processes of one bot: one that answers, two that only send; each can be killed and comes back."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]
_LEADS = "this process makes the digests from now on"
_PATIENCE = 120  # seconds for an end in good order


class Running(Protocol):
    """A process of ours; `subprocess.Popen` is one."""

    @property
    def pid(self) -> int: ...
    def send_signal(self, sig: int, /) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int:
        """The exit status, negative for a signal."""


# Starts a command (run or worker) in an environment, with its log in a file.
Start = Callable[[str, Mapping[str, str], Path], Running]


def as_it_is(command: str, environment: Mapping[str, str], log: Path) -> Running:
    """Start the program as people do."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("QUWEN_")}
    with log.open("wb") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.cli", command],
            cwd=ROOT,
            env={**known, **environment, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )


@dataclass(slots=True)
class Member:
    """One place in the crew, and the process that is in it now."""

    command: str  # run or worker
    process: Running
    log: Path

    @property
    def worker(self) -> str:
        """The name under which the process claims deliveries (`jobs.workers.worker_name`)."""
        return f"{socket.gethostname()}:{self.process.pid}"

    @property
    def leads(self) -> bool:
        return _LEADS in self.log.read_text(encoding="utf-8")


@dataclass(slots=True)
class Crew:
    """Starts, kills and stops the processes."""

    start_one: Start
    environment: dict[str, str]
    folder: Path
    members: list[Member] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)

    def start(self, *commands: str) -> None:
        """A process for each command."""
        for command in commands:
            self.members.append(self._start(command))

    def victim(self, role: str) -> Member:
        """Who is meant by bot, worker or leader; while nobody leads, any worker may be the next."""
        if role == "leader":
            return next((one for one in self.members if one.leads), self.members[-1])
        return next(one for one in self.members if one.command == ("run" if role == "bot" else role))

    def replace(self, member: Member) -> None:
        """Start another in place of one that is gone, as a supervisor would."""
        self.members[self.members.index(member)] = self._start(member.command)

    def stop(self) -> list[int]:
        """End all in good order; their exit statuses."""
        for member in self.members:
            member.process.send_signal(signal.SIGTERM)
        try:
            return [member.process.wait(_PATIENCE) for member in self.members]
        finally:
            self.kill()

    def kill(self) -> None:
        """Whatever happens, nothing is left behind."""
        for member in self.members:
            member.process.kill()
            member.process.wait()
        self.members.clear()

    def troubles(self) -> list[str]:
        """What was logged as an error, by any of them, also by those that were killed."""
        lines = [line for log in self.logs for line in log.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if " ERROR " in line or " CRITICAL " in line]

    def _start(self, command: str) -> Member:
        log = self.folder / f"{len(self.logs):03}-{command}.log"
        self.logs.append(log)
        log.touch()
        return Member(command, self.start_one(command, self.environment, log), log)
