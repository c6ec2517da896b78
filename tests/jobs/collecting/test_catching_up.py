"""A look after a long absence: what was missed is read, and what is too much is left for the archive."""

from datetime import timedelta

from jobs.collecting.source import MOST_ISSUES
from tests.jobs.collecting.support import DAY, Newsroom, days_before, stories
from tests.sources.paper import serve_entry, serve_issue, serve_issues
from tests.sources.site import Site


def test_more_issues_than_one_look_reads_are_left_for_the_archive(newsroom: Newsroom, paper: Site) -> None:
    days = days_before(DAY, MOST_ISSUES + 3)
    serve_issues(paper, {day: [stories(1, of=day)] for day in days})
    look = newsroom.look(since=min(days))
    assert len(look.outcomes) == MOST_ISSUES
    assert look.rest == DAY - timedelta(days=MOST_ISSUES)
    assert newsroom.look().rest is None


def test_without_a_link_back_the_days_that_were_missed_are_asked_for(newsroom: Newsroom, paper: Site) -> None:
    missed = [DAY - timedelta(days=2), DAY]
    serve_entry(paper, serve_issue(paper, DAY - timedelta(days=4), [stories(1, of="早春")]))
    newsroom.look()
    for day in missed:
        serve_entry(paper, serve_issue(paper, day, [stories(1, of=day)]))
    assert [one.issue.day for one in newsroom.look().outcomes] == missed
