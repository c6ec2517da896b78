"""Whether an event may be told to people unasked, waits for a second look, or was found to be none."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from parsing.model import PUSHED
from storage.text import bare
from storage.told import Told

NEWS_FOR = timedelta(days=28)  # what turns sure longer after its first report is no news any more


class Review(StrEnum):
    """Where an event stands. ACCEPTED and REJECTED are a person's word, which only another word changes."""

    OPEN = "open"  # waits: no report of it is sure enough
    CLEAR = "clear"  # sure enough by itself, or told by a second source in its own words
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MERGED = "merged"  # joined into another event, which answers for it; it has no reports of its own

    @property
    def by_person(self) -> bool:
        """Whether a person decided it."""
        return self in (Review.ACCEPTED, Review.REJECTED)


UNASKED = (Review.CLEAR, Review.ACCEPTED)  # told in digests, without anybody asking
ASKED = (*UNASKED, Review.OPEN)  # listed for those who ask


def clear_since(reports: Iterable[Told]) -> date | None:
    """The day of the report that made a happening sure enough; None while none did.

    A second source makes it sure only in its own words: the reader takes the same sentence the same way
    twice, so a reprint repeats its mistake.
    """
    known: set[tuple[int, str]] = set()
    for report in sorted(reports, key=lambda report: report.told_on):
        words = bare(report.evidence)
        second = any(source != report.source_id and words != others for source, others in known)
        if second or report.confidence >= PUSHED:
            return report.told_on
        known.add((report.source_id, words))
    return None


def news_day(day: date, told_on: date) -> date:
    """The day by which a digest counts what turned sure on `day` and was first told on `told_on`."""
    return day if day - told_on <= NEWS_FOR else told_on
