"""Pages of papers made with Founder's systems (方正) and their heirs: most district papers.

Four profiles tell apart how a paper spells its pages; the shape is one: issues have pages, pages articles.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from sources.addresses import canonical, issue_date, on_page, page_number, same_site
from sources.charset import web_text
from sources.cleaning import authors_of, body, kind_of_title, number_of, plain
from sources.html import document, first, images_of, is_wall, lines_of, parsed, text_of, unwrapped
from sources.refs import ArticleRef, Kind, PageRef, SourceArticle

_LONGEST_WALL = 200  # letters: a login, perhaps behind the first lines of an article
_LONGEST_LOCKED = 2_000  # letters of a page that holds nothing but a login
_SHORTEST = 20  # letters of a body; what is shorter is a title's furniture or an empty box
_LABEL = re.compile(r"第?\s*(?P<number>[A-Z]?\d{1,3})\s*版\s*(?:[：:·\-—]\s*|\s+)?(?P<name>[^\s第|]{0,20})")
_PROPERTY = re.compile(r"<!--\s*enpproperty"), re.compile("-->")
_MOST_TOLD = 20_000  # letters of a comment for machines; a longer one is none
_FIELD = re.compile(r"<(articleid|date|author|title|subtitle|introtitle|nodename|url)>(.*?)</\1>", re.DOTALL)
_PERIODS = re.compile(
    r"<period_date>\s*(20\d\d-\d\d-\d\d)\s*</period_date>"  # period.xml
    r"|<date>\s*(20\d\d-\d\d-\d\d)\s*</date>"  # navi.xml
    r"""|["'](20\d\d-\d\d-\d\d)["']"""  # period.js: datelist=["2024-03-08", …]
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Where a paper's templates put things: selectors, the best one first."""

    pages: tuple[str, ...]
    articles: tuple[str, ...]
    headline: tuple[str, ...]
    body: tuple[str, ...]
    kicker: tuple[str, ...] = ()
    subhead: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


_CLASSIC = Profile(
    pages=('a#pageLink[href*="node_"]', '#pageList a[href*="node_"]', 'a.rigth_bmdh_href[href*="node_"]'),
    articles=('map area[href*="content_"]', 'a[href*="content_"]'),
    headline=("founder-title", "td.font01", ".main-article-title", ".article > h1"),
    kicker=("h2.leading_title",),
    body=("founder-content", "#ozoom", ".main-article-content", "div.text"),
    author=("founder-author", ".info .author"),
    label=("#NewsEditionName", "strong", "td.px12", "td"),
    captions=("table#newspic td", "table#newspic p"),
)
_NBS = Profile(
    pages=('a#pageLink[href*="nbs."]', '.swiper-slide a[href*="nbs."]', 'a[href*="nbs."]'),
    articles=('map area[href*="nw."]', 'a[href*="nw."]'),
    headline=(".article > h1", ".text_c > h1"),
    kicker=(".article > h3", ".text_c > h3"),
    subhead=(".article > h2", ".text_c > h2"),
    body=("#ozoom", "#articleContent"),
    author=(".article > .sec", ".text_c > .sec"),
    label=("p.left.ban", ".l_t"),
    captions=("table.pci_c td", ".attachment p"),
)
_XIANGYU = Profile(
    pages=('a#pageLink[href*="node_"]', 'a[href*="node_"]'),
    articles=('map area[href*="content_"]', 'a[href*="content_"]'),
    headline=(".newsdetatit > h3", "#Title"),
    kicker=("#PreTitle",),
    subhead=("#SubTitle",),
    body=(".newsdetatext founder-content", ".newsdetatext"),
    author=("#Author",),
    label=(".newslisttit em", ".newslisttit"),
)
_CATALOGUE = Profile(
    pages=('.layout-catalogue-item > a[href*="node_"]', 'a[href*="node_"]'),
    articles=('ul.news-list a[href*="content_"]', 'area.paperarea[href*="content_"]', 'a[href*="content_"]'),
    headline=(".main-content > h1",),
    kicker=(".main-content > h3:first-child",),
    subhead=(".main-content > h1 ~ h3",),
    body=("#news_content cms-content", "#news_content"),
    author=(".main-content .info .author",),
    label=(".pic-info-summary", ".layout-catalogue-item.active > a"),
)
PROFILES = {"classic": _CLASSIC, "nbs": _NBS, "xiangyu": _XIANGYU, "catalogue": _CATALOGUE}


def pages(data: bytes, url: str, profile: Profile = _CLASSIC, *, any_day: bool = False) -> list[PageRef]:
    """The pages of an issue as one of them lists them, once each and in order.

    Their numbers are printed ones: a node in an address is no number. Links to other days are left out,
    unless `any_day` is asked for.
    """
    parser = document(data)
    day = issue_date(url)
    found: dict[str, PageRef] = {}
    for selector in (*profile.pages, 'a[href*="node_"]'):
        for link in parser.css(selector):
            address = canonical(link.attributes.get("href") or "", url)
            if not same_site(address, url) or not (any_day or issue_date(address) == day):
                continue
            number, name = _label(text_of(link))
            if number is None and address in found:
                continue
            if address not in found or found[address].number is None:
                found[address] = PageRef(address, number or page_number(address), name)
        if found:
            break
    return list(found.values())


def label(data: bytes, profile: Profile = _CLASSIC) -> tuple[str | None, str | None]:
    """The number and the name that a page or article prints: 02, 综合新闻; None where it prints none."""
    parser = document(data)
    for selector in profile.label:
        for node in parser.css(selector):
            number, name = _label(text_of(node))
            if number is not None:
                return number, name
    return None, None


def articles(data: bytes, url: str, profile: Profile = _CLASSIC) -> list[ArticleRef]:
    """The articles of a page: those of its picture's areas and of its lists of titles, once each."""
    parser = document(data)
    day = issue_date(url)
    titles: dict[str, str | None] = {}
    for selector in profile.articles:
        for link in parser.css(selector):
            address = canonical(link.attributes.get("href") or "", url)
            if not same_site(address, url) or (issue_date(address) or day) != day:
                continue
            title = text_of(link) or plain(link.attributes.get("title") or "") or None
            titles[address] = titles.get(address) or title
    return [ArticleRef(address, title, day) for address, title in titles.items()]


def previous_issue(data: bytes, url: str) -> str | None:
    """The address behind 上一期."""
    for link in document(data).css("a[href]"):
        if "上一期" in text_of(link):
            address = canonical(link.attributes.get("href") or "", url)
            return address if same_site(address, url) and issue_date(address) else None
    return None


def issue_days(data: bytes) -> list[date]:
    """The days of a calendar file (period.xml, navi.xml, period.js), in order, once each."""
    return sorted(set(_days(web_text(data)[0])))


def is_locked(data: bytes, profile: Profile = _CLASSIC) -> bool:
    """Whether a page asks its reader to log in or to pay, in place of an article."""
    parser = document(data)
    box = first(parser, profile.body)
    words, most = (text_of(parser.body), _LONGEST_LOCKED) if box is None else (text_of(box), _LONGEST_WALL)
    return len(words) <= most and is_wall(words)


def article(data: bytes, url: str, profile: Profile = _CLASSIC) -> SourceArticle | None:
    """The article of a page; None where it has no title, or no body (another page, a login, an error)."""
    text = web_text(data)[0]
    parser = parsed(text)
    told = _told(text)
    box = first(parser, profile.body)
    title = told.get("title") or _of(text, parser, "title", profile.headline)
    if box is None or not title:
        return None
    images, captions = images_of(box, url), _captions(parser, profile)
    found = body(line for line in lines_of(box) if line not in captions)
    words = "".join(found.paragraphs)
    if len(words) <= _LONGEST_WALL and is_wall(words):
        return None
    if len(words) < _SHORTEST and not found.captions and not captions:
        return None
    number, name = label(data, profile)
    author = told.get("author") or _of(text, parser, "author", profile.author)
    kind = kind_of_title(title)
    photo = not found.paragraphs
    return SourceArticle(
        url=canonical(url, url),
        headline=title,
        paragraphs=found.paragraphs,
        kicker=told.get("introtitle") or _of(text, parser, "pretitle", profile.kicker) or None,
        subhead=told.get("subtitle") or _of(text, parser, "subtitle", profile.subhead) or None,
        authors=tuple(_names(author)) or authors_of(found.paragraphs),
        captions=(*captions, *found.captions),
        images=images,
        issued_on=issue_date(url),
        page_number=number or on_page(url).page,
        page_name=told.get("nodename") or name,
        continues_on=found.continues_on,
        continued_from=found.continued_from,
        kind=Kind(kind) if kind else Kind.PHOTO if photo else Kind.NEWS,
    )


def _label(words: str) -> tuple[str | None, str | None]:
    found = _LABEL.search(words)
    return (number_of(found["number"]), found["name"] or None) if found else (None, None)


def _days(text: str) -> Iterator[date]:
    for found in _PERIODS.finditer(text):
        try:
            yield date.fromisoformat(found[1] or found[2] or found[3])
        except ValueError:
            continue


def _told(text: str) -> dict[str, str]:
    """What a template says of an article in a comment for machines: the cleanest there is."""
    fields = _FIELD.findall(_between(text, *_PROPERTY))
    return {name: words for name, markup in fields if (words := unwrapped(markup))}


def _of(text: str, parser: LexborHTMLParser, name: str, selectors: tuple[str, ...]) -> str:
    """A field between a pair of comments, or of the first selector that finds words."""
    opens = re.compile(rf"<!--\s*npm:article-{name}\s*-->")
    closes = re.compile(rf"<!--\s*/?npm:article-{name}\s*-->")
    return unwrapped(_between(text, opens, closes)) or text_of(first(parser, selectors))


def _between(text: str, opens: re.Pattern[str], closes: re.Pattern[str]) -> str:
    """What stands between the first of one pattern and the next of another; each is looked for once.

    A single pattern for all of it would look for an end from every beginning: for ever, on a hostile page.
    """
    start = opens.search(text)
    end = closes.search(text, start.end()) if start else None
    found = text[start.end() : end.start()] if start and end else ""
    return found if len(found) <= _MOST_TOLD else ""


def _captions(parser: LexborHTMLParser, profile: Profile) -> tuple[str, ...]:
    found = (
        line for selector in profile.captions for node in parser.css(selector) for line in lines_of(node)
    )
    return tuple(dict.fromkeys(found))


def _names(author: str) -> list[str]:
    bare = re.sub(r"作者|[：:■]|(?:本报|首席|见习|实习)*(?:记者|通讯员)", " ", author)
    return [name for name in re.split(r"[\s、，,/]+", bare) if 2 <= len(name) <= 8]
