"""What a source names and gives, as plain values and back."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.refs import ArticleRef, Kind, PageRef, SourceArticle
from sources.saved import read_article, read_reference, saved_article, saved_reference

DAY = date(2024, 3, 8)
ARTICLE = SourceArticle(
    url="https://paper.example/html/2024-03/08/content_1_1.htm",
    headline="柳林街道便民早市开市",
    paragraphs=("3月6日，便民早市开市。", "首日迎来千余名居民。（下转第2版）"),
    kicker="便民",
    subhead="首日迎客",
    authors=("王小明",),
    captions=("早市一角",),
    images=("https://paper.example/1.jpg",),
    issued_on=DAY,
    published_at=datetime(2024, 3, 8, 9, 30),  # noqa: DTZ001 - a page may tell no zone
    page_number="01",
    page_name="一版要闻",
    origin="河西时报",
    continues_on="2",
    continued_from="3",
    kind=Kind.PHOTO,
    is_doubtful=True,
)


def test_this_article_has_every_field() -> None:
    bare = SourceArticle("", "", ())
    assert all(getattr(ARTICLE, each.name) != getattr(bare, each.name) for each in fields(SourceArticle))


@pytest.mark.parametrize(
    "article",
    [
        ARTICLE,
        SourceArticle("u", "", ()),
        replace(ARTICLE, published_at=datetime(2024, 3, 8, 9, 30, tzinfo=UTC), kind=Kind.PAGE),
    ],
)
def test_an_article_comes_back_from_json_as_it_was(article: SourceArticle) -> None:
    assert read_article(json.loads(json.dumps(saved_article(article)))) == article


@pytest.mark.parametrize(
    ("reference", "page"),
    [
        (ArticleRef("u", "早市", DAY), PageRef("p", "02", "综合新闻", "p.pdf")),
        (ArticleRef("u"), PageRef("p")),
    ],
)
def test_where_an_article_was_named_comes_back_too(reference: ArticleRef, page: PageRef) -> None:
    assert read_reference(json.loads(json.dumps(saved_reference(reference, page)))) == (reference, page)


def test_what_an_older_version_saved_is_read() -> None:
    """It knew fewer fields; a newer one may have known more."""
    found = read_article({"url": "u", "headline": "早市", "paragraphs": ["开市"], "unknown": 1})
    assert found == SourceArticle("u", "早市", ("开市",))


@settings(derandomize=True, database=None, deadline=None)
@given(st.text(), st.lists(st.text(), max_size=3), st.none() | st.text(), st.sampled_from(Kind))
def test_any_words_come_back(headline: str, lines: list[str], kicker: str | None, kind: Kind) -> None:
    article = SourceArticle("u", headline, tuple(lines), kicker=kicker, kind=kind)
    assert read_article(json.loads(json.dumps(saved_article(article)))) == article
