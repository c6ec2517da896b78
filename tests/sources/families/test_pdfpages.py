"""Newspaper pages in PDF: the order of their text, their labels, and files that cannot be read."""

import contextlib
import io
import logging
import re
import zipfile
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsing.reader import read_page
from sources.families.pdffile import PdfPage
from sources.families.pdfpages import pages_of
from sources.files import SourceError
from tests.sources.families.pdfs import HEIGHT, LEADING, SIZE, Word, newspaper, pdf, stories, wrapped

NAME = "https://paper.example/resfile/2024-03-08/02/02.pdf"
BODY = "".join(stories()[0].paragraphs)


def page_of(*words: Word) -> PdfPage:
    (found,) = pages_of(pdf(words), name=NAME)
    return found


def set_in(text: str, left: float, top: float, width: float = 180, size: float = SIZE) -> list[Word]:
    """Lines below each other."""
    lines = enumerate(wrapped(text, width, size))
    return [Word(left, top - row * size * LEADING / SIZE, size, line) for row, line in lines]


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def boxes(page: PdfPage) -> list[str]:
    return [letters(box) for box in page.text.split("\n\n")]


def share_in_order(text: str) -> float:
    """The part of the sentences, 0 to 1, that are followed by their true successor."""
    flat = letters(text)
    told = [[letters(one) for one in story.sentences] for story in stories()]
    pairs = [one + other for story in told for one, other in pairwise(story)]
    return sum(pair in flat for pair in pairs) / len(pairs)


@pytest.mark.parametrize("is_inset", [False, True])
@pytest.mark.parametrize(
    ("order", "gap"),
    [("natural", 20), ("shuffled", 20), ("row-wise", 20), ("row-wise", 10), ("shuffled", 10)],
)
def test_columns_are_read_in_order_however_a_file_draws_them(order: str, gap: int, is_inset: bool) -> None:
    (page,) = pages_of(pdf(newspaper(order=order, gap=gap, is_inset=is_inset)), name=NAME)
    assert share_in_order(page.text) >= 0.98
    assert (page.number, page.name, page.needs_ocr) == ("02", "综合新闻", False)
    reading = read_page(page.text)
    assert str(reading.issued_on) == "2024-03-08"
    assert [article.headline for article in reading.articles] == [story.title for story in stories()]
    told = {(mention.article, mention.type.value) for mention in reading.mentions}
    assert {("a1", "launch"), ("a2", "launch"), ("a3", "meeting")} <= told


def test_a_masthead_stands_first_and_a_caption_behind_its_article() -> None:
    (page,) = pages_of(pdf(newspaper()), name=NAME)
    found = boxes(page)
    assert found[0] == "新河时报2024年3月8日星期五02版综合新闻"
    assert found[1:5] == ["柳荫公园开园迎客", letters(BODY), "图为柳荫公园一角。", "中心小学新楼竣工"]


def test_a_paragraph_begins_with_an_indent() -> None:
    (page,) = pages_of(pdf(newspaper(is_inset=True)), name=NAME)
    begins = [line for line in page.text.splitlines() if line.startswith("\u3000\u3000")]
    assert len(begins) == sum(len(story.paragraphs) for story in stories())


def test_lines_above_and_below_a_headline_belong_to_it() -> None:
    page = page_of(
        *set_in("三公顷绿地免费开放", 40, 1200, 400, 14),
        *set_in("柳荫公园开园迎客", 40, 1170, 400, 28),
        *set_in("——园林局负责养护", 40, 1148, 400, 14),
        *set_in(BODY, 40, 1120),
    )
    assert boxes(page) == ["三公顷绿地免费开放柳荫公园开园迎客——园林局负责养护", letters(BODY)]


def test_columns_to_the_right_of_a_headline_are_its_own() -> None:
    half = len(BODY) // 3
    page = page_of(
        *set_in("中心小学新楼竣工", 40, 1200, 600, 28),
        *(
            word
            for place in range(3)
            for word in set_in("石桥镇中心小学的新楼有三层。" * 10, 40 + 200 * place, 1170)
        ),
        *set_in("柳荫公园开园", 40, 800, 180, 28),
        *set_in(BODY[:half], 40, 760),
        *set_in(BODY[half : 2 * half], 240, 815),
        *set_in(BODY[2 * half :], 440, 815),
    )
    assert boxes(page)[2:] == ["柳荫公园开园", letters(BODY)]


def test_an_article_beside_another_keeps_what_stands_below_a_gap() -> None:
    page = page_of(
        *set_in("柳荫公园开园", 40, 1200, 180, 28),
        *set_in("区园林局今年种下四百棵树。" * 20, 40, 1170),
        *set_in("石桥镇停水", 340, 1200, 180, 28),
        *set_in(BODY, 340, 1170),
        *set_in("停水时请用桶接水。" * 5, 340, 1100 - LEADING * len(wrapped(BODY, 180))),
    )
    assert boxes(page)[2:] == ["石桥镇停水", letters(BODY) + "停水时请用桶接水。" * 5]


def test_text_without_a_headline_is_kept() -> None:
    assert boxes(page_of(*set_in(BODY, 40, 1200))) == [letters(BODY)]


def test_a_headline_from_top_to_bottom_is_one_line() -> None:
    head = [Word(40, 1200 - 34 * row, 28, char) for row, char in enumerate("柳荫公园开园")]
    page = page_of(*head, *set_in(BODY, 90, 1200))
    assert page.text.splitlines()[0] == "柳荫公园开园"


def test_a_space_that_is_only_room_between_letters_is_none() -> None:
    spread = [Word(40 + 32 * place, 1200, 28, char) for place, char in enumerate("柳荫公园开园")]
    assert page_of(*spread, *set_in(BODY, 40, 1170)).text.splitlines()[0] == "柳荫公园开园"


def test_text_outside_of_the_page_is_dropped() -> None:
    outside = [Word(-300, 700, SIZE, "印刷厂套色标记"), Word(40, HEIGHT + 30, SIZE, "裁切线外")]
    words = [*outside, Word(20, 20, SIZE, "出血位文字"), *set_in(BODY, 60, 1200)]
    (page,) = pages_of(pdf(words, crop=(50, 50, 950, 1350)), name=NAME)
    assert boxes(page) == [letters(BODY)]


@pytest.mark.parametrize(
    ("printed", "number", "name"),
    [
        ("02版 综合新闻", "02", "综合新闻"),
        ("第3版：要闻", "3", "要闻"),
        ("第三版", "三", None),
        ("综合新闻 A02版", "A02", "综合新闻"),
        ("A02 副刊 2024年3月8日", "A02", "副刊"),
        ("民生 | 04 2024年3月8日", "04", "民生"),
        ("2024年3月8日 星期五", None, None),
    ],
)
def test_the_label_of_a_page_is_read_from_its_head(
    printed: str, number: str | None, name: str | None
) -> None:
    page = page_of(Word(500, HEIGHT - 60, 12, printed), *set_in(BODY, 40, 1200))
    assert (page.number, page.name) == (number, name)


def test_a_page_number_inside_an_article_is_no_label() -> None:
    page = page_of(*set_in("柳荫公园开园", 40, 1000, 180, 28), *set_in(f"{BODY}（下转第三版）", 40, 960))
    assert page.number is None


def test_several_pages_come_in_their_order_up_to_a_cap() -> None:
    data = pdf(*([Word(40, HEIGHT - 60, 12, f"0{number}版 要闻")] for number in range(1, 5)))
    assert [page.number for page in pages_of(data, name=NAME)] == ["01", "02", "03", "04"]
    assert [page.number for page in pages_of(data, name=NAME, max_pages=2)] == ["01", "02"]


def test_a_page_without_enough_text_needs_ocr() -> None:
    assert page_of().needs_ocr
    assert page_of(Word(40, 1200, 28, "柳荫公园开园")).needs_ocr


def test_a_font_that_does_not_tell_characters_needs_ocr() -> None:
    data = pdf(newspaper()).replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(XY9)")
    (page,) = pages_of(data, name=NAME)
    assert "(cid:" in page.text
    assert page.needs_ocr


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("02.pdf", data)
    return file.getvalue()


WHOLE = pdf(set_in(BODY, 40, 1200))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty; fetch it again"),
        (b" \r\n", "is empty; fetch it again"),
        (zipped(WHOLE), "is a zip archive; unpack it"),
        (b"<!DOCTYPE html><title>404</title>", "is a web page"),
        (b"\x89PNG\r\n\x1a\n", "is no PDF file"),
        (b"%PDF-1.4\n", "is damaged or cut off; fetch it again"),
        (WHOLE[: len(WHOLE) // 2], "damaged or cut off; fetch it again"),
        (pdf(set_in(BODY, 40, 1200), password="secret"), "is encrypted; save a copy without a password"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as error:
        pages_of(data, name=NAME)
    assert str(error.value).startswith(NAME)
    assert said in str(error.value)


def test_a_file_that_only_forbids_changes_is_read() -> None:
    (page,) = pages_of(pdf(set_in(BODY, 40, 1200), password=""), name=NAME)
    assert len(page.text) > len(BODY)  # reportlab leaves the fonts' names unencrypted, so no letter is known


@pytest.mark.parametrize(
    ("caps", "said"),
    [
        ({"max_bytes": 100}, "is larger than"),
        ({"max_characters": 50}, "has more than 50 characters on a page"),
        ({"max_seconds": -1}, "takes too long to read"),
    ],
)
def test_size_and_time_have_a_cap(caps: dict[str, int], said: str) -> None:
    with pytest.raises(SourceError, match=said):
        pages_of(WHOLE, name=NAME, **caps)


def test_letters_drawn_twice_for_a_bold_look_are_read_once() -> None:
    head = set_in("柳荫公园开园", 40, 1200, 400, 28)
    page = page_of(*head, *(word._replace(x=word.x + 0.4) for word in head), *set_in(BODY, 40, 1170))
    assert boxes(page) == ["柳荫公园开园", letters(BODY)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (WHOLE.replace(b"/W [ 1 ", b"/W [ 1 99999999999 500 1 "), "a font with too many characters"),
        (WHOLE + b"stream\n" + zlib.compress(bytes(450_000_000), 1), "unpacks to too much"),
        (pdf([Word(500, 700, 0.2, "柳" * 45_000)]), "more than 40000 characters"),
    ],
)
def test_a_file_that_only_costs_time_and_memory_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        pages_of(data, name=NAME)


def test_odd_fonts_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        pages_of(WHOLE.replace(b"/UniGB-UCS2-H", b"/No-Such-Map  "), name=NAME)
    assert not caplog.records


@given(st.binary(max_size=12), st.integers(0, len(WHOLE)), st.sampled_from(["insert", "replace", "cut"]))
@settings(max_examples=60, deadline=None)
def test_no_bytes_raise_anything_but_what_is_told(noise: bytes, place: int, way: str) -> None:
    tail = {"insert": WHOLE[place:], "replace": WHOLE[place + len(noise) :], "cut": b""}[way]
    with contextlib.suppress(SourceError):
        pages_of(WHOLE[:place] + noise + tail, name=NAME, max_seconds=5)
