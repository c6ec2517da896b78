"""Pages of sites that no family knows: read as a family would, and where that finds nothing, by guessing."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import dropwhile

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from selectolax.lexbor import LexborHTMLParser

from sources.adapter import Get
from sources.addresses import canonical, issue_date, same_site
from sources.charset import web_text
from sources.cleaning import authors_of, body, kind_of_title, parts, plain
from sources.families import bjd_mobile_pages, founder_pages, govlist_pages
from sources.families.daily import Daily
from sources.fetching.errors import FetchError, MissingError, UnreadableError
from sources.fetching.fetcher import Fetched
from sources.html import document, is_article, lines_of, link, parsed, text_of
from sources.redirects import MOST, sent_on_to
from sources.refs import ArticleRef, Kind, PageRef, SourceArticle
from sources.stamps import first_stamp

_MOST_UNDATED = 20  # articles of a list that are fetched to learn their days
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


class Options(BaseModel):
    """What an entry says of a site that no family knows: single pages, or a page that links them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    list: str = Field(default="", description="the address of a page whose links are read")
    urls: tuple[str, ...] = Field(
        default=(), validate_default=True, description="addresses of pages to read, or list in place of them"
    )
    allow: str = Field(default="", description="a pattern that links of the list must match, such as /news/")

    @field_validator("urls")
    @classmethod
    def _one_of_two(cls, value: tuple[str, ...], told: ValidationInfo) -> tuple[str, ...]:
        if bool(value) == bool(told.data.get("list")):
            raise ValueError("give either urls or list")
        return value

    @field_validator("allow")
    @classmethod
    def _is_a_pattern(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"no pattern: {error}") from error
        return value


class Generic(Daily):
    """A site whose articles are issues by the day, each a page of its own.

    What tells no day, neither beside its link nor on its page, is left out.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(options.list or options.urls[0])
        self._options = options

    def days(self, get: Get, since: date | None) -> Mapping[date, list[PageRef]]:  # noqa: ARG002
        """All that is named, by its day."""
        found: dict[date, list[PageRef]] = {}
        for one in self._dated(get):
            if one.published_on is not None:
                found.setdefault(one.published_on, []).append(PageRef(one.url, articles=(one,)))
        return found

    def article(self, get: Get, reference: ArticleRef, page: PageRef) -> SourceArticle | None:  # noqa: ARG002
        """An article, of the day that its list tells."""
        found = article(_arrived(get, reference.url).data, reference.url)
        day = reference.published_on
        return replace(found, issued_on=day) if found is not None and day is not None else found

    def _dated(self, get: Get) -> list[ArticleRef]:
        """What is named, with its day: where nothing beside a link tells it, that of its own page.

        A page that is missing or cannot be read is passed over, unless that leaves none.
        """
        found: list[ArticleRef] = []
        failed: FetchError | None = None
        undated = 0
        for one in self._named(get):
            if one.published_on is not None:
                found.append(one)
                continue
            undated += 1
            if self._options.list and undated > _MOST_UNDATED:
                continue
            try:
                told = self.article(get, one, PageRef(one.url))
            except (MissingError, UnreadableError) as error:
                failed = failed or error
                continue
            if told is not None and (day := _day_of(told)):
                found.append(replace(one, published_on=day))
        if failed is not None and not found:
            raise failed
        return found

    def _named(self, get: Get) -> list[ArticleRef]:
        options = self._options
        if not options.list:
            return [ArticleRef(url, None, issue_date(url)) for url in dict.fromkeys(options.urls)]
        page = _arrived(get, options.list)
        listed = {one.url: one for one in govlist_pages.links(page.data, page.url)}
        if not options.allow:
            return list(listed.values())
        links = (link(node.attributes.get("href"), page.url) for node in document(page.data).css("a[href]"))
        return [
            listed.get(url) or ArticleRef(url, None, issue_date(url))
            for url in dict.fromkeys(filter(None, links))
            if same_site(url, page.url) and re.search(options.allow, url)
        ]


def article(data: bytes, url: str) -> SourceArticle | None:
    """The article of a page; None where there is none.

    What no family knows is guessed at with trafilatura, and `is_doubtful`.

    Raises:
        UnreadableError: no family knows the page, and trafilatura is not installed.
    """
    text = web_text(data)[0]
    return _known(data, text, url) or _guessed(text, url)


def _arrived(get: Get, url: str) -> Fetched:
    """A page, or the one that it sends its readers on to."""
    found = get(url)
    for _ in range(MOST):
        target = sent_on_to(web_text(found.data)[0], found.url)
        if target is None:
            break
        found = get(target)
    return found


def _day_of(told: SourceArticle) -> date | None:
    return told.issued_on or (told.published_at.date() if told.published_at is not None else None)


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
    govlist_pages.article,
    *map(_classic, founder_pages.PROFILES.values()),
    bjd_mobile_pages.article,
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
