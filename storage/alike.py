"""How alike two names, or two lists of names are, as reports write them."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from rapidfuzz import fuzz

from storage.text import bare, fold

ALIKE = 80.0  # of 100, by rapidfuzz
_NAMES_ALIKE = 85.0
_LEAST_HEAD = 4  # characters of a subject that is part of a longer one

_NUMERAL = "[一二三四五六七八九十百\\d]+"
ORDINAL = re.compile(f"第{_NUMERAL}[届次批期季场轮讲集]|{_NUMERAL}届{_NUMERAL}次")
# Bodies called by letters drawn from their name: 沈阳宏轲重型机器有限公司, 宏轲重机; 区消费者协会, 区消协
_COMPANY = re.compile("公司|集团|大学|学院|研究[院所]|银行|医院")
_NEIGHBOURHOOD = re.compile("(?:社区|小区|[村镇乡路街巷]|街道)$")  # 东河社区 is not 东河沿社区
_STREET = re.compile("^.{2,5}?(?:街道|镇|乡)(?=.{3})")
_OFFICE = re.compile("委员会|协会|联合会|局|办公室|指挥部|总工会|中心组")
# The district as a whole, with its own name where that is told: 我区, 丰台区政府; not 翠园社区
_DISTRICT = re.compile(
    "^(?:我|全|本|该)?(?P<own>[\u4e00-\u9fff]{0,3}?)"
    "(?:(?<![社小园])区|[县市])(?:人民)?(?:政府|委|委区政府)?(?:办公室)?$"
)
_OURS = re.compile("^[我本该](?:[区市县校院镇]|街道)(?=.{2})")  # 我区某某公司
# Whoever tells it, not by name: 我校, 本公司
_OURSELVES = re.compile(
    "^(?:我|本|该|学)(?:校|院|公司|行|市|省|馆|中心|集团|企业|园|所|社|店|队)$"
    "|^(?:我校|我院|我们|咱们|咱)(?!区)|^(?:区里|市里|街道|社区|村里|镇里|学校|医院|园区|孩子们|同学们|居民|志愿者|(?:活动)?组委会|主办方)$"
)
# What makes two names that are nearly the same letters two things.
_TELLS_APART = (
    ORDINAL,
    re.compile("[一二三四五六七八九十]+月|[一二三四]季度|[上下]半年"),
    re.compile("特等|[一二三]等|金奖|银奖|铜奖|冠军|亚军|季军|[金银铜]牌"),
    re.compile("国家级|省级|市级|区级|县级|镇级|街道级|村级"),
    re.compile("[东南西北](?=区|段|侧|口|路|延|线|站|院)"),
    re.compile("[一二三四五六七八九十](?=期|标段|号)"),
    re.compile("开幕|闭幕"),
)
_COUNTS = (
    re.compile(r"(?:19|20)\d\d(?=\s*年|[^\d\s])"),
    re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?:\s*年|[^\d]))\d+(?:\.\d+)?"),
)
_SPOT = re.compile("[\u4e00-\u9fff]{1,3}(?:号线|大街|胡同|社区|小区|街(?!道)|[路桥村园苑里站])")
# Bodies and venues that a clause names: 到[恒大路小学]检查, 与[某某公司]签约
_THING = re.compile(
    "[\u4e00-\u9fff]{2,14}(?:小学|中学|学校|大学|学院|社区|医院|公园|广场|村|街道|镇|馆|市场|商场|中心"
    "|公司|集团|银行|协会|考察团|考察组|代表团|访问团)"
)
_CUT = re.compile(
    "[到在赴与和、，,。及对向由被给为把将率]|走进|深入|前往|来到|举[办行]|召开|组织|联合|开展|荣?获|签"
)
_BRACKETS = re.compile("[（(][^）)]*[）)]")  # 甲路（乙街至丙街）: just the road


def subjects_alike(one: str, other: str, least: float = ALIKE) -> float:
    """How alike two bare subjects are, from 0 to 1; 0 if it is less than `least` percent.

    A short name is like a long one that ends with it: the head of a Chinese phrase is its end.
    """
    if not one or not other:
        return 0.0
    ratio = fuzz.ratio(one, other, score_cutoff=least)
    if ratio:
        return float(ratio) / 100
    short, long = sorted((one, other), key=len)
    if len(short) >= _LEAST_HEAD and short in long and short[-2:] == long[-2:]:
        return 0.8
    return 0.0


@lru_cache(16_384)
def told_apart(one: str, other: str) -> bool:
    """Whether two names hold different numbers, ordinals, ranks, months, or sides of a road."""
    return _differ(one, other, (*_COUNTS, *_TELLS_APART))


def counted_apart(one: str, other: str) -> bool:
    """Whether two clauses, each with numbers of its own, speak of other ordinals, ranks or parts."""
    return _differ(one, other, _TELLS_APART)


@lru_cache(16_384)
def names_alike(one: str, other: str) -> bool:
    """Whether two names of bodies, people or places can be one: one is part of the other, or short for it."""
    one, other = (_plain(name) for name in (one, other))
    if not one or not other or told_apart(one, other):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= 2 and (long.endswith(short) or long.startswith(short)):
        return True
    if len(short) >= 3 and _STREET.sub("", long).startswith(short):  # 和睦新村, 和睦街道和睦新村社区
        return True
    if len(short) >= 3 and short in long and is_company(long):  # 德润祥, 武汉市德润祥酱园有限公司
        return True
    least = 3 if _OFFICE.search(long) else 4
    if (
        len(short) >= least
        and short[:2] in long
        and drawn_from(short, long)
        and not _NEIGHBOURHOOD.search(short)
    ):
        return True
    # One other letter makes another village or another person of a short name.
    return len(short) >= 6 and fuzz.ratio(one, other) >= _NAMES_ALIKE


def drawn_from(short: str, long: str) -> bool:
    """Whether all letters of a short name stand in a longer one in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def is_company(name: str) -> bool:
    """Whether a body is one of many partners: a firm, a school, a hospital."""
    return bool(_COMPANY.search(name))


def named(names: Sequence[str]) -> tuple[str, ...]:
    """Those of some names that tell one body from others: not 我区, 区政府, 我校."""
    return tuple(
        name for name in names if not _DISTRICT.match(bare(name)) and not _OURSELVES.match(bare(name))
    )


def ourselves(names: Sequence[str]) -> bool:
    """Whether one of some names is that of whoever tells it: 我校, 我们, 咱们某公司."""
    return any(_OURSELVES.match(bare(name)) for name in names)


def other_district(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both lists name districts, and none in common: 河西区, 小店区."""
    if share_a_name(ours, theirs):
        return False
    mine, yours = ({own for name in names if (own := _own_name(name))} for names in (ours, theirs))
    return bool(mine and yours) and not mine & yours


def share_a_name(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether any name of one list is like any of the other."""
    return any(names_alike(one, other) for one, other in product(ours, theirs))


def count_shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many names of one list are like one of the other, whichever list has fewer of them."""
    return min(
        sum(share_a_name([name], theirs) for name in ours), sum(share_a_name([name], ours) for name in theirs)
    )


def same_spot(one: str, other: str) -> bool | None:
    """Whether two names hold a road, community or station in common; None where either holds none."""
    ours, theirs = (_SPOT.findall(_BRACKETS.sub("", name)) for name in (one, other))
    if not ours or not theirs:
        return None
    return any(a.endswith(b) or b.endswith(a) for a in ours for b in theirs)


def things(clause: str) -> list[str]:
    """The bodies and venues that a clause names, besides the district itself."""
    found = (match[0] for piece in _CUT.split(clause) if (match := _THING.search(piece)))
    return [bare(name) for name in named(list(found)) if name[0] not in "全各本我该"]


def fullest(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in its longest form, where its first form stood."""
    kept: list[str] = []
    for name in dict.fromkeys(names):
        for at, known in enumerate(kept):
            if bare(known).endswith(bare(name)):
                break
            if bare(name).endswith(bare(known)):
                kept[at] = name
                break
        else:
            kept.append(name)
    return tuple(dict.fromkeys(kept))


def _own_name(name: str) -> str:
    found = _DISTRICT.match(bare(name))
    return found["own"] if found else ""


def _plain(name: str) -> str:
    """A name without what one paper says and another leaves out: 我区某公司, 某街道办事处, 人民政府."""
    return _OURS.sub("", bare(name)).replace("人民政府", "政府").removesuffix("办事处")


def _differ(one: str, other: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    one, other = fold(one), fold(other)
    for pattern in patterns:
        ours, theirs = set(pattern.findall(one)), set(pattern.findall(other))
        if ours and theirs and not (ours <= theirs or theirs <= ours):
            return True
    return False
