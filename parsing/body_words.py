"""The words that bodies' names are made of, and the stretches of a text in which one may stand."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from parsing.district import District
from parsing.wordlists import Words, words

JOINS = ("、", "和", "与", "及", "以及", "暨")
_HEAD = "区市县省镇乡"
_QUOTED = re.compile("“[^“”]*”")


# What ends a stretch of names besides words. It opens with the letters that it may begin with, since it is
# looked for at every place.
_MARK = re.compile(
    r"""(?=[^\u4e00-\u9fff〇A-Za-z·&-]|[首一二三四五六七八九十])(?:
          (?P<date>\d{1,6}(?:号线|年度|部))                     # [10号线]
        | (?P<count>(?:首批)?[\d一二三四五六七八九十]{1,8}[余多]?家)   # [20余家]企业
        | (?P<amount>\d[\d.,—－-]{0,20}
            (?:年|月|日|时|点|号|%|万|亿|元|个|名|位|人|次|条|项|期)(?:份|起|底|初)?)   # [3月份]
        | (?P<quote>“[^“”，。；！？：]{1,14}”(?=[\u4e00-\u9fff]))     # [“莲花”]社区: goes on
        | (?P<paren>（[\u4e00-\u9fffA-Za-z]{1,8}）(?=[\u4e00-\u9fff]))  # 某[（北京）]公司: goes on
        | (?P<hard>[^\u4e00-\u9fff〇A-Za-z0-9·&-])
    )""",
    re.VERBOSE,
)
_ARRIVES = "来"  # a stop in front of a place only: 来[我区]考察, 来[广州]; not 未来[城]


@dataclass(frozen=True, slots=True)
class Grammar:
    stops: frozenset[str]
    words: Words  # the stops, and the words in which one only seems to stand
    suffixes: Words
    starts: Words  # names of places, which a body's name often begins with
    places: Words
    areas: frozenset[str]


class Token(NamedTuple):
    """What may end a stretch of names at text[start:end]: `kind` is a group of `_MARK`, or `word`."""

    kind: str
    start: int
    end: int
    text: str


def grammar_of(district: District | None) -> Grammar:
    return _built(district.area_names if district is not None else frozenset())


def tokens(text: str, grammar: Grammar) -> Iterator[Token]:
    """All that may end a stretch of names, in order and without overlap, with words that only look so."""
    at = 0
    mark = _MARK.search(text)
    while at < len(text):
        if mark is not None and mark.start() < at:
            mark = _MARK.search(text, at)
        if mark is not None and mark.start() == at:
            yield Token(mark.lastgroup or "", at, mark.end(), mark[0])
            at = mark.end()
        elif word := grammar.words.at(text, at):
            yield Token("word", at, at + len(word), word)
            at += len(word)
        else:
            at += 1


def segments(text: str, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Stretches without a verb, a date or punctuation."""
    start = 0
    for found in tokens(text, grammar):
        if not _ends(text, start, found, grammar):
            continue
        if found.start > start:
            yield start, found.start
        start = found.start if found.kind == "count" else found.end
    if start < len(text):
        yield start, len(text)


def _ends(text: str, start: int, found: Token, grammar: Grammar) -> bool:
    """Whether a token ends the stretch that begins at `start`."""
    word = found.text
    if found.kind in ("quote", "paren"):
        return False
    if found.kind == "word":
        if word not in grammar.stops:
            return False
        if word[-1] == "有" and text.startswith("限", found.end):
            return False  # 模|具有|限公司
        if word == _ARRIVES and text[found.end : found.end + 1] not in ("我", "本"):
            return bool(grammar.places.at(text, found.end))
    return not (word in JOINS and inside_name(text, start, found, grammar))


# A name that goes on behind 和 began as a public body's: 区|民政 和 |卫生健康局.
_TAIL = re.compile(
    "[\u4e00-\u9fff]{2,8}?(?:委员会|领导小组|工作组|管理局|局|委|厅|服务所|部(?!门|队|分|署|长)|办公室)(?!.?[长任])"
)
_PEOPLE = re.compile("居民|群众|党员|代表|干部|职工|学生|企业|领导|村民|市民|家长|专家|教师|青年|志愿者")


def inside_name(text: str, start: int, found: Token, grammar: Grammar) -> bool:
    """Whether the 和 at `found` belongs to a name (顺和社区, 区文化和旅游局) and joins nothing."""
    if found.text not in ("和", "与", "及"):
        return False
    head = text[max(start, found.start - 16) : found.start]
    begins = max((at for at, _ in endings(head, 0, len(head), grammar)), default=0)
    if place := grammar.starts.at(head, begins):
        begins += len(place)
    elif not begins:
        begins = 1 if head[:1] in _HEAD else 2 if head[:2] in ("国家", "中央") else 0
    subject = head[begins:]
    if len(subject) == 1:  # a member of a coordination has more than one letter
        return "\u4e00" <= subject <= "\u9fff" and "\u4e00" <= text[found.end : found.end + 1] <= "\u9fff"
    if not begins or not 2 <= len(subject) <= 8 or _PEOPLE.search(subject):
        return False
    return re.fullmatch("[\u4e00-\u9fff]+", subject) is not None and _TAIL.match(text, found.end) is not None


def endings(text: str, start: int, end: int, grammar: Grammar) -> Iterator[tuple[int, str]]:
    """Where a body's name may end in a stretch, with the ending, leaving out what only looks like one."""
    known = lists()
    quoted = {at for found in _QUOTED.finditer(text, start, end) for at in range(*found.span())}
    covered = start
    for begins, word in grammar.suffixes.each(text, start, end):
        at = begins + len(word)
        if begins in quoted:
            continue
        if word in known.none or (word in known.alone and word not in known.kinds and begins == start):
            covered = max(covered, at)
        elif at > covered:
            if word in known.alone and word not in known.kinds:
                word = next((word[n:] for n in range(1, len(word)) if word[n:] in known.kinds), "")
            if word:
                yield at, word


def office_end(text: str, at: int, grammar: Grammar) -> int | None:
    """The end of the office named at `at`; None where none is (总工 in 总工会)."""
    office = _offices().at(text, at)
    if not office or len(grammar.suffixes.at(text, at)) > len(office):
        return None
    return at + len(office)


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
def _built(areas: frozenset[str]) -> Grammar:
    known = lists()
    places = words("places")
    # Longer endings are kept whole too: 新时代文明实践所|在, not 实践|所在.
    hidden = known.whole | places | areas | {s for s in known.kinds if len(s) > 2}
    stops = words("body_stops")
    return Grammar(
        stops=stops | {_ARRIVES},
        words=Words(stops | hidden | {_ARRIVES}),
        suffixes=Words(known.kinds.keys() | known.none | known.alone | places | areas),
        starts=Words(places | areas | _short_places()),
        places=Words(places),
        areas=areas,
    )


@cache
def _short_places() -> frozenset[str]:
    """北京 for 北京市, 内蒙古 for 内蒙古自治区."""
    cut = (re.sub("(?:壮族|回族|维吾尔)?自治区$|[市省]$", "", place) for place in words("places"))
    return frozenset(place for place in cut if len(place) > 1)


@cache
def _offices() -> Words:
    return Words(words("titles"))
