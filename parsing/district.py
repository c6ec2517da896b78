"""District packs: what a district is called, and its streets and towns. One data file for each district.

The packs that come with the reader lie in `parsing/districts`; a folder of one's own may hold more.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from parsing.wordlists import Words

DEFAULT_ZONE = "Asia/Shanghai"

_KINDS = {"街道": "street", "镇": "town", "乡": "township", "街": "street", "地区": "street"}
_SUFFIXES = ("街道办事处", "地区办事处", "街道", "地区", "镇", "乡")
_SELF_WORDS = ("全", "我", "本")


class UnknownDistrict(ValueError):  # noqa: N818
    """No pack goes by the name asked for; the message names those that exist."""


class BrokenDistrict(ValueError):  # noqa: N818
    """A pack's file lacks something or contradicts itself; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Area:
    """A street or town: its official name, its kind, other names in use, and names it had before."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The name without 街道 or 镇."""
        return _without_suffix(self.name)


@dataclass(frozen=True)
class District:
    """A district: its names, its city, its IANA time zone, and its areas in official order."""

    name: str
    short: str
    city: str = ""
    zone: str = DEFAULT_ZONE
    self_names: tuple[str, ...] = ()
    newspapers: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()

    def find_area(self, text: str) -> Area | None:
        """The area that `text` names, exactly: by its name, an alias, a former name, or its short name.

        The district's own name and 街道办事处 around it are allowed; 丰台 stays the district, not 丰台街道.
        """
        wanted = text.strip()
        if len(wanted) > len(self.name) and self.name:
            wanted = wanted.removeprefix(self.city).removeprefix(self.name)
        if wanted in (self.name, self.short):
            return None
        return self._exact.get(wanted) or self._exact.get(wanted.removesuffix("办事处"))

    def areas_in(self, text: str) -> tuple[Area, ...]:
        """The areas that running text names, each once, in order of first occurrence; longest name wins."""
        return tuple(dict.fromkeys(self._names[name] for _, name in self._words.apart(text)))

    @cached_property
    def area_names(self) -> frozenset[str]:
        """All names of its areas, those in use and those that they had before."""
        return frozenset(self._names)

    @cached_property
    def _names(self) -> Mapping[str, Area]:
        return {name: area for area in self.areas for name in (*area.former, *area.aliases, area.name)}

    @cached_property
    def _exact(self) -> Mapping[str, Area]:
        shorts = {area.short: area for area in self.areas if area.short != self.short}
        return shorts | dict(self._names)

    @cached_property
    def _words(self) -> Words:
        return Words(self._names)


def load_district(name: str, *, folder: Path | None = None) -> District:
    """The pack of the district called `name`: 丰台区, 丰台 or fengtai.

    `folder` holds packs of one's own, NAME.toml; one of them wins over a built-in one that has the same name.
    Raises UnknownDistrict where no pack has that name, BrokenDistrict where one in the folder cannot be used.
    """
    wanted = name.strip()
    packs = _packs(folder)
    for stem, district in packs:
        if wanted in (district.name, district.short) or wanted.lower() == stem:
            return district
    known = dict.fromkeys(f"{district.name} ({stem})" for stem, district in packs)
    raise UnknownDistrict(f"no district pack for {name!r}; there are: {', '.join(known)}")


def available_districts(*, folder: Path | None = None) -> tuple[str, ...]:
    """The names of the districts that have a pack, those in a folder of one's own first."""
    return tuple(dict.fromkeys(district.name for _, district in _packs(folder)))


def generic_district(name: str | None = None) -> District:
    """A district without a pack: only its names, and the words by which its paper means it. No areas."""
    if not name:
        return District(
            name="", short="", self_names=("全区", "我区", "本区", "全县", "我县", "全市", "我市")
        )
    unit = name[-1] if name[-1] in "区县市旗" else "区"
    short = name.removesuffix("新区").removesuffix(unit) if len(name) > 2 else name
    return District(name=name, short=short, self_names=tuple(word + unit for word in _SELF_WORDS))


def _packs(folder: Path | None) -> list[tuple[str, District]]:
    return [*(_read_all(folder) if folder is not None else ()), *_built_in()]


@lru_cache(maxsize=1)
def _built_in() -> tuple[tuple[str, District], ...]:
    return tuple(_read_all(files("parsing") / "districts"))


def _read_all(folder: Traversable) -> Iterator[tuple[str, District]]:
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield file.name.removesuffix(".toml").lower(), _read(file)


def _read(file: Traversable) -> District:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BrokenDistrict(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenDistrict(f"{file}: not readable as TOML: {error}") from error
    for key in ("name", "short", "city"):
        if not isinstance(data.get(key), str) or not data[key]:
            raise BrokenDistrict(f'{file}: needs {key} = "..."')
    zone = data.get("zone", DEFAULT_ZONE)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, TypeError) as error:
        raise BrokenDistrict(f"{file}: zone {zone!r} is no IANA time zone") from error
    areas = tuple(_area(entry, file) for entry in _list(data, "area", file))
    _check_unique(areas, file)
    return District(
        name=data["name"],
        short=data["short"],
        city=data["city"],
        zone=zone,
        self_names=_words(data, "self_names", file),
        newspapers=_words(data, "newspapers", file),
        areas=areas,
    )


def _area(entry: Any, file: Traversable) -> Area:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise BrokenDistrict(f'{file}: every [[area]] needs name = "..."')
    name = entry["name"]
    kind = entry.get("kind") or next((kind for end, kind in _KINDS.items() if name.endswith(end)), None)
    if not isinstance(kind, str):
        raise BrokenDistrict(f'{file}: area {name} needs kind = "street", "town" or another')
    return Area(name, kind, _words(entry, "aliases", file), _words(entry, "former", file))


def _check_unique(areas: tuple[Area, ...], file: Traversable) -> None:
    owner: dict[str, str] = {}
    for area in areas:
        for name in {area.name, *area.aliases, *area.former}:
            if name in owner:
                raise BrokenDistrict(f"{file}: {name} is given to both {owner[name]} and {area.name}")
            owner[name] = area.name


def _list(data: Mapping[str, Any], key: str, file: Traversable) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise BrokenDistrict(f"{file}: {key} must be a list")
    return value


def _words(data: Mapping[str, Any], key: str, file: Traversable) -> tuple[str, ...]:
    words = _list(data, key, file)
    if not all(isinstance(word, str) and word for word in words):
        raise BrokenDistrict(f"{file}: {key} must be a list of words")
    return tuple(words)


def _without_suffix(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name
