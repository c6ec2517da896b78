"""Commands, settings and metrics that the guides name are there, and their units are whole."""

import configparser
import re
import shlex
import textwrap
from datetime import UTC, datetime

import click
import pytest

from bot.cli import cli
from bot.metrics import metrics_page
from bot.settings import Settings
from bot.vitals import Vitals
from storage.database import Database
from storage.lateness import Lateness
from storage.outbox import outbox_counts
from tests.docs.transcript import ROOT

GUIDES = {
    name: (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("scaling", "serving", "database")
}
_COMMAND = re.compile(r"(?:^|[\s/`(])quwen ((?:[a-z]+)(?: [^#`'\n]*)?)")


def commands(text: str) -> list[list[str]]:
    """What is given to `quwen` in the indented blocks of a guide."""
    blocks = "\n".join(line for line in text.splitlines() if line.startswith("    "))
    return [shlex.split(found.split(" && ")[0]) for found in _COMMAND.findall(blocks)]


def known(words: list[str]) -> None:
    """Raises click.UsageError where a command or an option is not known."""
    command: click.Command | None = cli
    context = click.Context(cli)
    while isinstance(command, click.Group):
        command = command.get_command(context, words[0] if words else "")
        words = words[1:]
    assert command is not None, words
    context = click.Context(command)
    command.make_parser(context).parse_args(words)


@pytest.mark.parametrize("name", GUIDES)
def test_the_commands_of_a_guide_are_there(name: str) -> None:
    found = commands(GUIDES[name])
    assert len(found) >= 3
    for words in found:
        known(words)


def test_a_command_that_there_is_not_would_be_noticed() -> None:
    with pytest.raises(AssertionError):
        known(["fly"])
    with pytest.raises(click.UsageError):
        known(["db", "restore", "a.db", "--forcefully"])


@pytest.mark.parametrize("name", GUIDES)
def test_the_settings_of_a_guide_are_there(name: str) -> None:
    told = set(re.findall(r"QUWEN_([A-Z_]+[A-Z])", GUIDES[name])) - {"CONFIG"}
    assert {setting.lower() for setting in told} <= set(Settings.model_fields)


def test_the_metrics_of_the_guides_are_there(sqlite_database: Database) -> None:
    vitals = Vitals(lambda: datetime.now(UTC))
    vitals.heard()
    vitals.worked("digest")
    with sqlite_database.session(write=False) as session:
        outbox = outbox_counts(session, datetime.now(UTC))
    page = metrics_page(Lateness(outbox, 0.0, 0.0), vitals).decode()
    there = set(re.findall(r"^# HELP (\w+)", page, re.MULTILINE))
    for name in ("scaling", "serving"):
        told = {
            re.sub("_bucket$", "", metric) for metric in re.findall(r"\bquwen_[a-z_]+[a-z]\b", GUIDES[name])
        }
        assert told
        assert told <= there


def units(text: str) -> dict[str, configparser.ConfigParser]:
    """The units of a guide, by the names in the comments before them."""
    found = {}
    for name, unit in re.findall(r"<!-- ([\w-]+\.\w+) -->\n((?:    .*\n|\n)+)", text):
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        parser.read_string(textwrap.dedent(unit))
        found[name] = parser
    return found


def test_the_units_begin_what_they_are_for() -> None:
    found = units(GUIDES["scaling"])
    assert set(found) == {"quwen.service", "quwen-backup.service", "quwen-backup.timer"}
    assert found["quwen.service"]["Service"]["ExecStart"].endswith("/quwen run")
    assert found["quwen-backup.timer"]["Timer"]["OnCalendar"] == "*-*-* 03:00:00"
