"""Hearing and answering: how long people wait for an answer, how fast updates come in."""

import asyncio
from collections.abc import Iterator

from tests.bench.answers import ASKED, SECONDS, UPDATES, Waits, percentile, quantile, waits
from tests.bench.api import answering
from tests.bench.doors import door, library_can
from tests.bench.figures import Goal, Row, Spread

NOTE = f"""\
`quwen run` over SQLite is asked by the people of the strict server of the tests (`tests/fakebot`). An
answer's time runs from the person's message to the bot's, as the server has them. At rest somebody asks now
and then; when busy, {ASKED} of {UPDATES} updates a second are commands (Telegram lets a bot send thirty
messages a second), the others talk in thirty groups, and a broadcast takes what the pace leaves. Stalls are
those that the bot tells in `/metrics`. Updates are pushed over thirty-two connections to one application
with one handler that counts, by `bot/web.py` and by the library's own webhook; a machine without tornado
measures only ours.
"""


_ROUNDS = 5
_PUSHED = 2_000  # updates a round
_WARM = 200


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


def webhook() -> Iterator[Row]:
    """Pushed updates, up to the handler, beside the library's own webhook where that is installed."""
    with answering() as api, door("ours", api.root) as ours:
        if not library_can():
            ours.take(_WARM)
            clock = Spread(tuple(ours.take(_PUSHED)[0] for _ in range(_ROUNDS)))
            yield Row("webhook to handler", clock.of(_PUSHED), "updates/s")
            return
        with door("library", api.root) as library:
            taken = []
            for number in range(_ROUNDS + 1):
                amount = _PUSHED if number else _WARM
                taken.append((library.take(amount), ours.take(amount)))
    clocks = [Spread(tuple(one[way][0] for one in taken[1:])) for way in (0, 1)]
    processor = [Spread(tuple(one[way][1] for one in taken[1:])) for way in (0, 1)]
    yield Row("the library's webhook to handler", clocks[0].of(_PUSHED), "updates/s")
    yield Row("our webhook to handler", clocks[1].of(_PUSHED), "updates/s")
    yield Row("it : the library's", clocks[0].to(clocks[1]), goal=Goal(1.5))
    yield Row("processor time of an update, ours : the library's", processor[1].to(processor[0]))


PARTS = (answers, webhook)
