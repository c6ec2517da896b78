"""The document that comes out or comes into force, by its full name."""

import re
from collections.abc import Iterator

from parsing.candidates import Story
from parsing.clauses import Clause

_TITLE = re.compile(r"《(?P<title>[^《》]{2,80}(?:《[^》]*》[^《》]*)?)》")
_SHORT = 5  # letters: 《办法》, 《若干措施》 stand for a title told before


def named_before(story: Story, clause: Clause, words: str) -> str | None:
    """The full title of the document that a clause means: its own, else the last before it, else the headline's."""
    own = _TITLE.search(words)
    if own and len(own["title"]) > _SHORT:
        return own["title"]
    ending = own["title"] if own else ""
    for title in _titles_before(story, clause):
        if len(title) > _SHORT and title.endswith(ending):
            return title
    return own["title"] if own else None


def _titles_before(story: Story, clause: Clause) -> Iterator[str]:
    for paragraph in range(clause.paragraph, -1, -1):
        text = story.paragraphs[paragraph].text
        end = clause.start if paragraph == clause.paragraph else len(text)
        yield from (m["title"] for m in reversed(list(_TITLE.finditer(text, 0, end))))
    yield from (m["title"] for m in _TITLE.finditer(story.draft.headline or ""))
