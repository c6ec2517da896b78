"""The project, the facility or the service that starts, opens or is finished."""

import re

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.subjects import project_words
from parsing.subjects.phrases import bare, before_date, beside, undated, unmodified


def project(story: Story, candidate: Candidate) -> str | None:
    """The name of what is launched, without who built it, how long it took, and how large it is."""
    clause = candidate.clause
    if candidate.rule.startswith("launch") and candidate.subject_at is not None:
        words = undated(story, clause, *candidate.subject_at)
        if (
            candidate.rule == "launch.object"
            and candidate.trigger in ("启动", "建成")
            and re.search(r"(?:开工|建设|投用)$", words)
        ):
            words = undated(story, clause)  # 先行启动区|开工: the verb stands inside the name
            return _cut(unmodified(bare(words)))
        before = bare(undated(story, clause, clause.start, candidate.at))
        if (
            candidate.rule == "launch.object"
            and project_words.WORKS.match(words)
            and re.search(r"[园馆桥路站院线校区]$", before)
        ):
            return unmodified(before)  # 甲公园|完成绿化提升工程
        return _trimmed_name(unmodified(bare(words)))
    if candidate.rule == "open":
        return _open(story, clause)
    return None


def _trimmed_name(words: str) -> str | None:
    if given := project_words.FOR.search(words):
        return given["thing"]
    stop = project_words.DONE_UP.search(words)
    name = words[: stop.start()] if stop else words
    return project_words.TAIL.sub("", name) or None


def _open(story: Story, clause: Clause) -> str | None:
    words = unmodified(bare(undated(story, clause)))
    if carries := project_words.CARRIES.search(words):
        before = words[: carries.start()]
        if not re.search(r"[馆园桥路站院中心线校厂区]$", before):
            return project_words.TAIL.sub("", unmodified(carries["thing"]))
    if given := project_words.FOR.search(words):
        return _longer(story, clause, given["thing"])
    if part := project_words.PART.match(words):
        return part["thing"]
    if named := _named(words):
        return named
    ahead = before_date(story, clause)
    name = _cut(unmodified(ahead) if ahead else words)
    if not ahead and (project_words.STOP.match(words) or project_words.GOES_ON.match(words)):
        for other in beside(story, clause, before=True):
            if project_words.WAITED.match(other.text):
                continue
            if (thing := _cut(unmodified(bare(undated(story, other))))) and len(thing) >= _SHORT:
                return thing
    if not name or project_words.POINTS.fullmatch(name):
        return _told(story, clause) or name
    return name


def _cut(words: str) -> str | None:
    """The words up to where the verb begins, the quotation that names a thing in whole."""
    low = 2
    if quoted := project_words.QUOTED.search(words):
        low = quoted.end()
    stop = project_words.STOP.search(words, low)
    name = project_words.TAIL.sub("", words[: stop.start()] if stop else words)
    if (given := project_words.WHERE_IT_IS.match(name)) and "“" not in name:
        name = given["core"]
    name = project_words.POINTER.sub("", name)
    return name or None


def _longer(story: Story, clause: Clause, name: str) -> str:
    """The name told before that ends in a short one: 基地, told before as 矿山救援基地."""
    if len(name) > _SHORT:
        return name
    text = story.paragraphs[clause.paragraph].text[: clause.start]
    longer = re.findall(rf"(?:共建|建设|新建|的)([^，。；的]{{2,16}}{re.escape(name)})", text)
    return longer[-1] if longer else name


_SHORT = 3


def _named(words: str) -> str | None:
    """A name in quotation marks with the noun behind it, where more than a short word stands before it."""
    quoted = project_words.QUOTED.search(words)
    if quoted is None or quoted.start() <= _SHORT * 2:
        return None
    tail = project_words.NOUN.match(words, quoted.end())
    return quoted[0] + (tail[0] if tail else "")


def _told(story: Story, clause: Clause) -> str | None:
    """What 它 or 这座桥 means: what the sentence before began with, else nothing."""
    paragraph = story.paragraphs[clause.paragraph]
    for other in reversed([c for c in paragraph.clauses if c.index < clause.index][-4:]):
        if built := project_words.BUILT.search(bare(undated(story, other))):
            return built["thing"].removesuffix("协议")
    return None
