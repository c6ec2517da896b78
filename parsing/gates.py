"""Gates: reasons to turn a candidate down. Each has a name, the types it looks at, and one question.

A gate that answers gives its reason, and the candidate is kept with it in the log; order tells only which
reason is given first. Gates that bind hold what the guideline rules out whatever a clause looks like (wishes,
plans without a date, what is denied); the others tell why the judge's doubt is reasonable. A new gate is a
function and one line in `GATES`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parsing.candidates import Candidate, Story
from parsing.clauses import Speech
from parsing.dates import DateKind, FoundDate
from parsing.model import EventType

ALL = frozenset(EventType)
_T = EventType
_HAPPENING = frozenset(
    {_T.MEETING, _T.VISIT, _T.INSPECTION, _T.LAUNCH, _T.ACTIVITY, _T.AGREEMENT, _T.RELEASE}
)


@dataclass(frozen=True, slots=True)
class Gate:
    """One reason to turn candidates of some types down: `test` gives it in words, or None to let pass."""

    name: str
    types: frozenset[EventType]
    test: Callable[[Story, Candidate], str | None]
    binds: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A gate's name and its reason; where it binds, no judge can overrule it."""

    gate: str
    reason: str
    binds: bool


_NEGATION = re.compile(
    r"(?:未能?|没有?|并未|尚未|不再|无缘|落选|取消|推迟|延期|暂缓|停办|拒绝|不得|不能|不会|无法|避免|防止|禁止|谢绝)[^，；。、]{0,6}$"
)
_NEGATED_AFTER = re.compile(r"^[^，]{0,4}(?:未果|失败|取消|推迟|延期|被叫停)")
# A wish at the head of the clause or right before the trigger.
_WISH = re.compile(
    r"(?:^|[，、；：“]|并|还|也|都|将|下一步)(?:要|应|应当|须|必须|希望|期待|欢迎|力争|争取|探索|谋划|推动|推进|加快|促进|鼓励|支持|引导|努力|继续|进一步|不断|持续|着力|确保|切实|全力|抓紧|坚持|深化|强化|加强|加大"
    r"|力促|助力|积极推动|积极推进|大力推动|大力推进|支撑|帮助|推荐|申报|申请|筹备|筹建|准备|打算|想|能|愿|愿意|可以?|尽快|尽早|早日|早|逐步|适时|围绕|聚焦|统筹|用好|让|使|通过|以便|有助于|提出)[^，；。]{0,10}$"
)
_FUTURE = re.compile(
    r"将(?!近|军|来|士|领|帅)|拟(?!态|人)|定于|即将|预计|计划(?:于|在)|有望|届时|争取|力争|要(?!求|素|闻|点|事|道|员)|准备|打算"
)
_UNSURE = re.compile(r"预计|计划(?:于|在|今|明|年|\d|\u3000)|力争|有望|争取|预期|初步|拟于|拟(?=\d|在|今)")
_CONDITION = re.compile(
    r"^(?:如果?|若|假如|倘若|一旦|只要|只有|待|等到?|当|要是|除非|无论|不管|即使|哪怕|凡)[^，]*$"
)
_HABIT = re.compile(
    r"定期|不定期|每[年月周天季逢次期届晚日]|历[年届次]|经常|常态化|时常|往往|多次|不时|一直|长期|常年|有时|总是|再三|屡|通常|平时|动辄|随时"
)
_HABIT_PLURAL = re.compile(
    r"各类|各种|多种|一系列|系列|多场|丰富多彩|形式多样|诸如|之类|等(?:各类|活动|形式)|(?<![第\d])\d+(?:余|多)?[场次](?!新闻)"
)
_NOMINAL_AFTER = re.compile(
    r"^(?:的(?!$)|后$|后[^，]|以来|之后|前夕|仪式上|工作|力度|方式|情况|过程|能力|率)"
)
_TARGET = re.compile(
    r"力争|目标|预期|确保|计划|将(?!近)|要(?!求)|拟|到20[2-9]\d年|到“|不低于|不少于|控制在|预计|有望|预算(?!收入|支出)|规划|争取|达到[^，]{0,10}以上|以上目标|今后|未来|明年"
)
_ROUTINE = re.compile(
    r"排查|整治|治理|筛查|宣传教育|专项检查|巡逻|清理|消杀|培训$|帮扶|服务活动|志愿服务|志愿活动|走访|慰问活动|创建活动|学习活动|教育活动|宣传活动|主题活动|教育|建设活动|各[项类]活动|文化活动|文体活动|实践活动|系列活动"
)
_LIGHT_VERBS = ("开展", "组织", "组织开展", "推出", "开展了", "组织了", "进行", "开启", "开设", "联合开展")


def _speech(story: Story, candidate: Candidate) -> str | None:
    clause = candidate.clause
    if clause.speech is Speech.REPORT:
        return None
    own = _own_dates(story, candidate)
    if clause.speech is Speech.TOLD:
        if (
            candidate.type in (_T.MEETING, _T.VISIT, _T.ACTIVITY, _T.INSPECTION, _T.AGREEMENT)
            and not own
            and "proper" not in candidate.notes
        ):
            return "told in somebody's words, with no date of its own"
        return None
    if candidate.type is _T.AWARD and "named" in candidate.notes and candidate.strength >= 0.85:
        return None
    if candidate.type is _T.FIGURE and candidate.notes.get("period") and not _TARGET.search(clause.text):
        return None
    if (
        own
        and candidate.type in (_T.LAUNCH, _T.ACTIVITY, _T.NOTICE, _T.RELEASE)
        and not _WISH.search(_before(candidate))
    ):
        return None
    return "demanded or wished for, not reported"


def _wish(_story: Story, candidate: Candidate) -> str | None:
    if candidate.type in (_T.NOTICE, _T.FIGURE):
        return None
    before = _before(candidate)
    if found := _WISH.search(before):
        return f"wished or worked for: {found[0].strip('，、；：“')}"
    return None


def _plan(story: Story, candidate: Candidate) -> str | None:
    """A plan counts only with a name and a day, month or half-year; with 预计 or 计划 readers differ."""
    clause = candidate.clause
    before = _before(candidate)
    found = _FUTURE.search(before[-24:])
    if not found:
        return None
    if _UNSURE.search(clause.masked):
        return "expected or planned only"
    if any(_dated(d) for d in _own_dates(story, candidate)) or any(
        _dated(d) for d in _sentence_dates(story, candidate)
    ):
        return None
    return f"a plan without a date: {found[0]}"


def _negated(story: Story, candidate: Candidate) -> str | None:
    after = story.text(candidate.clause)[candidate.at + len(candidate.trigger) : candidate.clause.end]
    if found := _NEGATION.search(_before(candidate)):
        return f"denied, cancelled or put off: {found[0]}"
    return "denied, cancelled or put off" if _NEGATED_AFTER.match(after) else None


def _condition(story: Story, candidate: Candidate) -> str | None:
    if _CONDITION.match(candidate.clause.masked[: max(0, candidate.at - candidate.clause.start)]):
        return "a condition"
    if re.search(r"多少|几[个项家次条]", candidate.clause.masked):
        return "a question"
    end = candidate.clause.end
    text = story.text(candidate.clause)
    return "a question" if text[end : end + 1] == "？" else None


def _habit(story: Story, candidate: Candidate) -> str | None:
    masked = candidate.clause.masked
    found = _HABIT.search(masked)
    if found and not _own_dates(story, candidate):
        return f"done again and again: {found[0]}"
    plural = _HABIT_PLURAL.search(masked)
    if (
        plural
        and candidate.type in (_T.ACTIVITY, _T.MEETING)
        and "proper" not in candidate.notes
        and not _own_dates(story, candidate)
    ):
        return f"many of a kind: {plural[0]}"
    return None


def _nominal(story: Story, candidate: Candidate) -> str | None:
    if "nominal" in candidate.notes:
        if candidate.type is _T.MEETING and any(d.kind is DateKind.DAY for d in _own_dates(story, candidate)):
            return None  # 在4月2日召开的…会上: with its day it is told here, if nowhere else
        return f"names a thing, is no predicate: …{candidate.notes['nominal']}"
    if candidate.type in (_T.FIGURE, _T.NOTICE, _T.AWARD):
        return None
    if not candidate.trigger:
        return None
    word = candidate.trigger.split("…")[-1]
    after = story.text(candidate.clause)[candidate.at : candidate.clause.end]
    if after.startswith(word) and (found := _NOMINAL_AFTER.match(after[len(word) :])):
        return f"names a thing, is no predicate: {word}{found[0]}"
    return None


def _routine(story: Story, candidate: Candidate) -> str | None:
    verb = candidate.trigger.split("…")[0]
    if verb not in _LIGHT_VERBS and not candidate.trigger.endswith(("开展", "进行")):
        return None
    if "proper" in candidate.notes:
        return None
    if _ROUTINE.search(candidate.subject):
        return "routine work"
    if not _sentence_dates(story, candidate) and not candidate.place:
        return "no name, date or venue"
    return None


def _background(story: Story, candidate: Candidate) -> str | None:
    """Of an earlier year: two careful readers could leave it out."""
    for found in _own_dates(story, candidate):
        if found.past_year and found.kind is not DateKind.RECENT:
            return f"background of an earlier year: {found.text}"
    return None


def _target(_story: Story, candidate: Candidate) -> str | None:
    found = _TARGET.search(candidate.clause.masked)
    return f"a target or forecast: {found[0]}" if found else None


def _figure(_story: Story, candidate: Candidate) -> str | None:
    clause = candidate.clause
    notes = candidate.notes
    if clause.speech is Speech.DEMANDED and not notes.get("period"):
        return "in a demand"
    if "passing" in notes and not (notes.get("cue") and notes.get("period")):
        return f"a size or number in passing: {notes['passing']}"
    if not notes.get("period") and not re.search(r"累计|共|同比|环比|较|比上年|比去年", clause.masked):
        return "no period told"
    return None


def _notice(_story: Story, candidate: Candidate) -> str | None:
    notes = candidate.notes
    if "past" in notes:
        return "of the past"
    if "no day ahead" in notes and "section" not in notes:
        return "no day ahead"
    if "no day ahead" in notes and candidate.rule == "notice.window":
        return "no day ahead"
    return None


def _caption(story: Story, candidate: Candidate) -> str | None:
    paragraph = story.paragraphs[candidate.clause.paragraph]
    if paragraph.caption and not _sentence_dates(story, candidate):
        return "the words under a picture"
    return None


def _thin(_story: Story, candidate: Candidate) -> str | None:
    subject = re.sub(r"[\s“”《》、，]", "", candidate.subject)
    if len(subject) < 2 and candidate.type is not _T.NOTICE:
        return "nothing named"
    if candidate.type is _T.LAUNCH and re.fullmatch(
        r"(?:该|本|此|这|其|各|一批|一个|多个|新)?(?:项目|工程|服务|中心|平台|工作|系统|试点|机制|计划|建设)",
        subject,
    ):
        return "no name of its own"
    if (
        candidate.type is _T.MEETING
        and re.fullmatch(r"(?:本次|此次|这次|该)?(?:会|会议|大会)", subject)
        and candidate.rule.endswith("held")
    ):
        return "the meeting told before"
    return None


GATES: tuple[Gate, ...] = (
    Gate("caption", ALL, _caption),
    Gate("speech", ALL, _speech, binds=True),
    Gate("negated", ALL - {_T.NOTICE, _T.FIGURE}, _negated, binds=True),
    Gate("condition", ALL, _condition, binds=True),
    Gate("nominal", ALL, _nominal),
    Gate("wish", ALL, _wish, binds=True),
    Gate("plan", ALL - {_T.NOTICE, _T.FIGURE}, _plan, binds=True),
    Gate("habit", _HAPPENING, _habit, binds=True),
    Gate("routine", frozenset({_T.ACTIVITY}), _routine),
    Gate("background", _HAPPENING, _background),
    Gate("target", frozenset({_T.FIGURE}), _target, binds=True),
    Gate("figure", frozenset({_T.FIGURE}), _figure),
    Gate("notice", frozenset({_T.NOTICE}), _notice),
    Gate("thin", ALL, _thin),
)


def refusals(story: Story, candidate: Candidate) -> Iterator[Refusal]:
    """The gates that object to a candidate, in their order, each with its reason."""
    for gate in GATES:
        if candidate.type in gate.types and (reason := gate.test(story, candidate)):
            yield Refusal(gate.name, reason, gate.binds)


def _before(candidate: Candidate) -> str:
    """The clause's words in front of the trigger, names in quotation marks hidden; all where there is none."""
    if not candidate.trigger:
        return candidate.clause.masked
    return candidate.clause.masked[: max(0, candidate.at - candidate.clause.start)]


def _dated(found: FoundDate) -> bool:
    return found.when.start is not None or found.kind in (
        DateKind.DAY,
        DateKind.RANGE,
        DateKind.MONTH,
        DateKind.HALF,
        DateKind.RECURRENCE,
    )


def _own_dates(story: Story, candidate: Candidate) -> list[FoundDate]:
    clause = candidate.clause
    return [
        d
        for d in story.dates_in(clause.paragraph, clause.start, clause.end)
        if d.kind not in (DateKind.RECENT, DateKind.SAME)
    ]


def _sentence_dates(story: Story, candidate: Candidate) -> list[FoundDate]:
    start, end = story.paragraphs[candidate.clause.paragraph].sentence(candidate.clause)
    return story.dates_in(candidate.clause.paragraph, start, end)
