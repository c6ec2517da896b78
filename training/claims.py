"""Labelled candidates for the second look: what is seen of each, and whether it is an event of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from parsing.candidates import Story
from parsing.judge.model import FirstLook
from parsing.judge.rivals import Claim, Numbers, claim_features
from parsing.judge.verdict import opinion
from parsing.text import verbatim
from training.examples import PreparedPage, flat_offsets
from training.labels import Label
from training.scoring import Span, overlap, places

OPTIONAL = 0.3  # weight of a candidate that tells what readers differ on


@dataclass(slots=True)
class LabelledClaim:
    """A claim with its features, whether it is an event of its own, and how much that weighs."""

    story: Story
    claim: Claim
    features: Numbers
    span: Span
    weight: float = 1.0
    told: Label | None = None  # the label whose event this one is
    tells: list[Label] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return self.told is not None


def labelled_claims(ready: PreparedPage, first: FirstLook) -> list[LabelledClaim]:
    """The claims of a page. Of those that tell one label only the closest to its evidence is right."""
    page = ready.page
    flat_at = flat_offsets(page.text)
    made: list[LabelledClaim] = []
    for story, proposals in ready.prepared.stories:
        look = opinion(story, proposals, first)
        described = claim_features(story, look.claims, look.chances)
        for claim, features in zip(look.claims, described, strict=True):
            candidate = claim.candidate
            strand = story.paragraphs[candidate.clause.paragraph].strand
            _, start, end = verbatim(page.text, strand[candidate.start : candidate.end])
            made.append(LabelledClaim(story, claim, features, (flat_at[start], flat_at[end])))
    for label in page.labels:
        evidence = places(page.flat, label.evidence)
        anywhere = evidence + [span for words in label.also for span in places(page.flat, words)]
        ranked = sorted(_telling(made, label, evidence, anywhere), key=lambda pair: pair[0], reverse=True)
        for _, one in ranked:
            one.tells.append(label)
        if ranked:
            ranked[0][1].told = label
    for one in made:
        if one.tells and not any(label.required for label in one.tells):
            one.weight = OPTIONAL if one.right else 0.0
    return made


def _telling(
    made: list[LabelledClaim], label: Label, evidence: list[Span], anywhere: list[Span]
) -> Iterator[tuple[tuple[float, float], LabelledClaim]]:
    for one in made:
        if one.claim.candidate.type == label.type and (near := overlap(anywhere, [one.span])):
            yield (overlap(evidence, [one.span]), near), one
