"""`make train`: the judge from the labelled pages in `training/pages`. The same pages, the same weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from parsing.judge.model import CLASSES, NONE, WEIGHTS, FirstLook, Judge, save_judge
from parsing.judge.trees import Forest
from parsing.tagger import Tagger, load_tagger
from training.claims import LabelledClaim, labelled_claims
from training.examples import Example, PreparedPage, examples, prepared_page
from training.labels import SAMPLES, TRAINING, load_pages
from training.models import boosted, logistic
from training.names import LabelledNames, cast, labelled_names
from training.phrases import LabelledPhrases, labelled_phrases, phrasing

STRENGTH = 0.7  # inverse of the L2 penalty
SEEN = 2  # a feature of a single clause teaches nothing that another clause could use
ROUNDS = 100
NEVER = -20.0  # log-odds of no event, where every example tells one
GROUPS = 6  # more of them change little and take longer


def first_look(examples: Sequence[Example]) -> FirstLook:
    """A first look learned from clauses (multinomial logistic regression)."""
    rows, model = logistic(
        [example.features for example in examples],
        [example.label for example in examples],
        [example.weight for example in examples],
        seen=SEEN,
        strength=STRENGTH,
        rounds=ROUNDS,
    )
    # A type that no page is labelled with is left out: its rule and the gates decide until there are labels.
    classes = tuple(name for name in CLASSES if name == NONE or name in model.classes_)
    weights, bias = np.zeros((len(rows), len(classes))), np.full(len(classes), NEVER)
    learned, offsets = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # of two classes scikit-learn keeps only the second, against the first
        learned, offsets = np.vstack([-learned / 2, learned / 2]), np.array([-offsets[0] / 2, offsets[0] / 2])
    for row, label in enumerate(model.classes_):
        column = classes.index(label)
        weights[:, column], bias[column] = learned[row], offsets[row]
    # Only differences between classes count: with none at zero the rest fits into fewer bytes.
    none = classes.index(NONE)
    weights, bias = weights - weights[:, [none]], bias - bias[none]
    return FirstLook(rows, weights.astype(np.float32), bias.astype(np.float32), classes)


def second_look(claims: Sequence[LabelledClaim]) -> Forest:
    """A second look learned from candidates (gradient boosting)."""
    used = [claim for claim in claims if claim.weight > 0]
    return boosted([c.features for c in used], [c.right for c in used], [c.weight for c in used])


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of labelled pages made ready, and the examples that their clauses are."""

    pages: tuple[PreparedPage, ...]
    examples: tuple[Example, ...]


def part(folder: Path, tagger: Tagger | None) -> Part:
    """Make a folder of labelled pages ready to learn from."""
    pages = tuple(prepared_page(page, tagger) for page in load_pages(folder))
    return Part(pages, tuple(example for page in pages for example in examples(page)))


def judge_from(parts: Mapping[str, Part], groups: int = GROUPS) -> Judge:
    """A judge learned from folders of labelled pages.

    The second look learns from first looks at pages that the first look has not seen: the folders are
    dealt into groups, and each group is looked at by one learned from the others.
    """
    claims: list[LabelledClaim] = []
    names: list[LabelledNames] = []
    phrases: list[LabelledPhrases] = []
    for group in _groups(sorted(parts), groups):
        look = first_look([e for name in sorted(parts) if name not in group for e in parts[name].examples])
        found = [
            claim for name in group for page in parts[name].pages for claim in labelled_claims(page, look)
        ]
        claims += found
        names.append(labelled_names(found))
        phrases += labelled_phrases(found)
    look = first_look([e for name in sorted(parts) for e in parts[name].examples])
    return Judge(look, second_look(claims), cast(names), phrasing(phrases))


def _groups(names: Sequence[str], count: int) -> list[list[str]]:
    return [list(names[start::count]) for start in range(min(count, len(names)))]


def folders() -> list[Path]:
    """The folders of labelled pages, by name; each is of one hand or one kind."""
    return sorted([SAMPLES, *(folder for folder in TRAINING.iterdir() if folder.is_dir())])


def main() -> None:
    """Write the project's weights."""
    tagger = load_tagger()
    parts = {folder.name: part(folder, tagger) for folder in folders()}
    save_judge(WEIGHTS, judge_from(parts))
    size = WEIGHTS.stat().st_size / 1000
    print(f"{WEIGHTS.name}: {sum(len(each.pages) for each in parts.values())} pages, {size:.0f} kB")  # noqa: T201


if __name__ == "__main__":
    main()
