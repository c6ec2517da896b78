"""A first look at a source."""

from collections.abc import Iterator
from datetime import date

import pytest

from parsing.district import generic_district
from parsing.reader import read_page
from sources.families.founder import Founder, Options
from sources.fetching.fetcher import Fetched, Fetcher, Validators
from sources.look import _Once, flaws_of, look_at
from sources.page_text import page_text
from sources.refs import IssueRef, Kind, SourceArticle
from tests.sources.paper import serve_entry, serve_issue
from tests.sources.site import Reply, Site, site

DAY = date(2024, 3, 8)


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as made:
        serve_entry(made, serve_issue(made, DAY))
        yield made


def adapter_of(paper: Site) -> Founder:
    return Founder(Options.model_validate({"base": f"{paper.url}/shibao"}))


def test_a_whole_issue_is_read(paper: Site, fetcher: Fetcher) -> None:
    look = look_at(adapter_of(paper), fetcher.get, today=DAY)
    assert look is not None
    assert (look.issue.day, len(look.pages), len(look.read), look.valid) == (DAY, 2, 3, 1.0)


def test_nothing_is_asked_for_twice(paper: Site, fetcher: Fetcher) -> None:
    look_at(adapter_of(paper), fetcher.get, today=DAY)
    assert len(paper.paths()) == len(set(paper.paths())) == 1 + 2 + 3


def test_what_was_read_tells_its_events(paper: Site, fetcher: Fetcher) -> None:
    look = look_at(adapter_of(paper), fetcher.get, today=DAY)
    assert look is not None
    text = page_text(one.article for one in look.read if one.article)
    reading = read_page(text, district=generic_district("河西区"), issued_on=DAY)
    assert [article.headline for article in reading.articles] == [one.reference.headline for one in look.read]
    assert {"meeting", "award"} <= {mention.type.value for mention in reading.mentions}


def test_flaws_are_told_and_the_others_go_on(paper: Site, fetcher: Fetcher) -> None:
    folder = "/shibao/html/2024-03/08"
    paper.answers[f"{folder}/content_1_1.htm"] = Reply(status=404)
    paper.answers[f"{folder}/content_1_2.htm"] = Reply(b"<p>moved</p>")
    look = look_at(adapter_of(paper), fetcher.get, today=DAY)
    assert look is not None
    assert [bool(one.flaws) for one in look.read] == [True, True, False]
    assert look.valid == pytest.approx(1 / 3)


def test_a_look_can_be_short(paper: Site, fetcher: Fetcher) -> None:
    look = look_at(adapter_of(paper), fetcher.get, today=DAY, most=1)
    assert look is not None
    assert len(look.read) == 1


def test_a_day_without_an_issue_is_none(paper: Site, fetcher: Fetcher) -> None:
    assert look_at(adapter_of(paper), fetcher.get, today=DAY, day=date(2024, 3, 9)) is None


def test_a_page_that_was_not_parted_needs_no_headline_and_stays_as_it_is() -> None:
    lines = ("柳林街道便民早市", "正式开市", "", "3月6日，柳林街道便民早市正式开市，首日迎来千余名居民。")
    page = SourceArticle("file:///paper/02.txt", "", lines, kind=Kind.PAGE)
    assert flaws_of(page, IssueRef(DAY, "file:///paper")) == ()
    assert page_text([page]) == "\n".join(lines)


def test_pages_are_remembered_up_to_a_size() -> None:
    asked: list[str] = []

    def get(url: str, *, referer: str | None = None, most: int = 0) -> Fetched:
        asked.append(url)
        return Fetched(url, b"0123456789", Validators())

    once = _Once(get, most=15)
    for url in ("first", "second", "first", "second"):
        once(url)
    assert asked == ["first", "second", "second"]
