"""When a report repeats another, and what is known of a happening from all its reports."""

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from parsing.model import EventType, State
from storage.alike import ALIKE, fullest, subjects_alike, told_apart
from storage.course import course_of
from storage.details import numbers_agree
from storage.likeness_days import dates_agree
from storage.quantities import same_numbers
from storage.reasons import Likeness, Reason
from storage.text import bare
from storage.told import Told

REPRINTED = 20.0  # what a reprint tells again is surer than anything alike
_CHANGED = (State.MOVED, State.CANCELLED)


def same_in_reprint(one: Told, other: Told) -> Likeness:
    """How surely two reports tell the same happening where one article is a reprint of the other."""
    if one.type is not other.type or (one.when.start and other.when.start and not dates_agree(one, other)):
        return Likeness()  # the same words with other days: a notice or a table that comes again and again
    if one.type is EventType.FIGURE and not same_numbers(one.evidence, other.evidence):
        return Likeness()
    evidence = fuzz.ratio(bare(one.evidence), bare(other.evidence))
    likeness = subjects_alike(bare(one.subject), bare(other.subject))
    if told_apart(one.subject, other.subject) or not (likeness and evidence >= ALIKE / 2):
        return Likeness()
    if not numbers_agree(one.around, other.around):
        return Likeness()  # the notice of every month, whose days were not read
    return Likeness(REPRINTED + likeness + evidence / 100, (Reason.REPRINT,))


def is_repeated(one: Told, other: Told) -> bool:
    """Whether two reports of one page are the very same, told twice."""
    return (
        one.type is other.type
        and bare(one.evidence) == bare(other.evidence)
        and bare(one.subject) == bare(other.subject)
        and one.actors == other.actors
        and one.when == other.when
    )


def combine(reports: Sequence[Told]) -> Told:
    """What is known of a happening from its reports, in the order they were stored.

    The first subject stays, that of a report that tells it plainly before that of one that moves it or calls
    it off; the day is that of its course; names are added up; `told_on`, `reported_on` and `source_id` are
    those of the earliest report.
    """
    plain = sorted(reports, key=lambda report: report.change is not None and report.change.state in _CHANGED)
    issued = [report for report in reports if report.reported_on]
    earliest = min(issued or reports, key=lambda report: report.told_on)
    return replace(
        plain[0],
        when=course_of(reports).when,
        told_on=earliest.told_on,
        reported_on=earliest.reported_on,
        source_id=earliest.source_id,
        actors=fullest(name for report in reports for name in report.actors),
        people=tuple(dict.fromkeys(name for report in reports for name in report.people)),
        areas=tuple(dict.fromkeys(name for report in reports for name in report.areas)),
        place=next((report.place for report in plain if report.place), None),
        stage=next((report.stage for report in reports if report.stage), None),
        confidence=max(report.confidence for report in reports),
    )
