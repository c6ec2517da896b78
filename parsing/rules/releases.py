"""Releases: a plan, policy, list or report comes out."""

import re
from collections.abc import Iterator
from functools import cache

from parsing.candidates import Candidate, Story, trimmed, whole
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon
from parsing.model import EventType

_BOOK = re.compile(r"《[^》]{2,80}》")
# Behind a document's name, or behind its verb, the text goes on: 垃圾分类办法[明确]…, 印发[后]
_GOES_ON = re.compile(r"^(?:$|[、（，；]|，|并|后|以来|和|及|等|的通知|显示|对|就|明确|提出)")
# Behind the verb it makes a noun of it: 发布[会], 发布[平台]
_NOMINAL = re.compile(r"^(?:的|会|后|前|平台|渠道|时|厅|量|者|以来|现场|污染|应对|预告)")
# In front of a document's name: 出台[了一批]惠民政策, 发布[首份]白皮书
_COUNTED = re.compile(r"^(?:了|出)?(?:一[份批项个]|首[份批个]|\d+[份项个])?")
# What is 推出 may be anything: a document only by such a noun.
_SURE_DOCUMENTS = ("政策", "措施", "方案", "清单", "计划", "办法", "指南", "地图", "手册")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = lexicon("events")["release"]
    return {
        "verbs": re.compile(any_of(table["verbs"])),
        "published": re.compile(any_of(table["published"])),
        "document_end": re.compile(any_of(table["documents"]) + r"(?:（[^）]*）)?[”》]?"),
    }


def releases(story: Story, clause: Clause) -> Iterator[Candidate]:
    """The candidate for a release in a clause; at most one."""
    text = story.text(clause)[clause.start : clause.end]
    patterns = _patterns()
    for verb in patterns["verbs"].finditer(clause.masked):
        rest = text[verb.end() :]
        if _NOMINAL.match(rest):
            continue
        if book := _BOOK.search(rest):
            if book.start() <= 16:
                subject, strength = book[0].strip("《》"), 0.9
                # 推出《X》 and 首发《X》 are a show or a song as often as a document
                if verb[0] in ("推出", "首发", "出版") and not patterns["document_end"].search(book[0]):
                    strength = 0.5
                yield _candidate(story, clause, verb, subject, "verb+title", strength)
                return
            continue
        name = _document(rest)
        if name and (verb[0] != "推出" or name.endswith(_SURE_DOCUMENTS)):
            yield _candidate(story, clause, verb, name, "verb+document", 0.72)
            return
    for verb in patterns["published"].finditer(clause.masked):
        left = trimmed(story, clause, clause.start, clause.start + verb.start())
        rest = clause.masked[verb.end() :]
        if (rest and not _GOES_ON.match(rest)) or len(left.text) < 4:
            continue
        ends = re.search(patterns["document_end"].pattern + "$", left.text)
        if (_BOOK.search(left.text[-80:]) and left.text.endswith(("》", "）"))) or ends:
            book = _BOOK.search(left.text)
            yield _candidate(
                story,
                clause,
                verb,
                book[0].strip("《》") if book else left.text,
                "title+verb",
                0.8 if book else 0.68,
            )
            return


def _document(rest: str) -> str | None:
    """The document named right after the verb, up to the noun that ends its name; None where there is none."""
    best: str | None = None
    for noun in _patterns()["document_end"].finditer(rest[:60]):
        if noun.start() >= 1 and _GOES_ON.match(rest[noun.end() :]):
            best = rest[: noun.end()]
    if best is None:
        return None
    return _COUNTED.sub("", best)


def _candidate(
    story: Story, clause: Clause, verb: re.Match[str], subject: str, rule: str, strength: float
) -> Candidate:
    start, end = whole(clause)
    left = trimmed(story, clause, clause.start, clause.start + verb.start())
    return Candidate(
        type=EventType.RELEASE,
        rule=f"release.{rule}",
        trigger=verb[0],
        clause=clause,
        start=start,
        end=end,
        at=clause.start + verb.start(),
        subject=subject,
        strength=strength,
        holder=(left.start, left.end) if rule != "title+verb" else None,
    )
