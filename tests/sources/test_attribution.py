"""Which paper something is from."""

import pytest

from sources.attribution import name_in, site_of, source_of
from sources.catalog import sources_of

ENTRIES = """
[[source]]
id = "hexi"
name = "河西时报"
district = "河西区"
adapter = "founder"
base = ["http://paper.example/hexi", "http://old.example/hx"]
[[source]]
id = "hedong"
name = "河东报"
district = "河东区"
adapter = "founder"
base = "https://www.paper.example/hedong"
"""
SOURCES = sources_of(ENTRIES, "own.toml")
NAMES = ("河西报", "河西时报", "时报")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://paper.example/hexi/html/2024-03/08/content_1_2.htm", "hexi"),
        ("http://paper.example/hedong/html/2024-03/08/node_1.htm", "hedong"),
        ("http://www.old.example/hx/2024.htm", "hexi"),
        ("http://another.example/hexi/1.htm", None),
        ("http://[", None),
    ],
)
def test_an_address_is_of_the_source_whose_address_it_begins_with(url: str, expected: str | None) -> None:
    found = source_of(url, SOURCES.values())
    assert (found and found.id) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("河西时报20240308第2版.pdf", "河西时报"),
        ("河西报_2024-03-08.txt", "河西报"),
        ("\n\n《河西报》 2024年3月8日 星期五\n停水通知", "河西报"),
        ("河西报社区版", None),
        ("停水通知\n" * 9 + "河西报", None),
        (
            "昨天，河西报 的记者在柳林公园看到，二十家企业带来三百个岗位，居民排起了很长的队伍。",
            None,
        ),
        ("", None),
    ],
)
def test_a_name_counts_where_a_paper_prints_its_own(text: str, expected: str | None) -> None:
    assert name_in(text, NAMES) == expected


def test_a_site_without_a_name_is_called_by_its_host() -> None:
    assert site_of("https://www.gov.example:8443/a/b.html") == "gov.example"
