"""Pages of government sites that were made to break a reader, or to keep it busy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.families.govlist_pages import article, column, links

LIST = "https://www.gov.example/xwdt/bmdt/index.html"
PAGE = "https://www.gov.example/xwdt/bmdt/202403/t20240308_1001.shtml"
PIECES = (
    *(
        b"<li>",
        b"<a href=",
        b'"http://[::"',
        b">x",
        b"<script>document.write(",
        b"'",
        b'"',
        b"\\",
        b"\\ud800",
    ),
    *(b"</script>", b"<h1>x</h1>", b"<div id=zoom>", b"<img src=//[>", b"<table><tr><td>", b"a" * 30, b"\0"),
    *(
        b"<meta name=PubDate content=2024-13-45>",
        b"<meta name content>",
        b"2024-02-30 99:99",
        b"\xff",
        b"<!--",
    ),
)


@given(st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    links(data, LIST)
    column(data)
    article(data, PAGE)


@pytest.mark.parametrize(
    "page",
    [
        b"<div id=zoom>" * 5_000 + b"x",
        b"<h1>a<div>" * 3_000,
        b"<ul class=list>" + b"<li><ul>" * 3_000 + b"<a href=x>y</a>",
        b"<ul class=list>" + b"<li><ul><a href=x>y</a>" * 200 + b"<a href=x>y</a>" * 9_000,
        b"<p>x</p>" * 40_000,
        b"<div id=zoom><p>x" + b" " * 300_000 + b"y",
        b"<script>document.write(" + b"\\'" * 100_000 + b"'" * 50_001 + b"</script>",
        b"<script" * 40_000,
        b"<ul class=list>" + b"<li>" * 20_000 + b"<a href=x>y</a>",
    ],
)
def test_hostile_pages_end(page: bytes) -> None:
    """Where each beginning looked for an end these would take hours."""
    links(page, LIST)
    article(page, PAGE)
