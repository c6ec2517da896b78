"""Whether an issue was read soundly, and whether one is missing: rules over counts, nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sources.look import VALID
from storage.ledger import Issue
from storage.ledger_articles import ArticleState, IssueArticle
from storage.source_states import SourceState

NEEDS_OCR = "its text cannot be read: it needs OCR"
LOCKED = "shown only to those who pay or log in"
GAPS = 10  # between issues by which the usual one is known
_FEWEST_GAPS = 3
_LONGER = 2  # times the usual gap
EARLIER = 7  # issues by which the usual number of events is known
_FEWEST_EARLIER = 5
_FEWEST_EXPECTED = 6.0  # events: of fewer, half is chance


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with an issue; `state` is what its source is then, READ if nothing is."""

    state: SourceState = SourceState.READ
    why: str = ""


SOUND = Verdict()
_STATES = {LOCKED: SourceState.LOCKED, NEEDS_OCR: SourceState.NEEDS_OCR}  # of sources with such articles


def judge_articles(articles: Sequence[IssueArticle]) -> Verdict:
    """Judge an issue by what came of its articles.

    Those that are stored count too, or storing that was cut off would be judged by its rest. Of few articles
    one alone may be flawed: a broken link is not a changed layout.
    """
    counted = [one for one in articles if one.state is not ArticleState.LEFT_OUT or one.flaws]
    if not counted:
        return SOUND
    for flaw, state in _STATES.items():
        count = sum(flaw in one.flaws for one in counted)
        if count > len(counted) / 2:
            return Verdict(state, f"{count} of {len(counted)} articles: {flaw}")
    flawed = [one for one in counted if one.flaws]
    few = len(flawed) < 2 and len(counted) > 1
    if few or 1 - len(flawed) / len(counted) >= VALID:
        return SOUND
    most = Counter(flaw for one in flawed for flaw in one.flaws).most_common(1)[0][0]
    why = f"{len(flawed)} of {len(counted)} articles are flawed, such as: {most}"
    return Verdict(SourceState.DEGRADED, why)


def verdict_of(held: Issue) -> Verdict:
    """What an issue that is held means for its source: what it was held for."""
    return Verdict(held.held_as or SourceState.DEGRADED, held.why)


def judge_events(articles: int, mentions: int, earlier: Sequence[Issue]) -> Verdict:
    """Judge an issue by how many events its articles tell, beside those of the issues before it."""
    known = [issue for issue in earlier if issue.articles][:EARLIER]
    if len(known) < _FEWEST_EARLIER:
        return SOUND
    rate = sum(issue.mentions for issue in known) / sum(issue.articles for issue in known)
    expected = rate * articles
    if expected < _FEWEST_EXPECTED or mentions >= expected / 2:
        return SOUND
    why = f"{articles} articles tell {mentions} events where about {expected:.0f} are usual"
    return Verdict(SourceState.DEGRADED, why)


def overdue_since(days: Sequence[date], today: date) -> date | None:
    """The day by which an issue was to come, twice the usual gap after the newest; None if none is missing.

    The usual gap is the longest of the last ten, as a paper that comes on weekdays rests at weekends.
    """
    newest = sorted(set(days), reverse=True)[: GAPS + 1]
    gaps = [(later - earlier).days for later, earlier in pairwise(newest)]
    if len(gaps) < _FEWEST_GAPS:
        return None
    due = newest[0] + timedelta(days=_LONGER * max(gaps))
    return due if today > due else None
