"""Which paper or site something is from: by its address, or by a name that stands in it."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from sources.addresses import same_site
from sources.catalog import Source

_TOP = 8  # lines in which a paper prints its name
_LONGEST = 40  # characters of such a line; a longer one is a sentence that may speak of another paper
_BEHIND = re.compile(r"[\s\d》”·（(|_.-]|第|$")  # not 丰台报 of 丰台报社, nor 北京日报 of 北京日报客户端


def source_of(url: str, sources: Iterable[Source]) -> Source | None:
    """The source that an address is of: on its host, and the one whose own address it shares most of."""
    shared = [
        (_alike(url, address), source)
        for source in sources
        for address in _addresses(source.options.model_dump())
        if same_site(url, address)
    ]
    return max(shared, key=lambda pair: pair[0])[1] if shared else None


def site_of(url: str) -> str:
    """What a site is called that nobody has named: its host."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def name_in(text: str, names: Iterable[str]) -> str | None:
    """The longest of these names that the head of a text holds: its first lines, if they are short ones."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:_TOP]
    head = [line for line in lines if len(line) <= _LONGEST]
    found = [
        name
        for name in names
        for line in head
        if (place := line.find(name)) >= 0 and _BEHIND.match(line, place + len(name))
    ]
    return max(found, key=len, default=None)


def _addresses(told: Any) -> Iterable[str]:
    """All addresses that the options of a source hold, however deep."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, str):
        return [told] if told.startswith(("http://", "https://")) else []
    return [address for one in told for address in _addresses(one)] if isinstance(told, list | tuple) else []


def _alike(one: str, other: str) -> int:
    """How many characters the paths of two addresses begin with alike."""
    first, second = urlsplit(one).path, urlsplit(other).path
    return next(
        (place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
