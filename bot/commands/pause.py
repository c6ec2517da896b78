"""`quwen pause`: stop sending, with nothing lost."""

from datetime import UTC, datetime

import click

from bot.commands._options import open_database
from bot.settings import load_settings


@click.command(epilog="Example: quwen pause 'the last issue was read wrongly' && quwen resume")
@click.argument("reason", nargs=-1)
def command(reason: tuple[str, ...]) -> None:
    """Send no digests and notes until `quwen resume`, and keep REASON for whoever asks for the status.

    All processes stop at once, but for what is on its way. Commands are answered, digests are made and wait.
    What waits for more than a week is dropped, as always.
    """
    from storage.outbox import outbox_counts
    from storage.pause import pause_sending

    settings, now = load_settings(), datetime.now(UTC)
    with open_database(settings) as database, database.session() as session:
        since = pause_sending(session, " ".join(reason), now).since
        waiting = outbox_counts(session, now).pending
    before = "" if since == now else f" since {since:%Y-%m-%d %H:%M} UTC"
    click.echo(f"Sending is paused{before}; {waiting} deliveries wait. Go on with: quwen resume")
