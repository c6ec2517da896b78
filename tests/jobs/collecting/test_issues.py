"""One issue: named, fetched once, judged, stored with its addresses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jobs.collecting.desk import StoppedError
from parsing.district import generic_district
from parsing.model import Reading
from parsing.reader import read_page
from storage.database import Database
from storage.events import find_events, get_event
from storage.filters import EventFilter
from storage.ledger import IssueState
from storage.ledger_articles import ArticleState
from storage.source_states import SourceState
from tests.jobs.collecting.support import DAY, Newsroom, asked_articles, pages, source_at, stories, told
from tests.sources.paper import FRONT, article_path, page_path, serve_entry, serve_issue, serve_issues
from tests.sources.site import Reply, Site

YESTERDAY = DAY - timedelta(days=1)


def read_without_names(text: str, *, district: str, issued_on: date) -> Reading:
    return read_page(text, district=generic_district(district), issued_on=issued_on)


def test_a_whole_issue_is_stored_with_addresses_pages_and_proofs(database: Database, paper: Site) -> None:
    serve_entry(paper, serve_issue(paper, DAY))
    newsroom = Newsroom(database, source_at(paper.url), read=read_without_names)
    look = newsroom.look()
    assert (look.state, look.outcomes[0].stored) == (SourceState.READ, 3)
    stored = pages(database)
    assert [(page.url, page.number, page.issued_on, page.issued_on_source) for page in stored] == [
        (f"{paper.url}{article_path(DAY, 1, 1)}", "01", DAY, "given"),
        (f"{paper.url}{article_path(DAY, 1, 2)}", "01", DAY, "given"),
        (f"{paper.url}{article_path(DAY, 2, 1)}", "02", DAY, "given"),
    ]
    assert FRONT[0][1].strip() in stored[0].text
    with database.session(write=False) as session:
        events = find_events(session, EventFilter()).events
        details = [get_event(session, event.id) for event in events]
    assert events
    assert look.outcomes[0].new == len(events)
    for detail in details:
        assert detail is not None
        assert detail.proofs[0].url in {page.url for page in stored}
        assert (detail.event.source, detail.proofs[0].issued_on) == ("河西时报", DAY)
    issue = newsroom.issue()
    assert (issue.state, issue.pages, issue.articles) == (IssueState.READ, 2, 3)
    assert issue.mentions == len(told(database))
    assert {(one.state, one.told) for one in newsroom.articles()} == {(ArticleState.STORED, None)}


def test_nothing_is_asked_for_twice(newsroom: Newsroom, paper: Site) -> None:
    serve_entry(paper, serve_issue(paper, DAY))
    newsroom.look()
    assert len(paper.paths()) == len(set(paper.paths())) == 1 + 2 + 3


def test_a_story_that_jumps_is_one_page_of_the_store(newsroom: Newsroom, paper: Site) -> None:
    first = ("区委全会召开部署全年工作", "　　日前，河西区委全会召开，部署了全年的重点工作。（下转第2版）")
    other = stories(1, of="春光")[0]
    rest = ("区委全会召开", "　　（上接第1版）全会指出，要把民生实事办好，让居民看得见、摸得着。")
    serve_entry(paper, serve_issue(paper, DAY, [[first, other], [rest]]))
    newsroom.look()
    stored = pages(newsroom.database)
    assert [page.url for page in stored] == [
        f"{paper.url}{article_path(DAY, 1, 1)}",
        f"{paper.url}{article_path(DAY, 1, 2)}",
    ]
    assert "重点工作" in stored[0].text
    assert "民生实事" in stored[0].text
    assert newsroom.issue().articles == 3


def test_two_stories_that_jump_to_other_pages_are_not_joined(newsroom: Newsroom, paper: Site) -> None:
    first = ("区委全会召开部署全年工作", "　　日前，河西区委全会召开，部署了全年的重点工作。（下转第3版）")
    rest = ("区委全会召开", "　　（上接第1版）全会指出，要把民生实事办好，让居民看得见、摸得着。")
    serve_entry(paper, serve_issue(paper, DAY, [[first], [rest]]))
    newsroom.look()
    assert len(pages(newsroom.database)) == 2


def test_advertisements_and_areas_without_words_are_left_out(newsroom: Newsroom, paper: Site) -> None:
    """Of four addresses two hold nothing: that is no sign of a changed layout."""
    front = [
        *stories(2, of="春光"),
        ("广告", "　　河西家具城春季大促销，全场八折，欢迎广大市民前来选购家具。"),
    ]
    serve_entry(paper, serve_issue(paper, DAY, [front]))
    folder = page_path(DAY).rpartition("/")[0]
    listed = paper.answers[page_path(DAY)]
    assert isinstance(listed, Reply)
    area = b'<map><area href="content_1_9.htm"></map>'
    paper.answers[page_path(DAY)] = replace(listed, data=listed.data + area)
    paper.answers[f"{folder}/content_1_9.htm"] = Reply(b"<img src='photo.jpg'>")
    assert newsroom.look().state is SourceState.READ
    assert len(pages(newsroom.database)) == 2
    assert not any("家具" in page.text for page in pages(newsroom.database))
    states = {one.url.rpartition("/")[2]: one.state for one in newsroom.articles()}
    assert (states["content_1_3.htm"], states["content_1_9.htm"]) == (ArticleState.LEFT_OUT,) * 2


def test_advertisements_that_are_pictures_are_no_flaw(newsroom: Newsroom, paper: Site) -> None:
    front = [*stories(3, of="春光"), ("广告", ""), ("广告", "")]
    serve_entry(paper, serve_issue(paper, DAY, [front]))
    assert newsroom.look().state is SourceState.READ
    assert newsroom.issue().articles == 3


def test_an_article_under_two_addresses_is_stored_once(newsroom: Newsroom, paper: Site) -> None:
    moved = stories(1, of="春光")
    serve_entry(paper, serve_issue(paper, DAY, [[*moved, *stories(2, of="秋实")], moved]))
    newsroom.look()
    assert len(pages(newsroom.database)) == len(told(newsroom.database)) == 3
    assert newsroom.issue().mentions == 3


def test_an_article_known_from_an_earlier_issue_is_not_fetched_again(newsroom: Newsroom, paper: Site) -> None:
    """A list of a site may name on one day what it named on another."""
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")]})
    newsroom.clock.later(days=-1)
    newsroom.look()
    newsroom.clock.later(days=1)
    serve_issues(paper, {YESTERDAY: [stories(2, of="春光")], DAY: [stories(1, of="秋实")]})
    listed = paper.answers[page_path(DAY)]
    assert isinstance(listed, Reply)
    # An address without a day counts as of the page that names it.
    older = f'<a href="{page_path(YESTERDAY)}">x</a><a href="/shibao/content_7_7.htm">旧闻</a>'
    paper.answers["/shibao/content_7_7.htm"] = paper.answers[article_path(DAY, 1, 1)]
    paper.answers[page_path(DAY)] = replace(listed, data=listed.data + older.encode("gb18030"))
    newsroom.look()
    serve_issues(paper, {DAY: [stories(1, of="秋实")], DAY + timedelta(days=1): [stories(1, of="冬雪")]})
    tomorrow = paper.answers[page_path(DAY + timedelta(days=1))]
    assert isinstance(tomorrow, Reply)
    paper.answers[page_path(DAY + timedelta(days=1))] = replace(
        tomorrow, data=tomorrow.data + older.encode("gb18030")
    )
    newsroom.clock.later(days=1)
    newsroom.look()
    assert paper.paths().count("/shibao/content_7_7.htm") == 1
    assert newsroom.issue(DAY + timedelta(days=1)).articles == 1


def test_mistaken_charsets_come_out_readable(newsroom: Newsroom, paper: Site) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(2, of="镕喆")]))
    for place, charset, declared in ((1, "gb18030", "utf-8"), (2, "utf-8-sig", "gbk")):
        path = article_path(DAY, 1, place)
        made = paper.answers[path]
        assert isinstance(made, Reply)
        text = f'<meta charset="{declared}">{made.data.decode("gb18030")}'
        headers = {"Content-Type": f"text/html; charset={declared}"}
        paper.answers[path] = Reply(text.encode(charset), headers=headers)
    newsroom.look()
    assert told(newsroom.database) == ["镕喆小区获评“镕喆第1号荣誉”", "镕喆小区获评“镕喆第2号荣誉”"]


def test_of_a_half_uploaded_issue_only_what_is_missing_is_asked_for_again(
    newsroom: Newsroom, paper: Site
) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(2, of="春光"), stories(2, of="秋实")]))
    late = article_path(DAY, 2, 2)
    there = paper.answers.pop(late)
    look = newsroom.look()
    assert look.state is SourceState.PARTIAL
    assert newsroom.issue().state is IssueState.PARTIAL
    assert pages(newsroom.database) == []
    paper.answers[late] = there
    asked = len(asked_articles(paper))
    newsroom.clock.later(minutes=30)
    assert newsroom.look().state is SourceState.READ
    assert list(asked_articles(paper))[asked:] == [late]
    assert len(pages(newsroom.database)) == 4


def test_a_page_that_is_not_there_yet_makes_an_issue_partial(newsroom: Newsroom, paper: Site) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(2, of="春光"), stories(2, of="秋实")]))
    there = paper.answers.pop(page_path(DAY, 2))
    look = newsroom.look()
    assert (look.state, look.why) == (SourceState.PARTIAL, "1 of 2 pages are empty")
    paper.answers[page_path(DAY, 2)] = there
    newsroom.clock.later(minutes=30)
    assert newsroom.look().state is SourceState.READ
    assert len(pages(newsroom.database)) == 4


def test_what_is_missing_of_an_issue_is_not_waited_for_beyond_three_hours(
    newsroom: Newsroom, paper: Site
) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(12, of="春光")]))
    del paper.answers[article_path(DAY, 1, 5)]
    newsroom.look()
    newsroom.clock.later(hours=2, minutes=59)
    assert newsroom.look().state is SourceState.PARTIAL
    newsroom.clock.later(minutes=1)
    assert newsroom.look().state is SourceState.READ
    assert newsroom.issue().articles == 11


def test_after_three_hours_an_issue_that_lacks_much_is_held(newsroom: Newsroom, paper: Site) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(12, of="春光")]))
    for place in (5, 6):
        del paper.answers[article_path(DAY, 1, place)]
    newsroom.look()
    newsroom.clock.later(hours=3)
    assert newsroom.look().state is SourceState.DEGRADED
    assert newsroom.issue().state is IssueState.HELD
    assert "its page does not exist" in newsroom.issue().why
    assert pages(newsroom.database) == []


def test_an_issue_whose_pages_name_nothing_is_held_and_not_taken_for_read(
    newsroom: Newsroom, paper: Site
) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [[], []]))
    assert newsroom.look().state is SourceState.PARTIAL
    newsroom.clock.later(hours=3)
    assert newsroom.look().state is SourceState.DEGRADED
    assert newsroom.issue().state is IssueState.HELD


def test_a_page_that_names_more_than_any_paper_does_is_an_error(newsroom: Newsroom, paper: Site) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(1, of="春光")]))
    listed = paper.answers[page_path(DAY)]
    assert isinstance(listed, Reply)
    links = "".join(f'<a href="content_1_{number}.htm">x</a>' for number in range(4_000))
    paper.answers[page_path(DAY)] = replace(listed, data=listed.data + links.encode())
    look = newsroom.look()
    assert look.state is SourceState.FAILING
    assert "4000 articles" in look.why
    assert asked_articles(paper) == []


def test_an_answer_that_nothing_has_changed_where_nobody_asked_is_no_empty_article(
    newsroom: Newsroom, paper: Site
) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(2, of="春光")]))
    there = paper.answers[article_path(DAY, 1, 1)]
    paper.answers[article_path(DAY, 1, 1)] = Reply(status=304)
    assert newsroom.look().state is SourceState.PARTIAL
    paper.answers[article_path(DAY, 1, 1)] = there
    assert newsroom.look().state is SourceState.READ
    assert newsroom.issue().articles == 2


def test_a_site_that_is_busy_is_not_asked_for_the_other_articles(newsroom: Newsroom, paper: Site) -> None:
    serve_entry(paper, serve_issue(paper, DAY, [stories(5, of="春光")]))
    paper.answers[article_path(DAY, 1, 2)] = Reply(status=429, headers={"Retry-After": "7200"})
    look = newsroom.look()
    assert (look.state, look.wait) == (SourceState.FAILING, 7200.0)
    assert asked_articles(paper) == [article_path(DAY, 1, 1), article_path(DAY, 1, 2)]


def test_storing_that_was_cut_off_is_not_judged_anew_by_its_rest(newsroom: Newsroom, paper: Site) -> None:
    """Of twenty articles two may be flawed, even if they are the last to be stored."""
    serve_entry(paper, serve_issue(paper, DAY, [stories(20, of="春光")]))
    for place in (19, 20):
        paper.answers[article_path(DAY, 1, place)] = Reply("<founder-title>短</founder-title>".encode())
    stored = 0

    def give_up_after_some() -> bool:
        nonlocal stored
        stored += bool(pages(newsroom.database))
        return stored > 10

    newsroom.stopping = give_up_after_some
    with pytest.raises(StoppedError):
        newsroom.look()
    assert 0 < len(pages(newsroom.database)) < 18
    newsroom.stopping = lambda: False
    assert newsroom.look().state is SourceState.READ
    assert len(pages(newsroom.database)) == 18
