"""`quwen status`: what is stored, who follows, and what waits to be sent."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.commands._options import open_database
from bot.second_reader import spending
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from storage.overview import Overview
    from storage.views import OutboxStatus


@click.command(epilog="Example: QUWEN_DATABASE_URL=sqlite:///var/quwen.db quwen status")
def command() -> None:
    """Show the state of the database, chats and deliveries, with the last errors."""
    from bot.logs import redact
    from storage.outbox import outbox_counts
    from storage.overview import overview
    from storage.pause import pause_of
    from storage.processes import processes

    settings = load_settings()
    with open_database(settings) as database, database.session(write=False) as session:
        seen = overview(session)
        outbox = outbox_counts(session, datetime.now(UTC))
        pause = pause_of(session)
        alive = [f"{process.role} {process.name} ({process.share}/s)" for process in processes(session)]
    if pause is not None:
        since = _local(pause.since, settings.zone)
        click.echo(redact(f"{'paused':<16}since {since}: {pause.reason or 'no reason given'}"))
    for label, value in _lines(settings, database.place, seen, outbox):
        click.echo(redact(f"{label:<16}{value}".rstrip()))
    click.echo(f"{'processes':<16}{', '.join(alive) or 'none'}")


def _lines(
    settings: Settings, place: str, seen: "Overview", outbox: "OutboxStatus"
) -> Iterator[tuple[str, str]]:
    yield "database", f"{place} (schema {seen.revision})"
    yield "district", f"{settings.district}, {settings.zone}"
    yield "pages", f"{seen.pages} of {seen.sources} sources, last issue {seen.last_issue or 'unknown'}"
    yield "events", f"{seen.events} from {seen.mentions} mentions"
    yield "review", _states({state: seen.reviews.get(state, 0) for state in ("open", "accepted", "rejected")})
    yield "second reader", spending(settings)
    yield "chats", _states(seen.chats)
    yield "subscriptions", _states(seen.subscriptions)
    yield "next digest", _local(seen.next_due_at, settings.zone) if seen.next_due_at else "none is due"
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
        yield "oldest pending", _local(outbox.oldest_pending, settings.zone)
    if outbox.retrying or outbox.held:
        yield (
            "of the pending",
            f"{outbox.retrying} were tried before, {outbox.held} wait for a chat or topic that is away",
        )
    if outbox.repeated:
        yield "sent again", f"{outbox.repeated}, as no answer came: they may have come twice"
    for error in outbox.last_errors:
        yield "last error", " ".join(error.split())


def _states(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count) or "none"


def _local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}"
