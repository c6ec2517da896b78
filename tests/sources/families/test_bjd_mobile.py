"""From the entry of a mobile edition to its articles, over real HTTP; its news is invented."""

import codecs
from datetime import date

import pytest
from pydantic import ValidationError

from sources.families.bjd_mobile import BjdMobile, Options
from sources.fetching.errors import BlockedError
from sources.fetching.fetcher import Fetcher
from sources.look import look_at
from sources.refs import ArticleRef, IssueRef, PageRef
from tests.sources.mobile import PAGES, folder, index_of, serve_mobile, stub
from tests.sources.site import Answer, Reply, Site

DAY, BEFORE = date(2024, 3, 8), date(2024, 3, 7)


def bjd(server: Site, **options: object) -> BjdMobile:
    return BjdMobile(Options.model_validate({"base": f"{server.url}/", "paper": "fhrb", **options}))


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("paperindex.htm", stub("./mobile/2024/20240308/20240308_m.html")),
        ("mobile/", stub("2024/20240308/20240308_m.html")),
        ("mobile/", Reply(status=302, headers={"Location": f"{folder(DAY)}/20240308_m.html"})),
        (
            "",
            Reply(
                b'<a href="mobile/2024/20240307/20240307_m.html">7</a>'
                b'<a href="mobile/2024/20240308/20240308_m.html">8</a>'
            ),
        ),
    ],
)
def test_the_entry_leads_to_the_newest_issue(
    server: Site, fetcher: Fetcher, path: str, answer: Answer
) -> None:
    newest = serve_mobile(server, DAY)
    serve_mobile(server, BEFORE)
    server.answers[f"/fhrb/{path}"] = answer
    assert bjd(server).latest(fetcher.get, today=DAY) == newest


def test_another_entry_is_asked_alone(server: Site, fetcher: Fetcher) -> None:
    newest = serve_mobile(server, DAY)
    server.answers["/dzb"] = Reply(status=302, headers={"Location": f"{folder(DAY)}/20240308_m.html"})
    assert bjd(server, entry=f"{server.url}/dzb").latest(fetcher.get, today=DAY) == newest
    assert server.paths()[0] == "/dzb"


@pytest.mark.parametrize(
    "answer",
    [
        Reply("<h1>您访问的页面不存在</h1>".encode()),
        stub("mobile/2024/20240309/20240309_m.html"),  # not there yet
        Reply(b'<a href="mobile/2024/20240309/20240309_m.html">9</a>'),
        stub("./paperindex.htm?"),
    ],
)
def test_an_entry_that_leads_to_no_issue_shows_none(server: Site, fetcher: Fetcher, answer: Reply) -> None:
    server.answers["/fhrb/paperindex.htm"] = answer
    assert bjd(server).latest(fetcher.get, today=DAY) is None


def test_the_issue_of_a_day_is_at_its_address(server: Site, fetcher: Fetcher) -> None:
    issue = serve_mobile(server, DAY)
    assert bjd(server).issue_on(fetcher.get, DAY) == issue


@pytest.mark.parametrize(
    "answer",
    [
        Reply(status=404),
        Reply("<h1>您访问的页面不存在</h1>".encode()),  # a soft 404
        Reply('<div pdf_href="20240308_001/1.pdf">第1版 要闻</div>'.encode()),  # a page with nothing on it
        Reply(status=302, headers={"Location": f"{folder(BEFORE)}/20240307_m.html"}),
        Reply(status=302, headers={"Location": "/fhrb/paperindex.htm"}),
    ],
)
def test_a_day_without_an_issue_is_none(server: Site, fetcher: Fetcher, answer: Reply) -> None:
    serve_mobile(server, BEFORE)
    server.answers["/fhrb/paperindex.htm"] = stub("mobile/2024/20240307/20240307_m.html")
    server.answers[f"{folder(DAY)}/20240308_m.html"] = answer
    assert bjd(server).issue_on(fetcher.get, DAY) is None


def test_one_request_lists_all_pages_with_their_articles(server: Site, fetcher: Fetcher) -> None:
    issue = serve_mobile(server, DAY)
    adapter = bjd(server)
    pages = adapter.pages(fetcher.get, issue)
    assert [(page.number, page.name) for page in pages] == [("01", "要闻"), ("02", "社区"), ("03", "广告")]
    listed = [[one.headline for one in adapter.articles(fetcher.get, page)] for page in pages]
    assert listed == [list(titles) for titles in PAGES.values()]
    assert server.paths() == [f"{folder(DAY)}/20240308_m.html"]


def test_a_page_that_was_kept_without_its_articles_is_listed_again(server: Site, fetcher: Fetcher) -> None:
    issue = serve_mobile(server, DAY)
    kept = PageRef(f"{issue.url}#02", "02", "社区")
    named = bjd(server).articles(fetcher.get, kept)
    assert [one.headline for one in named] == ["便民早市开到家门口"]


def test_articles_whose_page_has_no_header_are_not_lost(server: Site, fetcher: Fetcher) -> None:
    listed = """<b pdf_href="./20240308_001/1.pdf">第1版 要闻</b>
    <a data-href="20240308_001/content_20240308_001_1.htm">一</a>"""
    alone = '<a data-href="20240308_007/content_20240308_007_1.htm">七</a>'
    server.answers[f"{folder(DAY)}/20240308_m.html"] = Reply((alone + listed).encode())
    pages = bjd(server).pages(fetcher.get, IssueRef(DAY, index_of(server, DAY)))
    assert [(page.number, len(page.articles or ())) for page in pages] == [("01", 1), ("07", 1)]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("GBK", "utf-8-sig"), ("utf-8", "gb18030"), ("gb2312", "gb18030")]
)
def test_a_whole_issue_is_read_whatever_encoding_it_declares(
    server: Site, fetcher: Fetcher, declared: str, encoding: str
) -> None:
    serve_mobile(server, DAY, declared=declared, encoding=encoding)
    server.answers["/fhrb/paperindex.htm"] = stub("mobile/2024/20240308/20240308_m.html")
    look = look_at(bjd(server), fetcher.get, today=DAY)
    assert look is not None
    assert (look.issue.day, look.valid) == (DAY, 1.0)
    articles = [one.article for one in look.read if one.article]
    assert [(one.page_number, one.page_name, one.headline, one.issued_on) for one in articles] == [
        ("01", "要闻", "丰河区召开春季植树动员会", DAY),
        ("01", "要闻", "柳林公园新添百把座椅", DAY),
        ("02", "社区", "便民早市开到家门口", DAY),
    ]
    assert len(server.paths()) == len(set(server.paths())) == 1 + 1 + 3
    assert server.asked[-1].headers["Referer"] == look.issue.url


def test_an_article_that_is_gone_costs_no_other(server: Site, fetcher: Fetcher) -> None:
    issue = serve_mobile(server, DAY)
    server.answers[f"{folder(DAY)}/20240308_001/content_20240308_001_1.htm"] = Reply(status=404)
    look = look_at(bjd(server), fetcher.get, today=DAY, day=issue.day)
    assert look is not None
    assert [bool(one.flaws) for one in look.read] == [True, False, False]


def test_an_article_has_the_number_that_the_index_prints(server: Site, fetcher: Fetcher) -> None:
    issue = serve_mobile(server, DAY)
    index = f"{folder(DAY)}/20240308_m.html"
    answer = server.answers[index]
    assert isinstance(answer, Reply)
    server.answers[index] = Reply(answer.data.replace("第1版".encode(), "第A01版".encode()))
    look = look_at(bjd(server), fetcher.get, today=DAY, day=issue.day, most=1)
    assert look is not None
    assert [one.article.page_number for one in look.read if one.article] == ["A01"]


def test_a_page_that_is_no_article_is_none(server: Site, fetcher: Fetcher) -> None:
    issue = serve_mobile(server, DAY)
    server.answers["/fhrb/a.htm"] = Reply(codecs.BOM_UTF8 + "<h1>页面不存在</h1>".encode())
    reference = ArticleRef(f"{server.url}/fhrb/a.htm")
    assert bjd(server).article(fetcher.get, reference, PageRef(f"{issue.url}#01")) is None


@pytest.mark.parametrize(
    ("calendars", "before"),
    [
        ({"202403": '["20240301","20240306","20240308","20240311"]'}, date(2024, 3, 6)),
        ({"202403": '["20240308"]', "202402": '["20240222","20240229"]'}, date(2024, 2, 29)),
        ({"202402": '["20240229"]'}, date(2024, 2, 29)),
        ({"202403": '["20240308"]', "202402": '["20230105"]'}, None),  # a calendar of other months
        ({"202403": "<h1>404</h1>"}, None),
        ({}, None),
    ],
)
def test_the_issue_before_is_the_last_in_the_calendars_of_two_months(
    server: Site, fetcher: Fetcher, calendars: dict[str, str], before: date | None
) -> None:
    issue = IssueRef(DAY, index_of(server, DAY))
    for month, days in calendars.items():
        server.answers[f"/fhrb/period/{month}/period.js"] = Reply(f"var datelist={days};".encode())
    found = bjd(server).before(fetcher.get, issue)
    assert found == (IssueRef(before, index_of(server, before)) if before else None)


def test_a_paper_that_refuses_is_no_paper_without_issues(server: Site, fetcher: Fetcher) -> None:
    server.answers["/fhrb/paperindex.htm"] = Reply(status=403)
    with pytest.raises(BlockedError):
        bjd(server).latest(fetcher.get, today=DAY)


@pytest.mark.parametrize(
    "wrong",
    [{"base": "paper.example"}, {"base": "http://["}, {"paper": "rb/wb"}, {"entry": "/dzb"}, {"papers": 1}],
)
def test_options_that_make_no_sense_are_refused(server: Site, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        bjd(server, **wrong)
