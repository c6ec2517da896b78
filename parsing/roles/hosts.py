"""Who an occasion or a project is of where the text says so outright: 由区文旅局主办, 项目由甲公司建设."""

import re

from parsing.candidates import Story
from parsing.clauses import Clause
from parsing.roles.reference import acting, at_home, bodies_in, full_name
from parsing.roles.subjects import members

_WHO = r"(?P<who>[^，。；“”]{2,70}?)"
_JOINTLY = r"(?:等(?:单位|部门|机构)?)?(?:共同|联合|携手|牵头|负责|具体|全面|统一|投资[\d.亿万元]*)*"
# 由区委宣传部、区文化和旅游局主办; the sentence before may tell the occasion itself.
_HOLDING = re.compile(rf"由{_WHO}{_JOINTLY}(?P<deed>主办|举办|组织|发起|承办|协办)")
_BUILDING = re.compile(
    rf"(?:由|运营方|建设方|投资方){_WHO}{_JOINTLY}(?P<deed>投资|建设|承建|运营|实施|打造|牵头|建造|援建|兴建|开发|管理|创办|出资|负责)"
)
_OPERATOR = re.compile(r"(?:运营方|建设方|投资方)(?P<who>[\u4e00-\u9fff（）]{4,24}?(?:公司|集团|中心|院))")
# …牵头，广州云岭智算科技有限公司运营: the second of two who share the work.
_SECOND = re.compile(r"，(?P<who>[^，。；“”]{4,30}?)(?:承建|建设|运营|实施|投资)(?=[，。；]|$)")
_NEAR = 2  # sentences


def holders(story: Story, clause: Clause, *, lesser: bool = False) -> tuple[str, ...]:
    """Those by whom the text says that an occasion is held, in the clause's sentence or right after it.

    With `lesser` also those who only carry it out (承办).
    """
    deeds = ("主办", "举办", "组织", "发起", *(("承办",) if lesser else ()))
    return _told(story, clause, _HOLDING, deeds)


def builders(story: Story, clause: Clause) -> tuple[str, ...]:
    """Those by whom the text says that a project is built, run or paid for."""
    return _told(story, clause, _BUILDING, ()) or _told(story, clause, _OPERATOR, ())


def _told(story: Story, clause: Clause, pattern: re.Pattern[str], deeds: tuple[str, ...]) -> tuple[str, ...]:
    text = story.text(clause)
    for low, high in _stretches(story, clause):
        for found in pattern.finditer(text, low, high):
            if deeds and found["deed"] not in deeds:
                continue
            names = _names(story, clause, found)
            if names and (second := _SECOND.match(text, found.end(), high)):
                names += _names(story, clause, second)
            if names:
                return tuple(dict.fromkeys(names))
    return ()


def _stretches(story: Story, clause: Clause) -> list[tuple[int, int]]:
    """The clause, its sentence, and the next sentences of its paragraph until another occasion is told."""
    paragraph = story.paragraphs[clause.paragraph]
    low, high = paragraph.sentence(clause)
    stretches = [(clause.start, clause.end), (low, high)]
    for number in range(clause.sentence + 1, clause.sentence + 1 + _NEAR):
        same = [c for c in paragraph.clauses if c.sentence == number and not c.quoted]
        if not same:
            break
        # 大赛由…主办: the sentence goes on about what was told before, by a short general noun.
        goes_on = re.match(
            r"(?:据悉，|据了解，|该|本届|本次|此次)?(?:[^。；“”]{2,30}，)?[^，。；]{0,10}(?:由|运营方)",
            story.text(clause)[same[0].start :],
        )
        at_the_opening = re.match(
            r"[^，。；]{1,6}(?:仪式|现场|活动)上，", story.text(clause)[same[0].start :]
        )
        if goes_on or at_the_opening:
            stretches.append((same[0].start, same[-1].end))
    return stretches


def _names(story: Story, clause: Clause, found: re.Match[str]) -> tuple[str, ...]:
    """The bodies of a stretch as printed; none where its words name a thing (由旧厂房改造)."""
    at, end = found.start("who"), found.end("who")
    # A deed may be part of the name: 由副中心|投资建设集团有限公司.
    over = next((b for b in acting(story, clause.paragraph) if b.start < end < b.end), None)
    if over is not None:
        return (over.name,)
    bodies = bodies_in(story, clause.paragraph, at, end)
    if at_home(story, found["who"]):
        return (str(at_home(story, found["who"])),)
    if not bodies or bodies[0].start > at + 8:
        return ()
    whole = members(story, found["who"][bodies[0].start - at :])
    names = whole if len(whole) > len(bodies) else [b.name for b in bodies]
    full = (full_name(story, clause, name, at) for name in names)
    return tuple(dict.fromkeys(name for name in full if name))
