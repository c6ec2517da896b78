"""Who an occasion or a project is of where the text says so outright: 由区文旅局主办, 项目由甲公司建设."""

import re

from parsing.candidates import Story
from parsing.clauses import Clause
from parsing.roles.reference import acting, at_home, bodies_in, full_name
from parsing.roles.subjects import JOINT, members

_BY = re.compile("由|(?:运营|建设|投资)方")
_WHO = r"(?P<who>[^，。；“”]{2,70}?)"
_JOINTLY = r"(?:等(?:单位|部门|机构)?)?(?:共同|联合|携手|牵头|负责|具体|全面|统一|投资[\d.亿万元]*)*"
# 由区委宣传部、区文化和旅游局主办; the sentence before may tell the occasion itself.
_HOLDING = re.compile(rf"{_JOINTLY}(?P<deed>主办|举办|组织|发起|承办|协办)")
_BUILDING = re.compile(
    rf"{_JOINTLY}(?P<deed>投资|建设|承建|运营|实施|打造|牵头|建造|援建|兴建|开发|管理|创办|出资|负责)"
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
    return _told(story, clause, _BUILDING, ()) or _operator(story, clause)


def _operator(story: Story, clause: Clause) -> tuple[str, ...]:
    """The firm that another clause calls the one that runs it: 园区运营方甲公司."""
    for low, high in _stretches(story, clause):
        if found := _OPERATOR.search(story.text(clause), low, high):
            return (found["who"],)
    return ()


def _told(story: Story, clause: Clause, pattern: re.Pattern[str], deeds: tuple[str, ...]) -> tuple[str, ...]:
    for low, high in _stretches(story, clause):
        for by in _BY.finditer(story.text(clause), low, high):
            found = _doers(story, clause, pattern, by, high)
            if found is None or (deeds and found[1] not in deeds):
                continue
            names, _, end = found
            if second := _SECOND.match(story.text(clause), end, high):
                at = second.start("who")
                others = bodies_in(story, clause.paragraph, at, second.end("who"))
                names += tuple(b.name for b in others[:1] if b.start == at)
            if names:
                return tuple(dict.fromkeys(names))
    return ()


def _doers(
    story: Story, clause: Clause, pattern: re.Pattern[str], by: re.Match[str], high: int
) -> tuple[tuple[str, ...], str, int] | None:
    """Who stands behind 由 with the deed and its end; None where no deed follows.

    Known bodies come first, since a deed may be part of a name: 由副中心|投资建设集团有限公司|建设.
    """
    text = story.text(clause)
    known = [b for b in acting(story, clause.paragraph) if by.end() <= b.start and b.end <= high]
    if known and known[0].start <= by.end() + 8:
        joined = known[:1]
        for body in known[1:]:
            if JOINT.fullmatch(text[joined[-1].end : body.start]):
                joined.append(body)
        if deed := pattern.match(text, joined[-1].end, high):
            full = (full_name(story, clause, b.name, b.start) or b.name for b in joined)
            return tuple(full), deed["deed"], deed.end()
    loose = re.compile(_WHO + pattern.pattern).match(text, by.end(), high)
    if loose is None:
        return None
    if home := at_home(story, loose["who"]):
        return (home,), loose["deed"], loose.end()
    inside = bodies_in(story, clause.paragraph, loose.start("who"), loose.end("who"))
    names = members(story, loose["who"]) if inside and inside[0].start <= by.end() + 8 else ()
    return names, loose["deed"], loose.end()


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
