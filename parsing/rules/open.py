"""Candidates without a rule: clauses that the judge takes for an event though no rule's words stand in them.

九个村的支书把板凳搬到晒谷场 has no trigger of a meeting. The judge has read many clauses; where it thinks a
clause likely enough, the clause becomes a candidate like any other, and its subject is its closest noun phrase.
"""

import re
from collections.abc import Iterator, Mapping

from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import Clause
from parsing.model import EventType

RULE = "open"

_TITLED = re.compile(r"[“《][^”》]{2,40}[”》]")  # 剧场里是[《茶馆》]


def open_candidates(
    story: Story,
    chances: Mapping[int, Mapping[EventType, float]],
    proposed: set[tuple[int, EventType]],
    floor: float,
) -> Iterator[Candidate]:
    """A candidate for each clause and type with a chance of at least `floor` that no rule proposes.

    `chances` are by the clause's index; `proposed` holds the clauses and types that rules propose already.
    """
    for clause in story.clauses:
        for kind, chance in chances[clause.index].items():
            if chance >= floor and (clause.index, kind) not in proposed:
                yield Candidate(
                    type=kind,
                    rule=RULE,
                    trigger="",
                    clause=clause,
                    start=clause.start,
                    end=clause.end,
                    at=clause.start,
                    subject=_subject(story, clause),
                    strength=chance,
                )


def _subject(story: Story, clause: Clause) -> str:
    text = story.text(clause)[clause.start : clause.end]
    if titled := _TITLED.search(text):
        return titled[0]
    return trimmed(story, clause, clause.start, clause.end).text or text
