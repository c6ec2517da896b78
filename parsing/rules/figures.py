"""Figures: a metric, its number and the period it is for; a level and its change are one figure."""

import re
from collections.abc import Iterator

from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import Clause
from parsing.dates import DateKind
from parsing.model import EventType

_UNITS = (
    r"%|‰|个百分点|百分点|(?:万|亿|千|百)?(?:元|美元|家|个|件|项|人次|人|户|吨|公里|千米|平方米|平方公里|公顷|亩|套|辆|台|次|条|张|份|起|名|所|座|处|只|株|天|"
    r"小时|微克/立方米|微克|毫克|千瓦时|度|千瓦|兆瓦|倍|位|场|例|期|笔|单|米|棵|册|部|篇|支|批|斤|公斤|立方米|艘|架|间|组|宗|批次|车次|列|班次|家次|户次|项次|种|款|盏|栋|幢|岁|分|枚|门|床|张床位)|万|亿"
)
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|百分之[一二三四五六七八九十点]+|[一二两三四五六七八九]成[一二三四五六七八九半]?)(?:余|多)?"
_CUE = (
    r"(?:已经?|共计?|累计|总计|合计|达到?了?|达|为|是|突破了?|超过?了?|逾|约|近|仅为?|稳定在|保持在|维持在|增至|升至|降至|增加到|提高到|提升至|提升到|下降到|扩大到|同比|环比"
    r"|比(?:上年|去年|上月|同期)[^\d，]{0,6}|较(?:上年|去年|上月|同期|年初)[^\d，]{0,8}|实际|名义|增长了?|下降了?|提高了?|提升了?|减少了?|增加了?|上升了?|回落了?|压减了?|缩短了?|平均|实现|完成|有|占|占比|增幅|增速|降幅|翻了?|分别|首次|：)"
)
_MAY_HOLD = re.compile(r"\d|百分之|成")  # what every number has
FIGURE = re.compile(
    rf"(?P<cue>(?:\s*{_CUE}){{0,6}}\s*)(?P<number>{_NUMBER})(?P<unit>{_UNITS})(?P<after>[^，。；]{{0,12}})"
)
_CHANGE = re.compile(
    r"^(?:同比|环比|比上年|比去年|较上年|较去年|较同期|按可比价格?(?:计算)?|可比增长|增长|下降|增幅|降幅|增速|名义增长|实际增长|两年平均|占(?:全|总|比|到)|高于|低于|高出|快于|完成(?:全年|年度)|位[居列]|排名|居|其中增)"
)
_STRONG_CUE = re.compile(
    r"累计|同比|环比|增长|下降|提高|提升|占比|增幅|增速|突破|达到|共|率(?:已|为|达|仅|稳|保|超|\d|同|比|较|提|上|下|增)|比上年|较上年|较去年|比去年|首次"
)
_PASSING = re.compile(
    r"建筑面积|占地|总投资|投资|规划|全长|总长|长约|全宽|高约|高度|容纳|车位|床位|座位|距离|注册资本|票价|价格|单价|最高|最低|奖励|补贴|补助|罚款|售价|原价|名额|限额|气温|海拔|每[人户天日月年]|人均年龄|年龄|平均年龄|时速|历时|耗时|用时|可供|可停|可提供|可服务|可满足|预计|力争|目标|确保|计划|将|拟|不低于|不少于|不超过|以上$|以内|设计|核定|门牌|楼层|层$|全程|库容|为期|历经|从业|相距|面积"
)
_METRIC_NOISE = re.compile(
    r"^(?:来自|覆盖|惠及|服务|吸引|组织|邀请|设置|设立|分为|包括|包含|涉及|带动|共有|现有|拥有|参加|参与|近|超|余|每|有|达|约|为|是|在|的|了|和|与|从|到|至|由|第|已|对|将|给|让|送上|送去|安装|投入|捐赠|捐款|出动|走过|经过|距|跑完|历时|收到|接到|带领|率领|组成|聚集|前来|现场|走进|走访|[一二三四五六七八九十\d]+年来|共计|累计|总计|合计|仅|又|再|还|近年来|目前|其中|分别|不到)+$"
)
_LEADING_VERB = re.compile(
    r"^(?:全[区市县镇村街校院]|区|我区|共|累计|已|实际|实现了?|完成了?|达成|招引|引进|引育|培育|审批|核发|发放|受理|办理|办结|发布|开展|接待|签约|到位|建成|新建|改造|新增|处置|解决|查处|整治|拆除|清理|回收|兑现|落实|拨付|减免|销售|生产|出口|进口|挽回|化解|调处|检查|接收|收到|组织|完成率)"
)
_PERIOD_KINDS = frozenset(
    {
        DateKind.MONTH,
        DateKind.QUARTER,
        DateKind.HALF,
        DateKind.YEAR,
        DateKind.SINCE,
        DateKind.UNTIL,
        DateKind.RANGE,
    }
)


def figures(story: Story, clause: Clause) -> Iterator[Candidate]:
    """Candidates for the measured numbers of a clause: one, or one for each of 分别增长A、B."""
    if not _MAY_HOLD.search(clause.masked):
        return
    text = _without_dates(story, clause)
    if _CHANGE.match(text) and _continues(story, clause):
        return
    for match in FIGURE.finditer(text):
        metric = trimmed(story, clause, clause.start, clause.start + match.start())
        name = re.sub(r"(?:较|比|同比|环比)+$", "", metric.text.rstrip("：的 "))
        if len(name) < 2 or _METRIC_NOISE.match(name) or not re.search(r"[\u4e00-\u9fff]{2}", name):
            continue
        if match["unit"] in (
            "万",
            "亿",
            "分",
            "岁",
            "度",
            "位",
            "期",
            "米",
            "天",
            "小时",
            "名",
        ) and not _STRONG_CUE.search(text):
            continue
        candidate = _candidate(story, clause, match, name)
        candidate.subject_at = (metric.start, metric.end)
        names = _several(name, text[match.start() :]) if "分别" in match["cue"] else []
        if names:
            for each in names:
                one = _candidate(story, clause, match, each)
                one.subject_at = (metric.start, metric.end)
                yield one
        else:
            yield candidate
        return


def told_period(story: Story, clause: Clause) -> bool:
    """Whether a period for a figure is told in the clause's sentence or before it in the paragraph."""
    _, end = story.paragraphs[clause.paragraph].sentence(clause)
    return any(d.kind in _PERIOD_KINDS for d in story.dates_in(clause.paragraph, 0, end))


def _candidate(story: Story, clause: Clause, match: re.Match[str], name: str) -> Candidate:
    text = clause.text
    following = _following(story, clause)
    end = (
        following.end
        if following is not None and _CHANGE.match(_without_dates(story, following))
        else clause.end
    )
    subject = name
    while lead := _LEADING_VERB.match(subject):
        if len(subject) - lead.end() < 2:
            break
        subject = subject[lead.end() :]
    strong = (
        bool(_STRONG_CUE.search(name[-2:] + match["cue"] + match["unit"]))
        or "率" in name[-3:]
        or match["unit"] in ("%", "个百分点")
    )
    candidate = Candidate(
        type=EventType.FIGURE,
        rule="figure.metric",
        trigger=(match["cue"].strip() or match["unit"]),
        clause=clause,
        start=clause.start,
        end=end,
        at=clause.start + match.start("number"),
        subject=subject,
        strength=0.8 if strong else 0.65,
    )
    if strong:
        candidate.notes["cue"] = match["cue"] or match["unit"]
    if told_period(story, clause):
        candidate.notes["period"] = "told"
    passing = _PASSING.search(text)
    if passing and "率" not in name[-2:]:
        candidate.notes["passing"] = passing[0]
    return candidate


def _following(story: Story, clause: Clause) -> Clause | None:
    clauses = story.paragraphs[clause.paragraph].clauses
    position = next(i for i, c in enumerate(clauses) if c.index == clause.index)
    if position + 1 < len(clauses) and clauses[position + 1].sentence == clause.sentence:
        return clauses[position + 1]
    return None


def _continues(story: Story, clause: Clause) -> bool:
    """Whether a clause before it in its sentence holds the number that this one says the change of."""
    clauses = story.paragraphs[clause.paragraph].clauses
    before = [c for c in clauses if c.sentence == clause.sentence and c.index < clause.index]
    return any(FIGURE.search(_without_dates(story, c)) for c in before[-2:])


def _without_dates(story: Story, clause: Clause) -> str:
    """The masked clause with its time expressions blanked, so that their digits are no figures."""
    characters = list(clause.masked)
    for found in story.dates_in(clause.paragraph, clause.start, clause.end):
        for index in range(found.start - clause.start, found.end - clause.start):
            characters[index] = "\u3000"
    return "".join(characters)


def _several(name: str, rest: str) -> list[str]:
    """The metrics of 甲、乙分别增长A、B where there are as many numbers as metrics; else none."""
    parts = [part for part in re.split(r"[、和及与]", name) if part]
    numbers = re.findall(_NUMBER + "(?:" + _UNITS + ")", rest)
    return parts if len(parts) == len(numbers) > 1 else []
