"""The reader on whole labelled pages: how much it finds, and how much of that is right.

The floors lie a little below what the reader reaches, so that they fall only when it got worse.
"""

from pathlib import Path

import pytest

from parsing.district import UnknownDistrict, generic_district, load_district
from parsing.model import EventType, Reading
from parsing.reader import read_page
from parsing.tagger import Tagger, load_tagger
from training.labels import PAGES, SAMPLES, Label, LabelledPage, flatten, load_page, load_pages
from training.scoring import Score, score_pages

SPARSE = ("chancheng-policy", "fengze-interview", "jizhou-essay")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger()


def read(page: LabelledPage, tagger: Tagger | None) -> Reading:
    try:
        district = load_district(page.district)
    except UnknownDistrict:
        district = generic_district(page.district)
    return read_page(page.text, district=district, issued_on=page.issued_on, tagger=tagger)


def score(pages: tuple[LabelledPage, ...], tagger: Tagger | None) -> Score:
    found = {page.name: [Label.from_mention(m) for m in read(page, tagger).mentions] for page in pages}
    return score_pages(pages, found)


def test_the_sample_pages_are_read_nearly_whole(tagger: Tagger) -> None:
    reached = score(load_pages(SAMPLES), tagger)
    overall = reached.overall
    assert overall.recall >= 0.92, reached.errors
    assert overall.precision >= 0.94, reached.errors
    assert overall.date >= 0.85
    assert overall.subject >= 0.82
    assert overall.actors_f1 >= 0.88


def test_every_type_is_found_on_the_sample_page(tagger: Tagger) -> None:
    reading = read(load_page(SAMPLES / "fengtai-2026-03-16.txt"), tagger)
    assert {mention.type for mention in reading.mentions} == set(EventType)


def test_demands_of_a_speech_are_no_events(tagger: Tagger) -> None:
    page = load_page(SAMPLES / "fengtai-2026-03-16.txt")
    speeches = [line for line in page.text.split("\n") if "强调,要" in line or "指出,养老" in line]
    told = [m.evidence for m in read(page, tagger).mentions if any(m.evidence in line for line in speeches)]
    assert len(speeches) == 2
    assert told == []


def test_pages_in_many_hands_are_read_well(tagger: Tagger) -> None:
    reached = score(load_pages(PAGES), tagger)
    overall = reached.overall
    assert overall.recall >= 0.92, reached.errors
    assert overall.precision >= 0.90, reached.errors
    assert overall.date >= 0.94
    assert overall.subject >= 0.79
    assert overall.people_f1 >= 0.86


def test_sparse_pages_bring_few_false_alarms(tagger: Tagger) -> None:
    pages = tuple(page for page in load_pages(PAGES) if page.name in SPARSE)
    assert len(pages) == len(SPARSE)
    reached = score(pages, tagger)
    assert reached.alarms_per_1000 <= 1.5, reached.errors


@pytest.mark.parametrize("file", sorted([*SAMPLES.glob("*.txt"), *PAGES.glob("*.txt")]), ids=lambda f: f.stem)
def test_evidence_is_verbatim_and_in_its_place(file: Path) -> None:
    page = load_page(file)
    reading = read(page, None)
    articles = {article.id for article in reading.articles}
    for mention in reading.mentions:
        assert mention.evidence in page.flat
        assert flatten(page.text[mention.start : mention.end]) == mention.evidence
        assert mention.article in articles
        assert 0 <= mention.confidence <= 1


def test_the_name_model_is_no_condition() -> None:
    overall = score(load_pages(SAMPLES), None).overall
    assert overall.recall >= 0.90
    assert overall.precision >= 0.90


def test_reading_twice_gives_the_same(tagger: Tagger) -> None:
    page = load_page(SAMPLES / "fengtai-2026-03-16.txt")
    assert read(page, tagger) == read(page, tagger)
