"""Which of the dates an article tells is an event's own: five of six stand outside the trigger's clause."""

import re

from parsing.candidates import Candidate, Story
from parsing.clauses import Speech
from parsing.dates import DateKind, FoundDate
from parsing.model import NO_PERIOD, EventType, Precision
from parsing.rules.open import RULE as OPEN
from parsing.when_notice import coming, of_notice
from parsing.when_range import LASTING, Told, closing, counted, lasting, throughout, told
from parsing.when_scope import DAYS, LINKED, LONG, MONTHS, PERIODS, Scope, hidden, is_day, last, nearest

_T = EventType
_ON_A_DAY = frozenset({DateKind.DAY, DateKind.RANGE})
# The same at the start of a sentence, where honours are given: 会上，15家企业获颁…; not 街道在会上介绍：…
_AT_THE_OCCASION = re.compile(
    r"""^[”\s]*(?:在|当)?[^，：]{0,12}?
        (?:(?:会|会议|大会|仪式|活动|论坛|典礼|晚会|现场|开幕式|展会|峰会)[上中]|现场|当[天日晚]|同一?[日天])(?:，|当场|还|，?共)""",
    re.VERBOSE,
)
# A clause that says in what something happened: 省里7月初公布的[名单中]; 4月2日闭幕的[大赛上]
_WITHIN = re.compile(
    r"(?:名单|名录|榜单|评选|评比|大赛|比赛|赛事|大会|论坛|会议|典礼|盛典)(?:当中|里|中|上)[，]?$"
)
# what a launch is told by when it is told as a ceremony: 新校区揭牌
_CEREMONY = re.compile(r"揭牌|揭幕|启动|开工|动工|奠基|开业|开园|首发|发车|开街|挂牌|点亮|开馆|开幕")
# Work done, told one after another: an item takes no day from the one before.
_WORK_DONE = frozenset({_T.LAUNCH, _T.RELEASE, _T.AWARD})
# A day that a later sentence takes for granted.
_TOLD_BEFORE = frozenset({DateKind.DAY, DateKind.RANGE, DateKind.SINCE, DateKind.RECENT})
# 7月28日，区统计局[发布]上半年数据
_COMES_OUT = re.compile(r"发布|公布|通报|介绍|获悉|披露|统计局|公报|报告")
# 记者从3月13日召开的会上[了解到]
_HEARD = re.compile("了解到|获悉|得知")


def when(story: Story, candidate: Candidate, lead: FoundDate | None) -> Told:
    """The period of an event and the words it was read from. `lead` is the day that the article opens with."""
    scope = Scope(story, candidate)
    if lead is not None and candidate.clause.paragraph == 0 and lead.start >= candidate.clause.end:
        lead = None  # told behind it, of something else: 印发《意见》，4月28日起采集信息
    match candidate.type:
        case EventType.FIGURE:
            return _figure(scope)
        case EventType.AWARD:
            return _award(scope, lead)
        case EventType.NOTICE:
            return of_notice(scope)
        case _:
            found = _occasion(scope, lead)
            if found is None or (found.when.start is None and any(d.next_on for d in scope.own())):
                return coming(scope)
            both = closing(scope, found)
            if candidate.type in LASTING and both == told(found):
                return lasting(scope, found)
            return both


def lead_date(story: Story) -> FoundDate | None:
    """The first day told in an article's first paragraph, which later sentences take for granted."""
    if not story.paragraphs or story.paragraphs[0].caption:
        return None
    return next((d for d in story.dates[0] if is_day(d) and not hidden(story, 0, d)), None)


def _occasion(scope: Scope, lead: FoundDate | None) -> FoundDate | None:
    candidate = scope.candidate
    own = [d for d in scope.own() if not scope.in_subject(d)]
    if found := nearest([d for d in own if is_day(d)], candidate.at, DAYS) or nearest(
        own, candidate.at, MONTHS
    ):
        return found
    inherited = [d for d in scope.before() if _reaches(scope, d)]
    if found := last([d for d in inherited if is_day(d)], DAYS) or last(inherited, MONTHS):
        return found
    if candidate.type is _T.ACTIVITY and (
        found := nearest(scope.after(), candidate.at, _ON_A_DAY | {DateKind.UNTIL})
    ):
        return found
    framing = [d for d in own if scope.frames(d)] or [d for d in inherited if scope.stands_alone(d)]
    if found := last([d for d in framing if not _is_name_year(scope, d)], LONG | {DateKind.SINCE}):
        return found
    if candidate.rule == OPEN and (found := _just_behind(scope)):
        return found
    linked = bool(LINKED.search(scope.paragraph.text[scope.sentence[0] : candidate.clause.end]))
    if linked or _goes_on(scope):
        told_before = [d for d in scope.earlier() if d.kind in _TOLD_BEFORE and is_day(d)]
        if told_before:
            # 发布会上还公布了…: the day of the occasion, not one that it announced
            return ([d for d in told_before if not (linked and d.future)] or told_before)[-1]
        if linked and (found := scope.day_before_paragraph()):
            return found
        if lead is not None and not scope.story.draft.listed and lead.kind in _TOLD_BEFORE:
            return lead
    if candidate.type is _T.LAUNCH and (
        found := last([d for d in scope.earlier() if scope.stands_alone(d)], LONG)
    ):
        return found
    return last(own, LONG) or _just_behind(scope)


def _just_behind(scope: Scope) -> FoundDate | None:
    """The day told right behind a subject that opens its sentence: 四号生产线，10月28日吐出第一卷丝.

    So it is in whatever has no verb of the lists either: 县里的一队校长，十四位，6月6日、7日住在学校.
    """
    plain = scope.candidate.rule == OPEN
    if not plain and (
        scope.candidate.type not in (_T.LAUNCH, _T.AGREEMENT) or scope.listed() or not scope.opens_sentence()
    ):
        return None
    segment = [d for d in scope.after() if scope.same_segment(d) and scope.frames(d)]
    return segment[0] if segment and (is_day(segment[0]) or segment[0].kind in MONTHS) else None


def _goes_on(scope: Scope) -> bool:
    """Whether a clause without a day goes on with the story told so far, and so happened on its day."""
    candidate = scope.candidate
    if candidate.type is not _T.AGREEMENT and scope.listed():
        return False
    if candidate.type in _WORK_DONE and candidate.clause.speech is not Speech.REPORT:
        return False
    if candidate.type is not _T.LAUNCH or scope.in_lead():
        return True
    # Ceremonies happen on the day of their story; 建成 and 改造完成 are told as a state.
    return bool(_CEREMONY.search(candidate.clause.masked)) and scope.opens_sentence()


def _reaches(scope: Scope, found: FoundDate) -> bool:
    """Whether a date told in front of a clause in its sentence holds for it too.

    Across a semicolon only one that opens the sentence and is not followed by another; work done takes no
    day from a predicate of its own: 邻里中心于3月底开门迎客，社区工作者获…奖.
    """
    if not scope.same_segment(found):
        clause = scope.clause_of(found)
        opens = clause is not None and clause.start <= scope.sentence[0] and scope.frames(found)
        rivals = [d for d in scope.before() if d.start > found.start and scope.frames(d)]
        return opens and not rivals and scope.stands_alone(found)
    if scope.candidate.type not in _WORK_DONE or scope.frames(found) or scope.in_lead():
        return True
    clause = scope.clause_of(found)
    if clause is not None and _WITHIN.search(scope.paragraph.text[clause.start : clause.end]):
        return True
    return "同步" in scope.candidate.clause.masked


def _is_name_year(scope: Scope, found: FoundDate) -> bool:
    """Whether a year is the first word of a name: [2022年]职工技能大赛决赛举行."""
    behind = scope.paragraph.text[found.end : found.end + 1]
    return found.kind is DateKind.YEAR and found.text[:1].isdigit() and behind != "，"


def _award(scope: Scope, lead: FoundDate | None) -> Told:
    candidate = scope.candidate
    own = scope.between(candidate.clause.start, candidate.at)
    if found := last([d for d in own if is_day(d) or d.kind in MONTHS], DAYS | MONTHS):
        return told(found)
    inherited = [d for d in scope.before() if not _of_the_source(scope, d) and _reaches(scope, d)]
    if found := last([d for d in inherited if is_day(d) or d.kind in MONTHS], DAYS | MONTHS):
        return told(found)
    behind = [d for d in scope.own() if d.start >= candidate.at and (is_day(d) or d.kind in MONTHS)]
    if behind:
        return told(behind[0])
    start = scope.sentence[0]
    if _AT_THE_OCCASION.match(scope.paragraph.text[start : candidate.at]):
        earlier = last(scope.earlier(), _ON_A_DAY | {DateKind.RECENT}) or lead
        if earlier is not None:
            return told(earlier)
    if found := last([d for d in inherited if scope.stands_alone(d)], LONG | {DateKind.SINCE}):
        return told(found)
    if found := last(own, LONG | {DateKind.SINCE}):
        return told(found)
    if lead and lead.kind in _TOLD_BEFORE and scope.in_lead() and not _of_the_source(scope, lead):
        return told(lead)
    named = [
        d
        for d in scope.between(candidate.at, candidate.clause.end)
        if d.kind in LONG and d.when.precision is Precision.YEAR
    ]
    behind = [found] if (found := _just_behind(scope)) else named
    return told(behind[0]) if behind else (NO_PERIOD, None)


def _figure(scope: Scope) -> Told:
    candidate = scope.candidate
    own = scope.between(candidate.clause.start, candidate.end)
    in_front = [d for d in own if d.end <= candidate.at]
    sentence = [d for d in scope.before() if d.kind in PERIODS | {DateKind.DAY}]
    if counted := _counted_up_to(scope, [*sentence, *in_front]):
        return counted
    if found := last(in_front, PERIODS | {DateKind.DAY}) or nearest(own, candidate.at, PERIODS):
        return told(found)
    if sentence:
        framing = [d for d in sentence if scope.frames(d)]
        found = (framing or sentence)[-1]
        reported = (
            last(sentence, MONTHS | LONG) if found.kind is DateKind.DAY and _released(scope, found) else None
        )
        return told(reported or found)
    if found := last(scope.earlier(), PERIODS):
        return told(found)
    if found := last(scope.after(), frozenset({DateKind.UNTIL})):
        return told(found)
    if days := throughout(scope):
        return days
    # 上半年工作小结: numbers without a period of their own are for that of the report
    periods = [d for d in scope.story.titled if not (d.kind is DateKind.SINCE and is_day(d))]
    found = last(periods, PERIODS)
    return told(found) if found and found.when.start else (NO_PERIOD, None)


def _released(scope: Scope, found: FoundDate) -> bool:
    """Whether a day is only that on which numbers came out: 7月28日，区统计局发布上半年数据."""
    _, end = scope.sentence
    return bool(_COMES_OUT.search(scope.paragraph.text[found.end : min(end, scope.candidate.at)]))


def _counted_up_to(scope: Scope, dates: list[FoundDate]) -> Told | None:
    """The day that a number is counted up to, where a year or a first day stands beside it in the sentence.

    截至5月10日，今年共拆除… is told for that day; 春运以来，截至2月22日，… for all days from the first to it.
    """
    upto = last(dates, frozenset({DateKind.UNTIL}))
    if upto is None or not scope.frames(upto):
        return None
    others = [d for d in dates if d is not upto]
    since = last([d for d in others if d.start < upto.start], frozenset({DateKind.SINCE, DateKind.RANGE}))
    if (
        since is not None
        and since.when.precision is Precision.DAY
        and scope.frames(since)
        and (both := counted(since, upto))
    ):
        return both
    behind = last([d for d in others if d.start > upto.start], frozenset(DateKind))
    if behind is None or behind.kind in (DateKind.YEAR, DateKind.SINCE):
        return told(upto)
    return None


def _of_the_source(scope: Scope, found: FoundDate) -> bool:
    """Whether a date is that of the occasion at which the paper heard of it: 从3月13日召开的会上了解到."""
    holding = scope.clause_of(found)
    return holding is not None and bool(_HEARD.search(holding.masked))
