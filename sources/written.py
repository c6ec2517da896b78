"""What the scripts of a page write into it: lists in `document.write('<a …>')`. No script is run."""

import re

_TAG = re.compile(r"<(?P<slash>/?)script\b[^<>]*>", re.IGNORECASE)
_CALL = re.compile(r"document\.write(?:ln)?\s*\(")
# Every character belongs to one token, so that quotes without an end cost no second look.
_TOKEN = re.compile(
    r"""'(?P<single>(?:[^'\\]++|\\.)*+)' | "(?P<double>(?:[^"\\]++|\\.)*+)"
      | (?P<bracket>[()]) | [^'"()\\]++ | \\?.""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})|(?P<char>.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\n"}


def with_written(text: str) -> str:
    """A page with the strings that its scripts write in place of those scripts; variables are left out."""
    pieces: list[str] = []
    end = 0
    opened: re.Match[str] | None = None
    for tag in _TAG.finditer(text):
        if not tag["slash"]:
            opened = opened or tag
        elif opened is not None:
            if written := _written(text[opened.end() : tag.start()]):
                pieces += (text[end : opened.start()], written)
                end = tag.end()
            opened = None
    return "".join((*pieces, text[end:]))


def _written(script: str) -> str:
    strings: list[str] = []
    position = 0
    while call := _CALL.search(script, position):
        depth = 1
        position = call.end()
        for token in _TOKEN.finditer(script, position):
            position = token.end()
            literal = token["single"] or token["double"]
            if literal:
                strings.append(_ESCAPE.sub(_char, literal))
            depth += {"(": 1, ")": -1}.get(token["bracket"] or "", 0)
            if depth == 0:
                break
    return "".join(strings)


def _char(found: re.Match[str]) -> str:
    if code := found["four"] or found["two"]:
        char = chr(int(code, 16))
        return "\ufffd" if "\ud800" <= char <= "\udfff" else char  # half a character is no text
    return _SIGNS.get(found["char"], found["char"])
