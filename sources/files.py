"""Pages from text files, in whatever encoding a Chinese newsroom saves them."""

import codecs
import hashlib
import re
import stat
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MAX_BYTES = 20_000_000

_BOMS = (  # longest first: UTF-32 LE begins with the mark of UTF-16 LE
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF file, and not plain text"),
    (b"PK\x03\x04", "a zip archive or an office document; save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as plain text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
)
_SPACES = "\t\n\r\f\v"


class SourceError(Exception):
    """A page cannot be read. The message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A page as read: lines end in "\\n", no byte order mark."""

    text: str
    encoding: str  # utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be, utf-32 or gb18030
    name: str  # the file's name without folders
    sha256: str  # of the bytes as they lay there


@dataclass(frozen=True, slots=True)
class NameHints:
    """What the name of a file tells about its page."""

    issued_on: date | None = None
    page_number: str | None = None  # two digits where it has fewer, as printed: 02


def read_file(path: Path, *, max_bytes: int = MAX_BYTES) -> SourceText:
    """Read a text file.

    Raises:
        SourceError: missing, a directory, unreadable, larger than `max_bytes`, empty or not text.
    """
    data = read_bytes(path, max_bytes)
    text, encoding = decode(data, name=str(path))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SourceError(f"{path} is empty: it has no text to read")
    return SourceText(text, encoding, path.name, hashlib.sha256(data).hexdigest())


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a file as it lies there.

    Raises:
        SourceError: missing, a directory, unreadable or larger than `max_bytes`.
    """
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise SourceError(f"{path} is a directory; name the files in it, such as {path}/*.txt")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise SourceError(f"{path} does not exist") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{str(path)!r} is not a file name") from error
    if len(data) > max_bytes:
        raise SourceError(f"{path} is larger than {max_bytes // 1_000_000} MB; give one page at a time")
    return data


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """The text of `data` and its encoding: by its byte order mark, or the one that yields a Chinese text.

    Raises:
        SourceError: not text; `name` is said in the message.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise SourceError(f"{name} is {kind}")
    told = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    text = _decoded(data, told or "utf-8")
    sure = text is not None and _odd_share(text) <= 0.02
    if text is not None and sure and (told or _could_only_be_utf8(text)):
        return text, told or "utf-8"
    if told is None:
        guesses = ("utf-16-le", "utf-16-be") if b"\0" in data else ("gb18030", "utf-16-le", "utf-16-be")
        found = [(guess, guessed) for guess in guesses if (guessed := _decoded(data, guess)) is not None]
        best = max(found, key=lambda pair: _familiar_share(pair[1]), default=None)
        if best is not None and _familiar_share(best[1]) >= 0.8:
            return best[1], best[0]
    if text is not None and sure:
        return text, "utf-8"
    raise SourceError(f"{name} is not a text file; give a page as text in UTF-8, UTF-16 or GB18030")


def name_hints(name: str) -> NameHints:
    """Issue date and page number from a file name such as 2024-04-08_02.txt or 丰台报20240408第2版.txt.

    A date that does not exist is no hint.
    """
    stem = re.sub(r"\.[A-Za-z]{1,5}$", "", name)
    found = re.search(
        r"(?<!\d)((?:19|20)\d\d)(?:([-_.年]?)(\d\d)([-_.月]?)(\d\d)|[-_.年](\d{1,2})[-_.月](\d{1,2}))日?(?!\d)",
        stem,
    )
    if found is None:
        return NameHints()
    month, day = found[3] or found[6], found[5] or found[7]
    try:
        issued_on = date(int(found[1]), int(month), int(day))
    except ValueError:
        return NameHints()
    rest = re.match(
        r"(?:[-_. ]*(?:第|[Pp]age|[Pp])?[-_. ]*([A-Z]?\d{1,3})版?)(?![0-9A-Za-z])", stem[found.end() :]
    )
    number = rest[1] if rest else None
    return NameHints(issued_on, number.zfill(2) if number else None)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _could_only_be_utf8(text: str) -> bool:
    # A few words in GB18030, such as 停水通知, happen to be valid UTF-8: Greek and Arabic, two bytes each.
    return text.isascii() or any(char >= "\u0800" for char in text)


def _odd_share(text: str) -> float:
    """The part of the characters, 0 to 1, that no text has: controls and code points without a meaning."""
    sample = _sample(text)
    odd = sum(1 for char in sample if unicodedata.category(char) in ("Cc", "Cn") and char not in _SPACES)
    return 1.0 if "\0" in text else odd / max(1, len(sample))


def _familiar_share(text: str) -> float:
    """The part of the characters, 0 to 1, that a newspaper in simplified Chinese is written with.

    The right encoding comes near 1; a wrong one yields controls, private characters, Hangul, rare ideographs.
    """
    sample = _sample(text)
    return sum(1 for char in sample if _is_familiar(char)) / max(1, len(sample))


def _is_familiar(char: str) -> bool:
    if char < "\x80":
        return char.isprintable() or char in _SPACES
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _sample(text: str) -> str:
    return text if len(text) <= 8_000 else text[:4_000] + text[-4_000:]
