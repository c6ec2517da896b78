"""Documents as people hand them in: told apart by their bytes, and refused for a reason that can be told."""

import io
import sys
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.documents import MAX_BYTES, MAX_CHARACTERS, MAX_PAGES, UnreadError, Why, read_document
from sources.families import pdfpages
from tests.sources.families.pdfs import Word, newspaper, pdf

DAY = date(2024, 3, 8)
TEXT = "丰河区举办春季招聘会\n3月9日，丰河区在柳林广场举办春季招聘会，二十家企业参加。\n"
BODY = "<p>3月9日，丰河区在柳林广场举办春季招聘会，二十家企业带来三百个岗位，报名的人很多。</p>"
PAGE = f"""<!DOCTYPE html><html><head><title>春季招聘会举行_丰河在线</title>
<meta name="PubDate" content="2024-03-10"><meta name="ContentSource" content="丰河报"></head>
<body><h1>春季招聘会举行</h1><div id="zoom">{BODY}</div></body></html>"""


def why(data: bytes, name: str = "page.pdf") -> Why:
    with pytest.raises(UnreadError, match="cannot be read") as told:
        read_document(data, name=name)
    assert name in str(told.value)
    return told.value.why


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "停水")
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_any_encoding_under_any_name(encoding: str) -> None:
    found = read_document(TEXT.replace("\n", "\r\n").encode(encoding), name="丰河报20240308第2版.pdf")
    assert [(page.text, page.number) for page in found.pages] == [(TEXT, "02")]
    assert found.named_on == DAY


def test_a_pdf_is_read_page_by_page_under_any_name() -> None:
    found = read_document(pdf(newspaper(), newspaper(order="shuffled")), name="2024-03-08.txt")
    assert [page.number for page in found.pages] == ["02", "02"]
    assert all("柳荫公园开园迎客" in page.text for page in found.pages)
    assert (found.named_on, found.pictures) == (DAY, 0)


def test_the_name_numbers_a_single_page_that_prints_no_number() -> None:
    lines = [
        Word(50, 1300 - 20 * row, 10, "丰河区在柳林广场举办春季招聘会，二十家企业参加。") for row in range(9)
    ]
    assert read_document(pdf(lines), name="2024-03-08_03.pdf").pages[0].number == "03"
    several = read_document(pdf(lines, lines), name="2024-03-08_03.pdf")
    assert [page.number for page in several.pages] == [None, None]


def test_as_many_pages_are_read_as_is_said() -> None:
    assert MAX_PAGES == pdfpages.MAX_PAGES


def test_pages_that_are_pictures_are_counted_and_left_out() -> None:
    found = read_document(pdf([], newspaper()), name="page.pdf")
    assert (len(found.pages), found.pictures) == (1, 1)


def test_a_web_page_is_its_article_with_its_own_day() -> None:
    found = read_document(PAGE.encode("gb18030"), name="saved.txt")
    (page,) = found.pages
    assert page.text.startswith("春季招聘会举行\n")
    assert "三百个岗位" in page.text
    assert "丰河在线" not in page.text
    assert (found.title, found.origin) == ("春季招聘会举行", "丰河报")
    assert found.published_on == date(2024, 3, 10)


def test_the_name_of_a_fetched_page_tells_no_day() -> None:
    url = "https://www.gov.example/20240301.html"
    data = PAGE.replace('<meta name="PubDate" content="2024-03-10">', "").encode()
    assert read_document(data, name="20240301.html", url=url).named_on is None
    assert read_document(data, name="20240301.html").named_on == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Why.EMPTY),
        (b" \r\n\t", Why.EMPTY),
        (packed("2024-03-08.txt"), Why.ARCHIVE),
        (packed("[Content_Types].xml", "word/document.xml"), Why.OFFICE),
        (b"Rar!\x1a\x07\x01\x00", Why.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Why.OFFICE),
        (b"\x89PNG\r\n\x1a\n", Why.PICTURE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Why.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Why.PICTURE),
        (bytes(range(256)) * 40, Why.NO_TEXT),
        (pdf(newspaper(), password="geheim"), Why.ENCRYPTED),
        (pdf(newspaper())[:3000], Why.BROKEN),
        (pdf([], []), Why.NEEDS_OCR),
        ("<html><title>列表</title><ul><li>停水</ul>".encode(), Why.NO_ARTICLE),
        (("停" * (MAX_CHARACTERS + 1)).encode(), Why.TOO_LONG),
        (b"a" * (MAX_BYTES + 1), Why.TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, Why) else "",
)
def test_what_cannot_be_read_is_refused_for_its_reason(data: bytes, expected: Why) -> None:
    assert why(data) is expected


def test_a_page_that_no_family_knows_needs_something_to_guess_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    article = "".join(f"<p>{sentence}</p>" for sentence in [BODY] * 3)
    assert why(f"<html><title>招聘会</title><div class='main'>{article}</div>".encode()) is Why.UNKNOWN_SITE


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"<html>"]))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    with suppress(UnreadError):
        assert any(page.text.strip() for page in read_document(start + data, name="page").pages)
