"""Papers in the mobile edition of 北京日报: an issue on one page, and its articles."""

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.families.bjd_mobile_pages import (
    Selectors,
    article,
    issue_articles,
    issue_days,
    issue_pages,
    issues,
)
from sources.refs import ArticleRef, IssueRef, Kind, PageRef

FOLDER = "http://paper.example/rb/mobile/2024/20240308"
INDEX = f"{FOLDER}/20240308_m.html"
ARTICLE = f"{FOLDER}/20240308_002/content_20240308_002_3.htm"
ISSUE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=GBK"></head><body>
<div class="nav-panel-heading" pdf_href="../20240308_001/20240308_001.pdf">第1版 要闻</div>
<ul><li data-href="./20240308_001/content_20240308_001_1.htm#page0" data-newid="1">丰河区举办春季植树活动</li>
<li data-href="./20240308_001/content_20240308_001_2.htm#page0"><img src="a.jpg"></li>
<li data-href="./20240308_001/content_20240308_001_2.htm#page0">柳林公园<br>增设座椅</li></ul>
<div class="nav-panel-heading" pdf_href="../20240308_002/20240308_002.pdf">第2版 社区</div>
<ul><li data-href="./20240308_002/content_20240308_002_3.htm#page1">便民早市开市</li>
<li data-href="http://elsewhere.example/content_20240308_002_9.htm">别处</li>
<li data-href="javascript:void(0)">无处</li><li data-href="http://[">坏了</li></ul>
<div class="nav-panel-heading" pdf_href="../20240308_003/20240308_003.pdf">第3版 广告</div></body></html>"""
NEWS = """<html><head><title>丰河日报 20240308</title></head><body>
<div class="nav-panel-heading">第1版 要闻</div><div class="nav-panel-heading">第2版 社区</div>
<font id="guide">把方便送到家门口</font><font id="main-title">便民早市<br>开市</font>
<font id="sub-title">首日千余人到访</font>
<div id="content"><!--enpcontent--><p><img src="/logo.png" data-src="../res/1.jpg"></p>
<p>　　居民在早市选购蔬菜。张大河摄</p>
<p>　　本报讯（记者 张大河 通讯员 李小溪）３月６日，柳林街道便民早市
开市，<b>四十八个</b>摊位开张。</p><P>　　早市每天六时至九时开放。　　居民可在服务台借车。</P>
<script>write()</script><p>（下转第三版）</p><p>XFTB008</p></div></body></html>"""


def marked(page: str) -> bytes:
    """A page as these papers send it: UTF-8 with a mark, whatever it declares."""
    return codecs.BOM_UTF8 + page.encode()


def written(body: str, title: str = "便民早市开市") -> bytes:
    return (
        f'<title>丰河日报</title><font id="main-title">{title}</font><div id="content">{body}</div>'.encode()
    )


def test_one_index_lists_the_pages_of_an_issue_with_their_pdfs() -> None:
    assert issue_pages(marked(ISSUE), INDEX) == [
        PageRef(
            f"{INDEX}#{number}",
            number,
            name,
            f"http://paper.example/rb/mobile/2024/20240308_0{number}/20240308_0{number}.pdf",
        )
        for number, name in [("01", "要闻"), ("02", "社区"), ("03", "广告")]
    ]


def test_articles_are_listed_once_with_their_pages_and_titles() -> None:
    day = date(2024, 3, 8)
    assert [(page.number, ref) for page, ref in issue_articles(marked(ISSUE), INDEX)] == [
        (
            "01",
            ArticleRef(f"{FOLDER}/20240308_001/content_20240308_001_1.htm", "丰河区举办春季植树活动", day),
        ),
        ("01", ArticleRef(f"{FOLDER}/20240308_001/content_20240308_001_2.htm", "柳林公园 增设座椅", day)),
        ("02", ArticleRef(ARTICLE, "便民早市开市", day)),
    ]


def test_an_article_is_on_the_page_of_its_folder_wherever_it_is_listed() -> None:
    page = """<b pdf_href="./20240308_001/1.pdf">第A01版：要闻</b>
    <b pdf_href="./20240308_002/2.pdf">第二版 社区</b>
    <i data-href="20240308_001/content_20240308_001_1.htm">一</i><i data-href="x/content_1.htm">二</i>"""
    assert [page.number for page, _ in issue_articles(page.encode(), INDEX)] == ["A01", "02"]


def test_an_article_without_any_header_is_on_the_page_of_its_address() -> None:
    listed = issue_articles(b'<i data-href="20240308_007/content_20240308_007_1.htm">x</i>', INDEX)
    assert [page for page, _ in listed] == [PageRef(f"{INDEX}#07", "07")]


def test_an_article_is_read_with_all_its_parts() -> None:
    found = article(marked(NEWS), ARTICLE + "#page1")
    assert found is not None
    assert found.url == ARTICLE
    assert (found.kicker, found.headline, found.subhead) == (
        "把方便送到家门口",
        "便民早市 开市",
        "首日千余人到访",
    )
    assert found.paragraphs == (
        "本报讯（记者 张大河 通讯员 李小溪）3月6日，柳林街道便民早市开市，四十八个摊位开张。",
        "早市每天六时至九时开放。",
        "居民可在服务台借车。",
        "（下转第三版）",
    )
    assert found.captions == ("居民在早市选购蔬菜。张大河摄",)
    assert found.images == (f"{FOLDER}/res/1.jpg",)
    assert found.authors == ("张大河", "李小溪")
    assert (found.issued_on, found.page_number, found.page_name) == (date(2024, 3, 8), "02", "社区")
    assert (found.continues_on, found.kind) == ("03", Kind.NEWS)


def test_a_paragraph_behind_a_picture_is_no_caption() -> None:
    words = "柳林街道便民早市六日开市，" + "四十八个摊位售卖蔬菜、水果和粮油，" * 4 + "雨天照常营业。"
    found = article(written(f"<p><img src=1.jpg></p><p>{words}</p>"), ARTICLE)
    assert found is not None
    assert (found.paragraphs, found.captions) == ((words,), ())


def test_a_picture_with_words_below_is_a_photo() -> None:
    found = article(written("<p><img src=1.jpg></p><p>图为居民在柳林街道便民早市选购新鲜蔬菜。</p>"), ARTICLE)
    assert found is not None
    assert (found.kind, found.paragraphs, len(found.captions)) == (Kind.PHOTO, (), 1)


@pytest.mark.parametrize(("title", "kind"), [("遗失声明", Kind.NOTICE), ("广 告", Kind.ADVERTISEMENT)])
def test_titles_tell_notices_and_advertisements(title: str, kind: Kind) -> None:
    found = article(written("<p>张大河遗失丰河区图书馆读者证一张，声明作废。</p>", title), ARTICLE)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "page",
    [
        b"",
        written(""),
        written("<p>太短了。</p>"),
        written("<p>您好，您尚未登录，请先登录后再查看本报全文内容，谢谢。</p>"),
        written("<p>柳林街道便民早市六日开市，每天六时开放。</p>", title=""),
        "<h1>404</h1><p>抱歉，您访问的页面不存在或已被删除，请返回首页。</p>".encode(),
    ],
)
def test_what_is_no_article_is_none(page: bytes) -> None:
    assert article(page, ARTICLE) is None


def test_a_page_that_lists_nothing_is_an_issue_without_pages() -> None:
    assert issue_pages("<p>今日休刊</p>".encode(), INDEX) == []
    assert issue_articles("<p>今日休刊</p>".encode(), INDEX) == []


def test_linked_issues_are_told_by_their_addresses_the_newest_first() -> None:
    page = """<a href="2024/20240301/20240301_m.html">旧</a><a href="2024/20240308/20240308_m.html#x">新</a>
    <a href="2024/20240308/20240308_m.html">又</a><a href="2024/20240309/20240308_m.html">两日</a>
    <a href="2024/20240230/20240230_m.html">无此日</a><a href="2024/20240308/20240308_001/a.htm">版</a>
    <a href="http://other.example/mobile/2024/20240309/20240309_m.html">别处</a><a href="http://[">坏</a>"""
    folder = "http://paper.example/rb/mobile/"
    assert issues(page.encode(), folder) == [
        IssueRef(date(2024, 3, day), f"{folder}2024/2024030{day}/2024030{day}_m.html") for day in (8, 1)
    ]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ('var datelist=["20240308","20240301", "20240308"];', [1, 8]),
        ("datelist=['2024-03-08']", [8]),
        ('datelist=["20240230","202403081"]', []),
        ("<h1>404</h1>", []),
    ],
)
def test_a_calendar_names_days_that_exist(told: str, days: list[int]) -> None:
    assert issue_days(told.encode()) == [date(2024, 3, day) for day in days]


def test_other_selectors_read_another_template() -> None:
    page = "<h2>早市开市</h2><section><p>柳林街道便民早市六日开市，每天六时开放。</p></section>"
    assert article(page.encode(), ARTICLE) is None
    found = article(page.encode(), ARTICLE, Selectors(headline="h2", body="section"))
    assert found is not None
    assert found.headline == "早市开市"


PIECES = (
    *(b"<i data-href=", b'"http://[::"', b"<b pdf_href=1>", b"<font id=main-title>x</font>", b"&#13;"),
    *(b"<div id=content>", b"<p>", b"<img src=//[>", b"<table><tr><td>", b"\xff", b"\0", b"a" * 30),
    "第一版".encode(),
)


@given(st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    issue_pages(data, INDEX)
    issue_articles(data, INDEX)
    issues(data, INDEX)
    issue_days(data)
    article(data, ARTICLE)
