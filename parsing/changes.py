"""What became of an occasion that was set for a day: held as planned, moved to another day, called off.

Works on the words of a mention, its evidence and the sentence around it; what the reader found stays as it is.
"""

import re
from datetime import date, timedelta

from parsing.dates import DateKind, FoundDate, find_dates
from parsing.lexicon import verbose
from parsing.model import NO_PERIOD, Change, Period, Precision, State
from parsing.text import normalise

# Said of the occasion itself; not 取消收费, 尚未取消
_CANCELLED = verbose(
    r"""(?<![未不没免])取消(?:举[办行]|召开|了)?(?=[，。；！：,;!（(\s]|$)      # 因故[取消]。
      | (?<![未不没免])取消了?(?=原[定计]|本[次场届期]|此[次场]|该[场次]|这[场次]|今年|当[日天]|[今明昨][天日晚]|本周|举[办行]|召开|\d+月|\d+日)  # [取消]原定的论坛
      | (?:不再|停止|暂停|放弃)(?:举[办行]|召开|开展) | 停办 | 不办了 | 不摆了 | 作罢 | 叫停  # [不再举办]
    """
)
# Said of its day; not 推迟退休, 延期交房, 改为线上
_MOVED = verbose(
    r"""(?:推迟|延期|延后|延迟|推后|顺延|改期|暂缓)
        (?=(?:至|到|在|于|为)?(?:[，。；！：,;!（(\s]|举[办行]|召开|开[展幕赛放馆园班课讲业]|进行|启动|施工|实施
           |[^，。；]{0,4}\d|下[周个月]|本[周月]|明[天日年]|后天|另行|择[期日]|[一二两三四五六七八九十半几]+[天周个日]|$))   # [推迟]一周举行
      | 择[期日](?:再|另)?(?:举[办行]|召开|进行|开[展幕赛])
      | (?:举[办行]|召开|开[展幕赛])?(?:时间|日期)?(?:改|调整|变更|挪|提前)(?:为|至|到|在|于)?
        (?=[^，。；\d]{0,3}\d+[月日号]|下[周个月]|本[周月]|明[天日]|后天|[周星][一二三四五六日期天])  # [时间调整为]4月20日
    """
)
_HELD = verbose(
    r"""(?:如期|如约|按期|按时|按原计划)(?:举[办行]|召开|开[展幕赛放馆园班课讲业街]|进行|启[动幕]|而至|上演|登场)    # [如期举行]
      | (?:圆满|顺利|成功)(?:举[办行]|召开|闭幕|落幕|收官|结束|完成) | 落下帷幕
    """
)
# In front of the day that it had been set for: [原定于]4月20日, [由]4月20日改为…
_PLANNED = re.compile(
    r"(?:原(?:先|本)?(?:定|计划|拟|说好?)?(?:举[办行])?(?:时间|日期)?(?:为|是|于|在|由)?|由|从|定于|拟于|将于)\s*$"
)
_NEAR = re.compile("([今明后])[天日晚]")
_DAYS = frozenset({DateKind.DAY, DateKind.RANGE, DateKind.MONTH, DateKind.UNTIL, DateKind.SINCE})
# What a report that looks ahead says: [将]举办, [定于]4月20日; not 将近
_AHEAD = re.compile(r"将(?!近|军|士|领)|定于|拟(?=于|在|定|举)|即将|届时|敬请|预告|欢迎|报名")
# The words of a change in a name that the reader took with it: 春季招聘会[延期至举办]
_IN_NAME = re.compile(
    r"^(?:原定)?[今明后][天日晚]的|^(?:关于)?(?:推迟|延期|取消|调整|原[定计]划?)(?:举[办行]|召开|于|的)*"
    r"|(?:因故?)?(?:临时|决定|将|已|现)*(?:推迟|延期|延后|延迟|顺延|改期|提前|取消|停办|暂停|改(?=[至到在为]))(?:至|到|在|为|举[办行]|召开|一次|了|[\d年月日]+)*(?:的?(?:通知|公告|通告))?$"
    r"|如期(?:举[办行]|召开)$"
)


def find_change(evidence: str, context: str = "", issued_on: date | None = None) -> Change | None:
    """What a mention says became of an occasion; None where it tells of it plainly.

    The evidence counts before the sentence around it. Dates are read against `issued_on`.
    """
    sentence = normalise(context if evidence and evidence in context else evidence)
    for words in dict.fromkeys((normalise(evidence), sentence)):
        for state, pattern in ((State.CANCELLED, _CANCELLED), (State.MOVED, _MOVED), (State.HELD, _HELD)):
            if found := pattern.search(words):
                return _dated(state, sentence, sentence.find(found[0]), issued_on)
    return None


def looks_ahead(evidence: str) -> bool:
    """Whether the words announce: 将, 定于, 欢迎报名."""
    return bool(_AHEAD.search(evidence))


def occasion_of(subject: str) -> str:
    """A subject without the words of a change that the reader took with it."""
    return _IN_NAME.sub("", subject) or subject


def _dated(state: State, sentence: str, at: int, issued_on: date | None) -> Change:
    dates = [d for d in find_dates(sentence, issued_on) if d.kind in _DAYS and d.when.start is not None]
    planned = next((d for d in dates if _PLANNED.search(sentence[: d.start])), None)
    if state is State.HELD:
        return Change(state, was=planned.when if planned and "原" in sentence[: planned.start] else NO_PERIOD)
    before = [d for d in dates if d.end <= at]
    if state is State.CANCELLED:
        was = planned or next(iter(before), None) or next(iter(dates), None)
        return Change(state, was=was.when if was else _near(sentence, issued_on))
    after = [d for d in dates if d.start >= at and d is not planned and "原" not in sentence[: d.start][-6:]]
    was = planned if planned and planned not in after[:1] else next(iter(before), None)
    now = next((d for d in after if d is not was), None)
    return Change(state, was=_when(was) if was else _near(sentence[:at], issued_on), now=_when(now))


def _near(words: str, issued_on: date | None) -> Period:
    """The day of 明天的讲座, which tells no time where it only says which lecture."""
    found = _NEAR.search(words)
    if found is None or issued_on is None:
        return NO_PERIOD
    day = issued_on + timedelta(days="今明后".index(found[1]))
    return Period(day, day, Precision.DAY)


def _when(found: FoundDate | None) -> Period:
    return found.when if found else NO_PERIOD
