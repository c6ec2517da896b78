"""Languages: the source text is Chinese, other languages are .po files beside this module, read at run time.

A new language is one file `messages/locale/<code>.po`.
"""

import gettext
import string
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from messages.tree import Inline, Inlines, Text

SOURCE_LANGUAGE = "zh"


def mark(text: str) -> str:
    """Mark a text for translation that is translated later, where it is used."""
    return text


class Translator:
    """Says things in one language: `t("共 {n} 件", n=3)`.

    A text that has no translation is said in Chinese.
    """

    def __init__(self, language: str, catalog: Catalog | None) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self._catalog = catalog
        self._form: Callable[[int], int] = gettext.c2py(catalog.plural_expr) if catalog else lambda _n: 0

    def __call__(self, text: str, /, **values: object) -> str:
        """Translate, then fill in the values."""
        return self._find(text, 0).format(**values) if values else self._find(text, 0)

    def plural(self, text: str, n: int, /, **values: object) -> str:
        """Translate a text whose words depend on the number `{n}`."""
        return self._find(text, self._form(n)).format(n=n, **values)

    def inlines(self, text: str, /, **values: Inline | str) -> Inlines:
        """Translate a text whose placeholders are filled with inlines such as `Bold` or `Link`."""
        line: list[Inline] = []
        for literal, name, _spec, _conversion in string.Formatter().parse(self._find(text, 0)):
            if literal:
                line.append(Text(literal))
            if name:
                value = values[name]
                line.append(Text(value) if isinstance(value, str) else value)
        return tuple(line)

    def _find(self, text: str, form: int) -> str:
        if not text:
            return ""  # the catalog keeps its header under the empty text
        message = self._catalog.get(text) if self._catalog else None
        if message is None or not message.string:
            return text
        if isinstance(message.string, str):
            return message.string
        return message.string[form] or text


def languages() -> tuple[str, ...]:
    """The codes of all languages, the source language first."""
    names = (item.name for item in files("messages").joinpath("locale").iterdir())
    return (SOURCE_LANGUAGE, *sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


@lru_cache
def translator(language: str | None) -> Translator:
    """The translator of a language code; of the source language where the code is unknown or None."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    if code == SOURCE_LANGUAGE or code not in languages():
        return Translator(SOURCE_LANGUAGE, None)
    with files("messages").joinpath("locale").joinpath(f"{code}.po").open("rb") as file:
        return Translator(code, read_po(file, locale=code))
