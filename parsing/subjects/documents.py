"""The document that comes out or comes into force, by its full name."""

import re
from collections.abc import Iterator

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.lexicon import verbose
from parsing.subjects.phrases import bare, beside, undated

# By its full name, another's name in it too: 印发《[垃圾分类办法]》, 《[关于修改《章程》的决定]》
_TITLE = re.compile(r"《(?P<title>[^《》]{2,80}(?:《[^》]*》[^《》]*)?)》")
_SHORT = 5  # letters: 《办法》, 《若干措施》 stand for a title told before


def named_before(story: Story, clause: Clause, words: str) -> str | None:
    """The full title of the document that a clause means: its own, else the last before it, else the headline's."""
    own = _TITLE.search(words)
    if own and len(own["title"]) > _SHORT:
        return own["title"]
    ending = own["title"] if own else ""
    for title in _titles_before(story, clause):
        if len(title) > _SHORT and title.endswith(ending):
            return title
    return own["title"] if own else None


# Where it is told, not what it is: [新闻发布会], 媒体[通气会]
_PRESS = re.compile(r"(?:新闻)?(?:发布会|通气会|吹风会|发布仪式)")
# What comes out, behind the verb. A verb belongs here that makes its object known to all.
_OUT = verbose(
    r"""(?: 发布|公布|印发|出台|推出|公示|通报                     # 街道发布[停车收费标准]
          | 张榜|挂出|挂上网|晒出|贴出                             # 村口贴出了[低保名单]
          | 拿出|给出|发出|送来|交出|印出|发了|印了                  # 厂里拿出一份[减排方案]
        )
        (?:了|的)?
        (?: 一[张份本] (?! 正反|刚|厚|写满|印 ) )?
        (?P<what> [^，。；]{2,40}? )
        (?:里|中)?$
    """
)
# The same in front of the verb: 居委会把[电梯收支账]贴到墙上
_TAKES = verbose(
    r"""把 (?P<what> [^，。；]{2,30}? )
        (?: 挂|贴|印|晒|公布|摆|放|送|发 ) (?: 到|在|上|了|出 )
    """
)
# A thing of paper, whose name stands behind it: 印发了[册子], 贴出一[张纸]
_PAPER = re.compile(r"(?:册子|告示|文件|[张份本]纸|的纸|通知|公告|消息)$")
# No name: 送来[一份厚厚的材料]
_PLAIN_WORDS = re.compile(r"一[本张份套].*")


def document(story: Story, candidate: Candidate) -> str | None:
    """What comes out: a title as the page prints it, in the clause or behind it, else what the verb says."""
    clause = candidate.clause
    text = story.text(clause)[clause.start : clause.end]
    if "《" in text and (title := named_before(story, clause, text)):
        return title
    behind = list(beside(story, clause, after=True))[:3]
    if candidate.rule == "open" or _PRESS.fullmatch(candidate.subject):
        words = bare(undated(story, clause))
        if takes := _TAKES.search(words):
            return takes["what"].removeprefix("的")
        out = _OUT.search(words)
        titled = next(
            (m for other in behind if (m := _TITLE.search(story.text(other), other.start, other.end))), None
        )
        if titled and (out is None or _PAPER.search(out["what"])):
            return titled["title"]
        if out and not _PLAIN_WORDS.fullmatch(out["what"]) and not _PRESS.search(out["what"]):
            return out["what"]
        for other in behind:
            if out_there := _OUT.search(bare(undated(story, other))):
                return out_there["what"]
    return None


def _titles_before(story: Story, clause: Clause) -> Iterator[str]:
    for paragraph in range(clause.paragraph, -1, -1):
        text = story.paragraphs[paragraph].text
        end = clause.start if paragraph == clause.paragraph else len(text)
        yield from (m["title"] for m in reversed(list(_TITLE.finditer(text, 0, end))))
    yield from (m["title"] for m in _TITLE.finditer(story.draft.headline or ""))
