"""What operators are told of sources."""

from datetime import date

from messages.sources import _FLAWS
from sources.look import flaws_of
from sources.refs import IssueRef, SourceArticle

ISSUE = IssueRef(date(2024, 3, 8), "https://paper.example/")


def test_each_flaw_that_is_no_day_has_words_of_its_own() -> None:
    broken = (
        None,
        SourceArticle("u", "", ()),
        SourceArticle("u", "长" * 200, ("正文里有乱码\ufffd" * 9,)),
    )
    told = {flaw for article in broken for flaw in flaws_of(article, ISSUE)}
    assert len(told) == 5
    assert told < set(_FLAWS)
