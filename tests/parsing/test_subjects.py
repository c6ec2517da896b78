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


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("芳城园二里、青塔西里部分楼栋9月3日8时至18时停水。", "停水", "停水"),
        ("青塔东路每日7时至19时禁止机动车通行。", "青塔东路", "青塔东路禁止机动车通行"),
        ("区图书馆更换空调，9月5日至6日闭馆。", "更换空调", "区图书馆闭馆"),
        ("受降雨影响，9月3日起，莲花池公园暂不开放。", "受降雨", "莲花池公园暂不开放"),
        ("原定于9月6日在莲花池举行的秋季灯会取消。", "灯会", "秋季灯会"),
        ("莲花池公园开放时间延长至22时。", "开放时间", "莲花池公园开放时间"),
        ("《丰台区养犬管理规定》已公布。该规定自9月1日起施行。", "施行", "丰台区养犬管理规定"),
        ("区文化馆“秋韵”合唱培训班即日起至9月9日报名。", "报名", "“秋韵”合唱培训班"),
        ("市民可于9月8日起在小程序预约首日参观名额。", "预约", "预约首日参观名额"),
        ("还没领高龄津贴的老人，9月20日前带证件来。", "津贴", "高龄津贴"),
    ],
)
def test_a_notice_is_about_what_changes(text: str, words: str, expected: str) -> None:
    assert subject(EventType.NOTICE, text, words) == expected
