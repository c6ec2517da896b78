"""`quwen review`: the doubtful events, and a person's word on them."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from bot import exits
from bot.commands._options import open_database
from bot.commands._terminal import printable, say_period
from bot.settings import load_settings

if TYPE_CHECKING:
    from storage.views import EventDetail

SHOWN = 50
_WORDS = ("--accept", "--reject")


class _ManyIds(click.Command):
    """A command whose `--accept` and `--reject` take all the ids that follow them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Say the option again before each further id, as click wants it."""
        spread: list[str] = []
        word = None
        for at, arg in enumerate(args):
            if arg in _WORDS:
                word = arg
                if at + 1 == len(args) or args[at + 1].startswith("-"):
                    raise click.UsageError(f"{arg} needs the id of an event", ctx)
            elif arg.startswith("-"):
                word = None
                spread.append(arg)
            else:
                spread += [word, arg] if word else [arg]
        return super().parse_args(ctx, spread)


@click.command(
    cls=_ManyIds,
    epilog="Example: quwen review --accept k7f2 m3q8 --reject p5t9",
    context_settings={"max_content_width": 100},
)
@click.option("--accept", multiple=True, metavar="ID...", help="These are events: tell them.")
@click.option("--reject", multiple=True, metavar="ID...", help="These are none: show them nowhere.")
@click.option("--rejected", is_flag=True, help="List what was rejected instead.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects; without --limit all of them.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"List at most so many, surest first; default: {SHOWN}.",
)
def command(
    accept: tuple[str, ...], reject: tuple[str, ...], rejected: bool, as_json: bool, limit: int | None
) -> int:
    """List the events that wait for a second look, surest first, or decide on some.

    An event waits while no report of it is sure enough and no second source tells it in its own words: lists
    mark it 待核实, and the digest leaves it out. Only another decision changes a decision.
    """
    if accept or reject:
        if rejected or limit:
            raise click.UsageError("--accept and --reject go without --rejected and --limit")
        return _decide(accept, reject, as_json=as_json)
    return _list(rejected=rejected, as_json=as_json, limit=limit)


def _decide(accept: tuple[str, ...], reject: tuple[str, ...], *, as_json: bool) -> int:
    from storage.review_queue import UnknownEvents, decide

    settings = load_settings()
    today = datetime.now(UTC).astimezone(ZoneInfo(settings.zone)).date()
    try:
        with open_database(settings) as database, database.session() as session:
            decided = decide(session, accept=accept, reject=reject, today=today)
    except UnknownEvents as error:
        ids = "、".join(map(printable, error.ids))
        raise click.UsageError(
            f"没有编号为 {ids} 的事，什么也没有改 · no event has this id; nothing was changed"
        ) from error
    except ValueError as error:
        raise click.UsageError(f"{error}; nothing was changed") from error
    if as_json:
        click.echo(_json(decided))
        return exits.OK
    for detail in decided:
        click.echo(printable(f"{detail.event.review.value} {detail.event.id}  {detail.event.subject}"))
    return exits.OK


def _list(*, rejected: bool, as_json: bool, limit: int | None) -> int:
    from storage.review import Review
    from storage.review_queue import count_in_review, in_review

    state = Review.REJECTED if rejected else Review.OPEN
    settings = load_settings()
    with open_database(settings) as database, database.session(write=False) as session:
        total = count_in_review(session, state)
        found = in_review(session, state, limit=limit or (None if as_json else SHOWN))
    if as_json:
        click.echo(_json(found))
        return exits.OK
    for detail in found:
        for line in _shown(detail):
            click.echo(printable(line))
    if not found:
        none = "没有被否定的事 · nothing was rejected" if rejected else "没有待核实的事 · nothing waits"
        click.echo(none, err=True)
    elif total > len(found):
        click.echo(f"{len(found)} of {total}; --limit shows more", err=True)
    return exits.OK


def _shown(detail: "EventDetail") -> Iterable[str]:
    event = detail.event
    when = say_period(event.when) or "day not told"
    yield f"{event.id}  {event.confidence:.2f}  {event.type.value}  {event.subject}  ({when})"
    for proof in detail.proofs[:1]:
        context = proof.context if proof.evidence in proof.context else proof.evidence
        yield f"      {context.replace(proof.evidence, f'[{proof.evidence}]', 1)}"
        where = f"{proof.source} {proof.issued_on or 'no issue date'}"
        where += f" page {proof.page_number}" if proof.page_number else ""
        yield f"      {where}  {proof.headline or ''}".rstrip()
    if len(detail.proofs) > 1:
        yield f"      {len(detail.proofs)} reports in all"


def _json(details: Iterable["EventDetail"]) -> str:
    return json.dumps([_plain(detail) for detail in details], ensure_ascii=False, indent=1)


def _plain(detail: "EventDetail") -> dict[str, Any]:
    event = detail.event
    start, end = event.when.start, event.when.end
    return {
        "id": event.id,
        "review": event.review.value,
        "confidence": round(event.confidence, 3),
        "type": event.type.value,
        "subject": event.subject,
        "date_start": start and start.isoformat(),
        "date_end": end and end.isoformat(),
        "precision": event.when.precision.value,
        "reports": [
            {
                "source": proof.source,
                "issued_on": proof.issued_on and proof.issued_on.isoformat(),
                "page": proof.page_number,
                "headline": proof.headline,
                "evidence": proof.evidence,
                "context": proof.context,
                "url": proof.url,
                "rule": proof.rule,
                "confidence": round(proof.confidence, 3),
            }
            for proof in detail.proofs
        ],
    }
