"""How several commands write what they show on a terminal."""

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from parsing.model import Period, Precision

T = TypeVar("T")
WIDTH_WITHOUT_TERMINAL = 160  # columns


@contextmanager
def bar(things: Iterable[T], *, total: int, told: str) -> Iterator[Iterable[T]]:
    """The things one by one, with a progress bar on stderr when there are many and somebody looks."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if total < 2 or not console.is_terminal:
        yield things
        return
    # Lines printed meanwhile go above the bar, unless they go elsewhere.
    with Progress(console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield progress.track(things, total=total, description=told)


def show(columns: Mapping[str, int | None], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout. A column with a number is as wide as its share of what is left by the others."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, share in columns.items():
        table.add_column(name, ratio=share, no_wrap=share is None)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console = Console(file=sys.stdout)
    if not console.is_terminal:
        console = Console(file=sys.stdout, width=WIDTH_WITHOUT_TERMINAL)
    console.print(table)


def printable(text: str) -> str:
    """Text of a page without what could command a terminal."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf"))


def say_period(when: Period) -> str:
    """A period as 2024-04-02, 2024-04-20/2024-04-26, 2024-04, 2024-Q1 or 2023; empty if none is told."""
    start, end = when.start, when.end
    if start is None or end is None:
        return ""
    match when.precision:
        case Precision.YEAR:
            return f"{start.year}"
        case Precision.QUARTER:
            return f"{start.year}-Q{(start.month + 2) // 3}"
        case Precision.MONTH if (start.year, start.month) == (end.year, end.month):
            return f"{start:%Y-%m}"
        case _:
            return f"{start}" if start == end else f"{start}/{end}"
