"""What everybody knows to have been in one year: anniversaries, congresses, campaigns, games.

A page without an issue date tells its year by these, as it does by 2024年. Each cue gives years with a
weight: how sure it makes a reader.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from parsing import date_patterns as p

CERTAIN, LIKELY, WEAK = 6, 3, 2


@dataclass(frozen=True, slots=True)
class Cue:
    """A year that words at `start` to `end` speak for."""

    year: int
    weight: int
    start: int
    end: int


# What was founded or won in a year: 建党100周年, 新中国成立75周年 (the year is counted from the first date).
_FOUNDED = {
    "中国共产党成立": 1921, "中国共产党建党": 1921, "建党": 1921, "建军": 1927, "新中国成立": 1949,
    "中华人民共和国成立": 1949, "国庆": 1949, "改革开放": 1978, "抗日战争胜利": 1945, "抗战胜利": 1945,
    "反法西斯战争胜利": 1945, "长征胜利": 1936, "建团": 1922, "共青团成立": 1922, "五四运动": 1919, "辛亥革命": 1911,
    "香港回归": 1997, "澳门回归": 1999, "出国作战": 1950,
}  # fmt: skip
# Days kept every year and counted: the year before the first. 第40个教师节, 第34次全国助残日
_COUNTED = {
    "教师节": 1984, "记者节": 1999, "中国医师节": 2017, "中国人民警察节": 2020, "国家宪法日": 2013, "全国助残日": 1990,
    "助残日": 1990, "世界读书日": 1995, "全民国家安全教育日": 2015, "中国农民丰收节": 2017, "全国消防日": 1991,
    "全国安全生产月": 2001, "安全生产月": 2001, "爱国卫生月": 1988, "世界无烟日": 1987, "国际禁毒日": 1987,
    "世界水日": 1992, "中国水周": 1987, "全国土地日": 1990, "全国交通安全日": 2011, "残疾预防日": 2016,
    "全民国防教育日": 2000, "世界艾滋病日": 1987, "中小学生安全教育日": 1995, "全国儿童预防接种日": 1986,
}  # fmt: skip
_COUNT = r"(?P<count>\d{1,3}|[一二三四五六七八九十百]{1,5})"
# 建党100周年, 新中国成立七十五周年
_ANNIVERSARY = re.compile(rf"(?P<name>{'|'.join(_FOUNDED)})[^，。；]{{0,6}}?{_COUNT}(?:周年|年(?!代))")
# 建党百年
_CENTENARY = re.compile(r"(?P<name>建党|建军|建团)百年")
# 第41个教师节, 第三十四次全国助残日
_OBSERVANCE = re.compile(rf"第{_COUNT}[个届次][^，。；]{{0,6}}?(?P<name>{'|'.join(_COUNTED)})")
# When a congress or plenum closed: for a year after it papers speak of its spirit.
_CONGRESSES = {
    "党的十八大": (2012, 11), "十八届三中全会": (2013, 11), "十八届四中全会": (2014, 10), "十八届五中全会": (2015, 10),
    "十八届六中全会": (2016, 10), "党的十九大": (2017, 10), "十九届二中全会": (2018, 1), "十九届三中全会": (2018, 2),
    "十九届四中全会": (2019, 10), "十九届五中全会": (2020, 10), "十九届六中全会": (2021, 11), "党的二十大": (2022, 10),
    "二十届二中全会": (2023, 2), "二十届三中全会": (2024, 7), "二十届四中全会": (2025, 10),
}  # fmt: skip
# 二十届四中全会精神
_CONGRESS = re.compile(rf"(?P<name>{'|'.join(_CONGRESSES)})(?=精神|召开|胜利|公报|闭幕|报告|《)")
_CAMPAIGNS = {
    r"党史学习教育": 2021, r"党纪学习教育": 2024, r"中央八项规定精神学习教育": 2025, r"不忘初心、牢记使命”?主题教育": 2019,
    r"新时代中国特色社会主义思想主题教育": 2023, r"三严三实”?专题教育": 2015, r"群众路线教育实践活动": 2014,
    r"第七次全国人口普查": 2020, r"第五次全国经济普查": 2023, r"第四次全国经济普查": 2018,
    r"[“]?十三五[”]?(?:规划)?(?:的)?开局之年": 2016, r"[“]?十三五[”]?(?:规划)?(?:的)?收官之年": 2020,
    r"[“]?十四五[”]?(?:规划)?(?:的)?开局之年": 2021, r"[“]?十四五[”]?(?:规划)?(?:的)?收官之年": 2025,
    r"[“]?十五五[”]?(?:规划)?(?:的)?开局之年": 2026,
}  # fmt: skip
_CAMPAIGN = [(re.compile(words), year) for words, year in _CAMPAIGNS.items()]
_GAMES = {"冬奥会": date(2022, 2, 4), "亚运会": date(2023, 9, 23), "大运会": date(2023, 7, 28), "全运会": date(2025, 11, 9)}  # fmt: skip
# 距离冬奥会开幕不足150天, 冬奥会倒计时100天
_COUNTDOWN = re.compile(
    rf"(?P<name>{'|'.join(_GAMES)})(?:开幕)?(?:不足|还有|仅剩|倒计时|只剩)?(?P<days>\d{{1,4}})天"
)
# 2025—2026雪季, 2024-2025学年
_SEASON = re.compile(
    r"(?P<first>20\d\d)[-—~至](?P<second>20\d\d)年?(?:度|雪季|赛季|学年|采暖季|供暖季|冰雪季)"
)
_FIRST_OF_SEASON = 8
# a year in front of a name, without 年: 2024北京国际花展, 《2025文化遗产地图》; a school's intake: 2017级新生
_IN_NAME = re.compile(
    r"(?<![\d.—~-])(?P<year>20[0-4]\d)(?=[\u4e00-\u9fff]{2})(?![年亿万余多个元人米户家平公吨级届])"
)
_INTAKE = re.compile(r"(?P<year>20\d\d)级新生")


def cues(text: str, month: int | None) -> Iterator[Cue]:
    """The years that a page's anniversaries, campaigns and the like speak for; `month` is that of most of its days."""
    for pattern in (_ANNIVERSARY, _CENTENARY, _OBSERVANCE):
        for match in pattern.finditer(text):
            count = _number(match["count"]) if "count" in match.groupdict() else 100
            base = (_COUNTED if pattern is _OBSERVANCE else _FOUNDED)[match["name"]]
            if count:
                yield Cue(base + count, CERTAIN, match.start(), match.end())
    for match in _CONGRESS.finditer(text):
        year, closed = _CONGRESSES[match["name"]]
        if month is not None:
            yield Cue(year if month >= closed else year + 1, LIKELY, match.start(), match.end())
    for pattern, year in _CAMPAIGN:
        if campaign := pattern.search(text):
            yield Cue(year, LIKELY, campaign.start(), campaign.end())
    for match in _COUNTDOWN.finditer(text):
        day = _GAMES[match["name"]] - timedelta(days=int(match["days"]))
        if month is None or abs(day.month - month) <= 1:
            yield Cue(day.year, CERTAIN, match.start(), match.end())
    for match in _SEASON.finditer(text):
        if month is not None and int(match["second"]) == int(match["first"]) + 1:
            year = int(match["first" if month >= _FIRST_OF_SEASON else "second"])
            yield Cue(year, LIKELY, match.start(), match.end())
    for pattern in (_IN_NAME, _INTAKE):
        for match in pattern.finditer(text):
            yield Cue(int(match["year"]), WEAK, match.start(), match.end())


def _number(words: str) -> int | None:
    """十, 七十五, 一百 and digits as a number; None for anything else."""
    if words.isascii():
        return int(words)
    hundreds, mark, rest = words.partition("百")
    try:
        value = 100 * p.number(hundreds or "一") if mark else 0
        return value + (p.number(rest.lstrip("〇零")) if mark and rest else 0 if mark else p.number(words))
    except ValueError:
        return None
