"""An event has the day that a careful reader gives it, wherever in its article that is told."""

from datetime import date, time

import pytest

from parsing.model import EventType, Mention
from parsing.reader import read_page
from parsing.when import when
from tests.parsing.stories import candidate_at, story_of
from tests.support.judges import believer

ISSUE = date(2024, 4, 8)


def read(body: str, kind: EventType, issued_on: date | None = ISSUE) -> Mention:
    reading = read_page(f"标题在此\n\n本报讯 {body}", issued_on=issued_on, judge=believer())
    found = [mention for mention in reading.mentions if mention.type is kind]
    assert found, body
    return found[0]


def span(mention: Mention) -> tuple[str, str]:
    return str(mention.when.start), str(mention.when.end)


@pytest.mark.parametrize(
    ("kind", "body", "start", "end"),
    [
        # a year in a name is not the day of what is held
        (
            EventType.MEETING,
            "4月2日，河东街道召开2024年党建工作协调委员会第一次会议。",
            "2024-04-02",
            "2024-04-02",
        ),
        (EventType.MEETING, "4月2日，河东区召开一季度经济形势分析会。", "2024-04-02", "2024-04-02"),
        # an opening lasts to the day told after it; what happens at it does not
        (
            EventType.ACTIVITY,
            "4月2日，河东书画展在区文化馆开展。展览将持续至4月20日。",
            "2024-04-02",
            "2024-04-20",
        ),
        (
            EventType.LAUNCH,
            "上半年计划之外，4月3日，河东区政务服务中心新址正式启用。",
            "2024-04-03",
            "2024-04-03",
        ),
        (EventType.ACTIVITY, "上周末，区文化馆举办书画展，展览至4月30日结束。", "2024-04-06", "2024-04-30"),
        # a closing has its opening's day first
        (
            EventType.ACTIVITY,
            "4月3日，第三届文化节在东湖公园落下帷幕。文化节自3月20日开幕以来，接待游客12万人次。",
            "2024-03-20",
            "2024-04-03",
        ),
        # a half or year that opens the sentence frames what was done in it
        (EventType.LAUNCH, "去年，河东街道完成3个老旧小区综合整治工程。", "2023-01-01", "2023-12-31"),
        # honours given at an occasion have its day
        (
            EventType.AWARD,
            "4月2日，河东区召开总结表彰大会。会上，15家企业获颁“高质量发展突出贡献企业”。",
            "2024-04-02",
            "2024-04-02",
        ),
        # a day that belongs to another predicate of a list is not passed on
        (
            EventType.AWARD,
            "区领导走访社区。河东街道探索新机制，邻里中心于3月底开门迎客，社区工作者王晓获评“全省优秀社工”。",
            "None",
            "None",
        ),
        # what is told behind a clause, of something else, is not its day
        (EventType.RELEASE, "区教委印发《入学工作意见》，4月28日起开始信息采集。", "None", "None"),
        (
            EventType.NOTICE,
            "4月10日23时至次日6时，人民路沿线停水，请居民提前储水。",
            "2024-04-10",
            "2024-04-11",
        ),
        # numbers are told for the day they are counted up to
        (EventType.FIGURE, "截至4月5日，今年全区累计拆除违建21.6万平方米。", "2024-04-05", "2024-04-05"),
        (
            EventType.FIGURE,
            "4月7日，区统计局发布一季度数据，全区生产总值同比增长5.8%。",
            "2024-01-01",
            "2024-03-31",
        ),
        (
            EventType.FIGURE,
            "4月1日至5日，全区接待游客41.6万人次，日均接待量较3月份增长28%。",
            "2024-04-01",
            "2024-04-05",
        ),
        # the day of the list, or contest, in which the honour was won
        (
            EventType.AWARD,
            "市农业农村局4月3日公布的示范基地名单中，和顺村获评“示范基地”。",
            "2024-04-03",
            "2024-04-03",
        ),
        # what is put off has its new day
        (
            EventType.NOTICE,
            "原定于4月12日举办的春季花展开放推迟至4月16日，市民请留意。",
            "2024-04-16",
            "2024-04-16",
        ),
        (
            EventType.NOTICE,
            "原定4月12日举行的花展，因连日降雨，推迟至4月16日，市民请留意。",
            "2024-04-16",
            "2024-04-16",
        ),
        (
            EventType.NOTICE,
            "热费缓缴申请期限由4月20日延长至4月30日，市民可到窗口办理。",
            "2024-04-30",
            "2024-04-30",
        ),
        (
            EventType.ACTIVITY,
            "4月5日，春季书画展在文化馆开幕，到5月7日。",
            "2024-04-05",
            "2024-05-07",
        ),
        # how many days it lasts, told behind its first or in front of its last
        (
            EventType.NOTICE,
            "接种门诊换冷库，4月10日起停诊四天，请市民错峰前往。",
            "2024-04-10",
            "2024-04-13",
        ),
        (
            EventType.ACTIVITY,
            "4月5日，为期三天的春季书市在文化馆举行。",
            "2024-04-05",
            "2024-04-07",
        ),
        (
            EventType.ACTIVITY,
            "为期三天的春季书市4月7日在文化馆落下帷幕。",
            "2024-04-05",
            "2024-04-07",
        ),
        (
            EventType.ACTIVITY,
            "4月5日，春季书画展在文化馆开幕，5月7日撤展。",
            "2024-04-05",
            "2024-05-07",
        ),
    ],
)
def test_the_day_is_the_event_s_own(kind: EventType, body: str, start: str, end: str) -> None:
    assert span(read(body, kind)) == (start, end)


@pytest.mark.parametrize(
    ("kind", "body", "words", "day"),
    [
        # a happening without a verb of the lists: its day stands right behind its subject
        (EventType.VISIT, "邻县的一队校长，十四位，2024年4月6日住进了学校。", "邻县的一队校长", "2024-04-06"),
        (EventType.AWARD, "街口的老店，2024年4月6日进了第五批名录。", "街口的老店", "2024-04-06"),
        # … even where an earlier sentence tells another
        (
            EventType.RELEASE,
            "2024年4月1日开了会。县文化馆的册子，2024年4月6日挂到网上。",
            "县文化馆的册子",
            "2024-04-06",
        ),
        # … or is what its own clause begins with
        (EventType.AWARD, "2024年4月6日进了第五批名录，排在第四。", "第五批名录", "2024-04-06"),
        (EventType.AWARD, "倒是2024年4月6日，她领回一面绣旗。", "领回一面绣旗", "2024-04-06"),
    ],
)
def test_what_no_rule_proposes_takes_the_day_beside_it(
    kind: EventType, body: str, words: str, day: str
) -> None:
    story = story_of(body)
    found, _ = when(story, candidate_at(story, kind, words), None)
    assert (str(found.start), str(found.end)) == (day, day)


def test_numbers_without_a_period_are_for_that_of_the_report() -> None:
    page = "新河区2023年上半年工作小结\n\n全区受理投诉举报1.36万件，同比增长5.8%。"
    reading = read_page(page, issued_on=ISSUE, judge=believer())
    figures = [m for m in reading.mentions if m.type is EventType.FIGURE]
    assert figures
    assert {span(m) for m in figures} == {("2023-01-01", "2023-06-30")}


def test_numbers_of_a_whole_occasion_are_for_all_its_days() -> None:
    lead = "为期三天的第五届农机展4月7日在河东展馆落下帷幕。"
    mention = read(f"{lead}展会期间累计接待游客41.6万人次。", EventType.FIGURE)
    assert span(mention) == ("2024-04-05", "2024-04-07")


def test_what_comes_round_keeps_its_words_hours_and_next_day() -> None:
    mention = read("每周六上午9点至11点，区图书馆举办“河东讲堂”公益讲座。", EventType.ACTIVITY)
    assert mention.recurrence == "每周六上午9点至11点"
    assert (mention.time_start, mention.time_end) == (time(9), time(11))
    assert span(mention) == ("2024-04-13", "2024-04-13")


def test_a_day_of_rest_is_the_next_one() -> None:
    mention = read("昨日，新馆正式开馆。新馆每周二至周日9:00—17:00开放，周三闭馆。", EventType.NOTICE)
    assert (mention.recurrence, span(mention)) == ("周三", ("2024-04-10", "2024-04-10"))


def test_an_hour_beside_the_day_is_kept() -> None:
    mention = read("4月12日19时30分，“春之声”音乐会将在区文化馆举行。", EventType.ACTIVITY)
    assert (mention.time_start, mention.recurrence) == (time(19, 30), None)
    assert span(mention) == ("2024-04-12", "2024-04-12")
