"""What `quwen doctor` looks at: each part of an installation, what it is like, and what to do about it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

import httpx
from sqlmodel import Session
from telegram.error import InvalidToken, TelegramError

from bot.sender import open_bot
from bot.settings import Settings, SettingsError
from storage.database import Database
from storage.lateness import lateness
from storage.processes import database_time, processes
from storage.source_states import SourceStanding, standings

LATE = 600.0  # seconds from which on what waits is worth a word
CLOCK_OFF = 30.0  # seconds; a second is how exactly a server tells its time
LEAST_FREE = 200_000_000  # bytes on the disk of the database
PATIENCE = 10.0  # seconds for an answer


class Health(StrEnum):
    """How a part is."""

    GOOD = "ok"
    NOTE = "note"  # works, but may not be meant so
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: a part, how it is, what was seen and what to do."""

    part: str
    health: Health
    said: str


async def examine(settings: Settings, database: Database) -> AsyncIterator[Finding]:
    """Look at one part after the other. Nothing is changed and nothing is sent."""
    for finding in await database.read(_store):
        yield finding
    for finding in _disk(database):
        yield finding
    yield await asyncio.to_thread(_model)
    for finding in await _telegram(settings):
        yield finding
    yield await _clock(settings)
    for finding in _sources(settings, await database.read(standings)):
        yield finding
    yield _operators(settings)


def _store(session: Session) -> list[Finding]:
    now = database_time(session)
    off = abs((datetime.now(UTC) - now).total_seconds())
    good = off < CLOCK_OFF
    said = "open, with the newest tables" if good else f"its clock is {off:.0f} s off ours: set both by NTP"
    found = [Finding("database", Health.GOOD if good else Health.BAD, said)]
    late = lateness(session, now)
    if max(late.due, late.oldest_pending) > LATE:
        alive = processes(session, now)
        do = "see its log" if alive else "no process sends: start `quwen run`"
        waits = f"something has waited {max(late.due, late.oldest_pending) / 60:.0f} minutes"
        found.append(Finding("deliveries", Health.BAD, f"{waits}: {do}"))
    else:
        found.append(Finding("deliveries", Health.GOOD, f"{late.outbox.pending} wait, none for long"))
    return found


def _disk(database: Database) -> Iterator[Finding]:
    if database.file is None:
        return
    free = shutil.disk_usage(database.file.parent).free
    said = f"{free / 1e9:.1f} GB free beside the database"
    if free >= LEAST_FREE:
        yield Finding("disk", Health.GOOD, said)
    else:
        yield Finding("disk", Health.BAD, f"{said}: make room before it is full")


def _model() -> Finding:
    from parsing.tagger import load_tagger

    try:
        tagged = load_tagger().tag(["李明来到长辛店街道调研。"])
    except Exception as error:
        return Finding("name model", Health.BAD, f"{type(error).__name__}: {error}; install Quwen again")
    if not tagged or not tagged[0]:
        return Finding("name model", Health.BAD, "tags nothing; install Quwen again")
    return Finding("name model", Health.GOOD, "tags names")


async def _telegram(settings: Settings) -> list[Finding]:
    if settings.token is None:
        return [
            Finding("token", Health.NOTE, "QUWEN_TOKEN is not set: `quwen chat` works, `quwen run` needs it")
        ]
    bot, _ = open_bot(settings)
    try:
        async with asyncio.timeout(PATIENCE), bot:
            hook = await bot.get_webhook_info()
            name = bot.username
    except InvalidToken:
        return [Finding("token", Health.BAD, "Telegram refuses it: ask @BotFather for the bot's token")]
    except (TelegramError, TimeoutError) as error:
        told = f"{settings.bot_api_url} is not reached ({type(error).__name__})"
        return [Finding("Telegram", Health.BAD, f"{told}: look at the network, a proxy, QUWEN_BOT_API_URL")]
    found = [Finding("token", Health.GOOD, f"of @{name}")]
    if hook.url and not settings.webhook_url:
        told = "a webhook is set: `quwen run` takes it off, another program that uses it would stop"
        found.append(Finding("Telegram", Health.NOTE, told))
    elif settings.webhook_url and not hook.url:
        told = "no webhook is set: `quwen run --webhook` sets it; `quwen run` does without"
        found.append(Finding("Telegram", Health.NOTE, told))
    elif settings.webhook_url and urlsplit(hook.url).hostname != urlsplit(settings.webhook_url).hostname:
        # Only where it leads: the rest of an address may hold a secret.
        told = f"the webhook leads to {urlsplit(hook.url).hostname}, not to QUWEN_WEBHOOK_URL"
        do = "another program has the same token: stop it and start `quwen run --webhook` again"
        found.append(Finding("Telegram", Health.BAD, f"{told}: {do}"))
    elif hook.last_error_message:
        told = f"it could not push ({hook.last_error_message}), {hook.pending_update_count} updates wait"
        found.append(Finding("Telegram", Health.NOTE, f"{told}: see docs/serving.md"))
    else:
        found.append(Finding("Telegram", Health.GOOD, f"answers, {hook.pending_update_count} updates wait"))
    return found


async def _clock(settings: Settings) -> Finding:
    theirs = None
    with suppress(httpx.HTTPError, ValueError, TypeError):
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.head(settings.bot_api_url)
        theirs = parsedate_to_datetime(answer.headers["date"]) if "date" in answer.headers else None
    if theirs is None:
        return Finding("clock", Health.NOTE, "nobody told the time to compare it with")
    off = (datetime.now(UTC) - theirs).total_seconds()
    if abs(off) < CLOCK_OFF:
        return Finding("clock", Health.GOOD, f"right, in {settings.zone}")
    return Finding("clock", Health.BAD, f"{abs(off):.0f} s {'fast' if off > 0 else 'slow'}: set it by NTP")


def _sources(settings: Settings, known: Mapping[str, SourceStanding]) -> list[Finding]:
    from bot.collecting import collected_sources

    if not settings.collect:
        return [Finding("sources", Health.NOTE, "none is collected: QUWEN_COLLECT names them")]
    try:
        sources = collected_sources(settings)
    except SettingsError as error:
        return [Finding("sources", Health.BAD, str(error))]
    found = []
    for source in sources:
        standing = known.get(source.id)
        if standing is None or standing.looked_at is None:
            told = f"never looked at: try `quwen sources check {source.id}`"
            found.append(Finding(source.id, Health.NOTE, told))
        elif standing.is_in_trouble:
            found.append(Finding(source.id, Health.BAD, f"{standing.state}: see `quwen sources issues`"))
        else:
            found.append(Finding(source.id, Health.GOOD, str(standing.state)))
    return found


def _operators(settings: Settings) -> Finding:
    if settings.admins:
        return Finding("operators", Health.GOOD, f"{len(settings.admins)} in QUWEN_ADMINS")
    return Finding("operators", Health.NOTE, "none: nobody is told when something breaks; set QUWEN_ADMINS")
