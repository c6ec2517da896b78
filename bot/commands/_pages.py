"""Pages read from files, as every command reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sources.filepages import FilePage, ocr_needed, pages_in
from sources.files import SourceError, name_hints

if TYPE_CHECKING:
    from parsing.district import District
    from parsing.model import Reading
    from parsing.tagger import Tagger


@dataclass(frozen=True, slots=True)
class How:
    """How pages are to be read, the same in every process."""

    district: "District"
    issued_on: date | None = None  # None: from the file's name or the page
    model: bool = True  # with the name model


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: its file, its text and what it tells.

    `number` is its own, as printed or in the file's name; `place` that in a file of several, from 1.
    """

    path: Path
    text: str
    reading: "Reading"
    number: str | None = None
    place: int | None = None

    @property
    def shown(self) -> str:
        """The file, and which of its pages: paper.pdf#page=2."""
        return _shown(self.path, self.place)

    @property
    def file_name(self) -> str:
        """The same without folders."""
        return _shown(Path(self.path.name), self.place)


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page that could not be read. `why` is one line that names the file."""

    path: Path
    why: str


class PageReader:
    """Reads files one by one. The name model is loaded with the first page that needs it, and kept."""

    def __init__(self, how: How) -> None:
        self._how = how

    def read(self, path: Path) -> list[ReadPage | UnreadPage]:
        """Read the pages of one file: one, or as many as a PDF has.

        Raises:
            SourceError: the file can't be read.
        """
        return [self._read(path, page) for page in pages_in(path)]

    def read_only(self, path: Path) -> ReadPage:
        """Read the page of a file that has one.

        Raises:
            SourceError: the file or its page can't be read, or it has several.
        """
        pages = self.read(path)
        if len(pages) > 1:
            raise SourceError(f"{path} has {len(pages)} pages; give a file with one")
        if isinstance(pages[0], UnreadPage):
            raise SourceError(pages[0].why)
        return pages[0]

    def read_if_possible(self, path: Path) -> list[ReadPage | UnreadPage]:
        """Read one of many files: never raises for what lies in it, so that the others go on."""
        try:
            return self.read(path)
        except SourceError as error:
            return [UnreadPage(path, str(error))]
        except Exception as error:
            return [UnreadPage(path, f"{path} broke the reader ({type(error).__name__}: {error})")]

    def read_each(self, paths: Sequence[Path]) -> Iterator[ReadPage | UnreadPage]:
        """Read many files, each when it is asked for."""
        return chain.from_iterable(map(self.read_if_possible, paths))

    def _read(self, path: Path, page: FilePage) -> ReadPage | UnreadPage:
        from parsing.reader import read_page

        if page.needs_ocr:
            return UnreadPage(path, ocr_needed(_shown(path, page.place)))
        issued_on = self._how.issued_on or name_hints(path.name).issued_on
        reading = read_page(page.text, district=self._how.district, issued_on=issued_on, tagger=self._tagger)
        return ReadPage(path, page.text, reading, page.number, page.place)

    @cached_property
    def _tagger(self) -> "Tagger | None":
        from parsing.tagger import load_tagger

        return load_tagger() if self._how.model else None


def _shown(path: Path, place: int | None) -> str:
    return f"{path}#page={place}" if place else str(path)
