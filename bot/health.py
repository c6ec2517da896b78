"""Whether this process is alive, and whether it does what it is for."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from bot.vitals import Hears, Vitals
from storage.database import Database, DatabaseError

PATIENCE = 5.0  # seconds for the database to answer
JOB_LATE = timedelta(minutes=5)  # the digest job runs each minute; a tick may make digests for a while
UPDATES_LATE = timedelta(minutes=2)  # a request for updates is held open for half a minute
_WATCHED = "digest"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


async def is_alive(database: Database) -> list[Check]:
    """Whether the database answers: without it nothing here makes sense."""
    try:
        async with asyncio.timeout(PATIENCE):
            await database.read(_answers)
    except TimeoutError:
        return [Check("database", ok=False, detail=f"no answer within {PATIENCE:g} s")]
    except DatabaseError as error:
        return [Check("database", ok=False, detail=str(error))]
    return [Check("database", ok=True, detail=f"{database.place} answers")]


async def is_ready(database: Database, vitals: Vitals) -> list[Check]:
    """The same, and whether the jobs run and Telegram is heard."""
    return [*await is_alive(database), *_jobs(vitals), *_updates(vitals)]


def _jobs(vitals: Vitals) -> Iterator[Check]:
    if _WATCHED not in vitals.jobs:
        return  # another process runs the jobs
    last = vitals.jobs[_WATCHED]
    name, since = "scheduler", last or vitals.began_at
    fresh = since is not None and vitals.clock() - since <= JOB_LATE
    if fresh and last is None:
        told = "has just begun"
    elif fresh and not vitals.leads:
        told = "another process makes the digests"
    else:
        told = f"digests were last looked after {_ago(last, vitals.clock())}"
    yield Check(name, ok=fresh, detail=told)


def _updates(vitals: Vitals) -> Iterator[Check]:
    if vitals.hears is Hears.NOTHING:
        return
    last, now = vitals.updates_at, vitals.clock()
    if vitals.hears is Hears.PUSHES:  # only what people write, which may be nothing for days
        yield Check("updates", ok=True, detail=f"the webhook is set; last heard {_ago(last, now)}")
        return
    if vitals.rivalry.rival is not None:
        yield Check("updates", ok=False, detail=vitals.rivalry.rival.advice)
        return
    fresh = (last or vitals.began_at) is not None and now - (last or vitals.began_at or now) <= UPDATES_LATE
    yield Check("updates", ok=fresh, detail=f"Telegram last answered {_ago(last, now)}")


def _ago(then: datetime | None, now: datetime) -> str:
    return f"{max(0, round((now - then).total_seconds()))} s ago" if then else "never"


def _answers(session: Session) -> None:
    session.execute(text("SELECT 1"))
