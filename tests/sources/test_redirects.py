"""Pages that only send a reader on."""

import pytest

from sources.redirects import sent_on_to

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
