"""Word lists: each can be read, says what belongs into it, holds a word once, and every word is used."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from parsing.body_words import lists
from parsing.lexicon import lexicon
from parsing.model import EventType
from parsing.rules.occasions import kind_of_occasion
from parsing.wordlists import words

ROOM = Path(__file__).parents[2] / "parsing"
LISTS = sorted(file.stem for file in (ROOM / "lexicon").glob("*.txt"))
TABLES = sorted(file.stem for file in (ROOM / "lexicon").glob("*.toml"))
RULES = sorted(file.stem for file in (ROOM / "rules").glob("*.py") if file.stem not in ("__init__", "open"))


def source(name: str) -> str:
    return (ROOM / "lexicon" / name).read_text("utf-8")


def leaves(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def repeated(found: list[str]) -> list[str]:
    return [word for word, count in Counter(found).items() if count > 1]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_belongs_into_it_and_holds_a_word_once(name: str) -> None:
    text = source(f"{name}.txt")
    assert text.startswith("# ")
    told = [word for line in text.splitlines() for word in line.partition("#")[0].split()]
    assert repeated(told) == []
    assert words(name) == set(told) != set()


@pytest.mark.parametrize("name", TABLES)
def test_every_list_of_a_table_says_what_belongs_into_it_and_holds_a_word_once(name: str) -> None:
    text = source(f"{name}.toml")
    for path, told in leaves(tomllib.loads(text)):
        assert told, path
        assert repeated(told) == [], path
        assert all(word == word.strip() != "" for word in told), path
    commented = re.findall(r"(?m)^#.*\n(?:\[[^\]]*\]\n(?:#.*\n)*)?(\w+) = ", text)
    lists_of_words = [] if name == "body_forms" else re.findall(r"(?m)^(\w+) = \[", text)
    behind_another = {"start_object"}  # its comment stands for the three forms of a verb before its object
    assert set(lists_of_words) - set(commented) <= behind_another


@pytest.mark.parametrize(("one", "other"), [("surnames", "surnames_weak"), ("titles", "callings")])
def test_a_word_stands_in_one_of_two_lists_that_exclude_each_other(one: str, other: str) -> None:
    assert not words(one) & words(other)


def test_no_two_types_claim_one_occasion() -> None:
    nouns = lexicon("events")["occasions"]["nouns"]
    assert repeated([noun for group in nouns.values() for noun in group]) == []
    assert {kind_of_occasion(noun) for group in nouns.values() for noun in group} == {
        (EventType(kind), noun) for kind, group in nouns.items() for noun in group
    }


def test_an_ending_of_a_body_has_one_kind_and_is_no_exception_from_itself() -> None:
    table = tomllib.loads(source("bodies.toml"))
    assert repeated([ending for group in table["suffixes"].values() for ending in group]) == []
    assert not lists().none & set(lists().kinds)
    # What is no body anywhere needs no second mention where it stands alone.
    assert not lists().none & lists().alone


def test_one_long_form_of_a_body_has_one_short_form() -> None:
    forms = tomllib.loads(source("body_forms.toml"))["forms"]
    assert repeated([long for group in forms.values() for long in group]) == []


def test_every_list_of_names_is_read_by_some_module() -> None:
    code = "\n".join(file.read_text("utf-8") for file in ROOM.rglob("*.py"))
    assert [
        name for name in (*LISTS, *TABLES) if f'"{name}"' not in code and f'"{name}.toml"' not in code
    ] == []


class Watched(dict[str, Any]):
    """A table that remembers which of its lists were asked for."""

    def __init__(self, table: dict[str, Any], seen: set[tuple[str, ...]], path: tuple[str, ...] = ()) -> None:
        super().__init__(table)
        self.seen, self.path = seen, path

    def __getitem__(self, key: str) -> Any:
        value, path = super().__getitem__(key), (*self.path, key)
        if isinstance(value, dict):
            return Watched(value, self.seen, path)
        self.seen.add(path)
        return value

    def items(self) -> Any:
        return [(key, self[key]) for key in self]

    def values(self) -> Any:
        return [self[key] for key in self]


def test_every_list_of_triggers_is_asked_for_by_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[tuple[str, ...]] = set()
    watched = Watched(lexicon("events"), seen)
    for name in RULES:
        module = import_module(f"parsing.rules.{name}")
        if not hasattr(module, "lexicon"):
            continue
        monkeypatch.setattr(module, "lexicon", lambda _: watched)
        for function in list(vars(module).values()):
            plain = getattr(function, "__wrapped__", None)
            if plain is None or plain.__module__ != module.__name__:
                continue
            for side in [("holding",), ("held",)] if plain.__code__.co_argcount else [()]:
                plain(*side)
    assert {path for path, _ in leaves(lexicon("events"))} == seen


def test_no_file_of_the_reader_is_longer_than_one_can_oversee() -> None:
    lines = {
        str(file.relative_to(ROOM)): len(file.read_text("utf-8").splitlines()) for file in ROOM.rglob("*.py")
    }
    assert {name: count for name, count in lines.items() if count > 300} == {}
