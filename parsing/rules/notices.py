"""Notices: what residents must know ahead of a day — closures, cuts, changes, and when something can be done."""

import re
from collections.abc import Iterator
from functools import cache

from parsing.candidates import Candidate, Story, trimmed, whole
from parsing.clauses import Clause
from parsing.dates import DateKind, FoundDate
from parsing.lexicon import any_of, lexicon, verbose
from parsing.model import EventType

_SPAN_KINDS = frozenset({DateKind.RANGE, DateKind.UNTIL, DateKind.SINCE, DateKind.DAY, DateKind.RECURRENCE})
# A clause that speaks to its readers. A word belongs here that tells what they may or must do: [请]提前储水
_ADDRESSED = verbose(
    r"""请|须|需|将|届时|即日起|欢迎|凭|有意|符合条件                # [凭]身份证领取
      | 市民可|居民可 | 可(?: 通过|到|在|于|登录|凭|持 )           # [可到]社区领取
    """
)
# … and one that looks back: 该路段[曾]封闭
_NOT_A_NOTICE = re.compile(r"已经|曾|过去|当时|以往|去年|一度|的(?:人|市民|居民)")
# In front of what is cut or changed, in a long clause: [因管线检修，供水公司将]暂停供水
_AHEAD_OF_CUT = re.compile(r"^.*?(?:将|实行|采取|对)(?=.{2})")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = lexicon("events")["notice"]
    return {name: re.compile(any_of(words)) for name, words in table.items()}


def notices(story: Story, clause: Clause) -> Iterator[Candidate]:
    """The candidate for a notice in a clause; at most one."""
    # The last one: in 因管线检修停水 the work is the reason, the cut is what must be known.
    closing = max(_patterns()["closing"].finditer(clause.masked), key=re.Match.start, default=None)
    window = _patterns()["window"].search(clause.masked)
    signal = closing or window
    if signal is None:
        return
    dates = _dates_near(story, clause)
    in_clause = [d for d in dates if clause.start <= d.start < clause.end]
    if not dates and not story.draft.is_notice:
        return
    if not closing and not story.draft.is_notice and not (in_clause and _ADDRESSED.search(clause.masked)):
        return
    start, end = whole(clause)
    candidate = Candidate(
        type=EventType.NOTICE,
        rule="notice.closing" if closing else "notice.window",
        trigger=signal[0],
        clause=clause,
        start=start,
        end=end,
        at=clause.start + signal.start(),
        subject=_subject(story, clause, signal, closing is not None),
        strength=0.8 if closing else 0.65,
    )
    if story.draft.is_notice:
        candidate.notes["section"] = "notices"
        candidate.strength += 0.1
    if not any(_ahead(d) for d in dates):
        candidate.notes["no day ahead"] = "yes"
    if _NOT_A_NOTICE.search(clause.masked):
        candidate.notes["past"] = "yes"
    yield candidate


def _ahead(found: FoundDate) -> bool:
    return found.future or found.kind is DateKind.RECURRENCE


def _dates_near(story: Story, clause: Clause) -> list[FoundDate]:
    """Days and spans told in the clause or before it in its sentence."""
    start, _ = story.paragraphs[clause.paragraph].sentence(clause)
    return [d for d in story.dates_in(clause.paragraph, start, clause.end) if d.kind in _SPAN_KINDS]


def _subject(story: Story, clause: Clause, signal: re.Match[str], closing: bool) -> str:
    left = trimmed(story, clause, clause.start, clause.start + signal.start())
    upto = clause.start + signal.end()
    if closing:
        name = story.text(clause)[left.start : upto] if left.text else signal[0]
        return _AHEAD_OF_CUT.sub("", name) if len(name) > 24 else name
    right = trimmed(story, clause, upto, clause.end).text
    if left.text and len(left.text) >= 3:
        return left.text
    return signal[0] + right if right else signal[0]
