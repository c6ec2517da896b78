"""What speaks for two reports telling one happening, and against it, in points and in words."""

from dataclasses import dataclass
from enum import StrEnum

SAME = 3.5  # points from which two reports are joined
DOUBT = 2.5  # points from which a person is asked


class Reason(StrEnum):
    """What speaks for two reports being of one happening, or against it; in words for whoever decides."""

    REPRINT = "the same article"
    SAME_WORDS = "the same words"
    SAME_DAYS = "the same days"
    DAYS_FIT = "the days fit"
    NEAR = "reported about the same time"
    CHANGE = "one says what became of the other"
    SAME_NAME = "the same name"
    NAME_ALIKE = "the names are alike"
    SAME_ACTORS = "the same body"
    SAME_PEOPLE = "the same people"
    SAME_PLACE = "the same place"
    SAME_STAGE = "the same stage"
    SAME_NUMBERS = "the same numbers"
    SAME_DETAILS = "the same details"
    NO_NUMBERS = "no numbers to compare"
    OTHER_TYPE = "told as another type"
    OTHER_NAME = "the names differ"
    OTHER_NUMBER = "another session, rank or part"
    OTHER_ACTORS = "other bodies"
    OTHER_PEOPLE = "other people"
    OTHER_PLACE = "another place"
    OTHER_DISTRICT = "papers of two districts"
    ONE_ISSUE = "both in one issue"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How surely two reports tell one happening, in points, with what speaks for it and against."""

    score: float = 0.0
    pros: tuple[Reason, ...] = ()
    cons: tuple[Reason, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether they are joined without asking."""
        return self.score >= SAME

    @property
    def is_doubtful(self) -> bool:
        """Whether a person is to decide."""
        return DOUBT <= self.score < SAME


APART = Likeness()
Point = tuple[Reason, float]


class Verdict(StrEnum):
    """Where a pair of events stands that may be one."""

    OPEN = "open"  # nobody has decided yet
    SAME = "same"
    APART = "apart"
