"""The people who take part: in the clause that tells the event, and where its passage says who came or spoke."""

import re
from collections.abc import Iterator
from itertools import islice

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause, Speech
from parsing.model import EventType
from parsing.people import Person
from parsing.roles import awards
from parsing.roles.subjects import subject_of

# What people do at a meeting, an inspection, a visit.
_ATTENDS = re.compile(
    r"""出席|参加|陪同|陪着|陪他们|主持|讲话|致辞|一同|一道|参与|见证|揭牌|作.{0,8}报告|点评|讲授|发言|列席|随同|汇报|到会|接待|率队|带队
    |迎候|跟在|会见时|介绍了|宣读|通报|部署|听取|领着|主讲|与会"""
    , re.VERBOSE,
)  # fmt: skip
_SPEAKS = re.compile(
    r"(?:在会上|会上|当场|现场)?[^，。；]{0,6}(?:说|表示|强调|指出|要求|回应|介绍|坦言|谈到|提出|答复|认为|建议|倡议|[：]$)"
)
_VISITED = re.compile(r"(?:看望|慰问|走访|询问|探望)了?[^，。；]{0,20}$")
_OPENS = re.compile(
    "出席|参加(?!会见|考察|调研|座谈|陪同)|宣布|揭牌|剪彩|见证|致辞|为[^，]{1,12}(?:揭牌|授牌|剪彩)|按下|共同启动|讲话"
)
_SIGNS = re.compile("签署|签约|签字|签订|见证|出席|致辞(?!中)|参加(?:签约|仪式)|代表")
_MAKES_KNOWN = re.compile("出席|致辞|介绍|解读|发布|通报")
_HELD = re.compile("会|仪式")
# Who performs or lectures: 作家谷雨时与网友分享, 学者容止主讲.
_PERFORMS = re.compile(
    r"(?:将|现场)?(?:为|与|以|和|主讲|讲述|讲授|分享|作|带来|担任|领衔|登台|演唱|执棒|宣讲|讲解|授课|畅谈|献唱|出席|参加|致辞|宣布|主持|亮相)"
)
_ONLY_SPEAKS = re.compile(r"(?:告诉记者|说|表示|坦言|感慨|笑着说|介绍|认为|称|[：])")

# Where a passage begins that tells something else.
_ANEW = re.compile(r"^[●■▲◆★○□◎⊙☆◇▼▽※◇]|^(?:同日|同一天|当日下午|另悉|又讯|此前|另讯|次日|此外)|^本报讯")
_GOES_ON = re.compile(r"^(?:会上|会议|会后|会前|随后|期间|当天|现场|座谈|会见|考察|调研|活动|仪式|他|她)")
_TELLS = re.compile(
    r"""(?:召开|举行|举办)[^，。；]{2,40}(?:会|会议|活动|仪式|学习)$
    |(?<!参加)(?<!出席)(?<!陪同)会见(?=[^，。；后时结]{3})
    |(?:会|会议|仪式|活动)[^，。；]{0,20}(?:召开|举行|闭幕|开幕|落下帷幕)$
    |赴[^，。；]{2,30}(?:考察|调研)(?!。)""",
    re.VERBOSE,
)
# Leaders speak for the meeting; others only where it is said that they speak there.
_LEADS = re.compile("(?:书记|[区县市旗镇乡]长|主席|常委)$")
_CAME = re.compile("[^，。]{0,4}(?:主持|参加|出席|陪同|列席|一同)")  # told by the paper even behind a demand
_SMALL = re.compile("社区|村|支部|总支|小区|企业|公司|学校")  # their leaders are met, or get honours
_LOOKS = re.compile("走访|慰问|检查|督查|督导|调研|看望|视察|赴")  # on an errand of their own
_THERE = re.compile("会上|在会上|现场")


def people_of(story: Story, candidate: Candidate) -> tuple[str, ...]:
    """The people who attend, meet, are met, speak, sign or receive; figures and notices have none."""
    clause = candidate.clause
    match candidate.type:
        case EventType.FIGURE | EventType.NOTICE:
            names: list[str] = []
        case EventType.AWARD:
            names = _honoured(story, candidate)
        case EventType.LAUNCH:
            names = _near(story, clause, _OPENS)
        case EventType.AGREEMENT:
            names = [p.name for p in _in(story, clause)] + _near(story, clause, _SIGNS)
        case EventType.RELEASE:
            start, end = story.paragraphs[clause.paragraph].sentence(clause)
            held = _HELD.search(story.text(clause)[start:end])
            names = _near(story, clause, _MAKES_KNOWN) if held else []
        case EventType.ACTIVITY:
            led = subject_of(story, clause)
            names = _gathered(story, candidate) if led and led.people else _performers(story, clause)
        case _:
            names = _gathered(story, candidate)
    return tuple(dict.fromkeys(names))


def _in(story: Story, clause: Clause) -> list[Person]:
    return story.people_in(clause.paragraph, clause.start, clause.end)


def _honoured(story: Story, candidate: Candidate) -> list[str]:
    """The people among those who receive an honour."""
    received = set(awards.award(story, candidate))
    start, end = awards.receivers(story, candidate)
    inside = [p.name for p in story.people_in(candidate.clause.paragraph, start, end)]
    return inside or [p.name for people in story.people for p in people if p.name in received]


def _near(story: Story, clause: Clause, doing: re.Pattern[str]) -> list[str]:
    """The people of whom the sentence and the two behind it tell that they do something of a kind."""
    names: list[str] = []
    for other in _turn(story, clause):
        if clause.sentence <= other.sentence <= clause.sentence + 2 and not other.quoted:
            doers = [p for p in _in(story, other) if doing.search(other.text, p.end - other.start)]
            names += [p.name for p in doers]
            names += [p.name for p in _listed_before(story, other)] if doing.search(other.text) else []
    return names


def _performers(story: Story, clause: Clause) -> list[str]:
    """Who performs, lectures or opens; visitors who only say something are left out."""
    names = [p.name for p in _in(story, clause) if not _ONLY_SPEAKS.match(story.text(clause), p.end)]
    for other in _turn(story, clause):
        if not clause.sentence <= other.sentence <= clause.sentence + 2 or other.quoted:
            continue
        same = other.sentence == clause.sentence
        for person in _in(story, other):
            does = (_PERFORMS if same else _OPENS).match(story.text(other), person.end)
            if does or (not same and _OPENS.search(other.text)):
                names.append(person.name)
        names += [p.name for p in _listed_before(story, other)] if _OPENS.search(other.text) else []
    return names


def _gathered(story: Story, candidate: Candidate) -> list[str]:
    """Everybody whom the passage has come, speak or be met."""
    clause = candidate.clause
    own = [p.name for p in _own(story, clause)]
    meant = subject_of(story, clause)
    own += [name for name in (meant.people if meant is not None else ()) if name not in own]
    names: list[str] = []
    for other in _turn(story, clause):
        if other.quoted:
            continue
        here = _in(story, other)
        if other.speech is Speech.DEMANDED and not (
            here and _CAME.match(other.text, here[-1].end - other.start)
        ):
            continue
        if _ATTENDS.search(other.masked):
            names += [p.name for p in (*_listed_before(story, other), *here)]
            continue
        for person in here:
            start, end = story.paragraphs[other.paragraph].sentence(other)
            before = story.text(other)[other.start : person.start]
            speaks = (
                candidate.type is EventType.MEETING
                and _SPEAKS.match(story.text(other), person.end)
                and (_LEADS.search(before) or _THERE.search(story.text(other)[start:end]))
            )
            met = candidate.type is EventType.INSPECTION and _VISITED.search(before)
            leads = (
                _LEADS.search(before)
                and len(before) < 24
                and not _SMALL.search(before)
                and (other.sentence == clause.sentence or not _LOOKS.search(other.text))
            )
            if speaks or met or leads or story.text(other).startswith("一行", person.end):
                names.append(person.name)
    return [*own, *names]


def _own(story: Story, clause: Clause) -> list[Person]:
    """The people of the clause's sentence, or only of its segment where the others tell of another day."""
    start, end = _own_span(story, clause)
    return story.people_in(clause.paragraph, start, end)


def _listed_before(story: Story, clause: Clause) -> list[Person]:
    """The people of the clauses right before that are nothing but names with their offices: 区长甲，副区长乙|陪同."""
    found: list[Person] = []
    before = [c for c in story.paragraphs[clause.paragraph].clauses if c.sentence == clause.sentence]
    for other in reversed([c for c in before if c.index < clause.index]):
        people = _in(story, other)
        if not people or people[-1].end < other.end:
            break
        found = [*people, *found]
    return found


# Nobody is told to have come farther away, and a page of one endless sentence stays cheap.
_FAR = 100  # clauses


def _turn(story: Story, clause: Clause) -> Iterator[Clause]:
    """The clauses of the passage that an event stands in: up to where another day or another item is told."""
    clauses = list(islice(story.clauses, max(0, clause.index - _FAR), clause.index + _FAR))
    heads = [c for n, c in enumerate(clauses) if n == 0 or clauses[n - 1].sentence != c.sentence]
    starts = [h.index for h in heads if _begins(story, h)] or [clauses[0].index]
    low = max((s for s in starts if s <= clause.index), default=clauses[0].index)
    high = min((s for s in starts if s > clause.index), default=clauses[-1].index + 1)
    same = [c for c in clauses if low <= c.index < high]
    own = _own_span(story, clause)
    yield from (c for c in same if c.sentence != clause.sentence or own[0] <= c.start < own[1])


def _own_span(story: Story, clause: Clause) -> tuple[int, int]:
    paragraph = story.paragraphs[clause.paragraph]
    same = [c for c in paragraph.clauses if c.sentence == clause.sentence]
    numbers = dict.fromkeys(c.segment for c in same)
    heads = [next(c for c in same if c.segment == number) for number in numbers]
    apart = any(_has_day(story, head) or _TELLS.search(head.text) for head in heads[1:])
    return paragraph.segment(clause) if apart else paragraph.sentence(clause)


def _begins(story: Story, head: Clause) -> bool:
    """Whether a sentence begins to tell something else than the one before it."""
    text = head.text.lstrip(" ")
    if _ANEW.match(text):
        return True
    if _GOES_ON.match(text) or head.quoted:
        return False
    sentence = story.paragraphs[head.paragraph].in_sentence(head)
    return _has_day(story, head) or any(_TELLS.search(c.masked) for c in sentence[:2])


_DAY = re.compile("^(?!截至).*(?:日|号|昨|今天|今晚|周[一二三四五六日末])")


def _has_day(story: Story, head: Clause) -> bool:
    """Whether a clause begins with a day."""
    return any(
        d.start - head.start <= 2 and _DAY.search(d.text)
        for d in story.dates_in(head.paragraph, head.start, head.end)
    )
