"""The events that wait for a person's word, and taking that word."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlmodel import Session, col

from storage.event_rows import select_events, views_of
from storage.event_writes import one_at_a_time
from storage.merges import events_of
from storage.proofs import proofs_of
from storage.public_ids import read_public_id
from storage.review import Review, news_day
from storage.tables_events import EventRow
from storage.views import EventDetail


class UnknownEvents(LookupError):  # noqa: N818
    """Ids that no event has; nothing was changed."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__("、".join(ids))
        self.ids = tuple(ids)


def in_review(
    session: Session, state: Review = Review.OPEN, *, limit: int | None = None
) -> list[EventDetail]:
    """The events of one state, the surest first; the first proof of each is its surest report."""
    by = (col(EventRow.confidence).desc(), col(EventRow.id).desc())
    rows = session.execute(
        select_events().where(col(EventRow.review) == state.value).order_by(*by).limit(limit)
    ).all()
    return _details(session, rows)


def count_in_review(session: Session, state: Review = Review.OPEN) -> int:
    """How many events are in that state."""
    wanted = col(EventRow.review) == state.value
    return session.scalar(select(func.count()).select_from(EventRow).where(wanted)) or 0


def decide(
    session: Session, *, accept: Sequence[str] = (), reject: Sequence[str] = (), today: date
) -> list[EventDetail]:
    """Take a person's word on events, whatever their state was, and return them as they are now.

    Ids are understood as a person types them. What is accepted after waiting counts for digests by `today`.

    Raises:
        UnknownEvents: some are no event's; none of the others was changed either.
        ValueError: an event is both accepted and rejected.
    """
    one_at_a_time(session)
    words = [(typed, Review.ACCEPTED) for typed in accept] + [(typed, Review.REJECTED) for typed in reject]
    ids = events_of(session, [typed for typed, _ in words])
    unknown = [read_public_id(typed) for typed, _ in words if typed not in ids]
    if unknown:
        raise UnknownEvents(list(dict.fromkeys(unknown)))
    decided: dict[int, Review] = {}
    for typed, word in words:
        if decided.setdefault(ids[typed], word) is not word:
            raise ValueError(f"{read_public_id(typed)} cannot be both accepted and rejected")
    columns_of = select(col(EventRow.id), col(EventRow.told_on), col(EventRow.cleared_on))
    for row in session.execute(columns_of.where(col(EventRow.id).in_(decided))).all():
        columns: dict[str, Any] = {"review": decided[row.id].value}
        if decided[row.id] is Review.ACCEPTED and row.cleared_on is None:
            columns["cleared_on"] = news_day(today, row.told_on)
        session.execute(update(EventRow).where(col(EventRow.id) == row.id).values(**columns))
    found = session.execute(select_events().where(col(EventRow.id).in_(decided))).all()
    order = list(decided)
    return _details(session, sorted(found, key=lambda row: order.index(row.id)))


def _details(session: Session, rows: Sequence[Row[Any]]) -> list[EventDetail]:
    return [
        EventDetail(event, tuple(sorted(proofs_of(session, row.id), key=lambda proof: -proof.confidence)))
        for row, event in zip(rows, views_of(session, rows), strict=True)
    ]
