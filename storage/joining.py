"""Which known event each report of a page tells of, if any."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from parsing.model import Article
from storage.event_writes import reports_in_article, reports_of
from storage.merge import (
    LEAST_ALIKE,
    WINDOW,
    combine,
    dates_agree,
    same_happening,
    same_in_reprint,
    subjects_alike,
)
from storage.tables_events import EventRow
from storage.tables_news import ArticleRow
from storage.text import bare, fold
from storage.told import Told

_OPENING = 300  # characters of the body by which a reprint is known
_LEAST_OPENING = 40  # shorter ones are alike by chance
_REPRINT = 90.0  # of 100
_LONGEST_DAYS = timedelta(days=31)  # of an event that is no whole month, quarter or year
_MOST_OPENINGS = 5_000


def opening_of(article: Article) -> str:
    """What an article begins with, in the form that is compared."""
    return fold(f"{article.headline or ''} {article.text[: 2 * _OPENING]}")[
        : len(article.headline or "") + _OPENING
    ]


def find_reprints(session: Session, openings: Sequence[str], told_on: date) -> list[int | None]:
    """For each opening, the id of the stored article of about that day that begins almost the same."""
    rows = session.execute(
        select(col(ArticleRow.id), col(ArticleRow.opening), col(ArticleRow.reprint_of))
        .where(col(ArticleRow.told_on).between(told_on - WINDOW, told_on + WINDOW))
        .order_by(col(ArticleRow.id).desc())
        .limit(_MOST_OPENINGS)
    ).all()
    return [
        _most_like(opening, [(row.reprint_of or row.id, row.opening) for row in rows]) for opening in openings
    ]


def find_known(session: Session, reports: Sequence[Told], reprints: Sequence[int | None]) -> dict[int, int]:
    """For each report (by its index) that tells of a known event, the event's id.

    `reprints` holds for each report the article that its own article reprints, if any. The surest pairs are
    taken first, and no event is taken by two reports: what a page tells apart stays apart.
    """
    pairs: list[tuple[float, int, int]] = []
    for index, (report, reprint) in enumerate(zip(reports, reprints, strict=True)):
        sure: Mapping[int, float] = {}
        if reprint is not None:
            sure = {
                event_id: max(same_in_reprint(report, other) for other in others)
                for event_id, others in reports_in_article(session, reprint).items()
            }
        likely = {
            event_id: max(score, sure.get(event_id, 0.0)) for event_id, score in _likely(session, report)
        }
        pairs += [(score, index, event_id) for event_id, score in ({**sure, **likely}).items() if score > 0]
    known: dict[int, int] = {}
    taken: set[int] = set()
    for _score, index, event_id in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if index not in known and event_id not in taken:
            known[index] = event_id
            taken.add(event_id)
    return known


def _likely(session: Session, report: Told) -> list[tuple[int, float]]:
    subject = bare(report.subject)
    rows = session.execute(
        select(col(EventRow.id), col(EventRow.subject)).where(
            col(EventRow.type) == report.type.value, _about_the_time(report)
        )
    )
    ids = [row.id for row in rows if subjects_alike(subject, bare(row.subject), LEAST_ALIKE)]
    if not ids:
        return []
    return [
        (event_id, max(same_happening(report, other) for other in others))
        for event_id, others in reports_of(session, ids).items()
        if dates_agree(report, combine(others))
    ]


def _about_the_time(report: Told) -> ColumnElement[bool]:
    """Events whose days may agree, found by an index: short ones near, and the periods that hold the day."""
    first, last, told = col(EventRow.first_day), col(EventRow.last_day), col(EventRow.told_on)
    near = (report.told_on - WINDOW, report.told_on + WINDOW)
    if report.when.start is None or report.when.end is None:
        return told.between(*near)
    start, end = report.when.start, report.when.end
    starts = {date(start.year, month, 1) for month in (1, 4, 7, 10, start.month)}
    return or_(
        and_(first.between(start - _LONGEST_DAYS, end), last >= start),
        and_(first.in_(sorted(starts)), last >= end),
        and_(col(EventRow.date_start).is_(None), first.between(*near)),
    )


def _most_like(opening: str, others: Sequence[tuple[int, str]]) -> int | None:
    if len(opening) < _LEAST_OPENING:
        return None
    best, found = _REPRINT, None
    for article_id, other in others:
        score = fuzz.ratio(opening, other, score_cutoff=best)
        if score >= best and (found is None or score > best):
            best, found = score, article_id
    return found
