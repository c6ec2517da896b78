"""What the judge is told of a clause: its words, its neighbours, its place, its dates, what rules propose.

A feature is a short string; a clause has a set of them. They tell what a reader sees and never what a gate
decided: a judge that sees the gates copies them, since on pages it learned from they are right.
"""

import re
from collections.abc import Iterable, Sequence
from operator import add

from parsing.candidates import Candidate, Story
from parsing.clauses import MASK, Clause

DATE, NUMBER, PERSON, HIDDEN = "D", "0", "P", "N"

_HIDDEN = re.compile(MASK + "+")
_NUMBER = re.compile(r"\d[\d,.]*")
_WORDS = 1 + 3  # the letter of a feature of the clause's own words, and at most so many characters
_FAR = 4  # positions beyond it are all the same


def clause_features(story: Story, candidates: Iterable[Candidate]) -> list[set[str]]:
    """For each clause of an article, in order, the set of its features.

    `candidates` are the proposals of the rules for the article, those that gates turn down among them.
    """
    clauses = list(story.clauses)
    proposals: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        proposals.setdefault(candidate.clause.index, []).append(candidate)
    shapes = [shape(story, clause) for clause in clauses]
    pairs = [_pairs(text) for text in shapes]
    headline = set(_pairs(story.draft.headline or ""))
    first = clauses[0].sentence if clauses else 0
    described: list[set[str]] = []
    for index, clause in enumerate(clauses):
        found = _words(shapes[index])
        found.update(_neighbours(clauses, pairs, index))
        found.update(_place(story, clause, clauses, index, first))
        found.update(_times(story, clause))
        found.update(_names(story, clause, headline))
        for proposal in proposals.get(clause.index, ()):
            found.update(_proposal(story, clause, proposal))
        for step, key in ((-1, "<"), (1, ">")):
            beside = index + step
            if 0 <= beside < len(clauses):
                same = "" if clauses[beside].sentence == clause.sentence else "."
                for proposal in proposals.get(clauses[beside].index, ()):
                    found.add(f"rule{key}{same}{proposal.type.value}")
        described.append(found)
    return described


def spoken(feature: str) -> str:
    """A feature in words, for people: `c签了` is 签了, `<村里` is 村里 in the clause before."""
    if feature.startswith("c") and len(feature) <= _WORDS:  # not `caption`
        return feature[1:].replace("^", "⟨").replace("$", "⟩")
    if feature[0] in "<>" and len(feature) > 1:
        return f"{feature[1:].removeprefix('.')} {'before' if feature[0] == '<' else 'after'}"
    return feature


def shape(story: Story, clause: Clause) -> str:
    """A clause's text with its dates, numbers, people and hidden names each as one letter."""
    pieces: list[str] = []
    at, text = clause.start, clause.masked
    spans = [(d.start, d.end, DATE) for d in story.dates_in(clause.paragraph, clause.start, clause.end)] + [
        (p.start, p.end, PERSON) for p in story.people_in(clause.paragraph, clause.start, clause.end)
    ]
    for start, end, letter in sorted(spans):
        if start < at:
            continue
        pieces += [text[at - clause.start : start - clause.start], letter]
        at = end
    pieces.append(text[at - clause.start :])
    return _NUMBER.sub(NUMBER, _HIDDEN.sub(HIDDEN, "".join(pieces)))


def _pairs(text: str) -> list[str]:
    return list(map(add, text, text[1:]))


def _words(text: str) -> set[str]:
    edged = f"^{text}$"
    pairs = _pairs(edged)
    return {"c" + piece for piece in (*text, *pairs, *map(add, pairs, edged[2:]))}


def _neighbours(clauses: Sequence[Clause], pairs: Sequence[list[str]], index: int) -> Iterable[str]:
    for beside, key in ((index - 1, "<"), (index + 1, ">")):
        if 0 <= beside < len(clauses):
            key += "" if clauses[beside].sentence == clauses[index].sentence else "."
            yield from [key + pair for pair in pairs[beside]]


def _place(story: Story, clause: Clause, clauses: Sequence[Clause], index: int, first: int) -> Iterable[str]:
    paragraph = story.paragraphs[clause.paragraph]
    text = paragraph.text
    yield f"after={text[clause.end : clause.end + 1]}"
    yield f"before={text[clause.start - 1 : clause.start]}"
    yield f"speech={clause.speech.value}"
    if clause.quoted:
        yield "quoted"
    if paragraph.caption:
        yield "caption"
    if story.draft.is_notice:
        yield "notices"
    opens = index == 0 or clauses[index - 1].sentence != clause.sentence
    yield f"sentence={min(clause.sentence - first, _FAR)}{'^' if opens else ''}"
    yield f"paragraph={min(clause.paragraph, _FAR)}"
    yield f"length={min(len(clause.text) // 5, 7)}"


def _times(story: Story, clause: Clause) -> Iterable[str]:
    low, high = story.paragraphs[clause.paragraph].sentence(clause)
    none = True
    for found in story.dates[clause.paragraph]:
        if clause.start <= found.start and found.end <= clause.end:
            none = False
            yield f"date={found.kind.value}"
            yield f"date:ahead={found.future}"
            yield f"date:old={found.past_year}"
        elif low <= found.start < clause.start:
            yield f"date<={found.kind.value}"
            yield f"date<:ahead={found.future}"
        elif clause.end <= found.start < high:
            yield f"date>={found.kind.value}"
    if none:
        yield "date=no"


def _names(story: Story, clause: Clause, headline: set[str]) -> Iterable[str]:
    people = len(story.people_in(clause.paragraph, clause.start, clause.end))
    bodies = len(story.bodies_in(clause.paragraph, clause.start, clause.end))
    yield f"people={min(people, 3)}"
    yield f"bodies={min(bodies, 3)}"
    shared = len(headline.intersection(_pairs(clause.text)))
    yield f"headline={min(shared // 2, _FAR)}"


def _proposal(story: Story, clause: Clause, proposal: Candidate) -> Iterable[str]:
    kind = proposal.type.value
    yield f"rule={kind}"
    yield f"rule={proposal.rule}"
    yield f"rule={kind}:{proposal.trigger}"
    yield f"rule={kind}~{proposal.strength:.1f}"
    yield from (f"rule={kind}+{note}" for note in proposal.notes)
    behind = proposal.at + len(proposal.trigger)
    yield f"rule={kind}>{story.text(clause)[behind : min(behind + 2, clause.end)]}"
