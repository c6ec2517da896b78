"""The year, and most likely month, of a page that prints no issue date, inferred from what it tells."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from parsing.year_cues import cues

# 2024年 with what it is said of
_YEAR = re.compile(r"(?P<year>20\d\d)\s*年(?P<after>[^。；、]{0,14})")
# [到]2030年, [力争]2027年, [计划于]2028年: a year ahead
_AHEAD = re.compile(
    r"""(?:到了?|至|前|拟|——|—|-)$
        | (?:力争|目标|规划|展望|面向|预计|计划|有望|将[于在]?)[^，。；]{0,12}$""",
    re.VERBOSE,
)
# 2026年[底前], 2027年[将], 2026年上半年[通车]; not 2023年已建成
_AHEAD_BEHIND = re.compile(
    r"""^[^，。；]{0,3}[前底末](?:前|建成|完成|竣工|投用|实现|达到)
        | ^[^，。；]{0,6}(?:将|力争|建成后)
        | ^[^，。；已]{0,10}(?:建成|完工|竣工|投用|投入使用|交付|通车|开通|运营|实现)(?:$|[，。；])""",
    re.VERBOSE,
)
# [成立于]2003年: says nothing of the issue
_HISTORY = re.compile(r"(?:自|从|始于|建于|成立于|早在|生于|于|出生)$")
# 6月14日（周六）
_WEEKDAY = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s*[（(]?\s*(?:星期|周)(?P<weekday>[一二三四五六日天])"
)
# 4月8日
_DAY = re.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])日")
# 本月24日（星期一）
_DAY_OF_MONTH = re.compile(r"本月(?P<day>\d{1,2})日\s*[（(]?\s*(?:星期|周)(?P<weekday>[一二三四五六日天])")
# 会议[总结]2023年工作
_LOOKS_BACK = re.compile(r"(?:总结|回顾|通报|盘点)[^，。；]{0,6}$")
# [研究]2024年重点任务
_LOOKS_ON = re.compile(r"(?:研究|部署|安排|谋划|明确|审议|做好|抓好)[^，。；]{0,8}$")
# 2016年，…；今年头两个月: the year told was the one before
_THEN_THIS_YEAR = re.compile(r"^[^\n]{0,120}?[，。；]今年(?:头|前|以来|一|1|上半)")
_EARLY_MONTHS = 3
# On a page of autumn or winter these words make a year the next one: 2018年[街区整理工作方案], 2026年[1月]
_TO_COME = re.compile(
    r"""^[^，。；]{0,12}
        (?:方案|计划|预算|任务|目标|安排|征订|元旦|新年|春节|春运|医保|参保|缴费|招录|国考|考试|(?<!\d)[1-6]月)""",
    re.VERBOSE,
)
_LATE_MONTHS = 10


@dataclass(frozen=True, slots=True)
class YearGuess:
    """A year and the words it was inferred from, with their offsets; `month` where most days told lie in one."""

    year: int
    evidence: str
    start: int
    end: int
    month: int | None = None


class _Votes:
    """Years with their weights, and the first words that spoke for each."""

    def __init__(self) -> None:
        self.weights: Counter[int] = Counter()
        self.words: dict[int, tuple[int, int]] = {}

    def add(self, year: int, weight: int, start: int, end: int) -> None:
        self.weights[year] += weight
        self.words.setdefault(year, (start, end))


def infer_year(text: str) -> YearGuess | None:
    """The year of a page that prints no issue date; None where nothing tells it.

    A year that is going on (2024年以来, 研究2024年重点任务), a weekday beside a day, an anniversary or a full
    date weigh more than the latest year named; a year summed up on a page whose days all lie in its first
    months is the last one.
    """
    month = main_month(text)
    votes = _Votes()
    latest: int | None = None
    for match in _YEAR.finditer(text):
        year, before, after = (
            int(match["year"]),
            text[max(0, match.start() - 16) : match.start()],
            match["after"],
        )
        in_title = before.count("《") > before.count("》")
        if not in_title and (_AHEAD.search(before) or _AHEAD_BEHIND.match(after)):
            continue
        weight, shift = _weight(before, "" if in_title else after)
        if _THEN_THIS_YEAR.match(text[match.end() : match.end() + 130]):
            weight, shift = 3, 1
        if weight:
            votes.add(year + shift, weight, *match.span())
        if not _HISTORY.search(before) and (latest is None or year > latest):
            latest = year
            votes.add(year, 0, *match.span())
            votes.add(year + 1, 0, *match.span())
    for cue in cues(text, month):
        votes.add(cue.year, cue.weight, cue.start, cue.end)
    floor = latest or min(votes.weights, default=None)
    if floor is None:
        return None
    _vote_by_weekdays(text, month, range(floor, floor + 2), votes)
    if latest is not None:
        stands = _Standing.of(text, latest, month)
        votes.weights[latest + 1 if stands is _Standing.OVER else latest] += (
            2 if stands is _Standing.OVER else 1
        )
        if stands is _Standing.TO_COME:
            floor = latest - 1
            votes.add(floor, 3, *votes.words[latest])
    plausible = [year for year, weight in votes.weights.items() if year >= floor and weight > 0]
    year = max(plausible or [floor], key=lambda y: (votes.weights[y], y))
    start, end = votes.words[year]
    return YearGuess(year, text[start:end].strip(), start, start + len(text[start:end].rstrip()), month)


def main_month(text: str) -> int | None:
    """The month in which most of the days that a page tells lie; None where it tells none."""
    months = Counter(int(match["month"]) for match in _DAY.finditer(text))
    return max(months, key=lambda m: (months[m], m)) if months else None


class _Standing(StrEnum):
    """Where the latest year named stands to the months that a page tells days of."""

    GOING_ON = "going on"
    OVER = "over"  # its sums in the first months of the next
    TO_COME = "to come"  # its plans in the last months of the one before

    @classmethod
    def of(cls, text: str, year: int, month: int | None) -> "_Standing":
        if month is None:
            return cls.GOING_ON
        behind = _behind(text, year)
        if any(_is_now(words, month) for words in behind):
            return cls.GOING_ON
        if month >= _LATE_MONTHS and (
            any(_TO_COME.match(words) for words in behind)
            or any(_is_now(words, month) for words in _behind(text, year - 1))
        ):
            return cls.TO_COME
        if month <= _EARLY_MONTHS and (_summed_up(text, year) or _is_behind(text, year)):
            return cls.OVER
        return cls.GOING_ON


def _is_behind(text: str, year: int) -> bool:
    """Whether months of a year are told as past that come after all days of the page: 2017年11月 in March."""
    last = max((int(match["month"]) for match in _DAY.finditer(text)), default=12)
    for match in re.finditer(rf"{year}\s*年(?P<month>\d{{1,2}})月", text):
        before, behind = (
            text[max(0, match.start() - 16) : match.start()],
            text[match.end() : match.end() + 16],
        )
        if last < int(match["month"]) <= 12 and not _AHEAD.search(before) and not _AHEAD_BEHIND.match(behind):
            return True
    return False


def _behind(text: str, year: int) -> list[str]:
    """What follows each mention of a year."""
    return [text[match.end() : match.end() + 24] for match in re.finditer(rf"{year}\s*年", text)]


def _is_now(behind: str, month: int) -> bool:
    """Whether a year is told as the one going on: 2024年以来, or a month of it up to the page's own."""
    told = re.match(r"\s*(\d{1,2})月", behind)
    return behind.startswith("以来") or (told is not None and 0 <= month - int(told[1]) <= 3)


def _weight(before: str, after: str) -> tuple[int, int]:
    """How much a year's neighbourhood tells, and by how many years the issue is later."""
    if after.startswith("以来"):
        return 5, 0
    if _LOOKS_BACK.search(before):
        return 3, 1
    if _LOOKS_ON.search(before):
        return 3, 0
    if re.match(r"\s*\d{1,2}月(?:\d{1,2}日)?", after) and not _HISTORY.search(before):
        return 1, 0
    return 0, 0


def _vote_by_weekdays(text: str, month: int | None, years: range, votes: _Votes) -> None:
    for pattern in (_WEEKDAY, _DAY_OF_MONTH):
        for match in pattern.finditer(text):
            told = int(match["month"]) if pattern is _WEEKDAY else month
            for year in years:
                if told is not None and _fits(year, told, int(match["day"]), match["weekday"]):
                    votes.add(year, 4, *match.span())


def _summed_up(text: str, year: int) -> bool:
    """Whether a year is told as over: its statistics or its honours as a whole."""
    return bool(
        re.search(
            rf"{year}年(?:度|[底末]|，?全[区市县年]|[^，。；]{{0,12}}(?:全年|实现|总产值|增长|十佳|先进|优秀|名单|表彰|考核|年度|获|评为|入选|完成|达|新增|累计))",
            text,
        )
    )


def _fits(year: int, month: int, day: int, weekday: str) -> bool:
    try:
        return date(year, month, day).weekday() == "一二三四五六日".find(weekday.replace("天", "日"))
    except ValueError:
        return False
