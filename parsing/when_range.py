"""First and last day of what lasts: an opening with the day it ends, a closing with the day it began."""

import re
from datetime import date, timedelta
from itertools import islice

from parsing.candidates import Story
from parsing.date_patterns import number
from parsing.dates import DateKind, FoundDate
from parsing.model import EventType, Period, Precision
from parsing.when_scope import Scope, hidden

# an expression that tells a last day: [持续]至5月5日, [展期]至11月12日
_LASTS = re.compile(r"持续|延续|延长|展期|展出|一直")
# what stands in front of a last day that is told as a plain one: 封[到]12月20日
_UP_TO = re.compile(r"(?:到|至|截止(?:时间)?为?|截至)$")
# … or behind it: 展览将于6月20日[结束]
_ENDS_BEHIND = re.compile(
    r"^(?:晚|上午|下午|正式|圆满|胜利|顺利)*(?:结束|闭幕|落幕|收官|收尾|收场|谢幕|闭展|撤展|为止|关闭|关(?=[，。；])|截止)"
)
# [停种四天], [为期三天]的访问, [待了两天], [历时一天半]: how long it lasts
_DAYS_LONG = re.compile(
    r"""(?:为期|历时|时长|持续|一连|连[开办演停]|停[种水电诊办运用]?|封闭?|[待住留铺修转走钻看跑谈]了?|停留了?|访问|考察|共|\d日)
        (?P<days>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:天|日(?=[的游]))(?P<half>半)?(?![内前后以之里])""",
    re.VERBOSE,
)
# numbers of a whole occasion: 展[会期间]共…, [三天里]累计…, [本届]博览会…
_THROUGHOUT = re.compile(
    r"(?:会|展|节|赛|活动|假期|黄金周|访问)期间|[两三四五六七八九十\d]天(?:里|来|时间|内共)|本届(?!政府|人大|政协|党)"
)
# What may last for days and is told by its first.
LASTING = frozenset({EventType.ACTIVITY, EventType.MEETING, EventType.VISIT, EventType.NOTICE})
_LONGEST = 31  # days
# the end of something else: [报名]持续至5月5日
_NOT_ITS_END = re.compile(r"报名|预约|征集|申报|领取|投稿|登记|早鸟|报送")
# 大会胜利[闭幕]
_CLOSES = re.compile(r"闭幕|闭馆|闭展|落幕|收官|落下帷幕|圆满结束|胜利结束|降下帷幕")
# 会议于1月7日开幕, told after the closing
_OPENED = re.compile(r"^(?:会议|大会|全会|活动|本届[^，]{0,6}|比赛|展会)[^，]{0,10}开幕")
# 3月20日[开幕]
_OPENS = re.compile(r"开幕|启幕|召开|举行|开始|拉开")
# what happens at an opening lasts no longer than its day: [现场]举行了认养活动
_PART_OF_IT = re.compile(r"^(?:[^，]{0,6}?(?:现场|当[天日晚]|首[日场]|开幕式|启动仪式))")
_REACH = 2  # paragraphs behind the candidate's in which the last day may be told
_DATES = 40  # so many of a paragraph's dates may tell it; more are a timetable

Told = tuple[Period, str | None]


def told(found: FoundDate) -> Told:
    """A date as it stands."""
    return found.when, found.text


def joined(first: FoundDate, final: FoundDate) -> Told | None:
    """From the first date to the last, where both tell days and stand in order."""
    start, end = first.when.start, final.when.end
    if start is None or end is None or first.when.precision is not Precision.DAY:
        return None
    if final.when.precision is not Precision.DAY or end <= start:
        return None
    return Period(start, end, Precision.DAY), first.text + final.text


def counted(since: FoundDate, upto: FoundDate) -> Told | None:
    """From the first day of a count to the day it is told for: 春运以来，截至2月22日."""
    start, end = since.when.start, upto.when.end
    if start is None or end is None or upto.when.precision is not Precision.DAY or end < start:
        return None
    return Period(start, end, Precision.DAY), since.text + upto.text


def lasting(scope: Scope, found: FoundDate) -> Told:
    """An opening day with the last day told after it: 3月28日开幕，持续至4月6日. Else the day itself.

    Another day between the two tells another happening, whose end it may be.
    """
    if both := _long(scope, found):
        return both
    opening = found.when
    nested = _PART_OF_IT.match(scope.candidate.clause.masked)
    weekend = found.kind is DateKind.RANGE and "周末" in found.text
    if opening.start is None or (opening.start != opening.end and not weekend) or nested:
        return told(found)
    number = scope.candidate.clause.paragraph
    for paragraph in range(number, min(number + 1 + _REACH, len(scope.story.paragraphs))):
        opened = found.end if paragraph == number else None
        behind = (d for d in scope.story.dates[paragraph] if paragraph != number or d.start >= found.end)
        for later in islice(behind, _DATES):
            if hidden(scope.story, paragraph, later):
                continue
            both = joined(found, later)
            if both and (_is_end(scope.story, paragraph, later, opened) or later.when.start == opening.start):
                return both
            if later.kind is DateKind.DAY and later.when != opening:
                return told(found)
    return told(found)


def closing(scope: Scope, found: FoundDate) -> Told:
    """A closing day with the first day told elsewhere: 1月9日闭幕。会议于1月7日开幕. Else the day itself."""
    clause = scope.candidate.clause
    if found.when.start is None or found.when.start != found.when.end:
        return told(found)
    if _OPENED.search(clause.masked) and (ended := _ended_before(scope)) and (both := joined(found, ended)):
        return both
    if not _CLOSES.search(clause.masked):
        return told(found)
    if both := _long(scope, found, closes=True):
        return both
    number = clause.paragraph
    for paragraph in range(number, min(number + 1 + _REACH, len(scope.story.paragraphs))):
        text = scope.story.paragraphs[paragraph].text
        for other in scope.story.dates[paragraph]:
            behind = text[other.start : other.end + 12]
            opens = other.kind in (DateKind.DAY, DateKind.SINCE) and _OPENS.search(behind)
            spans = other.kind is DateKind.RANGE and other.when.end == found.when.end
            if (opens or spans) and (both := joined(other, found)):
                return both
    return told(found)


def _long(scope: Scope, found: FoundDate, *, closes: bool = False) -> Told | None:
    """The days from the one told on, or up to a closing day, where the sentence says how many: 停种四天."""
    day = found.when.start
    if day is None or day != found.when.end or found.kind not in (DateKind.DAY, DateKind.SINCE):
        return None
    start, end = scope.sentence
    text = scope.paragraph.text
    if both := _counted_days(found, text[start if closes else max(start, found.start) : end], closes=closes):
        return both
    return None if closes else _counted_days(found, text[scope.candidate.clause.start : end], closes=False)


def _counted_days(found: FoundDate, words: str, *, closes: bool) -> Told | None:
    """The days from the one told on, or up to it, where some words count them."""
    match, day = _DAYS_LONG.search(words), found.when.start
    if match is None or day is None or day != found.when.end:
        return None
    try:
        days = number(match["days"]) + bool(match["half"])
    except ValueError:
        return None
    if not 1 < days <= _LONGEST:
        return None
    span = timedelta(days=days - 1)
    if min(day - date.min, date.max - day) < span:
        return None
    first, last = (day - span, day) if closes else (day, day + span)
    return Period(first, last, Precision.DAY), found.text


def throughout(scope: Scope) -> Told | None:
    """The days of what the article is about, of numbers that are told for all of it: 展会期间共接待…, 三天里累计…

    They are the stretch told last before, or the days that an opening or a closing sentence counts.
    """
    clause = scope.candidate.clause
    if not _THROUGHOUT.search(scope.paragraph.text[scope.sentence[0] : scope.candidate.end]):
        return None
    for index in range(clause.paragraph, -1, -1):
        paragraph = scope.story.paragraphs[index]
        for found in reversed(scope.story.dates[index]):
            if hidden(scope.story, index, found) or (
                index == clause.paragraph and found.start >= clause.start
            ):
                continue
            if found.kind is DateKind.RANGE and found.when.precision is Precision.DAY:
                return told(found)
            start = paragraph.text.rfind("。", 0, found.start) + 1
            end = paragraph.text.find("。", found.end)
            words = paragraph.text[start : end if end >= 0 else len(paragraph.text)]
            if both := _counted_days(found, words, closes=bool(_CLOSES.search(words))):
                return both
    return None


def _ended_before(scope: Scope) -> FoundDate | None:
    """The day of a closing told earlier in the paragraph: 1月9日，大会胜利闭幕。…会议于1月7日开幕."""
    for found in reversed(scope.between(0, scope.candidate.clause.start)):
        clause = scope.clause_of(found)
        if found.kind is not DateKind.DAY or clause is None:
            continue
        sentence = [c for c in scope.paragraph.clauses if c.sentence == clause.sentence]
        if any(_CLOSES.search(c.masked) for c in sentence):
            return found
    return None


def _is_end(story: Story, paragraph: int, found: FoundDate, opening: int | None) -> bool:
    """Whether a date is told as a last day; `opening`: where the first ends, if it stands in the same paragraph."""
    whole = story.paragraphs[paragraph]
    clause = next((c for c in whole.clauses if c.start <= found.start < c.end), None)
    if clause is None or _NOT_ITS_END.search(clause.masked):
        return False
    before, behind = whole.text[clause.start : found.start], whole.text[found.end : found.end + 8]
    goes_on = opening is not None and "。" not in whole.text[opening : found.start]
    return bool(
        _LASTS.match(found.text)
        or (found.text[0] == "到" and goes_on)
        or _UP_TO.search(before)
        or _ENDS_BEHIND.match(behind)
    )
