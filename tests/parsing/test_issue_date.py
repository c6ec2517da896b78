"""A page's issue date is read where it is printed; else at least its year is inferred."""

from datetime import date

import pytest

from parsing.issue_date import find_issue_date, infer_year


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("丰台报 2024年4月8日 星期一 第02版 责编 周苒\n\n本报讯 昨日，会议召开。", date(2024, 4, 8)),
        ("余杭晨报 2024.11.08 星期五 A03 综合新闻\n\n正文。", date(2024, 11, 8)),
        ("要闻\n\n2023年12月1日\n\n正文。", date(2023, 12, 1)),
        ("http://paper.example/html/2024-04/08/node_1.htm\n\n正文。", date(2024, 4, 8)),
        ("https://www.example.gov.cn/zwgk/202404/t20240408_3623414.html\n\n正文。", date(2024, 4, 8)),
        ("停水通知\n\n请居民提前储水。\n\n丰台区水务局　2024年4月8日", date(2024, 4, 8)),
        ("停水通知\n\n请居民提前储水。\n\n丰台区水务局\n二〇二四年四月八日", date(2024, 4, 8)),
        ("停水通知\n发布时间：2024-04-08 10:20\n\n请居民提前储水。", date(2024, 4, 8)),
        ("换新问答\n时间：2024年4月8日 回答人：区商务局科长 周苒\n\n问：怎么换？", date(2024, 4, 8)),
        ("村村响 广播稿\n播出：2024年4月8日 早6:40、晚18:30\n\n正文。", date(2024, 4, 8)),
        ("就业服务\n2024-04-08 公开方式：主动公开\n\n正文。", date(2024, 4, 8)),
        ("新河文化 微刊 2024年4月8日\n\n正文。", date(2024, 4, 8)),
        ("厂区小报\n2024年4月8日，第4期\n\n正文。", date(2024, 4, 8)),
        ("橙讯 2024年第7期 4月8日出版\n\n正文。", date(2024, 4, 8)),
        ("文博信息 二〇二四年第四期（4月8日编）\n\n正文。", date(2024, 4, 8)),
    ],
)
def test_a_printed_issue_date_is_found(page: str, expected: date) -> None:
    found = find_issue_date(page)
    assert found is not None
    assert found[0] == expected


def test_a_date_inside_a_sentence_is_no_issue_date() -> None:
    assert find_issue_date("公司成立于2019年5月6日，现有员工80人。") is None
    assert find_issue_date("2024年2月30日 星期一 第01版") is None
    assert find_issue_date("区图书馆自2019年5月6日开馆\n\n正文。") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年以来，全区开工项目12个。去年的名单还没有公布。", 2024),
        ("会议总结2023年工作，研究2024年重点任务。", 2024),
        ("到2030年，全区力争实现目标。今年是2025年。", 2025),
        ("2018年他被评为工匠。今年是建党百年。", 2021),
        ("第41个教师节到来之际，9月9日，区领导看望教师。", 2025),
        ("9月6日，会议召开。距离冬奥会开幕不足150天。", 2021),
        ("12月5日，要深入贯彻党的二十届四中全会精神。", 2025),
        ("2016年，新设项目41个；今年头两个月，又进来6个。", 2017),
        ("3月8日，活动举行。项目自立项以来，已在2017年11月通过验收。", 2018),
        ("12月8日，会议征求了2018年街区整理工作方案的意见。", 2017),
        ("11月15日，2025—2026雪季开始。", 2025),
        ("3月1日，2022年度先进集体名单公布。", 2023),
    ],
)
def test_the_year_is_inferred_from_what_a_page_tells(text: str, year: int) -> None:
    guess = infer_year(text)
    assert guess is not None
    assert guess.year == year
    assert text[guess.start : guess.end] == guess.evidence


def test_where_nothing_tells_the_year_none_is_made_up() -> None:
    assert infer_year("4月2日，会议召开。") is None
