"""Pages read from files, as every command reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sources.files import SourceError, name_hints, read_file

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
    """A page that was read: its file, its text and what it tells."""

    path: Path
    text: str
    reading: "Reading"


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page that could not be read. `why` is one line that names the file."""

    path: Path
    why: str


class PageReader:
    """Reads files one by one. The name model is loaded with the first page that needs it, and kept."""

    def __init__(self, how: How) -> None:
        self._how = how

    def read(self, path: Path) -> ReadPage:
        """Read one file.

        Raises:
            SourceError: the file can't be read.
        """
        from parsing.reader import read_page

        page = read_file(path)
        issued_on = self._how.issued_on or name_hints(page.name).issued_on
        reading = read_page(page.text, district=self._how.district, issued_on=issued_on, tagger=self._tagger)
        return ReadPage(path, page.text, reading)

    def read_if_possible(self, path: Path) -> ReadPage | UnreadPage:
        """Read one of many files: never raises for what lies in it, so that the others go on."""
        try:
            return self.read(path)
        except SourceError as error:
            return UnreadPage(path, str(error))
        except Exception as error:
            return UnreadPage(path, f"{path} broke the reader ({type(error).__name__}: {error})")

    def read_each(self, paths: Sequence[Path]) -> Iterator[ReadPage | UnreadPage]:
        """Read many files, each when it is asked for."""
        return map(self.read_if_possible, paths)

    @cached_property
    def _tagger(self) -> "Tagger | None":
        from parsing.tagger import load_tagger

        return load_tagger() if self._how.model else None
