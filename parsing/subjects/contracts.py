"""What an agreement is: its name, else what it is for."""

import re

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.subjects.phrases import bare, beside, undated

_PAPER = r"(?:协议书?|合同|备忘录|备忘|意向书|合作书|契约|合约|租约|公约|文本|声明|订单|框架|伙伴关系|战略合作|合作)"
_NAMED = re.compile(rf"(?:“[^”]{{2,30}}”|《[^》]{{2,50}}》)[^，。；“”与和]{{0,14}}{_PAPER}(?!社)")
_OBJECT = re.compile(rf"(?P<name>[^，。；把与和跟了由在就]{{0,18}}{_PAPER})(?!项目|方|社|医院)")
_BARE = re.compile(r"(?:达成|签订|签署|建立|开展)?(?:初步|长期)?合作(?:意向)?|协议|合同|签约|达成.{0,4}")
# What both will do, in a clause behind: 联手建设甲, 约定甲, 共建甲.
_WILL = re.compile(
    r"^(?:(?:双方)?(?:将|往后|从此|今后|以后|此后|联手建设|携手|联手|约定|商定|协议约定|由此|一致同意|以此|白纸黑字|明确|计划))*(?P<deed>[^，。；]{4,40})"
)
_TIME_ONLY = re.compile(
    r"(?:从|自)?(?:往后|今后|明年|今年|下个?月|为期|一签|隔|此后|未来|每[年月]|今[年冬]|秋后|约定工期|工期)[^，]{0,10}|一式.份|按了?指印|落笔|换本|握手|.{0,4}(?:起|止)|前后不.*|.{0,3}|.{0,8}(?:千克|年)$|笔.*|最后.*|拖一天.*|在“.*|没有?.{0,8}|(?:头|第)一件.*"
)
_PROJECT = re.compile(
    r"(?P<name>[^，。；就]{2,24}(?:项目|工厂|总部|基地|中心|工作站|机制|联合体|实验室|产业园|公司|车间))(?:就此|将|正式|也|顺利)?(?:落户|花落|落地|入驻|签约)"
)
# What is settled in plain words: 定下|五年的房租, 包了|三百亩果园.
_SETTLED = re.compile(
    r"(?:定下|说定|讲好|讲定|谈成|谈拢|敲定|约定|约好|订下|订了|定了|包下|包了|接下|认下|认领|租下|换来|换下)了?(?P<what>[^，。；]{3,24})$"
)
_ON = re.compile(
    r"(?:就|把|对)(?P<topic>[^，。；]{3,24}?)(?:的事|一事)?(?:达成|签|定了下来|续到|敲定|予以|商定|拍板|租了|包了|接了|交给|买了|的?协议)"
)


def contract(story: Story, candidate: Candidate) -> str | None:
    """The name of what is signed; where it has none, what the parties will do."""
    clause = candidate.clause
    text = story.text(clause)[clause.start : clause.end]
    if named := _NAMED.search(text):
        return named[0]
    if candidate.rule != "open":
        return _of_rule(story, candidate, text)
    if bound := re.search(r"结[成为](?P<what>[^，]{3,20})$", text):
        return bound["what"]
    if project := _PROJECT.search(bare(undated(story, clause))):
        return project["name"]
    words = bare(undated(story, clause))
    objects = [m["name"] for m in _OBJECT.finditer(words)]
    name = objects[-1].rpartition("的")[2] if objects else None
    name = (
        re.sub(
            r"^.*?(?:一[纸份张本]|[\\d一二两三四五六七八九十]份)|^(?:签[下署订]?|互[留换]|换|共建)+", "", name
        )
        if name
        else None
    )
    if name and len(name) >= 2 and name not in ("合作", "协议", "框架"):
        return name
    if settled := _SETTLED.search(words):
        return settled["what"]
    if topic := _ON.search(words):
        return topic["topic"].removeprefix("的")
    for other in beside(story, clause, before=True):
        papers = [m["name"] for m in _OBJECT.finditer(bare(undated(story, other)))]
        if papers and len(papers[-1]) > 2:
            return papers[-1].rpartition("的")[2]
    return _will(story, clause) or name


def _of_rule(story: Story, candidate: Candidate, text: str) -> str | None:
    subject = candidate.subject
    if subject.endswith("合作") and (longer := re.search(re.escape(subject) + "(?:伙伴)?关系", text)):
        return longer[0]
    if setting := re.search(r"签约(?:共同)?(?:建立|共建|成立)(?P<what>[^，]{3,20})$", text):
        return setting["what"]
    if subject.endswith("签约仪式"):
        return subject.removesuffix("签约仪式")
    between = candidate.rule.endswith("signed") and re.search("[与和]", subject)
    if _BARE.fullmatch(subject) or (between and text.endswith("签约")):
        project = _PROJECT.search(text)
        return project["name"] if project else _will(story, candidate.clause)
    return None


def _will(story: Story, clause: Clause) -> str | None:
    """What the clauses behind say that both will do, the first that tells more than for how long."""
    for other in list(beside(story, clause, after=True))[:6]:
        words = bare(undated(story, other))
        if project := _PROJECT.search(words):
            return re.sub(r"^其", "", project["name"])
        if objects := [m["name"] for m in _OBJECT.finditer(words) if len(m["name"]) > 3]:
            return re.sub(r"^(?:.{1,3}份|一[纸份])", "", objects[0].rpartition("的")[2])
        if _TIME_ONLY.fullmatch(words):
            continue
        if will := _WILL.match(words):
            return will["deed"]
    return None
