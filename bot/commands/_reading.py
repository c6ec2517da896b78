"""Reading one file without a database, as `parse` and `explain` do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands._options import DAY

if TYPE_CHECKING:
    from parsing.model import Reading


def reads_a_file(command: Callable[..., int]) -> Callable[..., int]:
    """The arguments of a command that reads one file: `file issued_on district no_model`."""
    for decorate in (
        click.option("--no-model", is_flag=True, help="Without the name model: faster, finds fewer people."),
        click.option("--district", metavar="NAME", help="District of the paper; default: the one set."),
        click.option(
            "--issued-on",
            type=DAY,
            metavar="DATE",
            help="Issue date, if the page and file name tell none.",
        ),
        click.argument("file", type=click.Path(path_type=Path), metavar="FILE"),
    ):
        command = decorate(command)
    return command


def read(path: Path, *, issued_on: date | None, district: str | None, model: bool) -> "tuple[str, Reading]":
    """The text of a file and what the reader found in it.

    `district` names a pack, or any other district, which is then read without streets and towns; None is
    the one that is set.

    Raises:
        SourceError: the file can't be read.
        SettingsError, UnknownDistrict: the settings name no district.
    """
    from bot.settings import load_settings
    from parsing.district import UnknownDistrict, generic_district, load_district
    from parsing.reader import read_page
    from parsing.tagger import load_tagger
    from sources.files import name_hints, read_file

    page = read_file(path)
    try:
        pack = load_district(district or load_settings().district)
    except UnknownDistrict:
        if not district or not district.endswith(("区", "县", "市", "旗")):
            raise
        pack = generic_district(district)
    reading = read_page(
        page.text,
        district=pack,
        issued_on=issued_on or name_hints(page.name).issued_on,
        tagger=load_tagger() if model else None,
    )
    return page.text, reading
