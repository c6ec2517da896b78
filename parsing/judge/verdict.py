"""From what the rules propose to what is believed: the judge's two looks, and the gates that bind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsing.candidates import Candidate, Story
from parsing.dates import FoundDate
from parsing.gates import Refusal, refusals
from parsing.judge.features import clause_features, spoken
from parsing.judge.model import FirstLook, Judge
from parsing.judge.rivals import Claim, claim_features
from parsing.model import EventType
from parsing.rules.open import open_candidates
from parsing.when import lead_date, when

FLOOR = 0.12  # a clause with less in the first look is not worth a second one
ACCEPTED = 0.4  # less is dropped; up to `PUSHED` it waits in review, so a little doubt does no harm

Chances = dict[int, dict[EventType, float]]  # of every clause of an article, by its index


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a candidate: believed where `refusal` is None, with the chance that it is an event."""

    candidate: Candidate
    confidence: float
    refusal: Refusal | None
    reasons: tuple[str, ...] = ()  # what in the clause spoke most for it


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the first look makes of an article."""

    claims: list[Claim]  # candidates worth a second look, in reading order
    chances: Chances
    features: dict[int, set[str]]  # of every clause, by its index


def opinion(story: Story, proposals: Sequence[Candidate], first: FirstLook) -> Opinion:
    """The first look at an article: candidates are those of the rules and, where no rule knows any, open ones."""
    described = clause_features(story, proposals)
    features = {clause.index: each for clause, each in zip(story.clauses, described, strict=True)}
    chances = dict(zip(features, first.chances(features.values()), strict=True))
    known = {(candidate.clause.index, candidate.type) for candidate in proposals}
    candidates = [c for c in proposals if chances[c.clause.index].get(c.type, 0.0) >= FLOOR]
    candidates += open_candidates(story, chances, known, FLOOR)
    lead = lead_date(story)
    found = [
        _claim(story, candidate, chances[candidate.clause.index][candidate.type], lead)
        for candidate in sorted(candidates, key=lambda c: (c.clause.index, c.start))
    ]
    return Opinion(found, chances, features)


def _claim(story: Story, candidate: Candidate, chance: float, lead: FoundDate | None) -> Claim:
    words = story.text(candidate.clause)[candidate.start : candidate.end]
    return Claim(candidate, chance, *when(story, candidate, lead), words=words)


def verdicts(
    story: Story, proposals: Sequence[Candidate], judge: Judge
) -> list[tuple[Claim | None, Verdict]]:
    """Every candidate of an article with what became of it; its claim where it got a second look."""
    first = opinion(story, proposals, judge.first)
    told: list[tuple[Claim | None, Verdict]] = []
    sure = judge.second.chances(list(claim_features(story, first.claims, first.chances)))
    for claim, confidence in zip(first.claims, sure, strict=True):
        candidate = claim.candidate
        refusal = _refusal(story, candidate, confidence)
        reasons: tuple[str, ...] = ()
        if refusal is None:
            weighed = judge.first.reasons(first.features[candidate.clause.index], candidate.type)
            reasons = tuple(spoken(name) for name, weight in weighed if weight > 0)
        told.append((claim, Verdict(candidate, confidence, refusal, reasons)))
    looked_at = {id(claim.candidate) for claim in first.claims}
    known, lead = frozenset(judge.first.kinds), lead_date(story)
    for candidate in proposals:
        if candidate.type not in known:  # nothing was learned of it: its rule and the gates decide
            claim = _claim(story, candidate, candidate.strength, lead)
            told.append((claim, Verdict(candidate, claim.chance, _objection(story, candidate))))
        elif id(candidate) not in looked_at:
            chance = first.chances[candidate.clause.index][candidate.type]
            told.append((None, Verdict(candidate, chance, _refusal(story, candidate, chance))))
    return told


def _objection(story: Story, candidate: Candidate) -> Refusal | None:
    """Why a candidate of a type that the judge was not taught is not believed: any gate, or a rule that is unsure."""
    if found := next(refusals(story, candidate), None):
        return found
    if candidate.strength >= ACCEPTED:
        return None
    return Refusal(
        "judge", f"an unsure rule, and of a type not learned ({candidate.strength:.2f})", binds=False
    )


def _refusal(story: Story, candidate: Candidate, confidence: float) -> Refusal | None:
    """Why a candidate is not believed: a gate that binds, or too little confidence, with what gates say to it."""
    objections = list(refusals(story, candidate))
    if binding := next((refusal for refusal in objections if refusal.binds), None):
        return binding
    if confidence >= ACCEPTED:
        return None
    if objections:
        return objections[0]
    return Refusal("judge", f"reads like no event of its own ({confidence:.2f})", binds=False)
