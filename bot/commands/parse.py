"""`quwen parse`: read a page and print its events."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._reading import read, reads_a_file
from bot.commands._terminal import printable, say_period

if TYPE_CHECKING:
    from parsing.model import Mention, Reading


@click.command(epilog="Example: quwen parse page.txt --issued-on 2024-04-08 --json > page.pred.json")
@reads_a_file
@click.option("--json", "as_json", is_flag=True, help="The format of labelled pages.")
def command(file: Path, issued_on: date | None, district: str | None, as_json: bool, no_model: bool) -> int:
    """Read a page (a text file) and print the events found; needs no database."""
    _, reading = read(file, issued_on=issued_on, district=district, model=not no_model)
    if as_json:
        from parsing.export import as_labels

        click.echo(json.dumps(as_labels(reading), ensure_ascii=False, indent=1))
        return exits.OK
    _show(reading)
    return exits.OK


def issue_line(reading: "Reading") -> str:
    """When the page was issued, and how that is known."""
    if reading.issued_on:
        return f"{reading.issued_on} ({reading.issued_on_source.value})"
    return f"year {reading.year} (inferred)" if reading.year else "not told; give --issued-on"


def _show(reading: "Reading") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = 140
    console.print(
        f"{reading.district or ''} · issue {issue_line(reading)} · {len(reading.articles)} articles"
    )
    if not reading.mentions:
        console.print(
            f"没有找到事件 · no event found ({len(reading.dropped)} candidates dropped; see quwen explain)"
        )
        return
    table = Table(show_edge=False, pad_edge=False)
    for title in ("date", "type", "subject", "actors", "people", "place", "sure"):
        table.add_column(title, no_wrap=title in ("type", "sure"))
    for mention in reading.mentions:
        table.add_row(*map(printable, _cells(mention)))
    console.print(table)
    console.print(
        f"{len(reading.mentions)} events, {len(reading.dropped)} candidates dropped; see quwen explain"
    )


def _cells(mention: "Mention") -> tuple[str, ...]:
    kind = mention.type.value + (f" ({mention.stage.value})" if mention.stage else "")
    people = "、".join(mention.people)
    return (
        say_period(mention.when),
        kind,
        mention.subject,
        "、".join(mention.actors),
        people,
        mention.place or "",
        f"{mention.confidence:.2f}",
    )
