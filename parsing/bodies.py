"""Bodies: organisations, and places that act like one, in the fullest form in which the page prints them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsing.body_words import (
    JOINS,
    Grammar,
    endings,
    grammar_of,
    inside_name,
    lists,
    office_end,
    segments,
    tokens,
)
from parsing.district import District

Tagged = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Body:
    """A body named at text[start:end].

    `kind`: party, government, organisation, company, school, hospital, place; `area` for a street or town of
    the district, `district` for a district, city or county, `self` for 我区 or 园方, `relative` for a bare
    街道 or 集团. `office` says that an office follows (区委书记): it names a person's post, not who acts.
    """

    name: str
    start: int
    end: int
    kind: str
    office: bool = False


def find_bodies(text: str, tagged: Tagged | None = None, district: District | None = None) -> list[Body]:
    """The bodies named in a text, in order, never overlapping, each as long as the page has it.

    `tagged` is the text as a Tagger gives it, None where there is no name model; `district` adds its streets
    and towns. Members of a coordination (甲社区和乙村) are bodies of their own.
    """
    grammar = grammar_of(district)
    verbs, names = _by_model(text, tagged) if tagged else ({}, [])
    found = list(_by_rule(text, grammar, verbs))
    taken = {at for body in found for at in range(body.start, body.end)}
    for start, end, kind in names:
        if taken.isdisjoint(range(start, end)):
            found.append(Body(text[start:end], start, end, kind))
    return sorted(found, key=lambda body: body.start)


def leading_body(clause: str, district: District | None = None) -> Body | None:
    """Who acts: the body that a clause begins with, behind a date or a connective; None where none does."""
    start = _opening(clause)
    for body in _by_rule(clause[: start + _LONGEST * 2], grammar_of(district), {}):
        if body.start > start:
            return None
        if body.end > start:
            return None if body.office else body
    return None


def split_coordination(phrase: str, district: District | None = None) -> tuple[str, ...]:
    """The members of a coordinated noun phrase: 甲社区、乙村和丙公司 are three, 区文化和旅游局 is one."""
    grammar = grammar_of(district)
    cuts = [0]
    for found in tokens(phrase, grammar):
        if found.text in JOINS and not inside_name(phrase, cuts[-1], found, grammar):
            cuts += [found.start, found.end]
    cuts.append(len(phrase))
    members = (phrase[cuts[i] : cuts[i + 1]].strip(" ，") for i in range(0, len(cuts), 2))
    return tuple(member for member in members if member)


_LONGEST = 36
_SELF = re.compile(
    "(?:[我本全]|该)(?:区|市|县|省|镇|街道|院|校|局|馆|园|公司|集团|社区|村|乡|行|所|站)|[园院校馆警店企厂]方|两地|双方"
    "|各[\u4e00-\u9fff]{0,8}?(?:单位|部门|街镇|镇街|街乡镇|街道|社区|学校|企业)"
)
_GAP = 20  # letters between two endings of one name
_CONNECTIVES = re.compile(
    "(?:(?:据悉|其中|此外|另外|同时|目前|当前|随后|近日|日前|近期|今年以来|近年来|截至目前|届时|会上|会后|当天|当日|昨日|今日|昨天|今天"
    "|上午|下午|晚上|今年|去年|连日来|由|经|以及|和|与|及|而|为|在|对|就|另|还有|首先|接下来|与此同时|不久前|本周|上周|上周末|周末|期间)"
    "|\\d+(?:年|月|日|时|分|点)?(?:[至—－-]\\d+(?:月|日|时)?)*(?:上午|下午|晚|起|前|底|初|份|期间|以来)?"
    "|[ ，：“、—·●■▲◆★○□]|本报讯(?:（[^）]*）)?)+"
)


def _by_rule(text: str, grammar: Grammar, verbs: dict[int, int]) -> Iterator[Body]:
    """The bodies in order, by what their names are made of."""
    for start, end in segments(text, grammar):
        yield from _in_segment(text, start, end, grammar, verbs)


def _in_segment(text: str, start: int, end: int, grammar: Grammar, verbs: dict[int, int]) -> Iterator[Body]:
    """The bodies of one stretch: from its start to its last ending, anew behind an office."""
    kinds = lists().kinds
    begin = _trimmed(text, start, end, verbs, grammar)
    own = _SELF.match(text, begin, end)
    if own and not any(True for _ in endings(text, own.end(), end, grammar)):
        yield Body(own.group(), begin, own.end(), "self")
        return
    last: tuple[int, str] | None = None
    for at, ending in endings(text, begin, end, grammar):
        if at <= begin or (last is not None and at <= last[0]):
            continue
        kind = "area" if ending in grammar.areas else kinds.get(ending, "district")
        if last is not None and at - last[0] > _GAP:
            yield Body(text[begin : last[0]], begin, last[0], last[1])
            begin = last[0]
        if office := office_end(text, at, grammar):
            # 中铁科创集团党委书记 tells the group's secretary; what acts is the group.
            if last is not None and kind == "party" and at - last[0] <= len(ending):
                at, kind = last
            yield Body(text[begin:at], begin, at, kind, office=True)
            begin, last = office, None
            continue
        last = (at, kind)
        if at in verbs and kind not in ("district", "area"):  # 中华路商圈|晋级|全国示范商圈
            yield Body(text[begin:at], begin, at, kind)
            begin, last = verbs[at], None
    if last is not None:
        name = text[begin : last[0]]
        if name not in lists().alone and not _UNNAMED.match(name):
            yield Body(name, begin, last[0], "relative" if _is_relative(name) else last[1])


def _is_relative(name: str) -> bool:
    """Whether a name says only what kind of body it is: 街道, 集团; 区委 and 国务院 say which."""
    return name in lists().kinds and name[0] not in "区市县省" and name not in ("国务院", "新华社")


# Some body or other of its kind: no name.
_UNNAMED = re.compile(
    "更多|两个|几个|每个|哪|某|老旧|众多|不少|其他|首个|首座|同类"
    "|第?[\\d一二三四五六七八九十]{1,8}[余多]?(?:个|处|座|所|户|条|支)"
)
_DESCRIBED = re.compile("[\u4e00-\u9fff]{0,6}?(?:单位|企业|载体|平台|项目|品牌)")
_LEAD_IN = re.compile(
    "[的了着等某及其之共又再也还·&-]+"
    "|(?:辖区|园区|社会|入驻|本地|区属|市属|龙头|重点|驻区|属地|当地|辖内|优质|代表)(?:企业|单位)?"
    "(?=[\u4e00-\u9fff]{2,})(?!服务|家|协会|联合会|商会|发展|党|工会)"
)


def _trimmed(text: str, start: int, end: int, verbs: dict[int, int], grammar: Grammar) -> int:
    """Where the name begins: behind what is grammar, and where the name model sees a noun begin."""
    while lead := _LEAD_IN.match(text, start, end):
        start = lead.end()
    described = _DESCRIBED.match(text, start, end)  # 承担单位|北京花乡园艺科技有限公司
    if described and grammar.starts.at(text, described.end(), end):
        return described.end()
    return verbs[start] if start in verbs and verbs[start] < end else start


_STREET = re.compile("[路街桥站号楼室层]$")  # nothing acts or is measured there
_NOUNS = frozenset(
    ("LOC", "ORG", "ns", "nt", "PER", "nr", "nz", "m", "q", "r", "a", "f", "TIME", "w", "p", "d", "u")
)


def _by_model(text: str, tagged: Tagged) -> tuple[dict[int, int], list[tuple[int, int, str]]]:
    """What the name model adds: verbs (start to end), and organisations by name, whatever they end in."""
    verbs: dict[int, int] = {}
    names: list[tuple[int, int, str]] = []
    at = 0
    for number, (word, tag) in enumerate(tagged):
        end = at + len(word)
        following = tagged[number + 1][1] if number + 1 < len(tagged) else "w"
        if tag in ("v", "vd", "d", "ad", "p", "c") and len(word) > 1 and following in _NOUNS:
            verbs[at] = end
        elif tag in ("ORG", "nt") and len(word) > 2:
            names.append((at, end, "organisation"))
        elif tag in ("LOC", "ns") and len(word) > 1 and not _STREET.search(word):
            names.append((at, end, "named"))
        at = end
    if at != len(text):
        raise ValueError("the tagged words are not this text")
    return verbs, names


def _opening(clause: str) -> int:
    """Where a clause's first noun may begin."""
    found = _CONNECTIVES.match(clause)
    return found.end() if found else 0
