"""A bot that only sends: for jobs that run without the application."""

from telegram.ext import ExtBot

from bot.carrier import SoundPools
from bot.limiter import StrictRateLimiter
from bot.settings import Settings, SettingsError


def open_bot(settings: Settings) -> tuple[ExtBot[str], StrictRateLimiter]:
    """The bot of the settings, to be used with `async with`, and the strict pace that it keeps.

    Raises:
        SettingsError: no token is set.
    """
    if settings.token is None:
        raise SettingsError("QUWEN_TOKEN is not set: give the bot's token, as @BotFather gives it")
    limiter = StrictRateLimiter(settings.limits)
    bot = ExtBot(
        settings.token.get_secret_value(),
        base_url=f"{settings.bot_api_url}/bot",
        base_file_url=f"{settings.bot_api_url}/file/bot",
        request=SoundPools(at_once=settings.in_flight + 2),
        rate_limiter=limiter,
    )
    return bot, limiter
