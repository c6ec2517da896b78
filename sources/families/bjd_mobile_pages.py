"""Papers in the mobile edition of 北京日报: one page lists a whole issue, its pages and their articles."""

import re
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.addresses import canonical, issue_date, same_site
from sources.charset import web_text
from sources.cleaning import authors_of, kind_of_title, number_of
from sources.html import Block, document, first, images_of, is_article, lines_of, link, text_of, words_of
from sources.refs import ArticleRef, IssueRef, Kind, PageRef, SourceArticle
from sources.stamps import first_stamp

_LABEL = re.compile(
    r"第\s*(?P<number>[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版\s*[：:]?\s*(?P<name>\S{0,20})"
)
_FOLDER = re.compile(r"/20\d{6}_(?P<number>\d{3})/")  # mobile/2022/20220117[/20220117_001/]content_…
_INDEX = re.compile(r"/(20\d{6})/\1_m\.html?$")  # mobile/2022[/20220117/20220117_m.html]
_DAY = re.compile(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_SHORT = 60  # characters; what is longer right behind a picture is a paragraph


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where an article's page has its parts."""

    headline: str = "font#main-title, #main-title"
    kicker: str = "font#guide, #guide"
    subhead: str = "font#sub-title, #sub-title"
    body: str = "div#content, #content"
    label: str = ".nav-panel-heading"
    date: str = "#date"


_SELECTORS = Selectors()


def issues(data: bytes, url: str) -> list[IssueRef]:
    """The issues that a page links, each once, the newest first."""
    found: dict[date, str] = {}
    for node in document(data).css("a[href]"):
        address = link(node.attributes.get("href"), url)
        if address and _INDEX.search(address) and same_site(address, url) and (day := issue_date(address)):
            found.setdefault(day, address)
    return [IssueRef(day, found[day]) for day in sorted(found, reverse=True)]


def issue_days(data: bytes) -> list[date]:
    """The days that a calendar names (period.js), in order, each once; what is no day is left out."""
    days: set[date] = set()
    for year, month, day in _DAY.findall(web_text(data)[0]):
        try:
            days.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return sorted(days)


def issue_pages(data: bytes, url: str) -> list[PageRef]:
    """The pages of an issue, each once and in order; one that has no articles too.

    A page has no address of its own: it gets the index's, with its printed number as the fragment.
    """
    pages: dict[str, PageRef] = {}
    for node in document(data).css("[pdf_href]"):
        page = _page(node, url)
        pages.setdefault(page.url, page)
    return list(pages.values())


def issue_articles(data: bytes, url: str) -> list[tuple[PageRef, ArticleRef]]:
    """The articles of an issue and the page of each, each once and in order.

    The folder of an article tells its page; where no header names that folder, it is the header above it.
    """
    parser = document(data)
    folders = {_number_in(page.pdf_url): page for page in issue_pages(data, url) if page.pdf_url}
    above: PageRef | None = None
    found: dict[str, tuple[PageRef, ArticleRef]] = {}
    for node in parser.css("[pdf_href], [data-href]"):
        if "pdf_href" in node.attributes:
            above = _page(node, url)
        address = link(node.attributes.get("data-href"), url)
        if address is None or not same_site(address, url):
            continue
        number = _number_in(address)
        page = (number and folders.get(number)) or above or PageRef(_page_url(url, number), number)
        title = text_of(node) or None
        if address in found:  # a picture of the article, then its title
            page, before = found[address]
            title = before.headline or title
        found[address] = (page, ArticleRef(address, title, issue_date(address) or issue_date(url)))
    return list(found.values())


def article(data: bytes, url: str, selectors: Selectors = _SELECTORS) -> SourceArticle | None:
    """The article of a page; None where there is none: an error, a wall, an area without words."""
    parser = document(data)
    box, title = first(parser, [selectors.body]), text_of(first(parser, [selectors.headline]))
    if box is None or not title:
        return None
    words = words_of(box, _is_caption)
    if not is_article(words):
        return None
    number, name = _label_of(parser, url, selectors.label)
    stamp = first_stamp(text_of(first(parser, [selectors.date])))
    kind = kind_of_title(title)
    return SourceArticle(
        url=canonical(url, url),
        headline=title,
        paragraphs=words.paragraphs,
        kicker=text_of(first(parser, [selectors.kicker])) or None,
        subhead=text_of(first(parser, [selectors.subhead])) or None,
        authors=authors_of(words.paragraphs),
        captions=words.captions,
        images=images_of(box, url),
        issued_on=issue_date(url) or (stamp.date() if stamp else None),
        page_number=number,
        page_name=name,
        continues_on=words.continues_on,
        continued_from=words.continued_from,
        kind=Kind(kind) if kind else Kind.NEWS if words.paragraphs else Kind.PHOTO,
    )


def _is_caption(block: Block) -> bool:
    return block.is_centred or len(block.text) <= _SHORT


def _page(node: LexborNode, url: str) -> PageRef:
    pdf = link(node.attributes.get("pdf_href"), url)
    number, name = _label(text_of(node))
    number = number or (_number_in(pdf) if pdf else None)
    return PageRef(_page_url(url, number), number, name, pdf)


def _page_url(url: str, number: str | None) -> str:
    return f"{canonical(url, url)}#{number or ''}"


def _number_in(address: str) -> str | None:
    found = _FOLDER.search(address)
    return str(int(found["number"])).zfill(2) if found else None


def _label(text: str) -> tuple[str | None, str | None]:
    found = _LABEL.search(text)
    return (number_of(found["number"]), found["name"].strip() or None) if found else (None, None)


def _label_of(parser: LexborHTMLParser, url: str, selector: str) -> tuple[str | None, str | None]:
    """The number and name of an article's page; a list of all pages of the issue tells the name only."""
    number = _number_in(url)
    labels = [_label(line) for node in parser.css(selector) for line in lines_of(node)]
    told = [one for one in labels if one[0] and number in (None, one[0])]
    return told[0] if len(set(told)) == 1 else (number, None)
