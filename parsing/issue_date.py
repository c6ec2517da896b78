"""When a page was issued: read from its masthead or address, or at least its year inferred from what it tells."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

_FULL = re.compile(
    r"(?P<year>20\d\d|19\d\d)\s*(?:年|[-./])\s*(?P<month>\d{1,2})\s*(?:月|[-./])\s*(?P<day>\d{1,2})(?:\s*日)?(?!\d)"
)
# What stands beside the date in a masthead: 星期一, 第02版, 责编, 总第1234期
_MASTHEAD = re.compile(
    r"星期|周[一二三四五六日]|版|责任?编|第\s*\d+\s*期|农历|报(?:\s|$|社)|发布(?:时间|日期)|日期|来源|美编|校对"
)
_ADDRESS = re.compile(r"/(?P<year>20\d\d)[-/]?(?P<month>\d{2})[-/](?P<day>\d{2})(?:/|_|\.)")
_SENTENCE = re.compile(r"[。；]|，.*，")
_LONGEST = 100

_YEAR = re.compile(r"(?P<year>20\d\d)\s*年(?P<after>[^，。；、]{0,8})")
_AHEAD = re.compile(r"(?:到|至|力争|目标|规划|展望|面向|预计|——|—|-|前|拟|计划)$")
_HISTORY = re.compile(r"(?:自|从|始于|建于|成立于|早在|生于|于|出生)$")
_WEEKDAY = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日\s*[（(]?\s*(?:星期|周)(?P<weekday>[一二三四五六日天])"
)
_DAY = re.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])日")
_LOOKS_BACK = re.compile(r"(?:总结|回顾|通报|盘点)[^，。；]{0,6}$")
_LOOKS_ON = re.compile(r"(?:研究|部署|安排|谋划|明确|审议|做好|抓好)[^，。；]{0,8}$")
_WHOLE_YEAR = re.compile(
    r"^(?:度|全年|，?全[区市县]|，)?[^，。；]{0,6}(?:实现|完成|达|增长|累计|评|度|先进|优秀|全国|名单)?"
)


@dataclass(frozen=True, slots=True)
class YearGuess:
    """A year and the words it was inferred from, with their offsets in the text."""

    year: int
    evidence: str
    start: int
    end: int


def find_issue_date(text: str) -> tuple[date, int, int] | None:
    """The issue date that a page prints, with the offsets of its words; None where no line is like a masthead."""
    offset = 0
    lines: list[tuple[int, str]] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append((offset, line))
        offset += len(line) + 1
    edges = {start for start, _ in [*lines[:6], *lines[-4:]]}
    for start, line in lines:
        if len(line) > _LONGEST or _SENTENCE.search(line):
            continue
        for match in _FULL.finditer(line):
            alone = line.strip() == match[0].strip()
            told = alone or (_MASTHEAD.search(line) and (start in edges or re.search("星期|责任?编", line)))
            if told and (day := _date(match)):
                return day, start + match.start(), start + match.end()
    if (address := _ADDRESS.search(text)) and (day := _date(address)):
        return day, address.start(), address.end()
    return None


def infer_year(text: str) -> YearGuess | None:
    """The year of a page that prints no issue date; None where nothing tells it.

    A year that is going on (2024年以来, 研究2024年重点任务), a weekday beside a day, or a full date weigh more
    than the latest year named; a year summed up on a page whose days all lie in its first months is the last one.
    """
    votes: Counter[int] = Counter()
    seen: dict[int, tuple[str, int, int]] = {}
    latest: int | None = None
    for match in _YEAR.finditer(text):
        year, before, after = (
            int(match["year"]),
            text[max(0, match.start() - 12) : match.start()],
            match["after"],
        )
        if _AHEAD.search(before) or before.endswith("《") or (before.count("《") > before.count("》")):
            if not (before.count("《") > before.count("》")):
                continue
            after = ""
        weight, told = _weight(before, after)
        if weight:
            votes[told(year)] += weight
            seen.setdefault(told(year), (match[0], match.start(), match.end()))
        if not _HISTORY.search(before) and (latest is None or year > latest):
            latest = year
            seen.setdefault(year, (match[0], match.start(), match.end()))
            seen.setdefault(year + 1, (match[0], match.start(), match.end()))
    if latest is None:
        return None
    for match in _WEEKDAY.finditer(text):
        for year in (latest, latest + 1):
            if _fits(year, match):
                votes[year] += 4
                seen.setdefault(year, (match[0], match.start(), match.end()))
    months = {int(match["month"]) for match in _DAY.finditer(text)}
    if months and max(months) <= 4 and _summed_up(text, latest):
        votes[latest + 1] += 2
    else:
        votes[latest] += 1
    plausible = [year for year in votes if latest <= year <= latest + 1] or [latest]
    year = max(plausible, key=lambda y: (votes[y], y))
    evidence, start, end = seen[year]
    return YearGuess(year, evidence.strip(), start, end)


def _weight(before: str, after: str) -> tuple[int, "_Shift"]:
    if after.startswith("以来"):
        return 5, _same
    if _LOOKS_BACK.search(before):
        return 3, _next
    if _LOOKS_ON.search(before):
        return 3, _same
    if re.match(r"\s*\d{1,2}月(?:\d{1,2}日)?", after) and not _HISTORY.search(before):
        return 1, _same
    return 0, _same


class _Shift:
    def __init__(self, years: int) -> None:
        self.years = years

    def __call__(self, year: int) -> int:
        return year + self.years


_same, _next = _Shift(0), _Shift(1)


def _summed_up(text: str, year: int) -> bool:
    """Whether a year is told as over: its statistics or its honours as a whole."""
    return bool(
        re.search(
            rf"{year}年(?:度|，?全[区市县年]|[^，。；]{{0,12}}(?:全年|实现地区|总产值|十佳|先进|优秀|名单|全国|北京市|年度))",
            text,
        )
    )


def _fits(year: int, match: re.Match[str]) -> bool:
    try:
        day = date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return day.weekday() == "一二三四五六日".find(match["weekday"].replace("天", "日"))


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
