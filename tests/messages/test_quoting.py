"""Quotations are short: a sentence proves an event, the page's text stays the paper's."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from messages.card import event_card
from messages.i18n import translator
from messages.layout import units
from messages.quoting import QUOTE_LIMIT, quotation, quoted
from messages.tree import Link, Quote
from storage.views import EventDetail
from tests.messages import samples, strategies
from tests.messages.samples import TODAY, detail

ZH = translator("zh")
CLAUSE = "村里新建了两处口袋公园，"  # 12 characters
EVIDENCE = "怪村获评示范村"


@given(strategies.long_words, strategies.long_words)
@settings(max_examples=200)
def test_nothing_is_quoted_at_length(evidence: str, context: str) -> None:
    assert units(quotation(context)) <= QUOTE_LIMIT
    before, found, after = quoted(evidence, context)
    assert units(before + found + after) <= QUOTE_LIMIT + 2
    assert found or not (before or after)


@given(strategies.details)
@settings(max_examples=60)
def test_no_card_quotes_at_length(some: EventDetail) -> None:
    card = event_card(some, today=TODAY, t=ZH)
    quotes = [block for block in card.blocks if isinstance(block, Quote)]
    assert len(quotes) <= 1
    for block in quotes:
        assert units("".join(part.text for part in block.content)) <= QUOTE_LIMIT + 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("怪村获评\n示范村", "怪村获评 示范村"),
        (CLAUSE * 20, (CLAUSE * 13)[:-1] + "…"),
        ("字" * 200, "字" * (QUOTE_LIMIT - 1) + "…"),
        ("好，" + "字" * 200, "好，" + "字" * (QUOTE_LIMIT - 3) + "…"),
    ],
)
def test_a_long_text_is_cut_at_a_clause_or_where_the_room_ends(text: str, expected: str) -> None:
    assert quotation(text) == expected


def test_a_short_sentence_is_quoted_whole() -> None:
    assert quoted(EVIDENCE, f"日前，{EVIDENCE}，村民都来观看。") == ("日前，", EVIDENCE, "，村民都来观看。")
    assert quoted(EVIDENCE, "另一句话。") == ("", EVIDENCE, "")
    assert quoted("", "另一句话。") == ("", "", "")


def test_of_a_long_sentence_the_clauses_around_the_evidence_stay() -> None:
    before, found, after = quoted(EVIDENCE, f"{CLAUSE * 9}{EVIDENCE}，{CLAUSE * 9}村民都来观看。")
    assert found == EVIDENCE
    assert before == "…" + CLAUSE * 6
    assert after == "，" + (CLAUSE * 6)[:-1] + "…"
    before, _, after = quoted(EVIDENCE, f"日前，{EVIDENCE}，{CLAUSE * 20}")
    assert before == "日前，"
    assert after == "，" + (CLAUSE * 12)[:-1] + "…"
    before, _, after = quoted(EVIDENCE, f"{CLAUSE * 20}{EVIDENCE}。")
    assert (before, after) == ("…" + CLAUSE * 12, "。")


def test_a_card_leads_to_the_page_or_else_to_the_paper() -> None:
    page, paper = "https://paper.example/2024/04/08/2", "https://paper.example/"
    for proof, expected in (
        (samples.proof(samples.AWARD, url=page), page),
        (replace(samples.proof(samples.AWARD), source_url=paper), paper),
        (replace(samples.proof(samples.AWARD, url=page), source_url=paper), page),
        (replace(samples.proof(samples.AWARD), source_url="javascript:alert(1)"), None),
    ):
        card = event_card(detail(samples.AWARD, proof), today=TODAY, t=ZH)
        links = [part.url for block in card.blocks for part in block.content if isinstance(part, Link)]
        assert links == ([expected] if expected else [])
