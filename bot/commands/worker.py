"""`quwen worker`: a process that only sends, beside one that also answers."""

import click

from bot.application import token_of
from bot.commands._options import open_database
from bot.commands.run import BOOTSTRAP_RETRIES
from bot.logs import set_up_logs_by
from bot.settings import load_settings


@click.command(epilog="Example: QUWEN_DATABASE_URL=postgresql://… QUWEN_TOKEN=… quwen worker")
def command() -> None:
    """Send what waits in the outbox, beside `quwen run`; as many as wanted, on any machine.

    All of them keep the one pace of the bot together. When the process that makes the digests is gone, one
    of the others takes over within seconds. Stop it with Ctrl+C or SIGTERM.
    """
    from bot.serving import serve_worker

    settings = load_settings()
    set_up_logs_by(settings)
    token_of(settings)  # without one nothing is begun
    with open_database(settings) as database:
        database.check_writing()
        serve_worker(settings, database, retries=BOOTSTRAP_RETRIES)
