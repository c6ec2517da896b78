"""`quwen pairs`: the pairs of events that may be one, a person's word on them, and what was joined."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from bot import exits
from bot.commands._options import open_database
from bot.commands._terminal import printable, say_period
from bot.settings import load_settings

if TYPE_CHECKING:
    from sqlmodel import Session

    from storage.doubts import Decision
    from storage.views import EventDetail, JoiningView, PairView

SHOWN = 20


@click.command(
    epilog="Example: quwen pairs --same 12 --apart 13",
    context_settings={"max_content_width": 100},
)
@click.option("--same", multiple=True, type=int, metavar="ID", help="The two of this pair are one event.")
@click.option("--apart", multiple=True, type=int, metavar="ID", help="They are two: do not ask again.")
@click.option("--undo", multiple=True, type=int, metavar="ID", help="Take the word on this pair back.")
@click.option("--join", nargs=2, metavar="EVENT EVENT", help="Make one of two events, whatever was thought.")
@click.option("--joined", is_flag=True, help="List what was joined last instead, with its reasons.")
@click.option("--part", multiple=True, type=int, metavar="ID", help="Undo this joining; keep the two apart.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects.")
@click.option("--limit", type=click.IntRange(min=1), default=SHOWN, show_default=True, metavar="N")
def command(
    same: tuple[int, ...],
    apart: tuple[int, ...],
    undo: tuple[int, ...],
    join: tuple[str, str] | None,
    joined: bool,
    part: tuple[int, ...],
    as_json: bool,
    limit: int,
) -> int:
    """List the events that may be one, likeliest first, or decide on some.

    Reports that are surely of one happening are joined by themselves; of these pairs a person decides. Of two
    events that are joined the older is kept, and the id of the other leads to it.
    """
    if same or apart or undo or join or part:
        if joined or as_json:
            raise click.UsageError("--joined and --json list; they go without a decision")
        return _decide(same, apart, undo, join, part)
    return _list(joined=joined, as_json=as_json, limit=limit)


def _decide(
    same: Iterable[int],
    apart: Iterable[int],
    undo: Iterable[int],
    join: tuple[str, str] | None,
    part: Iterable[int],
) -> int:
    from storage.doubts import UnknownPair
    from storage.merges import UnknownMerge

    both = sorted(set(same) & set(apart))
    if both:
        raise click.UsageError(f"pair {both[0]} cannot be both the same and apart; nothing was changed")
    lines: list[str] = []
    try:
        with open_database(load_settings()) as database, database.session() as session:
            lines += _said(session, same, apart, undo)
            lines += _joined_by_hand(session, join) if join else []
            lines += [_parted(session, number) for number in part]
    except UnknownPair as error:
        raise click.UsageError(
            f"没有编号为 {error} 的一对，什么也没有改 · no pair has this number; nothing was changed"
        ) from error
    except UnknownMerge as error:
        raise click.UsageError(
            f"合并 {error} 没有，或不能撤销，什么也没有改 · no such joining to undo; nothing was changed"
        ) from error
    for line in lines:
        click.echo(printable(line))
    return exits.OK


def _said(
    session: "Session", same: Iterable[int], apart: Iterable[int], undo: Iterable[int]
) -> Iterable[str]:
    from storage.doubts import decide_pair, reopen_pair

    now = datetime.now(UTC)
    for number in same:
        yield _outcome(decide_pair(session, number, same=True, by=None, now=now))
    for number in apart:
        yield _outcome(decide_pair(session, number, same=False, by=None, now=now))
    for number in undo:
        yield _outcome(reopen_pair(session, number, by=None, now=now))


def _joined_by_hand(session: "Session", join: tuple[str, str]) -> list[str]:
    from storage.merges import events_of, merge_events

    keys = events_of(session, join)
    unknown = [name for name in join if name not in keys]
    if unknown:
        ids = "、".join(map(printable, unknown))
        raise click.UsageError(
            f"没有编号为 {ids} 的事，什么也没有改 · no event has this id; nothing was changed"
        )
    try:
        number = merge_events(session, keys[join[0]], keys[join[1]], by=None, now=datetime.now(UTC))
    except ValueError as error:
        raise click.UsageError(f"{error}; nothing was changed") from error
    return [f"joined {join[0]} {join[1]}  (undo: quwen pairs --part {number})"]


def _parted(session: "Session", number: int) -> str:
    from storage.joinings import public_ids_of
    from storage.merges import undo_merge

    parted = undo_merge(session, number, by=None, now=datetime.now(UTC))
    one, other = public_ids_of(session, (parted.event_id, parted.other_id))
    return f"parted {one} {other}"


def _outcome(decision: "Decision") -> str:
    pair = decision.pair
    ids = " ".join(detail.event.id for detail in (pair.first, pair.second) if detail)
    return f"{pair.verdict.value} {pair.id}  {ids}" + ("" if decision.changed else "  (as it was)")


def _list(*, joined: bool, as_json: bool, limit: int) -> int:
    from storage.doubts import count_doubtful, doubtful_pairs
    from storage.joinings import last_joinings

    with open_database(load_settings()) as database, database.session(write=False) as session:
        joinings = last_joinings(session, limit) if joined else []
        pairs = [] if joined else doubtful_pairs(session, limit)
        total = len(joinings) if joined else count_doubtful(session)
    found: list[JoiningView] | list[PairView] = joinings if joined else pairs
    if as_json:
        plain = [_plain_joining(each) for each in joinings] or [_plain_pair(each) for each in pairs]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return exits.OK
    lines = [line for each in joinings for line in _shown_joining(each)]
    lines += [line for each in pairs for line in _shown_pair(each)]
    for line in lines:
        click.echo(printable(line))
    if not found:
        none = "还没有合并过 · nothing was joined" if joined else "没有拿不准的 · nothing is in doubt"
        click.echo(none, err=True)
    elif total > len(found):
        click.echo(f"{len(found)} of {total}; --limit shows more", err=True)
    return exits.OK


def _shown_pair(pair: "PairView") -> Iterable[str]:
    yield f"{pair.id}  {pair.score:.2f}  {_reasons(pair)}"
    for detail in (pair.first, pair.second):
        if detail is not None:
            yield from _shown_event(detail)


def _shown_event(detail: "EventDetail") -> Iterable[str]:
    event = detail.event
    when = say_period(event.when) or "day not told"
    yield f"      {event.id}  {event.type.value}  {event.subject}  ({when})"
    for proof in detail.proofs[:1]:
        yield f"        {proof.source} {proof.issued_on or 'no issue date'}: {proof.evidence}"


def _reasons(pair: "PairView") -> str:
    told = "; ".join(pair.pros)
    return told + (f"; but {'; '.join(pair.cons)}" if pair.cons else "")


def _shown_joining(joining: "JoiningView") -> Iterable[str]:
    undone = "  undone" if joining.undone else ""
    head = f"{joining.id}  {joining.made_at:%Y-%m-%d}  {joining.why}"
    yield f"{head}  {joining.event_id}  {joining.subject}{undone}"
    yield f"      {'; '.join(joining.reasons)}".rstrip()
    for words in joining.evidence:
        yield f"      {words}"


def _plain_pair(pair: "PairView") -> dict[str, Any]:
    return {
        "id": pair.id,
        "score": pair.score,
        "events": [each.event.id for each in (pair.first, pair.second) if each],
        "subjects": [each.event.subject for each in (pair.first, pair.second) if each],
        "for": list(pair.pros),
        "against": list(pair.cons),
    }


def _plain_joining(joining: "JoiningView") -> dict[str, Any]:
    return {
        "id": joining.id,
        "event": joining.event_id,
        "subject": joining.subject,
        "why": joining.why,
        "score": joining.score,
        "reasons": list(joining.reasons),
        "evidence": list(joining.evidence),
        "made_at": joining.made_at.isoformat(),
        "made_by": joining.made_by,
        "undone": joining.undone,
    }
