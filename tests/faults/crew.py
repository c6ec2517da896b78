"""The processes of one bot: one that answers, two that only send; each can be killed and comes back."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
AS_IT_IS = "bot.cli"
HURRIED = "tests.faults.hurried"
_LEADS = "this process makes the digests from now on"
_PATIENCE = 30  # seconds for an end in good order


@dataclass(slots=True)
class Member:
    """One place in the crew, and the process that is in it now."""

    command: str  # run or worker
    process: subprocess.Popen[bytes]
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
    """Starts, kills and stops the processes; `program` is the module that each runs."""

    program: str
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
        known = {name: value for name, value in os.environ.items() if not name.startswith("QUWEN_")}
        with log.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", self.program, command],
                cwd=ROOT,
                env=known | self.environment | {"PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        return Member(command, process, log)
