"""Word lists as data, read once, and the patterns made of them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The tables of `parsing/lexicon/NAME.toml`."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def verbose(pattern: str) -> re.Pattern[str]:
    """A pattern spread over lines, with a comment beside its words: spaces in it do not count."""
    return re.compile(pattern, re.VERBOSE)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits first."""
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))) + ")"
