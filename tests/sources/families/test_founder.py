"""From a paper's entry to its articles, over real HTTP."""

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import ValidationError

from sources.families.founder import Founder, Options
from sources.fetching.fetcher import Fetcher, Tls
from sources.fetching.pace import Pace
from sources.refs import IssueRef
from tests.sources.paper import serve_entry, serve_issue
from tests.sources.site import Reply, Site, site

DAY, BEFORE = date(2024, 3, 8), date(2024, 3, 1)


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(agent="Quwen", pace=Pace(gap=0.0, jitter=0.0), tls=Tls.HTTP, private=True) as made:
        yield made


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
