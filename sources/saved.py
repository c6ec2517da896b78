"""What a source names and gives, as plain values to keep, and back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from sources.refs import ArticleRef, PageRef, SourceArticle

_NAMED = TypeAdapter(tuple[ArticleRef, PageRef])
_ARTICLE = TypeAdapter(SourceArticle)


def saved_reference(reference: ArticleRef, page: PageRef) -> dict[str, Any]:
    """Where an article was named, as JSON holds it."""
    article, on = _NAMED.dump_python((reference, replace(page, articles=None)), mode="json")
    return {"article": article, "page": on}


def read_reference(saved: Mapping[str, Any]) -> tuple[ArticleRef, PageRef]:
    """Where an article was named."""
    return _NAMED.validate_python((saved["article"], saved["page"]))


def saved_article(article: SourceArticle) -> dict[str, Any]:
    """An article, as JSON holds it."""
    made: dict[str, Any] = _ARTICLE.dump_python(article, mode="json")
    return made


def read_article(saved: Mapping[str, Any]) -> SourceArticle:
    """An article as it was saved."""
    return _ARTICLE.validate_python(dict(saved))
