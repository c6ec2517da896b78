"""What an agreement is: its name, else what it is for."""

import re

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.lexicon import verbose
from parsing.subjects.phrases import bare, beside, undated

# What is signed, by the noun at its end. A word belongs here that names a paper or a bond, not the deed.
_PAPER = r"""
    (?: 协议书?|合同|备忘录|备忘|意向书|合作书|契约|合约|租约|公约|文本|声明|订单
      | 框架|伙伴关系|战略合作|合作
    )
"""
# By its name: 签署[“绿色走廊”合作备忘录], 签下[《校地共建框架》协议]; not “绿色走廊”合作社
_NAMED = verbose(rf"(?: “[^”]{{2,30}}” | 《[^》]{{2,50}}》 ) [^，。；“”与和]{{0,14}} {_PAPER} (?!社)")
# With the words in front of it that tell what for: 双方就[茶叶购销合同]签字; not 框架项目
_OBJECT = verbose(rf"(?P<name> [^，。；把与和跟了由在就]{{0,18}} {_PAPER} ) (?! 项目|方|社|医院 )")
# No name at all: [达成初步合作意向], [合同], [签约], [达成了一致]
_BARE = verbose(
    r"""(?:达成|签订|签署|建立|开展)? (?:初步|长期)? 合作 (?:意向)?
      | 协议|合同|签约
      | 达成.{0,4}
    """
)
# What both will do, in a clause behind. A word belongs here that only leads to it and can be left out.
_WILL = verbose(
    r"""^(?: (?:双方)?
             (?: 将|计划                                    # 双方将[共建茶叶实验室]
               | 往后|从此|今后|以后|此后|由此|以此               # 今后[共享货运班列]
               | 联手建设|携手|联手                            # 携手[开发古道旅游]
               | 约定|商定|协议约定|一致同意|白纸黑字|明确        # 协议约定[互认检测结果]
             )
         )*
         (?P<deed> [^，。；]{4,40})
    """
)
# A clause that tells no deed but for how long, for how much, or how it was signed.
_TIME_ONLY = verbose(
    r"""(?:从|自)?
        (?: 往后|今后|此后|未来|明年|今年|下个?月|每[年月]|今[年冬]|秋后    # [今后三年], [每年两次]
          | 为期|一签|隔|约定工期|工期                                  # [为期五年], [工期90天]
        )
        [^，]{0,10}
      | .{0,4}(?:起|止) | 前后不.*                                     # [明年起], [前后不到一小时]
      | .{0,8}(?:千克|年)$ | .{0,3}                                    # [两千千克], [三年]
      | 一式.份|按了?指印|落笔|换本|握手|笔.* | 在“.* | 最后.*            # [一式两份], [按了指印]
      | 拖一天.* | 没有?.{0,8} | (?:头|第)一件.*                         # [拖一天罚五百], [头一件是修渠]
    """
)
# What is to be built or run, by the noun at its end: [冷链物流基地项目]落户丙镇, [联合实验室]签约
_PROJECT = verbose(
    r"""(?P<name>
          [^，。；就]{2,24}
          (?: 项目|工厂|总部|基地|中心|工作站|机制|联合体|实验室|产业园|公司|车间 )
        )
        (?:就此|将|正式|也|顺利)? (?: 落户|花落|落地|入驻|签约 )
    """
)
# What is settled in plain words: 当场定下[五年的房租], 老王包了[三百亩果园]
_SETTLED = verbose(
    r"""(?: 定下|说定|讲好|讲定|谈成|谈拢|敲定|约定|约好|订下|订了|定了
          | 包下|包了|接下|认下|认领|租下|换来|换下
        )了?
        (?P<what> [^，。；]{3,24})$
    """
)
# What it is about, in front of the verb: 就[学生实习]的事达成一致, 把[三百亩鱼塘]租了出去
_ON = verbose(
    r"""(?: 就|把|对 ) (?P<topic> [^，。；]{3,24}? ) (?:的事|一事)?
        (?: 达成|签|敲定|予以|商定|拍板|的?协议
          | 定了下来|续到|租了|包了|接了|交给|买了
        )
    """
)
# 两家结为[友好医院]
_BECOMING = re.compile(r"结[成为](?P<what>[^，]{3,20})$")
# 今天签约共建[数字农业实验室]
_SETTING_UP = re.compile(r"签约(?:共同)?(?:建立|共建|成立)(?P<what>[^，]{3,20})$")
# In front of a paper's name: [签下一纸]购销合同, [互换]合作协议, 签下[3份]购销合同
_BEFORE_NAME = verbose(
    r"""^.*? (?: 一[纸份张本] | [\d一二两三四五六七八九十]份 )
      | ^(?: 签[下署订]? | 互[留换] | 换 | 共建 )+
    """
)


def contract(story: Story, candidate: Candidate) -> str | None:
    """The name of what is signed; where it has none, what the parties will do."""
    clause = candidate.clause
    text = story.text(clause)[clause.start : clause.end]
    if named := _NAMED.search(text):
        return named[0]
    if candidate.rule != "open":
        return _of_rule(story, candidate, text)
    if bound := _BECOMING.search(text):
        return bound["what"]
    if project := _PROJECT.search(bare(undated(story, clause))):
        return project["name"]
    words = bare(undated(story, clause))
    objects = [m["name"] for m in _OBJECT.finditer(words)]
    name = objects[-1].rpartition("的")[2] if objects else None
    name = _BEFORE_NAME.sub("", name) if name else None
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
    if setting := _SETTING_UP.search(text):
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
