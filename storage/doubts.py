"""The pairs of events that may be one, and a person's word on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.doubt_rows import keep_apart
from storage.event_rows import select_events, views_of
from storage.event_writes import one_at_a_time
from storage.merges import UnknownMerge, merge_events, root_of, undo_merge
from storage.proofs import proofs_of
from storage.reasons import Likeness, Reason, Verdict
from storage.review import ASKED
from storage.tables_events import EventRow
from storage.tables_merges import DoubtRow
from storage.views import EventDetail, PairView


class UnknownPair(LookupError):  # noqa: N818
    """No pair has this number; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A pair as it stands now; `changed` tells whether this word was the one that decided it."""

    pair: PairView
    changed: bool


def doubtful_pairs(session: Session, limit: int | None = None) -> list[PairView]:
    """The pairs that nobody has decided, the likeliest first, without what was joined or rejected since."""
    rows = session.scalars(_open().order_by(col(DoubtRow.score).desc(), col(DoubtRow.id)).limit(limit))
    return _views(session, list(rows))


def count_doubtful(session: Session) -> int:
    """How many pairs nobody has decided."""
    return session.scalar(select(func.count()).select_from(_open().subquery())) or 0


def get_pair(session: Session, pair_id: int) -> PairView | None:
    """One pair, however it stands."""
    row = session.get(DoubtRow, pair_id)
    return _views(session, [row])[0] if row is not None else None


def decide_pair(session: Session, pair_id: int, *, same: bool, by: int | None, now: datetime) -> Decision:
    """Take a person's word on a pair: `same` joins its events, else they are kept apart.

    What was decided before stays as it is, whoever says it again. `by` is a Telegram id.

    Raises:
        UnknownPair
    """
    one_at_a_time(session)
    row = _row(session, pair_id)
    if row.state != Verdict.OPEN:
        return Decision(_views(session, [row])[0], changed=False)
    one, other = root_of(session, row.first_id), root_of(session, row.second_id)
    if not same:
        keep_apart(session, one, other, by=by, now=now)
    elif one != other:
        reasons = tuple(map(Reason, row.reasons["for"]))
        row.merge_id = merge_events(
            session, one, other, by=by, now=now, likeness=Likeness(row.score, reasons)
        )
    row.state = (Verdict.SAME if same else Verdict.APART).value
    row.decided_at, row.decided_by = now, by
    session.flush()
    return Decision(_views(session, [row])[0], changed=True)


def reopen_pair(session: Session, pair_id: int, *, by: int | None, now: datetime) -> Decision:
    """Take a word on a pair back: what it joined is two events again, and the pair waits as before.

    Where that cannot be, as its reports stand elsewhere by now, nothing is changed.

    Raises:
        UnknownPair
    """
    one_at_a_time(session)
    row = _row(session, pair_id)
    if row.state == Verdict.OPEN:
        return Decision(_views(session, [row])[0], changed=False)
    if row.merge_id is not None:
        try:
            undo_merge(session, row.merge_id, by=by, now=now)
        except UnknownMerge:
            return Decision(_views(session, [row])[0], changed=False)
    row.state, row.merge_id, row.decided_at, row.decided_by = Verdict.OPEN.value, None, None, None
    session.flush()
    return Decision(_views(session, [row])[0], changed=True)


def _open() -> SelectOfScalar[DoubtRow]:
    """The pairs of which nobody has decided and both events are still shown."""
    one, other = aliased(EventRow), aliased(EventRow)
    shown = [state.value for state in ASKED]
    return (
        select(DoubtRow)
        .join(one, col(one.id) == col(DoubtRow.first_id))
        .join(other, col(other.id) == col(DoubtRow.second_id))
        .where(
            col(DoubtRow.state) == Verdict.OPEN.value,
            col(one.review).in_(shown),
            col(other.review).in_(shown),
        )
    )


def _row(session: Session, pair_id: int) -> DoubtRow:
    row = session.get(DoubtRow, pair_id, populate_existing=True)
    if row is None:
        raise UnknownPair(str(pair_id))
    return row


def _views(session: Session, rows: Sequence[DoubtRow]) -> list[PairView]:
    roots = [(root_of(session, row.first_id), root_of(session, row.second_id)) for row in rows]
    ids = {key for pair in roots for key in pair}
    found = session.execute(select_events().where(col(EventRow.id).in_(ids))).all()
    details = {
        row.id: EventDetail(event, proofs_of(session, row.id))
        for row, event in zip(found, views_of(session, found), strict=True)
    }
    return [
        PairView(
            id=row.id or 0,
            first=details[one],
            second=details[other] if other != one else None,
            score=row.score,
            pros=tuple(map(Reason, row.reasons["for"])),
            cons=tuple(map(Reason, row.reasons["against"])),
            verdict=Verdict(row.state),
            decided_at=row.decided_at,
            decided_by=row.decided_by,
        )
        for row, (one, other) in zip(rows, roots, strict=True)
    ]
