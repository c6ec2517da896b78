"""The sources: an entry for each paper or site, in `catalog.toml` and in a file of one's own.

[[source]]
id = "hexi"
name = "河西时报"
district = "河西区"
adapter = "founder"
base = "http://paper.example/hexi"
tls = "http"
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from sources.adapter import Adapter
from sources.fetching.fetcher import Tls
from sources.registry import FAMILIES

_ID = re.compile("[a-z0-9][a-z0-9-]{0,39}")
_OWN = ("id", "name", "district", "adapter", "tls")


class CatalogError(ValueError):
    """An entry is wrong. The message is one line: which one, what it says, what is allowed."""


@dataclass(frozen=True, slots=True)
class Source:
    """A paper or site. `options` are those of its family."""

    id: str
    name: str
    district: str
    family: str
    options: BaseModel
    tls: Tls = Tls.STRICT

    def adapter(self) -> Adapter:
        """What reads it."""
        return FAMILIES[self.family].adapter(self.options)


def load_catalog(own: Path | None = None) -> dict[str, Source]:
    """All sources by their id: those that come with Quwen, and those of a file, which may replace them.

    Raises:
        CatalogError: the file cannot be read, or an entry is wrong.
    """
    ready = files("sources").joinpath("catalog.toml").read_text(encoding="utf-8")
    found = sources_of(ready, "catalog.toml")
    if own is not None:
        try:
            text = own.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise CatalogError(f"{own} cannot be read: {why}") from error
        found |= sources_of(text, str(own))
    return found


def sources_of(text: str, where: str) -> dict[str, Source]:
    """The sources of a TOML text, by their id; `where` names it in errors.

    Raises:
        CatalogError: it is no TOML, an entry is wrong, or two have one id.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{where} is not TOML: {error}") from error
    entries = told.get("source", [])
    if told.keys() - {"source"} or not isinstance(entries, list):
        raise CatalogError(f"{where} may hold nothing but [[source]] entries")
    found: dict[str, Source] = {}
    for number, entry in enumerate(entries, 1):
        source = _source(entry, f"{where}, source {number}")
        if source.id in found:
            raise CatalogError(f"{where} has two sources with the id {source.id!r}")
        found[source.id] = source
    return found


def _source(entry: Any, where: str) -> Source:
    if not isinstance(entry, dict):
        raise CatalogError(f"{where} is no table: write [[source]]")
    named = {key: _word(entry, key, where) for key in ("id", "name", "district", "adapter")}
    where = f"{where} ({named['id']})"
    if not _ID.fullmatch(named["id"]):
        raise CatalogError(f"{where}: an id is small letters, digits and hyphens, such as hexi-gov")
    family = FAMILIES.get(named["adapter"])
    if family is None:
        known = ", ".join(sorted(FAMILIES))
        raise CatalogError(f"{where}: there is no adapter {named['adapter']!r}; known: {known}")
    try:
        tls = Tls(entry.get("tls", Tls.STRICT))
    except ValueError:
        raise CatalogError(f"{where}: tls is {entry['tls']!r}; give {_either(Tls)}") from None
    try:
        options = family.options.model_validate({k: v for k, v in entry.items() if k not in _OWN})
    except ValidationError as error:
        raise CatalogError(f"{where}: {_explained(error, family.options)}") from None
    return Source(named["id"], named["name"], named["district"], named["adapter"], options, tls)


def _word(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CatalogError(f'{where} lacks {key}: give {key} = "…"')
    return value.strip()


def _explained(error: ValidationError, options: type[BaseModel]) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        return f"{name} is not known; known: {', '.join((*_OWN, *options.model_fields))}"
    field = options.model_fields.get(name)
    if first["type"] == "missing":
        return f"{name} is missing; give {field.description if field else name}"
    why = str(first["msg"]).removeprefix("Value error, ")
    return f"{name} is wrong ({why}); give {field.description if field else 'another'}"


def _either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}"
