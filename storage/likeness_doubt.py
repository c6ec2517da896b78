"""Which pairs of reports a person is asked about though their points are few.

Editors who never met name one happening by other words: 消防疏散演练, 捂着毛巾排队下楼. Where the days
agree and something besides the name bears witness, a person decides.
"""

from collections.abc import Sequence

from storage.reasons import Point, Reason

BY_NOTICE = -2.0  # an occasion, and a notice of the same days that may tell of it: no more than asked about

_UNCLEAR = 1.5  # points besides the names from which a person is asked
_TOUCH = 0.5  # points for names that have a few words in common
# What editors who never met tell in other words, and what they do not.
_OTHER_WORDS = frozenset({Reason.OTHER_NAME, Reason.OTHER_ACTORS, Reason.OTHER_PEOPLE})
_PROOFS_OF_TWO = frozenset({Reason.ONE_ISSUE, Reason.OTHER_NUMBER})
_WITNESSES = frozenset(
    {
        Reason.SAME_ACTORS,
        Reason.SAME_PEOPLE,
        Reason.SAME_PLACE,
        Reason.SAME_NUMBERS,
        Reason.SAME_DETAILS,
        Reason.SAME_NAME,
        Reason.NAME_ALIKE,
        Reason.CHANGE,
    }
)


def is_unclear(points: Sequence[Point], *, touch: bool, titled: bool) -> bool:
    """Whether all but the names agrees.

    `touch` says that the names have some words in common, `titled` that each is a title of its own, so that
    neither is the other in an editor's words.
    """
    told = {reason for reason, _ in points}
    if told & _PROOFS_OF_TWO or (titled and not touch):
        return False
    if any(reason is Reason.OTHER_TYPE and value < BY_NOTICE for reason, value in points):
        return False
    if Reason.NO_NUMBERS in told or (Reason.SAME_NUMBERS in told and not touch and not _telling(points)):
        return False  # of two measures the same district tells, with small numbers alike by chance
    rare = told >= {Reason.SAME_DAYS, Reason.SAME_STAGE}  # launches are few, meetings many on one day
    if not (touch or rare or any(value >= 0.5 for reason, value in points if reason in _WITNESSES)):
        return False
    agree = _TOUCH * touch + sum(value for _, value in points if value > 0)
    against = sum(value for reason, value in points if value < 0 and reason not in _OTHER_WORDS)
    return agree + against >= _UNCLEAR


def _telling(points: Sequence[Point]) -> bool:
    """Whether the numbers of two figures agree closely enough to say much of themselves."""
    return any(reason is Reason.SAME_NUMBERS and value > 1.0 for reason, value in points)
