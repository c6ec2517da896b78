"""Feeds: what they list, which items hold their text, and answers that are none."""

import contextlib
import socket
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.families.feed_items import CHINA, Feed, entries, moment
from sources.fetching.errors import UnreadableError
from sources.refs import ArticleRef, Kind

URL = "https://feeds.example/xinhe/paper"
BODY = (
    "<p>本报讯（记者 王小明）3月7日，新河区举行柳荫公园开园仪式。</p><p>图为活动现场。</p>"
    "<figure><img data-src='/p/1.jpg' src='data:image/gif;base64,AA'>"
    "<figcaption>居民在园内散步。</figcaption></figure>"
    "<p>公园占地三公顷，<b>免费</b>开放。<br>区园林局负责养护。</p><script>alert(1)</script>"
)


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> bytes:
    channel = f"<channel><title>新河时报</title>{''.join(items)}</channel>"
    return f'{head}<rss version="2.0" {SPACES}>{channel}</rss>'.encode()


SPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def item(
    title: str = "柳荫公园开园", link: str = "/a/1.html?div=-1#top", rest: str = "", text: str = ""
) -> str:
    told = f"<description><![CDATA[{text}]]></description>" if text else ""
    return f"<item><title>{title}</title><link>{link}</link>{told}{rest}</item>"


def dated(printed: str) -> str:
    return item(rest=f"<pubDate>{printed}</pubDate>")


def only(feed: Feed) -> ArticleRef:
    (found,) = feed.items
    return found.ref


def test_an_rss_item_names_its_article_and_holds_it() -> None:
    feed = entries(rss(item(text=BODY, rest="<pubDate>Thu, 07 Mar 2024 16:00:00 GMT</pubDate>")), URL)
    assert (feed.title, feed.is_broken) == ("新河时报", False)
    assert only(feed) == ArticleRef("https://feeds.example/a/1.html", "柳荫公园开园", date(2024, 3, 8))
    article = feed.items[0].article
    assert article is not None
    assert article.paragraphs == (
        "本报讯（记者 王小明）3月7日，新河区举行柳荫公园开园仪式。",
        "公园占地三公顷，免费开放。",
        "区园林局负责养护。",
    )
    assert article.captions == ("居民在园内散步。", "图为活动现场。")
    assert article.images == ("https://feeds.example/p/1.jpg",)
    assert article.authors == ("王小明",)
    assert article.published_at == datetime(2024, 3, 8, tzinfo=CHINA)
    assert article.kind is Kind.NEWS


def test_an_atom_entry_with_content_holds_its_article() -> None:
    data = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
    <title>新河发布</title>
    <entry><title type="html">&lt;b&gt;停水&lt;/b&gt;通知</title>
    <link rel="alternate" href="https://site.example/n/7"/>
    <updated>2024-03-08T23:30:00Z</updated><summary>停水了</summary>
    <content type="html"><![CDATA[{BODY}]]></content>
    <source><title>新河水务</title></source></entry></feed>""".encode()
    feed = entries(data, URL)
    assert only(feed) == ArticleRef("https://site.example/n/7", "停水通知", date(2024, 3, 9))
    article = feed.items[0].article
    assert article is not None
    assert len(article.paragraphs) == 3
    assert article.origin == "新河水务"


@pytest.mark.parametrize(
    "text",
    [
        "3月7日，新河区举行柳荫公园开园仪式，公园占地三公顷，免费向全体居民开放……",
        "3月7日，新河区举行柳荫公园开园仪式，公园占地三公顷，免费向全体居民开放，<a href='/a'>阅读全文</a>",
        "新河区新添一座公园",
    ],
)
def test_a_few_first_words_are_a_summary_and_no_article(text: str) -> None:
    (found,) = entries(rss(item(text=text)), URL).items
    assert found.article is None
    assert found.summary is not None
    assert found.summary.paragraphs[0].startswith(("3月7日，新河区", "新河区新添"))


def test_a_picture_without_words_tells_nothing() -> None:
    (found,) = entries(rss(item(text="<img data-src='/p/1.jpg'>")), URL).items
    assert (found.article, found.summary) == (None, None)


def test_a_picture_with_words_below_is_a_photo() -> None:
    text = "<figure><img data-src='/p/1.jpg'><figcaption>志愿者在清扫河岸。</figcaption></figure>"
    told = f"<content:encoded><![CDATA[{text}]]></content:encoded>"
    article = entries(rss(item(rest=told)), URL).items[0].article
    assert article is not None
    assert (article.kind, article.captions) == (Kind.PHOTO, ("志愿者在清扫河岸。",))


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("2024-03-08", "2024-03-08 00:00"),
        ("2024-03-08 09:30:00", "2024-03-08 09:30"),
        ("2024-03-08T09:30:00", "2024-03-08 09:30"),
        ("2024-03-08T00:00:00+08:00", "2024-03-08 00:00"),
        ("2024-03-08T23:30:00Z", "2024-03-09 07:30"),
        ("2024/3/8 9:30", "2024-03-08 09:30"),
        ("2024年3月8日", "2024-03-08 00:00"),
        ("Fri, 08 Mar 2024", "2024-03-08 00:00"),
        ("Fri, 08 Mar 2024 09:30:00", "2024-03-08 09:30"),
        ("Fri, 08 Mar 2024 09:30:00 -0000", "2024-03-08 09:30"),
        ("Fri, 08 Mar 2024 09:30:00 CST", "2024-03-08 09:30"),
        ("Fri, 08 Mar 2024 09:30:00 +0800", "2024-03-08 09:30"),
        ("Fri, 08 Mar 2024 20:30:00 GMT", "2024-03-09 04:30"),
    ],
)
def test_dates_without_an_offset_are_the_source_s_own_and_others_are_converted(
    printed: str, told: str
) -> None:
    found = moment(printed, CHINA)
    assert found is not None
    assert (f"{found:%Y-%m-%d %H:%M}", found.tzinfo) == (told, CHINA)
    assert only(entries(rss(dated(printed)), URL)).published_on == found.date()


def test_a_source_may_lie_in_another_zone() -> None:
    found = moment("Fri, 08 Mar 2024 09:30:00 CST", ZoneInfo("America/Chicago"))
    assert found is not None
    assert found.utcoffset() == datetime(2024, 3, 8, tzinfo=ZoneInfo("America/Chicago")).utcoffset()


@pytest.mark.parametrize("printed", ["", "昨天", "2024-02-30", "0001-01-01T00:00:00+23:00", "99/99/9999"])
def test_a_date_that_does_not_exist_is_none(printed: str) -> None:
    assert moment(printed, CHINA) is None
    assert only(entries(rss(dated(printed)), URL)).published_on is None


@pytest.mark.parametrize(
    "link", ["", "javascript:void(0)", "mailto:a@b.example", "http://[broken", "file:///etc/hosts"]
)
def test_an_item_without_an_address_on_the_web_is_passed_over(link: str) -> None:
    assert entries(rss(item(link=link), item()), URL).items[0].ref.url == "https://feeds.example/a/1.html"


def test_one_broken_address_of_a_picture_costs_no_other_words() -> None:
    (found,) = entries(rss(item(text=BODY.replace("/p/1.jpg", "http://[broken"))), URL).items
    assert found.article is not None
    assert found.article.images == ()


def test_a_well_formed_feed_without_entries_is_an_empty_one() -> None:
    assert entries(rss(), URL).items == ()


def test_a_broken_feed_with_entries_is_accepted_and_says_so() -> None:
    feed = entries(rss(item(text=BODY), item("A&nbsp;B & C", "/a/2.html"))[:-20], URL)
    assert feed.is_broken
    assert [one.ref.headline for one in feed.items] == ["柳荫公园开园", "A B & C"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "answered nothing"),
        (
            "<!DOCTYPE html><html><head><title>路由出错</title></head></html>".encode(),
            "a web page titled “路由出错”",
        ),
        (b"\n<!-- x --><html><body>404</body></html>", "a web page"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html/>', "a web page"),
        (b'{"error": "rate limited"}', "rate limited"),
        (b"<rss version='2.0'><channel><title>x</tit", "a broken feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a feed"),
    ],
)
def test_an_answer_that_is_no_feed_is_named(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=URL) as error:
        entries(data, URL)
    assert said in str(error.value)


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1"])
def test_characters_are_read_by_the_bytes_whatever_a_feed_declares(declared: str) -> None:
    text = rss(item("朱镕基题字的桥通车"), head=f'<?xml version="1.0" encoding="{declared}"?>').decode()
    for encoding in ("utf-8", "gb18030", "utf-8-sig"):
        assert only(entries(text.encode(encoding), URL)).headline == "朱镕基题字的桥通车"


def test_nothing_is_opened_or_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(rss(item()))

    def refused(*args: object, **kwargs: object) -> None:
        raise AssertionError("a feed was fetched")

    monkeypatch.setattr(feedparser.http, "get", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    for address in (str(tmp_path / "feed.xml"), "http://other.example/feed.xml"):
        with pytest.raises(UnreadableError):
            entries(address.encode(), URL)
    outside = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://other.example/x"> <!ENTITY a "&b;&b;"> <!ENTITY b "&a;">]>'
    )
    assert len(entries(rss(item("柳荫&x;&a;"), head=outside), URL).items) == 1


@given(st.binary(max_size=200), st.integers(0, 600))
@settings(max_examples=60, deadline=None)
def test_no_answer_breaks_the_reader(noise: bytes, place: int) -> None:
    whole = rss(item(text=BODY, rest="<pubDate>Fri, 08 Mar 2024 09:30:00 GMT</pubDate>"))
    for data in (noise, whole[:place] + noise + whole[place:], whole[:place] + noise):
        with contextlib.suppress(UnreadableError):
            entries(data, URL)
