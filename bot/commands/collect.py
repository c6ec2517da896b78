"""`quwen collect`: look at sources now."""

from datetime import date
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._options import DAY, open_database
from bot.commands._terminal import printable
from bot.settings import SettingsError, load_settings
from bot.stopping import STOPPED, stops

if TYPE_CHECKING:
    from jobs.collecting.source import Look
    from sources.catalog import Source


@click.command(epilog="Example: quwen collect fengtai --since 2024-03-01")
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--since", type=DAY, metavar="DATE", help="All issues since a day; default: since the last one read."
)
def command(names: tuple[str, ...], since: date | None) -> int:
    """Look at sources now, read what is new, and store its events.

    Without names those of QUWEN_COLLECT are looked at, which the bot looks at by itself every morning. What
    was read before is not read again. The exit status is 1 where a source is in trouble.
    """
    from bot.collecting import catalog_of, chosen, collected_sources, collecting_of
    from bot.logs import set_up_logs_by
    from jobs.collect import HeldError, collect_from
    from jobs.collecting.desk import StoppedError

    settings = load_settings()
    set_up_logs_by(settings)
    if names:
        catalog = catalog_of(settings)
        sources = [chosen(catalog, name) for name in names]
    else:
        sources = collected_sources(settings)
    if not sources:
        raise SettingsError("no source is set: name one, as in `quwen collect fengtai`, or set QUWEN_COLLECT")
    well = True
    with open_database(settings) as database, stops() as stopping:
        work = collecting_of(settings, database, stopping=stopping)
        for source in sources:
            try:
                look = collect_from(work, source, since=since)
            except (HeldError, StoppedError) as error:
                if stopping():
                    click.echo(STOPPED, err=True)
                    return exits.INTERRUPTED
                click.echo(f"quwen: {error}", err=True)
                well = False
            else:
                _tell(source, look)
                well = well and look.state.is_well
    return exits.OK if well else exits.FAILED


def _tell(source: "Source", look: "Look") -> None:
    """One line for each issue, and one for the source."""
    for one in look.outcomes:
        issue = one.issue
        stored = f"{one.stored} articles stored, {one.new} new events"
        told = stored if one.stored else issue.why or issue.state
        click.echo(printable(f"  {issue.day}  {issue.pages} pages, {told}"))
    if look.rest is not None:
        click.echo(f"  {look.rest} 及以前的用 quwen backfill 读 · older ones: quwen backfill {source.id}")
    why = f": {look.why}" if look.why else ""
    click.echo(printable(f"{source.id}  {source.name}  {look.state}{why}"))
