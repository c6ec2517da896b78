"""What addresses of papers and sites tell."""

from datetime import date

import pytest

from sources.addresses import OnPage, canonical, issue_date, on_page, page_number, same_site

PAPER = "http://paper.example/shibao/html/2019-11/22"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("shibao/html/2019-11/22/node_1.htm", date(2019, 11, 22)),
        ("rb/pc/layout/202609/30/node_01.html", date(2026, 9, 30)),
        ("rb/pc/content/202609/30/content_30183818.html", date(2026, 9, 30)),
        ("bz/20180306/html/page_03_content_003.htm", date(2018, 3, 6)),
        ("rb/html/2018-03/15/nw.D110000renmrb_20180315_4-01.htm", date(2018, 3, 15)),
        ("x/nw.D110000gmrb_20180315_4-01.htm", date(2018, 3, 15)),
        ("xx/zfgg/202603/t20260327_208673.shtml", date(2026, 3, 27)),
        ("art/2024/3/8/art_17_3.html", date(2024, 3, 8)),
        ("resfile/2018-03-06/01/01.pdf", date(2018, 3, 6)),
        ("bjrb/mobile/2022/20220117/20220117_m.html", date(2022, 1, 17)),
        ("epaper/hb/2024/03/08/RB01/story/77.shtml", date(2024, 3, 8)),
        ("shibao/html/2023-02/30/node_1.htm", None),
        ("ftq/201909/0123456789abcdef0123456789abcdef.shtml", None),
        ("jqdt/content/post_11022033.html", None),
        ("paperindex.htm", None),
    ],
)
def test_the_day_of_an_issue_is_told_by_its_address(path: str, day: date | None) -> None:
    assert issue_date(f"https://paper.example/{path}") == day


def test_a_day_in_the_name_of_a_host_is_none() -> None:
    assert issue_date("https://2024-03-08.example/paper/index.htm") is None


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("content_203876.htm", OnPage()),
        ("content_9499_13969326.htm", OnPage(node="9499")),
        ("content_3_3.htm", OnPage(page="03")),
        ("content_3_3.htm?div=-1", OnPage(page="03")),
        ("nw.D110000renmrb_20180315_1-01.htm", OnPage(page="01")),
    ],
)
def test_small_numbers_are_pages_and_large_ones_nodes(name: str, place: OnPage) -> None:
    assert on_page(f"{PAPER}/{name}") == place


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("node_A01.html", "A01"),
        ("node_03.html", "03"),
        ("nbs.D110000renmrb_01.htm", "01"),
        ("node_9499.htm", None),
    ],
)
def test_a_page_is_numbered_by_its_address_only_where_that_looks_printed(
    name: str, number: str | None
) -> None:
    assert page_number(f"https://paper.example/layout/202609/30/{name}") == number


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("content_1_2.htm?div=-1", f"{PAPER}/content_1_2.htm"),
        ("./content_1_2.htm#page0", f"{PAPER}/content_1_2.htm"),
        ("../21/node_2.htm", "http://paper.example/shibao/html/2019-11/21/node_2.htm"),
        (
            "../../../content/202609/30/content_3.html",
            "http://paper.example/shibao/content/202609/30/content_3.html",
        ),
        (" HTTP://PAPER.example/a?id=3640 ", "http://paper.example/a?id=3640"),
    ],
)
def test_two_spellings_of_a_link_are_one_address(href: str, url: str) -> None:
    assert canonical(href, f"{PAPER}/node_1.htm") == url


def test_one_site_is_one_host() -> None:
    assert same_site("http://www.paper.example/a", "https://paper.example:8443/b")
    assert not same_site("http://paper.example/a", "http://paper.example.evil.test/a")
    assert not same_site("mailto:a@paper.example", "javascript:void(0)")


@pytest.mark.parametrize("href", ["http://[", "http://a\u2100b/", "//[::1"])
def test_what_is_no_address_is_an_empty_one_and_of_no_site(href: str) -> None:
    assert canonical(href, PAPER) == ""
    assert not same_site(canonical(href, PAPER), PAPER)
    assert not same_site(href, PAPER)
