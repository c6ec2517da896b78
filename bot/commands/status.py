"""`quwen status`: what is stored, who follows, and what waits to be sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.commands._options import open_database
from bot.commands._terminal import printable
from bot.second_reader import spending
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from storage.backlog import Backlog
    from storage.overview import Overview
    from storage.pause import Pause
    from storage.processes import Process
    from storage.views import OutboxStatus


@dataclass(frozen=True, slots=True)
class State:
    """What is told, as it was at one time."""

    seen: "Overview"
    outbox: "OutboxStatus"
    late: "Backlog"
    alive: "Sequence[Process]"
    pause: "Pause | None"
    now: datetime


@click.command(epilog="Example: QUWEN_DATABASE_URL=sqlite:///var/quwen.db quwen status")
def command() -> None:
    """Show the state of the database, chats, deliveries and processes, with the last errors."""
    from bot.logs import redact
    from storage.backlog import backlog
    from storage.outbox import outbox_counts
    from storage.overview import overview
    from storage.pause import pause_of
    from storage.processes import processes

    settings = load_settings()
    now = datetime.now(UTC)
    with open_database(settings) as database:
        with database.session(write=False) as session:
            state = State(
                overview(session),
                outbox_counts(session, now),
                backlog(session, now),
                processes(session),
                pause_of(session),
                now=now,
            )
        leader = database.leader()
    for label, value in (*_lines(settings, database.place, state), *_of_processes(state, leader)):
        click.echo(redact(printable(f"{label:<16}{value}".rstrip())))


def _lines(settings: Settings, place: str, state: State) -> Iterator[tuple[str, str]]:
    seen, outbox, late = state.seen, state.outbox, state.late
    if state.pause is not None:
        since = _local(state.pause.since, settings.zone)
        yield "paused", f"since {since}: {state.pause.reason or 'no reason given'}"
    yield "database", f"{place} (schema {seen.revision})"
    yield "district", f"{settings.district}, {settings.zone}"
    yield "pages", f"{seen.pages} of {seen.sources} sources, last issue {seen.last_issue or 'unknown'}"
    yield "events", f"{seen.events} from {seen.mentions} mentions"
    yield "review", _states({state: seen.reviews.get(state, 0) for state in ("open", "accepted", "rejected")})
    yield "second reader", spending(settings)
    yield "chats", _states(seen.chats)
    yield "subscriptions", _states(seen.subscriptions)
    yield "next digest", _local(seen.next_due_at, settings.zone) if seen.next_due_at else "none is due"
    yield "digests", f"overdue for {_age(late.due, state.now)}" if late.due else "none is overdue"
    yield (
        "outbox",
        _states(
            {
                "pending": outbox.pending,
                "being sent": outbox.claimed,
                "sent": outbox.sent,
                "unconfirmed": outbox.unconfirmed,
                "failed": outbox.failed,
                "dropped": outbox.dropped,
            }
        ),
    )
    if outbox.oldest_pending:
        since = _local(outbox.oldest_pending, settings.zone)
        yield "oldest pending", f"{since}, {_age(outbox.oldest_pending, state.now)} ago"
    if late.failed or late.retried:
        yield "of the last hour", f"{late.failed} failed; {late.retried} are tried again and again"
    if outbox.retrying or outbox.held:
        yield (
            "of the pending",
            f"{outbox.retrying} were tried before, {outbox.held} wait for a chat or topic that is away",
        )
    if outbox.repeated:
        yield "sent again", f"{outbox.repeated}, as no answer came: they may have come twice"
    for error in outbox.last_errors:
        yield "last error", printable(" ".join(error.split()))


def _of_processes(state: State, leader: str) -> Iterator[tuple[str, str]]:
    for each in state.alive:
        seen = f"up for {_age(each.began_at, state.now)}"
        yield "process", f"{each.role} {each.name}, {each.share} messages a second, {seen}"
    if not state.alive:
        yield "process", "none: nothing is sent; start `quwen run`"
    yield "digests by", leader or "nobody: `quwen run` or `quwen worker` would make them"


def _age(since: datetime, now: datetime) -> str:
    """45 s, 12 min, 5 h, 3 d: whole ones."""
    seconds = max(0, int((now - since).total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _states(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count) or "none"


def _local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
