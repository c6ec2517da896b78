from dataclasses import replace

import pytest
from hypothesis import given, settings

from messages.i18n import translator
from messages.layout import units
from messages.titles import TITLE_LIMIT, aside, title, type_head, type_word
from parsing.model import EventType, Stage
from storage.views import EventView
from tests.messages import samples, strategies

ZH, EN = translator("zh"), translator("en")


def told(event: EventView, **changes: object) -> str:
    return title(replace(event, **changes), ZH)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (samples.MEETING, "丰台区召开月度工作点评会"),
        (samples.VISIT, "秦海川会见北辰生物集团总裁陆正平"),
        (samples.INSPECTION, "高世荣检查消防安全工作"),
        (samples.LAUNCH, "“翠竹里”社区食堂揭牌"),
        (samples.AWARD, "王佐镇、西庄店村、南官村获评“首都文明村镇”"),
        (samples.PRIZE, "区中医医院获全市职工技能大赛一等奖"),
        (samples.AGREEMENT, "区政府与北辰生物集团签署战略合作协议"),
        (samples.RELEASE, "区商务局出台《丰台区促进夜间消费十条措施》"),
        (samples.ACTIVITY, "区人力社保局举办春季招聘会"),
        (samples.FIGURE, "丰台区地区生产总值520.3亿元，同比增长6.1%"),
        (samples.NOTICE, "莲花池东路（六里桥至丽泽路口）双向封闭"),
    ],
)
def test_each_type_has_its_own_sentence(event: EventView, words: str) -> None:
    assert title(event, ZH) == words


@pytest.mark.parametrize("event", samples.EVENTS)
def test_a_title_needs_no_evidence(event: EventView) -> None:
    assert len(told(event, evidence="")) >= len(event.subject)


def test_an_actor_that_the_subject_holds_is_not_said_twice() -> None:
    assert told(samples.MEETING, subject="区委常委会会议", actors=("区委常委会",)) == "区委常委会召开会议"
    assert told(samples.MEETING, subject="全区安全生产大会", actors=("全区",)) == "全区召开安全生产大会"
    assert told(samples.RELEASE, subject="区商务局年报", evidence="") == "区商务局年报发布"
    assert told(samples.ACTIVITY, subject="区人力社保局开放日") == "区人力社保局开放日"
    assert told(samples.FIGURE, subject="丰台区地区生产总值", evidence="") == "丰台区地区生产总值"


def test_a_verb_that_the_subject_holds_is_not_said_twice() -> None:
    assert told(samples.LAUNCH, subject="三期项目开工", stage=Stage.START, evidence="") == "三期项目开工"
    assert told(samples.LAUNCH, subject="地铁站启用仪式") == "地铁站启用仪式举行"
    assert told(samples.INSPECTION, subject="走访困难群众") == "高世荣走访困难群众"
    assert told(samples.AWARD, subject="入选市级名单") == "王佐镇、西庄店村、南官村入选市级名单"
    assert told(samples.AGREEMENT, subject="签署备忘录") == "区政府与北辰生物集团签署备忘录"
    assert told(samples.RELEASE, subject="政策发布", evidence="") == "政策发布"
    assert told(samples.AGREEMENT, subject="项目集中签约", actors=()) == "项目集中签约"


def test_a_launch_is_told_by_its_stage() -> None:
    plain = replace(samples.LAUNCH, subject="城北医院", evidence="", actors=())
    stages = {Stage.START: "城北医院启动", Stage.OPENING: "城北医院开放", Stage.COMPLETION: "城北医院竣工"}
    assert {stage: told(plain, stage=stage) for stage in Stage} == stages
    assert told(samples.LAUNCH, subject="腾退工作", stage=Stage.COMPLETION) == "翠竹街道完成腾退工作"


def test_honours_are_quoted_and_prizes_are_not() -> None:
    assert told(samples.AWARD, actors=("甲村",), subject="示范村") == "甲村获评“示范村”"
    assert told(samples.AWARD, actors=("甲村",), subject="首批“示范村”") == "甲村获评首批“示范村”"
    assert told(samples.AWARD, actors=("甲社",), subject="非遗名录", evidence="") == "甲社入选“非遗名录”"
    film = "短片《春天》获评优秀作品"
    assert (
        told(samples.AWARD, actors=("甲社",), subject="优秀作品", evidence=film)
        == "甲社《春天》获评“优秀作品”"
    )


def test_a_figure_shows_its_number_wherever_the_evidence_has_it() -> None:
    some = replace(samples.FIGURE, actors=("甲街道",))
    assert told(some, subject="满意率", evidence="其中满意率达97.4%") == "甲街道满意率达97.4%"
    assert told(some, subject="优良天", evidence="挽回10个优良天") == "甲街道挽回10个优良天"
    assert told(some, subject="满意率", evidence="今年满意率有所提高") == "甲街道满意率"
    assert told(some, subject="进出口值", evidence="攀升至4.5万亿元") == "甲街道进出口值攀升至4.5万亿元"


def test_visitors_and_hosts_keep_their_parts() -> None:
    party = {"actors": ("河西区党政代表团",), "people": ("侯景行",), "place": "丰台区"}
    assert (
        told(samples.VISIT, subject="河西区党政代表团", evidence="", **party) == "河西区党政代表团到访丰台区"
    )
    assert (
        told(samples.VISIT, subject="城市更新工作", evidence="", **party)
        == "河西区党政代表团到丰台区考察城市更新工作"
    )
    host = {"actors": ("秦海川", "北辰集团"), "people": ("秦海川",)}
    assert told(samples.VISIT, subject="算力合作", **host) == "秦海川会见北辰集团，谈算力合作"


def test_a_moved_occasion_is_not_told_as_if_it_took_place() -> None:
    moved = replace(samples.NOTICE, subject="音乐会", place="竹海", evidence="原定周六的音乐会推迟")
    assert title(moved, ZH) == "音乐会推迟"


def test_a_quotation_mark_that_the_subject_lost_is_set_again() -> None:
    assert told(samples.ACTIVITY, actors=(), subject="春醒卢沟”健步走活动") == "“春醒卢沟”健步走活动"
    assert told(samples.ACTIVITY, actors=(), subject="《“花间") == "《“花间”》"


def test_a_subscript_is_written_plainly() -> None:
    told_plainly = told(samples.FIGURE, subject="PM_{2.5}浓度", evidence="PM_{2.5}浓度为30微克")
    assert told_plainly == "丰台区PM2.5浓度为30微克"


def test_what_an_actor_and_a_metric_share_is_said_once() -> None:
    assert (
        told(samples.FIGURE, actors=("区政务中心",), subject="政务中心办件", evidence="政务中心办件120件")
        == "区政务中心办件120件"
    )


@given(strategies.events)
@settings(max_examples=150)
def test_a_title_is_one_short_line_and_never_empty(event: EventView) -> None:
    for t in (ZH, EN):
        words = title(event, t)
        assert words.strip()
        assert "\n" not in words
        assert units(words) <= TITLE_LIMIT


def test_an_event_without_a_subject_is_told_by_what_is_known() -> None:
    assert told(samples.ACTIVITY, subject=" ，") == "活动：区人力社保局"
    assert told(samples.ACTIVITY, subject="", actors=(), people=(), place=None) == "活动：内容未写明"


def test_the_place_and_bodies_that_a_title_leaves_out_are_said_aside() -> None:
    assert aside(samples.ACTIVITY, title(samples.ACTIVITY, ZH)) == ("花木广场", "")
    assert aside(samples.NOTICE, title(samples.NOTICE, ZH)) == ("", "区城市管理委")
    assert aside(samples.MEETING, title(samples.MEETING, ZH)) == ("", "")


def test_english_titles_are_a_type_word_with_the_names_as_printed() -> None:
    assert title(samples.AWARD, EN) == "Award · 王佐镇、西庄店村、南官村 — 首都文明村镇"
    assert title(samples.AWARD, EN, typed=False) == "王佐镇、西庄店村、南官村 — 首都文明村镇"
    assert title(samples.LAUNCH, EN) == "Opened · 翠竹街道 — “翠竹里”社区食堂"
    assert title(samples.FIGURE, EN) == "Figure · 丰台区 — 地区生产总值520.3亿元，同比增长6.1%"


def test_every_type_has_a_word_and_one_emoji_before_it() -> None:
    for t in (ZH, EN):
        heads = {type_head(each, t) for each in EventType}
        assert len(heads) == len(EventType)
        assert all(type_head(each, t).split(" ", 1)[1] == type_word(each, t) for each in EventType)
    assert type_word(EventType.AWARD, EN, 1) == "Award"
