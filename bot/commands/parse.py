"""`quwen parse`: read a page and print its events."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._pages import How, ReadPage, UnreadPage
from bot.commands._pool import read_all
from bot.commands._reading import chosen_district, reads_files
from bot.commands._terminal import bar, printable, say_period

if TYPE_CHECKING:
    from parsing.model import Mention, Reading


@click.command(
    epilog="Example: quwen parse page.txt --issued-on 2024-04-08 --json > page.pred.json",
    context_settings={"max_content_width": 100},
)
@reads_files
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="The format of labelled pages; of several files one object a line, with its `file`.",
)
def command(
    files: tuple[Path, ...],
    issued_on: date | None,
    district: str | None,
    as_json: bool,
    no_model: bool,
    jobs: int | None,
) -> int:
    """Read pages (text files or PDF) and print the events found; needs no database.

    A page that cannot be read is told on stderr, and the others go on.
    """
    how = How(chosen_district(district), issued_on, model=not no_model)
    several = len(files) > 1
    failed = 0
    with (
        read_all(files, how, jobs=jobs) as pages,
        bar(pages, total=len(files), told="读版面 · reading") as watched,
    ):
        for page in watched:
            if isinstance(page, UnreadPage):
                failed += 1
                click.echo(f"quwen: {page.why}", err=True)
            elif as_json:
                click.echo(_as_json(page, several=several or page.place is not None))
            else:
                click.echo(
                    (f"{printable(page.shown)}\n" if several or page.place else "") + _shown(page.reading)
                )
    return exits.FAILED if failed else exits.OK


def issue_line(reading: "Reading") -> str:
    """When the page was issued, and how that is known."""
    if reading.issued_on:
        return f"{reading.issued_on} ({reading.issued_on_source.value})"
    return f"year {reading.year} (inferred)" if reading.year else "not told; give --issued-on"


def _as_json(page: ReadPage, *, several: bool) -> str:
    from parsing.export import as_labels

    labels = as_labels(page.reading)
    if several:
        return json.dumps({"file": page.shown, **labels}, ensure_ascii=False)
    return json.dumps(labels, ensure_ascii=False, indent=1)


def _shown(reading: "Reading") -> str:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = 140
    dropped = f"{len(reading.dropped)} candidates dropped; see quwen explain"
    with console.capture() as shown:
        console.print(
            f"{reading.district or ''} · issue {issue_line(reading)} · {len(reading.articles)} articles"
        )
        if reading.mentions:
            table = Table(show_edge=False, pad_edge=False)
            for title in ("date", "type", "subject", "actors", "people", "place", "sure"):
                table.add_column(title, no_wrap=title in ("type", "sure"))
            for mention in reading.mentions:
                table.add_row(*map(printable, _cells(mention)))
            console.print(table)
            console.print(f"{len(reading.mentions)} events, {dropped}")
        else:
            console.print(f"没有找到事件 · no event found ({dropped})")
    return shown.get().rstrip("\n")


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
