import pytest

from parsing.model import EventType
from parsing.roles import areas_of, place_of
from tests.parsing.stories import candidate_at, story_of


def place(kind: str, marked: str) -> str | None:
    """The place of the event told by the clause in 【】."""
    text = marked.replace("【", "").replace("】", "")
    words = marked.partition("【")[2].partition("】")[0]
    story = story_of(text)
    return place_of(story, candidate_at(story, EventType(kind), words))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("activity", "【春日诗会在丰台体育中心北广场举行】。", "丰台体育中心北广场"),
        ("activity", "【丰台区在活动期间举行义诊】。", None),
        ("inspection", "【区长秦海川到王佐镇、北宫镇检查防汛】。", "王佐镇、北宫镇"),
        ("inspection", "【区长秦海川检查防汛工作】，先后来到莲花河、凉水河，察看水位。", "莲花河、凉水河"),
        ("visit", "【区长秦海川赴云南省怒江州考察】。", "云南省怒江州"),
        ("visit", "【韩国水原市友好访问团来我区考察】。", "丰台区"),
        ("visit", "【区长秦海川会见路军一行】。", None),
        ("launch", "【位于青塔街道的会客厅启用】。", "青塔街道"),
        ("launch", "【方庄街道芳古园社区卫生站启用】。", "方庄街道芳古园社区"),
        ("notice", "3月5日，【方庄路（蒲黄榆路至成寿寺路）半幅封闭】。", "方庄路（蒲黄榆路至成寿寺路）"),
        ("notice", "【我公司定于3月5日停水】。", None),
        ("figure", "【在王佐镇举行的普查显示】，增长5%。", None),
    ],
)
def test_the_place_is_the_venue_the_destination_or_what_is_closed(
    kind: str, text: str, expected: str | None
) -> None:
    assert place(kind, text) == expected


def test_areas_are_those_of_the_clause_its_actors_and_its_place() -> None:
    story = story_of("区长秦海川到王佐镇调研，走访东铁营街道。")
    candidate = candidate_at(story, EventType.INSPECTION, "调研")
    found = areas_of(story, candidate, ("方庄街道",), "北宫镇")
    assert found[0] == "王佐镇"
    assert {"方庄街道", "北宫镇"} <= set(found)
