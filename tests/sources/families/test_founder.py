"""From a paper's entry to its articles, over real HTTP."""

from datetime import date

import pytest
from pydantic import ValidationError

from sources.families.founder import Founder, Options
from sources.fetching.errors import LockedError
from sources.fetching.fetcher import Fetcher
from sources.refs import ArticleRef, IssueRef, PageRef
from tests.sources.paper import serve_entry, serve_issue
from tests.sources.site import Reply, Site

DAY, BEFORE = date(2024, 3, 8), date(2024, 3, 1)


@pytest.fixture
def paper(server: Site) -> Site:
    return server


def founder(paper: Site, **options: object) -> Founder:
    return Founder(Options.model_validate({"base": f"{paper.url}/shibao", **options}))


def test_the_entry_leads_to_the_newest_issue(paper: Site, fetcher: Fetcher) -> None:
    first = serve_issue(paper, DAY)
    serve_entry(paper, first)
    assert founder(paper).latest(fetcher.get, today=DAY) == IssueRef(DAY, paper.url + first)


def test_an_index_without_redirect_leads_to_the_newest_issue_that_it_links(
    paper: Site, fetcher: Fetcher
) -> None:
    first, older = serve_issue(paper, DAY), serve_issue(paper, BEFORE)
    paper.answers["/shibao/index.htm"] = Reply(f'<a href="{older}">旧</a><a href="{first}">新</a>'.encode())
    assert founder(paper).latest(fetcher.get, today=DAY) == IssueRef(DAY, paper.url + first)


def test_of_several_bases_the_first_that_answers_is_taken(paper: Site, fetcher: Fetcher) -> None:
    serve_entry(paper, serve_issue(paper, DAY))
    found = founder(paper, base=[f"{paper.url}/moved", f"{paper.url}/shibao"]).latest(fetcher.get, today=DAY)
    assert found is not None
    assert found.day == DAY


def test_an_entry_that_sends_in_circles_is_no_issue(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/shibao/"] = Reply(b"<script>location.href='a.htm'</script>")
    paper.answers["/shibao/a.htm"] = Reply(b"<script>location.href='./'</script>")
    assert founder(paper).latest(fetcher.get, today=DAY) is None


def test_the_issue_of_a_day_is_found_at_one_of_the_first_nodes(paper: Site, fetcher: Fetcher) -> None:
    first = serve_issue(paper, DAY)
    assert founder(paper, first_node=[9499, 1]).issue_on(fetcher.get, DAY) == IssueRef(DAY, paper.url + first)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=404),
        Reply("<h1>您访问的页面不存在</h1>".encode()),  # a soft 404
        Reply("<td>第01版：要闻</td>".encode()),  # a page with a label and nothing on it
        Reply(status=302, headers={"Location": "/shibao/html/2024-03/01/node_1.htm"}),  # another day
        Reply(status=302, headers={"Location": "/shibao/"}),
    ],
)
def test_a_day_without_an_issue_is_none(paper: Site, fetcher: Fetcher, reply: Reply) -> None:
    serve_entry(paper, serve_issue(paper, BEFORE))
    paper.answers["/shibao/html/2024-03/08/node_1.htm"] = reply
    assert founder(paper, first_node="1").issue_on(fetcher.get, DAY) is None


def test_pages_and_articles_of_an_issue(paper: Site, fetcher: Fetcher) -> None:
    first = serve_issue(paper, DAY)
    adapter = founder(paper)
    pages = adapter.pages(fetcher.get, IssueRef(DAY, paper.url + first))
    assert [(page.number, page.name) for page in pages] == [("01", "一版要闻"), ("02", "综合新闻")]
    references = adapter.articles(fetcher.get, pages[1])
    assert [one.headline for one in references] == ["南苑小学获评市级绿色学校"]
    found = adapter.article(fetcher.get, references[0], pages[1])
    assert found is not None
    assert (found.headline, found.page_number, found.issued_on) == ("南苑小学获评市级绿色学校", "02", DAY)
    assert paper.asked[-1].headers["Referer"] == pages[1].url


def test_the_issue_before_is_the_one_that_is_linked(paper: Site, fetcher: Fetcher) -> None:
    first, older = serve_issue(paper, DAY, before=BEFORE), serve_issue(paper, BEFORE, before=DAY)
    adapter = founder(paper)
    issue = adapter.before(fetcher.get, IssueRef(DAY, paper.url + first))
    assert issue == IssueRef(BEFORE, paper.url + older)
    assert adapter.before(fetcher.get, issue) is None  # a link that leads forward ends the walk


@pytest.mark.parametrize(
    "wrong",
    [
        {"base": []},
        {"calendar": "weekly"},
        {"calendar_url": "{base}/{month}.xml"},
        {"profile": "modern"},
        {"issue_url": "{base}/{page}"},
        {"selectors": {"heading": ["h1"]}},
        {"selectors": {"headline": ["h1["]}},
        {"bases": "http://paper.example"},
    ],
)
def test_options_that_make_no_sense_are_refused(paper: Site, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        founder(paper, **wrong)


def test_selectors_can_be_replaced(paper: Site, fetcher: Fetcher) -> None:
    first = serve_issue(paper, DAY, [[("早市开市", "　　3月6日，柳林街道便民早市正式开市，居民来了不少。")]])
    data = paper.answers[first.replace("node_1", "content_1_1")]
    assert isinstance(data, Reply)
    paper.answers[first.replace("node_1", "content_1_1")] = Reply(
        data.data.replace(b"founder-title", b"h5").replace(b"<h5>", b"<h5 class=t>")
    )
    plain, own = founder(paper), founder(paper, selectors={"headline": ["h5.t"]})
    page = plain.pages(fetcher.get, IssueRef(DAY, paper.url + first))[0]
    reference = plain.articles(fetcher.get, page)[0]
    assert plain.article(fetcher.get, reference, page) is None
    found = own.article(fetcher.get, reference, page)
    assert found is not None
    assert found.headline == "早市开市"


@pytest.mark.parametrize(
    ("options", "path", "calendar"),
    [
        (
            {"calendar": "period_xml"},
            "/html/{month:%Y-%m}/period.xml",
            "<period_date>{day}</period_date>",
        ),
        (
            {"calendar": "period_xml", "profile": "xiangyu"},
            "/pc/layout/{month:%Y%m}/period.xml",
            "<period_date>{day}</period_date>",
        ),
        ({"calendar": "navi_xml"}, "/html/{month:%Y-%m}/navi.xml", "<date>{day}</date>"),
        ({"calendar": "period_js"}, "/period/{month:%Y%m}/period.js", 'datelist=["{day}"];'),
        (
            {"calendar": "period_js", "calendar_url": "{base}/days/{date:%m}.js"},
            "/days/{month:%m}.js",
            '["{day}"]',
        ),
    ],
)
def test_a_calendar_tells_a_day_without_an_issue(
    paper: Site, fetcher: Fetcher, options: dict[str, object], path: str, calendar: str
) -> None:
    file = "/shibao" + path.format(month=DAY)
    paper.answers[file] = Reply(calendar.format(day=BEFORE).encode())
    assert founder(paper, **options).issue_on(fetcher.get, DAY) is None
    assert paper.paths() == [file]


def test_the_issue_before_is_in_the_calendar_of_this_month_or_one_before(
    paper: Site, fetcher: Fetcher
) -> None:
    first, older = serve_issue(paper, DAY), serve_issue(paper, date(2024, 1, 26))
    for month, days in (("03", ["2024-03-08", "2024-03-15"]), ("01", ["2024-01-26", "2024-01-31"])):
        told = "".join(f"<period_date>{day}</period_date>" for day in days)
        paper.answers[f"/shibao/html/2024-{month}/period.xml"] = Reply(told.encode())
    found = founder(paper, calendar="period_xml").before(fetcher.get, IssueRef(DAY, paper.url + first))
    assert found == IssueRef(date(2024, 1, 26), paper.url + older)


def test_without_its_calendar_pages_are_asked_for_and_links_followed(paper: Site, fetcher: Fetcher) -> None:
    first, older = serve_issue(paper, DAY, before=BEFORE), serve_issue(paper, BEFORE)
    adapter = founder(paper, calendar="navi_xml")
    assert adapter.issue_on(fetcher.get, DAY) == IssueRef(DAY, paper.url + first)
    assert adapter.before(fetcher.get, IssueRef(DAY, paper.url + first)) == IssueRef(
        BEFORE, paper.url + older
    )


def test_a_calendar_of_another_month_says_nothing(paper: Site, fetcher: Fetcher) -> None:
    first = serve_issue(paper, DAY)
    paper.answers["/shibao/html/2024-03/navi.xml"] = Reply(b"<date>2024-04-05</date>")
    found = founder(paper, calendar="navi_xml").issue_on(fetcher.get, DAY)
    assert found == IssueRef(DAY, paper.url + first)


def test_a_paper_without_a_calendar_tells_no_issue_before(paper: Site, fetcher: Fetcher) -> None:
    first = serve_issue(paper, DAY, before=BEFORE)
    assert founder(paper, calendar="none").before(fetcher.get, IssueRef(DAY, paper.url + first)) is None


def test_what_is_shown_only_for_money_is_locked(paper: Site, fetcher: Fetcher) -> None:
    first = serve_issue(paper, DAY)
    wall = (
        "<founder-title>早市开市</founder-title><founder-content><p>3月6日，柳林街道便民早市正式开市。</p>"
        "<p>您还没有购买本期报纸，请购买该报纸后阅读。</p></founder-content>"
    )
    for name in ("content_1_1", "node_1"):
        paper.answers[first.replace("node_1", name)] = Reply(wall.encode())
    page = PageRef(paper.url + first)
    adapter = founder(paper)
    with pytest.raises(LockedError, match="only to those who log in or pay"):
        adapter.article(fetcher.get, ArticleRef(page.url.replace("node_1", "content_1_1")), page)
    with pytest.raises(LockedError):
        adapter.articles(fetcher.get, page)
    with pytest.raises(LockedError):
        adapter.issue_on(fetcher.get, DAY)
