"""The outbox emptied without sending: claims and marks, beside the same statements on the bare driver."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial

from storage import outbox
from storage.database import Database
from tests.bench.figures import Goal, Row, interleaved
from tests.bench.replay import Recording, recorded
from tests.bench.stores import KINDS, copy_of, fill, upgraded

DELIVERIES = 5_000
AT_ONCE = 100
_ROUNDS = 3


def claim_and_mark() -> Iterator[Row]:
    """Of each kind of database."""
    for kind in KINDS:
        with ExitStack() as stack:
            full = stack.enter_context(upgraded(kind))
            database = Database(full)
            with database.session() as session:
                fill(session, DELIVERIES)
            database.close()
            recording = _recorded(full)
            ours, bare = interleaved(_ROUNDS, partial(_ours, full), partial(_bare, full, recording))
        name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[kind]
        yield Row(f"claim and mark, {name}", ours.of(DELIVERIES), "deliveries/s")
        yield Row(f"it : the same statements on the bare driver, {name}", bare.to(ours), goal=Goal(0.8))


def _recorded(full: str) -> Recording:
    with copy_of(full) as copy:
        database = Database(copy)
        with recorded(database) as recording:
            _empty(database)
        database.close()
    return recording


def _ours(full: str) -> float:
    with copy_of(full) as copy:
        database = Database(copy)
        with database.session(write=False):
            pass  # connected
        start = time.perf_counter()
        _empty(database)
        spent = time.perf_counter() - start
        database.close()
    return spent


def _bare(full: str, recording: Recording) -> float:
    with copy_of(full) as copy:
        start = time.perf_counter()
        recording.replay(copy)
        return time.perf_counter() - start


def _empty(database: Database) -> None:
    """Claim, begin and mark until nothing is left.

    Raises:
        RuntimeError: it was not all.
    """
    done = 0
    while True:
        now = datetime.now(UTC)
        with database.session() as session:
            batch = outbox.claim(session, now, worker="bench", limit=AT_ONCE)
        if not batch:
            break
        with database.session() as session:
            begun = outbox.begin_sending(session, [one.id for one in batch], worker="bench", now=now)
        with database.session() as session:
            outbox.mark_sent(session, dict.fromkeys(begun, 1), now)
        done += len(begun)
    if done != DELIVERIES:
        raise RuntimeError(f"{done} of {DELIVERIES} deliveries were claimed")
