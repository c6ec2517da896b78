"""Lists and articles of government sites (TRS and the like)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.addresses import canonical, issue_date, same_site
from sources.charset import web_text
from sources.cleaning import Body, authors_of, kind_of_title, plain
from sources.html import Block, document, images_of, is_article, lines_of, link, parsed, text_of, words_of
from sources.refs import ArticleRef, Kind, SourceArticle
from sources.stamps import first_stamp
from sources.written import with_written

_MONTH = re.compile(r"/(?P<year>20\d\d)(?P<month>\d\d)/")  # xwdt[/201909/]0123….shtml: no day
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|ofd|zip|rar|jpe?g|png|gif|mp[34])$", re.IGNORECASE)
_INDEX = re.compile(r"^(?P<name>index)(?:_\d+)?(?P<end>\.\w+)$")
_NAME = re.compile(r"^(?P<name>.+?)(?P<end>\.\w+)$")
_DATED_END = re.compile(r"\s*[\[(（]?20\d\d[-./]\d{1,2}[-./]\d{1,2}[\])）]?$")  # 停水通知[ (2024-03-08)]
_CUT_OFF = re.compile(r"(?:…+|\.{2,})$")
_SITE = re.compile(r"\s*(?:_|\||--|\s-\s).*$")  # 停水通知[_某区人民政府]
_LABELLED = re.compile(r"(?:日期|时间)\s*[：:]\s*(?P<stamp>20\d\d.{4,24})")  # 发布日期：2024-03-08 09:30
_ORIGIN = re.compile(r"(?:信息|文章|稿件)?来源\s*[：:]\s*(?P<name>[^\s：:|]{2,30})")
_MOST = 9  # links of one item, headings and boxes of one page: more are a menu, or a trap
_PERSON = re.compile("[\u4e00-\u9fff·]{2,8}")


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where pages have their parts, in order of preference."""

    items: tuple[str, ...] = ("ul.list li", "ul.default_news li")
    dated_items: tuple[str, ...] = ("ul li:has(a):has(span)", "li:has(a)", "tr:has(a)")  # menus have no days
    headline: tuple[str, ...] = ("h1",)
    body: tuple[str, ...] = (
        "#mainText",
        ".TRS_Editor",
        ".trs_editor_view",
        "#zoom",
        "#UCAP-CONTENT",
        ".article-content",
    )
    date: tuple[str, ...] = ()


_SELECTORS = Selectors()


def links(data: bytes, url: str, selectors: Selectors = _SELECTORS) -> list[ArticleRef]:
    """The articles that a list names, each once and in order; only those of the same site."""
    parser = parsed(with_written(web_text(data)[0]))
    for selector in (*selectors.items, *selectors.dated_items):
        found: dict[str, ArticleRef] = {}
        for item in parser.css(selector):
            one = _item(item, url)
            if one and (one.published_on or selector in selectors.items):
                found.setdefault(one.url, one)
        if found:
            return list(found.values())
    return []


def next_page(url: str, number: int) -> str:
    """The address of a list's page: `index.html` is the first and `index_1.html` the second."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    if name and "." not in name:
        folder, name = parts.path, ""
    found = _INDEX.match(name) or _NAME.match(name or "index.html")
    if found is None or (number <= 1 and not name):
        return url
    stem = found["name"] if number <= 1 else f"{found['name']}_{number - 1}"
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{stem}{found['end']}", parts.query, ""))


def with_query(url: str, name: str, number: int) -> str:
    """The address of a list's page where its query tells the number; the rest of the query stays."""
    parts = urlsplit(url)
    others = [one for one in parts.query.split("&") if one and one.partition("=")[0] != name]
    return urlunsplit((*parts[:3], "&".join((*others, f"{name}={number}")), ""))


def column(data: bytes) -> str | None:
    """The name of a list as it tells it in its head: 部门动态."""
    return _told(document(data)).get("columnname")


def article(data: bytes, url: str, selectors: Selectors = _SELECTORS) -> SourceArticle | None:
    """The article of a page; None where there is none: an error, a wall, a list."""
    parser = document(data)
    told = _told(parser)
    found = _box(parser, selectors)
    title, is_doubtful = _title(parser, told.get("articletitle", ""), selectors)
    if found is None or not title:
        return None
    box, words = found
    around = _around(parser, box)
    origin = _ORIGIN.search("\n".join(around))
    kind = kind_of_title(title)
    return SourceArticle(
        url=canonical(url, url),
        headline=title,
        paragraphs=words.paragraphs,
        authors=tuple(_PERSON.findall(told.get("author", ""))) or authors_of(words.paragraphs),
        captions=words.captions,
        images=images_of(box, url),
        published_at=_published(parser, told.get("pubdate", ""), url, around, selectors),
        page_name=told.get("columnname") or None,
        origin=told.get("contentsource") or (origin["name"] if origin else None),
        continues_on=words.continues_on,
        continued_from=words.continued_from,
        kind=Kind(kind) if kind else Kind.NEWS if words.paragraphs else Kind.PHOTO,
        is_doubtful=is_doubtful,
    )


def _item(item: LexborNode, url: str) -> ArticleRef | None:
    """The article of one item of a list: its longest title, for a column's name may stand before it."""
    anchors = item.css("a[href]")
    if len(anchors) > _MOST:
        return None
    named = [
        (title, address)
        for anchor in anchors
        if (address := link(anchor.attributes.get("href"), url))
        and same_site(address, url)
        and not _FILE.search(urlsplit(address).path)
        and (title := _title_of(anchor))
    ]
    if not named:
        return None
    title, address = max(named, key=lambda pair: len(pair[0]))
    words = text_of(item)
    stamp = first_stamp(words.replace(title, " ", 1))  # a title tells of other days
    return ArticleRef(address, title, stamp.date() if stamp else issue_date(address))


def _title_of(anchor: LexborNode) -> str:
    """The title of a link: its words, or its attribute where a list cuts the words off."""
    shown = _DATED_END.sub("", text_of(anchor))
    whole = plain(anchor.attributes.get("title") or "")
    start = _CUT_OFF.sub("", shown)
    return whole if whole.startswith(start) else shown


def _told(parser: LexborHTMLParser) -> dict[str, str]:
    """What a page says of itself in its head, by names in small letters; the first of two counts."""
    told: dict[str, str] = {}
    for node in parser.css("meta[name][content]"):
        if content := plain(node.attributes.get("content") or ""):
            told.setdefault((node.attributes.get("name") or "").lower(), content)
    return told


def _title(parser: LexborHTMLParser, told: str, selectors: Selectors) -> tuple[str, bool]:
    """The headline, and whether it was only guessed from the title of the window."""
    window = text_of(parser.css_first("title"))
    if told:
        return told, False
    for selector in selectors.headline:
        lines = [line for node in parser.css(selector)[:_MOST] if (line := text_of(node))]
        if lines:  # the name of the site may be a heading too
            return next((line for line in lines if line in window), lines[0]), False
    return _SITE.sub("", window), True


def _box(parser: LexborHTMLParser, selectors: Selectors) -> tuple[LexborNode, Body] | None:
    for selector in selectors.body:
        for node in parser.css(selector)[:_MOST]:
            words = words_of(node, _is_caption)
            if is_article(words):
                return node, words
    return None


def _is_caption(block: Block) -> bool:
    return block.is_centred


def _around(parser: LexborHTMLParser, box: LexborNode) -> list[str]:
    """The lines of a page outside its body."""
    inside = set(lines_of(box))
    return [line for line in lines_of(parser.body) if line not in inside] if parser.body else []


def _published(
    parser: LexborHTMLParser, told: str, url: str, around: list[str], selectors: Selectors
) -> datetime | None:
    """When a page was published: by its head, its own place for it, its address, or the text around it."""
    if stamp := first_stamp(told):
        return stamp
    for selector in selectors.date:
        for node in parser.css(selector):
            if stamp := first_stamp(text_of(node)):
                return stamp
    if day := issue_date(url):
        return datetime.combine(day, time())
    return next((stamp for stamp in _stamps(around) if _fits(stamp.date(), url)), None)


def _stamps(lines: list[str]) -> Iterator[datetime]:
    labelled = [found["stamp"] for line in lines if (found := _LABELLED.search(line))]
    for text in (*labelled, *(line for line in lines if "今天" not in line)):
        if stamp := first_stamp(text):
            yield stamp


def _fits(day: date, url: str) -> bool:
    """Whether a day is of the month that an address tells, if it tells one."""
    found = _MONTH.search(urlsplit(url).path)
    return found is None or (day.year, day.month) == (int(found["year"]), int(found["month"]))
