from itertools import pairwise

import pytest

from parsing.people import Person, find_people, find_people_of


def names(text: str) -> list[str]:
    return [person.name for person in find_people(text)]


def people_of_page(first: str, *others: str) -> list[Person]:
    """The people of a page's first sentence."""
    sentences = (first, *others)
    return find_people_of(sentences, [None] * len(sentences))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接受区委书记王少峰现场点评。", ["王少峰"]),
        ("区人大常委会主任高峰、区委副书记底志欣参加。", ["高峰", "底志欣"]),
        ("区领导田涛、牟晓春，区委老干部工作领导小组相关负责人参加。", ["田涛", "牟晓春"]),
        ("会见华大集团执行董事、首席运营官路军一行，", ["路军"]),
        ("旗委书记巴特尔、旗长娜仁高娃陪同考察。", ["巴特尔", "娜仁高娃"]),
        ("区政协主席司徒健、副主席欧阳修文出席。", ["司徒健", "欧阳修文"]),
        ("代表团团长让·莫罗一行到访。", ["让·莫罗"]),
        ("区长阿依别克·努尔兰主持会议。", ["阿依别克·努尔兰"]),
        ("区领导 高 峰 李建国出席。", ["高峰", "李建国"]),
        ("居民孙桂兰说。", ["孙桂兰"]),
        ("某小学的韩雨桐、刘佳一获得一等奖。", ["韩雨桐", "刘佳一"]),
        ("71岁的顾守时戴着寸镜。", ["顾守时"]),
        ("区委书记严叔同主持并讲话。", ["严叔同"]),
        ("区委副书记沈括于1月11日到镇里调研。", ["沈括"]),
        ("区政协主席郑和与副主席潘景和、倪可为出席。", ["郑和", "潘景和", "倪可为"]),
    ],
)
def test_people_are_found_by_what_stands_around_their_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "王佐镇依次发言。",
        "镇长王佐镇那边说",
        "书记高度重视。",
        "主任应邀出席。",
        "走进居民家中。",
        "居民王女士说。",
        "居民林伯说。",
        "社区书记和居民代表参加。",
        "河长占比77%。",
        "地铁站口，高峰期限流。",
        "本报讯（记者 王蕾蕾 通讯员 蔡智超）",
        "图为活动现场。 石磊 摄",
        "责编 丁一宁 美编 高雯 校对 陆佳",
        "本报记者 石磊/摄",
        "",
    ],
)
def test_places_phrases_and_reporters_are_no_people(text: str) -> None:
    assert names(text) == []


def test_offsets_are_those_of_the_name_in_the_text() -> None:
    text = "4月2日，区委书记王少峰、区长秦海川出席。"
    for person in find_people(text):
        assert text[person.start : person.end] == person.name


def test_a_name_found_behind_an_office_is_known_bare() -> None:
    found = people_of_page(
        "会上，王少峰逐一点评相关工作，高峰作说明，晚高峰照常。",
        "区委书记王少峰主持。",
        "区人大常委会主任高峰参加。",
    )
    assert [(person.name, person.cue) for person in found] == [("王少峰", "known"), ("高峰", "known")]


def test_a_known_name_is_no_person_inside_a_place() -> None:
    assert people_of_page("王佐镇、王佐村和王佐路都通了车", "镇长王佐说。") == []
    assert [person.name for person in people_of_page("王佐表示，", "镇长王佐说。")] == ["王佐"]


def test_the_name_model_adds_what_no_rule_sees() -> None:
    text = "我叫余欢，在后海上班。"
    tagged = [("我", "r"), ("叫", "v"), ("余欢", "PER"), ("，", "w"), ("在后海上班。", "v")]
    assert names(text) == []
    assert find_people(text, tagged) == []  # two letters behind a verb are not enough
    text = "手艺人窦德祥今年六十八岁。"
    tagged = [("手艺人", "n"), ("窦德祥", "PER"), ("今年六十八岁。", "TIME")]
    assert [(person.name, person.cue) for person in find_people(text, tagged)] == [("窦德祥", "tagger")]


def test_a_name_that_the_model_cuts_short_stays_whole() -> None:
    text = "区委书记栾东升到火车站督导。"
    tagged = [("区委", "ORG"), ("书记", "n"), ("栾东", "PER"), ("升到火车站督导。", "v")]
    assert [person.name for person in find_people(text, tagged)] == ["栾东升"]


def test_a_town_that_the_model_calls_a_person_is_none() -> None:
    assert find_people("王佐镇发言", [("王佐", "PER"), ("镇", "n"), ("发言", "v")]) == []


def test_tags_of_another_sentence_are_refused() -> None:
    with pytest.raises(ValueError, match="not this sentence"):
        find_people("甲", [("甲乙", "n")])


@pytest.mark.parametrize(
    "piece",
    ["区委书记", "王少峰、", "李明的", "居民", "（记者 ", "甲·", "乙 、", "1", "摄", "“", "领导 高 峰"],
)
def test_any_text_is_read_and_names_never_overlap(piece: str) -> None:
    text = piece * 2000
    found = people_of_page(text)
    for first, second in pairwise(found):
        assert first.end <= second.start
