"""The application put together: the bot, its handlers, its pace and its jobs."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram import (
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot.carrier import CONNECT_TIMEOUT, READ_TIMEOUT, SoundPools
from bot.chat_order import ChatOrder
from bot.limiter import StrictRateLimiter
from bot.reading import HandedInReader
from bot.settings import Settings, SettingsError
from bot.sharing import Sharing
from bot.vitals import Hears, Vitals
from handlers.doorkeeper import Doorkeeper
from handlers.house import KEY, Context, House
from handlers.manners import Manners
from handlers.register import add_handlers
from jobs.digest import collect_digest
from jobs.workers import worker_name
from messages.i18n import SOURCE_LANGUAGE, languages, translator
from messages.menu import menu
from storage.database import Database

if TYPE_CHECKING:
    from bot.scheduler import JobScheduler
    from bot.web_server import WebServer

logger = logging.getLogger(__name__)

Bot = Application[Any, Context, Any, Any, Any, Any]

CONSOLE_TOKEN = "0:console"  # noqa: S105 - no token at all: nothing leaves this process
CONCURRENT_UPDATES = 64
MOST_IN_LINE = 1_000  # updates; more are left with Telegram
POLL_TIMEOUT = 30  # seconds that Telegram holds a request for updates open
_SETTINGS_COMMANDS = ("subscribe", "settings", "unsubscribe", "forgetme")


@dataclass(frozen=True, slots=True)
class FullHouse(House):
    """The house with all of the settings, as the jobs need them."""

    settings: Settings


def utcnow() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


def build_application(
    settings: Settings,
    database: Database,
    *,
    clock: Callable[[], datetime] = utcnow,
    request: BaseRequest | None = None,
    polling: BaseRequest | None = None,
    jobs: bool = True,
    console: bool = False,
    vitals: Vitals | None = None,
    role: str = "run",
) -> Bot:
    """Put the application together; nothing is sent before it is initialized.

    Args:
        request: what carries the requests to the Bot API, instead of HTTP as this sets it up.
        polling: what carries those for updates, where it is not `request`.
        jobs: run the jobs beside it, from `post_init` to `post_stop`.
        role: what this process is called among those that share the pace.
        vitals: where what succeeds and fails is noted.
        console: this process plays Telegram: there is no token and no pace to keep.

    Raises:
        SettingsError: neither a token nor the console.
    """
    token = CONSOLE_TOKEN if console else token_of(settings)
    house = FullHouse(
        settings=settings,
        database=database,
        district=settings.pack(),
        clock=clock,
        collect_digest=collect_digest,
        reader=HandedInReader(settings),
        console=console,
    )
    vitals = vitals or Vitals(clock)
    limiter = None if console else StrictRateLimiter(settings.limits, on_error=vitals.failed)
    life = _Life(house, vitals, limiter, jobs=jobs, role=role)
    order = ChatOrder(CONCURRENT_UPDATES)
    builder: Any = (  # its type depends on the limiter
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.bot_api_url}/bot")
        .base_file_url(f"{settings.bot_api_url}/file/bot")
        .concurrent_updates(order)
        .request(request or _http(at_once=CONCURRENT_UPDATES + settings.in_flight))
        .get_updates_request(request or polling or _http(at_once=2))
        .job_queue(None)
        .post_init(life.begin)
        .post_stop(life.end)
        .post_shutdown(life.end)
    )
    if limiter is not None:
        builder = builder.rate_limiter(limiter)
    application: Bot = builder.build()
    application.bot_data[KEY] = house
    questions = add_handlers(application)
    if not console:
        order.door = Doorkeeper(application.bot, house, questions, Manners(time.monotonic))
    application.add_error_handler(partial(_note_fault, vitals))
    return application


def token_of(settings: Settings) -> str:
    """The bot's token.

    Raises:
        SettingsError: there is none.
    """
    if settings.token is None:
        raise SettingsError(
            "QUWEN_TOKEN is missing: give the token of a bot (from @BotFather), or use `quwen chat` without"
        )
    return settings.token.get_secret_value()


def _http(*, at_once: int) -> SoundPools:
    return SoundPools(
        at_once=at_once,
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        write_timeout=READ_TIMEOUT,
        pool_timeout=READ_TIMEOUT,
    )


class _Life:
    """What begins and ends with the application."""

    def __init__(
        self, house: FullHouse, vitals: Vitals, limiter: StrictRateLimiter | None, *, jobs: bool, role: str
    ) -> None:
        self._house = house
        self._vitals = vitals
        self._jobs = jobs
        self._sharing = Sharing(house.database, limiter, name=worker_name(), role=role) if limiter else None
        self._scheduler: JobScheduler | None = None
        self._web: WebServer | None = None

    async def begin(self, application: Bot) -> None:
        self._vitals.begin()
        if self._sharing is not None:
            await self._sharing.begin()
        await self._open_the_door(application)
        await set_menus(application)
        if self._jobs:
            from bot.scheduler import start_jobs

            self._scheduler = start_jobs(application, self._house, self._vitals)

    async def _open_the_door(self, application: Bot) -> None:
        settings = self._house.settings
        if settings.listen_on is None or self._house.console:
            return
        from bot.web import build_pages  # a bot without pages needs no web server
        from bot.web_server import WebServer

        secret = settings.webhook_secret if self._vitals.hears is Hears.PUSHES else None
        pages = build_pages(
            self._house.database,
            self._vitals,
            secret=secret.get_secret_value() if secret else None,
            take=partial(_take_in, application),
        )
        self._web = WebServer(pages, settings.listen_on)
        await self._web.begin()

    async def end(self, application: Bot) -> None:
        """End what there is; our part of the pace only when the last answer is out."""
        over = not application.running
        web, self._web = self._web, None
        if web is not None:
            await web.end()
        await self._vitals.end()
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            await scheduler.stop()
        if over and self._sharing is not None:
            await self._sharing.end()


async def _note_fault(vitals: Vitals, _: object, context: Context) -> None:
    """Beside the handlers' own, which answers and logs: what operators are told of."""
    if context.error is not None:
        vitals.broke(context.error)


async def _take_in(application: Bot, pushed: dict[str, Any]) -> bool:
    """Put an update that Telegram pushed in line for the handlers; False where the line is long."""
    if application.update_queue.qsize() >= MOST_IN_LINE:
        return False
    update = Update.de_json(pushed, application.bot)
    await application.update_queue.put(update)
    return True


async def set_menus(application: Bot) -> None:
    """Set the menu of commands in every language; members of a group see what they can use.

    A menu that cannot be set is logged: the bot works without.
    """
    everything = (BotCommandScopeDefault(), BotCommandScopeAllChatAdministrators())
    try:
        for language in languages():
            code = "" if language == SOURCE_LANGUAGE else language  # Chinese for all others
            commands = menu(translator(language))
            for scope in everything:
                await application.bot.set_my_commands(commands, scope=scope, language_code=code)
            reading = [command for command in commands if command[0] not in _SETTINGS_COMMANDS]
            members = BotCommandScopeAllGroupChats()
            await application.bot.set_my_commands(reading, scope=members, language_code=code)
    except TelegramError as error:
        logger.warning("the menu of commands could not be set: %s", error)
