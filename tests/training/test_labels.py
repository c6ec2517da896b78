"""The labels of our own pages are consistent, and the check that says so can fail."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsing.model import EventType
from training.fit import folders
from training.labels import PAGES, SAMPLES, load_page, load_pages, problems

TEXT = "丰台区召开防汛\n会议\n\n本报讯 4月2日,丰台区召开防汛会议。"
EVENT: dict[str, Any] = {
    "article": "a1",
    "type": "meeting",
    "evidence": "丰台区召开防汛会议",
    "subject": "防汛会议",
    "actors": ["丰台区"],
    "people": [],
    "place": None,
    "date_start": "2024-04-02",
    "date_end": "2024-04-02",
    "precision": "day",
    "stage": None,
    "required": True,
}


def problems_with(tmp_path: Path, **changed: Any) -> list[str]:
    gold = {
        "issued_on": "2024-04-03",
        "district": "丰台区",
        "articles": [{"id": "a1", "headline": "丰台区召开防汛会议", "page_order": 1}],
        "events": [EVENT | changed],
    }
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    (tmp_path / "page.gold.json").write_text(json.dumps(gold), "utf-8")
    return list(problems(load_page(tmp_path / "page.txt")))


@pytest.mark.parametrize("folder", [PAGES, *folders()], ids=lambda folder: folder.name)
def test_every_labelled_page_is_consistent(folder: Path) -> None:
    pages = load_pages(folder)
    assert pages
    assert [problem for page in pages for problem in problems(page)] == []


def test_the_sample_page_has_every_type_of_event() -> None:
    sample = load_page(SAMPLES / "fengtai-2026-03-16.txt")
    assert {label.type for label in sample.labels if label.required} == set(EventType)


def test_labels_that_fit_their_page_have_no_problem(tmp_path: Path) -> None:
    assert problems_with(tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"evidence": "丰台区举行防汛会议"}, "not in the page: 丰台区举行防汛会议"),
        ({"also": ["丰台区召开防汛会议"]}, "the same words twice"),
        ({"article": "a9"}, "no such article: a9"),
        ({"type": "party"}, "no such type"),
        ({"stage": "start"}, "stage start"),
        ({"people": ["张三"]}, "name not in the page: 张三"),
        ({"subject": "抗旱会议"}, "subject not in the page: 抗旱会议"),
        ({"date_end": "2024-04-31"}, "no such date: 2024-04-02, 2024-04-31"),
        ({"date_end": "2024-04-01"}, "ends before it starts: 2024-04-02, 2024-04-01"),
        ({"precision": "month"}, "not a whole month: 2024-04-02, 2024-04-02"),
        ({"precision": "recent"}, "recent with a date"),
        ({"date_start": None, "date_end": None}, "day without a date"),
        ({"either": "a"}, "a single event with either a"),
    ],
)
def test_a_label_that_does_not_fit_is_named(tmp_path: Path, changed: dict[str, Any], problem: str) -> None:
    found = problems_with(tmp_path, **changed)
    assert any(problem in line for line in found), found
