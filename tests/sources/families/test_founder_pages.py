"""Papers of the Founder family: their pages, articles and calendars."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.families.founder_pages import (
    PROFILES,
    Profile,
    article,
    articles,
    is_locked,
    issue_days,
    label,
    pages,
    previous_issue,
)
from sources.refs import Kind, PageRef

CLASSIC, NBS, XIANGYU, CATALOGUE = (PROFILES[name] for name in ("classic", "nbs", "xiangyu", "catalogue"))
CLASSIC_URL = "http://paper.example/shibao/html/2024-03/08/"
NBS_URL = "http://paper.example/rb/html/2018-03/15/"
XIANGYU_URL = "https://paper.example/rb/pc/layout/202609/30/"
CATALOGUE_URL = "http://paper.example/2023-05/11/"


def stored(name: str, encoding: str = "utf-8") -> bytes:
    """A small page in the structure of the family, its news invented."""
    return (
        (Path(__file__).parent / "pages" / f"founder-{name}.html")
        .read_text(encoding="utf-8")
        .encode(encoding)
    )


def test_pages_are_listed_once_with_what_is_printed_of_them() -> None:
    url = CLASSIC_URL + "node_9501.htm"
    assert pages(stored("classic-page", "gbk"), url) == [
        PageRef(CLASSIC_URL + "node_9499.htm", "01", "一版要闻"),
        PageRef(CLASSIC_URL + "node_9500.htm", "02", "丰河要闻"),
        PageRef(CLASSIC_URL + "node_9501.htm", "03", "综合新闻"),
    ]


def test_without_a_page_list_every_link_to_a_node_of_the_day_is_a_page() -> None:
    page = (
        '<a href="node_2.htm">第02版：民生</a><a href="node_3.htm"></a><a href="../01/node_2.htm">上一期</a>'
    )
    url = CLASSIC_URL + "node_2.htm"
    assert [(one.url, one.number) for one in pages(page.encode(), url)] == [
        (url, "02"),
        (CLASSIC_URL + "node_3.htm", None),
    ]


@pytest.mark.parametrize(
    ("profile", "page", "url", "numbers"),
    [
        (NBS, "nbs-page", NBS_URL + "nbs.D110000hebr_01.htm", ["01", "02"]),
        (XIANGYU, "xiangyu-page", XIANGYU_URL + "node_A02.html", ["A01", "A02"]),
        (CATALOGUE, "catalogue-page", CATALOGUE_URL + "node_2.html", ["01", "02"]),
    ],
)
def test_pages_of_other_profiles(profile: Profile, page: str, url: str, numbers: list[str]) -> None:
    assert [one.number for one in pages(stored(page), url, profile)] == numbers


def test_areas_and_titles_are_one_list_and_an_area_without_title_stays() -> None:
    found = articles(stored("classic-page", "gbk"), CLASSIC_URL + "node_9501.htm")
    assert [(one.url.rsplit("_", 1)[1], one.headline) for one in found] == [
        ("1001.htm", "柳林街道开办便民早市"),
        ("1002.htm", "南苑小学获评绿色学校"),
        ("1003.htm", None),
    ]
    assert {one.published_on for one in found} == {date(2024, 3, 8)}


def test_the_page_and_the_issue_before() -> None:
    data, url = stored("classic-page", "gbk"), CLASSIC_URL + "node_9501.htm"
    assert label(data) == ("03", "综合新闻")
    assert previous_issue(data, url) == "http://paper.example/shibao/html/2024-03/01/node_9499.htm"


def test_the_issue_before_may_lie_in_another_year() -> None:
    page = '<a href="../../2023-12/29/node_1.htm">上一期</a>'
    url = "http://paper.example/shibao/html/2024-01/05/node_1.htm"
    assert previous_issue(page.encode(), url) == "http://paper.example/shibao/html/2023-12/29/node_1.htm"


def test_a_classic_article_has_all_its_parts() -> None:
    found = article(stored("classic-article", "gb18030"), CLASSIC_URL + "content_9501_1001.htm?div=-1")
    assert found is not None
    assert found.url == CLASSIC_URL + "content_9501_1001.htm"
    assert (found.kicker, found.headline, found.subhead) == (
        "把方便送到家门口",
        "柳林街道开办便民早市",
        "首日迎来千余名居民",
    )
    assert found.paragraphs == (
        "本报讯（记者 王小明 通讯员 李丽）3月6日，柳林街道便民早市开市。",
        "早市每天6时至9时开放，设摊位四十八个。（下转第四版）",
    )
    assert found.authors == ("王小明", "李丽")
    assert found.captions == ("居民在早市选购蔬菜。 王小明/摄",)
    assert (found.issued_on, found.page_number, found.page_name) == (date(2024, 3, 8), "03", "综合新闻")
    assert found.continues_on == "04"
    assert found.kind is Kind.NEWS


def test_an_nbs_article_has_all_its_parts() -> None:
    found = article(stored("nbs-article"), NBS_URL + "nw.D110000hebr_20180315_1-01.htm", NBS)
    assert found is not None
    assert (found.kicker, found.headline, found.subhead) == (
        "绿染家园",
        "全市植树节活动启动",
        "三千名志愿者参加",
    )
    assert found.paragraphs == ("3月12日，全市植树节活动在北岸公园启动。", "三千名志愿者种下五千棵树。")
    assert (found.page_number, found.page_name, found.issued_on) == ("01", "要闻", date(2018, 3, 15))
    assert found.captions == ("图为植树现场。",)
    assert found.authors == ("赵大山",)


def test_a_xiangyu_article_has_all_its_parts() -> None:
    url = "https://paper.example/rb/pc/content/202609/30/content_3018.html"
    found = article(stored("xiangyu-article"), url, XIANGYU)
    assert found is not None
    assert (found.kicker, found.headline, found.subhead) == (None, "江城图书馆延长开放", "周末到晚九点")
    assert found.authors == ("周青山",)
    assert found.paragraphs == (
        "自10月1日起，江城图书馆周末开放至21时。",
        "读者可以凭身份证入馆。",
        "馆内禁止饮食。",
        "周六 9时至21时",
        "周日 9时至21时",
    )
    assert (found.page_number, found.page_name, found.issued_on) == ("A02", "城事", date(2026, 9, 30))


def test_a_catalogue_article_has_all_its_parts() -> None:
    found = article(stored("catalogue-article"), CATALOGUE_URL + "content_2_1.html", CATALOGUE)
    assert found is not None
    assert (found.kicker, found.headline, found.subhead) == (
        "放飞梦想",
        "城南中学举办科技节",
        "两百件作品参展",
    )
    assert found.authors == ("孙小海",)
    assert found.paragraphs == ("5月9日，城南中学举办第十届科技节。", "两百件学生作品参展。")
    assert found.images == ("http://paper.example/pic/3.jpg",)


def test_a_title_in_the_head_of_a_page_is_no_headline() -> None:
    body = "<founder-content><p>昨天，柳林街道的居民在河边植树三百余棵。</p></founder-content>"
    page = f"<title>丰河时报</title>{body}"
    assert article(page.encode(), CLASSIC_URL + "content_1_1.htm") is None


def test_fields_between_comments_are_read() -> None:
    page = (
        "<!--npm:article-pretitle-->把方便送到家<!--/npm:article-pretitle-->"
        "<!--npm:article-title--><b>早市开张</b><!--/npm:article-title-->"
        "<div id=ozoom><p>昨天，柳林街道便民早市开张，居民早早来到。</p></div>"
    )
    found = article(page.encode(), CLASSIC_URL + "content_1_1.htm")
    assert found is not None
    assert (found.kicker, found.headline) == ("把方便送到家", "早市开张")


@pytest.mark.parametrize(
    "hostile",
    [
        "<!--enpproperty " * 60_000,
        "<!--npm:article-title-->" * 60_000,
        "<!--enpproperty " + "<title>" * 60_000 + "-->",
    ],
)
def test_comments_without_an_end_are_passed_over(hostile: str) -> None:
    """That would take hours if each beginning looked for an end."""
    assert article(f"{hostile}<p>字</p>".encode(), CLASSIC_URL + "content_1_1.htm") is None


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("公告", "因道路施工，柳林路自3月9日起封闭，请绕行。", Kind.NOTICE),
        ("广告", "某某家具城开业大酬宾，全场八折，欢迎光临选购。", Kind.ADVERTISEMENT),
        ("春到河边", "图为居民在河边赏花。", Kind.PHOTO),
    ],
)
def test_what_is_no_news_is_told(title: str, body: str, kind: Kind) -> None:
    page = f"<founder-title>{title}</founder-title><founder-content><p>{body}</p></founder-content>"
    found = article(page.encode(), CLASSIC_URL + "content_1_1.htm")
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>您访问的页面不存在 404</p>",
        "<founder-title>早市</founder-title><founder-content><p> </p></founder-content>",
        "<founder-title>早市</founder-title><founder-content><p>太短了。</p></founder-content>",
    ],
)
def test_a_page_without_an_article_is_none(page: str) -> None:
    assert article(page.encode(), CLASSIC_URL + "content_1_1.htm") is None


def test_a_page_that_wants_money_is_locked() -> None:
    assert is_locked("<div class=newsdetatext>请购买该报纸后阅读</div>".encode())
    assert not is_locked(stored("classic-article"))
    assert not is_locked("<p>您好，请登录</p><p>您访问的页面不存在</p>".encode())


def test_an_article_that_asks_to_log_in_somewhere_is_no_wall() -> None:
    text = "即日起接受报名，请登录区政府网站填写报名表，名额有限。"
    page = f"<founder-title>报名</founder-title><founder-content><p>{text}</p></founder-content>".encode()
    assert not is_locked(page)
    found = article(page, CLASSIC_URL + "content_1_1.htm")
    assert found is not None
    assert found.paragraphs == (text,)


@pytest.mark.parametrize(
    "calendar",
    [
        "<period_list><period><period_date>2024-03-08</period_date><front_page>a</front_page></period>"
        "<period><period_date>2024-03-01</period_date></period><period><period_date>2024-02-30</period_date></period></period_list>",
        "<navi><issue><date>2024-03-01</date><url>a</url></issue><issue><date>2024-03-08</date></issue></navi>",
        'var datelist=["2024-03-01","2024-03-08","2024-03-08"];',
    ],
)
def test_calendars_tell_the_days_of_issues(calendar: str) -> None:
    assert issue_days(calendar.encode()) == [date(2024, 3, 1), date(2024, 3, 8)]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(PROFILES)))
def test_no_bytes_make_it_raise(data: bytes, name: str) -> None:
    profile = PROFILES[name]
    page = b"<founder-title>x</founder-title><div id=ozoom>" + data
    url = CLASSIC_URL + "node_1.htm"
    for each in (data, page):
        pages(each, url, profile)
        articles(each, url, profile)
        article(each, url, profile)
        label(each, profile)
        previous_issue(each, url)
        issue_days(each)
        is_locked(each)
