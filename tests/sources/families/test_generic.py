"""Pages of any site: read as a family would, or guessed at."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.families.generic import article
from sources.fetching.errors import UnreadableError
from sources.refs import SourceArticle

URL = "http://news.example/street/1048.html"
TITLE = "柳林街道便民早市开市"
FIRST = "本报讯（记者 王小明）3月6日，柳林街道便民早市正式开市，首日迎来千余名居民，设摊四十八个。"
SECOND = "早市每天6时至9时开放，附近居民不用再走远路买菜，街道还安排了志愿者维持秩序、引导停车。"
UNKNOWN = f"""<html><head><title>{TITLE}-新闻-河西在线</title><script>var x = "{TITLE}";</script></head><body>
<div class="top"><h1>河西在线</h1><a href="/">首页</a> <a href="/news/">新闻</a></div>
<div class="main"><h2>{TITLE}</h2>
<div class="info">时间：2024-03-07 09:30 来源：河西时报 浏览：48次</div>
<div class="nr"><p>　　{FIRST}</p><p>　　{SECOND}</p><table><tr><td>周六</td><td>6时至10时</td></tr></table>
<p><img src="a.jpg"></p><p>图为居民在早市选购蔬菜。</p></div></div>
<div class="side"><a href="/news/1047.html">更多新闻 2024-01-01</a></div>
<div class="foot">京ICP备00000000号 版权所有 河西在线</div></body></html>"""


def read(page: str, url: str = URL) -> SourceArticle:
    found = article(page.encode(), url)
    assert found is not None
    return found


def test_a_page_of_no_family_is_guessed_at_and_says_so() -> None:
    found = read(UNKNOWN)
    assert found.is_doubtful
    assert found.headline == TITLE
    assert found.paragraphs == (FIRST, SECOND, "周六 6时至10时")
    assert found.captions == ("图为居民在早市选购蔬菜。",)
    assert found.authors == ("王小明",)
    assert (str(found.published_at), found.origin) == ("2024-03-07 09:30:00", "河西时报")


def test_the_encoding_is_that_of_the_bytes() -> None:
    found = article(UNKNOWN.replace("<head>", '<head><meta charset="utf-8">').encode("gb18030"), URL)
    assert found is not None
    assert found.headline == TITLE


@pytest.mark.parametrize(
    ("name", "page", "page_name"),
    [
        (
            "government",
            f'<title>{TITLE}_某区人民政府</title><meta name="ColumnName" content="街道动态"><h1>{TITLE}</h1>'
            f"<div class=TRS_Editor><p>{FIRST}</p><p>{SECOND}</p></div>",
            "街道动态",
        ),
        (
            "founder",
            f"<title>河西时报</title><td><strong>第02版：综合新闻</strong></td><founder-title>{TITLE}</founder-title>"
            f"<founder-content><p>{FIRST}</p><p>{SECOND}</p></founder-content>",
            "综合新闻",
        ),
        (
            "catalogue",
            f"<div class=main-content><h1>{TITLE}</h1>"
            f"<div id=news_content><p>{FIRST}</p><p>{SECOND}</p></div></div>",
            None,
        ),
        (
            "mobile",
            f"<font id=main-title>{TITLE}</font><div id=content><p>{FIRST}</p><p>{SECOND}</p></div>",
            None,
        ),
    ],
)
def test_a_page_of_a_family_is_read_as_one_of_it(
    name: str, page: str, page_name: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    found = read(page)
    assert (found.headline, found.paragraphs, found.is_doubtful) == (TITLE, (FIRST, SECOND), False), name
    assert found.page_name == page_name


@pytest.mark.parametrize(
    ("window", "headings", "headline"),
    [
        (f"{TITLE}_新闻_河西在线", f"<h1>河西在线</h1><h3>{TITLE}</h3>", TITLE),  # the window begins with it
        (f"河西在线 {TITLE} 新闻", f"<h2>新闻中心</h2><h2>{TITLE}</h2>", TITLE),  # the window holds it
        ("河西在线", f"<h1>河西在线</h1><h1>{TITLE}</h1>", TITLE),  # the window names the site only
        (f"{TITLE}-河西在线", "<h2>相关新闻</h2>", TITLE),
        (f"{TITLE} - 新闻 - 河西在线", "", TITLE),
        ("COVID-19疫苗接种点开放", "", "COVID-19疫苗接种点开放"),
    ],
)
def test_a_heading_outweighs_the_title_of_the_window(window: str, headings: str, headline: str) -> None:
    page = f"<title>{window}</title><body>{headings}<div><p>{FIRST}</p><p>{SECOND}</p></div></body>"
    assert read(page).headline == headline


def test_a_family_that_only_knows_the_title_of_the_window_is_helped_by_a_heading() -> None:
    page = f"<title>河西在线-{TITLE}</title><h2>{TITLE}</h2><div id=zoom><p>{FIRST}</p><p>{SECOND}</p></div>"
    found = read(page)
    assert (found.headline, found.is_doubtful) == (TITLE, True)


@pytest.mark.parametrize(
    ("head", "around", "url", "day"),
    [
        (
            '<meta property="article:published_time" content="2024-03-08T07:00:00+08:00">',
            "2024-03-07",
            URL,
            8,
        ),
        ("", "2024-03-07", "http://news.example/202403/t20240309_11.html", 9),
        ("", "今天是2024年3月10日</p><p>2024年3月7日", URL, 7),
    ],
)
def test_the_day_is_told_by_the_head_the_address_or_the_lines_around(
    head: str, around: str, url: str, day: int
) -> None:
    page = f"<head><title>{TITLE}</title>{head}</head><p>{around}</p><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    found = read(page, url)
    assert found.published_at is not None
    assert found.published_at.day == day


def test_days_in_a_text_are_not_the_day_of_the_page() -> None:
    told = FIRST.replace("3月6日", "2024年3月6日")
    later = f"活动时间：2024年4月6日。{SECOND}"
    found = read(f"<title>{TITLE}</title><h1>{TITLE}</h1><div><p>{told}</p><p>{later}</p></div>")
    assert found.published_at is None
    assert found.paragraphs == (told, later)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<title>404</title><p>您访问的页面不存在</p>",
        "<title>河西在线</title><ul>" + "<li><a href=/1>早市开市 2024-03-07</a></li>" * 30 + "</ul>",
        "<div>" * 600 + FIRST,  # so deep that no reader made it
    ],
)
def test_a_page_without_an_article_is_none(page: str) -> None:
    assert article(page.encode(), URL) is None


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(UnreadableError, match=r"install quwen\[generic\]"):
        article(UNKNOWN.encode(), URL)
    assert article("<p>您访问的页面不存在</p>".encode(), URL) is None


def test_a_page_too_large_to_guess_at_is_passed_over() -> None:
    assert article(UNKNOWN.replace('<div class="nr">', "<p>" + FIRST * 12_000 + "</p>").encode(), URL) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    article(data, URL)
    article(UNKNOWN.encode()[: len(data) * 5] + data, URL)
