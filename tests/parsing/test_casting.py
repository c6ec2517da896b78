"""The casting: which names a part is chosen from, what is told of each, and how the choice is made."""

import re
from dataclasses import replace

import numpy as np
import pytest

from parsing.candidates import Candidate, Story
from parsing.casting.features import Named
from parsing.casting.model import Cast, Casting, actor_pool, people_pool
from parsing.casting.pool import spots_of
from parsing.district import generic_district
from parsing.judge.linear import Linear
from parsing.judge.model import load_judge
from parsing.judge.trees import Forest
from parsing.model import EventType
from tests.parsing.stories import candidate_at, story_of


def event(marked: str, kind: str = "meeting", headline: str = "") -> tuple[Story, Candidate]:
    """An article, and a candidate on its clause in 【】, its verb behind | or at the end."""
    words = marked.partition("【")[2].partition("】")[0]
    verb = words.find("|") if "|" in words else len(words)
    text, words = (re.sub(r"[【】|]", "", told) for told in (marked, words))
    story = story_of(text, headline, generic_district("河东区"))
    candidate = candidate_at(story, EventType(kind), words)
    return story, replace(candidate, at=candidate.clause.start + verb)


def actor_names(marked: str, *told: str, headline: str = "") -> dict[str, Named]:
    story, candidate = event(marked, headline=headline)
    return {named.name: named for named in actor_pool(story, candidate, spots_of(story), told)}


def trees_on(feature: str) -> Forest:
    """A forest that says yes where a feature is above a half."""
    return Forest((feature,), (((0, 0.5, 1, 2, 0.0), (-1, 0.0, -1, -1, -3.0), (-1, 0.0, -1, -1, 3.0)),), 0.0)


NO_WORDS = Linear({}, np.zeros((0, 1), dtype=np.float32), np.zeros(1, dtype=np.float32))


def test_the_pool_holds_bodies_people_and_words_for_them() -> None:
    names = actor_names("区图书馆馆长周明理很高兴。【我院和红星小学坐到了一起】。", headline="市文化局来访")
    assert {"区图书馆", "周明理", "我院", "红星小学", "市文化局", "河东区"} <= set(names)


def test_whoever_heads_the_clause_is_in_the_pool() -> None:
    assert "蓝天救援志愿者" in actor_names("【蓝天救援志愿者|召集了大伙】。")


def test_a_word_for_the_district_is_the_district() -> None:
    assert "我区" not in actor_names("【我区召开调度会】。")


def test_a_short_form_stays_beside_what_it_stands_for() -> None:
    names = actor_names("红星小学来了客人。【该校召开座谈会】。")
    assert {"红星小学", "该校"} <= set(names)


def test_a_name_is_told_by_where_it_stands() -> None:
    names = actor_names("市文化局来人了。【区图书馆召开会议】。", "区图书馆")
    near, far = names["区图书馆"], names["市文化局"]
    assert near.numbers["told"] == near.numbers["in clause"] == near.numbers["head"] == 1.0
    assert far.numbers["near"] > near.numbers.get("near", 0.0)
    assert far.numbers["told another"] == 1.0
    assert "behind 召开" in near.words
    assert "behind 召开 meeting" in near.words


def test_of_many_names_the_nearest_are_looked_at() -> None:
    schools = ("红星", *"一二三四五六七八九", "南湖", "西山", "东山")
    others = "".join(f"{name}小学来了人。" for name in schools)
    text = f"市文化局在这里。市卫生局也在这里。{others}【区图书馆召开会议】。"
    names = actor_names(text, "市卫生局", headline="区档案馆来了客人")
    assert {"区图书馆", "东山小学", "南湖小学", "河东区", "区档案馆", "市卫生局"} <= set(names)
    assert not {"市文化局", "红星小学"} & set(names)


def test_only_people_are_chosen_from_for_people() -> None:
    story, candidate = event("区图书馆馆长周明理在红星小学说话。【两家开了会】。")
    assert [named.name for named in people_pool(story, candidate, spots_of(story), ())] == ["周明理"]


def test_what_was_learned_decides() -> None:
    story, candidate = event("市文化局来人了。【区图书馆召开会议】。")
    casting = Casting(NO_WORDS, trees_on("in clause"))
    cast = Cast(casting, casting)
    assert cast.actors_of(story, candidate, spots_of(story), ("市文化局",)) == ("区图书馆",)


def test_of_two_forms_of_one_body_one_is_kept() -> None:
    story, candidate = event("【河东区文化和旅游局召开会议】，区文旅局牵头。")
    told = Casting(NO_WORDS, Forest((), (), 3.0)).chosen(
        story, actor_pool(story, candidate, spots_of(story), ())
    )
    assert sum(name.endswith("局") for name in told) == 1


def test_letters_around_a_name_can_decide_alone() -> None:
    story, candidate = event("市文化局派人来。【区图书馆召开会议】。")
    letters = Linear({"behind 派": 0}, np.full((1, 1), 9.0, np.float32), np.full(1, -5.0, np.float32))
    told = Casting(letters, trees_on("odds")).chosen(story, actor_pool(story, candidate, spots_of(story), ()))
    assert told == ("市文化局",)


@pytest.mark.parametrize(("kind", "told"), [("figure", ("红星小学",)), ("notice", ())])
def test_what_is_not_learned_stays_with_the_rules(kind: str, told: tuple[str, ...]) -> None:
    story, candidate = event("馆长周明理说，【红星小学今年招生120人】。", kind)
    nothing = Casting(NO_WORDS, Forest((), (), -9.0))
    cast = Cast(nothing, nothing)
    assert cast.actors_of(story, candidate, spots_of(story), told) == told
    assert cast.people_of(story, candidate, spots_of(story), ("周明理",)) == ()


def test_the_cast_of_the_project_knows_who_meets() -> None:
    cast = load_judge().cast
    assert cast is not None
    story, candidate = event("4月2日，【区财政局召开预算评审会】，局长周明理主持。市文化局去年评过奖。")
    spots = spots_of(story)
    assert cast.actors_of(story, candidate, spots, ("区财政局",)) == ("区财政局",)
    assert cast.people_of(story, candidate, spots, ("周明理",)) == ("周明理",)
