"""Which numbers of two sentences are one measure, told exactly or rounded."""

import pytest

from storage.quantities import exact_total, has_numbers, same_numbers, same_total


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("新登记经营主体41837户", "新登记的约4.2万户", True),
        ("接待游客306.4万人次", "接待游客超300万人次", True),
        ("接待游客306.4万人次", "接待游客近300万人次", False),
        ("落实税费优惠9.87亿元", "享受优惠近10亿元", True),
        ("回收大件垃圾23860吨", "大件垃圾约2.4万吨", True),
        ("受理诉求41276件", "打进来的电话四万多个", True),
        ("使用绿地120公顷", "绿地1800亩", True),
        ("检查5件法律", "作出决定4件", False),  # whole numbers are not rounded
        ("委员2154人", "企业2100多家", False),  # of other things
        ("老板2316位", "经营主体2316户", True),  # but for one number that is rarely chance
        ("集装箱600万箱", "货物600万吨", True),  # 箱 is no measure that is known
        ("结算惠及超1亿人次", "占外贸总值的38.1%", False),
        ("零售总额同比增长5.3%", "零售总额同比增长5.6%", False),
        ("零售总额259.4亿元，同比增长5.2%", "零售总额增长5.2%", True),
    ],
)
def test_numbers_are_compared_by_what_they_count(one: str, other: str, same: bool) -> None:
    assert same_numbers(one, other) is same
    assert same_numbers(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("累计客流达2.13亿人次", "累计客流超2亿人次", False),  # the count of another day is over 2亿 too
        ("吞吐量首破600万吨", "另一港吞吐量突破600万吨", False),  # a mark that many pass
        ("工单41276件", "工单41276件", True),
        ("运动员20360名", "20360名运动员参赛", True),
        ("里程2123公里", "里程2120余公里", True),
        ("病例60例", "病例60例", False),
    ],
)
def test_a_number_that_says_much_of_itself_is_told_exactly(one: str, other: str, same: bool) -> None:
    assert exact_total(one, other) is same
    assert exact_total(other, one) is same


def test_shares_are_no_total() -> None:
    assert not same_total("增长101.5%", "增长101.5%")


def test_days_are_no_numbers() -> None:
    assert not has_numbers("截至5月31日，为期3天")
