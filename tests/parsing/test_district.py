from pathlib import Path

import pytest

from parsing.district import (
    BrokenDistrict,
    UnknownDistrict,
    available_districts,
    generic_district,
    load_district,
)

PACK = """
name = "余杭区"
short = "余杭"
city = "杭州市"
self_names = ["我区"]

[[area]]
name = "良渚街道"
aliases = ["良渚"]

[[area]]
name = "径山镇"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "yuhang.toml").write_text(PACK, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["丰台区", "丰台", "fengtai", " Fengtai "])
def test_a_pack_is_known_by_its_names_and_its_file(name: str) -> None:
    assert load_district(name).name == "丰台区"


def test_fengtai_has_its_24_streets_and_two_towns() -> None:
    areas = load_district("丰台区").areas
    kinds = [area.kind for area in areas]
    assert (kinds.count("street"), kinds.count("town"), len(areas)) == (24, 2, 26)
    assert len({area.name for area in areas}) == 26


def test_an_unknown_district_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownDistrict, match=r"朝阳区.*丰台区 \(fengtai\)"):
        load_district("朝阳区")


def test_another_district_is_one_more_file(folder: Path) -> None:
    assert available_districts(folder=folder) == ("余杭区", "丰台区")
    district = load_district("yuhang", folder=folder)
    assert [area.name for area in district.areas_in("径山镇与良渚携手")] == ["径山镇", "良渚街道"]
    assert district.zone == "Asia/Shanghai"


def test_a_folder_of_one_s_own_stands_beside_the_built_in_packs_and_wins(folder: Path) -> None:
    assert len(load_district("丰台", folder=folder).areas) == 26
    (folder / "ours.toml").write_text(PACK.replace("余杭", "丰台"), encoding="utf-8")
    assert load_district("丰台", folder=folder).city == "杭州市"
    with pytest.raises(UnknownDistrict) as caught:
        load_district("朝阳区", folder=folder)
    assert str(caught.value).endswith("there are: 丰台区 (ours), 余杭区 (yuhang), 丰台区 (fengtai)")


def test_one_broken_pack_in_a_folder_is_told_whichever_is_asked_for(folder: Path) -> None:
    (folder / "zz.toml").mkdir()
    with pytest.raises(BrokenDistrict, match=rf"{folder / 'zz.toml'}: cannot be read: Is a directory"):
        load_district("余杭区", folder=folder)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "not readable as TOML"),
        ('name = "甲区"\nshort = "甲"', "needs city"),
        ('name = "甲区"\nshort = "甲"\ncity = "乙市"\nzone = "Mars/Base"', "no IANA time zone"),
        ('name = "甲区"\nshort = "甲"\ncity = "乙市"\nself_names = "我区"', "self_names must be a list"),
        ('name = "甲区"\nshort = "甲"\ncity = "乙市"\n[[area]]\nkind = "town"', r"needs name"),
        ('name = "甲区"\nshort = "甲"\ncity = "乙市"\n[[area]]\nname = "丙"', r"area 丙 needs kind"),
        (PACK + 'aliases = ["良渚"]', "良渚 is given to both"),
    ],
)
def test_a_broken_pack_says_what_is_wrong_and_in_which_file(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenDistrict, match=rf"broken\.toml.*{reason}"):
        load_district("甲区", folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王佐镇", "王佐镇"),
        ("王佐", "王佐镇"),
        ("丰台区新村街道办事处", "新村街道"),
        ("新村", "新村街道"),
        ("卢沟桥", "卢沟桥街道"),
        ("南苑乡", "南苑街道"),
        ("长辛店镇", "北宫镇"),
        ("长辛店", "长辛店街道"),
        ("丰台街道", "丰台街道"),
    ],
)
def test_an_area_is_found_by_every_name_it_has_or_had(text: str, name: str) -> None:
    area = load_district("丰台区").find_area(text)
    assert area is not None
    assert area.name == name


@pytest.mark.parametrize("text", ["丰台", "丰台区", "王佐镇怪村", "朝阳", ""])
def test_what_names_no_area_exactly_is_none(text: str) -> None:
    assert load_district("丰台区").find_area(text) is None


def test_areas_in_text_come_once_in_order_by_their_longest_name() -> None:
    text = "长辛店镇、长辛店街道和王佐镇（原王佐乡）参加，王佐镇发言"
    assert [area.name for area in load_district("丰台区").areas_in(text)] == [
        "北宫镇",
        "长辛店街道",
        "王佐镇",
    ]


@pytest.mark.parametrize("text", ["卢沟桥上石狮多", "丰台代表队", "幸福新村改造", "按合同和义务办事"])
def test_short_names_that_mean_something_else_are_not_taken_for_areas(text: str) -> None:
    assert load_district("丰台区").areas_in(text) == ()


def test_a_district_without_a_pack_has_names_and_no_areas() -> None:
    district = generic_district("余杭区")
    assert (district.short, district.self_names) == ("余杭", ("全区", "我区", "本区"))
    assert district.areas_in("良渚街道") == ()
    assert generic_district("浦东新区").short == "浦东"
    assert generic_district("嘉善县").self_names == ("全县", "我县", "本县")
    assert "我区" in generic_district().self_names
