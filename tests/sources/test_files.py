"""Files of any encoding that a newsroom uses are read right; what is no text is refused with advice."""

import random
from datetime import date
from pathlib import Path

import pytest

from sources.files import SourceError, decode, name_hints, read_file

PAGE = "丰台区召开月度工作点评会，王佐镇获评“首都文明村镇”。\n第一季度增长6.5%。\n"


def write(folder: Path, data: bytes, name: str = "page.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
@pytest.mark.parametrize("text", [PAGE * 40, PAGE, "王佐镇召开会议，", "停水通知"])
def test_every_encoding_yields_the_same_text(tmp_path: Path, written: str, told: str, text: str) -> None:
    page = read_file(write(tmp_path, text.encode(written)))
    assert (page.text, page.encoding) == (text, told)


def test_a_big_endian_mark_is_understood(tmp_path: Path) -> None:
    page = read_file(write(tmp_path, b"\xfe\xff" + PAGE.encode("utf-16-be")))
    assert page.text == PAGE


def test_traditional_characters_in_utf8_are_text(tmp_path: Path) -> None:
    text = "繁體中文報紙：豐臺區召開會議"
    assert read_file(write(tmp_path, text.encode())).text == text


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    page = read_file(write(tmp_path, "一版\r\n二版\r三版\n".encode()))
    assert page.text == "一版\n二版\n三版\n"


def test_a_page_of_five_megabytes_is_read_whole(tmp_path: Path) -> None:
    text = PAGE * (5_000_000 // len(PAGE.encode()) + 1)
    assert read_file(write(tmp_path, text.encode())).text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"\x00" * 100, "not a text file"),
        (b"\x7fELF" + bytes(range(256)), "not a text file"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04" + b"\0" * 40, "zip"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xfe\x00", "not a text file"),
        (PAGE.encode()[:-2] + b"\xff\xfe\xfa" * 9, "not a text file"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, data: bytes, said: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(SourceError, match=said) as caught:
        read_file(path)
    assert str(path) in str(caught.value)


def test_random_bytes_are_never_taken_for_a_page() -> None:
    source = random.Random(7)
    for length in (40, 400, 4_000):
        for low in (0, 1):
            with pytest.raises(SourceError):
                decode(bytes(source.randrange(low, 256) for _ in range(length)), name="noise")


def test_what_is_too_large_missing_or_a_directory_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="larger than 2 MB"):
        read_file(write(tmp_path, b"a" * 2_000_001), max_bytes=2_000_000)
    with pytest.raises(SourceError, match="does not exist"):
        read_file(tmp_path / "missing.txt")
    with pytest.raises(SourceError, match="is a directory"):
        read_file(tmp_path)
    with pytest.raises(SourceError, match="not a file name"):
        read_file(Path("a\0b"))


def test_the_checksum_is_that_of_the_bytes(tmp_path: Path) -> None:
    one = read_file(write(tmp_path, PAGE.encode()))
    other = read_file(write(tmp_path, PAGE.encode("gb18030")))
    assert one.text == other.text
    assert one.sha256 != other.sha256


@pytest.mark.parametrize(
    ("name", "issued_on", "number"),
    [
        ("2024-04-08_02.txt", date(2024, 4, 8), "02"),
        ("丰台报20240408第2版.txt", date(2024, 4, 8), "02"),
        ("20240408.txt", date(2024, 4, 8), None),
        ("2024年4月8日 A03版.txt", date(2024, 4, 8), "A03"),
        ("paper-2024-4-8.txt", date(2024, 4, 8), None),
        ("2024-04-08-p3.txt", date(2024, 4, 8), "03"),
        ("2024-02-30_1.txt", None, None),
        ("fengtai-2024-04-page.txt", None, None),
        ("120240408.txt", None, None),
        ("notes.txt", None, None),
    ],
)
def test_names_hint_at_issue_and_page(name: str, issued_on: date | None, number: str | None) -> None:
    hints = name_hints(name)
    assert (hints.issued_on, hints.page_number) == (issued_on, number)
