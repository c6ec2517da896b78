"""Sending: how fast messages go where nothing holds them back, and what delivering costs besides."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from storage.database import Database
from tests.bench.api import answering
from tests.bench.figures import Goal, Row, Spread, interleaved
from tests.bench.outbox import claim_and_mark
from tests.bench.pacing import flood, rate
from tests.bench.senders import sending
from tests.bench.stores import KINDS, copy_of, fill, upgraded

NOTE = """\
A Bot API that answers everything at once, or 50 ms later, runs in a process of its own, and so does each
way to send. *The library's default* is `Bot.send_message` over one HTTPXRequest as python-telegram-bot
makes it; *our transport* is `bot/transport.py`. *The delivery loop* is `jobs/deliver.py` without a limiter:
claims, sending and marks. *The limit* is what so many messages under way at once could reach if nothing but
the 50 ms took time. The outbox is emptied a hundred at a time; the statements that this sends are recorded
and sent once more to a copy of the database by sqlite3 or psycopg alone. The most messages in a second are
counted by the strict server of the tests (`tests/fakebot`), as they arrive from `quwen run` and two `quwen
worker` at one PostgreSQL, started beside a full outbox. The use of the rate is that after the first thirty
messages, which may go at once.
"""

LATENCY = 0.05  # seconds
PAID_IN_FLIGHT = 50
FREE_IN_FLIGHT = 10
_ROUNDS = 3


def paid() -> Iterator[Row]:
    """Fifty at once, answered after 50 ms, as in a paid broadcast."""
    limit = PAID_IN_FLIGHT / LATENCY
    with answering(LATENCY) as api:

        def tried(way: str, messages: int) -> Callable[[], dict[str, float]]:
            return lambda: sending(way, api.root, messages=messages, in_flight=PAID_IN_FLIGHT)

        default, ours = _rounds(tried("default", 200), tried("bare", 1_500))
    speed, its = ours["seconds"].of(1_500), default["seconds"].of(200)
    cpu, its_cpu = _each(ours["cpu"], 1_500), _each(default["cpu"], 200)
    yield Row("50 at once at 50 ms, the library's default", its, "messages/s")
    yield Row("the same over our transport", speed, "messages/s")
    yield Row(f"it : the limit of {limit:,.0f} a second", _each(speed, limit), goal=Goal(0.6))
    yield Row("it : the library's default", speed.to(its), goal=Goal(5))
    yield Row(
        "processor time of a message, ours : the library's default",
        cpu.to(its_cpu),
        goal=Goal(0.3, most=True),
    )


def delivering() -> Iterator[Row]:
    """The delivery loop beside bare sending, ten at once, answered at once."""
    messages = 1_000
    for kind in KINDS:
        with ExitStack() as stack:
            api = stack.enter_context(answering())
            full = stack.enter_context(upgraded(kind))
            database = Database(full)
            with database.session() as session:
                fill(session, messages)
            database.close()

            def bare(root: str = api.root) -> dict[str, float]:
                return sending("bare", root, messages=messages, in_flight=FREE_IN_FLIGHT)

            def loop(root: str = api.root, full: str = full) -> dict[str, float]:
                with copy_of(full) as copy:
                    return sending("loop", root, messages=messages, in_flight=FREE_IN_FLIGHT, database=copy)

            alone, whole = _rounds(bare, loop)
        name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[kind]
        yield Row(f"the delivery loop, {name}", whole["seconds"].of(messages), "messages/s")
        yield Row(
            f"it : `Bot.send_message` over the same transport, {name}",
            alone["seconds"].to(whole["seconds"]),
            goal=Goal(0.9),
        )


def _rounds(*ways: Callable[[], dict[str, float]]) -> list[dict[str, Spread]]:
    """What each way takes, by the clock and the processor, in rounds of all of them."""
    taken: list[list[dict[str, float]]] = [[] for _ in ways]

    def turn(number: int) -> Callable[[], float]:
        def take() -> float:
            taken[number].append(ways[number]())
            return 0.0

        return take

    interleaved(_ROUNDS, *(turn(number) for number in range(len(ways))))
    return [_spreads(rounds) for rounds in taken]


def _spreads(rounds: Sequence[dict[str, float]]) -> dict[str, Spread]:
    return {name: Spread(tuple(one[name] for one in rounds)) for name in rounds[0]}


def _each(spread: Spread, count: float) -> Spread:
    """A share of each value."""
    return Spread(tuple(value / count for value in spread.values))


PARTS = (flood, rate, paid, delivering, claim_and_mark)
