"""`quwen run`: serve the bot by long polling, with the jobs in the same process."""

import asyncio
import logging

import click

from bot.application import POLL_TIMEOUT, build_application, token_of
from bot.logs import set_up_logs
from bot.settings import Settings, load_settings
from handlers.register import ALLOWED_UPDATES
from storage.database import Database

BOOTSTRAP_RETRIES = 5  # over some twelve seconds: a network that comes up a little later than we do

logger = logging.getLogger(__name__)


@click.command(epilog="Example: QUWEN_TOKEN=123456:ABC-def quwen run")
def command() -> None:
    """Serve the bot: answer chats and send digests. Stop it with Ctrl+C or SIGTERM."""
    settings = load_settings()
    set_up_logs(settings.log_level, token=token_of(settings))
    database = Database(settings.database_url)
    try:
        database.upgrade()
        serve(settings, database)
    finally:
        database.close()


def serve(settings: Settings, database: Database) -> None:
    """Serve until a signal ends it.

    Raises:
        telegram.error.InvalidToken: the token is refused.
        telegram.error.NetworkError: the Bot API cannot be reached, also after some retries.
    """
    application = build_application(settings, database)
    logging.getLogger("telegram.ext").addFilter(_is_not_of_the_start)
    asyncio.set_event_loop(asyncio.new_event_loop())
    logger.info("serving %s; stop with Ctrl+C", settings.district)
    try:
        application.run_polling(
            timeout=POLL_TIMEOUT,
            bootstrap_retries=BOOTSTRAP_RETRIES,
            allowed_updates=ALLOWED_UPDATES,
        )
    finally:
        asyncio.set_event_loop(None)
    logger.info("stopped")


def _is_not_of_the_start(record: logging.LogRecord) -> bool:
    # The library logs a start that fails with its traceback; one line by whoever catches the error will do.
    return "(Bootstrap" not in record.getMessage()
