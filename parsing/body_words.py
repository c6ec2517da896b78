"""The words that bodies' names are made of, and the stretches of a text in which one may stand."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parsing.district import District
from parsing.wordlists import either, longest_of, words

JOINS = ("、", "和", "与", "及", "以及", "暨")
_HEAD = "区市县省镇乡"
_QUOTED = re.compile("“[^“”]*”")


@dataclass(frozen=True, slots=True)
class Grammar:
    tokens: re.Pattern[str]  # what ends a stretch of names, and the words that only look so
    suffixes: re.Pattern[str]
    starts: re.Pattern[str]  # names of places, which a body's name often begins with
    areas: frozenset[str]


def grammar_of(district: District | None) -> Grammar:
    if district is None or not district.areas:
        return _built(())
    return _built(tuple(sorted({n for a in district.areas for n in (a.name, *a.aliases, *a.former)})))


def segments(text: str, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Stretches without a verb, a date or punctuation."""
    stops = words("body_stops")
    start = 0
    for found in grammar.tokens.finditer(text):
        kind, word = found.lastgroup, found.group()
        if kind in ("quote", "paren") or (kind == "word" and word not in stops):
            continue
        if kind == "word" and word[-1] == "有" and text.startswith("限", found.end()):
            continue  # 模|具有|限公司
        if word in JOINS and inside_name(text, start, found, grammar):
            continue
        if found.start() > start:
            yield start, found.start()
        start = found.start() if kind == "count" else found.end()
    if start < len(text):
        yield start, len(text)


# A name that goes on behind 和 began as a public body's: 区|民政 和 |卫生健康局.
_TAIL = re.compile(
    "[\u4e00-\u9fff]{2,8}?(?:委员会|领导小组|工作组|管理局|局|委|厅|服务所|部(?!门|队|分|署|长)|办公室)(?!.?[长任])"
)
_PEOPLE = re.compile("居民|群众|党员|代表|干部|职工|学生|企业|领导|村民|市民|家长|专家|教师|青年|志愿者")


def inside_name(text: str, start: int, found: re.Match[str], grammar: Grammar) -> bool:
    """Whether the 和 at `found` belongs to a name (顺和社区, 区文化和旅游局) and joins nothing."""
    if found.group() not in ("和", "与", "及"):
        return False
    head = text[max(start, found.start() - 16) : found.start()]
    begins = max((at for at, _ in endings(head, 0, len(head), grammar)), default=0)
    if place := grammar.starts.match(head, begins):
        begins = place.end()
    elif not begins:
        begins = 1 if head[:1] in _HEAD else 2 if head[:2] in ("国家", "中央") else 0
    subject = head[begins:]
    if len(subject) == 1:  # a member of a coordination has more than one letter
        return "\u4e00" <= subject <= "\u9fff" and "\u4e00" <= text[found.end() : found.end() + 1] <= "\u9fff"
    if not begins or not 2 <= len(subject) <= 8 or _PEOPLE.search(subject):
        return False
    return (
        re.fullmatch("[\u4e00-\u9fff]+", subject) is not None and _TAIL.match(text, found.end()) is not None
    )


def endings(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, str]]:
    """Where a body's name may end in a stretch, with the ending, leaving out what only looks like one."""
    known = lists()
    quoted = {at for found in _QUOTED.finditer(text, start, end) for at in range(*found.span())}
    covered = start
    for match in _all(grammar.suffixes, text, start, end):
        word, at = match.group(), match.end()
        if match.start() in quoted:
            continue
        if word in known.none or (word in known.alone and word not in known.kinds and match.start() == start):
            covered = max(covered, at)
        elif at > covered:
            if word in known.alone and word not in known.kinds:
                word = next((word[n:] for n in range(1, len(word)) if word[n:] in known.kinds), "")
            if word:
                yield at, word


def office_end(text: str, at: int, grammar: Grammar) -> int | None:
    """The end of the office named at `at`; None where none is (总工 in 总工会)."""
    office = _offices().match(text, at)
    if office is None:
        return None
    longer = grammar.suffixes.match(text, at)
    return None if longer is not None and longer.end() > office.end() else office.end()


@dataclass(frozen=True, slots=True)
class Lists:
    kinds: dict[str, str]  # ending -> kind
    none: frozenset[str]
    alone: frozenset[str]
    whole: frozenset[str]


@cache
def lists() -> Lists:
    data = tomllib.loads((files("parsing.lexicon") / "bodies.toml").read_text(encoding="utf-8"))
    return Lists(
        kinds={suffix: kind for kind, suffixes in data["suffixes"].items() for suffix in suffixes},
        none=frozenset(data["none"]["words"]),
        alone=frozenset(data["none"]["alone"]),
        whole=frozenset(data["whole"]["words"]),
    )


@cache
def _built(areas: tuple[str, ...]) -> Grammar:
    known = lists()
    places = words("places")
    # Longer endings are kept whole too: 新时代文明实践所|在, not 实践|所在.
    hidden = known.whole | places | frozenset(areas) | {s for s in known.kinds if len(s) > 2}
    stops = words("body_stops") - hidden
    tokens = re.compile(
        "(?P<date>\\d{1,6}(?:号线|年度|部))"
        "|(?P<count>(?:首批)?[\\d一二三四五六七八九十]{1,8}[余多]?家)"
        "|(?P<amount>\\d[\\d.,—－-]{0,20}(?:年|月|日|时|点|号|%|万|亿|元|个|名|位|人|次|条|项|期)(?:份|起|底|初)?)"
        "|(?P<quote>“[^“”，。；！？：]{1,14}”(?=[\u4e00-\u9fff]))"
        "|(?P<paren>（[\u4e00-\u9fffA-Za-z]{1,8}）(?=[\u4e00-\u9fff]))"
        "|(?P<hard>[^\u4e00-\u9fff〇A-Za-z0-9·&-])"
        f"|(?P<word>{either(stops | hidden)})"
        f"|(?P<came>来(?=[我本]|{either(places)}))"
    )
    return Grammar(
        tokens=tokens,
        suffixes=longest_of(known.kinds.keys() | known.none | known.alone | places | frozenset(areas)),
        starts=longest_of(places | frozenset(areas) | _short_places()),
        areas=frozenset(areas),
    )


@cache
def _short_places() -> frozenset[str]:
    """北京 for 北京市, 内蒙古 for 内蒙古自治区."""
    cut = (re.sub("(?:壮族|回族|维吾尔)?自治区$|[市省]$", "", place) for place in words("places"))
    return frozenset(place for place in cut if len(place) > 1)


def _all(
    pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    """Every match, those inside another too."""
    end = len(text) if end is None else end
    while match := pattern.search(text, start, end):
        yield match
        start = match.start() + 1


@cache
def _offices() -> re.Pattern[str]:
    return longest_of(words("titles"))
