"""`quwen doctor`: is everything as it should be, and if not, what to do."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot import exits
from bot.commands._options import open_database
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Database


@click.command(epilog="Example: QUWEN_TOKEN=123456:ABC-def quwen doctor")
def command() -> None:
    """Look at the database, the name model, the token, the clock and the sources, and say what to do.

    Nothing is sent. The exit status is 1 where something is bad.
    """
    from bot.logs import set_up_logs

    settings = load_settings()
    set_up_logs("ERROR")
    with open_database(settings) as database:
        bad = asyncio.run(_tell(settings, database))
    if bad:
        click.get_current_context().exit(exits.FAILED)


async def _tell(settings: "Settings", database: "Database") -> int:
    from bot.examination import Health, examine
    from bot.logs import redact

    bad = 0
    async for finding in examine(settings, database):
        bad += finding.health is Health.BAD
        click.echo(redact(f"{finding.health.value:<6}{finding.part:<14}{finding.said}"))
    return bad
