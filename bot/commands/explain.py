"""`quwen explain`: why each event was found, and why each other candidate was dropped."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._options import DAY
from bot.commands._reading import read
from bot.commands.parse import issue_line, told

if TYPE_CHECKING:
    from parsing.model import Dropped, Mention, Reading


@click.command(epilog="Example: quwen explain page.txt | less")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--issued-on", type=DAY, metavar="DATE", help="Issue date, if neither page nor file name tells it."
)
@click.option("--district", metavar="NAME", help="District of the paper; default: the one set.")
@click.option("--no-model", is_flag=True, help="Read without the name model.")
def command(file: Path, issued_on: date | None, district: str | None, no_model: bool) -> int:
    """Show for each event of a page its article, evidence in context, rule, trigger and confidence.

    For each candidate that was dropped it names the gate that did so and the reason.
    """
    text, reading = read(file, issued_on=issued_on, district=district, model=not no_model)
    click.echo(f"{reading.district or ''} · issue {issue_line(reading)}")
    for article in reading.articles:
        _article(reading, article.id, article.headline, text)
    click.echo(f"\n{len(reading.mentions)} events, {len(reading.dropped)} dropped")
    return exits.OK


def _article(reading: "Reading", key: str, headline: str | None, text: str) -> None:
    click.echo(f"\n{key}  {headline or '(no headline)'}")
    for mention in reading.mentions:
        if mention.article == key:
            _mention(mention, text)
    for dropped in reading.dropped:
        if dropped.article == key:
            _dropped(dropped, text)


def _mention(mention: "Mention", text: str) -> None:
    stage = f" {mention.stage.value}" if mention.stage else ""
    click.echo(f"  + {mention.type.value}{stage}: {mention.subject}")
    click.echo(
        f"      evidence   {mention.context.replace(mention.evidence, f'[{mention.evidence}]')}"
        if mention.evidence in mention.context
        else f"      evidence   [{mention.evidence}]"
    )
    click.echo(
        f"      found by   {mention.rule}, trigger {mention.trigger}, confidence {mention.confidence:.2f}"
    )
    when = told(mention.when) or "not told"
    click.echo(
        f"      when       {when} ({mention.when.precision.value}"
        + (f", from {mention.date_text})" if mention.date_text else ")")
    )
    for name, values in (("actors", mention.actors), ("people", mention.people), ("areas", mention.areas)):
        if values:
            click.echo(f"      {name:<10} {'、'.join(values)}")
    if mention.place:
        click.echo(f"      place      {mention.place}")
    for other in mention.also:
        click.echo(f"      also       {other}")
    click.echo(f"      stands at  {mention.start}-{mention.end}, line {_line(text, mention.start)}")


def _dropped(dropped: "Dropped", text: str) -> None:
    click.echo(f"  - {dropped.type.value}: {dropped.evidence}")
    click.echo(
        f"      dropped by {dropped.gate}: {dropped.reason}"
        f" ({dropped.rule}, trigger {dropped.trigger}, line {_line(text, dropped.start)})"
    )


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, max(offset, 0)) + 1
