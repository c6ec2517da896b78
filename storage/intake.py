"""What was handed in by hand: kept until somebody says whether to store it, then stored once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col

from parsing.model import Reading
from storage.ingest import PageInfo, SourceInfo, store_reading
from storage.tables_intake import IntakeRow
from storage.text import clean
from storage.views import EventView, IntakeReport

WAITING, STORED, DROPPED = "waiting", "stored", "dropped"


class DatedBy(StrEnum):
    """Where the issue date of an intake is from."""

    TOLD = "told"  # by the person who handed it in
    NAME = "name"  # by the file's name
    SITE = "site"  # by the web page that it stands on
    PRINTED = "printed"  # in the text itself
    POST = "post"  # the day of the post that was forwarded
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IntakePage:
    """One page of an intake; `number` is the 版次 as printed."""

    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What was handed in, as it was understood."""

    pages: tuple[IntakePage, ...]
    source: str
    file_name: str = ""
    url: str | None = None
    title: str | None = None
    issued_on: date | None = None
    dated_by: DatedBy = DatedBy.UNKNOWN


@dataclass(frozen=True, slots=True)
class KeptIntake:
    """An intake as it is kept: without its text unless it is `waiting`."""

    state: str  # waiting, stored, dropped
    intake: Intake


def keep_intake(session: Session, intake: Intake, *, chat_id: int, now: datetime) -> int:
    """Keep it until somebody of this chat says what to do, and return its number."""
    row = IntakeRow(
        chat_id=chat_id,
        state=WAITING,
        pages=[[clean(page.text), page.number and clean(page.number)] for page in intake.pages],
        source=clean(intake.source),
        file_name=clean(intake.file_name),
        url=intake.url and clean(intake.url),
        title=intake.title and clean(intake.title),
        issued_on=intake.issued_on,
        dated_by=intake.dated_by.value,
        made_at=now,
    )
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - given by the flush
    return row.id


def get_intake(session: Session, number: int, *, chat_id: int) -> KeptIntake | None:
    """What this chat handed in under the number; None for another chat's, or one long gone."""
    row = session.scalars(select(IntakeRow).where(*_which(number, chat_id))).one_or_none()
    return None if row is None else KeptIntake(row.state, _intake(row))


def preview_intake(
    session: Session, intake: Intake, readings: Sequence[Reading], *, now: datetime, zone: str
) -> IntakeReport:
    """What storing it would do; nothing is changed. `readings` has one for each page."""
    with session.begin_nested() as trial:
        report = _store(session, intake, readings, now, zone)
        trial.rollback()
    return report


def store_intake(
    session: Session, number: int, readings: Sequence[Reading], *, chat_id: int, now: datetime, zone: str
) -> IntakeReport | None:
    """Store what waits, with one reading for each of its pages; None where it waits no more."""
    row = _waiting(session, number, chat_id)
    if row is None:
        return None
    report = _store(session, _intake(row), readings, now, zone)
    row.state, row.pages = STORED, []
    session.flush()
    return report


def drop_intake(session: Session, number: int, *, chat_id: int) -> bool:
    """Do not store what waits; False where it waits no more."""
    row = _waiting(session, number, chat_id)
    if row is None:
        return False
    row.state, row.pages = DROPPED, []
    session.flush()
    return True


def delete_old_intakes(session: Session, before: datetime) -> int:
    """Delete what was handed in before that moment, stored or not; returns how many that were."""
    statement = delete(IntakeRow).where(col(IntakeRow.made_at) < before)
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _which(number: int, chat_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(IntakeRow.id) == number, col(IntakeRow.chat_id) == chat_id


def _waiting(session: Session, number: int, chat_id: int) -> IntakeRow | None:
    # Locked: of two taps at once only the first finds it waiting.
    query = select(IntakeRow).where(*_which(number, chat_id)).with_for_update()
    row = session.scalars(query).one_or_none()
    return row if row is not None and row.state == WAITING else None


def _intake(row: IntakeRow) -> Intake:
    return Intake(
        pages=tuple(IntakePage(text or "", number) for text, number in row.pages),
        source=row.source,
        file_name=row.file_name,
        url=row.url,
        title=row.title,
        issued_on=row.issued_on,
        dated_by=DatedBy(row.dated_by),
    )


def _store(
    session: Session, intake: Intake, readings: Sequence[Reading], now: datetime, zone: str
) -> IntakeReport:
    known = articles = 0
    seen: dict[str, EventView] = {}  # as the last page left each
    new: set[str] = set()
    for page, reading in zip(intake.pages, readings, strict=True):
        report = store_reading(
            session,
            reading,
            text=page.text,
            source=SourceInfo(intake.source),
            page=PageInfo(intake.file_name, number=page.number, url=intake.url, title=intake.title),
            now=now,
            zone=zone,
        )
        known += report.page_known
        articles += report.articles
        new.update(event.id for event in report.new)
        seen.update((event.id, event) for event in (*report.new, *report.merged))
    return IntakeReport(
        pages=len(intake.pages),
        known=known,
        articles=articles,
        new=tuple(event for event in seen.values() if event.id in new),
        merged=tuple(event for event in seen.values() if event.id not in new),
    )
