"""A paper of one's own on 127.0.0.1, named in a catalog, and the command line that reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from bot import cli
from sources.fetching.pace import Pace
from tests.jobs.collecting.support import read_awards
from tests.sources.site import Site, site

ENTRY = """
[[source]]
id = "hexi"
name = "河西时报"
district = "河西区"
adapter = "founder"
base = "{url}/shibao"
tls = "http"
"""


@dataclass(frozen=True)
class Told:
    """How a command ended, and all that it printed."""

    exit_code: int
    output: str


class Quwen(Protocol):
    """Runs a command."""

    def __call__(self, *arguments: str) -> Told: ...


@contextmanager
def own_paper(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that the catalog knows as `hexi`, and an empty store; nothing waits, and awards are read."""
    with site() as made:
        own = folder / "own.toml"
        own.write_text(ENTRY.format(url=made.url), encoding="utf-8")
        monkeypatch.delenv("QUWEN_CONFIG", raising=False)
        monkeypatch.setenv("QUWEN_SOURCES", str(own))
        monkeypatch.setenv("QUWEN_PRIVATE_ADDRESSES", "true")
        monkeypatch.setenv("QUWEN_DATABASE_URL", f"sqlite:///{folder}/store.db")
        for module in ("fetching", "collecting"):
            monkeypatch.setattr(f"bot.{module}.Pace", lambda: Pace(gap=0.0, jitter=0.0))
        monkeypatch.setattr("bot.collecting.Reader", lambda _settings: read_awards)
        yield made


def command_line(capsys: pytest.CaptureFixture[str], name: str) -> Quwen:
    """The command with that name."""

    def run(*arguments: str) -> Told:
        status = cli.run([name, *arguments])
        printed = capsys.readouterr()
        return Told(status, printed.out + printed.err)

    return run
