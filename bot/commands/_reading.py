"""The arguments that commands which read pages share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands._options import DAY

if TYPE_CHECKING:
    from parsing.district import District


def reads_a_file(command: Callable[..., int]) -> Callable[..., int]:
    """The arguments of a command that reads one file: `file issued_on district no_model`."""
    argument = click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
    return argument(_how_to_read(command))


def reads_files(command: Callable[..., int]) -> Callable[..., int]:
    """The arguments of a command that reads files: `files issued_on district no_model jobs`."""
    argument = click.argument(
        "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
    )
    return argument(_how_to_read(takes_jobs(command)))


def takes_jobs(command: Callable[..., int]) -> Callable[..., int]:
    """The option of a command that may read many pages: `jobs`."""
    option = click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Read with so many processes; default: one for each core, if there are pages enough.",
    )
    return option(command)


def _how_to_read(command: Callable[..., int]) -> Callable[..., int]:
    for decorate in (
        click.option("--no-model", is_flag=True, help="Without the name model: faster, finds fewer people."),
        click.option("--district", metavar="NAME", help="District of the paper; default: the one set."),
        click.option(
            "--issued-on",
            type=DAY,
            metavar="DATE",
            help="Issue date, if the page and file name tell none.",
        ),
    ):
        command = decorate(command)
    return command


def chosen_district(name: str | None) -> "District":
    """The district that `name` means: a pack, or any other, which is then read without streets and towns.

    None is the one that is set.

    Raises:
        SettingsError: a setting is wrong, or a pack.
        UnknownDistrict: nothing in `name` says that it is a district.
    """
    from bot.settings import load_settings

    settings = load_settings()
    if name and name.endswith(("区", "县", "市", "旗")):
        return settings.pack_or_plain(name)
    return settings.pack(name)
