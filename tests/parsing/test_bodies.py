from itertools import pairwise

import pytest

from parsing.bodies import find_bodies, leading_body, split_coordination
from parsing.district import load_district

FENGTAI = load_district("丰台区")


def names(text: str) -> list[str]:
    return [body.name for body in find_bodies(text, None, FENGTAI)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4月2日上午，丰台区召开月度工作点评会。", ["丰台区"]),
        ("街道侨联获评2023年度“示范侨之家”", ["街道侨联"]),
        ("镇社区卫生服务中心获评首都文明单位，", ["镇社区卫生服务中心"]),
        (
            "东高地街道万源南里社区、马家堡街道城南嘉园社区入选。",
            ["东高地街道万源南里社区", "马家堡街道城南嘉园社区"],
        ),
        ("区住建委联合区司法局开展普法", ["区住建委", "区司法局"]),
        ("由区人力资源和社会保障局、区文化和旅游局主办", ["区人力资源和社会保障局", "区文化和旅游局"]),
        ("姑苏区民政和卫生健康局印发方案", ["姑苏区民政和卫生健康局"]),
        ("簇锦街道顺和社区地处城乡接合部", ["簇锦街道顺和社区"]),
        ("与重庆恒盛模具有限公司签约", ["重庆恒盛模具有限公司"]),
        ("项目承担单位北京花乡园艺科技有限公司介绍", ["北京花乡园艺科技有限公司"]),
        ("考察团来江岸区考察", ["考察团", "江岸区"]),
        ("六里桥街道总工会为劳动者送清凉", ["六里桥街道总工会"]),
        ("劝业场街道新时代文明实践所在花园路开讲", ["劝业场街道新时代文明实践所"]),
        ("丰台区第十二中学“星火”代表队夺冠", ["丰台区第十二中学“星火”代表队"]),
        ("径山村跻身全国名录", ["径山村"]),
        ("会上，15家企业获颁奖牌", ["15家企业"]),
        ("花乡作表态发言，我区将支持", ["花乡", "我区"]),
    ],
)
def test_a_body_is_found_in_its_fullest_form(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推进农村人居环境整治",
        "走访城镇和乡村干部",
        "优化产业布局",
        "大学生和村民都说好",
        "更多社区受益",
        "改造电梯118部",
        "",
    ],
)
def test_what_only_ends_like_a_body_is_none(text: str) -> None:
    assert names(text) == []


def test_a_body_in_front_of_an_office_is_marked() -> None:
    found = find_bodies("区委书记王少峰会见中铁科创集团党委书记梁克俭", None, FENGTAI)
    assert [(body.name, body.office) for body in found] == [("区委", True), ("中铁科创集团", True)]


def test_kinds_tell_streets_of_the_district_from_other_places() -> None:
    text = "花乡街道、拱辰街道、余杭区、华大集团、区委、社区、我市"
    kinds = [body.kind for body in find_bodies(text, None, FENGTAI)]
    assert kinds == ["area", "place", "district", "company", "party", "relative", "self"]


def test_offsets_are_those_of_the_name_in_the_text() -> None:
    text = "近日，由科学技术部办公厅、中国科学院办公厅组织的大赛在丰台区举行。"
    for body in find_bodies(text, None, FENGTAI):
        assert text[body.start : body.end] == body.name


def test_the_name_model_cuts_behind_a_name_and_knows_firms_without_an_ending() -> None:
    text = "望京商圈勇夺桂冠商圈，深蓝视觉同行"
    assert names(text) == ["望京商圈勇夺桂冠商圈"]
    tagged = [
        ("望京商圈", "n"),
        ("勇夺", "v"),
        ("桂冠", "nz"),
        ("商圈", "n"),
        ("，", "w"),
        ("深蓝视觉", "ORG"),
        ("同行", "v"),
    ]
    found = [body.name for body in find_bodies(text, tagged, FENGTAI)]
    assert found == ["望京商圈", "桂冠商圈", "深蓝视觉"]


def test_tags_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="not this text"):
        find_bodies("甲", [("甲乙", "n")])


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("4月2日上午，丰台区召开月度工作点评会", "丰台区"),
        ("王佐镇及辖区西庄店村、南官村获评“首都文明村镇”", "王佐镇"),
        ("会上，区房管局通报了有关情况", "区房管局"),
        ("近日，由科学技术部办公厅组织的大赛举行", "科学技术部办公厅"),
        ("区委书记王少峰会见客人", None),
        ("完成区委党校北宫镇分校改造提升", None),
        ("持续优化营商环境", None),
        ("", None),
    ],
)
def test_the_body_at_the_head_of_a_clause_is_who_acts(clause: str, name: str | None) -> None:
    body = leading_body(clause, FENGTAI)
    assert (body.name if body else None) == name


@pytest.mark.parametrize(
    ("phrase", "members"),
    [
        ("甲社区、乙村和丙公司", ("甲社区", "乙村", "丙公司")),
        ("和义街道", ("和义街道",)),
        ("区文化和旅游局", ("区文化和旅游局",)),
        ("区民政和卫生健康局和王佐镇", ("区民政和卫生健康局", "王佐镇")),
        ("和平里社区与和义街道", ("和平里社区", "和义街道")),
        ("丰台区民政局、和义街道及右安门街道", ("丰台区民政局", "和义街道", "右安门街道")),
        ("“和美”家园、丙村", ("“和美”家园", "丙村")),
        ("", ()),
    ],
)
def test_coordinations_are_split_and_names_with_a_he_in_them_are_not(
    phrase: str, members: tuple[str, ...]
) -> None:
    assert split_coordination(phrase, FENGTAI) == members


@pytest.mark.parametrize(
    "piece", ["街道", "丰台区和", "“甲”", "1", "一家", "（甲）", "区民政和", "书记", "顺和社区"]
)
def test_any_text_is_read_and_bodies_never_overlap(piece: str) -> None:
    text = piece * 2000
    found = find_bodies(text, None, FENGTAI)
    for first, second in pairwise(found):
        assert first.end <= second.start
