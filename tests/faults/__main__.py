"""Kill bot, worker and leader amid a broadcast, on both databases; print the table, write docs/faults.md.

With `--chats` or `--kills` it is smaller, and nothing is written. Exit status 1 if a promise is broken.
"""

import argparse
import asyncio
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs.deliver import IN_FLIGHT, LEASE
from storage.database import Database
from tests.bench.stores import KINDS, upgraded
from tests.faults.broadcast import COMMANDS, LATENCY, ROLES, Broadcast, moments
from tests.faults.crew import ROOT, as_it_is
from tests.faults.outcome import Outcome

CHATS = 2000
KILLS = 50
HEAD = (
    f"| database | chats | kills ({', '.join(ROLES)}) | lost | twice | cut off | most cut off by one kill "
    "| most in a second | 429s | seconds |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
DOCUMENT = """# A broadcast amid kills

Made by `make faults`. {processes} processes (a bot and two workers, one of which makes the digests) send
a digest each to {chats} chats, with the pace and the leases that the program has ({lease:.0f} seconds),
over real HTTP to a played Telegram that answers after {latency:.0f} ms. After {kills} numbers of accepted
messages, drawn from a seed, one of them is ended by SIGKILL (the bot, a worker, or whoever leads),
and another started in its place.

*lost*: chats that got nothing. *twice*: messages beyond one a chat. *cut off*: messages that had
arrived, but whose process was killed before it had marked them; only these may come twice, at
most {in_flight} for each kill. *most in a second*, *429s*: as the played Telegram counted, which refuses
more than 30.

{table}

What a killed process held waits until its lease is over, and its part of the pace is unused until it
has given no sign of life for half a minute: kills make a broadcast slower.
"""


def main() -> int:
    """Broadcast on each database; 1 if a promise is broken."""
    asked = _arguments()
    rows, broken = [], []
    _say(HEAD)
    for kind in KINDS:
        told = _broadcast(kind, asked.chats, asked.kills)
        rows.append(row(kind, told))
        _say(rows[-1])
        broken += [f"{kind}: {promise}" for promise in told.broken]
        broken += [f"{kind}: refused as too fast: {told.refused}"] * (told.refused > 0)
    for promise in broken:
        _say(promise)
    if (asked.chats, asked.kills) == (CHATS, KILLS):
        Path(ROOT / "docs" / "faults.md").write_text(document("\n".join([HEAD, *rows])), encoding="utf-8")
    return 1 if broken else 0


def row(kind: str, told: Outcome) -> str:
    """One line of the table."""
    roles = Counter(kill.role for kill in told.kills)
    killed = f"{len(told.kills)} ({', '.join(str(roles[role]) for role in ROLES)})"
    twice = sum(count - 1 for count in told.arrived.values())
    return (
        f"| {kind} | {len(told.chats)} | {killed} | {len(told.lost)} | {twice} | {len(told.cut_off)} "
        f"| {told.most_cut_off} | {told.most_in_1s} | {told.refused} | {told.seconds:.0f} |"
    )


def document(table: str) -> str:
    """The text of docs/faults.md."""
    return DOCUMENT.format(
        processes=len(COMMANDS),
        chats=f"{CHATS:,}",
        kills=KILLS,
        lease=LEASE.total_seconds(),
        latency=LATENCY * 1000,
        in_flight=IN_FLIGHT,
        table=table,
    )


def _broadcast(kind: str, chats: int, kills: int) -> Outcome:
    with upgraded(kind) as url, TemporaryDirectory() as logs:
        database = Database(url)
        try:
            broadcast = Broadcast(database, as_it_is, Path(logs))
            return asyncio.run(broadcast.go(chats, moments(chats, kills, "killed")))
        finally:
            database.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--chats", type=int, default=CHATS)
    parser.add_argument("--kills", type=int, default=KILLS)
    return parser.parse_args()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what a person runs


if __name__ == "__main__":
    sys.exit(main())
