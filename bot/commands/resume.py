"""`quwen resume`: go on sending."""

from datetime import UTC, datetime

import click

from bot.commands._options import open_database
from bot.settings import load_settings


@click.command(epilog="Example: quwen resume")
def command() -> None:
    """End the pause of `quwen pause`: what waits goes out, the oldest first."""
    from storage.outbox import outbox_counts
    from storage.pause import resume_sending

    settings = load_settings()
    with open_database(settings) as database, database.session() as session:
        pause = resume_sending(session)
        waiting = outbox_counts(session, datetime.now(UTC)).pending
    if pause is None:
        click.echo("Sending was not paused.")
    else:
        click.echo(f"Sending goes on: it was paused since {pause.since:%Y-%m-%d %H:%M} UTC, {waiting} wait.")
