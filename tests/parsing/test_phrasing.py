"""The phrasing: which phrases a subject is chosen from, what is seen of each, and how the choice is made."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from parsing.candidates import Candidate, Story
from parsing.judge.model import load_judge, read_judge, save_judge
from parsing.model import EventType
from parsing.phrasing.features import letters
from parsing.phrasing.model import Feature, Phrasing, Seeker, possible
from parsing.phrasing.stretches import CUT, HERE, TOLD, Stretch, stretches
from tests.parsing.stories import candidate_at, story_of


def event(marked: str, kind: str = "notice", headline: str = "") -> tuple[Story, Candidate]:
    """An article, and a candidate on its clause in 【】."""
    story = story_of(re.sub("[【】]", "", marked), headline)
    return story, candidate_at(story, EventType(kind), marked.partition("【")[2].partition("】")[0])


def around(marked: str, told: str = "", headline: str = "") -> dict[str, str]:
    story, candidate = event(marked, headline=headline)
    return {where: stretch.text for where, stretch in stretches(story, candidate, told, {})}


def chosen(marked: str, told: str, weights: dict[Feature, float], kind: str = "notice") -> str:
    story, candidate = event(marked, kind)
    known: dict[Feature, float] = {("where", HERE, kind): 0.1}
    return Seeker(Phrasing(known | weights), story, [candidate]).subject_of(candidate, told)


def phrases(stretch: Stretch, where: str = HERE) -> set[str]:
    return {stretch.text[a : b + 1] for a, b in np.argwhere(possible(where, stretch)).tolist()}


def test_stretches_are_the_clauses_up_to_the_sentence_and_the_headline() -> None:
    told = around(
        "馆里贴出告示。因换空调，【区图书馆闭馆】，读者请改日再来。还书箱照用。", headline="闭馆告示"
    )
    assert told == {
        "0": "区图书馆闭馆",
        "-1": "因换空调",
        "+1": "读者请改日再来",
        "p0": "馆里贴出告示",
        "headline": "闭馆告示",
    }


def test_dates_and_hours_are_cut_out() -> None:
    assert around("【区图书馆9月5日8时至18时闭馆】。")["0"] == f"区图书馆{CUT}闭馆"


def test_what_only_the_rules_tell_is_a_stretch() -> None:
    assert around("【大家开了会】。", told="区财政局会议")[TOLD] == "区财政局会议"
    assert TOLD not in around("【大家开了会】。", told="开了会")
    assert TOLD not in around("【区图书馆9月5日闭馆】。", told="区图书馆闭馆")


def test_no_phrase_tears_a_quotation_or_ends_in_a_mark() -> None:
    found = phrases(Stretch("办“书香”节："))
    assert {"“书香”", "“书香”节", "书香", "办“书香”节"} <= found
    assert not {"“书香", "香”节", "节："} & found


def test_what_the_rules_tell_is_taken_whole() -> None:
    assert phrases(Stretch("区财政局会议"), TOLD) == {"区财政局会议"}


def test_a_torn_word_is_seen_where_words_are_known() -> None:
    assert list(letters(Stretch("图书馆闭馆", frozenset({0, 3}))).slots()[0]["<mark"]) == [
        "^",
        "torn",
        "torn",
        "",
        "torn",
    ]
    assert list(letters(Stretch("闭馆")).slots()[1][">mark"]) == ["?", "^"]


def test_letters_around_a_phrase_decide() -> None:
    weights: dict[Feature, float] = {("<out", "对", ""): 8.0, (">out", "停", "notice"): 8.0}
    assert chosen("【供电公司对莲花路停电】。", "停电", weights) == "莲花路"


def test_the_rules_are_one_voice() -> None:
    assert chosen("【供电公司对莲花路停电】。", "莲花路停电", {("told", "", ""): 20.0}) == "莲花路停电"


def test_a_phrase_runs_on_over_a_date() -> None:
    weights: dict[Feature, float] = {("<", "区", ""): 20.0, (">>", "闭馆", ""): 20.0}
    assert chosen("【区图书馆9月5日闭馆】。", "", weights) == "区图书馆闭馆"


@pytest.mark.parametrize("kind", ["meeting", "figure"])
def test_a_type_that_was_not_taught_stays_with_the_rules(kind: str) -> None:
    story, candidate = event("【区图书馆闭馆】。", kind)
    taught = Phrasing({("where", HERE, "notice"): 0.1})
    assert Seeker(taught, story, [candidate]).subject_of(candidate, "图书馆") == "图书馆"


def test_several_events_of_a_clause_keep_what_the_rules_tell() -> None:
    story, one = event("【佃起村荣获“文明村”“美丽乡村”称号】。", "award")
    other = replace(one)
    seeker = Seeker(Phrasing({("<", "佃", "award"): 20.0, (">", "村", "award"): 20.0}), story, [one, other])
    assert [seeker.subject_of(one, "“文明村”"), seeker.subject_of(other, "“美丽乡村”")] == [
        "“文明村”",
        "“美丽乡村”",
    ]


def test_where_no_phrase_can_be_the_rules_stand() -> None:
    assert chosen("【停】。", "停", {}) == "停"


def test_a_judge_is_read_with_its_phrasing(tmp_path: Path) -> None:
    phrasing = Phrasing({("<out", "对", ""): 1.0, (">", " ", "notice"): -2.0})
    save_judge(tmp_path / "judge.npz", replace(load_judge(), phrasing=phrasing))
    read = read_judge(tmp_path / "judge.npz").phrasing
    assert read is not None
    assert read.weights.keys() == phrasing.weights.keys()
    assert read.weights[">", " ", "notice"] == pytest.approx(-2.0, abs=0.02)


@pytest.mark.parametrize(
    ("marked", "kind", "expected"),
    [
        ("【区图书馆9月5日至6日闭馆】。", "notice", "区图书馆闭馆"),
        ("9月3日，【区财政局召开预算评审会】。", "meeting", "预算评审会"),
        ("上半年，【全区规上工业增加值同比增长6.3%】。", "figure", "规上工业增加值"),
    ],
)
def test_the_phrasing_of_the_project_knows_plain_cases(marked: str, kind: str, expected: str) -> None:
    phrasing = load_judge().phrasing
    assert phrasing is not None
    story, candidate = event(marked, kind)
    assert Seeker(phrasing, story, [candidate]).subject_of(candidate, expected) == expected
