"""What the second reader asks: one piece of one article, and the exact form of the answer."""

import json
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

from parsing.model import EventType, Precision, Stage

MOST_OUT = 4_096  # tokens of one answer
_LONGEST_HEADLINE = 200  # characters
_SENTENCE_END = re.compile(r"(?<=[。！？；\n])")

_INSTRUCTIONS = files("sources.second_reader").joinpath("instructions.txt").read_text("utf-8")


def _listed(values: Iterator[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


_EVENT: dict[str, Any] = {
    "type": _listed(kind.value for kind in EventType),
    "evidence": {"type": "string"},
    "subject": {"type": "string"},
    "actors": {"type": "array", "items": {"type": "string"}},
    "people": {"type": "array", "items": {"type": "string"}},
    "place": {"type": ["string", "null"]},
    "date_start": {"type": ["string", "null"]},
    "date_end": {"type": ["string", "null"]},
    "precision": _listed(precision.value for precision in Precision),
    "stage": {"anyOf": [_listed(stage.value for stage in Stage), {"type": "null"}]},
}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with just these properties, all of them required: strict schemas know no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SCHEMA: dict[str, Any] = _closed({"events": {"type": "array", "items": _closed(_EVENT)}})


def question(
    *, district: str | None, issued_on: date | None, headline: str | None, text: str
) -> dict[str, Any]:
    """The body of a chat-completions request about one piece of text, ready for JSON; without the model."""
    asked = {
        "district": district,
        "issued_on": issued_on.isoformat() if issued_on else None,
        "headline": headline[:_LONGEST_HEADLINE] if headline else None,
        "text": text,
    }
    return {
        "messages": [
            {"role": "system", "content": _INSTRUCTIONS},
            {"role": "user", "content": json.dumps(asked, ensure_ascii=False)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "events", "strict": True, "schema": SCHEMA},
        },
        "max_completion_tokens": MOST_OUT,
    }


def pieces(text: str, most: int) -> list[str]:
    """A text cut between sentences into pieces of at most `most` characters; nothing of it is left out.

    A single sentence that is longer is cut where it must be.
    """
    found = [""]
    for sentence in _SENTENCE_END.split(text):
        if len(found[-1]) + len(sentence) > most and found[-1]:
            found.append("")
        rest = sentence
        while len(rest) > most:
            found[-1] = rest[:most]
            rest = rest[most:]
            found.append("")
        found[-1] += rest
    return [piece for piece in found if piece.strip()]
