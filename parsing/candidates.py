"""What a rule works on and what it yields: an article made ready, and candidates for events in it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from operator import attrgetter
from typing import Protocol, TypeVar

from parsing.articles import Draft
from parsing.bodies import Body
from parsing.clauses import Clause, Paragraph
from parsing.dates import FoundDate
from parsing.district import District
from parsing.model import EventType, Stage
from parsing.people import Person


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Any = TypeVar("_Any", bound=_Span)


def _inside(found: list[_Any], start: int, end: int) -> list[_Any]:
    """Of what was found in a text, in its order and without overlap, what lies inside a stretch.

    Asked for every clause, so that looking all of them through would make a page of nothing but dates slow.
    """
    if not found:
        return []
    first = bisect_left(found, start, key=attrgetter("start"))
    return list(takewhile(lambda item: item.end <= end, islice(found, first, None)))


@dataclass(slots=True)
class Story:
    """An article with all that was recognised in it; lists of `dates`, `people`, `bodies` run parallel to `paragraphs`."""

    id: str
    draft: Draft
    district: District
    paragraphs: list[Paragraph]
    dates: list[list[FoundDate]]
    people: list[list[Person]]
    bodies: list[list[Body]]
    titled: list[FoundDate] = field(default_factory=list)  # dates of the headline
    topics: dict[int, str] = field(default_factory=dict)  # clause index -> the body its passage is about
    words: list[frozenset[int]] = field(
        default_factory=list
    )  # by paragraph, where words begin; none without a tagger

    @property
    def clauses(self) -> Iterator[Clause]:
        for paragraph in self.paragraphs:
            yield from paragraph.clauses

    def text(self, clause: Clause) -> str:
        """The paragraph's text that a clause's offsets refer to."""
        return self.paragraphs[clause.paragraph].text

    def dates_in(self, paragraph: int, start: int, end: int) -> list[FoundDate]:
        """Time expressions that lie inside a stretch of a paragraph."""
        return _inside(self.dates[paragraph], start, end)

    def people_in(self, paragraph: int, start: int, end: int) -> list[Person]:
        """People named inside a stretch of a paragraph."""
        return _inside(self.people[paragraph], start, end)

    def bodies_in(self, paragraph: int, start: int, end: int) -> list[Body]:
        """Bodies named inside a stretch of a paragraph."""
        return _inside(self.bodies[paragraph], start, end)


@dataclass(slots=True)
class Candidate:
    """A place in an article that may tell an event. Offsets are into the text of the clause's paragraph."""

    type: EventType
    rule: str
    trigger: str
    clause: Clause
    start: int  # evidence
    end: int
    at: int  # where the trigger stands
    subject: str
    subject_at: tuple[int, int] | None = None
    strength: float = 0.7  # how sure the rule is by itself, 0..1
    stage: Stage | None = None
    place: str | None = None
    holder: tuple[int, int] | None = (
        None  # the words in front of the verb: who did it, or what it was done to
    )
    notes: dict[str, str] = field(default_factory=dict)
    confidence: float = 0.0  # the judge's, 0..1
    reasons: tuple[str, ...] = ()  # what spoke for it, strongest first


Rule = Callable[[Story, Clause], Iterable[Candidate]]

# What may stand before a noun phrase and is no part of it.
_LEADING = re.compile(
    r"""[\s、，—·：●■▲◆★○]+
      | (?: 据悉|其中|此外|另外|同时|目前|当前|随后|随着|据介绍|与此同时|今年以来|截至目前|不久前      # [据悉]，区图书馆
          | 记者获悉|记者了解到|了解到|获悉 | 届时|此次|本次|最终|此前|如今|眼下|据了解
          | 而|并且|并|还|也|又|且|为此|为|对|就|将|已|由|从而|通过|成功                     # [还]将举办书市
          | 图为|现场|会上|活动中|会后|会前|当天|当日|当晚|活动现场|比赛中
        )(?=.{2})
      | [（(][^）)]{0,30}[）)]                                                 # [（记者 李明）]区图书馆
      | (?:位于|坐落于|坐落在|地处)[^，的]{2,24}的                                   # [位于看丹的]区图书馆
      | 在[^，]{2,30}?(?:中|上|里|内|期间|之际|后|前|时|下|支持下)(?:，|(?=.{4}))            # [在复评中]怪村获评""",
    re.VERBOSE,
)
# What may stand behind one, before its verb: 区图书馆日前[正式]
_TRAILING = re.compile(
    r"""(?: 正式|全面|顺利|成功|已经?|即将|将于|将会?|也|又|还|再次|再度|首次|率先|同步|陆续|相继|先后|分别
          | 双双|均|都|一举|一并|全部|全线
          | 火热|燃情|隆重|圆满|盛大|准时|如期|如约|热闹|欢乐|精彩
          | 拟于?|计划于?|预计|有望|定于|定|集中|联合|共同|主体结构|近日|日前|今起|当日|同日
          | 于|起|随即|正在|开始|终于|刚刚|刚|自|连续[一二三四五六七八九十两\d]+年|光荣|喜|共|在此
          | 开放|广泛|深入|积极|组织|联合|牵头|日|主动|专题
        )$
      | [\s、—·]+$""",
    re.VERBOSE,
)
# Where it is held, behind its name: 书市[在莲花池公园]
_PLACE = re.compile(r"在(?P<place>[^，。；在的]{2,22})$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with its offsets, freed of dates, adverbs and a venue, which is kept apart."""

    text: str
    start: int
    end: int
    place: str | None = None


def trimmed(story: Story, clause: Clause, start: int, end: int) -> Phrase:
    """The noun phrase of a stretch: without leading connectives and dates, trailing adverbs, dates and venue."""
    text, dates = story.text(clause), story.dates[clause.paragraph]
    place: str | None = None
    while start < end:
        before = (start, end)
        for found in dates:
            if found.start <= start < found.end <= end and found.start >= clause.start:
                start = found.end
            elif found.end == end and found.start >= start:
                end = found.start
        if leading := _LEADING.match(text, start, end):
            start = leading.end()
        if trailing := _TRAILING.search(text, start, end):
            end = trailing.start()
        if place is None and (venue := _PLACE.search(text, start, end)) and venue.start() > start:
            place, end = venue["place"], venue.start()
        if (start, end) == before:
            break
    return Phrase(text[start:end], start, max(start, end), place)


def whole(clause: Clause) -> tuple[int, int]:
    """The clause as evidence."""
    return clause.start, clause.end
