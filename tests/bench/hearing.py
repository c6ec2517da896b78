"""Hearing and answering: how long people wait for an answer, how fast updates come in."""

import asyncio
from collections.abc import Iterator

from tests.bench.answers import ASKED, SECONDS, UPDATES, Waits, percentile, quantile, waits
from tests.bench.figures import Goal, Row, Spread

NOTE = f"""\
`quwen run` over SQLite is asked by the people of the strict server of the tests (`tests/fakebot`). An
answer's time runs from the person's message to the bot's, as the server has them. At rest somebody asks now
and then; when busy, {ASKED} of {UPDATES} updates a second are commands (Telegram lets a bot send thirty
messages a second), the others talk in thirty groups, and a broadcast takes what the pace leaves. Stalls are
those that the bot tells in `/metrics`.
"""


def answers() -> Iterator[Row]:
    """Of a bot at rest and of a busy one."""
    found: Waits = asyncio.run(waits())
    rest, busy = (
        Spread(tuple(1000 * percentile(one, 0.95) for one in rounds)) for rounds in (found.rest, found.busy)
    )
    yield Row("command to answer at rest, p95", rest, "ms")
    yield Row(f"the same at {UPDATES} updates a second beside a broadcast, p95", busy, "ms")
    yield Row("it : at rest", busy.to(rest), goal=Goal(2, most=True))
    stall = Spread((1000 * quantile(found.stalls, 0.99),))
    yield Row(
        f"stall of the event loop meanwhile, p99 of {SECONDS:.0f} s each", stall, "ms", Goal(50, most=True)
    )


PARTS = (answers,)
