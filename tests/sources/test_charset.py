"""Characters of web pages are told by their bytes."""

import codecs

import pytest

from sources.charset import web_text

WORDS = "<meta charset={}><p>副区长张喆走访朱镕小学，𠮷野家开业</p>"


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [
        ("gbk", "gb18030", "gb18030"),
        ("utf-8", "gb18030", "gb18030"),  # the declaration lies
        ("gb2312", "utf-8", "utf-8"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_what_a_page_declares_makes_no_difference(declared: str, encoding: str, told: str) -> None:
    page = WORDS.format(declared)
    assert web_text(page.encode(encoding)) == (page, told)


def test_a_byte_order_mark_decides() -> None:
    page = WORDS.format("gbk")
    assert web_text(codecs.BOM_UTF8 + page.encode()) == (page, "utf-8")
    assert web_text(codecs.BOM_UTF16_LE + page.encode("utf-16-le")) == (page, "utf-16-le")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_last_character_that_is_cut_off_spoils_nothing(encoding: str) -> None:
    text, told = web_text("丰台区召开会议".encode(encoding)[:-1])
    assert told == encoding
    assert text.startswith("丰台区召开会")


def test_what_is_no_text_is_marked() -> None:
    assert "\ufffd" in web_text(b"\xff\xff\xff abc")[0]
