"""What visits, honours, launches, agreements and documents are about."""

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
        ("区长陆一鸣走进云岗街道，就老旧小区供暖开展调研。", "走进", "老旧小区供暖"),
        ("区长陆一鸣来到花乡街道，检查汛期排水设施维护情况。", "来到", "汛期排水设施维护情况"),
        ("区长陆一鸣没带随从就进了一家面厂，先拎灭火器。", "面厂", "灭火器"),
        ("市防汛督导组来到丰台，对河道清淤进行实地督导。", "督导组", "河道清淤"),
        ("区长陆一鸣走到莲花池公园南门。他站了很久。", "南门", "莲花池公园南门"),
    ],
)
def test_an_inspection_is_about_its_topic_else_its_place(text: str, words: str, expected: str) -> None:
    assert subject(EventType.INSPECTION, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("区长陆一鸣会见华云集团一行，双方就算力中心建设座谈交流。", "会见", "算力中心建设"),
        ("区长陆一鸣会见华云集团一行，双方就算力、人才等议题进行交流。", "会见", "华云集团"),
        ("河北省涞源县党政代表团到访丰台。", "代表团", "河北省涞源县党政代表团"),
    ],
)
def test_a_visit_is_about_its_topic_else_the_guests(text: str, words: str, expected: str) -> None:
    assert subject(EventType.VISIT, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "近日，市体育局公布2022年度全民健身示范街道名单，云岗街道榜上有名。",
            "榜上有名",
            "2022年度全民健身示范街道",
        ),
        ("在首批“无烟社区”创建试点名单中，莲花社区名列其中。", "名列其中", "首批“无烟社区”创建试点"),
        ("他们在全市龙舟比赛中拼到最后，抱回金杯。", "龙舟比赛", "全市龙舟比赛金杯"),
        ("省里来信，将2024年度“金穗奖章”授予农艺师田野。", "授予", "2024年度“金穗奖章”"),
        ("云岗街道的合唱队从省城抱回一块牌子——全省先进文艺团队。", "抱回", "全省先进文艺团队"),
    ],
)
def test_an_award_is_about_the_honour_with_its_contest(text: str, words: str, expected: str) -> None:
    assert subject(EventType.AWARD, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("历时两年建设的云岗文化馆将于9月8日重新开门迎客。", "文化馆", "云岗文化馆"),
        ("镇西头的二号冰厂9月3日吐出了第一块冰。", "冰厂", "二号冰厂"),
        ("“云岗1958”工业园敞开大门。", "敞开", "“云岗1958”工业园"),
        ("学校与煤矿签下共建矿山救援基地的协议，随后双方为基地揭了牌。", "揭了牌", "矿山救援基地"),
        ("六个部门联合开展为期半年的枸杞产地保护行动。", "枸杞", "枸杞产地保护行动"),
    ],
)
def test_a_launch_is_about_the_project_without_its_making(text: str, words: str, expected: str) -> None:
    assert subject(EventType.LAUNCH, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("甲镇与乙县签署“菜篮子”直供协议。", "直供", "“菜篮子”直供协议"),
        ("两家企业换了合作文本。", "文本", "合作文本"),
        ("村里和农科所盖了章，往后三年，种苗由农科所育。", "盖了章", "种苗由农科所育"),
        ("区港务公司与外地港口结成“姊妹码头”。", "结成", "“姊妹码头”"),
    ],
)
def test_an_agreement_is_about_its_name_or_what_is_agreed(text: str, words: str, expected: str) -> None:
    assert subject(EventType.AGREEMENT, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("区里印发《丰台区口袋公园建设导则》。", "印发", "丰台区口袋公园建设导则"),
        (
            "《丰台区口袋公园建设导则》编成了。9月3日，《导则》对外公布。",
            "对外公布",
            "丰台区口袋公园建设导则",
        ),
        ("街道只送来一本小册子：《云岗街道养犬指引》。", "小册子", "云岗街道养犬指引"),
        ("区文旅局召开新闻发布会，发布秋季花展总体安排。", "新闻发布会", "秋季花展总体安排"),
    ],
)
def test_a_release_is_about_the_document(text: str, words: str, expected: str) -> None:
    assert subject(EventType.RELEASE, text, words) == expected


@pytest.mark.parametrize(
    ("kind", "text", "words", "expected"),
    [
        (EventType.LAUNCH, "城东的新菜场昨天掀了卷帘门。", "掀了", "城东的新菜场"),
        (EventType.LAUNCH, "走了三十年的土路，如今铺成了柏油路。", "柏油路", "走了三十年的土路"),
        (EventType.LAUNCH, "9月9日，云岗老年食堂的灶火点着了。", "灶火", "云岗老年食堂"),
        (EventType.AWARD, "一张“全国优秀护士”的证书寄到了卫生站。", "证书", "全国优秀护士"),
        (EventType.AWARD, "云岗村的豆腐宴端回了全省乡村美食的银碗。", "银碗", "全省乡村美食的银碗"),
        (EventType.AGREEMENT, "一份五年的房租合同摆在桌上，两边都签了名。", "签了名", "房租合同"),
        (EventType.AGREEMENT, "云岗镇把后山的竹林交给林场管三十年。", "竹林", "后山的竹林"),
        (EventType.RELEASE, "区教委把入学划片图挂到了网上。", "划片图", "入学划片图"),
        (EventType.INSPECTION, "人大代表上门，问电梯老不老、灯亮不亮。", "上门", "电梯老不老、灯亮不亮"),
    ],
)
def test_plain_words_tell_it_without_a_trigger(kind: EventType, text: str, words: str, expected: str) -> None:
    assert subject(kind, text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("河北涞源的十二位养蜂人在云岗住了三天，看了山。", "养蜂人", "河北涞源的十二位养蜂人"),
        ("河北涞源的十二位养蜂人在云岗住了三天，问蜂箱怎么过冬。", "养蜂人", "蜂箱怎么过冬"),
    ],
)
def test_guests_in_plain_words_stand_for_a_visit_without_a_topic(
    text: str, words: str, expected: str
) -> None:
    assert subject(EventType.VISIT, text, words) == expected
