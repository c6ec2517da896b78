"""Looking over a database without changing it: its tables, the file, the search index, the ids."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlmodel import Session, col

from storage.backup import complaints
from storage.copying import Counts, count_rows
from storage.counters import behind
from storage.database import Database
from storage.errors import DamagedDatabase
from storage.migrations import REVISIONS
from storage.search_check import disagreeing, lacks_index
from storage.tables import METADATA
from storage.tables_events import EventRow, EventTextRow

_SOME = 5  # things that are named one by one
_BACKUP = "put a backup in its place: quwen db restore FILE --force"
_COPY = "copy all into an empty database, which makes it anew: quwen db copy URL"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that was looked at."""

    name: str
    said: str
    to_do: str = ""  # where something is wrong, what helps


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was looked at, and the rows of each table where they could be counted."""

    looks: tuple[Look, ...]
    rows: Counts

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not any(look.to_do for look in self.looks)


def check_store(store: Database) -> Checked:
    """Look a database over. It is not changed, and others may use it meanwhile.

    Raises:
        DatabaseError: not Quwen's, of a newer version, out of reach, or too damaged to be looked at.
    """
    revision = store.revision()
    if revision is None:
        return Checked((Look("revision", "there are no tables yet", "make them: quwen db upgrade"),), {})
    newest = revision == REVISIONS[-1]
    told = f"{revision}, the newest" if newest else f"{revision}, before {REVISIONS[-1]}"
    looks = [Look("revision", told, "" if newest else "bring it up to date: quwen db upgrade")]
    try:
        broken = complaints(store)
    except DamagedDatabase:
        broken = ["it cannot be read to its end"]
    if broken:
        return Checked((*looks, Look("file", f"damaged: {'; '.join(broken)}", _BACKUP)), {})
    with store.session(write=False) as session:
        looks += _links(session)
        rows = count_rows(session)
        if newest:
            looks.append(_tables(session))
        whole = newest and set(rows) == set(METADATA.tables)
        if whole:
            looks.append(_ids(session))
    if whole:
        looks.append(_search(store))
    return Checked(tuple(looks), rows)


def differences(session: Session) -> list[str]:
    """Where the tables are not as the code expects them. Tables of others are no difference."""
    # Loaded here because it takes long, and nothing else needs it.
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    options = {"include_object": _ours, "compare_type": True}
    context = MigrationContext.configure(session.connection(), opts=options)
    return [_say_difference(each) for each in _flat(compare_metadata(context, METADATA))]


def _ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    # The search index is each database's own, and not in the metadata.
    if kind == "table":
        return name in METADATA.tables
    return not ((kind == "column" and name == "grams") or (kind == "index" and name == "ix_event_text_grams"))


def _flat(found: Any) -> Iterator[tuple[Any, ...]]:
    for each in found:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each


def _say_difference(found: tuple[Any, ...]) -> str:
    """Such as `add_index ix_event_day`, `remove_column event.mood`, `modify_type page.year`."""
    kind, *rest = found
    if kind.startswith("modify_"):
        return f"{kind} {rest[1]}.{rest[2]}"
    if kind.endswith("_column"):
        return f"{kind} {rest[1]}.{rest[2].name}"
    return f"{kind} {getattr(rest[0], 'name', None) or rest[0]}"


def _tables(session: Session) -> Look:
    found = differences(session)
    if not found:
        return Look("tables", "as this Quwen makes them")
    return Look("tables", f"not as this Quwen makes them; it would {_some(found)}", _COPY)


def _links(session: Session) -> list[Look]:
    if session.get_bind().dialect.name == "postgresql":
        return []  # it lets no such row in
    found = session.execute(
        text('SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2')
    )
    lost = [f"{rows} of {table} to no {parent}" for table, parent, rows in found]
    if not lost:
        return [Look("file", "whole, and no row points to nothing")]
    return [Look("file", f"whole, but rows point to nothing: {_some(lost)}", _BACKUP)]


def _ids(session: Session) -> Look:
    late = behind(session)
    if late:
        return Look("ids", f"would be given out again in {_some(late)}", _COPY)
    return Look("ids", "go on after the highest")


def _search(store: Database) -> Look:
    try:
        with store.session(write=False) as session:
            events = session.scalar(select(func.count()).select_from(EventRow)) or 0
            if lacks_index(session):
                return Look("search", "there is no index", _COPY)
            texts = select(col(EventTextRow.event_id))
            lone = session.scalars(select(col(EventRow.id)).where(col(EventRow.id).not_in(texts))).all()
            wrong = [str(key) for key in sorted({*disagreeing(session), *filter(None, lone)})]
    except DamagedDatabase:
        return Look("search", "the index is damaged", _COPY)
    if wrong:
        return Look("search", f"the index does not tell what these events do: {_some(wrong)}", _COPY)
    return Look("search", f"agrees with {events} events")


def _some(things: list[str]) -> str:
    more = len(things) - _SOME
    return ", ".join(things[:_SOME]) + (f" and {more} more" if more > 0 else "")
