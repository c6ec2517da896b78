"""What an event is about, from its clause, the clauses beside it and the headline."""

import pytest

from parsing.model import EventType
from parsing.subjects import subject_of
from tests.parsing.stories import candidate_at, story_of


def subject(kind: EventType, text: str, words: str, headline: str = "") -> str:
    """The subject of an open candidate on the clause of `text` that holds `words`."""
    story = story_of(text, headline)
    return subject_of(story, candidate_at(story, kind, words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("上半年，全区实现社会消费品零售总额91.2亿元。", "零售总额", "社会消费品零售总额"),
        ("上半年，全区规上工业增加值同比增长6.3%。", "增加值", "规上工业增加值"),
        ("全区数字产业增加值占比达到41%。", "占比", "数字产业增加值占比"),
        ("前两月，镇里一共收了红枣2.1万吨。", "红枣", "红枣"),
        ("云岗街道接诉即办综合成绩97.3分。", "接诉即办", "接诉即办综合成绩"),
        ("老楼加梯，到月底也装完了，累计120部。", "累计", "老楼加梯"),
        ("纳入计划的86个项目开工率达92%。", "开工率", "项目开工率"),
        ("全镇9所夜校共开课210期。", "共开课", "开课"),
        ("据统计，全省建成零碳村206个，今年新增34个。", "今年新增", "新增"),
    ],
)
def test_a_figure_is_about_its_metric(text: str, words: str, expected: str) -> None:
    assert subject(EventType.FIGURE, text, words) == expected
