"""People: who is named in a sentence, by an office before the name, by lists of names, by the name model."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsing import name_shapes as shapes
from parsing.wordlists import Words

Tagged = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name at text[start:end].

    `cue` says what gave it away: `title` (an office before it), `calling` (居民, 学生 before it), `list`
    (named together with such a one), `plain` (by what it does: 会见, 一行 behind it), `tagger` (only the name
    model), `known` (named so elsewhere in the page).
    """

    name: str
    start: int
    end: int
    cue: str


def find_people(text: str, tagged: Tagged | None = None) -> list[Person]:
    """The people named in a sentence, in order, never overlapping. Reporters in their brackets are none.

    `tagged` is the sentence as a Tagger gives it, None where there is no name model. Raises ValueError
    where `tagged` is not of this sentence.
    """
    return _Reader(text, tagged).people()


def find_people_of(sentences: Sequence[str], tagged: Iterable[Tagged | None]) -> list[list[Person]]:
    """The same for all sentences of a page: a name once found behind an office, or listed with such, is known everywhere."""
    found = [find_people(text, tags) for text, tags in zip(sentences, tagged, strict=True)]
    names = {p.name for people in found for p in people if p.cue in ("title", "calling", "list")}
    known = Words(names)
    return [
        _merged([*people, *_known_people(text, known)]) for text, people in zip(sentences, found, strict=True)
    ]


def _known_people(text: str, known: Words) -> Iterator[Person]:
    """The people in a sentence whose names are known from elsewhere."""
    found = list(known.apart(text))
    hidden = _bylines(text) if found else ()
    for start, name in found:
        end = start + len(name)
        if start not in hidden and shapes.stands_alone(text, start, end):
            yield Person(name, start, end, "known")


_HAN = "\u4e00-\u9fff"
_LIST = "、和与及"
_WRITER = f"(?:[{_HAN}]{{2,4}}|[{_HAN}] [{_HAN}])"
_DESK = (
    "记者|通讯员|实习生|摄影|责编|责任编辑|编辑|美编|美术编辑|版式|版面|校对|视觉设计|视觉|审校|值班编委|值班总编|主编"
    "|统筹|制图"
)
_BYLINE = re.compile(
    "（[^（）]{0,80}?(?:记者|通讯员|实习生|摄影|撰稿|供图|通讯|供稿|作者|责编|校对)[^（）]{0,80}）"
    f"|(?:{_DESK})[ ：/]{{1,3}}{_WRITER}(?:[ 、/]+{_WRITER}){{0,9}}"
    f"|(?:记者|通讯员|实习生|摄影){_WRITER}(?:[ 、/]+{_WRITER}){{0,9}}"
    f"|{_WRITER}(?:[ 、]{_WRITER}){{0,4}} ?/? ?(?:摄|供图|绘)(?![{_HAN}])"
    f"|□ ?{_WRITER}"
)
# Where a name without an office may begin: a clause, 乙社区的邢晨, 71岁的顾守时.
_PLAIN_START = re.compile(f"(?:^|[，。；！？：“”（\n 的岁])(?=[{_HAN}])")


class _Reader:
    """One sentence while its people are looked for."""

    def __init__(self, text: str, tagged: Tagged | None) -> None:
        self.text = text
        self.hidden = _bylines(text)
        self.model: dict[int, int] = dict(_tagged_people(text, tagged)) if tagged is not None else {}

    def people(self) -> list[Person]:
        found: dict[int, Person] = {}
        for cue in ("title", "calling", "plain"):
            for start in self._starts(cue):
                self._take_list(start, cue, found)
        for start, end in self.model.items():
            if start not in found and start not in self.hidden and self._alone(start, end):
                found[start] = Person(self.text[start:end], start, end, "tagger")
        return _merged(found.values())

    def _starts(self, cue: str) -> Iterator[int]:
        """Where a name may begin, by what stands before it."""
        if cue == "plain":
            yield from (match.end() for match in _PLAIN_START.finditer(self.text))
            return
        for end in shapes.ends_of(cue, self.text):
            yield end
            if self.text[end : end + 1] in (" ", "：", "”"):  # 区领导：, 主持人 王蕾
                yield end + 1

    def _take_list(self, start: int, cue: str, found: dict[int, Person]) -> None:
        """The name at `start`, and those that follow it joined by 、 or 和."""
        text = self.text
        first = cue
        while start < len(text) and start not in found and start not in self.hidden:
            end = self._name_end(start, first if first == "plain" else cue)
            if end is None:
                return
            found[start] = Person(text[start:end].replace(" ", ""), start, end, cue)
            if text[end : end + 1] not in _LIST or not text[end : end + 1]:
                return
            start, cue = end + 1, "plain" if first == "plain" else "list"

    def _name_end(self, start: int, cue: str) -> int | None:
        """Where the name that begins at `start` ends; None where none does."""
        text = self.text
        by_model = self.model.get(start)
        if foreign := shapes.FOREIGN.match(text, start):
            return by_model or (shapes.foreign_end(text, foreign) if cue != "plain" else None)
        by_rule = self._end_by_rule(start, cue)
        if by_model is None or cue == "plain" or not shapes.is_plausible(text, start, by_model):
            return by_rule
        if by_rule is None:
            return by_model
        if by_rule == by_model + 1 and text[by_model] in "同和与":
            return by_rule  # 严叔同|率队: the rule has looked at what follows
        # Where both see a name the one with the plainer end is right; the model tends to cut short.
        surer = shapes.boundary(text, by_model) - shapes.boundary(text, by_rule)
        longer = by_model > by_rule and not text[by_model : by_model + 1].isdigit()
        return by_model if surer > 0 or (surer == 0 and longer) else by_rule

    def _end_by_rule(self, start: int, cue: str) -> int | None:
        text = self.text
        if shapes.word_at("not_names", text, start):
            return None
        length = shapes.surname_length(text, start)
        if not length:
            return shapes.unusual_end(text, start) if cue in ("title", "list") else None
        behind = start + length
        if shapes.is_address(text, behind):
            return None
        if length == 1 and text[behind : behind + 1] == " " and cue in ("title", "list"):
            spaced = behind + 2  # 高 峰: two letters set as wide as three
            usual = behind + 1 < len(text) and shapes.is_usual(text[behind + 1])
            return spaced if usual and shapes.boundary(text, spaced) >= 2 else None
        weak = shapes.is_weak(text[start:behind])
        if weak and (shapes.word_at("calling", text, behind) or shapes.word_at("title", text, behind)):
            return None  # 书记和|居民代表
        end = shapes.given_end(text, behind, sure=cue != "plain" and not weak)
        if end is None or shapes.PLACE_BEHIND.match(text, end):
            return None
        usual, bound, long = shapes.is_usual(text[behind:end]), shapes.boundary(text, end), end - start > 2
        if cue == "plain":
            return end if usual and long and not weak and self._acts(end) else None
        if weak:
            clear = usual or (long and bound >= 2 and cue != "calling")
            return end if clear and bound >= (1 if long else 2) else None
        if cue == "calling":
            return end if bound >= 2 or (usual and (long or bound)) else None
        return end

    def _acts(self, end: int) -> bool:
        """Whether what follows is done by people only, or is another name in a list."""
        text = self.text
        if text[end : end + 1] == "、":
            behind = end + 1 + shapes.surname_length(text, end + 1)
            after = shapes.given_end(text, behind, sure=False) if behind > end + 1 else None
            return after is not None and shapes.is_usual(text[behind:after])
        acts = shapes.word_at("after_names", text, end)
        return len(acts) > 1

    def _alone(self, start: int, end: int) -> bool:
        """Whether what only the name model calls a person is one: it must look like it on all sides."""
        text = self.text
        if not shapes.is_plausible(text, start, end) or shapes.word_at("not_names", text, start):
            return False
        if shapes.FOREIGN.fullmatch(text, start, end):
            return True
        length = shapes.surname_length(text, start)
        if not length or shapes.is_address(text, start + length):
            return False
        usual, long = shapes.is_usual(text[start + length : end]), end - start > 2
        if shapes.is_weak(text[start : start + length]):
            return usual and long and shapes.boundary(text, end) >= 1
        before = text[start - 1 : start]
        opens = not "\u4e00" <= before <= "\u9fff" or before in "的岁"
        bounded = shapes.boundary(text, end) >= 1
        return (usual or bounded) if long else (usual and bounded and opens)


def _bylines(text: str) -> frozenset[int]:
    """The places that reporters' brackets and editors' lines take up."""
    return frozenset(at for found in _BYLINE.finditer(text) for at in range(*found.span()))


def _tagged_people(text: str, tagged: Tagged) -> Iterator[tuple[int, int]]:
    at = 0
    for word, tag in tagged:
        end = at + len(word)
        if tag in ("PER", "nr"):
            yield at, end
        at = end
    if at != len(text):
        raise ValueError("the tagged words are not this sentence")


def _merged(people: Iterable[Person]) -> list[Person]:
    """All without overlaps: the surer cue wins, then the longer name."""
    rank = {"title": 0, "list": 0, "calling": 1, "known": 1, "plain": 2, "tagger": 3}
    taken: set[int] = set()
    kept = []
    for person in sorted(people, key=lambda p: (rank[p.cue], p.start - p.end)):
        if taken.isdisjoint(range(person.start, person.end)):
            taken.update(range(person.start, person.end))
            kept.append(person)
    return sorted(kept, key=lambda person: person.start)
