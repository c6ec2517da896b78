"""Paragraphs and clauses: broken pages come in pieces that rules can look back and forth in."""

import pytest

from parsing.clauses import paragraphs
from parsing.text import strand


@pytest.mark.parametrize("text", ["召开会议" * 2500, "一二三四，" * 2000, "“召开会议。" * 1700, "1" * 10_000])
def test_a_page_without_breaks_is_cut_and_nothing_of_it_lost(text: str) -> None:
    found = paragraphs([strand(text, 5)], [strand("图为会议现场。", 20_000)])
    assert "".join(p.text for p in found[:-1]) == text
    assert max(len(p.text) for p in found) <= 2000
    assert [p.caption for p in found] == [False] * (len(found) - 1) + [True]
    assert found[1].strand.start == 5 + len(found[0].text)
    clauses = [clause for p in found for clause in p.clauses]
    assert max(len(clause.text) for clause in clauses) <= 400
    assert [clause.index for clause in clauses] == list(range(len(clauses)))
    for clause in clauses:
        assert found[clause.paragraph].text[clause.start : clause.end] == clause.text


def test_a_clause_cut_for_its_length_goes_on_in_its_sentence() -> None:
    (only,) = paragraphs([strand("召开会议" * 200 + "。闭幕", 0)], [])
    assert [clause.sentence for clause in only.clauses] == [0, 0, 1]


def test_an_ordinary_paragraph_stays_whole() -> None:
    text = "丰台区召开会议，部署工作；王少峰讲话。" * 20
    (only,) = paragraphs([strand(text, 0)], [])
    assert only.text == text
    assert len(only.clauses) == 60
