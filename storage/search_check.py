"""Whether the search index holds just the texts that events are searched by."""

from collections.abc import Iterable, Iterator

from sqlalchemy import inspect, text
from sqlmodel import Session

from storage.search import all_grams, document

_BATCH = 500
_TEXTS = text("SELECT event_id, text FROM event_text ORDER BY event_id")
_TEXTS_POSTGRESQL = text(
    "SELECT event_id, text, tsvector_to_array(grams) AS grams FROM event_text ORDER BY event_id"
)
_READ_INDEX = text("CREATE VIRTUAL TABLE temp.gram_place USING fts5vocab('main', 'event_gram', 'instance')")
_PLACES = text("SELECT doc, term, offset FROM temp.gram_place")


def lacks_index(session: Session) -> bool:
    """Whether there is no index at all, or on PostgreSQL none that answers quickly."""
    seen = inspect(session.connection())
    if session.get_bind().dialect.name == "sqlite":
        return "event_gram" not in seen.get_table_names()
    return "grams" not in {each["name"] for each in seen.get_columns("event_text")} or (
        "ix_event_text_grams" not in {each["name"] for each in seen.get_indexes("event_text")}
    )


def disagreeing(session: Session) -> list[int]:
    """The ids of events whose text is not what the index holds of them, and ids that only the index knows."""
    if session.get_bind().dialect.name == "sqlite":
        return sorted(_disagreeing_on_file(session))
    rows = session.execute(_TEXTS_POSTGRESQL, execution_options={"yield_per": _BATCH})
    return [row.event_id for row in rows if set(row.grams) != set(all_grams(row.text))]


def _disagreeing_on_file(session: Session) -> Iterator[int]:
    # The index keeps no texts. It is read gram by gram, and what it holds of an event is added up to one
    # number, in which each gram counts by its place: so no more than a number an event is held in memory.
    held: dict[int, int] = {}
    for key, gram, place in _places(session):
        held[key] = held.get(key, 0) + _weight(gram, place)
    for row in session.execute(_TEXTS, execution_options={"yield_per": _BATCH}):
        grams = filter(None, document(row.text).split(" "))
        if held.pop(row.event_id, 0) != sum(_weight(gram, place) for place, gram in enumerate(grams)):
            yield row.event_id
    yield from held


def _places(session: Session) -> Iterable[tuple[int, str, int]]:
    # What reads the index is a table that only this connection sees, and nothing else may be written.
    session.execute(text("PRAGMA query_only = 0"))
    try:
        session.execute(_READ_INDEX)
        try:
            for row in session.execute(_PLACES, execution_options={"yield_per": _BATCH}):
                yield row.doc, row.term, row.offset
        finally:
            session.execute(text("DROP TABLE temp.gram_place"))
    finally:
        session.execute(text("PRAGMA query_only = 1"))


def _weight(gram: str, place: int) -> int:
    return hash(gram) * (place + 1)
