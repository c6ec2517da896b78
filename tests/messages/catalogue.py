"""Finds every text of the messages package that is to be translated, by reading its code."""

import ast
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

PACKAGE = Path(str(files("messages")))


def source_texts() -> dict[str, bool]:
    """Each text given to `t`, `t.inlines`, `t.plural` or `mark`; True where it has a plural."""
    found: dict[str, bool] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for text, plural in _texts(node):
                    found[text] = found.get(text, False) or plural
    return found


def _texts(call: ast.Call) -> Iterator[tuple[str, bool]]:
    match call.func:
        case ast.Name(id="t" | "mark"):
            plural = False
        case ast.Attribute(value=ast.Name(id="t"), attr="inlines" | "plural" as name):
            plural = name == "plural"
        case _:
            return
    for node in ast.walk(call.args[0]):  # both sides of `t("a" if x else "b")`
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value, plural


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
