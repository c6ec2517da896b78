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


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("9月3日，区委常委会召开会议，研究防汛工作。", "召开会议", "区委常委会会议"),
        ("丰台区召开2024年河道治理工作推进会。", "推进会", "2024年河道治理工作推进会"),
        ("在9月3日下午的区委常委会扩大会议上，大家谈得很实。", "扩大会议", "区委常委会扩大会议"),
        ("七个村的村长坐在磨坊里，把水渠怎么修一条一条过了一遍。", "坐在磨坊里", "水渠怎么修"),
        ("村民代表挤在祠堂里，商量的是路灯装在哪儿。", "祠堂", "路灯装在哪儿"),
        ("区政协举行集体学习暨“书香委员”专题学习会。", "学习会", "集体学习暨“书香委员”专题学习会"),
    ],
)
def test_a_meeting_is_about_its_name_or_its_topic(text: str, words: str, expected: str) -> None:
    assert subject(EventType.MEETING, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("由区文化馆主办的“秋声”戏曲展演周将在剧场登台。", "展演周", "“秋声”戏曲展演周"),
        ("2023“书香丰台”全民阅读月在区图书馆揭开序幕。", "阅读月", "2023“书香丰台”全民阅读月"),
        ("首届全国河灯制作之夜定于9月3日在六地举行。", "河灯", "首届全国河灯制作之夜"),
        ("莲花池的荷花明天起让人看。", "荷花", "莲花池的荷花"),
        ("区医院在社区广场举办急救技能培训。", "急救", "急救技能培训"),
        ("大家筹备了第三届登山节，时间都定好了，9月20日在北门广场举行。", "北门广场", "第三届登山节"),
    ],
)
def test_an_activity_is_about_its_name_or_what_is_done(text: str, words: str, expected: str) -> None:
    assert subject(EventType.ACTIVITY, text, words) == expected
