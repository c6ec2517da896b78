"""Whether two sentences tell the same measure: how much of what, exactly or rounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from storage.text import fold

_TELLING = 100  # from which on two numbers are not the same by chance
_ABOUT = 0.15  # of a number: the most that 约 and 近 round
_MORE = 0.34  # of a number: the most that 余, 多 and 超 leave untold
_EXACT = 0.05  # of a number: how far off it can be and yet say much of itself
_TELLING_DIGITS = 3
_SCALE = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}

_DATES = re.compile(r"\d+\s*天|\d+\s*年|\d+\s*[—–~至-]?\s*\d*\s*月(?:份)?|\d+\s*日|\d+(?=热线|平台)")
_NUMBER = re.compile(
    r"(?P<before>超过?|逾|突破|多达|将?近|接近)?(?P<about>约)?\s*"
    r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<odd>[余多])?\s*(?P<scale>万亿|[万亿]?)(?P<more>[余多])?\s*"
    r"(?P<unit>个百分点|个点|立方米|平方公里|平方米|千瓦时|公里|公顷|公斤|千克|人次|车次|美元|[%\u4e00-\u9fff])?"
    r"(?P<after>左右|上下)?"
)
# In words, always round: 将近[七千万]件, [一千三百]多人; not 千万不要
_IN_WORDS = re.compile(
    "(?:[一二两三四五六七八九][千百十万]|十)(?:零?[一二两三四五六七八九]?[千百十万])*[一二三四五六七八九]?"
)
_WORD_DIGITS = "零一二三四五六七八九"
_WORD_UNITS = {"十": 10, "百": 100, "千": 1000}

_SHARE = "%"
_ANY = ""  # 个, and whatever is no measure word
# What is counted by either of some words, and how many of the first a unit is.
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("%", "个百分点", "个点"), (_SHARE, 1.0)),
    **dict.fromkeys(("人", "名", "位", "人次"), ("人", 1.0)),
    **dict.fromkeys("家户", ("家", 1.0)),
    **dict.fromkeys("座处所", ("座", 1.0)),
    **dict.fromkeys("件项起宗", ("件", 1.0)),
    **dict.fromkeys("次回场", ("次", 1.0)),
    **dict.fromkeys("部台套辆架", ("台", 1.0)),
    **dict.fromkeys("张份本册", ("张", 1.0)),
    **dict.fromkeys("头只匹羽", ("头", 1.0)),
    **dict.fromkeys("棵株", ("棵", 1.0)),
    **{unit: (unit, 1.0) for unit in "元条艘列种"},
    "美元": ("美元", 1.0),
    "千瓦时": ("度", 1.0),
    "度": ("度", 1.0),
    "立方米": ("方", 1.0),
    "方": ("方", 1.0),
    "吨": ("吨", 1.0),
    "公斤": ("吨", 1e-3),
    "千克": ("吨", 1e-3),
    "米": ("米", 1.0),
    "公里": ("米", 1e3),
    "平方米": ("亩", 0.0015),
    "亩": ("亩", 1.0),
    "公顷": ("亩", 15.0),
    "平方公里": ("亩", 1500.0),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a sentence tells, as the least and the most it can stand for, and of what it is one."""

    low: float
    told: float
    high: float
    unit: str
    digits: int  # that are no zeros at its end

    def agrees(self, other: "Quantity") -> bool:
        """Whether both can be one number of one thing."""
        if (self.unit == _SHARE) != (other.unit == _SHARE):
            return False
        if self.unit != other.unit and _ANY not in (self.unit, other.unit):
            # 2316户, 2316位老板: the very same number of another thing is rarely chance
            return self.told == other.told >= _TELLING and bool(self.told % 100)
        return self.told == other.told or (self.low < other.high and other.low < self.high)


def same_numbers(one: str, other: str) -> bool:
    """Whether two sentences tell the same measure: the largest number of each, days left out, or rounded."""
    ours, theirs = _quantities(one), _quantities(other)
    if not ours or not theirs:
        return ours == theirs
    if _largest(ours).agrees(_largest(theirs)):
        return True
    # One may tell the sum, the other how it grew.
    few, many = sorted((ours, theirs), key=len)
    return all(any(number.agrees(each) for each in many) for number in few)


def same_total(one: str, other: str) -> bool:
    """Whether the largest numbers of two sentences, days left out, are one to rounding, and telling."""
    ours, theirs = _quantities(one), _quantities(other)
    if not ours or not theirs:
        return False
    a, b = _largest(ours), _largest(theirs)
    return min(a.told, b.told) >= _TELLING and _SHARE not in (a.unit, b.unit) and a.agrees(b)


def exact_total(one: str, other: str) -> bool:
    """Whether two sentences have the same total, told so exactly that it hardly is another one's.

    超3亿 is not the 3.2亿 of a week later, and 600万 is a mark that many pass.
    """
    if not same_total(one, other):
        return False
    a, b = _largest(_quantities(one)), _largest(_quantities(other))
    near = a.told == b.told or all(each.high - each.low <= _EXACT * each.told for each in (a, b))
    return near and max(a.digits, b.digits) >= _TELLING_DIGITS


def has_numbers(text: str) -> bool:
    """Whether a sentence tells a number besides days."""
    return bool(_quantities(text))


def _largest(some: tuple[Quantity, ...]) -> Quantity:
    return max(some, key=lambda each: (each.unit != _SHARE, each.told))


@lru_cache(4096)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return tuple(_found(_IN_WORDS.sub(_in_digits, _DATES.sub(" ", fold(text)))))


def _found(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        whole, _, decimals = match["digits"].replace(",", "").partition(".")
        unit, size = _UNITS.get(match["unit"] or "", (_ANY, 1.0))
        scale = _SCALE[match["scale"]] * size
        told = float(f"{whole}.{decimals or 0}") * scale
        step = scale * 10.0 ** -len(decimals)
        round_step = step if decimals else step * 10.0 ** (len(whole) - len(whole.rstrip("0")))
        half = 0.0 if scale == 1.0 and not decimals and unit != _SHARE else step / 2  # 1630人 is no rounding
        low, high = told - half, told + half
        before = match["before"] or ""
        if match["odd"] or match["more"] or before[:1] in tuple("超逾突多"):
            low, high = told, told + min(round_step, _MORE * told)
        elif before.endswith("近"):
            low, high = told - min(round_step, _ABOUT * told), told
        elif match["about"] or match["after"]:
            near = min(round_step, _ABOUT * told)
            low, high = told - near, told + near
        yield Quantity(low, told, high, unit, len((whole + decimals).strip("0")))


def _in_digits(words: re.Match[str]) -> str:
    """七千 as 约7000, 一万五千 as 约15000."""
    total, digit = 0, 0
    for char in words[0].replace("两", "二"):
        if char == "万":
            total, digit = (total + digit) * 10_000, 0
        elif char in _WORD_UNITS:
            total, digit = total + (digit or 1) * _WORD_UNITS[char], 0
        else:
            digit = _WORD_DIGITS.index(char)
    return words[0] if words[0] == "十" else f"约{total + digit}"
