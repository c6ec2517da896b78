"""Newspaper pages in PDF: pdfminer puts their characters into boxes, which are read in a paper's order."""

import io
import logging
import re
from collections.abc import Iterator

from pdfminer.layout import LAParams, LTChar, LTContainer, LTPage, LTTextBox, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from sources.families.pdfdevice import Device, TooMuchError, check_unpacked
from sources.families.pdffile import MAX_BYTES, PdfPage, check_file
from sources.families.pdflayout import Block, Line, blocks_of, in_reading_order
from sources.files import SourceError

MAX_PAGES = 24
MAX_CHARACTERS = 40_000  # of one page; a full one has 10 000
MAX_SECONDS = 60.0  # for all pages

# Columns of a newspaper stand closer than pdfminer expects. A space that is not printed is none in Chinese.
_LAYOUT = LAParams(char_margin=0.6, line_margin=0.6, word_margin=0.6, boxes_flow=None, all_texts=True)
_ENOUGH = 100  # Chinese characters; a page with fewer is a picture
_BAD_SHARE = 0.05
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BAD = re.compile("\\(cid:\\d+\\)|[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NUMBER = r"(?P<number>[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})"
_NAME = r"(?P<name>[\u4e00-\u9fff·]{2,8})"
_LABELS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第?\s*{_NUMBER}\s*版\s*[：:·|/\-—]?\s*{_NAME}(?!\S)",  # 第02版：综合新闻
        rf"(?<!\S){_NAME}\s*[：:·|/\-—]?\s*第?{_NUMBER}版",  # 综合新闻 02版
        rf"第?\s*{_NUMBER}\s*版(?!\S)",  # 第三版
        r"(?<!\S)(?P<number>[A-Z]\d{1,2}|0\d)\s*[|/·：:]?\s*" rf"{_NAME}(?!\S)",  # A02 综合
        rf"(?<!\S){_NAME}\s*[|/·：:]?\s*" r"(?P<number>[A-Z]\d{1,2}|0\d)(?!\S)",  # 综合 | 02
    )
)
_NO_NAME = re.compile("星期|农历|责任?编|版式|美编|报$|[周月]刊$|^[年月日]")

logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)  # it warns of each odd font


def pages_of(
    data: bytes,
    *,
    name: str,
    max_bytes: int = MAX_BYTES,
    only: int | None = None,
    max_pages: int = MAX_PAGES,
    max_characters: int = MAX_CHARACTERS,
    max_seconds: float = MAX_SECONDS,
) -> list[PdfPage]:
    """The pages of a PDF file, or `only` that at a place counted from 0; `name` is said in errors.

    Pages behind `max_pages` are not read.

    Raises:
        SourceError: no PDF, encrypted, damaged, without pages, or larger or slower than allowed.
    """
    check_file(data, name=name, max_bytes=max_bytes)
    device = Device(_LAYOUT, max_characters, max_seconds)
    try:
        check_unpacked(data)
        found = [_page(layout) for layout in _layouts(data, device, max_pages, only)]
    except TooMuchError as error:
        raise SourceError(f"{name} {error}; give its pages one by one, or as text") from None
    except MemoryError as error:
        raise SourceError(f"{name} takes too much memory; give its pages one by one, or as text") from error
    except PDFEncryptionError as error:
        raise SourceError(f"{name} is encrypted; save a copy without a password first") from error
    except Exception as error:  # pdfminer raises whatever a damaged object leads it to
        raise SourceError(f"{name} is damaged or cut off; fetch it again") from error
    if not found:
        raise SourceError(f"{name} has no pages, or is damaged or cut off; fetch it again")
    return found


def _layouts(data: bytes, device: Device, max_pages: int, only: int | None) -> Iterator[LTPage]:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    interpreter = PDFPageInterpreter(device.rsrcmgr, device)
    for position, page in enumerate(PDFPage.create_pages(document)):
        if position == max_pages:
            return
        device.check_time()
        if only not in (None, position):
            continue
        page.mediabox = page.cropbox  # what is printed: marks for the press stand around it
        interpreter.process_page(page)
        yield device.get_result()


def _page(layout: LTPage) -> PdfPage:
    blocks = blocks_of(_lines(layout, layout))
    head, articles = in_reading_order(blocks, layout.height)
    number, name = _label(head)
    boxes = ["\n".join(line.text for block in head for line in block.lines), *articles]
    text = "\n\n".join(box for box in boxes if box)
    bad = len(_BAD.findall(text))
    known = len(re.sub(r"\s", "", _BAD.sub("", text)))
    needs_ocr = len(_CHINESE.findall(text)) < _ENOUGH or bad > _BAD_SHARE * (known + bad)
    return PdfPage(text, number, name, needs_ocr)


def _lines(container: LTContainer, page: LTPage) -> Iterator[list[Line]]:  # type: ignore[type-arg]
    """The boxes of lines in a page and its figures; what lies outside of the page is dropped."""
    for item in container:
        if isinstance(item, LTTextBox):
            box = [_line(line) for line in item]
            seen = [
                line
                for line in box
                if line.text and 0 <= line.middle <= page.width and 0 <= line.height_of_middle <= page.height
            ]
            if seen:
                yield seen
        elif isinstance(item, LTContainer) and not isinstance(item, LTTextLine):
            yield from _lines(item, page)


def _line(line: LTTextLine) -> Line:
    sizes = sorted(char.size for char in line if isinstance(char, LTChar))
    size = sizes[len(sizes) // 2] if sizes else line.height
    text = line.get_text().replace("\0", "").strip("\n\r\t ")
    return Line(line.x0, line.y0, line.x1, line.y1, size, text if text.strip() else "")


def _label(head: list[Block]) -> tuple[str | None, str | None]:
    """The number and name of a page as its head prints them."""
    lines = [line.text.strip() for block in head for line in block.lines]
    for text in (*lines, " ".join(lines)):
        for pattern in _LABELS:
            if found := pattern.search(text):
                name = found.groupdict().get("name")
                return found["number"], None if name is None or _NO_NAME.search(name) else name
    return None, None
