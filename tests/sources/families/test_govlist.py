"""From the lists of a government site to what it published on a day, over real HTTP."""

from datetime import date

import pytest
from pydantic import ValidationError

from sources.catalog import CatalogError, sources_of
from sources.families.govlist import MOST_PAGES, Govlist, Options
from sources.fetching.errors import BlockedError, MissingError
from sources.fetching.fetcher import PAGE_BYTES, Fetched, Fetcher, Validators
from sources.look import look_at
from sources.refs import ArticleRef, IssueRef, PageRef
from tests.sources.gov import LIST, Notice, listed, serve_list, serve_notices
from tests.sources.site import Reply, Site

DAY, BEFORE, OLD = date(2024, 3, 8), date(2024, 3, 7), date(2024, 2, 29)
TREES = Notice(DAY, "丰河区举办春季植树活动")
READING = Notice(DAY, "社区图书馆延长开放时间")
MARKET = Notice(BEFORE, "柳林街道便民早市开市")
SCHOOL = Notice(BEFORE, "南苑小学迎来新学期")
BRIDGE = Notice(OLD, "丰河大桥完成检修")


def gov(server: Site, **options: object) -> Govlist:
    return Govlist(Options.model_validate({"list_urls": f"{server.url}{LIST}", **options}))


def issue(server: Site, day: date) -> IssueRef:
    return IssueRef(day, f"{server.url}{LIST}")


def titles(pages: list[PageRef]) -> list[str | None]:
    return [one.headline for page in pages for one in page.articles or ()]


def test_the_newest_day_of_the_first_page_is_the_latest_issue(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [BRIDGE, MARKET, TREES, SCHOOL])  # an old one is pinned to the top
    assert gov(server).latest(fetcher.get, today=DAY) == issue(server, DAY)
    assert server.paths() == [LIST]


def test_each_article_of_a_day_is_a_page_named_by_its_column(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [TREES, READING, MARKET])
    adapter = gov(server)
    pages = adapter.pages(fetcher.get, issue(server, DAY))
    assert [(page.url, page.number, page.name) for page in pages] == [
        (f"{server.url}{one.path}", None, "部门动态") for one in (TREES, READING)
    ]
    assert adapter.articles(fetcher.get, pages[1]) == [ArticleRef(pages[1].url, READING.title, DAY)]
    found = adapter.article(fetcher.get, ArticleRef(pages[1].url, READING.title, DAY), pages[1])
    assert found is not None
    assert (found.headline, found.issued_on, found.page_name) == (READING.title, DAY, "部门动态")
    assert server.asked[-1].headers["Referer"] == f"{server.url}{LIST}"


def test_a_page_that_was_kept_without_its_article_is_that_article(server: Site, fetcher: Fetcher) -> None:
    serve_notices(server, [TREES])
    page = PageRef(f"{server.url}{TREES.path}")
    [reference] = gov(server).articles(fetcher.get, page)
    found = gov(server).article(fetcher.get, reference, page)
    assert found is not None
    assert (found.headline, found.issued_on) == (TREES.title, DAY)


def test_a_list_is_turned_until_its_days_are_older(server: Site, fetcher: Fetcher) -> None:
    third = Notice(BEFORE, "东湖公园花展开幕")
    serve_list(server, [BRIDGE, TREES, MARKET], [SCHOOL, BRIDGE, third], [Notice(OLD, "旧闻一则")], [BRIDGE])
    pages = gov(server).pages(fetcher.get, issue(server, BEFORE))
    assert titles(pages) == [MARKET.title, SCHOOL.title, third.title]
    assert server.paths() == [LIST, f"{LIST}index_1.html", f"{LIST}index_2.html"]


def test_the_newest_day_needs_one_page_of_the_list(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [TREES, MARKET], [SCHOOL])
    gov(server).pages(fetcher.get, issue(server, DAY))
    assert server.paths() == [LIST]


@pytest.mark.parametrize("day", [date(2024, 3, 9), date(2024, 3, 1), date(2020, 1, 1)])
def test_a_day_on_which_nothing_was_published_is_none(server: Site, fetcher: Fetcher, day: date) -> None:
    serve_list(server, [TREES, MARKET], [BRIDGE])
    adapter = gov(server)
    assert adapter.issue_on(fetcher.get, day) is None
    assert adapter.pages(fetcher.get, issue(server, day)) == []


def test_the_issue_before_is_the_next_older_day(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [TREES, READING], [READING, MARKET], [BRIDGE])
    adapter = gov(server)
    assert adapter.issue_on(fetcher.get, BEFORE) == issue(server, BEFORE)
    assert adapter.before(fetcher.get, issue(server, DAY)) == issue(server, BEFORE)
    assert adapter.before(fetcher.get, issue(server, BEFORE)) == issue(server, OLD)
    assert adapter.before(fetcher.get, issue(server, OLD)) is None


def test_lists_are_read_together_and_an_article_of_two_is_one(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [MARKET, BRIDGE])
    server.answers["/xwdt/jddt/index.shtml"] = listed([TREES, MARKET, SCHOOL, BRIDGE], column="街道动态")
    adapter = gov(server, list_urls=[f"{server.url}{LIST}", f"{server.url}/xwdt/jddt/index.shtml"])
    assert adapter.latest(fetcher.get, today=DAY) == issue(server, DAY)
    assert [(titles([page]), page.name) for page in adapter.pages(fetcher.get, issue(server, BEFORE))] == [
        ([MARKET.title], "部门动态"),
        ([SCHOOL.title], "街道动态"),
    ]


@pytest.mark.parametrize(
    "end",
    [
        Reply(status=404),
        Reply("<h1>页面不存在</h1>".encode()),  # a soft 404
        Reply(b'<ul class="list"></ul>'),
        Reply(status=302, headers={"Location": "/"}),
        listed([TREES, MARKET]),  # the page before once more
    ],
)
def test_a_list_ends_where_there_is_no_other_page(server: Site, fetcher: Fetcher, end: Reply) -> None:
    server.answers["/"] = listed([BRIDGE])
    serve_list(server, [TREES, MARKET])
    server.answers[f"{LIST}index_1.html"] = end
    assert gov(server).before(fetcher.get, issue(server, BEFORE)) is None
    assert f"{LIST}index_2.html" not in server.paths()


def test_a_list_without_an_end_is_left() -> None:
    asked: list[str] = []

    def endless(url: str, *, referer: str | None = None, most: int = PAGE_BYTES) -> Fetched:
        asked.append(url)
        return Fetched(url, listed([Notice(DAY, f"{len(asked)}号停水通知")]).data, Validators())

    adapter = Govlist(Options(list_urls=("https://www.gov.example/",)))
    assert adapter.issue_on(endless, OLD) is None
    assert len(asked) == len(set(asked)) == MOST_PAGES


def test_pages_of_a_list_may_be_told_by_a_query(server: Site, fetcher: Fetcher) -> None:
    server.answers["/list.do?col=3&currentPage=1"] = listed([TREES])
    server.answers["/list.do?col=3&currentPage=2"] = listed([MARKET, BRIDGE])
    url = f"{server.url}/list.do?col=3&currentPage=1"
    adapter = gov(server, list_urls=url, next="query:currentPage")
    assert titles(adapter.pages(fetcher.get, IssueRef(BEFORE, url))) == [MARKET.title]


def test_a_list_of_one_page_is_not_turned(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [TREES], [MARKET])
    assert gov(server, next="none").issue_on(fetcher.get, BEFORE) is None
    assert server.paths() == [LIST]


def test_a_list_behind_a_page_that_sends_on_is_turned_where_it_is(server: Site, fetcher: Fetcher) -> None:
    server.answers[LIST] = Reply(b"<script>location.replace('new/index.shtml')</script>")
    server.answers[f"{LIST}new/index.shtml"] = listed([TREES])
    server.answers[f"{LIST}new/index_1.shtml"] = listed([MARKET, BRIDGE])
    assert titles(gov(server).pages(fetcher.get, issue(server, BEFORE))) == [MARKET.title]


def test_a_list_that_a_script_writes_is_a_list(server: Site, fetcher: Fetcher) -> None:
    script = f"""document.write('<a href="{TREES.path}" title="{TREES.title}">丰河…</a>')"""
    server.answers[LIST] = Reply(f"<ul class=list><li><script>{script}</script></li></ul>".encode("gbk"))
    assert titles(gov(server).pages(fetcher.get, issue(server, DAY))) == [TREES.title]


@pytest.mark.parametrize(
    "answer", [Reply(b'<ul class="list"></ul>'), Reply("<h1>页面不存在</h1>".encode()), Reply()]
)
def test_an_empty_list_has_no_issue(server: Site, fetcher: Fetcher, answer: Reply) -> None:
    server.answers[LIST] = answer
    assert gov(server).latest(fetcher.get, today=DAY) is None
    assert gov(server).issue_on(fetcher.get, DAY) is None
    assert gov(server).before(fetcher.get, issue(server, DAY)) is None


def test_a_list_that_is_gone_is_told_and_no_day_without_news(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [TREES])
    adapter = gov(server, list_urls=[f"{server.url}{LIST}", f"{server.url}/renamed/"])
    with pytest.raises(MissingError, match="/renamed/ does not exist"):
        adapter.latest(fetcher.get, today=DAY)


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gbk", "utf-8")]
)
def test_a_day_is_read_whole_whatever_encoding_it_declares(
    server: Site, fetcher: Fetcher, declared: str, encoding: str
) -> None:
    notices = [Notice(DAY, title, True, declared, encoding) for title in ("朱镕基题字的桥通车", "植树活动")]
    server.answers[LIST] = listed([*notices, MARKET], declared=declared, encoding=encoding)
    serve_notices(server, notices)
    look = look_at(gov(server), fetcher.get, today=DAY)
    assert look is not None
    assert (look.issue.day, look.valid) == (DAY, 1.0)
    assert [one.article.headline for one in look.read if one.article] == [one.title for one in notices]
    assert server.paths() == [LIST, *(one.path for one in notices)]


def test_an_article_that_is_gone_or_moved_away_costs_no_other(server: Site, fetcher: Fetcher) -> None:
    serve_list(server, [TREES, READING, Notice(DAY, "河岸步道开放")])
    server.answers[TREES.path] = Reply(status=404)
    server.answers[READING.path] = Reply("<h1>您访问的页面不存在或已被删除</h1>".encode())
    look = look_at(gov(server), fetcher.get, today=DAY)
    assert look is not None
    assert [bool(one.flaws) for one in look.read] == [True, True, False]


def undated(*days: date) -> list[Notice]:
    return [Notice(day, f"{chr(0x4E00 + n)}号院完成改造", is_dated=False) for n, day in enumerate(days)]


def test_days_that_a_list_does_not_tell_are_those_of_the_articles(server: Site, fetcher: Fetcher) -> None:
    notices = undated(DAY, DAY, BEFORE, OLD, OLD, OLD, OLD)
    serve_list(server, notices)
    look = look_at(gov(server), fetcher.get, today=DAY)
    assert look is not None
    assert (look.issue, look.valid) == (issue(server, DAY), 1.0)
    assert [one.reference.headline for one in look.read] == [one.title for one in notices[:2]]
    # No more are asked than tell that what follows is old, and none of them twice.
    assert server.paths() == [LIST, *(one.path for one in notices[:5])]


def test_an_older_day_of_such_a_list_is_found_behind_pinned_and_lost_ones(
    server: Site, fetcher: Fetcher
) -> None:
    notices = undated(OLD, DAY, DAY, BEFORE, BEFORE, BEFORE, OLD, OLD, OLD)
    serve_list(server, notices)
    server.answers[notices[3].path] = Reply(status=404)
    server.answers[notices[4].path] = Reply("<h1>空</h1>".encode())
    adapter = gov(server)
    assert titles(adapter.pages(fetcher.get, issue(server, BEFORE))) == [notices[5].title]
    assert adapter.before(fetcher.get, issue(server, DAY)) == issue(server, BEFORE)


def test_one_article_without_a_day_among_others_is_asked(server: Site, fetcher: Fetcher) -> None:
    [lost] = undated(BEFORE)
    serve_list(server, [TREES, lost, MARKET, BRIDGE])
    assert titles(gov(server).pages(fetcher.get, issue(server, BEFORE))) == [lost.title, MARKET.title]


def test_a_site_that_refuses_its_articles_is_told(server: Site, fetcher: Fetcher) -> None:
    notices = undated(DAY, BEFORE)
    serve_list(server, notices)
    server.answers[notices[0].path] = Reply(status=403)
    with pytest.raises(BlockedError):
        gov(server).latest(fetcher.get, today=DAY)


def test_a_guessed_headline_gives_way_to_that_of_the_list(server: Site, fetcher: Fetcher) -> None:
    page = "<title>新闻</title><div id=zoom>丰河区三月起在柳林公园举办春季植树活动，欢迎参加。</div>"
    server.answers["/a.html"] = Reply(page.encode())
    adapter, url = gov(server), f"{server.url}/a.html"
    whole = adapter.article(fetcher.get, ArticleRef(url, TREES.title, DAY), PageRef(url))
    cut = adapter.article(fetcher.get, ArticleRef(url, "丰河区举办…", DAY), PageRef(url))
    assert whole is not None
    assert cut is not None
    assert (whole.headline, whole.is_doubtful) == (TREES.title, False)
    assert (cut.headline, cut.is_doubtful) == ("新闻", True)


def test_selectors_can_be_replaced(server: Site, fetcher: Fetcher) -> None:
    server.answers[LIST] = Reply(f"<dl><dd><a href=/a.html>{TREES.title}</a>2024-03-08</dd></dl>".encode())
    page = f"<h4>{TREES.title}</h4><section>丰河区三月起在柳林公园举办春季植树活动，欢迎参加。</section>"
    server.answers["/a.html"] = Reply(page.encode())
    assert gov(server).latest(fetcher.get, today=DAY) is None
    own = gov(server, selectors={"items": "dd", "headline": ["h3", "h4"], "body": "section"})
    look = look_at(own, fetcher.get, today=DAY)
    assert look is not None
    assert [one.article.headline for one in look.read if one.article] == [TREES.title]


ENTRY = '[[source]]\nid = "hexi-gov"\nname = "河西区政府"\ndistrict = "河西区"\nadapter = "govlist"\n'


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "list_urls is missing; give addresses of lists"),
        ("list_urls = []", "list_urls is wrong .*; give addresses of lists"),
        ('list_urls = ["www.gov.example/list/"]', "is not the address of a page"),
        ('list_urls = "https://www.gov.example/"\nnext = "index_1"', "no way from one page .*; give index_n"),
        ('list_urls = "https://www.gov.example/"\nnext = "query:"', "no way from one page .*; give index_n"),
        (
            'list_urls = "https://www.gov.example/list.do?col=3"',
            "next is wrong .*has a query.*index_n",
        ),
        ('list_urls = "https://www.gov.example/"\nselectors = {item = "li"}', "no selectors of item"),
        ('list_urls = "https://www.gov.example/"\nselectors = {items = "li["}', "'li\\[' is no CSS selector"),
        ('list_urls = "https://www.gov.example/"\nbase = "x"', "base is not known; known: .*list_urls"),
    ],
)
def test_a_wrong_entry_says_what_to_do(told: str, said: str) -> None:
    with pytest.raises(CatalogError, match=said) as error:
        sources_of(ENTRY + told, "own.toml")
    assert "\n" not in str(error.value)


def test_options_are_checked_where_no_catalog_is_read(server: Site) -> None:
    with pytest.raises(ValidationError):
        gov(server, list_urls=[])
