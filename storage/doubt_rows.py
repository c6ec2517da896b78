"""Writing down which pairs of events are doubtful, which a person keeps apart, and which became one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from storage.inserts import insert_new
from storage.reasons import Likeness, Verdict
from storage.tables_merges import DoubtRow


def note_doubt(session: Session, one: int, other: int, likeness: Likeness, now: datetime) -> None:
    """Write down that two events may be one, unless the pair is known, whatever was decided of it."""
    reasons = {
        "for": [each.value for each in likeness.pros],
        "against": [each.value for each in likeness.cons],
    }
    _insert(session, one, other, score=likeness.score, reasons=reasons, state=Verdict.OPEN.value, made_at=now)


def keep_apart(session: Session, one: int, other: int, *, by: int | None, now: datetime) -> None:
    """Remember that two events are two, so that they are neither joined nor asked about again."""
    decided = {"state": Verdict.APART.value, "decided_at": now, "decided_by": by, "merge_id": None}
    blank = {"score": 0.0, "reasons": {"for": [], "against": []}, "made_at": now}
    _insert(session, one, other, **{**blank, **decided})
    session.execute(update(DoubtRow).where(*_pair(one, other)).values(**decided))


def note_same(
    session: Session, one: int, other: int, merge_id: int, *, by: int | None, now: datetime
) -> None:
    """Close the pair of two events that were joined, if it was doubtful."""
    decided = {"state": Verdict.SAME.value, "decided_at": now, "decided_by": by, "merge_id": merge_id}
    session.execute(update(DoubtRow).where(*_pair(one, other)).values(**decided))


def carry_over(session: Session, gone: int, kept: int, now: datetime) -> None:
    """Let what is open or decided of an event that was joined into another hold of that too."""
    first, second = col(DoubtRow.first_id), col(DoubtRow.second_id)
    rows = session.scalars(
        select(DoubtRow).where(or_(first == gone, second == gone), col(DoubtRow.state) != Verdict.SAME.value)
    )
    for row in list(rows):
        partner = row.second_id if row.first_id == gone else row.first_id
        if partner != kept:
            _insert(
                session,
                kept,
                partner,
                score=row.score,
                reasons=row.reasons,
                state=row.state,
                made_at=now,
                decided_at=row.decided_at,
                decided_by=row.decided_by,
            )


def _insert(session: Session, one: int, other: int, **values: Any) -> None:
    first, second = sorted((one, other))
    row: Mapping[str, Any] = {"first_id": first, "second_id": second, **values}
    insert_new(session, DoubtRow, [row])


def _pair(one: int, other: int) -> tuple[Any, Any]:
    first, second = sorted((one, other))
    return col(DoubtRow.first_id) == first, col(DoubtRow.second_id) == second
