"""Pages that only send a reader on."""

import pytest

from sources.fetching.fetcher import PAGE_BYTES, Fetched, Validators
from sources.redirects import followed, sent_on_to

ENTRY = "http://paper.example/shibao/"


@pytest.mark.parametrize(
    "page",
    [
        '<META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/2024-03/08/node_1.htm">',
        "<meta http-equiv=refresh content='1; url=html/2024-03/08/node_1.htm'>",
        "<meta http-equiv=refresh content=0;url=html/2024-03/08/node_1.htm>",
        '<script>window.location.href = "html/2024-03/08/node_1.htm";</script>',
        "<script>location.replace('html/2024-03/08/node_1.htm')</script>",
    ],
)
def test_each_way_to_send_on_is_followed(page: str) -> None:
    assert sent_on_to(page, ENTRY) == "http://paper.example/shibao/html/2024-03/08/node_1.htm"


@pytest.mark.parametrize(
    "page",
    [
        "<p>第01版：要闻</p>",
        "<script>location.href='http://other.example/'</script>",
        "<script>location.href='/shibao/'</script>",
        "<script>location.href='a.htm'</script>" + "<p>字</p>" * 500,
    ],
)
def test_other_pages_stand_for_themselves(page: str) -> None:
    assert sent_on_to(page, ENTRY) is None


def chain(*pages: str) -> dict[str, str]:
    """Pages by address, the first at the entry: `>x.htm` sends on to x.htm, others stand for themselves."""
    names = ["", *(f"{number}.htm" for number in range(1, len(pages)))]
    return {
        ENTRY + name: f"<script>location.href='{page[1:]}'</script>" if page.startswith(">") else page
        for name, page in zip(names, pages, strict=True)
    }


@pytest.mark.parametrize(
    ("pages", "reached"),
    [
        (chain("issue"), ENTRY),
        (chain(">1.htm", ">2.htm", ">3.htm", "issue"), f"{ENTRY}3.htm"),
        (chain(">1.htm", "another"), None),
        (chain(">1.htm", ">./"), None),
        (chain(">1.htm", ">2.htm", ">3.htm", ">4.htm", "issue"), None),
    ],
)
def test_a_reader_is_sent_on_until_the_page_is_there(pages: dict[str, str], reached: str | None) -> None:
    def get(url: str, *, referer: str | None = None, most: int = PAGE_BYTES) -> Fetched:
        return Fetched(url, pages[url].encode(), Validators())

    found = followed(get, ENTRY, lambda page: page.data == b"issue")
    assert (found.url if found else None) == reached
