"""From a feed to its articles, over real HTTP: those that it holds, and those that it only links."""

from collections.abc import Iterator
from datetime import date

import pytest

from sources.catalog import CatalogError, sources_of
from sources.families.feed import Feed, Options
from sources.fetching.errors import BusyError, MissingError, UnreadableError
from sources.fetching.fetcher import Fetcher
from sources.look import look_at
from sources.refs import ArticleRef, IssueRef, PageRef, SourceArticle
from tests.sources.feeds import item, rss
from tests.sources.site import Reply, Site, site

DAY, BEFORE = date(2024, 3, 8), date(2024, 3, 7)
TEXT = "3月7日，新河区举行柳荫公园开园仪式，公园占地三公顷，免费向全体居民开放。"
SUMMARY = "新河区新添一座公园……"
NEWS = """<title>窗口</title><h1>柳荫公园今日开园</h1><p>发布日期：2024-03-07 16:00</p>
<div class="TRS_Editor"><p>新河区举行柳荫公园开园仪式，公园占地三公顷，位于区中心以东。</p></div>"""


def feed(server: Site, **options: object) -> Feed:
    return Feed(Options.model_validate({"url": f"{server.url}/feed.xml", **options}))


def issue(server: Site, day: date) -> IssueRef:
    return IssueRef(day, f"{server.url}/feed.xml")


def only_article(server: Site, fetcher: Fetcher, **options: object) -> SourceArticle | None:
    """The article of a feed that has one of the newest day."""
    adapter = feed(server, **options)
    [page] = adapter.pages(fetcher.get, issue(server, DAY))
    [reference] = adapter.articles(fetcher.get, page)
    return adapter.article(fetcher.get, reference, page)


@pytest.fixture
def other() -> Iterator[Site]:
    """Another site, that the feed links to."""
    with site() as made:
        yield made


def test_issues_are_the_days_of_the_feed(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(
        item("/3", "2024-03-07"), item("/1", title="一"), item("/2", title="二"), item("/1", "2024-03-01")
    )
    adapter = feed(server)
    assert adapter.latest(fetcher.get, today=DAY) == adapter.issue_on(fetcher.get, DAY) == issue(server, DAY)
    assert adapter.pages(fetcher.get, issue(server, DAY)) == [
        PageRef(f"{server.url}/{n}", articles=(ArticleRef(f"{server.url}/{n}", title, DAY),))
        for n, title in ((1, "一"), (2, "二"))
    ]
    assert adapter.before(fetcher.get, issue(server, DAY)) == issue(server, BEFORE)
    assert adapter.before(fetcher.get, issue(server, BEFORE)) is None
    assert adapter.issue_on(fetcher.get, date(2024, 3, 1)) is None


def test_an_empty_feed_has_no_issue(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss()
    assert feed(server).latest(fetcher.get, today=DAY) is None


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gbk", "utf-8-sig")]
)
def test_articles_that_the_feed_holds_are_not_fetched(
    server: Site, fetcher: Fetcher, declared: str, encoding: str
) -> None:
    server.answers["/feed.xml"] = rss(
        item("/1", text=TEXT),
        item("/2", text=f"朱镕基题字的桥通车。{TEXT}"),
        declared=declared,
        encoding=encoding,
    )
    look = look_at(feed(server), fetcher.get, today=DAY)
    assert look is not None
    assert (look.issue.day, len(look.read), look.valid) == (DAY, 2, 1.0)
    assert [one.article.paragraphs for one in look.read if one.article] == [
        (TEXT,),
        (f"朱镕基题字的桥通车。{TEXT}",),
    ]
    assert server.paths() == ["/feed.xml"]


def test_days_without_an_offset_are_those_of_the_zone(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(
        item("/1", "2024-03-08 00:00:00"), item("/2", "Thu, 07 Mar 2024 20:00:00 GMT")
    )
    assert len(feed(server).pages(fetcher.get, issue(server, DAY))) == 2
    assert len(feed(server, zone="UTC").pages(fetcher.get, issue(server, DAY))) == 1


def test_an_item_with_only_a_summary_is_read_where_it_links_to_on_any_site(
    server: Site, other: Site, fetcher: Fetcher
) -> None:
    server.answers["/feed.xml"] = rss(item(f"{other.url}/n/1.html", text=SUMMARY))
    other.answers["/n/1.html"] = Reply(NEWS.encode("gb18030"))
    found = only_article(server, fetcher)
    assert found is not None
    assert found.headline == "柳荫公园今日开园"
    assert found.paragraphs == ("新河区举行柳荫公园开园仪式，公园占地三公顷，位于区中心以东。",)
    assert (found.issued_on, found.is_doubtful) == (DAY, False)
    assert other.paths() == ["/n/1.html"]


def test_the_page_can_be_preferred_to_the_text_of_the_feed(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html", text=TEXT))
    server.answers["/1.html"] = Reply(NEWS.encode())
    in_feed, fetched = only_article(server, fetcher), only_article(server, fetcher, fulltext="fetch")
    assert in_feed is not None
    assert fetched is not None
    assert (in_feed.headline, fetched.headline) == ("柳荫公园开园", "柳荫公园今日开园")


@pytest.mark.parametrize(
    "answer",
    [
        Reply(status=404),
        Reply(status=403),
        Reply("<h1>请在客户端打开</h1>".encode()),
        Reply(status=302, headers={"Location": "http://localhost/elsewhere"}),
    ],
)
@pytest.mark.parametrize(("text", "fulltext"), [(TEXT, "fetch"), (SUMMARY, "item"), (SUMMARY, "fetch")])
def test_where_the_page_gives_nothing_the_text_of_the_feed_is_taken_as_doubtful(
    server: Site, fetcher: Fetcher, answer: Reply, text: str, fulltext: str
) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html", text=text))
    server.answers["/1.html"] = answer
    found = only_article(server, fetcher, fulltext=fulltext)
    assert found is not None
    assert (found.headline, found.paragraphs, found.is_doubtful) == ("柳荫公园开园", (text,), True)
    assert found.issued_on == DAY


def test_a_page_that_answers_later_is_no_reason_to_take_a_summary(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html", text=SUMMARY))
    server.answers["/1.html"] = Reply(status=429)
    with pytest.raises(BusyError):
        only_article(server, fetcher)


def test_without_any_text_there_is_no_article(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html"))
    with pytest.raises(MissingError):
        only_article(server, fetcher)
    server.answers["/1.html"] = Reply("<h1>请在客户端打开</h1>".encode())
    assert only_article(server, fetcher) is None


def test_an_article_that_left_the_feed_is_read_where_it_was(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss()
    server.answers["/1.html"] = Reply(NEWS.encode())
    page = PageRef(f"{server.url}/1.html")
    found = feed(server).article(fetcher.get, ArticleRef(page.url), page)
    assert found is not None
    assert (found.headline, found.issued_on) == ("柳荫公园今日开园", BEFORE)


def test_an_item_without_a_day_is_of_the_day_of_its_page(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html", None), item("/2.html", "昨天"), item("/3.html"))
    server.answers["/1.html"] = Reply(NEWS.encode())
    adapter = feed(server)
    assert [page.url[-7:] for page in adapter.pages(fetcher.get, issue(server, BEFORE))] == ["/1.html"]
    assert adapter.latest(fetcher.get, today=DAY) == issue(server, DAY)


def test_a_headline_that_the_page_does_not_show_is_the_feed_s(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html"))
    server.answers["/1.html"] = Reply(NEWS.replace("h1>", "b>").encode())
    found = only_article(server, fetcher)
    assert found is not None
    assert (found.headline, found.is_doubtful) == ("柳荫公园开园", False)


def test_pages_are_read_by_selectors_of_ones_own(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html"))
    server.answers["/1.html"] = Reply(NEWS.replace("TRS_Editor", "rich_text").encode())
    assert only_article(server, fetcher) is None
    assert only_article(server, fetcher, selectors={"body": ".rich_text"}) is not None


def test_one_article_that_is_gone_costs_no_other(server: Site, fetcher: Fetcher) -> None:
    server.answers["/feed.xml"] = rss(item("/1.html"), item("/2.html", text=TEXT))
    look = look_at(feed(server), fetcher.get, today=DAY)
    assert look is not None
    assert [bool(one.flaws) for one in look.read] == [True, False]


@pytest.mark.parametrize(
    "answer",
    [
        Reply("<!DOCTYPE html><title>路由出错</title>".encode()),
        Reply(b"<rss version='2.0'><channel><title>x</tit"),
        Reply(b'{"error": "rate limited"}'),
        Reply(),
    ],
)
def test_an_answer_that_is_no_feed_is_an_error_and_no_day_without_news(
    server: Site, fetcher: Fetcher, answer: Reply
) -> None:
    server.answers["/feed.xml"] = answer
    with pytest.raises(UnreadableError, match=r"/feed\.xml answered"):
        feed(server).latest(fetcher.get, today=DAY)


ENTRY = '[[source]]\nid = "xinhe"\nname = "新河发布"\ndistrict = "新河区"\nadapter = "feed"\n'
URL = 'url = "https://feeds.example/xinhe"\n'


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("", "url is missing; give the address of an RSS or Atom feed"),
        ('url = "feeds.example"', "'feeds.example' is not the address of a page"),
        (f'{URL}fulltext = "page"', "fulltext is wrong .*; give item .* or fetch"),
        (f'{URL}zone = "Mars/Olympus"', "zone is wrong .*; give the zone of its days"),
        (f'{URL}selectors = {{items = "li"}}', "no selectors of items"),
        (f"{URL}wechat = true", "wechat is not known; known: .*fulltext"),
    ],
)
def test_a_wrong_entry_says_what_to_do(told: str, said: str) -> None:
    with pytest.raises(CatalogError, match=said) as error:
        sources_of(ENTRY + told, "own.toml")
    assert "\n" not in str(error.value)
