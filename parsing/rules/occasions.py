"""Meetings and public activities: what is held, and by the noun at its end which type it is.

The verbs (召开, 举行, 开展) say nothing about the type: 召开发布会 is a release, 举行启动仪式 a launch.
"""

import re
from collections.abc import Iterator
from functools import cache

from parsing.candidates import Candidate, Phrase, Story, trimmed, whole
from parsing.clauses import MASK, Clause
from parsing.lexicon import any_of, lexicon, verbose
from parsing.model import EventType, Stage

# These verbs alone show that something with a proper name is an activity: “村晚”[开锣]
_OPENING_VERBS = verbose(
    r"""开幕|启幕|开赛|开讲|开演|开唱|开锣|开跑|开营|开打|首演
      | 鸣枪|鸣锣|上演|展演|帷幕|序幕|大幕|闭幕|如约而至
    """
)
# Behind the verb or the noun, the clause speaks of the happening as a noun does: 工作会[上], 灯会[期间]
_NOMINAL_TAIL = re.compile(r"^(?:上|中|期间|现场|的|后|前|之后|以来|时|之际|结束|召开|举[行办])")
# Behind the noun the name is over: 工作会[部署]防汛, 灯会[吸引]游客. A word belongs here that no name of an
# occasion goes on with.
_GOES_ON = verbose(
    r"""^(?: $ | [、（：\s]
           | 部署|研究|传达|学习|听取|总结|安排|审议|通报|专题|落实|贯彻      # what a meeting does
           | 分析|回顾|讨论|表彰|宣布|启动|推[进动]|围绕
           | 吸引|邀请|共|等|\d                                      # who came
           | 暨|并|和|及|与|以及|就|对|为|在|于|让|带|向|以|来|给
         )
    """
)
_PROPER_TAIL = re.compile(r"[”》]$")
_QUOTED_END = re.compile(r"[“《](?P<name>[^”》]{2,30})[”》]$")  # 全国“[村晚]”
# It makes a proper name of an occasion: [第三届]灯会, [2024]马拉松
_PROPER = re.compile(r"[“《]|第[一二三四五六七八九十\d]+届|20\d\d")
# Between the verb and the name: 举办[了两场]音乐会, 召开[首次]联席会
_FILLER = verbose(
    r"""^(?:了|过|着|的)?
        (?: 一[场次届个期] | 首[场次届个期] | 这[场次] | 多[场次] | 数[场次] | 系列
          | \d+[场次] | [两三四五六七八九十]+[场次]
        )?
        (?=.{2})
    """
)
# A bare 会 that is a meeting, by what follows it: 村民[大会]，…
_BARE_MEETING = verbose(r"""[^机社学协商工委体合]会 (?= $ | [，、] | 部署|研究|传达|总结|听取 )""")
# A name in quotation marks that ends what is held: 举办“村晚[”]活动
_CLOSE = re.compile(r"[”》](?=$|[、（]|在|和|等|活动)")
# How far a project is that the occasion is held for, by the noun: 三号桥[通车]仪式
_OPENING = re.compile(r"开业|开园|开街|开馆|揭牌|挂牌|通车|投产|开通|启用|入驻|首发")
_COMPLETION = re.compile(r"竣工|落成")
# Words that end in 会 and are no meeting: bodies (商会), what may happen (机会), 会 as a verb (将会), and
# occasions that are none (晚会), or that other lists hold (大会).
_NOT_MEETINGS = (
    *("学会", "协会", "商会", "工会", "委会", "联合会", "理事会", "基金会", "委员会"),
    *("社会", "都会", "机会", "体会", "约会", "班子会"),
    *("开会", "不会", "将会", "才会", "就会", "也会"),
    *("大会", "晚会", "盛会"),
)


@cache
def _nouns() -> re.Pattern[str]:
    table = lexicon("events")["occasions"]["nouns"]
    return re.compile(
        f"(?=({any_of(noun for nouns in table.values() for noun in nouns)}))"
    )  # overlapping ones too


@cache
def _noun_types() -> dict[str, EventType]:
    table = lexicon("events")["occasions"]["nouns"]
    return {noun: EventType(name) for name, nouns in reversed(table.items()) for noun in nouns}


@cache
def _verbs(side: str) -> re.Pattern[str]:
    return re.compile(any_of(lexicon("events")["occasions"]["verbs"][side]))


def occasions(story: Story, clause: Clause) -> Iterator[Candidate]:
    """Candidates for what is held in a clause: 甲召开…会, and …节在乙启幕."""
    yield from _holding(story, clause)
    yield from _held(story, clause)


def kind_of_occasion(name: str) -> tuple[EventType, str] | None:
    """The type that the noun at the end of an occasion's name tells, and that noun; None if it ends in none."""
    quoted = _QUOTED_END.search(name)
    plain = name[: quoted.start()] + quoted["name"] if quoted else name
    for length in range(min(8, len(plain)), 0, -1):
        noun = plain[-length:]
        if kind := _noun_types().get(noun):
            return kind, noun
    if plain.endswith("会") and not plain.endswith(_NOT_MEETINGS):
        return EventType.MEETING, "会"
    return None


def _holding(story: Story, clause: Clause) -> Iterator[Candidate]:
    for verb in _verbs("holding").finditer(clause.masked):
        right = clause.masked[verb.end() :]
        end = _name_end(right, story.text(clause)[clause.start + verb.end() : clause.end])
        if end is None:
            continue
        filler = _FILLER.match(right)
        begin = clause.start + verb.end() + (filler.end() if filler else 0)
        name = trimmed(story, clause, begin, clause.start + verb.end() + end)
        found = kind_of_occasion(name.text)
        if found is None:
            continue
        kind, noun = found
        tail = right[end:]
        if kind is EventType.MEETING and (
            (noun == "会" and not re.search("召开|主持|开了", verb[0]))
            or (verb[0] in ("启动", "开展", "推出", "开启") and noun != "座谈")
        ):
            continue
        holder = trimmed(story, clause, clause.start, clause.start + verb.start())
        yield _candidate(clause, kind, "holding", verb[0], verb.start(), name, noun, holder, tail)
        return


def _held(story: Story, clause: Clause) -> Iterator[Candidate]:
    for verb in _verbs("held").finditer(clause.masked):
        if verb.start() < 2:
            continue
        name = trimmed(story, clause, clause.start, clause.start + verb.start())
        if len(name.text) < 2:
            continue
        found = kind_of_occasion(name.text)
        if (
            found is None
            and _OPENING_VERBS.search(verb[0])
            and (_PROPER_TAIL.search(name.text) or verb[0].startswith(("拉开", "鸣枪", "开赛", "开跑")))
        ):
            found = EventType.ACTIVITY, name.text[-2:]
        if found is None:
            continue
        kind, noun = found
        tail = clause.masked[verb.end() :]
        if kind is EventType.MEETING and (
            (noun == "会" and "召开" not in verb[0]) or verb[0] in ("启动", "走进", "亮相", "登场", "展出")
        ):
            continue
        if verb[0] in ("走进", "进行", "开展", "演出") and kind is not EventType.ACTIVITY:
            continue
        yield _candidate(clause, kind, "held", verb[0], verb.start(), name, noun, None, tail)
        return


def _name_end(masked: str, text: str) -> int | None:
    """Where the occasion's name ends in what follows a verb: after its last event noun that closes a phrase."""
    best: int | None = None
    for noun in _nouns().finditer(masked):
        rest = masked[noun.end(1) :]
        if _GOES_ON.match(rest) or _NOMINAL_TAIL.match(rest):
            best = noun.end(1)
            if _NOMINAL_TAIL.match(rest):
                break
    if (best is None and masked.startswith(("“", "《"))) or (best is None and MASK in masked):
        close = _CLOSE.search(masked)
        if close and kind_of_occasion(text[: close.end()]):
            return close.end()
    if best is None:
        bare = _BARE_MEETING.search(masked)
        best = bare.end() if bare else None
    return best


def _candidate(
    clause: Clause,
    kind: EventType,
    rule: str,
    trigger: str,
    at: int,
    name: Phrase,
    noun: str,
    holder: Phrase | None,
    tail: str,
) -> Candidate:
    start, end = whole(clause)
    proper = bool(_PROPER.search(name.text))
    stage = Stage.START if kind is EventType.LAUNCH else None
    if stage and _OPENING.search(noun):
        stage = Stage.OPENING
    elif stage and _COMPLETION.search(noun):
        stage = Stage.COMPLETION
    candidate = Candidate(
        type=kind,
        rule=f"occasion.{rule}",
        trigger=f"{trigger}…{noun}" if rule == "holding" else f"{noun}…{trigger}",
        clause=clause,
        start=start,
        end=end,
        at=clause.start + at,
        subject=name.text,
        subject_at=(name.start, name.end),
        strength=0.85 if kind is EventType.MEETING or proper else 0.7,
        stage=stage,
        place=name.place,
        holder=(holder.start, holder.end) if holder else None,
    )
    if _NOMINAL_TAIL.match(tail):
        candidate.notes["nominal"] = tail[:4]
    if proper:
        candidate.notes["proper"] = "yes"
    candidate.notes["noun"] = noun
    return candidate
