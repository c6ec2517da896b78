"""The words of an article as readers see them: paragraphs without navigation, codes and page furniture."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\xad]")
_SPACES = re.compile(r"[ \t\xa0\u2000-\u200a\u3000]+")
_INDENT = re.compile("\u3000\u3000+")  # papers that put an article into one paragraph part it so
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}

# Arrows of these pages are digits in a font of symbols: 3上一版, 下一篇4.
_NAVIGATION = re.compile(
    r"(?:\s*(?:3\s*)?(?:上一[版期篇]|下一[版期篇]|放大|缩小|默认|标题导航|版面导航)(?:\s*4)?)+\s*"
)
_FURNITURE = re.compile(
    r"""X[A-Z]{2,5}\d{3}                                            # [XFTB008], a code of production
      | 责任?编辑?\s*[：:].{0,40} | 编辑\s*[：:].{0,30} | 新闻热线\s*[：:].{0,40}     # [责任编辑：李明]
      | [（(\[]?原标题\s*[：:].{0,80} | \[责任编辑.{0,40}                    # [（原标题：开工了）]
      | (?:主办|承办)(?:单位)?\s*[：:].{0,60} | .{0,10}网站标识码.{0,60}         # [主办：某区人民政府]
      | .{0,30}(?:ICP备|公网安备)\s*\d.{0,60}                            # [京ICP备00000000号]
      | 您访问的链接即将离开.{0,80} | 扫一扫在手机打开当前页.{0,20} | 已归档
      | 打印(?:本页)?\s*关闭(?:窗口)? | 分享到\s*[：:]?.{0,20} | 字号\s*[：:].{0,20}
    """,
    re.VERBOSE,
)
_TAIL_CODE = re.compile(r"\s*X[A-Z]{2,5}\d{3}$")  # 让居民受益。[XFTB008]
_CAPTION = re.compile(
    "^(?:图为|[上下左右]图|图片说明|▲|资料图|图[①②③④⑤⑥⑦⑧⑨一二三四五六\\d])"
)  # [图为]活动现场
_JUMP_ON = re.compile(
    r"[（(]?\s*(?:下转|转)(?:第)?\s*(?P<page>[A-Z]?\d{1,3}|[一二三四五六七八九十]+)版?\s*[）)]?\s*$"
)
_JUMP_FROM = re.compile(
    r"^[（(]?\s*(?:上接|紧接)(?:第)?\s*(?P<page>[A-Z]?\d{1,3}|[一二三四五六七八九十]+)版?\s*[）)]?"
)
_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_BYLINE = re.compile(
    r"""^(?:■\s*)?(?:本报讯|[\u4e00-\u9fff]{2,5}讯)?\s*[（(]?\s*
        (?:本报|首席|见习|实习|通讯)*(?:记者|通讯员)\s*(?P<names>[\u4e00-\u9fff·\s、]{2,40}?)\s*
        (?:[）)]|(?=\s{2}|$)|(?:摄影报道|文/?图|报道))""",
    re.VERBOSE,
)
_NAME = re.compile("[\u4e00-\u9fff·]{2,8}")
_NOTICE = re.compile("^(?:公告|通告|遗失声明|声明|启事|拍卖公告|招标公告|注销公告)$")
_ADVERTISEMENT = re.compile("^(?:广告|报头|导读|无标题|版权信息)$")


class Body(NamedTuple):
    """The cleaned words of an article."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    continues_on: str | None
    continued_from: str | None


def plain(text: str) -> str:
    """One line: spaces of all kinds as one, nothing invisible, full-width letters and digits as ASCII."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text).replace("\n", " ")).translate(_FULL_WIDTH).strip()


def parts(text: str) -> list[str]:
    """The paragraphs of a text: at line ends, and where an indent of two wide spaces stands inside a line."""
    return [
        line
        for raw in _INVISIBLE.sub("", text).splitlines()
        for piece in _INDENT.split(raw)
        if (line := plain(piece))
    ]


def body(lines: Iterable[str]) -> Body:
    """The paragraphs and captions of raw lines, in order, and the pages that it goes on to and comes from."""
    kept: list[str] = []
    captions: list[str] = []
    onward = origin = None
    for raw in lines:
        line = _TAIL_CODE.sub("", raw)
        if not line or _NAVIGATION.fullmatch(line) or _FURNITURE.fullmatch(line):
            continue
        if found := _JUMP_FROM.match(line):
            origin = number_of(found["page"])
        if found := _JUMP_ON.search(line):
            onward = number_of(found["page"])
        (captions if _CAPTION.match(line) else kept).append(line)
    return Body(tuple(kept), tuple(captions), onward, origin)


def number_of(printed: str) -> str:
    """A page's number as two digits: 3 and 三 are 03, A02 stays."""
    if printed.isdigit():
        return printed.zfill(2)
    if printed[0] in _NUMERALS:
        tens, _, ones = printed.rpartition("十")
        ten = "十" in printed
        value = (10 * _NUMERALS.get(tens, 1) if ten else 0) + _NUMERALS.get(ones, 0)
        return str(value).zfill(2)
    return printed


def authors_of(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Whom a byline at the head of an article names: 本报讯（记者 甲 通讯员 乙）, ■ 本报记者 甲."""
    for line in list(paragraphs)[:2]:
        if found := _BYLINE.match(line):
            words = re.sub("(?:本报|首席|见习|实习)*(?:记者|通讯员)", " ", found["names"])
            return tuple(_NAME.findall(words))
    return ()


def kind_of_title(title: str) -> str | None:
    """`notice` or `advertisement` for the titles that papers print over these; None for any other."""
    bare = title.replace(" ", "")
    if _NOTICE.match(bare):
        return "notice"
    return "advertisement" if not bare or _ADVERTISEMENT.match(bare) else None
