"""Ending a long command between two steps."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import click

STOPPED = "停下了；再运行同一命令就接着读 · stopped; the same command goes on"


@contextmanager
def stops() -> "Iterator[Stopping]":
    """Ctrl-C or a request to end lets the article under way come to its end; a second one ends at once."""
    stopping = Stopping()
    before = {number: signal.signal(number, stopping.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Stopping:
    """Whether somebody asked to stop."""

    def __init__(self) -> None:
        self._asked = False

    def __call__(self) -> bool:
        return self._asked

    def ask(self, _number: int, _frame: object) -> None:
        """Take the request."""
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        click.echo("quwen: 读完这一篇就停 · stopping after this article", err=True)
