"""Projects, facilities and services that start, open or are finished."""

import re
from collections.abc import Iterator
from functools import cache

from parsing.candidates import Candidate, Story, trimmed, whole
from parsing.clauses import Clause
from parsing.lexicon import any_of, lexicon, verbose
from parsing.model import EventType, Stage
from parsing.rules.occasions import kind_of_occasion

# After these verbs the clause may go on; after the others it must end, or the verb is part of a name.
_FOLLOWS = verbose(
    r"""^(?: $|[、（）\s”] | 了|并|后|以来|，|至今|仪式
          | 使用|运营|运行|服务|营业|建设|招生|办公|接待|开放|迎客|测试|施工|纳客|迎接   # 启用[运行]
          | [一二三四]期|首日|当[日天] | 供|让|可                                # 开放[供]市民游览
        )"""
)
# … or speak of the happening as a noun: 通车[以来], 揭牌[仪式上]
_NOMINAL = re.compile(r"^(?:后|以来|前|的|之后|之前|之际|时|期间|仪式上|率|区域|试点的)")
# A verb that needs a project by name, since people, trends and talk can do the same.
_NEEDS_NOUN = {
    "成立",
    "交付",
    "上线",
    "点亮",
    "入驻",
    "进驻",
    "落户",
    "亮灯",
    "迎客",
    "营业",
    "开门",
    "首发",
    "建成",
    "开学",
    "启动",
    "接诊",
    "点火",
    "通过验收",
    "改造完成",
    "交付使用",
    "开放",
    "首航",
    "挂牌",
    "揭牌",
    "对外开放",
    "免费开放",
}
_PLAIN_OBJECT = re.compile(r"^(?:了|着|过)")  # 建成[了]三号桥
# Behind the project that a verb has for its object, a second verb: 完成三号桥建设[并投入使用]
_SECOND_VERB = re.compile(r"(?:并|后)?(?:投入使用|揭牌运营|投用|启用|正式运营|揭牌|工作)$")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = lexicon("events")["launch"]
    return {name: re.compile(any_of(words)) for name, words in table.items() if name != "nouns"}


@cache
def _project_end() -> re.Pattern[str]:
    return verbose(
        any_of(lexicon("events")["launch"]["nouns"])
        + r"""(?: （[^）]*） )? [”》]? (?: （[^）]*） )?                     # 看丹[桥（南侧）]
              (?: [一二三四五六七八九\d]+[期号] | [东西南北中]段 | 主体|等 )?$   # 看丹[桥二期]
        """
    )


def named_project(text: str) -> bool:
    """Whether a phrase names a project, facility or service: by the noun at its end, or quoted."""
    return bool(_project_end().search(text) or re.search(r"[”》]$", text))


def launches(story: Story, clause: Clause) -> Iterator[Candidate]:
    """Candidates for 乙工程竣工 and 完成乙工程 in a clause; at most one."""
    found = [*_subject_first(story, clause), *_object_after(story, clause)]
    if found:
        yield max(found, key=lambda c: (c.strength, len(c.trigger)))


def _subject_first(story: Story, clause: Clause) -> Iterator[Candidate]:
    for stage in (Stage.START, Stage.OPENING, Stage.COMPLETION):
        for verb in _patterns()[stage.value].finditer(clause.masked):
            if verb.start() < 3:
                continue
            rest = clause.masked[verb.end() :]
            if not _FOLLOWS.match(rest) and not _NOMINAL.match(rest):
                continue
            subject = trimmed(story, clause, clause.start, clause.start + verb.start())
            name = subject.text
            if len(name) < 3:
                continue
            noun = named_project(name)
            if not noun and (verb[0] in _NEEDS_NOUN or len(name) < 4):
                continue
            kind = kind_of_occasion(name)
            if kind is not None and kind[0] is EventType.ACTIVITY and not noun:
                continue
            candidate = _candidate(
                clause, stage, "subject", verb[0], verb.start(), name, (subject.start, subject.end)
            )
            candidate.strength = 0.82 if noun else 0.7
            candidate.place = subject.place
            if _NOMINAL.match(rest):
                candidate.notes["nominal"] = rest[:4]
            yield candidate
            break


def _object_after(story: Story, clause: Clause) -> Iterator[Candidate]:
    for stage in (Stage.START, Stage.OPENING, Stage.COMPLETION):
        for verb in _patterns()[f"{stage.value}_object"].finditer(clause.masked):
            begin = clause.start + verb.end()
            aspect = _PLAIN_OBJECT.match(clause.masked[verb.end() :])
            begin += aspect.end() if aspect else 0
            subject = trimmed(story, clause, begin, clause.end)
            name = _SECOND_VERB.sub("", subject.text)
            if len(name) < 4 or not named_project(name):
                continue
            left = trimmed(story, clause, clause.start, clause.start + verb.start())
            candidate = _candidate(
                clause,
                stage,
                "object",
                verb[0],
                verb.start(),
                name,
                (subject.start, subject.start + len(name)),
            )
            candidate.strength = 0.72
            candidate.holder = (left.start, left.end)
            yield candidate
            break


def _candidate(
    clause: Clause, stage: Stage, rule: str, trigger: str, at: int, subject: str, span: tuple[int, int]
) -> Candidate:
    start, end = whole(clause)
    return Candidate(
        type=EventType.LAUNCH,
        rule=f"launch.{rule}",
        trigger=trigger,
        clause=clause,
        start=start,
        end=end,
        at=clause.start + at,
        subject=subject,
        subject_at=span,
        stage=stage,
    )
