"""Hostile and ordinary values for property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from messages.tree import (
    Block,
    Bold,
    Code,
    Heading,
    Inline,
    Italic,
    Item,
    Link,
    Message,
    Paragraph,
    Quote,
    Text,
)
from parsing.model import EventType, Period, Precision, Stage, State
from storage.filters import EventFilter
from storage.review import Review
from storage.views import EventDetail, EventPage, EventView, Proof

_NASTY = st.sampled_from(
    [
        "<b>", "</b>", "<script>alert(1)</script>", "&amp;", "&", '"', "'>", "</blockquote>", "<a href='x'>",
        "😀", "👨‍👩‍👧", "{n}", "%s", "\n", "\r\n", "\x00", "\u202e", "\ud800", "　",
        "会议", "获评", "召开", "“", "《", "》",
        "a" * 200, "丰台区", "启动", "3.5%", ",", "。",
    ]
)  # fmt: skip
words = st.lists(st.one_of(_NASTY, st.text(max_size=12)), max_size=6).map("".join)
long_words = st.one_of(words, st.builds(lambda text, n: text * n, words, st.integers(1, 400)))
urls = st.one_of(
    words, st.sampled_from(["https://a.example/?a=1&b=2", "javascript:alert(1)", "http://x.y/'\"<>"])
)
days = st.dates(date(1999, 1, 1), date(2035, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """A period of any precision, told or not."""
    precision = draw(st.sampled_from(Precision))
    if precision in (Precision.NONE, Precision.RECENT) or draw(st.booleans()):
        return Period(precision=precision)
    start = draw(days)
    return Period(start, start + timedelta(days=draw(st.integers(0, 800))), precision)


events = st.builds(
    EventView,
    id=st.text("abcdefghjkmnpqrstuvwxyz23456789", min_size=4, max_size=8),
    type=st.sampled_from(EventType),
    subject=long_words,
    when=periods(),
    reported_on=st.none() | days,
    source=words,
    actors=st.lists(words, max_size=5).map(tuple),
    people=st.lists(words, max_size=5).map(tuple),
    place=st.none() | long_words,
    areas=st.lists(words, max_size=4).map(tuple),
    stage=st.none() | st.sampled_from(Stage),
    confidence=st.floats(0, 1),
    review=st.sampled_from(Review),
    evidence=long_words,
    state=st.none() | st.sampled_from(State),
    earlier=st.lists(periods(), max_size=3).map(tuple),
)
proofs = st.builds(
    Proof,
    source=words,
    issued_on=st.none() | days,
    page_number=st.none() | words,
    headline=st.none() | long_words,
    evidence=long_words,
    context=long_words,
    url=st.none() | urls,
    rule=words,
    trigger=words,
    confidence=st.floats(0, 1),
)
details = st.builds(EventDetail, events, st.lists(proofs, max_size=6).map(tuple))
filters = st.builds(
    EventFilter,
    types=st.lists(st.sampled_from(EventType), max_size=3, unique=True).map(tuple),
    areas=st.lists(words.filter(lambda text: "\ud800" not in text), max_size=3).map(tuple),
    words=st.lists(words.filter(lambda text: "\ud800" not in text), max_size=3).map(tuple),
    since=st.none() | days,
    until=st.none() | days,
)


@st.composite
def pages(draw: st.DrawFn) -> EventPage:
    """Ten events at most, somewhere in a list."""
    shown = tuple(draw(st.lists(events, max_size=10)))
    offset = draw(st.integers(0, 30)) * 10
    return EventPage(offset + len(shown) + draw(st.integers(0, 500)), offset, shown)


inline: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, long_words),
    st.builds(Bold, words),
    st.builds(Italic, words),
    st.builds(Code, words),
    st.builds(Link, words, urls),
)
content = st.lists(inline, max_size=5).map(tuple)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, content),
    st.builds(Paragraph, content),
    st.builds(Item, content, st.none() | st.integers(1, 999)),
    st.builds(Quote, content, st.booleans()),
)
messages = st.builds(Message, st.lists(blocks, max_size=25).map(tuple))
