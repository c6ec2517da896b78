"""The scorer: what counts as found, missed, falsely found, and right."""

from dataclasses import replace
from datetime import date

import pytest

from parsing.model import EventType, Mention, Period, Precision
from training.labels import Label, LabelledPage
from training.scoring import Tally, pair, score_pages

TEXT = "4月2日,王佐镇怪村获评首都文明\n村,庄户村获评首都绿色村庄。会后印发《工作要点》。"
AWARD = Label(
    "award", "王佐镇怪村获评首都文明村", "首都文明村", ("怪村",), ("甲某",), "2024-04-02", "2024-04-02"
)
OTHER = Label("award", "庄户村获评首都绿色村庄", "首都绿色村庄", ("庄户村",))


def tally(labels: list[Label], found: list[Label]) -> Tally:
    page = LabelledPage("page", TEXT, date(2024, 4, 3), "丰台区", tuple(labels), {})
    return score_pages([page], {"page": found}).overall


def test_the_same_events_are_all_right() -> None:
    score = tally([AWARD, OTHER], [OTHER, AWARD])
    assert (score.precision, score.recall, score.date, score.subject, score.actors_f1) == (1, 1, 1, 1, 1)


def test_a_page_without_findings_has_recall_0() -> None:
    score = tally([AWARD, OTHER], [])
    assert (score.recall, score.misses, score.alarms) == (0, 2, 0)


@pytest.mark.parametrize(
    ("evidence", "hits"),
    [
        ("获评首都文明村", 1),  # within the gold
        ("怪村获评首都文明村,庄户村获评首", 1),  # over its end, by less than half of the shorter
        ("文明村,庄户村获评首都绿色村庄", 0),  # three characters of it are too few
        ("怪村荣获首都文明村", 0),  # not in the page
    ],
)
def test_evidence_counts_where_it_covers_half_of_the_shorter(evidence: str, hits: int) -> None:
    assert tally([AWARD], [replace(AWARD, evidence=evidence)]).hits == hits


def test_another_type_is_a_miss_and_a_false_alarm() -> None:
    score = tally([AWARD], [replace(AWARD, type="release")])
    assert (score.hits, score.misses, score.alarms) == (0, 1, 1)


def test_a_second_finding_of_a_required_event_is_a_false_alarm() -> None:
    score = tally([AWARD], [AWARD, replace(AWARD, subject="别的")])
    assert (score.hits, score.alarms, score.subject) == (1, 1, 1)


def test_an_optional_event_costs_nothing_found_or_missed() -> None:
    optional = replace(AWARD, required=False)
    found, missed = tally([optional, OTHER], [AWARD, AWARD, OTHER]), tally([optional, OTHER], [OTHER])
    assert (found.precision, found.ignored) == (1, 2)
    assert (missed.recall, missed.misses) == (1, 0)


def test_another_place_that_tells_the_event_counts_as_it() -> None:
    label = replace(AWARD, also=("会后印发《工作要点》",))
    assert tally([label], [replace(AWARD, evidence="印发《工作要点》")]).hits == 1


def test_fields_are_measured_on_matched_events_only() -> None:
    told = replace(AWARD, start=None, subject="首都文明", actors=("怪村", "某局"), people=())
    score = tally([AWARD, OTHER], [told])
    assert (score.date, score.subject) == (0, 1)
    assert (score.actors_shared, score.actors_told, score.people_f1) == (1, 3, 0)


def test_a_mention_is_compared_by_its_period() -> None:
    quarter = Period(date(2024, 1, 1), date(2024, 3, 31), Precision.QUARTER)
    mention = Mention("a1", EventType.AWARD, "怪村获评", 0, 4, "称号", quarter, "rule", "获评", 0.9)
    label = Label.from_mention(mention)
    assert (label.type, label.start, label.end) == ("award", "2024-01-01", "2024-03-31")


def test_pairing_makes_as_many_pairs_as_can_be_before_the_closest() -> None:
    # the closest pair, row 0 with column 0, would leave row 1 alone
    assert pair([[109.0, 101.0], [101.0, 0.0]]) == {0: 1, 1: 0}


def test_pairing_takes_the_closest_where_the_number_is_the_same() -> None:
    assert pair([[101.0, 109.0], [109.0, 108.0]]) == {0: 1, 1: 0}
    assert pair([[0.0, 0.0]]) == {}
    assert pair([]) == {}
