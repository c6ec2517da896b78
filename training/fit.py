"""`make train`: the judge from the labelled pages in `training/pages`. The same pages, the same weights."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from parsing.judge.model import CLASSES, NONE, WEIGHTS, FirstLook, Judge, save_judge
from parsing.judge.trees import Forest
from parsing.tagger import Tagger, load_tagger
from training.claims import LabelledClaim, labelled_claims
from training.examples import Example, PreparedPage, examples, prepared_page
from training.labels import SAMPLES, TRAINING, load_pages

STRENGTH = 0.7  # inverse of the L2 penalty
SEEN = 2  # a feature of a single clause teaches nothing that another clause could use
ROUNDS, TOLERANCE = 60, 1e-3
NEVER = -20.0  # log-odds of no event, where every example tells one
GROUPS = 6  # more of them change little and take longer
SURE = 3.0  # log-odds where all examples say the same

TREES, DEPTH, PACE, SHARE, GLIMPSE, LUCK = 150, 3, 0.08, 0.7, 0.3, 0

Matrix = np.ndarray[Any, np.dtype[np.float32]]


def first_look(examples: Sequence[Example]) -> FirstLook:
    """A first look learned from clauses (multinomial logistic regression)."""
    counts = Counter(name for example in examples for name in example.features)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    rows = {name: row for row, name in enumerate(names)}
    columns = [sorted(rows[n] for n in example.features if n in rows) for example in examples]
    matrix = csr_matrix(
        (
            np.ones(sum(map(len, columns))),
            np.fromiter((c for row in columns for c in row), dtype=np.int32),
            np.cumsum([0, *map(len, columns)]),
        ),
        shape=(len(examples), len(names)),
    )
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=TOLERANCE)
    model.fit(matrix, [e.label for e in examples], sample_weight=[e.weight for e in examples])
    # A type that no page is labelled with is left out: its rule and the gates decide until there are labels.
    classes = tuple(name for name in CLASSES if name == NONE or name in model.classes_)
    weights, bias = np.zeros((len(names), len(classes))), np.full(len(classes), NEVER)
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
    if len({claim.right for claim in used}) < 2:  # nothing to tell apart
        return Forest((), (), SURE if used and used[0].right else -SURE)
    names = tuple(sorted({name for claim in used for name in claim.features}))
    columns = {name: column for column, name in enumerate(names)}
    matrix: Matrix = np.zeros((len(used), len(names)), dtype=np.float32)
    for row, claim in enumerate(used):
        for name, value in claim.features.items():
            matrix[row, columns[name]] = value
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=DEPTH,
        learning_rate=PACE,
        subsample=SHARE,
        max_features=GLIMPSE,
        random_state=LUCK,
    )
    right = [claim.right for claim in used]
    weights = [claim.weight for claim in used]
    model.fit(matrix, right, sample_weight=weights)
    share = float(np.average(right, weights=weights))
    trees = tuple(_nodes(each.tree_) for each in model.estimators_[:, 0])
    return Forest(names, trees, math.log(share / (1 - share)))


def _nodes(tree: Any) -> tuple[tuple[int, float, int, int, float], ...]:
    leaf = -1
    return tuple(
        (
            int(feature) if left != leaf else leaf,
            float(threshold),
            int(left),
            int(right),
            PACE * float(value[0, 0]),
        )
        for feature, threshold, left, right, value in zip(
            tree.feature, tree.threshold, tree.children_left, tree.children_right, tree.value, strict=True
        )
    )


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
    for group in _groups(sorted(parts), groups):
        look = first_look([e for name in sorted(parts) if name not in group for e in parts[name].examples])
        claims += [
            claim for name in group for page in parts[name].pages for claim in labelled_claims(page, look)
        ]
    return Judge(first_look([e for name in sorted(parts) for e in parts[name].examples]), second_look(claims))


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
