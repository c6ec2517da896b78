"""What entries of several families say in the same way: addresses, selectors in place of a family's."""

from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{value[:80]!r} is not the address of a page")
    return value


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _of_each(value: Any) -> Any:
    return {name: _several(one) for name, one in value.items()} if isinstance(value, dict) else value


def _css(value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    nothing = LexborHTMLParser("")
    for selector in (selector for several in value.values() for selector in several):
        try:
            nothing.css(selector)
        except SelectolaxError:
            raise ValueError(f"{selector[:80]!r} is no CSS selector") from None
    return value


# Of a page on the web; whether it may be fetched is the fetcher's matter.
Address = Annotated[str, AfterValidator(_address)]
# An entry may give one address where several are possible.
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_several)]
# By the names of a family's parts; one or several each, the best one first.
Selectors = Annotated[dict[str, tuple[str, ...]], BeforeValidator(_of_each), AfterValidator(_css)]


def known_parts(value: dict[str, tuple[str, ...]], known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Selectors, if all are of parts that a family knows.

    Raises:
        ValueError: some are not.
    """
    if unknown := value.keys() - set(known):
        raise ValueError(f"no selectors of {', '.join(sorted(unknown))}")
    return value
