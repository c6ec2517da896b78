"""Feeds (RSS and Atom): what they list, and the items that hold their text."""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import feedparser
from selectolax.lexbor import LexborHTMLParser

from sources.addresses import canonical
from sources.charset import web_text
from sources.cleaning import authors_of, body, kind_of_title, plain
from sources.fetching.errors import UnreadableError
from sources.html import images_of, lines_of, unwrapped
from sources.refs import ArticleRef, Kind, SourceArticle
from sources.stamps import first_stamp

CHINA = ZoneInfo("Asia/Shanghai")

_HTML = re.compile(
    r"\s*(?:<\?xml[^<>]*\?>\s*|<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<head|<body)",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<title[^<>]*>([^<]{1,200})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_CUT_OFF = re.compile(
    r"(?:…+|\.{3,}|\[…\]|\[\.\.\.\]|(?:阅读|查看)(?:全文|原文|更多)|read more)\s*[>»]*$", re.IGNORECASE
)
_SHORTEST = 30  # letters; a description that is shorter is a subtitle


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. Without `article` its text must be fetched; `summary` is then what the feed gives."""

    ref: ArticleRef
    article: SourceArticle | None
    summary: SourceArticle | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries, in its order. `is_broken` tells that it was not well-formed: some may be missing."""

    title: str | None
    items: tuple[Item, ...]
    is_broken: bool = False


def entries(data: bytes, url: str, *, zone: ZoneInfo = CHINA) -> Feed:
    """The entries that the answer of `url` holds; days and times are those of `zone`.

    Raises:
        UnreadableError: the answer is no feed, or too broken to hold an entry.
    """
    text = web_text(data)[0]
    if not text.strip():
        raise UnreadableError(f"{url} answered nothing; try later, or look whether the feed moved")
    if _HTML.match(text):
        said = _TITLE.search(text)
        words = f" titled “{plain(said[1])}”" if said else ""
        raise UnreadableError(f"{url} answered a web page{words}, no feed; open it to see what it says")
    found = _parsed(text, url)
    version = dict.get(found, "version")  # an answer without a single letter has none
    if not found.entries and (found.bozo or not version):
        reason = dict.get(found, "bozo_exception", None)
        why = f"a broken feed ({_brief(reason)})" if version and reason else f"“{plain(text[:40])}”"
        raise UnreadableError(f"{url} answered {why}, not a feed with entries; look at what it answers")
    items = (_item(entry, url, zone) for entry in found.entries)
    title = unwrapped(str(dict.get(found.feed, "title") or ""))
    return Feed(title or None, tuple(item for item in items if item is not None), bool(found.bozo))


def moment(printed: str, zone: ZoneInfo) -> datetime | None:
    """A date of a feed in `zone`; without an offset its own, without a time its midnight."""
    printed = plain(printed)
    told = _iso(printed) or _mail(printed, zone) or _mail(f"{printed} 00:00:00", zone) or first_stamp(printed)
    if told is None:
        return None
    try:
        return told.replace(tzinfo=zone) if told.tzinfo is None else told.astimezone(zone)
    except (OverflowError, ValueError):  # within a day of the years 1 and 9999
        return None


def _parsed(text: str, url: str) -> feedparser.FeedParserDict:
    # The text is decoded by its own bytes, so what the feed declares must go. feedparser opens strings and
    # bytes as files or addresses if it can: only a stream is never taken for one.
    plain_xml = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    try:
        return feedparser.parse(io.BytesIO(plain_xml), resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:  # it trips over some broken markup, each in a way of its own
        raise UnreadableError(
            f"{url} answered a broken feed ({_brief(error)}); look at what it answers"
        ) from error


def _item(entry: feedparser.FeedParserDict, url: str, zone: ZoneInfo) -> Item | None:
    link = str(dict.get(entry, "link") or "").strip()
    address = canonical(link, url)
    if not link or not address.startswith(("http://", "https://")):
        return None
    # `dict.get` as the lookups of feedparser put one date for another that is missing, and warn.
    printed = (dict.get(entry, key) for key in ("published", "updated", "created"))
    published_at = moment(next((str(value) for value in printed if value), ""), zone)
    title = unwrapped(str(dict.get(entry, "title") or ""))
    day = published_at.date() if published_at else None
    article, is_whole = _article(entry, address, title, published_at)
    reference = ArticleRef(address, title or None, day)
    return Item(reference, article) if is_whole else Item(reference, None, article)


def _article(
    entry: feedparser.FeedParserDict, url: str, title: str, published_at: datetime | None
) -> tuple[SourceArticle | None, bool]:
    """What an item holds of its article, and whether that is the whole."""
    markup, is_whole = _markup(entry)
    root = LexborHTMLParser(markup).body
    if root is None:
        return None, False
    said = [line for node in root.css("figcaption") for line in lines_of(node)]
    lines = [line for line in lines_of(root) if line not in said and line != title]
    words = body(lines)
    letters = "".join(words.paragraphs)
    is_whole = is_whole or not (_CUT_OFF.search(letters) or len(letters) < _SHORTEST)
    captions = tuple(dict.fromkeys((*said, *words.captions)))
    images = images_of(root, url)
    if not letters and not (captions and images):
        return None, False
    told = kind_of_title(title) if title else None
    source = dict.get(entry, "source") or {}
    article = SourceArticle(
        url=url,
        headline=title,
        paragraphs=words.paragraphs,
        authors=authors_of(words.paragraphs),
        captions=captions,
        images=images,
        published_at=published_at,
        origin=unwrapped(str(dict.get(source, "title") or "")) or None,
        continues_on=words.continues_on,
        continued_from=words.continued_from,
        kind=Kind(told) if told else Kind.NEWS if letters else Kind.PHOTO,
    )
    return article, is_whole


def _markup(entry: feedparser.FeedParserDict) -> tuple[str, bool]:
    """The longest text of an item, and whether it is surely whole: descriptions may be a few first words."""
    contents = [str(dict.get(one, "value") or "") for one in dict.get(entry, "content") or ()]
    whole = max(contents, key=len, default="")
    summary = str(dict.get(entry, "summary") or "")
    return (whole, True) if whole.strip() else (summary, False)


def _iso(printed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(printed)
    except ValueError:
        return None


def _mail(printed: str, zone: ZoneInfo) -> datetime | None:
    """A date as in mails: Fri, 08 Mar 2024 09:30:00 +0800. CST is China's to a zone in China."""
    words, _, last = printed.rpartition(" ")
    try:
        told = parsedate_to_datetime(words if last.isalpha() else printed)
        is_own = told.replace(tzinfo=zone).tzname() == last.upper()
        return told if is_own else parsedate_to_datetime(printed)
    except (ValueError, OverflowError, IndexError):
        return None


def _brief(error: object) -> str:
    return plain(str(error))[:80] or type(error).__name__
