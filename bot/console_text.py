"""Telegram's HTML as text for a terminal."""

from html.parser import HTMLParser

from rich.text import Text

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strike",
    "del": "strike",
    "code": "cyan",
    "pre": "cyan",
}
QUOTE_BAR = "│ "


def html_to_text(html: str) -> Text:
    """Read Telegram's HTML: styles stay styles, a quotation gets a bar at its left, a link its address."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._styles: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._quoting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            if self.text.plain and not self.text.plain.endswith("\n"):
                self.text.append("\n")
            self._quoting = True
            self.text.append(QUOTE_BAR, style="dim")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.text.plain)))
            self._styles.append("underline")
        else:
            self._styles.append(_STYLES.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._quoting = False
            return
        if self._styles:
            self._styles.pop()
        if tag == "a" and self._links:
            address, start = self._links.pop()
            if address and address != self.text.plain[start:]:
                self.text.append(f"（{address}）", style="dim")

    def handle_data(self, data: str) -> None:
        style = " ".join(filter(None, self._styles))
        if not self._quoting:
            self.text.append(data, style=style)
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                self.text.append("\n" + QUOTE_BAR, style="dim")
            self.text.append(line, style=style)
