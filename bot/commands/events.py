"""`quwen events`: show, search and export what is stored."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from bot import exits
from bot.commands._options import DAY, open_database
from bot.commands._terminal import say_period, show
from bot.settings import load_settings
from parsing.model import EventType
from storage.filters import EventFilter
from storage.review import Review

if TYPE_CHECKING:
    from sqlmodel import Session

    from parsing.district import District
    from storage.views import EventView

ROWS_OF_A_TABLE = 50
_TABLE = {"date": None, "type": None, "what": 5, "who": 3, "where": 2, "id": None, "review": None}


@click.command(
    epilog="Example: quwen events --type award --from 2024-01-01 --search 社区 --format csv > awards.csv"
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([kind.value for kind in EventType]),
    help="May be repeated.",
)
@click.option("--from", "since", type=DAY, metavar="DATE", help="First day.")
@click.option("--to", "until", type=DAY, metavar="DATE", help="Last day.")
@click.option("--area", "areas", multiple=True, metavar="NAME", help="A street or town; may be repeated.")
@click.option("--search", "words", multiple=True, metavar="WORDS", help="Every word must occur.")
@click.option(
    "--format", "shape", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"At most so many, newest first; default: {ROWS_OF_A_TABLE} in a table, else all.",
)
def command(
    types: tuple[str, ...],
    since: date | None,
    until: date | None,
    areas: tuple[str, ...],
    words: tuple[str, ...],
    shape: str,
    limit: int | None,
) -> int:
    """Show, search and export the stored events, newest first.

    Those that wait for a second look are among them, with the word open; those that were rejected are not.
    """
    if since and until and until < since:
        raise click.BadParameter(f"{until} is before --from {since}", param_hint="--to")
    settings = load_settings()
    with open_database(settings) as database, database.session(write=False) as session:
        flt = EventFilter(
            types=tuple(map(EventType, types)),
            areas=tuple(_area(session, settings.pack(), name) for name in areas),
            words=tuple(word for group in words for word in group.split()),
            since=since,
            until=until,
        )
        write: Callable[[Session, EventFilter, int | None], int] = _WRITERS[shape]
        if not write(session, flt, limit):
            click.echo("No event matches; `quwen status` tells what is stored.", err=True)
    return exits.OK


def _area(session: "Session", pack: "District", name: str) -> str:
    from storage.events import known_areas

    found = pack.find_area(name)
    if found is not None:
        return found.name
    known = known_areas(session)
    if name in known:
        return name
    every = dict.fromkeys([*(area.name for area in pack.areas), *known])
    raise click.BadParameter(
        f"no area is called {name!r}; there are: {'、'.join(every)}", param_hint="--area"
    )


def _found(session: "Session", flt: EventFilter, limit: int | None) -> Iterator["EventView"]:
    from storage.events import all_events

    return islice(all_events(session, flt), limit)


def _write_table(session: "Session", flt: EventFilter, limit: int | None) -> int:
    from storage.events import find_events

    page = find_events(session, flt, limit=limit or ROWS_OF_A_TABLE)
    if not page.events:
        return 0
    show(_TABLE, map(_row, page.events))
    if page.total > len(page.events):
        click.echo(f"{len(page.events)} of {page.total}; --limit shows more", err=True)
    return len(page.events)


def _row(event: "EventView") -> tuple[str, ...]:
    actors, open_or_not = "、".join(event.actors), "open" if event.review is Review.OPEN else ""
    return _when(event), event.type, event.subject, actors, _where(event), event.id, open_or_not


def _write_json(session: "Session", flt: EventFilter, limit: int | None) -> int:
    count = 0
    click.echo("[", nl=False)
    for count, event in enumerate(_found(session, flt, limit), start=1):
        click.echo(
            ("" if count == 1 else ",") + "\n" + json.dumps(_plain(session, event), ensure_ascii=False),
            nl=False,
        )
    click.echo("\n]" if count else "]")
    return count


def _write_csv(session: "Session", flt: EventFilter, limit: int | None) -> int:
    out = csv.writer(sys.stdout, lineterminator="\n")
    count = 0
    for count, event in enumerate(_found(session, flt, limit), start=1):
        row = _plain(session, event)
        if count == 1:
            out.writerow(row)
        out.writerow(map(cell, row.values()))
    if not count:
        out.writerow(_COLUMNS)
    return count


_WRITERS = {"table": _write_table, "json": _write_json, "csv": _write_csv}
_COLUMNS = (
    "id",
    "type",
    "evidence",
    "subject",
    "actors",
    "people",
    "place",
    "date_start",
    "date_end",
    "precision",
    "stage",
    "areas",
    "reported_on",
    "source",
    "headline",
    "confidence",
    "review",
    "url",
    "source_url",
)


def _plain(session: "Session", event: "EventView") -> dict[str, Any]:
    """The fields of an annotation, its evidence as a short quotation, and what the store knows besides."""
    from messages.quoting import shortened
    from storage.events import get_event

    detail = get_event(session, event.id)
    proof = detail.proofs[0] if detail and detail.proofs else None
    values = (
        event.id,
        event.type,
        shortened(proof.evidence) if proof else None,
        event.subject,
        list(event.actors),
        list(event.people),
        event.place,
        event.when.start and event.when.start.isoformat(),
        event.when.end and event.when.end.isoformat(),
        event.when.precision,
        event.stage,
        list(event.areas),
        event.reported_on and event.reported_on.isoformat(),
        event.source,
        proof.headline if proof else None,
        round(event.confidence, 3),
        event.review,
        proof.url if proof else None,
        proof.source_url if proof else None,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def cell(value: Any) -> str:
    """A value as a CSV cell that no spreadsheet takes for a formula."""
    text = "" if value is None else "、".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _when(event: "EventView") -> str:
    said = say_period(event.when)
    return said or (f"(told {event.reported_on})" if event.reported_on else "(not told)")


def _where(event: "EventView") -> str:
    return event.place or "、".join(_without(event.areas, event.actors))


def _without(names: Iterable[str], others: Iterable[str]) -> list[str]:
    known = set(others)
    return [name for name in names if name not in known]
