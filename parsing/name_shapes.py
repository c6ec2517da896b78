"""What a person's name looks like, and where in running text one can end."""

import re
from functools import cache

from parsing.wordlists import Words, words

_HAN = "\u4e00-\u9fff"
FOREIGN = re.compile(f"[{_HAN}]{{1,6}}(?:[·•・.．][{_HAN}]{{1,8}})+")
PLACE_BEHIND = re.compile(
    "(?:[镇乡村路桥街巷站港湾岛山寺庙宫塔店营庄屯坊园]|社区|大街|小区|公司|集团|医院|大学|小学|中学|故居|纪念馆|奖)"
)
# Letters that are in no name: grammar, and units and bodies, which a cut one letter too far would take along.
_NEVER = frozenset(
    "的了着过们个在没不吗呢吧啊哪这么怎谁它她他我你您很太更最又还就只被把给让往按说讲问看听率各该每此及或但且因等"
    "区县省市镇乡街局委办校厅部处科组队会议员院所站"
)
_LIST = "、和与及"
_GRAMMAR = frozenset("说和与及同为是在对作于则也均曾现任率")  # end a name seldom, and follow one often


def boundary(text: str, at: int) -> int:
    """How surely a name can end at `at`: 3 by punctuation, 2 by a word, 1 by a letter, 0 not at all."""
    if at >= len(text):
        return 3
    if not "\u4e00" <= text[at] <= "\u9fff":
        return 1 if text[at].isdigit() else 3
    found = word_at("after_names", text, at)
    if not found:
        return 2 if word_at("title", text, at) else 0
    return 2 if len(found) > 1 else 1


def given_end(text: str, behind: int, *, sure: bool) -> int | None:
    """The end of a given name of one or two letters that begins at `behind`; None where none can end.

    `sure`: what stands before it leaves no doubt that there is one, so that its letters alone may decide.
    """
    short, long = behind + 1, behind + 2
    may_be_long = _may_be_given(text, behind, long)
    by_short = boundary(text, short) if _may_be_given(text, behind, short) else 0
    by_long = boundary(text, long) if may_be_long else 0
    if may_be_long and text[short] in "同和与" and text[long : long + 1] in tuple("率赴主出带与和同"):
        return long  # 严叔同|率队: nothing joined by 同 begins with a verb
    if by_short and by_long:
        if by_short == 2 and by_long < 3:
            return short
        followed = by_long == 2 and text[short] not in _LIST
        return long if by_long == 3 or followed or text[short] not in _GRAMMAR else short
    if by_long or by_short:
        return long if by_long else short
    return long if sure and may_be_long and is_usual(text[behind:long]) else None


def unusual_end(text: str, start: int) -> int | None:
    """A name without a known family name (巴特尔): only where its end is sure."""
    for length in (3, 4, 2):
        end = start + length
        name = text[start:end]
        spelt = len(name) == length and _SOUNDS.issuperset(name)
        if spelt and boundary(text, end) >= (2 if length == 2 else 1):
            return end
    return None


def is_address(text: str, behind: int) -> bool:
    """Whether a family name alone, ending at `behind`, is one in a form of address: 王女士, 林伯."""
    found = word_at("honorifics", text, behind)
    if not found:
        return False
    end = behind + len(found)
    return len(found) > 1 or text[end : end + 1] in ("说", "笑") or boundary(text, end) >= 2


def foreign_end(text: str, match: re.Match[str]) -> int | None:
    """The end of a name with a dot: the last part goes on until something that follows names."""
    dot = max(match.group().rfind(mark) for mark in "·•・.．") + match.start()
    if any(_lists()["title"].each(text, match.start(), dot)):
        return None
    for end in range(dot + 2, match.end() + 1):
        if boundary(text, end) >= 2:
            return end
    return None


def surname_length(text: str, start: int) -> int:
    """How many letters at `start` are a family name; 0 where none is."""
    surnames = _name_words()[0]
    return next((length for length in (3, 2, 1) if text[start : start + length] in surnames), 0)


def is_weak(surname: str) -> bool:
    """Whether a family name is a common word as well."""
    return surname in _name_words()[1]


def is_usual(given: str) -> bool:
    """Whether a given name is of letters that given names are made of."""
    return _name_words()[2].issuperset(given)


def is_plausible(text: str, start: int, end: int) -> bool:
    """Whether what a name model calls a person may be one."""
    name = text[start:end]
    if is_address(text, start + 1) or name in words("not_names"):
        return False
    if PLACE_BEHIND.match(text, end) or not 2 <= len(name) <= 12:
        return False
    if FOREIGN.fullmatch(name):
        return True
    if len(name) > 4 or not _may_be_given(text, start + 1, end):
        return False
    return surname_length(name, 0) > 0 or _SOUNDS.issuperset(name)


def word_at(kind: str, text: str, at: int) -> str:
    """The longest word of a list at a place, else ""; `title`, `calling`, `after_names`, `not_names` or `honorifics`."""
    return _lists()[kind].at(text, at)


def ends_of(kind: str, text: str) -> list[int]:
    """Where words of a list end in a text, words inside words too."""
    return [at + len(word) for at, word in _lists()[kind].each(text)]


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a known name at [start:end] is the person and not part of another word or of a place's name."""
    if PLACE_BEHIND.match(text, end):
        return False
    if end - start > 2:
        return True
    before = text[start - 1 : start]
    free = not before or not "\u4e00" <= before <= "\u9fff" or before in "和与及由对向给为请是在"
    return boundary(text, end) > 0 and (free or _title_before(text, start))


def _title_before(text: str, end: int) -> bool:
    window = text[max(0, end - 8) : end]
    return any(window[start:] in words("titles") for start in range(len(window) - 1))


# Letters that write the sounds of names of the minorities and of foreigners.
_SOUNDS = frozenset(
    "阿艾安敖奥巴拜班包宝贝比彼毕边别宾波伯博布才策查朝车成达代丹道得德迪登帝丁东杜多额恩尔尕嘎噶盖高格根古哈海罕豪和赫宏呼花华吉加佳坚江杰金卡凯克肯库拉"
    "莱兰朗勒雷丽里力利列林龙卢鲁伦罗洛玛马麦曼梅美米密敏莫木穆那娜南尼娘宁努诺欧帕潘佩朋皮普其奇钦琴青琼仁日荣若萨赛桑沙珊声胜石斯苏索塔太泰坦汤特提图托娃瓦"
    "万旺威维温文乌西希夏仙香肖辛雄旭亚延扬依伊因银英尤玉元云增扎珍芝至珠卓孜梓"
)


def _may_be_given(text: str, start: int, end: int) -> bool:
    given = text[start:end]
    return (
        len(given) == end - start
        and all("\u4e00" <= letter <= "\u9fff" for letter in given)
        and not _NEVER.intersection(given)
    )


@cache
def _name_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    weak = words("surnames_weak")
    return words("surnames") | weak, weak, words("given")


@cache
def _lists() -> dict[str, Words]:
    files = {"title": "titles", "calling": "callings"}
    names = ("title", "calling", "after_names", "not_names", "honorifics")
    return {name: Words(words(files.get(name, name))) for name in names}
