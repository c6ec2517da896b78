"""Whether the words around a date look ahead or back: 将于, 定于, 报名, 已, 过去."""

import re
from dataclasses import replace

from parsing.date_points import Expression, Point
from parsing.date_years import Hints

_CLAUSE_BREAK = "，。；！？\n"
# [将]于4月12日, [报名]截至4月12日; not 将近, 将军
_FUTURE_BEFORE = re.compile(
    r"""将(?!近|军)|定于|拟|预计|计划|即将|有望|力争|截止|截至|届时|报名|请于|可于|须|需
      | (?:申请|预约|缴费|申报|征集|投稿|投票|报送)(?:时间|日期)?$      # [申请]截至12日
      | (?:改|推迟|延期|顺延|延)(?:为|到|至|在)$                       # [改为]12日""",
    re.VERBOSE,
)
# 12日下午[将], 12日[前]
_FUTURE_BEHIND = re.compile(r"^[^，。；]{0,10}(?:将|拟|即将|有望|前|截止)")
# A bare weekday leaves so much open that a 将 further on in its sentence counts: 周六上午，医院专家义诊[将]走进社区;
# not 将其, 将花园打造成
_FUTURE_IN_SENTENCE = re.compile(
    r"""[^。；]{0,40}? 将
        (?!近|军|其|这|相关|有关|所|全|自己|[\u4e00-\u9fff]{2,8}(?:作为|纳入|打造))""",
    re.VERBOSE,
)
# 5日[已]完成
_PAST_NEAR = re.compile(r"^[^，。；]{0,3}(?:已|曾|此前|过去|以来|了)")
_NEAR = 12


def tense_of(text: str, expression: Expression, told: Hints) -> Hints:
    """What was told before, with the tense that the words around an expression give it."""
    future = text.startswith(("止", "为止"), expression.end) or is_ahead_near(
        text, expression.start, expression.end
    )
    first = expression.first
    if not future and is_bare_weekday(first):
        future = bool(_FUTURE_IN_SENTENCE.match(text, expression.end, expression.end + 48))
    past = not future and bool(_PAST_NEAR.search(text[expression.end : expression.end + 6]))
    return replace(told, future=future, past=past)


def is_ahead_near(text: str, start: int, end: int) -> bool:
    """Whether a word beside a date, in its clause or just behind it, speaks of the future."""
    before, behind = _clause_before(text, start), text[end : end + _NEAR]
    return bool(_FUTURE_BEFORE.search(before) or _FUTURE_BEHIND.match(behind))


def is_bare_weekday(point: Point) -> bool:
    """周六, without the week or date it belongs to."""
    return point.weekday is not None and point.day is None and point.week_shift is None


def _clause_before(text: str, at: int) -> str:
    near = text[max(0, at - _NEAR) : at]
    return near[max(near.rfind(mark) for mark in _CLAUSE_BREAK) + 1 :]
