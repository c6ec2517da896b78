"""PDF files read by a process of their own: the same pages, and files that end that process only."""

import zlib

import pytest

from sources.families.pdfpages import pages_of
from sources.families.pdfworker import _environment, read_pdf
from sources.files import SourceError
from tests.sources.families.pdfs import newspaper, pdf

NAME = "02.pdf"


def bomb(size: int) -> bytes:
    """A file of some hundred bytes whose page is as large as told; it is packed twice, which hides it."""
    content = zlib.compress(zlib.compress(bytes(size), 1), 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Resources<<>>/Contents 4 0 R>>",
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(content), content),
    )
    told = b"".join(b"%d 0 obj%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + told + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def test_pages_are_those_that_are_read_here() -> None:
    data = pdf(newspaper(), newspaper(order="shuffled"))
    assert read_pdf(data, name=NAME) == pages_of(data, name=NAME)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "02.pdf is empty"),
        (b"PK\x03\x04", "02.pdf is a zip archive"),
        (pdf(newspaper())[:2_000], "02.pdf is damaged or cut off"),
        (pdf(newspaper(), password="secret"), "02.pdf is encrypted"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_pdf(data, name=NAME)


def test_a_file_that_unpacks_to_too_much_ends_its_reading_only() -> None:
    small, large = bomb(1_000), bomb(100_000_000)
    assert len(large) < 2_000
    assert len(read_pdf(small, name=NAME, max_memory=150_000_000)) == 1
    with pytest.raises(SourceError, match=r"02\.pdf takes too much memory"):
        read_pdf(large, name=NAME, max_memory=150_000_000)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(SourceError, match=r"02\.pdf takes too long"):
        read_pdf(pdf(newspaper()), name=NAME, max_seconds=0.001)


def test_a_process_that_ends_without_an_answer_is_told() -> None:
    with pytest.raises(SourceError, match=r"02\.pdf ended the process"):
        read_pdf(pdf(newspaper()), name=NAME, max_memory=1_000_000)


def test_the_process_is_told_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_TOKEN", "123:secret")
    monkeypatch.setenv("LANG", "C")
    told = _environment()
    assert told["LANG"] == "C"
    assert "123:secret" not in told.values()
