"""Pages of sites that no family knows: read as a family would, and where that finds nothing, by guessing."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import dropwhile

from selectolax.lexbor import LexborHTMLParser

from sources.addresses import canonical, issue_date
from sources.charset import web_text
from sources.cleaning import authors_of, body, kind_of_title, parts, plain
from sources.families import bjd_mobile, founder_pages, govlist
from sources.fetching.errors import UnreadableError
from sources.html import is_article, lines_of, parsed, text_of
from sources.refs import Kind, SourceArticle
from sources.stamps import first_stamp

_LARGEST = 500_000  # characters without scripts; guessing takes some seconds for each million
_MOST_HEADINGS = 9
_TITLE = range(4, 121)  # letters
_NEAR = 8  # lines between a headline and its body: day, source, tools
_SITE = re.compile(
    r"\s*(?:[_|｜]|--|\s[-–—]\s|(?<=[\u4e00-\u9fff”》])-(?=[\u4e00-\u9fff])).*$"
)  # 早市开市[_新闻_河西在线]
_ABOUT = re.compile(r"(?:发布|更新|来源|作者|浏览|点击|阅读)[^。]{0,6}[：:]")  # [来源：]河西时报
_ORIGIN = re.compile(r"来源\s*[：:]\s*(?P<name>[^\s：:|]{2,30})")
_ITEM = re.compile(r"^(?:[-*]|\d+\.)\s+")  # lists and tables as trafilatura writes them
_PUBLISHED = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="PubDate" i]',
    'meta[name="publishdate" i]',
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)  # it warns of each odd page


def article(data: bytes, url: str) -> SourceArticle | None:
    """The article of a page; None where there is none.

    What no family knows is guessed at with trafilatura, and `is_doubtful`.

    Raises:
        UnreadableError: no family knows the page, and trafilatura is not installed.
    """
    text = web_text(data)[0]
    return _known(data, text, url) or _guessed(text, url)


def _known(data: bytes, text: str, url: str) -> SourceArticle | None:
    """The article by the first family that is sure; a title of a window is a family's last resort."""
    doubtful: SourceArticle | None = None
    for read in _READERS:
        found = read(data, url)
        if found is not None and not found.is_doubtful:
            return found
        doubtful = doubtful or found
    return replace(doubtful, headline=_headline(parsed(text)) or doubtful.headline) if doubtful else None


def _classic(profile: founder_pages.Profile) -> Callable[[bytes, str], SourceArticle | None]:
    return lambda data, url: founder_pages.article(data, url, profile)


_READERS: Sequence[Callable[[bytes, str], SourceArticle | None]] = (
    govlist.article,
    *map(_classic, founder_pages.PROFILES.values()),
    bjd_mobile.article,
)


def _guessed(text: str, url: str) -> SourceArticle | None:
    parser = parsed(text)
    lines = lines_of(parser.body) if parser.body is not None else []
    title = _headline(parser)
    if not title or not is_article(body(lines)):
        return None
    found = list(dropwhile(lambda line: _is_above(line, title), _main_lines(parser, url)))
    words = body(found)
    if not is_article(words) or not any("。" in line for line in words.paragraphs):
        return None
    above, below = _around(lines, found)
    origin = _ORIGIN.search("\n".join((*above, *below)))
    kind = kind_of_title(title)
    return SourceArticle(
        url=canonical(url, url),
        headline=title,
        paragraphs=words.paragraphs,
        authors=authors_of(words.paragraphs),
        captions=words.captions,
        published_at=_published(parser, url, (*above, *below)),
        origin=origin["name"] if origin else None,
        continues_on=words.continues_on,
        continued_from=words.continued_from,
        kind=Kind(kind) if kind else Kind.NEWS,
        is_doubtful=True,
    )


def _main_lines(parser: LexborHTMLParser, url: str) -> list[str]:
    """What trafilatura takes for the text of a page, as lines."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        why = f"{url} is laid out as no known family; install quwen[generic] to have its text guessed"
        raise UnreadableError(why) from error
    parser.strip_tags(["script", "style", "noscript"])
    markup = parser.html or ""
    if len(markup) > _LARGEST:
        return []
    found = bare_extraction(markup, favor_precision=True, include_comments=False)
    told = getattr(found, "text", None) or ""
    return [
        line
        for raw in told.splitlines()
        for line in parts(_ITEM.sub("", raw).replace("|", " " if raw.startswith("|") else "|"))
    ]


def _is_above(line: str, title: str) -> bool:
    """Whether a line is no beginning of a text: the headline, or what stands between both."""
    return line == title or ("。" not in line and bool(_ABOUT.search(line) or first_stamp(line)))


def _headline(parser: LexborHTMLParser) -> str:
    """The heading that the title of the window begins with or holds; else the first; else that title.

    The name of a site is often a heading too, and mostly stands at the end of that title.
    """
    window = text_of(parser.css_first("title"))
    headings = {
        name: [line for node in parser.css(name)[:_MOST_HEADINGS] if len(line := text_of(node)) in _TITLE]
        for name in ("h1", "h2", "h3")
    }
    every = [line for lines in headings.values() for line in lines]
    begins = [line for line in every if window.startswith(line)]
    holds = [
        line for line in every if line in window and (not window.endswith(line) or _is_most(line, window))
    ]
    fitting = begins or holds
    if not fitting or window in fitting:  # a window may be called by the name of the site alone
        fitting += [line for line in headings["h1"] if line not in window]
    return max(fitting, key=len, default=_SITE.sub("", window))


def _is_most(line: str, window: str) -> bool:
    return 2 * len(line) > len(window)


def _around(lines: Sequence[str], found: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines right above a text, the nearest first, and those right below it."""
    known = set(found)
    inside = [place for place, line in enumerate(lines) if line in known] or [len(lines)]
    above, below = (
        lines[max(0, inside[0] - _NEAR) : inside[0]],
        lines[inside[-1] + 1 : inside[-1] + 1 + _NEAR],
    )
    return [*reversed(above)], [*below]


def _published(parser: LexborHTMLParser, url: str, around: Sequence[str]) -> datetime | None:
    """When a page was published: by its head, its address, or the lines around its text."""
    for selector in _PUBLISHED:
        node = parser.css_first(selector)
        if node is not None and (stamp := first_stamp(plain(node.attributes.get("content") or ""))):
            return stamp
    if day := issue_date(url):
        return datetime.combine(day, time())
    return next((stamp for line in around if "今天" not in line and (stamp := first_stamp(line))), None)
