"""Measure, print the tables, and write docs/benchmarks.md where everything was measured.

`python -m tests.bench THEME` or `THEME.PART` measures only that, and writes nothing.
"""

import os
import platform
import sys
from collections.abc import Mapping, Sequence

from bot.commands._pool import usable_cores
from tests.bench.processes import ROOT
from tests.bench.themes import THEMES, NoSuchThemeError, chosen, rows_of, theme

DOCUMENT = """# Benchmarks

Made by `make bench`, on {machine}.

Median, least and most of several rounds; things that are compared took turns within each round, since a
machine is never quiet. `python -m tests.bench NAME` measures one part alone and writes nothing ({names}).
"""

SECTION = """
## {title}

| what | median | least–most | rounds | goal | met |
| --- | --- | --- | --- | --- | --- |
{rows}

{note}
"""


def machine() -> str:
    """What the figures depend on besides the program."""
    busy = f"{os.getloadavg()[0]:.1f}"
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{usable_cores()} cores to use, {busy} processes waiting for them at the start"
    )


def document(facts: str, measured: Mapping[str, Sequence[str]]) -> str:
    """The document of all themes; `measured` has the rows of each."""
    names = ", ".join(f"`{name}`" for name in measured)
    text = DOCUMENT.format(machine=facts, names=names)
    for name, rows in measured.items():
        note = theme(name).NOTE.strip()
        text += SECTION.format(title=THEMES[name], rows="\n".join(rows), note=note)
    return text


def main(names: Sequence[str]) -> None:
    """Measure and print; without names everything, and write it down."""
    facts = machine()
    measured: dict[str, list[str]] = {}
    for name, parts in chosen(names):
        found = measured[name] = []
        for row in rows_of(name, parts):
            print(row, flush=True)  # noqa: T201
            found.append(str(row))
    if not names:
        (ROOT / "docs" / "benchmarks.md").write_text(document(facts, measured), encoding="utf-8")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NoSuchThemeError as error:
        sys.exit(str(error))
