"""Learning from labelled pages: what becomes an example, and that a judge comes out that knows them."""

from datetime import date
from typing import Any

from parsing.model import EventType
from parsing.reader import read_page
from training.claims import labelled_claims
from training.examples import examples, prepared_page
from training.fit import Part, first_look, judge_from, second_look
from training.folds import curve, groups, left_out, result, some_of
from training.labels import Label, LabelledPage
from training.phrases import labelled_phrases

MEETING = "村支书把板凳搬到了晒谷场"
TEXT = f"4月2日，{MEETING}。会开了一上午，太阳很好。粮价没有变。"


def page(
    name: str, text: str = TEXT, evidence: str = MEETING, subject: str = "板凳会", **more: Any
) -> LabelledPage:
    label = Label(type="meeting", evidence=evidence, subject=subject, **more)
    gold: dict[str, Any] = {"articles": [], "events": [{"article": "a1"}]}
    return LabelledPage(name, text, date(2024, 4, 8), "河东区", (label,), gold)


def made(*pages: LabelledPage) -> Part:
    ready = tuple(prepared_page(each, None) for each in pages)
    return Part(ready, tuple(example for each in ready for example in examples(each)))


def test_a_clause_teaches_the_event_that_it_tells() -> None:
    told = [(example.label, example.weight) for example in made(page("one")).examples]
    assert told == [("none", 1.0), ("meeting", 1.0), ("none", 1.0), ("none", 1.0), ("none", 1.0)]


def test_what_is_optional_or_told_again_teaches_less() -> None:
    optional = made(page("one", required=False)).examples[1]
    again = made(page("one", also=("会开了一上午",))).examples[2]
    assert (optional.label, again.label) == ("meeting", "meeting")
    assert optional.weight < 1
    assert again.weight < 1


def test_a_judge_finds_again_what_it_learned() -> None:
    part = made(*(page(f"page {number}") for number in range(8)))
    judge = judge_from({"one": part, "two": part})
    score = result(part.pages, judge).score
    assert score.overall.f1 == 1.0


def test_the_same_pages_give_the_same_judge() -> None:
    parts = {name: made(*(page(f"{name} {number}") for number in range(4))) for name in ("one", "two")}
    one, two = judge_from(parts), judge_from(parts)
    assert one.first.rows == two.first.rows
    assert (one.first.weights == two.first.weights).all()
    assert one.second == two.second


def test_of_two_candidates_of_one_event_the_closest_is_right() -> None:
    ready = prepared_page(page("one", also=("会开了一上午",)), None)
    eager = first_look(made(page("a"), page("b", evidence="会开了一上午")).examples * 4)
    found = {claim.claim.words: claim.right for claim in labelled_claims(ready, eager)}
    assert found[MEETING]
    assert not found.get("会开了一上午", False)


def test_a_second_look_learns_from_right_and_wrong() -> None:
    ready = prepared_page(page("one"), None)
    eager = first_look(made(page("a"), page("b", evidence="会开了一上午")).examples * 4)
    claims = labelled_claims(ready, eager)
    assert {claim.right for claim in claims} == {True, False}
    forest = second_look(claims * 20)
    told = forest.chances([claim.features for claim in claims])
    chances = dict(zip([claim.right for claim in claims], told, strict=True))
    assert chances[True] > 0.5 > chances[False]


def test_every_folder_is_left_out_once() -> None:
    dealt = groups(["e", "a", "c", "b", "d"], 3)
    assert sorted(name for group in dealt for name in group) == ["a", "b", "c", "d", "e"]
    assert sorted(map(len, dealt)) == [1, 2, 2]
    assert len(groups(["a", "b"], 9)) == 2


def test_the_folder_left_out_is_not_learned_from() -> None:
    strange = "镇上的人围着石磨坐了一圈"
    odd = made(page("strange", f"4月2日，{strange}。", strange))
    known = made(*(page(f"page {number}") for number in range(8)))
    told = left_out({"a": known, "b": known, "c": known, "strange": odd}, [("strange",), ("a",)])
    assert told["strange"].score.overall.hits == 0  # a judge that had seen it would know it
    assert told["a"].score.overall.f1 == 1.0


def test_a_share_of_a_folder_keeps_pages_and_examples_together() -> None:
    part = made(*(page(f"page {number}") for number in range(4)))
    half = some_of(part, 0.5)
    assert len(half.pages) == 2
    assert len(half.examples) == len(part.examples) / 2


def test_measures_tell_confidence_and_gates() -> None:
    part = made(*(page(f"page {number}") for number in range(8)))
    told = result(part.pages, judge_from({"one": part, "two": part})).measures
    assert told.pushed(0.5).right == 8
    assert told.pushed(0.5).wrong == 0
    assert told.by_rule["open"].right == 8
    assert sum(count for (_, required), count in told.gates.items() if required) == 0


def test_a_type_without_labels_is_not_taught() -> None:
    look = first_look(made(page("a"), page("b")).examples)
    assert look.classes == ("none", "meeting")
    assert set(look.chances([["c摆"]])[0]) == {EventType.MEETING}


def test_a_curve_learns_from_ever_more_pages() -> None:
    parts = {name: made(*(page(f"{name} {number}") for number in range(4))) for name in ("a", "b", "c")}
    told = curve(parts, ("c",), (0.5, 1.0))
    assert [share for share, _ in told] == [0.5, 1.0]
    assert told[-1][1][0].score.overall.f1 == 1.0


def test_subjects_are_learned_from_where_they_stand() -> None:
    told = labelled_phrases(
        labelled_claims(prepared_page(page("one"), None), first_look(made(page("a")).examples))
    )
    assert told == []  # 板凳会 stands nowhere near
    texts = [
        f"4月{day}日，{MEETING}商量{topic}。"
        for day, topic in enumerate(("修水渠", "装路灯", "种果树", "办食堂") * 4, 2)
    ]
    labelled = [
        page(f"page {at}", text, f"{MEETING}商量{text[-4:-1]}", subject=text[-4:-1])
        for at, text in enumerate(texts)
    ]
    learned = judge_from({"one": made(*labelled[:8]), "two": made(*labelled[8:])})
    reading = read_page(f"4月2日，{MEETING}商量卖山货。", judge=learned)
    assert [mention.subject for mention in reading.mentions] == ["卖山货"]
