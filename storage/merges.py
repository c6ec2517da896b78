"""Joining reports to an event, each as a row that can be undone; and where a joined event's id leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from storage.doubt_rows import carry_over, keep_apart, note_same
from storage.event_writes import (
    empty_event,
    new_events,
    one_at_a_time,
    refresh_events,
    reports_of_mentions,
)
from storage.public_ids import read_public_id
from storage.reasons import Likeness, Reason
from storage.review import Review
from storage.tables_events import EventRow
from storage.tables_merges import MergeRow
from storage.tables_news import MentionRow

_BY_PERSON = (Review.ACCEPTED.value, Review.REJECTED.value)


class Why(StrEnum):
    """What made reports of an event join it."""

    REPRINT = "reprint"  # the same article in another paper
    ALIKE = "alike"  # told in other words
    PERSON = "person"  # somebody said so


class UnknownMerge(LookupError):  # noqa: N818
    """No joining has this number, or nothing of it is left to be undone; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Parted:
    """An event, and the one that was parted from it, by their row ids."""

    event_id: int
    other_id: int


def record_joining(
    session: Session, event_id: int, mentions: Sequence[int], likeness: Likeness, now: datetime
) -> None:
    """Note that the reader has joined reports to an event that it knew."""
    why = Why.REPRINT if Reason.REPRINT in likeness.pros else Why.ALIKE
    session.add(
        MergeRow(
            event_id=event_id,
            mentions=list(mentions),
            why=why.value,
            score=likeness.score,
            reasons=[reason.value for reason in likeness.pros],
            made_at=now,
        )
    )


def merge_events(
    session: Session,
    one: int,
    other: int,
    *,
    by: int | None,
    now: datetime,
    likeness: Likeness | None = None,
) -> int:
    """Make one event of two, by their row ids, on a person's word, and return the number of the joining.

    The older one is kept; the other's public id leads to it. A person's word on the other counts for both.

    Raises:
        ValueError: they are one event already.
    """
    one_at_a_time(session)
    kept, gone = sorted((root_of(session, one), root_of(session, other)))
    if kept == gone:
        raise ValueError("they are one event already")
    reviews = {key: Review(_review_of(session, key)) for key in (kept, gone)}
    mentions = _mentions_of(session, gone)
    row = MergeRow(
        event_id=kept,
        other_id=gone,
        mentions=mentions,
        why=Why.PERSON.value,
        score=likeness.score if likeness else 0.0,
        reasons=[reason.value for reason in likeness.pros] if likeness else [],
        made_at=now,
        made_by=by,
        event_review=reviews[kept].value,
        other_review=reviews[gone].value,
    )
    session.add(row)
    session.flush()
    _move(session, mentions, kept)
    empty_event(session, gone)
    if reviews[gone] is Review.ACCEPTED and not reviews[kept].by_person:
        _accept(session, kept, gone)
    refresh_events(session, [kept])
    note_same(session, kept, gone, _key(row.id), by=by, now=now)
    carry_over(session, gone, kept, now)
    return _key(row.id)


def undo_merge(session: Session, merge_id: int, *, by: int | None, now: datetime) -> Parted:
    """Give the reports of a joining an event of their own again; it has the public id that it had before.

    The two are kept apart from then on.

    Raises:
        UnknownMerge: there is none, it was undone before, or its reports stand elsewhere by now.
    """
    one_at_a_time(session)
    row = session.get(MergeRow, merge_id)
    if row is None or row.undone_at is not None:
        raise UnknownMerge(str(merge_id))
    root = root_of(session, row.event_id)
    held = _mentions_of(session, root)
    mentions = [mention for mention in held if mention in set(row.mentions)]
    if not mentions or len(mentions) == len(held):
        raise UnknownMerge(str(merge_id))
    if row.other_id is None:
        other = new_events(session, reports_of_mentions(session, mentions)[:1])[0]
    else:
        other = row.other_id
        _set_review(session, other, Review(row.other_review or Review.OPEN))
    if row.other_review == Review.ACCEPTED and row.event_review not in (None, *_BY_PERSON):
        _set_review(session, root, Review.OPEN)  # its mentions tell the rest
    _move(session, mentions, other)
    row.undone_at, row.undone_by = now, by
    session.flush()
    refresh_events(session, [root, other])
    keep_apart(session, root, other, by=by, now=now)
    return Parted(root, other)


def root_of(session: Session, event_id: int) -> int:
    """The event that answers for this one: itself, or the one that it was joined into, and so on."""
    seen = {event_id}
    while (into := session.scalar(_into(event_id))) is not None and into not in seen:
        seen.add(into)
        event_id = into
    return event_id


def events_of(session: Session, typed: Iterable[str]) -> dict[str, int]:
    """The row ids of events by their public ids, as typed; what was joined leads to what answers for it."""
    names = {name: read_public_id(name) for name in typed}
    rows = session.execute(
        select(col(EventRow.public_id), col(EventRow.id), col(EventRow.review)).where(
            col(EventRow.public_id).in_(names.values())
        )
    )
    found = {
        row.public_id: root_of(session, row.id) if row.review == Review.MERGED else row.id for row in rows
    }
    return {name: found[public_id] for name, public_id in names.items() if public_id in found}


def _mentions_of(session: Session, event_id: int) -> list[int]:
    key = col(MentionRow.id)
    rows = session.execute(select(key).where(col(MentionRow.event_id) == event_id).order_by(key))
    return [int(row[0]) for row in rows]


def _into(event_id: int) -> Any:
    joined = (col(MergeRow.other_id) == event_id, col(MergeRow.undone_at).is_(None))
    return select(col(MergeRow.event_id)).where(*joined)


def _move(session: Session, mentions: Sequence[int], event_id: int) -> None:
    session.execute(update(MentionRow).where(col(MentionRow.id).in_(mentions)).values(event_id=event_id))


def _review_of(session: Session, event_id: int) -> str:
    return str(session.execute(select(col(EventRow.review)).where(col(EventRow.id) == event_id)).scalar_one())


def _set_review(session: Session, event_id: int, review: Review) -> None:
    session.execute(update(EventRow).where(col(EventRow.id) == event_id).values(review=review.value))


def _accept(session: Session, event_id: int, like: int) -> None:
    day = select(col(EventRow.cleared_on)).where(col(EventRow.id) == like).scalar_subquery()
    values = {"review": Review.ACCEPTED.value, "cleared_on": func.coalesce(col(EventRow.cleared_on), day)}
    session.execute(update(EventRow).where(col(EventRow.id) == event_id).values(**values))


def _key(key: int | None) -> int:
    if key is None:
        raise RuntimeError("a row without a key was used before it was flushed")
    return key
