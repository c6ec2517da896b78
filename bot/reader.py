"""The reader with its name model, of which a process holds one for all that read pages in it."""

import threading
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from parsing.model import Reading

if TYPE_CHECKING:
    from parsing.district import District
    from parsing.tagger import Tagger

_LOCK = threading.Lock()


def read_text(text: str, *, district: "District", issued_on: date | None) -> Reading:
    """Read the text of a page. The name model is loaded with the first; threads take turns."""
    from parsing.reader import read_page

    with _LOCK:
        return read_page(text, district=district, issued_on=issued_on, tagger=_tagger())


@cache
def _tagger() -> "Tagger":
    from parsing.tagger import load_tagger

    return load_tagger()
