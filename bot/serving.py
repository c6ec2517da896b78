"""Serves without asking Telegram for updates: by webhook, or as a worker that only sends."""

import asyncio
import logging
import signal
from typing import Any

from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.application import CONCURRENT_UPDATES, Bot, build_application, utcnow
from bot.settings import Settings, SettingsError
from bot.vitals import Hears, Vitals
from bot.web import WEBHOOK_PATH
from handlers.register import ALLOWED_UPDATES
from storage.database import Database

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PAUSE = 1.0  # seconds before the first retry of the start, doubled each time

logger = logging.getLogger(__name__)


def serve_pushed(settings: Settings, database: Database, *, retries: int) -> None:
    """Serve until a signal ends it: nothing new is accepted, what was accepted is answered.

    The webhook stays set: Telegram keeps what people write for a day and pushes it to whoever serves next.

    Raises:
        SettingsError: a setting that a webhook needs is missing.
        CannotListen: the address of QUWEN_LISTEN cannot be used.
        telegram.error.InvalidToken: the token is refused.
        telegram.error.NetworkError: the Bot API cannot be reached, also after `retries`.
    """
    missing = [
        name
        for name, given in (
            ("QUWEN_LISTEN", settings.listen),
            ("QUWEN_WEBHOOK_URL", settings.webhook_url),
            ("QUWEN_WEBHOOK_SECRET", settings.webhook_secret),
        )
        if not given
    ]
    if missing:
        raise SettingsError(f"--webhook needs {' and '.join(missing)}; see docs/serving.md")
    asyncio.run(_serve(settings, database, retries, webhook=True))
    logger.info("stopped")


def serve_worker(settings: Settings, database: Database, *, retries: int) -> None:
    """Send what waits in the outbox, and take over the jobs when whoever runs them is gone, until a signal.

    Raises:
        CannotListen, telegram.error.InvalidToken, telegram.error.NetworkError: as with `serve_pushed`.
    """
    asyncio.run(_serve(settings, database, retries, webhook=False))
    logger.info("stopped")


async def _serve(settings: Settings, database: Database, retries: int, *, webhook: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop.set)
    vitals = Vitals(utcnow, hears=Hears.PUSHES if webhook else Hears.NOTHING)
    application = build_application(settings, database, vitals=vitals, role="run" if webhook else "worker")
    hooks: Any = application  # the library calls these only from its own run_…()
    try:
        await _patiently(application, retries)
        await application.start()
        await hooks.post_init(application)
        if webhook:
            await _set_webhook(application, settings)
        logger.info("%s %s; stop with Ctrl+C", "serving" if webhook else "working for", settings.district)
        await stop.wait()
    finally:
        await hooks.post_stop(application)  # closes the door and ends the jobs
        if application.running:
            await application.stop()  # answers what waits
        await application.shutdown()
        await hooks.post_shutdown(application)
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


async def _patiently(application: Bot, retries: int) -> None:
    """Begin, though the network may come up a little later than we do."""
    for attempt in range(retries + 1):
        try:
            await application.initialize()
        except (NetworkError, RetryAfter):
            if attempt == retries:
                raise
            await asyncio.sleep(_PAUSE * 2**attempt)
        else:
            return


async def _set_webhook(application: Bot, settings: Settings) -> None:
    secret = settings.webhook_secret
    try:
        await application.bot.set_webhook(
            f"{settings.webhook_url}{WEBHOOK_PATH}",
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONCURRENT_UPDATES,
            secret_token=secret.get_secret_value() if secret else None,
        )
    except TimedOut:  # it may have arrived; what counts is that pushes come
        logger.warning("Telegram did not answer when the webhook was set")
