"""`quwen job`: run one job once, at any moment one likes."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from bot.commands._options import open_database
from bot.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from storage.database import Database

NAMES = ("collect", "digest", "deliver", "pairs", "tidy")


@click.command(epilog="Example: quwen job digest --at 2024-04-15T09:00 && quwen job deliver")
@click.argument("name", type=click.Choice(NAMES))
@click.option(
    "--at",
    "moment",
    metavar="TIME",
    help="ISO 8601, taken for now: for due dates, leases and waits. Without a zone it is the district's.",
)
def command(name: str, moment: str | None) -> None:
    """Run one job once, and print what it did.

    \b
    collect  look at the sources of QUWEN_COLLECT that are due
    digest   put the digests that are due into the outbox
    deliver  send what waits in the outbox (needs QUWEN_TOKEN)
    pairs    ask the operators about events that may be one
    tidy     drop what waited too long, delete what is long done
    """
    from bot.logs import set_up_logs_by

    settings = load_settings()
    clock = _clock(moment, settings.zone)
    if name == "deliver" and settings.token is None:
        raise SettingsError("QUWEN_TOKEN is not set: deliver needs the bot's token, as @BotFather gives it")
    set_up_logs_by(settings)
    with open_database(settings) as database:
        result = asyncio.run(_run(name, settings, database, clock))
    for what, count in asdict(result).items():
        told = (", ".join(count) or "none") if isinstance(count, list) else count
        click.echo(f"{what.replace('_', ' ')}: {told}")


def read_moment(text: str, zone: str) -> datetime:
    """An ISO 8601 time, in UTC; one without an offset is local to `zone`, a day alone is its midnight.

    Raises:
        ValueError: it is none.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


def _clock(moment: str | None, zone: str) -> Callable[[], datetime]:
    if moment is None:
        return lambda: datetime.now(UTC)
    try:
        now = read_moment(moment, zone)
    except ValueError as error:
        raise click.BadParameter(
            f"{moment!r} is not a time; write it as 2024-04-15T09:00 or 2024-04-15T09:00+08:00",
            param_hint="--at",
        ) from error
    return lambda: now


async def _run(name: str, settings: Settings, database: "Database", clock: Callable[[], datetime]) -> Any:
    if name == "collect":
        from bot.collecting import collected_sources, collecting_of
        from jobs.collect import collect_due

        work = collecting_of(settings, database, clock=clock)
        return await asyncio.to_thread(collect_due, work, collected_sources(settings))
    if name == "digest":
        from jobs.digest import make_digests

        return await make_digests(database, district=settings.pack(), now=clock())
    if name == "pairs":
        from jobs.pairs import ask_about_pairs

        return await ask_about_pairs(database, operators=settings.admins, zone=settings.zone, now=clock())
    if name == "tidy":
        from jobs.tidy import tidy

        return await tidy(database, now=clock())
    from bot.sender import open_bot
    from bot.sharing import Sharing
    from jobs.deliver import deliver
    from jobs.workers import worker_name

    bot, limiter = open_bot(settings)
    sharing = Sharing(database, limiter, name=worker_name(), role="job")
    async with bot:
        await sharing.begin()
        try:
            return await deliver(
                database, bot, clock=clock, in_flight=settings.in_flight, cut_off=settings.cut_off
            )
        finally:
            await sharing.end()
