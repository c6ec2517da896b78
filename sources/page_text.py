"""Articles as the text of one page, the way a text layer gives it: what the reader reads."""

from collections.abc import Iterable

from sources.refs import Kind, SourceArticle


def page_text(articles: Iterable[SourceArticle]) -> str:
    """The articles of a page, one after the other: their headlines line by line, then the body.

    Advertisements are left out. A photo is its caption. A page that was not parted stays as it is.
    """
    return "\n\n\n".join(_text(one) for one in articles if one.kind is not Kind.ADVERTISEMENT)


def _text(article: SourceArticle) -> str:
    if article.kind is Kind.PAGE:
        return "\n".join(article.paragraphs)
    headlines = (article.kicker, article.headline, article.subhead)
    body = article.paragraphs or article.captions
    return "\n".join([*filter(None, headlines), *(f"\u3000\u3000{line}" for line in body)])
