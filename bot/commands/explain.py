"""`quwen explain`: why each event was found, and why each other candidate was dropped."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._pages import How, PageReader, ReadPage, UnreadPage
from bot.commands._reading import chosen_district, reads_a_file
from bot.commands._terminal import printable, say_period
from bot.commands.parse import issue_line

if TYPE_CHECKING:
    from parsing.model import Dropped, Mention, Reading


@click.command(epilog="Example: quwen explain page.txt | less")
@reads_a_file
def command(file: Path, issued_on: date | None, district: str | None, no_model: bool) -> int:
    """Show for each event of a page its article, evidence in context, rule, trigger and confidence.

    For each candidate that was dropped it names the gate that did so and the reason.
    """
    failed = 0
    for page in PageReader(How(chosen_district(district), issued_on, model=not no_model)).read(file):
        if isinstance(page, UnreadPage):
            failed += 1
            click.echo(f"quwen: {page.why}", err=True)
        else:
            _page(page)
    return exits.FAILED if failed else exits.OK


def _page(page: ReadPage) -> None:
    text, reading = page.text, page.reading
    if page.place:
        _say(f"{page.shown}\n")
    _say(f"{reading.district or ''} · issue {issue_line(reading)}")
    for article in reading.articles:
        _article(reading, article.id, article.headline, text)
    _say(f"\n{len(reading.mentions)} events, {len(reading.dropped)} dropped")


def _article(reading: "Reading", key: str, headline: str | None, text: str) -> None:
    _say(f"\n{key}  {headline or '(no headline)'}")
    for mention in reading.mentions:
        if mention.article == key:
            _mention(mention, text)
    for dropped in reading.dropped:
        if dropped.article == key:
            _dropped(dropped, text)


def _mention(mention: "Mention", text: str) -> None:
    stage = f" {mention.stage.value}" if mention.stage else ""
    _say(f"  + {mention.type.value}{stage}: {mention.subject}")
    _say(f"      evidence   {mention.context.replace(mention.evidence, f'[{mention.evidence}]', 1)}")
    trigger = f", trigger {mention.trigger}" if mention.trigger else ""
    doubt = ", in review" if mention.doubtful else ""
    _say(f"      found by   {mention.rule}{trigger}, confidence {mention.confidence:.2f}{doubt}")
    if mention.reasons:
        _say(f"      speaks for {'  '.join(mention.reasons)}")
    when = say_period(mention.when) or "not told"
    _say(
        f"      when       {when} ({mention.when.precision.value}"
        + (f", from {mention.date_text})" if mention.date_text else ")")
    )
    for name, values in (("actors", mention.actors), ("people", mention.people), ("areas", mention.areas)):
        if values:
            _say(f"      {name:<10} {'、'.join(values)}")
    if mention.place:
        _say(f"      place      {mention.place}")
    for other in mention.also:
        _say(f"      also       {other}")
    _say(f"      stands at  {mention.start}-{mention.end}, line {_line(text, mention.start)}")


def _dropped(dropped: "Dropped", text: str) -> None:
    _say(f"  - {dropped.type.value}: {dropped.evidence}")
    trigger = f", trigger {dropped.trigger}" if dropped.trigger else ""
    _say(
        f"      dropped by {dropped.gate}: {dropped.reason}"
        f" ({dropped.rule}{trigger}, line {_line(text, dropped.start)})"
    )


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, max(offset, 0)) + 1


def _say(line: str) -> None:
    first = line[: len(line) - len(line.lstrip("\n"))]
    click.echo(first + printable(line))
