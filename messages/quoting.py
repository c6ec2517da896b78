"""Short quotations: what is said of an event is proved by a sentence of the page, never by its whole text."""

import re

from messages.layout import one_line, shorten, units

QUOTE_LIMIT = 160  # UTF-16 units: a long sentence of a paper
_CLAUSE = re.compile(r"[^，。；！？、：,;!?]*[，。；！？、：,;!?”》）)]*")
_ENDS = "，。；！？、：,;!? "
_LEAST = QUOTE_LIMIT // 2  # a cut at a clause that would leave less is made where the room ends


def quotation(text: str, limit: int = QUOTE_LIMIT) -> str:
    """The text on one line, at most `limit` units; a longer one ends with … after a clause."""
    text = one_line(text)
    if units(text) <= limit:
        return text
    kept = _fitting(_clauses(text), limit - 1)
    return kept.rstrip(_ENDS) + "…" if units(kept) >= min(_LEAST, limit // 2) else shorten(text, limit)


def shortened(text: str) -> str:
    """The text as it stands; only one that is too long to be quoted is cut."""
    return text if units(text) <= QUOTE_LIMIT else quotation(text)


def quoted(evidence: str, context: str) -> tuple[str, str, str]:
    """What stands before the evidence in its sentence, the evidence, and what stands behind it.

    Together they have at most `QUOTE_LIMIT` units and two …, which stand where clauses were left out.
    """
    found = quotation(evidence)
    before, inside, after = one_line(context).partition(one_line(evidence)) if found else ("", "", "")
    if not inside or found.endswith("…"):
        return "", found, ""
    room = QUOTE_LIMIT - units(found)
    if units(before) + units(after) <= room:
        return before, found, after
    behind = _fitting(_clauses(after), max(room // 2, room - units(before)))
    ahead = _fitting([clause[::-1] for clause in reversed(_clauses(before))], room - units(behind))[::-1]
    return (
        ahead if ahead == before else f"…{ahead}",
        found,
        behind if behind == after else f"{behind.rstrip(_ENDS)}…",
    )


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.findall(text) if clause]


def _fitting(clauses: list[str], room: int) -> str:
    """As many of the first clauses as there is room for."""
    kept = ""
    for clause in clauses:
        if units(kept) + units(clause) > room:
            break
        kept += clause
    return kept
