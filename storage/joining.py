"""Which known event each report of a page tells of, if any, and of which it is doubtful."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from parsing.model import Article, Period
from storage.course import course_of
from storage.event_writes import reports_in_article, reports_of
from storage.likeness import compare, partners
from storage.likeness_days import AHEAD, WINDOW, dates_agree
from storage.likeness_name import may_be_named
from storage.merge import combine, same_in_reprint
from storage.reasons import Likeness, Verdict
from storage.tables_events import EventRow
from storage.tables_merges import DoubtRow, EarlierRow
from storage.tables_news import ArticleRow
from storage.text import fold
from storage.told import Told

_OPENING = 300  # characters of the body by which a reprint is known
_LEAST_OPENING = 40  # shorter ones are alike by chance
_REPRINT = 90.0  # of 100
_LONGEST_DAYS = timedelta(days=31)  # of an event that is no whole month, quarter or year
_MOST_OPENINGS = 5_000


@dataclass(frozen=True, slots=True)
class _Event:
    """What the reports of a known event say, and it as a whole for each time that it was set for."""

    reports: Sequence[Told]
    times: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the reports of a page, by index: the events they tell, and those they may tell."""

    joined: dict[int, tuple[int, Likeness]] = field(default_factory=dict)
    doubtful: dict[int, list[tuple[int, Likeness]]] = field(default_factory=dict)  # the likeliest first


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


def find_known(session: Session, reports: Sequence[Told], reprints: Sequence[int | None]) -> Known:
    """The known events that reports tell.

    `reprints` holds for each report the article that its own article reprints, if any. The surest pairs are
    taken first, and no event is taken by two reports: what a page tells apart stays apart.
    """
    near = [_near(session, report) for report in reports]
    told = reports_of(session, sorted(set().union(*near))) if any(near) else {}
    events = {event_id: _event(others) for event_id, others in told.items()}
    found = [
        _candidates(session, report, reprint, {event_id: events[event_id] for event_id in ids})
        for report, reprint, ids in zip(reports, reprints, near, strict=True)
    ]
    apart = _kept_apart(session, {event_id for likely in found for event_id in likely})
    pairs = [
        (likeness.score, index, event_id)
        for index, likely in enumerate(found)
        for event_id, likeness in likely.items()
        if likeness.is_same and not _is_another(event_id, likely, apart)
    ]
    known = Known()
    taken: set[int] = set()
    for _score, index, event_id in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if index not in known.joined and event_id not in taken:
            known.joined[index] = event_id, found[index][event_id]
            taken.add(event_id)
    for index, likely in enumerate(found):
        doubts = [(event_id, each) for event_id, each in likely.items() if each.is_doubtful]
        if index not in known.joined and doubts:
            free = [pair for pair in doubts if pair[0] not in taken]
            known.doubtful[index] = sorted(free, key=lambda pair: (-pair[1].score, pair[0]))
    return known


def _candidates(
    session: Session, report: Told, reprint: int | None, near: Mapping[int, _Event]
) -> dict[int, Likeness]:
    """Each event that a report may tell, with the likeness to the most alike of the event's reports.

    `near` are events of about its name and time, with their reports.
    """
    found: dict[int, Likeness] = {}
    if reprint is not None:
        for event_id, told in reports_in_article(session, reprint).items():
            found[event_id] = max((same_in_reprint(report, other) for other in told), key=_score)
    for event_id, event in near.items():
        if not any(dates_agree(report, time) for time in event.times):
            continue
        likeness = max((compare(report, other) for other in event.reports), key=_score)
        found[event_id] = max(found.get(event_id, likeness), likeness, key=_score)
    return found


def _score(likeness: Likeness) -> float:
    return likeness.score


def _near(session: Session, report: Told) -> list[int]:
    """The events that a report may tell by their type, name and days."""
    kinds, start = [kind.value for kind in partners(report)], report.when.start
    rows = session.execute(
        select(col(EventRow.id), col(EventRow.subject), col(EventRow.date_start)).where(
            col(EventRow.type).in_(kinds), _about_the_time(report)
        )
    )
    # Of the very same days two editors may have taken other words for it.
    return [
        row.id
        for row in rows
        if (start is not None and row.date_start == start) or may_be_named(report, row.subject)
    ]


def _event(reports: Sequence[Told]) -> _Event:
    course, whole = course_of(reports), combine(reports)
    return _Event(reports, [replace(whole, when=when) for when in (course.when, *course.earlier)])


def _about_the_time(report: Told) -> ColumnElement[bool]:
    """Events whose days may agree, found by an index: short ones near, and the periods that hold the day."""
    near = (report.told_on - WINDOW, report.told_on + WINDOW)
    first, told = col(EventRow.first_day), col(EventRow.told_on)
    change = report.change
    told_days = [report.when, *((change.was, change.now) if change else ())]
    some = [clause for when in told_days if (clause := _within(when)) is not None]
    if report.when.start is None:
        some.append(told.between(*near))
    if change is not None and not _is_ahead(
        change.was, report.told_on
    ):  # announced before, for a day that is not told again
        some.append(and_(first.between(report.told_on, report.told_on + AHEAD), told <= report.told_on))
    return or_(*some, and_(col(EventRow.date_start).is_(None), first.between(*near)))


def _is_ahead(when: Period, day: date) -> bool:
    return when.end is not None and when.end >= day


def _within(when: Period) -> ColumnElement[bool] | None:
    if when.start is None or when.end is None:
        return None
    first, last = col(EventRow.first_day), col(EventRow.last_day)
    start, end = when.start, when.end
    starts = {date(start.year, month, 1) for month in (1, 4, 7, 10, start.month)}
    before = select(col(EarlierRow.event_id)).where(
        col(EarlierRow.first_day).between(start - _LONGEST_DAYS, end), col(EarlierRow.last_day) >= start
    )
    return or_(
        and_(first.between(start - _LONGEST_DAYS, end), last >= start),
        and_(first.in_(sorted(starts)), last >= end),
        col(EventRow.id).in_(before),
    )


def _kept_apart(session: Session, ids: set[int]) -> dict[int, set[int]]:
    """Which of these events a person keeps apart from which."""
    apart: dict[int, set[int]] = defaultdict(set)
    if len(ids) > 1:
        first, second = col(DoubtRow.first_id), col(DoubtRow.second_id)
        rows = session.execute(
            select(first, second).where(
                col(DoubtRow.state) == Verdict.APART.value, first.in_(ids), second.in_(ids)
            )
        )
        for one, other in rows:
            apart[one].add(other)
            apart[other].add(one)
    return apart


def _is_another(event_id: int, likely: dict[int, Likeness], apart: dict[int, set[int]]) -> bool:
    """Whether a report is more like an event that a person keeps apart from this one."""
    return any(
        likely[other].score > likely[event_id].score for other in apart.get(event_id, ()) if other in likely
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
