"""Reading lists among very many events, and searching them, beside what the databases do without our help."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median, quantiles

from sqlalchemy import text
from sqlmodel import Session, col, select

from parsing.model import EventType
from storage.events import find_events
from storage.filters import EventFilter
from storage.search import has_words
from storage.tables_events import EventRow
from tests.bench.figures import Goal, Row, Spread, interleaved
from tests.bench.storing_bulk import Store
from tests.bench.storing_texts import words_that_do_not, words_that_occur

LENGTHS = range(1, 5)
WORDS = 4  # of each length, that occur, and as many that do not
_CALLS = 20
_RAW = (
    "SELECT id, public_id, type, subject, date_start, date_end, precision, reported_on, place, stage, state,"
    " confidence, review FROM event WHERE type = ? ORDER BY first_day DESC, id DESC LIMIT 10"
)
_LIKE = text("SELECT event_id FROM event_text WHERE text LIKE :word ORDER BY event_id DESC LIMIT 10")
_ALL_LIKE = text("SELECT event_id FROM event_text WHERE text LIKE :word")


def latest(store: Store, count: int) -> Iterator[Row]:
    """The newest ten of a type on SQLite: by the plain query, and as a chat asks for them."""
    raw, ours = asyncio.run(_latest(store))
    among = f"latest ten of a type among {count:,} events"
    yield Row(f"{among}, raw sqlite3, p50", raw, "ms")
    yield Row(f"`find_events`, awaited, p50 : it, {store.name}", ours.to(raw), goal=Goal(10, most=True))


async def _latest(store: Store) -> tuple[Spread, Spread]:
    connection = sqlite3.connect(store.path)
    flt = EventFilter(types=(EventType.MEETING,))
    rounds: list[tuple[float, float]] = []
    for _ in range(5):
        plain, whole = [], []
        for _ in range(_CALLS):
            start = time.perf_counter()
            rows = connection.execute(_RAW, ("meeting",)).fetchall()
            between = time.perf_counter()
            page = await store.database.read(find_events, flt, limit=10)
            plain.append(between - start)
            whole.append(time.perf_counter() - between)
        if [row[1] for row in rows] != [event.id for event in page.events]:
            raise RuntimeError("the two lists differ")
        rounds.append((median(plain) * 1000, median(whole) * 1000))
    connection.close()
    raw, ours = zip(*rounds, strict=True)
    return Spread(raw), Spread(ours)


def search(store: Store, count: int) -> Iterator[Row]:
    """The newest ten that have a word, of one to four characters."""
    occur, absent = words_that_occur(LENGTHS, WORDS), words_that_do_not(LENGTHS, WORDS)
    with store.database.session(write=False) as session:
        recall, false = _truth(session, [*occur, *absent])
        like, missing, hitting = interleaved(
            2,
            lambda: median(_milliseconds(lambda word: _like(session, word), absent)),
            lambda: p95(_milliseconds(lambda word: _found(session, word), absent * 3)),
            lambda: p95(_milliseconds(lambda word: _found(session, word), occur)),
        )
    among = f"search among {count:,} events, {store.name}"
    yield Row(f"{among}: least recall of a word", Spread((recall,)), goal=Goal(1))
    yield Row(f"{among}: false hits", Spread((false,)), goal=Goal(0, most=True))
    yield Row(f"{among}: LIKE, words without hits, p50", like, "ms")
    yield Row("newest ten by words without hits, p95 : it", missing.to(like), goal=Goal(0.05, most=True))
    yield Row("newest ten by words that occur, p95 : it", hitting.to(like))


def p95(values: Sequence[float]) -> float:
    """What 19 of 20 values keep below."""
    return quantiles(values, n=20, method="inclusive")[-1]


def _milliseconds(ask: Callable[[str], object], words: Sequence[str]) -> list[float]:
    spent = []
    for word in words:
        start = time.perf_counter()
        ask(word)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def _like(session: Session, word: str) -> Sequence[int]:
    return session.scalars(_LIKE, {"word": f"%{word}%"}).all()


def _found(session: Session, word: str) -> object:
    return find_events(session, EventFilter(words=(word,)), limit=10)


def _truth(session: Session, words: Sequence[str]) -> tuple[float, float]:
    """The least share of LIKE's events that a word finds, and how many it finds beside them.

    Events are numbered by their age, and public ids are made of the numbers.

    Raises:
        RuntimeError: the newest ten, or the total, are not those of LIKE.
    """
    recall, false = 1.0, 0
    for word in words:
        true = set(session.scalars(_ALL_LIKE, {"word": f"%{word}%"}))
        condition = has_words(session, [word])
        if condition is None:
            raise RuntimeError(f"{word!r} is no word")
        found = set(session.scalars(select(col(EventRow.id)).where(condition)))
        recall = min(recall, len(found & true) / len(true) if true else 1.0)
        false += len(found - true)
        page = find_events(session, EventFilter(words=(word,)), limit=10)
        newest = [f"e{number}" for number in sorted(true, reverse=True)[:10]]
        if page.total != len(true) or [event.id for event in page.events] != newest:
            raise RuntimeError(f"the list of {word!r} is not that of LIKE")
    return recall, false
