import pytest

from parsing.model import EventType
from parsing.people import find_people
from parsing.roles import people_of
from tests.parsing.stories import candidate_at, story_of


def people(kind: str, marked: str) -> list[str]:
    """The people of the event told by the clause in 【】."""
    text = marked.replace("【", "").replace("】", "")
    words = marked.partition("【")[2].partition("】")[0]
    story = story_of(text)
    return list(people_of(story, candidate_at(story, EventType(kind), words)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【丰台区召开推进会】。区长秦海川主持，副区长梁波、吕慧参加。", ["秦海川", "梁波", "吕慧"]),
        ("【丰台区召开推进会】。区委书记陈永安，区长秦海川，副区长梁波出席。", ["陈永安", "秦海川", "梁波"]),
        ("【丰台区召开推进会】。会上，居民代表孙桂兰表示，满意。", ["孙桂兰"]),
        ("【丰台区召开推进会】。区委书记陈永安强调，要抓落实。", ["陈永安"]),
        ("【丰台区召开推进会】，研究关于防汛的部署要求。区长秦海川主持会议。", ["秦海川"]),
        ("【丰台区召开推进会】。市民孙桂兰说，路好走了。", []),
    ],
)
def test_at_a_meeting_are_those_who_come_or_speak_there(text: str, expected: list[str]) -> None:
    assert people("meeting", text) == expected


def test_a_passage_ends_where_another_day_is_told() -> None:
    text = "3月5日，【区政府召开常务会议】。秦海川主持会议。3月6日，区政协召开座谈会。郑国安参加。"
    assert people("meeting", text) == ["秦海川"]
    text = "副区长沈阔到王佐镇走访慰问老党员；3月6日，副区长【梁波带队督查消防】。"
    assert people("inspection", text) == ["梁波"]


def test_who_comes_to_a_reception_does_not_begin_another_passage() -> None:
    text = "3月5日，【区长秦海川会见华大集团董事长路军一行】。副区长梁波参加会见。"
    assert people("visit", text) == ["秦海川", "路军", "梁波"]


def test_those_whom_leaders_call_on_take_part() -> None:
    text = "【区长秦海川走访慰问老党员】。秦海川看望了退休职工郭振邦，副区长梁波一同走访。"
    assert people("inspection", text) == ["秦海川", "郭振邦", "梁波"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "activity",
            "【春日诗会在和义街道开讲】，作家谷雨时与读者分享新书。市民李建国说，好。",
            ["谷雨时"],
        ),
        ("activity", "【春日诗会在和义街道开讲】。副区长梁波出席。", ["梁波"]),
        ("launch", "【莲花池产业园开工】，区长秦海川宣布项目开工。", ["秦海川"]),
        ("launch", "【莲花池产业园开工】。区长秦海川点评街镇工作。", []),
        ("agreement", "区长秦海川会见客人。【区政府与华大集团签约】。副区长梁波参加会见。", []),
        ("agreement", "【副区长梁波、华大集团总裁路军签署协议】。", ["梁波", "路军"]),
        ("release", "区政府召开新闻发布会，【发布民生清单】。副区长梁波介绍情况。", ["梁波"]),
        ("award", "【周庄子村村民王建国当选劳动模范】。区长秦海川出席。", ["王建国"]),
        ("figure", "区长秦海川介绍，【全区新设企业1.8万户】。", []),
        ("notice", "记者李建国获悉，【方庄路封闭】。", []),
    ],
)
def test_elsewhere_only_those_who_do_what_the_event_is(kind: str, text: str, expected: list[str]) -> None:
    assert people(kind, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区委书记严叔同率代表团赴怒江考察。", ["严叔同"]),
        ("区长李大同与王伟参加。", ["李大同", "王伟"]),
        ("区委书记张伟率考察团赴怒江考察。", ["张伟"]),
        ("区委书记陈永安，区长秦海川、区政协主席高敏参加。", ["陈永安", "秦海川", "高敏"]),
    ],
)
def test_a_joint_letter_may_be_of_a_name_and_a_body_of_none(text: str, expected: list[str]) -> None:
    assert [person.name for person in find_people(text)] == expected
