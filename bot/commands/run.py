"""`quwen run`: serve the bot by long polling, with the jobs in the same process."""

import asyncio
import logging

import click
from telegram.error import InvalidToken

from bot.application import POLL_TIMEOUT, build_application, token_of, utcnow
from bot.logs import set_up_logs_by
from bot.polling import polling_request
from bot.settings import Settings, load_settings
from bot.vitals import Vitals
from handlers.register import ALLOWED_UPDATES
from storage.database import Database

_A_MOMENT = 0.05  # seconds
BOOTSTRAP_RETRIES = 5  # over some twelve seconds: a network that comes up a little later than we do

logger = logging.getLogger(__name__)


@click.command(epilog="Example: QUWEN_TOKEN=123456:ABC-def quwen run")
@click.option(
    "--webhook",
    is_flag=True,
    help="Let Telegram push updates to QUWEN_WEBHOOK_URL, instead of asking for them; see docs/serving.md.",
)
def command(*, webhook: bool) -> None:
    """Serve the bot: answer chats and send digests. Stop it with Ctrl+C or SIGTERM.

    With QUWEN_LISTEN set, /healthz, /readyz and /metrics tell how it is.
    """
    settings = load_settings()
    set_up_logs_by(settings)
    token_of(settings)  # without one nothing is begun
    database = Database(settings.database_url)
    try:
        database.upgrade()
        database.check_writing()
        if webhook:
            from bot.serving import serve_pushed

            serve_pushed(settings, database, retries=BOOTSTRAP_RETRIES)
        else:
            serve(settings, database)
    finally:
        database.close()


def serve(settings: Settings, database: Database) -> None:
    """Serve until a signal ends it.

    Raises:
        telegram.error.InvalidToken: the token is refused, at the start or later.
        telegram.error.NetworkError: the Bot API cannot be reached, also after some retries.
    """
    vitals = Vitals(utcnow)
    polling = polling_request(vitals)
    application = build_application(settings, database, polling=polling, vitals=vitals)
    refused = False

    def on_refused() -> None:
        nonlocal refused
        if not refused:
            refused = True
            end()

    def end() -> None:
        # The loop may not be stopped during the start: once we are running, a moment later it is over.
        step = application.stop_running if application.running else end
        asyncio.get_running_loop().call_later(_A_MOMENT, step)

    polling.on_refused = on_refused
    logging.getLogger("telegram.ext").addFilter(lambda record: not _is_told_elsewhere(record))
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
    if refused:
        raise InvalidToken("it was revoked while we served")


def _is_told_elsewhere(record: logging.LogRecord) -> bool:
    # The library logs a start that fails with its traceback; whoever catches the error says it in one line.
    return "(Bootstrap" in record.getMessage()
