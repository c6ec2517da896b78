"""Making the digests of many who share few filters beside those of one subscriber for each filter.

Run as a process of its own, whose memory is looked at.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import jobs.digest
from parsing.district import load_district
from storage.database import Database
from storage.queueing import DueDigest, schedule_digests
from tests.bench.collecting import resident
from tests.bench.figures import Goal, Row, Spread
from tests.bench.processes import ROOT
from tests.bench.storing_bulk import Store
from tests.bench.storing_fill import AN_HOUR, FILTERS, FIRST_DUE

ROUNDS = 2  # weeks: in each, all are due again
_WEEK = timedelta(days=7)


def making_digests(store: Store, count: int) -> Iterator[Row]:
    """Rows of a store that `storing_fill.due` filled with `count`."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.storing_digests", store.url, str(count)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    few, many, early, late = (Spread(tuple(values)) for values in json.loads(told.stdout))
    yield Row(f"digests of {FILTERS} subscribers with {FILTERS} filters, {store.name}", few, "s")
    yield Row(
        f"of {count:,} with the same filters : of these, {store.name}", many.to(few), goal=Goal(3, most=True)
    )
    yield Row(
        f"memory after all of them : after a quarter, {store.name}", late.to(early), goal=Goal(1.1, most=True)
    )


async def _rounds(url: str, count: int) -> list[Sequence[float]]:
    database = Database(url)
    try:
        told = [await _round(database, FIRST_DUE + number * _WEEK, count) for number in range(ROUNDS)]
    finally:
        database.close()
    return list(zip(*told, strict=True))


async def _round(database: Database, now: datetime, count: int) -> tuple[float, float, float, float]:
    few = await _seconds(database, now - AN_HOUR, FILTERS)
    memory: list[float] = []
    queued = 0

    def watched(session: object, digests: Sequence[DueDigest], moment: datetime) -> set[int]:
        nonlocal queued
        done = schedule_digests(session, digests, moment)  # type: ignore[arg-type]
        before, queued = queued, queued + len(done)
        if before < count // 4 <= queued or queued == count:
            memory.append(resident())
        return done

    setattr(jobs.digest, "schedule_digests", watched)  # noqa: B010
    many = await _seconds(database, now, count)
    return few, many, memory[0], memory[-1]


async def _seconds(database: Database, now: datetime, expected: int) -> float:
    start = time.perf_counter()
    made = await jobs.digest.make_digests(database, district=load_district("丰台区"), now=now)
    spent = time.perf_counter() - start
    if (made.made, made.rendered) != (expected, FILTERS):
        raise RuntimeError(f"{made} where {expected} were due")
    return spent


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_rounds(sys.argv[1], int(sys.argv[2])))))  # noqa: T201
