"""The themes of the benchmarks: modules of this folder, each with rows to measure and words about them."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Protocol, cast

from tests.bench.figures import Row

# In the order of the document. Reading is first: its memory is measured while this process has little.
THEMES = {
    "reading": "The reader",
    "sending": "Sending",
    "hearing": "Hearing and answering",
    "storing": "The store",
}


class NoSuchThemeError(ValueError):
    """A name that nothing has; the message lists those that there are."""


class Theme(Protocol):
    """What such a module holds."""

    NOTE: str  # what a reader of the rows should know, as paragraphs of Markdown
    PARTS: Sequence[Callable[[], Iterable[Row]]]  # functions of no arguments, each named after its rows


def theme(name: str) -> Theme:
    """The module of a theme, loaded only now."""
    return cast("Theme", import_module(f"tests.bench.{name}"))


def chosen(names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The themes that are asked for, in their order, each with the parts that are (none: all).

    Args:
        names: each THEME, or THEME.PART; none of them: every theme.

    Raises:
        NoSuchThemeError: there is no such theme.
    """
    asked: dict[str, list[str]] = {}
    for name in names or THEMES:
        whole, _, part = name.partition(".")
        if whole not in THEMES:
            raise NoSuchThemeError(f"no theme {whole!r}; there are {', '.join(THEMES)}")
        asked.setdefault(whole, []).append(part)
    return [(name, [part for part in asked[name] if part]) for name in THEMES if name in asked]


def rows_of(name: str, parts: Sequence[str]) -> Iterable[Row]:
    """What a theme measures, as it comes; of these parts only, where some are named.

    Raises:
        NoSuchThemeError: it has no such part.
    """
    known = {part.__name__: part for part in theme(name).PARTS}
    for part in parts or known:
        if part not in known:
            raise NoSuchThemeError(f"no part {part!r} of {name}; there are {', '.join(known)}")
        yield from known[part]()
