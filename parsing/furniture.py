"""What a page is furnished with besides articles: mastheads, jump lines, credits, tables, the frame of a web page.

All tests take the normalised text of one line or paragraph.
"""

import re

DATELINE = re.compile(
    r"""^(?:本报讯|又讯|本报综合消息|本报.{0,6}电|.{2,8}(?:日报|晚报|晨报|时报|融媒|社)讯|新华社.{0,12}电
        |（(?:本报)?(?:记者|通讯员)|本报记者\s*\S{2,4}\s*(?:报道)?\s)""",
    re.VERBOSE,
)
_BULLET = re.compile(
    r"""^(?:[●■▲▼◆◇★☆○□►▶•·※◎]|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、
        |（[一二三四五六七八九十\d]{1,2}）)""",
    re.VERBOSE,
)
_QUESTION = re.compile(r"^(?:问|答|[QA])：")
# （上接01版）, 下转第3版, （转2版）, （详见第3版）, (上接A1版《标题》)
_JUMP_WORDS = r"(?:上接|下转|紧接|接|转|详见|见)\s*第?\s*[A-Z]?\d{1,2}\s*版"
JUMP = re.compile(rf"^[（【]?\s*{_JUMP_WORDS}.{{0,20}}$")
JUMP_AHEAD = re.compile(rf"^[（【]\s*{_JUMP_WORDS}[^）】]{{0,24}}[）】]\s*")
JUMP_BEHIND = re.compile(rf"\s*[（【]\s*{_JUMP_WORDS}[^）】]{{0,12}}[）】]\s*$")
JUMP_BEFORE = re.compile(r"上接|^[（【]?\s*接")  # begins on another page; else it goes on there
MASTHEAD = re.compile(
    r"""(?:责(?:任)?编(?:辑)?|美编|校对|版式|组版|值班(?:编委|主任|总编)|电子(?:邮|信)箱|新闻热线|国内统一)[：:\s/]?
      |^\S{0,12}\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:星期.|周.)
      |^第?\s*[A-Z]?\d{1,2}\s*版\b|^\d{4}[.-]\d{1,2}[.-]\d{1,2}\s*(?:星期.|周.)""",
    re.VERBOSE,
)
BYLINE = re.compile(
    r"""^[□■◎（(]?\s*(?:本报|特约|见习)?(?:记者|通讯员|作者|文[/／]|图[/／]|摄影).{0,30}$
      |^[□■◎]\s*\S{2,4}(?:\s+\S{2,4}){0,2}$""",  # □ 舒海声
    re.VERBOSE,
)
CREDIT = re.compile(r"(?:摄|供图|图片来源.{0,12}|资料图片?)[）)]?\s*$")
_CAPTION = re.compile(r"^[▲▼◀▶△]?\s*(?:图为|图[①-⑩]|上图|下图|左图|右图|题图|图：|[①-⑩]\s)")
_CELL = re.compile(r"-?\d[\d,.]*(?:[%‰]|[\u4e00-\u9fff]{1,3})?|[-—]+")


def starts_anew(text: str) -> bool:
    """Whether a line can't be the second half of a broken sentence."""
    return bool(DATELINE.match(text) or _BULLET.match(text) or _QUESTION.match(text) or JUMP.match(text))


def is_bullet(text: str) -> bool:
    """Whether a block is an item of a list."""
    return bool(_BULLET.match(text))


def is_question(text: str) -> bool:
    """Whether a block is a question or an answer of an interview."""
    return bool(_QUESTION.match(text))


def reads_as_caption(text: str) -> bool:
    """Whether a block says what a picture shows, or who took it."""
    return bool(_CAPTION.match(text) or CREDIT.search(text) or text[0] in "▲▼△")


def is_table_row(text: str) -> bool:
    """Whether a line is a label and numbers in columns: 北郊镇 21 9.6"""
    label, *cells = text.split() or [""]
    return len(cells) >= 2 and not _CELL.fullmatch(label) and all(map(_CELL.fullmatch, cells))
