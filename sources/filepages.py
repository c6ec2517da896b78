"""The pages in a file: one of a text file, one or several of a PDF."""

from dataclasses import dataclass
from pathlib import Path

from sources.cleaning import number_of
from sources.families import pdffile
from sources.families.pdfworker import read_pdf
from sources.files import name_hints, read_bytes, read_file


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page in a file. `place` counts from 1 in a file with several, and is None in a file with one."""

    text: str
    number: str | None = None  # in two digits, as the file's name or the page tells it
    name: str | None = None
    place: int | None = None
    needs_ocr: bool = False


def pages_in(path: Path, *, only: int | None = None) -> list[FilePage]:
    """The pages of a text file or PDF, in order, at least one; `only` that at a place, counted from 1.

    Raises:
        SourceError: missing, a directory, too large, empty, damaged, encrypted, or neither text nor PDF.
    """
    told = name_hints(path.name).page_number
    if not _is_pdf(path):
        return [FilePage(read_file(path).text, told)]
    data = read_bytes(path, pdffile.MAX_BYTES)
    found = read_pdf(data, name=str(path), only=only - 1 if only else None)
    if len(found) == 1:
        [page] = found
        return [FilePage(page.text, told or _number(page), page.name, needs_ocr=page.needs_ocr)]
    return [
        FilePage(page.text, _number(page) or str(place).zfill(2), page.name, place, page.needs_ocr)
        for place, page in enumerate(found, 1)
    ]


def ocr_needed(name: str) -> str:
    """What is said of a page whose text cannot be read."""
    return f"{name} is a picture, or its fonts do not tell characters: recognise its text (OCR) and give that"


def _is_pdf(path: Path) -> bool:
    if path.suffix.lower() == ".pdf":
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) == b"%PDF"
    except (OSError, ValueError):  # whoever reads it tells
        return False


def _number(page: pdffile.PdfPage) -> str | None:
    return number_of(page.number) if page.number else None
