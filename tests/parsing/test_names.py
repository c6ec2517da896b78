import pytest

from parsing.district import generic_district, load_district
from parsing.names import normal_name, same_name

FENGTAI = load_district("丰台区")


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("区委", "丰台区委"),
        ("中共北京市丰台区委", "丰台区委"),
        ("我区", "丰台区"),
        ("丰台", "丰台区"),
        ("北京市丰台区人民政府", "丰台区政府"),
        ("区住房和城乡建设委员会", "丰台区住建委"),
        ("区市场监督管理局", "丰台区市场监管局"),
        ("市发展改革委", "北京市发改委"),
        ("花乡街道办事处", "花乡街道"),
        ("卢沟桥乡", "卢沟桥街道"),
        ("丰台区王佐镇怪村", "王佐镇怪村"),
        ("我区文化馆", "丰台区文化馆"),
        ("北京市公安局丰台分局", "丰台公安分局"),
        ("“星火”代表队", "星火代表队"),
        ("（北京）Ａ公司", "(北京)A公司"),
        ("王少峰同志", "王少峰"),
        ("市场监管总局", "市场监管总局"),
        ("区域养老中心", "区域养老中心"),
        ("北京大学", "北京大学"),
        ("", ""),
    ],
)
def test_names_take_the_form_under_which_they_are_compared(name: str, normal: str) -> None:
    assert normal_name(name, FENGTAI) == normal


def test_a_normal_name_is_its_own_normal_name() -> None:
    for name in ("区委", "区住房和城乡建设委员会", "花乡", "北京市公安局丰台分局", "市人民政府"):
        once = normal_name(name, FENGTAI)
        assert normal_name(once, FENGTAI) == once


def test_one_body_under_two_names_is_one_and_two_levels_are_two() -> None:
    assert same_name("区住建委", "丰台区住房和城乡建设委员会", FENGTAI)
    assert not same_name("区卫健委", "市卫健委", FENGTAI)


def test_a_district_without_a_pack_still_gives_its_name() -> None:
    assert normal_name("区政府", generic_district("余杭区")) == "余杭区政府"
    assert normal_name("市委", generic_district("余杭区")) == "市委"
    assert normal_name("区人民政府") == "区政府"
