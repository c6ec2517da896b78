"""A process that collects issues of a paper served on this machine: what it costs besides reading."""

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.processes import ROOT
from tests.bench.texts import all_pages
from tests.sources.paper import serve_issue
from tests.sources.site import Site, site

AN_ISSUE = 20  # articles
_FIRST = date(2024, 1, 1)
_LETTERS = (100, 500)  # of an article, at least


def collect(articles: int) -> dict[str, float]:
    """Collect so many articles from an empty store, twenty an issue.

    Returns `reading`, `storing` and `besides` (fetching, and the ledger) in seconds of processor time, and
    `early` and `late`, the memory in bytes when a quarter and when all of it was done.
    """
    issues = articles // AN_ISSUE
    with site() as made, TemporaryDirectory() as folder:
        _serve(made, issues)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.collecting", made.url, f"{folder}/bench.db", str(issues)],
            check=True,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _serve(made: Site, issues: int) -> None:
    luck = random.Random(0)
    for number in range(issues):
        day = _FIRST + timedelta(days=number)
        stories = _stories(day, luck)
        pages = [[next(stories) for _ in range(AN_ISSUE // 2)] for _ in range(2)]
        serve_issue(made, day, pages, before=day - timedelta(days=1) if number else None)


def _stories(day: date, luck: random.Random) -> Iterator[tuple[str, str]]:
    """Paragraphs of the labelled pages, put together anew for each article, with other days and numbers."""
    lines = [line.strip() for line in all_pages().splitlines()]
    heads = [line for line in lines if 8 <= len(line) <= 30 and not re.search("[。；，：]", line)]
    bodies = [line for line in lines if len(line) > 60]

    def told(found: re.Match[str]) -> str:
        other = day - timedelta(days=luck.randint(0, 9))
        return f"{other.month}月{other.day}日"

    while True:
        wanted, body = luck.randint(*_LETTERS), ""
        while len(body) < wanted:
            line = re.sub(r"\d{1,2}月\d{1,2}日", told, luck.choice(bodies))
            line = re.sub(r"\d{2,}(?![年月日\d])", lambda _: str(luck.randint(10, 99_999)), line)
            body += f"</p><p>　　{line}"
        yield luck.choice(heads), body


class _Watch:
    """The processor time of what is called through it."""

    def __init__(self) -> None:
        self.spent = 0.0

    def over(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, watched."""

        def called(*arguments: Any, **named: Any) -> Any:
            start = time.thread_time()
            try:
                return fn(*arguments, **named)
            finally:
                self.spent += time.thread_time() - start

        return called


def _run(url: str, path: str, issues: int) -> dict[str, float]:
    """In the process that is measured."""
    import jobs.collecting.issues
    from bot.collecting import Reader
    from bot.settings import Settings
    from jobs.collect import Collecting, at_work
    from jobs.collecting.backfill import BackfillResult, backfill
    from jobs.collecting.hours import hours_of
    from sources.catalog import sources_of
    from sources.families import founder_pages
    from sources.fetching.fetcher import Fetcher
    from sources.fetching.pace import Pace
    from storage.database import Database
    from storage.ingest import store_reading

    entry = (
        f'[[source]]\nid="hexi"\nname="河西时报"\ndistrict="丰台区"\nadapter="founder"\nbase="{url}/shibao"\n'
    )
    source = sources_of(entry + 'tls="http"', "bench")["hexi"]
    settings = Settings.model_validate({"database_url": f"sqlite:///{path}"})
    reading, storing = _Watch(), _Watch()
    setattr(jobs.collecting.issues, "store_reading", storing.over(store_reading))  # noqa: B010
    for name in ("pages", "articles", "article", "label", "previous_issue"):
        setattr(founder_pages, name, reading.over(getattr(founder_pages, name)))
    reader = Reader(settings)
    last = _FIRST + timedelta(days=issues - 1)
    reader("3月5日，区政府召开会议。", district="丰台区", issued_on=last)  # loads the models
    database = Database(settings.database_url)
    database.upgrade()
    work = Collecting(
        database=database,
        fetcher_of=lambda source: Fetcher(
            agent="Quwen", pace=Pace(gap=0.0, jitter=0.0), tls=source.tls, private=True
        ),
        read=reading.over(reader),
        clock=lambda: datetime.now(UTC),
        zone=settings.zone,
        hours=hours_of(settings.collect_hours),
    )
    memory: list[float] = []

    def told(_day: date, result: BackfillResult) -> None:
        if result.read in (issues // 4, issues):
            memory.append(resident())

    reading.spent, start = 0.0, time.process_time()
    with at_work(work, source) as desk:
        result = backfill(desk, _FIRST, last, told=told)
    spent = time.process_time() - start
    if result.articles != issues * AN_ISSUE or result.why:
        raise RuntimeError(f"{result.articles} articles were stored: {result.why}")
    return {
        "reading": reading.spent,
        "storing": storing.spent,
        "besides": spent - reading.spent - storing.spent,
        "early": memory[0],
        "late": memory[-1],
    }


def resident() -> float:
    """The memory that this process holds now, in bytes."""
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return float(pages * resource.getpagesize())


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], sys.argv[2], int(sys.argv[3]))))  # noqa: T201
