"""Scores the reader on labelled pages: `python -m tests.quality [FOLDER...]` (or `make quality`).

Without a folder it scores the sample pages and the held-out pages of the project and writes docs/quality.md;
a folder holds NAME.txt with NAME.gold.json beside it.
"""

import sys
from pathlib import Path

from parsing.tagger import load_tagger
from tests.parsing.test_pages import score
from tests.support.labels import load_pages
from tests.support.score import Tally

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Quality

Made by `make quality`. Each row scores the reader against labelled pages, by the rules of the scorer in
`tests/support/score.py`: a finding matches where type and evidence agree, once each.

| pages | P | R | F1 | date | subject | actors F1 | people F1 |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""
TAIL = """
The sample pages steered the rules: their row says little. The held-out pages (`tests/pages`) were written
by another hand without sight of the rules, and no rule was made from them: theirs is what a new district may
expect. Their texts and labels are invented. Pages of your own are scored by `python -m tests.quality FOLDER`;
real articles, where events are told more briefly, score lower.

Weakest: notices and visits told in plain words, the actors of launches, and dates of awards.
"""


def row(name: str, tally: Tally) -> str:
    """One row of the table."""
    values = (
        tally.precision,
        tally.recall,
        tally.f1,
        tally.date,
        tally.subject,
        tally.actors_f1,
        tally.people_f1,
    )
    return f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |"


def main(folders: list[str]) -> None:
    """Print the rows; without folders write the document too."""
    tagger = load_tagger()
    chosen = [Path(folder) for folder in folders] or [ROOT / "bot" / "samples", ROOT / "tests" / "pages"]
    rows = []
    for folder in chosen:
        name = str(folder.relative_to(ROOT)) if folder.is_relative_to(ROOT) else folder.name
        rows.append(row(name, score(load_pages(folder), tagger).overall))
        print(rows[-1])  # noqa: T201
    if not folders:
        (ROOT / "docs" / "quality.md").write_text(HEAD + "\n".join(rows) + "\n" + TAIL, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
