"""The store: what is due among a million subscriptions, and what is found among a million events."""

import os
from collections.abc import Iterator

from tests.bench.figures import Row
from tests.bench.storing_bulk import temporary_stores
from tests.bench.storing_digests import making_digests
from tests.bench.storing_due import ticks
from tests.bench.storing_events import latest, search
from tests.bench.storing_fill import fill

MILLION = int(os.environ.get("QUWEN_BENCH_ROWS", "1000000"))  # fewer, to try it

NOTE = """\
All by the clock, on a SQLite file and a PostgreSQL database that are filled for it and removed afterwards.
Events are made of pieces of the labelled pages and of names that occur once or a few times, some 46
characters each, over twenty years. `QUWEN_BENCH_ROWS` sets another number (20,000 or more).

*Look for 1,000 due* is what the digest job does but for making the digests: `subscriptions.due` and
`queueing.schedule_digests`, in the job's batches and transactions, awaited. Each round takes those that are
due ten minutes after the last ones. Making digests is the whole job, rendering included; those of one
subscriber for each filter are made an hour before those of all others, in the same process. The raw query of
the latest ten reads the columns of `event` by its index; `find_events` also counts all that match, and reads
who, where and the clause of evidence. LIKE scans the texts, newest first; recall and false hits are those of
all events found by each word against all that LIKE finds, and the newest ten and the total are compared too.
"""


def subscriptions() -> Iterator[Row]:
    """What a tick costs."""
    with temporary_stores() as stores:
        fill(stores, "weekly", MILLION)
        for store in stores:
            yield from ticks(store, MILLION)


def events() -> Iterator[Row]:
    """What lists, searches and digests cost."""
    with temporary_stores() as stores:
        fill(stores, "events", MILLION)
        yield from latest(stores[0], MILLION)
        for store in stores:
            yield from search(store, MILLION)
        fill(stores, "due", MILLION // 10)
        for store in stores:
            yield from making_digests(store, MILLION // 10)


PARTS = (subscriptions, events)
