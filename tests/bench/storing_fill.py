"""What the temporary databases are filled with: events, and those who subscribed.

Run as a process of its own for each database, so that both are filled at once.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice, pairwise
from typing import Any

from storage.counters import given_out, go_on_after
from storage.search import document, grams
from tests.bench.processes import ROOT
from tests.bench.storing_bulk import Bulk, Store, bulk_into
from tests.bench.storing_texts import LAST_DAY, TYPES, MadeEvent, made_events

FIRST_DUE = datetime(2026, 2, 23, 1, tzinfo=UTC)  # Monday at nine in Shanghai; there are events after it too
AN_HOUR = timedelta(hours=1)
APART = timedelta(minutes=10)
AREAS = ("王佐镇", "长辛店镇", "卢沟桥街道", "马家堡街道", "花乡街道", "宛平街道", "云岗街道", "东高地街道")
FILTERS = 200
_LOT = 20_000  # events in memory
_DETAILED = 20_000  # the newest events, which lists show: these have actors, areas and a clause of evidence


def fill(stores: Sequence[Store], what: str, count: int) -> None:
    """Fill all of them at the same time with `events`, `weekly` or `due` subscriptions.

    Raises:
        CalledProcessError: one could not be filled.
    """
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.bench.storing_fill", store.url, what, str(count)], cwd=ROOT
                )
            )
            for store in stores
        ]
    for process in started:
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args)
    for store in stores:
        count_on(store)


def count_on(store: Store) -> None:
    """Let the store number its own rows after those that were written with numbers of ours."""
    with store.database.session() as session:
        go_on_after(session, given_out(session))


def events(bulk: Bulk, count: int) -> None:
    """So many events with what they are searched by; the newest with all that a list shows."""
    bulk.write("source", ("id", "name", "kind"), [(1, "丰台报", "files")])
    bulk.write("page", _PAGE, [(1, 1, "-", "", "-", LAST_DAY, "file", LAST_DAY, _moment(bulk, FIRST_DUE))])
    bulk.write("article", _ARTICLE, [(1, 1, "A1", 0, "", 0, 0, LAST_DAY, "")])
    bulk.write("area", ("id", "name"), enumerate(AREAS, 1))
    bulk.write("actor", ("id", "name"), ((number, f"第{number}居委会") for number in range(1, 1001)))
    again = bulk.without_indexes("event", "event_text")
    source = made_events(count)
    while lot := list(islice(source, _LOT)):
        bulk.write("event", _EVENT, map(_event, lot))
        if bulk.kind == "sqlite":
            bulk.write("event_text", ("event_id", "text"), ((made.id, "\n".join(made.lines)) for made in lot))
            bulk.write("event_gram", ("rowid", "grams"), map(_indexed, lot))
        else:
            bulk.write("event_text", ("event_id", "text", "grams"), map(_text, lot))
        _details(bulk, [made for made in lot if made.id > count - _DETAILED])
    again()


def _details(bulk: Bulk, newest: Sequence[MadeEvent]) -> None:
    areas = ((made.id, made.id % len(AREAS) + 1, 0) for made in newest)
    bulk.write("event_area", ("event_id", "area_id", "position"), areas)
    actors = ((made.id, made.id % 1000 + 1, 0) for made in newest)
    bulk.write("event_actor", ("event_id", "actor_id", "position"), actors)
    bulk.write("mention", _MENTION, map(_mention, newest))


def weekly(bulk: Bulk, count: int) -> None:
    """Subscriptions to everything, a thousand due together, each thousand `APART` from the next."""
    lots = max(1, count // 1000)
    _subscribe(bulk, count, lambda number: FIRST_DUE + number % lots * APART, lambda _: ([], []))


def due(bulk: Bulk, count: int) -> None:
    """Subscriptions with `FILTERS` distinct filters, mixed, due at once; and one of each an hour before."""
    kinds = [[kind] for kind in TYPES] + [[a, b] for a, b in pairwise(TYPES)]
    areas: list[list[str]] = [[], *([name] for name in AREAS), list(AREAS[:2]), list(AREAS[2:4])]
    filters = [(kind, area) for area in areas for kind in kinds][:FILTERS]
    early = FIRST_DUE - AN_HOUR
    _subscribe(
        bulk,
        count + FILTERS,
        lambda number: early if number <= FILTERS else FIRST_DUE,
        lambda number: filters[number % FILTERS],
    )


def _subscribe(bulk: Bulk, count: int, due_at: Any, filter_of: Any) -> None:
    made = _moment(bulk, FIRST_DUE - timedelta(days=7))
    numbers = range(1, count + 1)
    bulk.write("chat", _CHAT, ((number, "private", "", "zh", "active", made, made) for number in numbers))

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in numbers:
            moment = due_at(number)
            local = moment + timedelta(hours=8)
            kinds, areas = (_json(part) for part in filter_of(number))
            rhythm = (local.weekday(), local.hour, local.minute, "Asia/Shanghai")
            yield (number, number, kinds, areas, *rhythm, "active", _moment(bulk, moment), made)

    bulk.write("subscription", _SUBSCRIPTION, rows())


_PAGE = (
    "id",
    "source_id",
    "identity",
    "text",
    "file_name",
    "issued_on",
    "issued_on_source",
    "read_on",
    "read_at",
)
_ARTICLE = ("id", "page_id", "name", "page_order", "text", "start", "end", "told_on", "opening")
_MENTION = (
    *("id", "page_id", "article_id", "event_id", "type", "evidence", "context", "start", "end", "rule"),
    *("trigger", "confidence", "fields"),
)
_EVENT = (
    *("id", "public_id", "type", "subject", "date_start", "date_end", "precision", "reported_on", "told_on"),
    *("first_day", "last_day", "confidence", "review", "cleared_on", "source_id"),
)
_CHAT = ("id", "kind", "title", "language", "state", "made_at", "state_since")
_SUBSCRIPTION = (
    *("id", "chat_id", "types", "areas", "weekday", "hour", "minute", "zone", "state", "next_due_at"),
    "made_at",
)


def _event(made: MadeEvent) -> tuple[Any, ...]:
    day = made.day.isoformat()
    days = (day, day, "day", day, day, day, day)
    return (made.id, f"e{made.id}", made.type, made.lines[0], *days, 0.95, "clear", day, 1)


def _indexed(made: MadeEvent) -> tuple[Any, ...]:
    return (made.id, " ".join(map(_document, made.lines)))


def _text(made: MadeEvent) -> tuple[Any, ...]:
    return (made.id, "\n".join(made.lines), " ".join(set[str]().union(*map(_lexemes, made.lines))))


def _mention(made: MadeEvent) -> tuple[Any, ...]:
    evidence = "".join(made.lines)
    return (
        made.id,
        1,
        1,
        made.id,
        made.type,
        evidence,
        evidence,
        0,
        len(evidence),
        "rule",
        "召开",
        0.95,
        "{}",
    )


@cache
def _document(line: str) -> str:
    return document(line)


@cache
def _lexemes(line: str) -> frozenset[str]:
    return frozenset(f"'{gram}'" for gram in grams(line))  # letters and digits only: nothing to escape


def _moment(bulk: Bulk, moment: datetime) -> str:
    """A moment as the database keeps it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f") if bulk.kind == "sqlite" else moment.isoformat()


def _json(names: Sequence[str]) -> str:
    import json

    return json.dumps(list(names), ensure_ascii=False)


if __name__ == "__main__":
    _bulk = bulk_into(sys.argv[1])
    {"events": events, "weekly": weekly, "due": due}[sys.argv[2]](_bulk, int(sys.argv[3]))
    _bulk.finish()
