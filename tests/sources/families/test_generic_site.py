"""Sites that no family knows, over real HTTP: which articles are of a day."""

from datetime import date

import pytest
from pydantic import ValidationError

from sources.families.generic import Generic, Options
from sources.fetching.errors import MissingError
from sources.fetching.fetcher import Fetcher
from sources.look import look_at
from sources.refs import IssueRef
from tests.sources.site import Reply, Site

DAY, BEFORE = date(2024, 3, 8), date(2024, 3, 6)
BODY = "柳林街道便民早市正式开市，首日迎来千余名居民，早市共设摊位四十八个，每天6时至9时开放。"


@pytest.fixture
def news(server: Site) -> Site:
    return server


def serve(news: Site, path: str, title: str, day: str = "") -> str:
    """An article laid out as in no family, with the day that it was published on, or without."""
    told = f"<p>发布时间：{day}</p>" if day else ""
    page = f"<title>{title}-河西在线</title><h2>{title}</h2>{told}<div><p>{BODY}</p><p>{BODY}</p></div>"
    news.answers[path] = Reply(page.encode())
    return news.url + path


def generic(**options: object) -> Generic:
    return Generic(Options.model_validate(options))


def test_single_pages_are_of_the_days_that_they_tell(news: Site, fetcher: Fetcher) -> None:
    urls = [
        serve(news, "/1.html", "柳林街道便民早市开市", "2024-03-08"),
        serve(news, "/2.html", "南苑小学获评绿色学校", "2024-03-06"),
        serve(news, "/202403/t20240308_3.html", "柳林路封闭施工"),
        serve(news, "/4.html", "一篇没有日期的文章"),
    ]
    adapter = generic(urls=urls)
    issue = adapter.latest(fetcher.get, today=DAY)
    assert issue == IssueRef(DAY, urls[0])
    assert [page.url for page in adapter.pages(fetcher.get, issue)] == [urls[0], urls[2]]
    assert adapter.before(fetcher.get, issue) == IssueRef(BEFORE, urls[0])
    assert adapter.issue_on(fetcher.get, date(2024, 3, 7)) is None


def test_a_look_reads_each_page_of_the_day_once(news: Site, fetcher: Fetcher) -> None:
    urls = [serve(news, f"/{number}.html", f"早市开市第{number}天", "2024-03-08") for number in (1, 2)]
    look = look_at(generic(urls=urls), fetcher.get, today=DAY)
    assert look is not None
    assert [one.article and one.article.headline for one in look.read] == ["早市开市第1天", "早市开市第2天"]
    assert (len(look.pages), look.valid) == (2, 1.0)
    assert news.paths() == ["/1.html", "/2.html"]


def test_a_page_that_is_missing_is_passed_over_unless_none_is_left(news: Site, fetcher: Fetcher) -> None:
    good = serve(news, "/1.html", "柳林街道便民早市开市", "2024-03-08")
    adapter = generic(urls=[f"{news.url}/gone.html", good])
    assert adapter.latest(fetcher.get, today=DAY) is not None
    with pytest.raises(MissingError):
        generic(urls=[f"{news.url}/gone.html"]).latest(fetcher.get, today=DAY)


def test_days_beside_the_links_of_a_list_tell_without_fetching(news: Site, fetcher: Fetcher) -> None:
    items = (
        '<li><a href="/a.html">柳林街道便民早市开市</a><span>2024-03-08</span></li>'
        '<li><a href="/b.html">南苑小学获评绿色学校</a><span>2024-03-06</span></li>'
        '<li><a href="/c.html">春季招聘会报名</a><span>2024-04-20</span></li>'
    )
    news.answers["/news/"] = Reply(b"<script>location.href='/news/index.html'</script>")
    news.answers["/news/index.html"] = Reply(f"<ul>{items}</ul>".encode())
    adapter = generic(list=f"{news.url}/news/")
    issue = adapter.latest(fetcher.get, today=date(2024, 3, 9))
    assert issue == IssueRef(DAY, f"{news.url}/news/")
    assert [page.url for page in adapter.pages(fetcher.get, issue)] == [f"{news.url}/a.html"]
    assert set(news.paths()) == {"/news/", "/news/index.html"}


def test_links_that_are_not_allowed_are_left_alone(news: Site, fetcher: Fetcher) -> None:
    links = "".join(
        f'<a href="{path}">更多</a>' for path in ("/street/1.html", "/shop/2.html", "/street/3.html")
    )
    news.answers["/"] = Reply(f'{links}<a href="http://other.example/street/4.html">外站</a>'.encode())
    serve(news, "/street/1.html", "柳林街道便民早市开市", "2024-03-08")
    serve(news, "/street/3.html", "南苑小学获评绿色学校", "2024-03-06")
    adapter = generic(list=f"{news.url}/", allow="/street/")
    issue = adapter.latest(fetcher.get, today=DAY)
    assert issue is not None
    assert [page.url for page in adapter.pages(fetcher.get, issue)] == [f"{news.url}/street/1.html"]
    assert "/shop/2.html" not in news.paths()


def test_of_a_long_list_without_days_only_its_begin_is_fetched(news: Site, fetcher: Fetcher) -> None:
    links = "".join(f'<a href="/street/{number}.html">更多</a>' for number in range(60))
    news.answers["/"] = Reply(links.encode())
    with pytest.raises(MissingError):
        generic(list=f"{news.url}/", allow="/street/").latest(fetcher.get, today=DAY)
    assert len(news.paths()) == 21


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"list": "http://news.example/", "urls": ["http://news.example/1.html"]},
        {"list": "http://news.example/", "allow": "("},
        {"url": "http://news.example/1.html"},
    ],
)
def test_options_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        generic(**wrong)
