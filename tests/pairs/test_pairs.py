"""The pairs of reports are in the form that README.md beside them tells."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from training.labels import LabelledPage, problems

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*-*.json"))
STATES = {"held": "held", "foretold": "held", "moved": "moved", "cancelled": "cancelled"}  # by kind


def kinds_told() -> dict[str, str]:
    """The kinds of README.md, each with its relation."""
    kinds, relation = {}, None
    for line in (HERE / "README.md").read_text("utf-8").splitlines():
        if line.startswith("##"):
            relation = line.split("`")[1] if "`" in line else None
        elif relation and line.startswith("| `"):
            kinds[line.split("`")[1]] = relation
    return kinds


def pairs_of(file: Path) -> list[dict[str, Any]]:
    pairs: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return pairs


def pairs_of_half(half: str) -> list[dict[str, Any]]:
    return [pair for file in FILES if file.stem.startswith(half) for pair in pairs_of(file)]


def as_page(report: dict[str, Any]) -> LabelledPage:
    """The report as a labelled page of one article, so that its label is checked like any other."""
    article = {"id": "a1", "headline": report["headline"], "page_order": 1}
    gold = {"articles": [article], "events": [report["event"] | {"article": "a1", "required": True}]}
    text = f"{report['headline'] or ''}\n{report['text']}"
    issued_on = date.fromisoformat(report["issued_on"])
    return LabelledPage("", text, issued_on, report["district"], (), gold)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_pairs_are_named_after_their_file_and_place(file: Path) -> None:
    half, number = file.stem.split("-")
    first = (int(number) - 1) * 20 + 1
    assert [pair["id"] for pair in pairs_of(file)] == [f"{half}-{n:03d}" for n in range(first, first + 20)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_kind_has_its_relation_and_its_state(file: Path) -> None:
    kinds = kinds_told()
    for pair in pairs_of(file):
        assert pair["relation"] == kinds.get(pair["kind"]), pair["id"]
        assert pair["state"] == STATES.get(pair["kind"]), pair["id"]
        assert pair["why"], pair["id"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_label_tells_what_its_report_tells(file: Path) -> None:
    for pair in pairs_of(file):
        for side in ("first", "second"):
            report = pair[side]
            assert report["event"]["evidence"] in report["text"], pair["id"]
            assert list(problems(as_page(report))) == [], pair["id"]
        assert pair["first"]["issued_on"] <= pair["second"]["issued_on"], pair["id"]


@pytest.mark.parametrize("half", ["dev", "held"])
def test_each_half_has_every_kind_and_three_same_for_two_apart(half: str) -> None:
    pairs = pairs_of_half(half)
    assert {pair["kind"] for pair in pairs} == kinds_told().keys()
    same = Counter(pair["relation"] for pair in pairs)["same"] / len(pairs)
    assert 0.55 <= same <= 0.65


def test_no_report_stands_in_two_pairs() -> None:
    pairs = pairs_of_half("dev") + pairs_of_half("held")
    texts = Counter(pair[side]["text"] for pair in pairs for side in ("first", "second"))
    assert [text for text, times in texts.items() if times > 1] == []
