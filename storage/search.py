"""Finding every substring, one and two characters long too, the same on both databases.

The index holds the pairs of neighbouring characters (bigrams) of each line of an event's text, and the last
character of the line alone. A word of two or more characters is looked up as its bigrams, a single
character as the beginning of any of them. SQLite keeps their order and finds them as a phrase; PostgreSQL
finds texts that have all of them and compares the text itself, which is exact at any length.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    bindparam,
    cast,
    column,
    delete,
    false,
    func,
    insert,
    select,
    table,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import Session, col

from storage.tables_events import EventRow, EventTextRow
from storage.text import fold

MAX_LINE = 2_000
MAX_TEXT = 20_000

_id, _text = col(EventTextRow.event_id), col(EventTextRow.text)
_WRITE_POSTGRESQL = sql(
    "INSERT INTO event_text (event_id, text, grams) "
    "VALUES (:id, :text, array_to_tsvector(CAST(:grams AS text[]))) "
    "ON CONFLICT (event_id) DO UPDATE SET text = excluded.text, grams = excluded.grams"
)
_INDEX_SQLITE = sql("INSERT INTO event_gram (rowid, grams) VALUES (:id, :grams)")
_UNINDEX_SQLITE = sql("INSERT INTO event_gram (event_gram, rowid, grams) VALUES ('delete', :id, :grams)")

_GRAM_TABLE = table("event_gram", column("rowid"), column("event_gram"))
# FTS5's tokenizer takes ASCII signs as separators, and has its own syntax in them. They get other code
# points, which `fold` has taken out of all texts.
_SHELTER = {code: 0xE000 + code for code in range(0x80) if not chr(code).isalnum()}


def searchable(lines: Iterable[str]) -> str:
    """The text an event is searched by: each line folded, no line twice, sizes capped."""
    folded = dict.fromkeys(fold(line[: 2 * MAX_LINE])[:MAX_LINE] for line in lines)
    return "\n".join(line for line in folded if line)[:MAX_TEXT]


def write_texts(session: Session, texts: Mapping[int, str]) -> None:
    """Set the texts (as `searchable` makes them) that events are found by."""
    found = session.execute(select(_id, _text).where(_id.in_(texts)))
    old = {row.event_id: row.text for row in found}
    changed = {event_id: text for event_id, text in texts.items() if old.get(event_id) != text}
    if not changed:
        return
    if session.get_bind().dialect.name == "postgresql":
        rows = [{"id": key, "text": text, "grams": all_grams(text)} for key, text in changed.items()]
        session.execute(_WRITE_POSTGRESQL, rows)
        return
    # The index keeps no copy: it must be told what to take out.
    outdated = {event_id: old[event_id] for event_id in changed if event_id in old}
    if outdated:
        session.execute(_UNINDEX_SQLITE, [_indexed(*pair) for pair in outdated.items()])
        session.execute(delete(EventTextRow).where(_id.in_(outdated)))
    session.execute(insert(EventTextRow), [{"event_id": key, "text": text} for key, text in changed.items()])
    session.execute(_INDEX_SQLITE, [_indexed(*pair) for pair in changed.items()])


def has_words(session: Session, words: Sequence[str]) -> ColumnElement[bool] | None:
    """A condition on `event`: its text has all these words as substrings. None if no word is left of them."""
    wanted = _needed(words)
    if not wanted:
        return None
    if any(len(word) > MAX_LINE for word in wanted):
        return false()
    if session.get_bind().dialect.name == "sqlite":
        match = " AND ".join(_phrase(word) for word in wanted)
        found: Any = select(_GRAM_TABLE.c.rowid).where(
            _GRAM_TABLE.c.event_gram.op("MATCH")(bindparam(None, match, unique=True))
        )
    else:
        query = " & ".join(dict.fromkeys(lexeme for word in wanted for lexeme in _lexemes(word)))
        found = select(_id).where(
            column("grams").op("@@")(cast(bindparam(None, query, Text, unique=True), TSQUERY)),
            and_(*(func.strpos(_text, word) > 0 for word in wanted)),
        )
    return col(EventRow.id).in_(found)


def grams(line: str) -> list[str]:
    """The bigrams of one line, and its last character alone."""
    return [*(line[at : at + 2] for at in range(len(line) - 1)), *line[-1:]]


def all_grams(text: str) -> list[str]:
    """The lexemes that PostgreSQL keeps of a text."""
    return sorted({gram for line in text.split("\n") for gram in grams(line)})


def document(text: str) -> str:
    """A text as SQLite indexes it: its grams in their order, with a space between."""
    return " ".join(gram.translate(_SHELTER) for line in text.split("\n") for gram in grams(line))


def _needed(words: Sequence[str]) -> list[str]:
    # What is part of another word is found with it.
    folded = sorted({fold(word) for word in words} - {""}, key=lambda word: (-len(word), word))
    needed: list[str] = []
    for word in folded:
        if not any(word in longer for longer in needed):
            needed.append(word)
    return needed


def _indexed(event_id: int, text: str) -> dict[str, Any]:
    return {"id": event_id, "grams": document(text)}


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f'"{word.translate(_SHELTER)}" *'
    return f'"{" ".join(gram.translate(_SHELTER) for gram in grams(word)[:-1])}"'


def _lexemes(word: str) -> list[str]:
    if len(word) == 1:
        return [f"{_quoted(word)}:*"]
    return [_quoted(gram) for gram in grams(word)[:-1]]


def _quoted(gram: str) -> str:
    return "'" + gram.replace("\\", "\\\\").replace("'", "''") + "'"
