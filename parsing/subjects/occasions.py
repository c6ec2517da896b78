"""The name of a meeting or an activity; where it has none, its holder, or what was talked about."""

import re
from functools import cache

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon
from parsing.model import EventType
from parsing.subjects.deeds import deed, topics, without_place
from parsing.subjects.phrases import (
    bare,
    beside,
    sentence_before,
    undated,
    undescribed,
    unmodified,
)

_EDITION = r"(?:20\d\d(?:年度?)?|第[一二三四五六七八九十百\d]{1,5}[届次季]|首届)"
# A name in quotation marks with what may belong to it in front: 2018“甲”, 第四届全国“甲”, “甲”.
_QUOTED = re.compile(rf"(?:{_EDITION}[^，。；“”《》的]{{0,10}})?“[^“”]{{2,40}}”")
_NUMBERED = re.compile(rf"{_EDITION}(?=[^，。；]{{3}})")
# Where the name of an occasion is over: its verb begins, or the words around the verb.
_STOP = re.compile(
    r"""在|将|于|定[于在]|自\d|从|昨|今天|今晚|今日|明[天日晚]|顺延|延期|推迟|唱响|登[台场]|首场|首站|正式|也|仍|还|头一|没进|挪
      |开(?:[幕赛讲演唱锣馆球席腔展始启营班课播场打跑锅]|市|了|在|到|过)|启幕|启动|奏响|揭开|揭幕|落幕|落下|举[行办]|召开|主持|走进|亮相|鸣[枪锣]|火热|精彩|热闹|如约|拉开
      |收官|闭[幕馆]|圆满|胜利|上演|隆重|同步|迎来|吸引|共(?![建享])|因|请来|已经|把|给|让|(?<=[节会展赛])上|[一二三四五六七八九十两]{1,2}点|点燃|点亮|上线|传来|并成|摆|为期|持续|成功|顺利|（|，|。|；|：|$
    """,
    re.VERBOSE,
)
# Behind one of these the name of what is held begins.
_HOLDS = re.compile(
    r"(?:召开|举行|举办|主办|承办|开展|组织|主持|参加|出席|推出|迎来|上演|献演|开过|开起|办起|办了|开了|开|有|进行|摆上|加入|定下|筹备)了?(?:一次|一场|一台|一个|[两三四五]场|首场|首期)?"
)
_BEFORE_QUOTE = 14  # letters of a name between its verb and its quotation: 举行|集体学习暨|“甲”学习会
_REACH = 26  # letters of a name before the noun that ends it
_BARE = re.compile(
    r"(?:本次|此次|这次|该|一次|一场|首场|首次|首期|全体|专题|紧急|不念稿子的)*(?:会议?|大会|活动|仪式|比赛|赛事|讲座|论坛|展览|演出|嘉年华|艺术节|文化节|音乐节|庙会|招聘会|会上)"
)
_ALL = re.compile(r"^(?:全[区市县旗镇乡]|我[区市县])(?=.{4})")
_VERB_ONLY = re.compile(r"(?:将|在.*)?(?:举[行办]|开[幕展讲演赛]|启幕|上演|进行)?|起")


def occasion(story: Story, candidate: Candidate) -> str | None:
    """The name of what is held, as long as the page has it; a bare 会议 with its holder."""
    clause = candidate.clause
    if candidate.rule.startswith("occasion"):
        name: str | None = _cleaned(story, candidate)
    else:
        name = _named(story, clause, candidate.type)
    meeting = candidate.type is EventType.MEETING
    if name and not _BARE.fullmatch(name):
        return name
    if meeting:
        return _bare_meeting(story, candidate, name)
    return _full(story, clause, name) if name else _plain(story, clause)


@cache
def _nouns(kind: EventType) -> re.Pattern[str]:
    """The nouns that end the name of a meeting or of an activity."""
    nouns = [*lexicon("events")["occasions"]["nouns"][kind.value]]
    nouns += (
        ["集体学习", "学习会", "扩大会议", "（扩大）会", "视频会", "复盘会", "大会"]
        if kind is EventType.MEETING
        else []
    )
    return re.compile(f"(?=({any_of(nouns)}))")  # overlapping ones too: 工作会, 会议


def _cleaned(story: Story, candidate: Candidate) -> str:
    """A rule's name with the year or the edition in front of it, and without its holder and bylines."""
    clause, name = candidate.clause, candidate.subject
    text = story.text(clause)
    if candidate.subject_at is not None:
        start, end = candidate.subject_at
        before = text[clause.start : start]
        lead = re.search(rf"(?:{_EDITION}|前[一二三]季度|上半年)$", before)
        if lead:
            start -= len(lead[0])
        name = text[start:end]
    start += len(name) - len(bare(name))
    if candidate.rule.endswith("holding"):
        return _ALL.sub("", undescribed(unmodified(bare(name))))  # who holds it stands before the verb
    return _without_host(story, clause, start, undescribed(unmodified(bare(name))))


def _without_host(story: Story, clause: Clause, start: int, name: str) -> str:
    """A name without 全区 in front, and without the body that holds it where the name goes on by itself."""
    host = next(
        (b for b in story.bodies[clause.paragraph] if b.start == start and name.startswith(b.name)), None
    )
    if host is not None and not re.match(_EDITION, host.name):
        rest = name[len(host.name) :]
        if re.match(rf"“|{_EDITION}", rest) and "”" in rest[-20:-1] and not rest.endswith("”"):
            return rest
        if host.kind in ("hospital", "school") and len(rest) >= 4:
            return rest
    return _ALL.sub("", name)


def _named(story: Story, clause: Clause, kind: EventType) -> str | None:
    """The name that an open clause holds: around a quotation, from an edition on, or up to an occasion's noun."""
    text = story.text(clause)
    quoted = next(
        (q for q in _QUOTED.finditer(text, clause.start, clause.end) if not _is_other(text, q)), None
    )
    if quoted is not None:
        end = _end(story, clause, quoted.end())
        if text[quoted.end() : quoted.end() + 1] == "的" and not _nouns(kind).search(text, quoted.end(), end):
            return quoted[0]  # “甲”的大锅
        verb = max((m.end() for m in _HOLDS.finditer(text, clause.start, quoted.start())), default=0)
        joined = verb and "的" not in text[verb : quoted.start()] and quoted.start() - verb <= _BEFORE_QUOTE
        return text[verb if joined and not _has_date(story, clause, verb, end) else quoted.start() : end]
    ended = _noun_end(story, clause, kind)
    numbered = _NUMBERED.search(text, clause.start, clause.end)
    if numbered and not _is_date(story, clause, numbered.start(), numbered.end()):
        end = _end(story, clause, numbered.end())
        if end - numbered.start() >= 6:
            return text[numbered.start() : max(end, ended or 0)]
    if ended is None:
        return None
    low = max(clause.start, ended - _REACH)
    verb = max((m.end() for m in _HOLDS.finditer(text, low, ended - 2)), default=low)
    dates = [d.end for d in story.dates_in(clause.paragraph, clause.start, ended) if d.end < ended - 1]
    start = max([verb, *dates, clause.start])
    name = unmodified(bare(text[start:ended]))
    name = re.sub(r"^[区县市镇村旗]里的", "", name)
    name = re.sub(r"^(?:[上下]午|晚上?)?的|^(?:一[场次]|在|把)", "", name)
    name = name.rpartition("的")[2] if len(name.rpartition("的")[2]) >= 4 and "“" not in name else name
    return _ALL.sub("", name)


def _is_other(text: str, quoted: re.Match[str]) -> bool:
    """Whether a quotation names no occasion: what follows it is not a name's end but a body or a person."""
    return text[quoted.end() : quoted.end() + 1] in "、—" or text[quoted.end() : quoted.end() + 2] in (
        "合唱",
        "公众",
    )


def _has_date(story: Story, clause: Clause, start: int, end: int) -> bool:
    return any(True for _ in story.dates_in(clause.paragraph, start, end))


def _is_date(story: Story, clause: Clause, start: int, end: int) -> bool:
    return any(
        d.start <= start and end < d.end for d in story.dates_in(clause.paragraph, clause.start, clause.end)
    )


def _end(story: Story, clause: Clause, start: int) -> int:
    """Where a name that goes on at an offset is over."""
    text = story.text(clause)
    dates = [d.start for d in story.dates_in(clause.paragraph, start, clause.end)]
    stop = _STOP.search(text, start, clause.end)
    found = min([stop.start() if stop else clause.end, *dates])
    return found if found - start <= _REACH else start


def _noun_end(story: Story, clause: Clause, kind: EventType) -> int | None:
    """Where the last noun of an occasion ends behind which its name is over."""
    best: int | None = None
    text = story.text(clause)
    for noun in _nouns(kind).finditer(text, clause.start, clause.end):
        end = noun.end(1)
        if end == clause.end or _AFTER_NAME.match(text, end, clause.end):
            best = end
    return best


_AFTER_NAME = re.compile(
    rf"{_STOP.pattern}|上|中|现场|里|的|头|开|拍|定|闭|\d|部署|传达|研究|听取", re.VERBOSE
)


def _bare_meeting(story: Story, candidate: Candidate, name: str | None) -> str | None:
    """A meeting without a name: what it was about, else its holder and 会议, else the headline."""
    clause = candidate.clause
    headline = story.draft.headline or ""
    if name is None:
        for topic in topics(story, clause):
            return topic
        if re.search(r"[^机社学协商工]会$", headline) and len(headline) <= 14:
            return headline
        for other in beside(story, clause, before=True):
            if told := _named(story, other, EventType.MEETING):
                return told
    holder = _holder(story, candidate)
    if holder and (name is None or name in ("会议", "大会", "会")):
        return holder if holder.endswith("会议") else holder + "会议"
    return name


def _holder(story: Story, candidate: Candidate) -> str | None:
    """The body that meets: the last one in front of the verb, else the first of the clauses before."""
    clause = candidate.clause
    end = candidate.at if candidate.at > clause.start else clause.end
    for low, high in ((clause.start, end), *((c.start, c.end) for c in beside(story, clause, before=True))):
        bodies = [
            b for b in story.bodies_in(clause.paragraph, low, high) if not b.office and b.kind != "named"
        ]
        if bodies:
            return bodies[-1].name
    return None


def _full(story: Story, clause: Clause, name: str) -> str:
    """The long name that a short one (艺术节, 首场讲座) stands for, from the text before or the headline."""
    noun = re.sub(r"^(?:本次|此次|这次|该|一次|一场|首场|首次|首期)+", "", name)
    long = re.compile(rf"(?:{_EDITION}[^，。；“”]{{0,14}}|{_QUOTED.pattern}[^，。；“”]{{0,8}}){noun}")
    for paragraph in range(clause.paragraph, -1, -1):
        text = story.paragraphs[paragraph].text
        end = clause.start if paragraph == clause.paragraph else len(text)
        if found := max(long.finditer(text, 0, end), key=re.Match.start, default=None):
            return found[0]
    found_in_headline = long.search(story.draft.headline or "")
    return found_in_headline[0] if found_in_headline else name


def _plain(story: Story, clause: Clause) -> str | None:
    """An activity without a name: that of a clause before where only its verb stands here, else what is done."""
    if _VERB_ONLY.fullmatch(without_place(bare(undated(story, clause)))):
        for other in (*beside(story, clause, before=True), *reversed(sentence_before(story, clause))):
            if name := _named(story, other, EventType.ACTIVITY):
                return name
    return deed(story, clause)
