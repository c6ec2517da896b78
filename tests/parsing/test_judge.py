"""The judge: what it is told of a clause, how it weighs that, and what gates still decide."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from parsing.district import generic_district
from parsing.gates import GATES
from parsing.judge.features import clause_features, shape, spoken
from parsing.judge.model import CLASSES, FirstLook, Judge, load_judge, read_judge, save_judge
from parsing.judge.rivals import claim_features
from parsing.judge.trees import Forest
from parsing.judge.verdict import ACCEPTED, opinion, verdicts
from parsing.model import PUSHED, EventType, Reading
from parsing.reader import prepare, read_page

ISSUE = date(2024, 4, 8)
STUMP = Forest(("odds",), (((0, 0.0, 1, 2, 0.0), (-1, 0.0, -1, -1, -2.0), (-1, 0.0, -1, -1, 2.0)),), 0.0)


def read(text: str, judge: Judge | None = None) -> Reading:
    return read_page(text, district=generic_district("河东区"), issued_on=ISSUE, judge=judge)


def first_look(**weights: tuple[EventType, float]) -> FirstLook:
    """A first look that knows a few words, each with a weight for one type."""
    matrix = np.zeros((len(weights), len(CLASSES)), dtype=np.float32)
    for row, (kind, weight) in enumerate(weights.values()):
        matrix[row, CLASSES.index(kind.value)] = weight
    bias = np.full(len(CLASSES), -4.0, dtype=np.float32)
    bias[0] = 0.0
    return FirstLook({f"c{word}": row for row, word in enumerate(weights)}, matrix, bias)


def test_a_clause_is_told_by_its_shape() -> None:
    story, _ = prepare("4月2日，王建国在“春光”小区走访了12户居民。", issued_on=ISSUE).stories[0]
    shapes = [shape(story, clause) for clause in story.clauses]
    assert shapes[0] == "D"
    assert "“N”小区走访了0户居民" in shapes[1]


def test_no_feature_names_a_gate() -> None:
    text = "4月2日，区政府定期召开推进会。要加快建设，力争全年增长5%，未获评“示范区”。"
    story, proposals = prepare(text, issued_on=ISSUE).stories[0]
    told = " ".join(name for each in clause_features(story, proposals) for name in each)
    looked = opinion(story, proposals, load_judge().first)
    told += " ".join(name for each in claim_features(story, looked.claims, looked.chances) for name in each)
    # A place of the page, whose words a clause is, and two types have the name of a gate too.
    reserved = {"caption", "speech", "figure", "notice"}
    assert not [gate.name for gate in GATES if gate.name in told and gate.name not in reserved]


def test_chances_are_shares_of_one_and_do_not_depend_on_order() -> None:
    look = load_judge().first
    names = sorted(look.rows)[:400]
    forth, back = look.chances([names, reversed(names)])
    assert 0 < sum(forth.values()) <= 1
    assert forth == back
    assert look.chances([]) == []


def test_a_forest_sums_its_leaves() -> None:
    sure, unsure = 1 / (1 + np.exp(-2.0)), 1 / (1 + np.exp(2.0))
    assert STUMP.chances([{"odds": 1.0}, {}]) == pytest.approx([sure, unsure])
    assert STUMP.chances([]) == []


def test_each_tree_is_walked_to_its_own_leaf() -> None:
    leaf = (-1, 0.0, -1, -1)
    shallow = ((1, 5.0, 1, 2, 0.0), (*leaf, 1.0), (*leaf, -1.0))
    deep = ((0, 0.5, 1, 2, 0.0), (*leaf, 0.25), (1, 2.0, 3, 4, 0.0), (*leaf, 0.5), (*leaf, 3.0))
    forest = Forest(("a", "b"), (shallow, deep), -1.0)
    odds = {(0.5, 5.0): 1.25, (1.0, 2.0): 1.5, (1.0, 2.1): 4.0, (1.0, 5.1): 2.0}  # of the trees together
    found = forest.chances([{"a": a, "b": b, "c": 9.0} for a, b in odds])
    assert found == pytest.approx([1 / (1 + np.exp(1.0 - told)) for told in odds.values()])


def test_a_forest_without_trees_says_what_it_starts_with() -> None:
    assert Forest((), (), 0.0).chances([{"a": 1.0}, {}]) == [0.5, 0.5]


def test_scores_of_features_that_nobody_knows_are_the_bias() -> None:
    look = first_look(摆=(EventType.MEETING, 6.0))
    told, unknown, empty, partly = look.scores([{"c摆"}, {"no such"}, set(), {"c摆", "no such"}]).tolist()
    assert unknown == empty == look.bias.tolist()
    assert told == partly
    assert max(told) == 2.0
    assert look.scores([]).shape == (0, len(look.bias))


def test_a_saved_judge_judges_the_same(tmp_path: Path) -> None:
    judge = Judge(first_look(摆=(EventType.MEETING, 6.0)), STUMP)
    save_judge(tmp_path / "one.npz", judge)
    save_judge(tmp_path / "two.npz", judge)
    again = read_judge(tmp_path / "one.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert again.second == STUMP
    before, after = (look.chances([{"c摆"}])[0][EventType.MEETING] for look in (judge.first, again.first))
    assert after == pytest.approx(before, abs=0.02)


def test_a_clause_without_a_rules_words_can_be_an_event() -> None:
    text = "村里的支书把板凳摆到了晒谷场。"
    knows = Judge(first_look(摆=(EventType.MEETING, 8.0)), STUMP)
    [mention] = read(text, knows).mentions
    assert (mention.type, mention.rule, mention.trigger) == (EventType.MEETING, "open", "")
    assert "摆" in mention.reasons
    assert read(text, Judge(first_look(摆=(EventType.MEETING, 0.0)), STUMP)).mentions == ()


@pytest.mark.parametrize("text", ["下一步要加快摆好展台", "力争明年增长摆上5%", "区里尚未摆出展台"])
def test_no_judge_overrules_a_gate_that_binds(text: str) -> None:
    eager = Judge(first_look(摆=(EventType.LAUNCH, 9.0)), STUMP)
    assert read(text + "。", eager).mentions == ()


def test_every_candidate_is_accounted_for() -> None:
    text = "4月2日，区政府召开安全生产推进会。会议要求，要召开现场会。"
    story, proposals = prepare(text, issued_on=ISSUE).stories[0]
    judged = {id(verdict.candidate) for _, verdict in verdicts(story, proposals, load_judge())}
    assert {id(candidate) for candidate in proposals} <= judged


def test_confidence_tells_what_waits_in_review() -> None:
    [mention] = read("4月2日，河东区召开安全生产工作会议。").mentions
    assert mention.confidence >= PUSHED > ACCEPTED
    assert not mention.doubtful


def test_features_are_told_in_words() -> None:
    assert [spoken(name) for name in ("c签了", "<村里", ">.合影", "date=day", "caption")] == [
        "签了",
        "村里 before",
        "合影 after",
        "date=day",
        "caption",
    ]
