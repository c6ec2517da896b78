"""Patterns keep the examples beside them: what stands in brackets is found, what stands behind `not` is not.

Of 月底[停水]检修 a pattern, or a named part of it, finds just 停水. It may be shown only the words from the
bracket on, or up to it: many patterns look at what stands right behind something, or right in front of it.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import parsing

MODULES = [found.name for found in walk_packages(parsing.__path__, "parsing.")]
COMMENT = re.compile(r"(?<!\\)# (.*)")
# 月底[停水]检修, or the words behind `not`, to the end of the sentence
EXAMPLE = re.compile(r"(?P<before>[^\s\[\]]*)\[(?P<found>[^\[\]]+)\](?P<behind>[^\s\[\],;]*)")
COUNTER = re.compile(r"\bnot ([^;.:)\n]*)")


def patterns(module: str) -> Iterator[tuple[str, list[re.Pattern[str]], str]]:
    """Each pattern of a module, or several in a tuple, by its name; with the comments in it and above it."""
    code = inspect.getsource(import_module(module))
    lines = code.splitlines()
    for node in ast.parse(code).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if not isinstance(target, ast.Name):
            continue
        value = getattr(import_module(module), target.id)
        several = list(value) if isinstance(value, tuple) else [value]
        if not all(isinstance(one, re.Pattern) for one in several) or not several:
            continue
        above = node.lineno - 1
        while above and lines[above - 1].startswith("#"):
            above -= 1
        own = lines[above : node.end_lineno]
        inside = [line for one in several for line in one.pattern.splitlines() if one.flags & re.VERBOSE]
        comments = {found[1] for line in (*own, *inside) if (found := COMMENT.search(line))}
        yield target.id, several, "\n".join(sorted(comments))


def finds(pattern: re.Pattern[str], before: str, found: str, behind: str) -> bool:
    """Whether a pattern or a named part of it finds a stretch, in its text or what begins or ends with it."""
    texts = {(start, start + found + end) for start in (before, "") for end in (behind, "")}
    return bool(pattern.fullmatch(found)) or any(
        (len(start), len(start) + len(found)) in (match.span(), *map(match.span, pattern.groupindex))
        for start, text in texts
        for match in pattern.finditer(text)
    )


@pytest.mark.parametrize("module", MODULES)
def test_each_example_beside_a_pattern_is_found_by_it(module: str) -> None:
    missed = [
        (name, example[0])
        for name, several, comments in patterns(module)
        for example in EXAMPLE.finditer(COUNTER.sub("", comments))
        if not any(finds(one, *example.groups()) for one in several)
    ]
    found = [
        (name, word)
        for name, several, comments in patterns(module)
        for counter in COUNTER.findall(comments)
        for word in re.findall(r"[^\s,]*[\u4e00-\u9fff][^\s,]*", counter)
        if any(one.search(word) for one in several)
    ]
    assert (missed, found) == ([], [])
