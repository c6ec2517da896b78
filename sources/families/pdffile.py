"""What is known of a newspaper page in PDF without opening it, and what comes of it."""

from dataclasses import dataclass

from sources.files import SourceError

MAX_BYTES = 30_000_000


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as plain text in reading order: boxes parted by blank lines, a headline on lines of its own.

    `needs_ocr`: hardly any of its text can be read, as it is a picture or its fonts do not tell characters.
    """

    text: str
    number: str | None = None  # as printed: 02, 三
    name: str | None = None
    needs_ocr: bool = False


def check_file(data: bytes, *, name: str, max_bytes: int = MAX_BYTES) -> None:
    """Refuse what is no PDF file by its first bytes, or larger than allowed; `name` is said in errors.

    Raises:
        SourceError: empty, too large, an archive, a web page or something else.
    """
    if not data.strip():
        raise SourceError(f"{name} is empty; fetch it again")
    if len(data) > max_bytes:
        raise SourceError(f"{name} is larger than {max_bytes / 1_000_000:g} MB; give one page at a time")
    if data.startswith(b"PK\x03\x04"):
        raise SourceError(f"{name} is a zip archive; unpack it and give the PDF files in it")
    if b"%PDF" not in data[:1024]:
        what = "a web page" if is_web_page(data) else "no PDF file"
        raise SourceError(f"{name} is {what}; look at what the address answers")


def is_web_page(data: bytes) -> bool:
    """Whether it is HTML: what many sites answer in place of a file that they do not have."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doc", b"<html"))
