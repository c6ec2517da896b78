"""Reads a rendered part as Telegram does: strict about tags, lengths counted after they are read."""

from html.parser import HTMLParser

from messages.html import ENTITY_LIMIT, TEXT_LIMIT, Rendered

_ALLOWED = {"b": [], "i": [], "code": [], "a": ["href"], "blockquote": ["expandable"]}


class _Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.entities = 0
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _ALLOWED, f"<{tag}> is not Telegram's"
        assert {name for name, _ in attrs} <= set(_ALLOWED[tag])
        self.links += [str(value) for name, value in attrs if name == "href"]
        self.open.append(tag)
        self.entities += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without its beginning"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"declaration {decl!r}")


def utf16(text: str) -> int:
    """UTF-16 code units; fails for half a surrogate pair."""
    return len(text.encode("utf-16-le")) // 2


def read(part: Rendered) -> str:
    """The text that a reader sees; AssertionError where Telegram would refuse the part."""
    reader = _Strict()
    reader.feed(part.html)
    reader.close()
    assert not reader.open, "an open tag"
    assert reader.text.strip(), "message text is empty"
    assert utf16(reader.text) <= TEXT_LIMIT
    assert reader.entities <= ENTITY_LIMIT
    assert all(link.startswith(("http://", "https://")) for link in reader.links)
    for row in part.keyboard:
        assert 1 <= len(row) <= 8
        for button in row:
            assert button.text.strip()
            assert utf16(button.text) <= 64
            assert button.data is None or len(button.data.encode()) <= 64
    return reader.text
