"""What the words after a command mean: types, areas, a period, and words to search, in any order."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from parsing.dates import read_period
from parsing.district import District
from parsing.model import EventType
from storage.filters import EventFilter

MAX_WORDS = 300  # characters of a question that are read; more is no question
_MAX_PERIOD_TOKENS = 7  # 2024 年 3 月 1 日 至 …: a period is never longer
_LONGEST_GLUED = 24  # characters of a word that is tried as several names without a space between
_SEPARATORS = re.compile(r"[\s,，、;；。!！?？|“”\"「」]+")
_FILLING = "的 了 有 在 和 与 及 或 呢 吗 什么 哪些 有哪些 查 找 the a an of in at on for from and or"
_FILLERS = frozenset(_FILLING.split())

TYPE_WORDS: dict[str, EventType] = {
    word: kind
    for kind, words in {
        EventType.MEETING: "会议 开会 大会 meeting meetings",
        EventType.VISIT: "会见 来访 走访 慰问 visit visits",
        EventType.INSPECTION: "检查 调研 督查 inspection inspections",
        EventType.LAUNCH: "开工 启动 项目 开业 竣工 launch launches",
        EventType.AWARD: "获奖 荣誉 获奖荣誉 表彰 award awards",
        EventType.AGREEMENT: "签约 协议 合作 agreement agreements",
        EventType.RELEASE: "发布 出台 release releases",
        EventType.ACTIVITY: "活动 activity activities",
        EventType.FIGURE: "数据 数字 统计 figure figures",
        EventType.NOTICE: "通知 公告 提示 notice notices",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was read: types, areas and a span of days were understood, `rest` was not and is searched for."""

    types: tuple[EventType, ...] = ()
    areas: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    rest: tuple[str, ...] = ()

    @property
    def filter(self) -> EventFilter:
        """The events that are asked for."""
        return EventFilter(self.types, self.areas, self.rest, self.since, self.until)

    @property
    def is_empty(self) -> bool:
        """Nothing was asked."""
        return self == Arguments()


def read_arguments(text: str, district: District, today: date, *, types: bool = False) -> Arguments:
    """Read an area, a period and words in any order; with `types`, names of event types too.

    Never raises: whatever is not understood is a word to search for. A word without spaces is taken apart
    only where every part is understood (王佐镇获奖, 上周的会议): 长辛店大集 stays a word.
    """
    reader = _Reader(district, today, types=types)
    return reader.read(split_words(text))


def literal_words(text: str) -> Arguments:
    """The same text with every word meant literally."""
    return Arguments(rest=split_words(text))


def split_words(text: str) -> tuple[str, ...]:
    """The words of a question, full-width letters and digits made plain, each once."""
    plain = unicodedata.normalize("NFKC", text)[:MAX_WORDS]
    kept = "".join(char if char.isprintable() else " " for char in plain)
    return tuple(dict.fromkeys(word for word in _SEPARATORS.split(kept) if word))


@dataclass(frozen=True, slots=True)
class _Reader:
    district: District
    today: date
    types: bool

    def read(self, words: tuple[str, ...]) -> Arguments:
        found, left = self._take_period(words)
        rest: list[str] = []
        for word in left:
            more = self._understand(word, found)
            if more is not None:
                found = more
            elif word.lower() not in _FILLERS and not self._is_the_district(word):
                rest.append(word)
        return replace(found, rest=tuple(rest))

    def _take_period(self, words: tuple[str, ...]) -> tuple[Arguments, tuple[str, ...]]:
        # The longest run of words that is a period, so that 3月1日 至 5日 is one.
        for length in range(min(_MAX_PERIOD_TOKENS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                span = self._period(" ".join(words[start : start + length]))
                if span is not None:
                    return Arguments(since=span[0], until=span[1]), words[:start] + words[start + length :]
        return Arguments(), words

    def _understand(self, word: str, found: Arguments) -> Arguments | None:
        """`found` and what `word` says, where all of `word` is understood."""
        if (one := self._understand_whole(word, found)) is not None:
            return one
        if len(word) > _LONGEST_GLUED:
            return None
        for head, tail in _cuts(word):
            first = self._understand_whole(head, found)
            if first is None:
                continue
            if not (tail := tail.removeprefix("的")):
                return first
            if (both := self._understand(tail, first)) is not None:
                return both
        return None

    def _understand_whole(self, word: str, found: Arguments) -> Arguments | None:
        area = self.district.find_area(word)
        if area is not None:
            return replace(found, areas=tuple(dict.fromkeys((*found.areas, area.name))))
        if self.types and (kind := TYPE_WORDS.get(word.lower())) is not None:
            return replace(found, types=tuple(dict.fromkeys((*found.types, kind))))
        if found.since is None and (span := self._period(word)) is not None:
            return replace(found, since=span[0], until=span[1])
        return None

    def _is_the_district(self, word: str) -> bool:
        # 全区 and 丰台区 narrow nothing.
        return word in (self.district.name, self.district.short, *self.district.self_names)

    def _period(self, words: str) -> tuple[date, date] | None:
        period = read_period(words, self.today)
        if period is None or period.start is None or period.end is None:
            return None
        return period.start, period.end


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    for cut in range(len(word) - 1, 1, -1):  # names have two characters or more
        yield word[:cut], word[cut:]
