"""Government sites: their lists, also those that scripts write, and their articles."""

from datetime import date, datetime

import pytest

from sources.families.govlist_pages import Selectors, article, column, links, next_page, with_query
from sources.refs import ArticleRef, Kind, SourceArticle

LIST = "https://www.gov.example/xwdt/bmdt/index.html"
FOLDER = "https://www.gov.example/xwdt/bmdt"
DAY = date(2024, 3, 8)
PAGE = f"{FOLDER}/202403/t20240308_1001.shtml"
BODY = "丰河区３月起在柳林公园举办春季植树活动，报名电话００００００００。"
ARTICLE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>关于举办春季植树活动的通知_丰河区人民政府</title>
<meta name="ArticleTitle" content="关于举办春季植树活动的通知"><meta name="ArticleTitle" content="二">
<meta name="PubDate" content="2024-03-08 09:30:15 2024-03-09 10:00"><meta name="Author" content="张大河">
<meta name="ContentSource" content="丰河区园林绿化局"><meta name="ColumnName" content="部门动态"></head>
<body><div class="header"><h1>丰河区人民政府</h1></div><div id="mainText"><div class="TRS_Editor">
<style>p {{ color: red }}</style><!--植树--><p>　　{body}</p>
<p style="TEXT-ALIGN: Center"><img src="./W020240308_1.jpg"></p>
<p style="text-align:center">植树现场（王喆摄）</p>
<p style="text-align: center">活动安排</p>
<table><tr><th>日期</th><th>地点</th></tr><tr><td><p>3月12日</p></td><td>柳林公园<br>东门</td></tr></table>
<p style="display:none">赌场</p><script>write('分享')</script><p>扫一扫在手机打开当前页</p></div></div>
<div class="footer"><p>主办：丰河区人民政府 网站标识码：0000000000</p></div></body></html>"""


def at(moment: str) -> datetime:
    """A moment in a source's own time."""
    return datetime.fromisoformat(moment)


def whole(charset: str = "utf-8", encoding: str = "utf-8") -> bytes:
    return ARTICLE.format(charset=charset, body=BODY).encode(encoding)


def small(body: str = f"<p>{BODY}</p>", head: str = "<h1>植树活动</h1>") -> bytes:
    return f'{head}<div id="zoom">{body}</div>'.encode()


def read(data: bytes, url: str = PAGE) -> SourceArticle:
    found = article(data, url)
    assert found is not None
    return found


def test_items_of_a_list_have_titles_and_days() -> None:
    page = """<ul class="nav"><li><a href="/">首页</a><span>x</span></li></ul><ul class="list">
    <li><a href="./202403/t20240308_1001.shtml" title="丰河区举办春季植树活动的通知">丰河区举办…</a>
    <span>2024-03-09</span></li>
    <li><a href="./">[动态]</a><a href="../../art/2024/3/8/art_17_3.html#t">2024年1月2日停水</a></li>
    <li><a href="http://www.gov.example/a/0123456789abcdef.shtml">图书馆开馆[2024-02-30]</a></li>
    <li><a href="./202403/t20240308_1001.shtml">丰河区举办</a></li><li><a href="http://[">坏</a></li>
    <li><a href="https://other.example/t20240308_1.shtml">别处</a></li><li><a href="javascript:">无</a></li>
    <li><a href="./202403/t20240308_2.PDF">附件</a></li></ul>"""
    assert links(page.encode(), LIST) == [
        ArticleRef(PAGE, "丰河区举办春季植树活动的通知", date(2024, 3, 9)),
        ArticleRef(
            "https://www.gov.example/art/2024/3/8/art_17_3.html", "2024年1月2日停水", date(2024, 3, 8)
        ),
        ArticleRef("http://www.gov.example/a/0123456789abcdef.shtml", "图书馆开馆", None),
    ]


@pytest.mark.parametrize(
    "page",
    [
        '<ul><li><a href="/">首页</a><span></span></li>'
        '<li><a href="a.html">早市开市</a><span>2024-03-08</span></li></ul>',
        '<ul class="default_news"><li>[2024年3月8日]<a href="a.html">早市开市</a></li></ul>',
        '<table><tr><td><a href="a.html">早市开市</a></td><td>2024/3/8</td></tr></table>',
    ],
)
def test_lists_without_a_known_class_are_told_from_menus_by_their_days(page: str) -> None:
    assert links(page.encode(), LIST) == [ArticleRef(f"{FOLDER}/a.html", "早市开市", date(2024, 3, 8))]


@pytest.mark.parametrize(
    "script",
    [
        """document.write('<a href="./202403/t20240308_1001.shtml" title="早市开市">早</a>')""",
        """var t = "x"; document.write("<a href=\\"./202403/t20240308_1001.shtml\\">" + "早市开市<\\/a>")""",
        """document.writeln('<a href="./202403/t2024' + '0308_1001.shtml">\\u65e9市' + ('开市'))""",
    ],
)
def test_a_list_that_scripts_write_is_read_without_running_them(script: str) -> None:
    page = f'<ul class="list"><li><script type="text/javascript">{script}</script>2024-03-07</li></ul>'
    assert links(page.encode("gbk"), LIST) == [ArticleRef(PAGE, "早市开市", date(2024, 3, 7))]


def test_a_list_that_one_script_writes_whole_is_read() -> None:
    lines = "".join(
        f"document.write('<li><a href=\"t2024030{day}_1.html\">停水{day}</a></li>');" for day in "12"
    )
    assert [ref.headline for ref in links(f"<ul><script>{lines}</script></ul>".encode(), LIST)] == [
        "停水1",
        "停水2",
    ]


@pytest.mark.parametrize(
    ("url", "number", "address"),
    [
        (LIST, 1, LIST),
        (LIST, 2, f"{FOLDER}/index_1.html"),
        (f"{FOLDER}/index.shtml", 3, f"{FOLDER}/index_2.shtml"),
        (f"{FOLDER}/index_1.html", 3, f"{FOLDER}/index_2.html"),
        (f"{FOLDER}/index_4.html", 1, LIST),
        (f"{FOLDER}/", 1, f"{FOLDER}/"),
        (f"{FOLDER}/", 2, f"{FOLDER}/index_1.html"),
        (FOLDER, 2, f"{FOLDER}/index_1.html"),
        (f"{FOLDER}/list_17.htm", 2, f"{FOLDER}/list_17_1.htm"),
        ("https://www.gov.example", 2, "https://www.gov.example/index_1.html"),
    ],
)
def test_the_second_page_of_a_list_is_index_1(url: str, number: int, address: str) -> None:
    assert next_page(url, number) == address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (FOLDER, f"{FOLDER}?page=2"),
        (f"{FOLDER}/?page=1", f"{FOLDER}/?page=2"),
        (f"{FOLDER}/?page&col=%CA%D0&pages=9#a", f"{FOLDER}/?col=%CA%D0&pages=9&page=2"),
    ],
)
def test_a_number_in_the_query_leaves_the_rest_of_it(url: str, address: str) -> None:
    assert with_query(url, "page", 2) == address


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ('<meta name="ColumnName" content=" 部门动态 ">', "部门动态"),
        ("<title>部门动态_丰河区人民政府</title>", None),  # it may be of the whole site
        ("", None),
    ],
)
def test_a_list_tells_its_column_in_its_head(page: str, name: str | None) -> None:
    assert column(page.encode()) == name


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gbk", "utf-8-sig"), ("utf-8", "utf-8")],
)
def test_an_article_is_read_with_all_its_parts_in_any_encoding(charset: str, encoding: str) -> None:
    assert read(whole(charset, encoding)) == SourceArticle(
        url=PAGE,
        headline="关于举办春季植树活动的通知",
        paragraphs=(
            "丰河区3月起在柳林公园举办春季植树活动，报名电话00000000。",
            "活动安排",
            "日期 地点",
            "3月12日 柳林公园 东门",
        ),
        authors=("张大河",),
        captions=("植树现场（王喆摄）",),
        images=(f"{FOLDER}/202403/W020240308_1.jpg",),
        published_at=at("2024-03-08 09:30"),
        page_name="部门动态",
        origin="丰河区园林绿化局",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_last_character_that_is_cut_off_spoils_nothing(encoding: str) -> None:
    data = small(f"<p>{BODY}</p><p>柳林公园𠮷喆").decode().removesuffix("</div>").encode(encoding)[:-1]
    assert read(data).paragraphs[-1].startswith("柳林公园𠮷")


@pytest.mark.parametrize(
    ("head", "title", "is_doubtful"),
    [
        (
            '<title>窗口</title><meta name="articletitle" content=" 早市  开市 "><h1>页首</h1>',
            "早市 开市",
            False,
        ),
        ("<title>早市开市_丰河区</title><h1>丰河区人民政府</h1><h1>早市开市</h1>", "早市开市", False),
        ("<title>窗口</title><h1>早市<br>开市</h1>", "早市 开市", False),
        ("<title>早市开市_丰河区人民政府</title>", "早市开市", True),
    ],
)
def test_the_title_of_the_window_is_only_a_guess(head: str, title: str, is_doubtful: bool) -> None:
    found = read(small(head=head))
    assert (found.headline, found.is_doubtful) == (title, is_doubtful)


@pytest.mark.parametrize(
    ("head", "path", "moment"),
    [
        ('<meta name="PubDate" content="2023-02-30">', "t20240308_1.html", at("2024-03-08 00:00")),
        ("<p>发布时间：2024年1月2日 9:05</p>", "202403/t20240308_1.html", at("2024-03-08 00:00")),
        ("<p>来源：园林局 发布日期：2024-03-08 09:05</p>", "0a/index.html", at("2024-03-08 09:05")),
        (
            "<p>今天是2026年1月1日</p><p>2019/9/5 园林局</p>",
            f"201909/{'0a' * 16}.shtml",
            at("2019-09-05 00:00"),
        ),
        ("<p>2026-01-01</p>", f"201909/{'0a' * 16}.shtml", None),
        ("", "0a/index.html", None),
    ],
)
def test_the_day_is_told_by_head_address_or_text_in_this_order(
    head: str, path: str, moment: datetime | None
) -> None:
    data = small(f"<p>{BODY}</p><p>2020年1月1日</p>", "<h1>植树</h1>" + head)
    assert read(data, f"{FOLDER}/{path}").published_at == moment


def test_a_byline_and_a_printed_origin_stand_in_for_the_head() -> None:
    data = small(
        f"<p>本报讯（记者 李小溪）{BODY}</p>", "<h1>植树</h1><p>来源：丰河区园林局 字号：大 中 小</p>"
    )
    assert (read(data).authors, read(data).origin) == (("李小溪",), "丰河区园林局")


def test_a_table_that_lays_out_the_page_keeps_its_paragraphs() -> None:
    data = small(f"<table><tr><td><p>{BODY}</p><p>第二段</p></td><td></td></tr></table>")
    assert read(data).paragraphs[1:] == ("第二段",)


def test_pictures_that_load_late_have_their_own_address() -> None:
    data = small(f'<p>{BODY}</p><img src="/blank.gif" data-src="/1.jpg"><img src="data:image/gif;base64,x">')
    assert read(data).images == ("https://www.gov.example/1.jpg",)


@pytest.mark.parametrize(
    ("title", "kind"),
    [("公告", Kind.NOTICE), ("广告", Kind.ADVERTISEMENT), ("植树活动公告", Kind.NEWS)],
)
def test_titles_tell_notices_and_advertisements(title: str, kind: Kind) -> None:
    assert read(small(head=f"<h1>{title}</h1>")).kind == kind


@pytest.mark.parametrize(
    "page",
    [
        b"",
        small(""),
        small("<p>太短了。</p>"),
        small(head=""),
        small("<p>抱歉，您访问的页面不存在或已被删除，请返回首页重新查找。</p>"),
        small("<p>您尚未登录，请先登录后再查看本页面的全部内容，谢谢您的配合。</p>"),
        small("<p>责任编辑：张大河</p><p>主办：丰河区人民政府办公室</p><p>京ICP备00000000号</p>"),
        f"<h1>植树</h1><div>{BODY}</div>".encode(),
    ],
)
def test_what_is_no_article_is_none(page: bytes) -> None:
    assert article(page, PAGE) is None


def test_other_selectors_read_another_site() -> None:
    page = f"<h3>植树</h3><i id=d>2024-03-01 08:00</i><section>{BODY}</section><dd><a href=/a.html>植树</a>"
    selectors = Selectors(items=("dd",), headline=("h3",), body=("section",), date=("#d",))
    found = article(page.encode(), PAGE, selectors)
    assert found is not None
    assert (found.headline, found.published_at) == ("植树", at("2024-03-01 08:00"))
    assert [ref.url for ref in links(page.encode(), LIST, selectors)] == ["https://www.gov.example/a.html"]
