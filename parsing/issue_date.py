"""When a page was issued: read from its masthead or address; `infer_year` finds at least its year."""

import re
from datetime import date

from parsing.date_patterns import narrow, number
from parsing.issue_year import YearGuess, infer_year

__all__ = ["YearGuess", "find_issue_date", "infer_year"]

# 2024年4月8日, 2024.04.08, 2024-4-8
_FULL = re.compile(
    r"""(?P<year>20\d\d|19\d\d) \s*(?:年|[-./])\s*
        (?P<month>\d{1,2}) \s*(?:月|[-./])\s*
        (?P<day>\d{1,2}) (?:\s*日)? (?!\d)""",
    re.VERBOSE,
)
# What stands beside the date in a masthead: 星期一, 第02版, 责编, 总第1234期
_MASTHEAD = re.compile(
    r"星期|周[一二三四五六日]|版|责任?编|第\s*\d+\s*期|农历|报(?:\s|$|社)|发布(?:时间|日期)|日期|来源|美编|校对"
)
# 2020年第22期 11月24日出版, 二〇二三年第十一期（11月3日编）
_NUMBERED = re.compile(
    r"""(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年\s*第?[\d一二三四五六七八九十百]{1,4}期\D{0,4}
        (?P<month>\d{1,2})月(?P<day>\d{1,2})日""",
    re.VERBOSE,
)
# the address of an e-paper's page: /html/2024-04/08/node_1.htm
_ADDRESS = re.compile(r"/(?P<year>20\d\d)[-/]?(?P<month>\d{2})[-/](?P<day>\d{2})(?:/|_|\.)")
# the address of a notice's page: /202404/t20240408_3623414.html
_PAGE_NAME = re.compile(r"/t?(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?:_\d+)?\.s?html?")
# 二〇二四年四月八日, as notices are signed
_SPELT = re.compile(
    r"""(?P<year>二[〇○零][〇○零一二三四五六七八九]{2})年
        (?P<month>十[一二]?|[一二三四五六七八九])月
        (?P<day>三十一?|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])日""",
    re.VERBOSE,
)
# who signs a notice: 丰台区水务局 2024年4月8日
_SIGNER = re.compile(
    r"(?:局|委|办|处|所|中心|公司|政府|委员会|街道|镇|办公室|大队|支队|馆|院|校|站|会|队)[\s（）()]*$"
)
_SIGNATURE_LONGEST = 40
_TOP = 6  # so many lines of a page's top may tell its day among other words
_SENTENCE = re.compile(r"[。；]|，.*，")
_LONGEST = 100


def find_issue_date(text: str) -> tuple[date, int, int] | None:
    """The issue date that a page prints, with the offsets of its words; None where no line is like a masthead."""
    offset = 0
    lines: list[tuple[int, str]] = []
    for line in text.split("\n"):
        if line.strip():
            lines.append((offset, line))
        offset += len(line) + 1
    top = {start for start, _ in lines[:_TOP]}
    edges = top | {start for start, _ in lines[-4:]}
    for start, line in lines:
        if len(line) > _LONGEST or _SENTENCE.search(line):
            continue
        for match in (*_FULL.finditer(line), *_SPELT.finditer(line), *_NUMBERED.finditer(line)):
            alone = line.strip() == match[0].strip()
            told = (
                alone
                or _is_signed(line, match)
                or (start in top and _stands_apart(line, match))
                or (_MASTHEAD.search(line) and (start in edges or re.search("星期|责任?编", line)))
            )
            if told and (day := _date(match)):
                return day, start + match.start(), start + match.end()
    if (address := _ADDRESS.search(text) or _PAGE_NAME.search(text)) and (day := _date(address)):
        return day, address.start(), address.end()
    return None


def _is_signed(line: str, match: re.Match[str]) -> bool:
    """Whether a line is the signature of a notice: its sender, and the date last."""
    sender = line[: match.start()]
    ends = not line[match.end() :].strip()
    return ends and len(line.strip()) <= _SIGNATURE_LONGEST and bool(_SIGNER.search(sender))


def _stands_apart(line: str, match: re.Match[str]) -> bool:
    """Whether a label or spaces set a date off from the words of a masthead: 新河文化 微刊 2019年1月11日"""
    before, behind = line[: match.start()], line[match.end() :]
    if re.search(r"(?:^|\s)[\u4e00-\u9fff]{2,4}：\s?$", before):
        return True  # 时间：2024年4月8日 回答人：…, 播出：2024年4月8日 早6:40
    numbered = match.re is _NUMBERED or re.match(r"[，\s]*总?第\s*\d+\s*期", behind)
    return bool(numbered) or (before[-1:].strip() == "" and behind[:1].strip() == "" and "，" not in line)


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(number(narrow(match["year"])), number(match["month"]), number(match["day"]))
    except ValueError:
        return None
