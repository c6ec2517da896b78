"""What the addresses of papers and sites tell: the issue's day, the page, which of two addresses are one."""

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

# Each with an example; the first that fits tells the day.
_DAYS = (
    re.compile(r"/(?P<year>20\d\d)-(?P<month>\d\d)/(?P<day>\d\d)(?=/|$)"),  # html[/2019-11/22]/node_1.htm
    re.compile(r"/(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?=/|$)"),  # resfile[/2018-03-06]/01/01.pdf
    re.compile(r"/(?P<year>20\d\d)(?P<month>\d\d)/(?P<day>\d\d)(?=/|$)"),  # layout[/202609/30]/node_01.html
    re.compile(
        r"\bnw\.D110000\w+?_(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)_"
    ),  # [nw.D110000renmrb_20180315_]1-01.htm
    re.compile(
        r"/t(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)_\d+\.s?html?"
    ),  # 202603[/t20260327_208673.shtml]
    re.compile(
        r"/art/(?P<year>20\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})/"
    ),  # [/art/2024/3/8/]art_17_3.html
    re.compile(r"[/_](?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=[/_.]|$)"),  # bzrb[/20180306]/html
    re.compile(r"/(?P<year>20\d\d)/(?P<month>\d\d)/(?P<day>\d\d)(?=/)"),  # hbrb[/2024/03/08]/RB01
)
_ARTICLE = re.compile(r"content_(?P<first>\d+)_(?P<second>\d+)\.s?html?$")
_ON_PAGE = re.compile(r"nw\.D110000\w+?_20\d{6}_\d+-(?P<page>[A-Z]?\d{1,3})\.htm")
_OWN_PAGE = re.compile(
    r"/node_(?P<page>[A-Z]?0\d|[A-Z]\d\d)\.html?$|nbs\.D110000\w+?_(?P<other>\w?\d\d)\.htm"
)
_LAST_PAGE = 99  # a larger first number is the node of a page


class OnPage(NamedTuple):
    """Where an article stands by its address: its page in two digits, or the node of a page."""

    page: str | None = None
    node: str | None = None


def issue_date(url: str) -> date | None:
    """The day that an address tells; a day that does not exist is none."""
    path = urlsplit(url).path
    for pattern in _DAYS:
        if found := pattern.search(path):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
    return None


def on_page(url: str) -> OnPage:
    """Where an article stands: `content_3_3.htm` is on page 03, `content_9499_13969326.htm` at node 9499."""
    name = urlsplit(url).path
    if found := _ON_PAGE.search(name):
        return OnPage(page=found["page"].zfill(2))
    if found := _ARTICLE.search(name):
        first = found["first"]
        return OnPage(page=first.zfill(2)) if int(first) <= _LAST_PAGE else OnPage(node=first)
    return OnPage()


def page_number(url: str) -> str | None:
    """The number of a page whose address tells it (`node_A01.html`): only in families that name pages so."""
    found = _OWN_PAGE.search(urlsplit(url).path)
    return (found["page"] or found["other"]) if found else None


def canonical(href: str, base: str) -> str:
    """A link of a page as one address: absolute, without its fragment, and without `?div=-1` and the like.

    What is no address at all (`http://[`) becomes an empty one.
    """
    try:
        parts = urlsplit(urldefrag(urljoin(base, href.strip())).url)
    except ValueError:
        return ""
    query = "" if re.fullmatch(r"div=-?\d+", parts.query) else parts.query
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, ""))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host; `www.` and the scheme make no difference."""
    try:
        first, second = (urlsplit(url).hostname or "" for url in (one, other))
    except ValueError:
        return False
    return first.removeprefix("www.") == second.removeprefix("www.") != ""
