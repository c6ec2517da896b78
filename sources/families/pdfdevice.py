"""What pdfminer draws a page on: it collects characters, and refuses files that only cost time and memory."""

import re
import time
import zlib
from collections.abc import Mapping

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1

_MOST_UNPACKED = 400_000_000  # bytes of all streams; the pictures of a page for the press may come near
_STREAM = re.compile(rb"stream\r?\n")
_LARGEST_CODE = 0xFFFF
_CODES = re.compile(rb"<\s*([0-9A-Fa-f]{1,16})\s*>\s*<\s*([0-9A-Fa-f]{1,16})\s*>\s*[<\[]")

_Matrix = tuple[float, float, float, float, float, float]


class TooMuchError(Exception):
    """A file holds or takes more than is allowed."""


def check_unpacked(data: bytes, most: int = _MOST_UNPACKED) -> None:
    """Refuse a file whose streams grow beyond all measure when they are unpacked."""
    total = 0
    for found in _STREAM.finditer(data):
        packed, unpacker = data[found.end() : found.end() + 65536], zlib.decompressobj()
        position = found.end() + len(packed)
        while packed and not unpacker.eof:
            try:
                total += len(unpacker.decompress(packed, 1_000_000))
            except zlib.error:  # packed otherwise, or not at all
                break
            if total > most:
                raise TooMuchError("unpacks to too much")
            packed = unpacker.unconsumed_tail
            if not packed:
                packed = data[position : position + 65536]
                position += len(packed)


class Device(PDFPageAggregator):
    """Collects characters, up to a number a page and a point in time; lines and areas are not kept."""

    def __init__(self, layout: LAParams, max_characters: int, max_seconds: float) -> None:
        super().__init__(_Fonts(), laparams=layout)
        self._most, self._left = max_characters, max_characters
        self._until = time.monotonic() + max_seconds
        self._places: set[tuple[float, bool, bool, int, int]] = set()

    def check_time(self) -> None:
        """Raise when no time is left."""
        if time.monotonic() > self._until:
            raise TooMuchError("takes too long to read")

    def begin_page(self, page: PDFPage, ctm: _Matrix) -> None:
        self._left = self._most
        self._places.clear()
        super().begin_page(page, ctm)

    def begin_figure(self, name: str, bbox: tuple[float, float, float, float], matrix: _Matrix) -> None:
        self.check_time()
        super().begin_figure(name, bbox, matrix)

    def set_ctm(self, ctm: _Matrix) -> None:
        self.check_time()
        super().set_ctm(ctm)

    def paint_path(self, *_: object, **__: object) -> None:
        self.check_time()

    def render_char(self, *args: object, **kwargs: object) -> float:
        self.check_time()
        self._left -= 1
        if self._left < 0:
            raise TooMuchError(f"has more than {self._most} characters on a page")
        advance = super().render_char(*args, **kwargs)  # type: ignore[arg-type]
        drawn = self.cur_item._objs[-1]
        if isinstance(drawn, LTChar) and drawn.get_text().strip() and self._is_drawn_again(drawn):
            self.cur_item._objs.pop()
        return advance

    def _is_drawn_again(self, char: LTChar) -> bool:
        """Whether a character of its size stands in its place: bold letters and shadows are drawn twice."""
        cell = round(max(0.4 * min(char.width, char.height), 0.1), 2)
        keys = {  # four grids, so that two close points share a cell of one of them
            (cell, right, up, round(char.x0 / cell + right / 2), round(char.y0 / cell + up / 2))
            for right in (False, True)
            for up in (False, True)
        }
        if not keys.isdisjoint(self._places):
            return True
        self._places |= keys
        return False


class _Fonts(PDFResourceManager):
    """Fonts, without those that name more characters than there are: pdfminer would list each."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        for key in ("W", "W2"):
            widths = resolve1(spec.get(key))
            if isinstance(widths, list) and any(_is_huge(resolve1(one)) for one in widths):
                raise TooMuchError("has a font with too many characters")
        codes = resolve1(spec.get("ToUnicode"))
        if isinstance(codes, PDFStream):
            spans = (int(last, 16) - int(first, 16) for first, last in _CODES.findall(codes.get_data()))
            if sum(max(0, span) for span in spans) > 4 * _LARGEST_CODE:
                raise TooMuchError("has a font with too many characters")
        return super().get_font(objid, spec)


def _is_huge(number: object) -> bool:
    return isinstance(number, (int, float)) and abs(number) > _LARGEST_CODE
