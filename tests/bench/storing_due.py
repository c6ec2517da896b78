"""A look at the clock among very many subscriptions: what is due is found, and is due no more."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count as counting

from jobs.digest import BATCH, make_digests
from parsing.district import load_district
from storage.database import Database
from storage.queueing import DueDigest, save_digest, schedule_digests
from storage.subscriptions import due
from storage.views import SubscriptionView
from tests.bench.figures import Goal, Row, interleaved
from tests.bench.storing_bulk import Store
from tests.bench.storing_fill import APART, FIRST_DUE

ROUNDS = 10
_WEEK = timedelta(days=7)


def ticks(store: Store, count: int) -> Iterator[Row]:
    """Rows of a store that `storing_fill.weekly` filled with `count`."""
    database = store.database
    digest = _a_digest(database)
    lots = (FIRST_DUE + number * APART for number in counting())
    with asyncio.Runner() as runner:

        def timed(parts: int) -> Callable[[], float]:
            return lambda: runner.run(_claim(database, next(lots), digest, parts))

        def idle() -> float:
            return runner.run(_idle(database, FIRST_DUE - timedelta(seconds=1)))

        idle()  # loads what is loaded once
        nothing = interleaved(ROUNDS, idle)[0]
        claimed, queued = interleaved(ROUNDS, timed(0), timed(1))
    of = f"of {count:,} subscriptions, {store.name}"
    yield Row(f"`make_digests` with none due {of}", nothing, "ms", Goal(1, most=True))
    yield Row(f"look for 1,000 due {of}, and move their dates", claimed, "ms", Goal(20, most=True))
    yield Row("the same with a delivery for each", queued, "ms")


def _a_digest(database: Database) -> int:
    with database.session() as session:
        day = FIRST_DUE.date()
        return save_digest(session, key="-", period_start=day, period_end=day, language="zh", parts=["{}"])


async def _idle(database: Database, now: datetime) -> float:
    start = time.perf_counter()
    made = await make_digests(database, district=load_district("丰台区"), now=now)
    spent = time.perf_counter() - start
    if made:
        raise RuntimeError(f"{made} where none were due")
    return spent * 1000


async def _claim(database: Database, now: datetime, digest: int, parts: int) -> float:
    """Milliseconds for those that are due now, in the batches of the digest job."""
    start = time.perf_counter()
    done, last = 0, None
    while batch := await database.run(due, now, BATCH, after=last):
        digests = _digests(batch, digest, parts)
        done += len(await database.run(schedule_digests, digests, now))
        last = batch[-1]
        if len(batch) < BATCH:
            break
    spent = time.perf_counter() - start
    if not 900 < done < 1100:
        raise RuntimeError(f"{done} were due")
    return spent * 1000


def _digests(batch: Sequence[SubscriptionView], digest: int, parts: int) -> list[DueDigest]:
    return [
        DueDigest(one, f"digest:{one.next_due_at:%Y-%m-%d}", digest, parts, one.next_due_at + _WEEK)
        for one in batch
    ]
