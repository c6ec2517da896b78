"""The pages in files: text as it is, PDF page by page."""

from pathlib import Path

import pytest

from sources.filepages import FilePage, pages_in
from sources.files import SourceError
from tests.sources.families.pdfs import newspaper, pdf

TEXT = "柳林街道便民早市正式开市，首日迎来千余名居民。\n"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_text_file_is_one_page_with_the_number_in_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "2024-03-08_02.txt", TEXT.encode("gb18030"))
    assert pages_in(path) == [FilePage(TEXT, "02")]


@pytest.mark.parametrize(("name", "number"), [("河西时报20240308第3版.PDF", "03"), ("page", "02")])
def test_a_pdf_is_a_page_whatever_its_name(tmp_path: Path, name: str, number: str) -> None:
    [page] = pages_in(write(tmp_path, name, pdf(newspaper())))
    assert (page.number, page.name, page.place, page.needs_ocr) == (number, "综合新闻", None, False)
    assert page.text.startswith("新河时报")


def test_a_pdf_with_several_pages_is_as_many(tmp_path: Path) -> None:
    found = pages_in(write(tmp_path, "2024-03-08_01.pdf", pdf(newspaper(), [])))
    assert [(page.place, page.number, page.needs_ocr) for page in found] == [
        (1, "02", False),
        (2, "02", True),
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"PK\x03\x04", "a.pdf is a zip archive"),
        ("a.pdf", TEXT.encode(), "a.pdf is no PDF file"),
        ("a.txt", b"%PDF-1.4\n", "a.txt is damaged"),
        ("a.txt", b"", "a.txt is empty"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        pages_in(write(tmp_path, name, data))


@pytest.mark.parametrize("name", ["none.pdf", "none.txt", "."])
def test_what_is_not_there_or_a_folder_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"does not exist|is a directory"):
        pages_in(tmp_path / name)
