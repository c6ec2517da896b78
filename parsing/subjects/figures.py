"""The metric of a figure: what was measured, without whose it is and without the verb that only brings a number."""

import re

from parsing.candidates import Candidate, Story, trimmed
from parsing.clauses import Clause
from parsing.subjects.phrases import bare, beside, undated

_MANY = "一二两三四五六七八九十百千"
_NUMBER = re.compile(
    rf"\d|[{_MANY}][{_MANY}万]*[多余]?(?:成|个|件|万|块|分|起|台|座|次|人|户|毛|家|条)|[{_MANY}]{{2,}}万?[余多]?(?:吨|斤|亩|辆|套|张|条|棵|株|亿|公里|米|度|所|处|名|家)|百分之|[{_MANY}]+(?=块|毛|眼)"
)
# A number that is a part of a name: 12345热线, 5G基站, 3号线, PM2.5, 第一产业.
_IN_NAME = re.compile(r"[\d.]+(?:热线|[A-Za-z号路届岁以]|、\d+号)")
_BEFORE = tuple("第某每这那ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.0123456789_{")
# What leads to the number behind the metric: 同比增长, 由136天|降至, 达到, 一共, 掉到了.
_LEADS = re.compile(
    r"""(?:(?:同比|环比|(?<!占)比|较).{0,14}
      |由.{0,6}的?|均?已|也|还|又|就|便|却|只|可|才|再|一共|总共|共计|共|总计|合计|大约|近|逾|超|仅|首次|头一回|一度|由|从
      |达到?|突破|超过|为|是|有|合|折合.{0,4}|(?<=.{3})占|增至|降至|升至|稳定在|保持在|提升至?|提高到?|下降到?|上升到?|增长|下降|上升|提高|减少|增加
      |回落|上涨|下滑|连跌|完成|实现|降了?|涨了?|少了?|多了?|多进了|高出|压缩|提到|掉到了?|剩下|净增|接了|倒?便宜了|分别
      |的(?:增速|增幅|降幅)|增速|增幅|降幅|(?:降|升|涨|跌|减|少|掉|落|长|滑)(?:到|至|成)了?|达至|(?<![产总加货均价])值了?|增|约|：|\s|仍|增长到|攀升[至到]|跃升[至到]?|回升[至到]|扩大[至到]|收窄|减至|缩短[至为]?|维持在|均|只有|共同)$
    """,
    re.VERBOSE,
)
# Whose the number is, where no body is known by name. A country's or province's number keeps its name.
_OWNER = re.compile(
    r"""(?:全[区市县旗镇乡村街校院]的?|我[国省区市县们]的?|公司(?!债)|期间|辖区(?!企业|居民)|[镇村园市县区旗]里(?!的|人)|全年|当[天日年]|[一二三两四五六七八九十]天里
      |近[一二三两四五六七八九十]年|年末|同期|当期|今年(?:以来|的)?|去年|本年度|其中|又|还|也|却|而|可(?=[一菜])|一斤|各[^，]{1,6}?(?:单位|部门)(?=共|累计))+(?=.{2})""",
    re.VERBOSE,
)
# Verbs that bring a number and are no part of what is measured: 实现旅游收入, 累计培育农民合作社.
_BRINGS = re.compile(
    r"(?:累计|一共|共|已经|已)*(?:实现|组建|设置|开设|集聚|培育|招引|落实|拥有|建有|现有|收到|收下|备下|卖出|开行|提交|收了|共有|出)了?(?=.{2})|(?:共|已|已经)(?=.{2})"
)
_COMPLETED = re.compile(r"完成(?=.*(?:税收|收入|产值|投资|总值|总额|进出口|预算)$)")
_LEVEL_INSIDE = re.compile(r"(?<=.{4})实现(?=总产值|营收|产值|收入)|(?<=.{4})完成(?=总产值|营收|产值)")
# Behind the body that a phrase begins with: the body is who did it, not a part of the metric's name.
_DEED = re.compile(
    r"的|(?:共|已|累计|各类|本年度|全年|近[一二三]年|新|接待|受理|完成|实现|生产|引进|收集|清理|开|集聚|排查|落实|提交|卖|收|在册|接诉即办|建成|建立|处置|开展|拆除|查验|发送|运送)"
)
_RATE = re.compile(r"[^，。；\d%]{0,24}(?:率|占比|比重|满意度)(?=(?:均|已|仍|也)?(?:为|是|达到?|仅)?[\d百])")
_UNIT = re.compile(r"^(?:万|亿)?[名个家件条座处户所项套株亩岁]")
_OWNER_ONLY = re.compile(r"全[区市县镇乡村街校院]|公司|集团|我[国区市院校]|街道|平台.*")
# 新增34个, 日均153万人次: the deed alone, of the metric told before.
_ALONE = re.compile(r"(?:今年)?(?P<deed>新增|日均|人均|户均)(?=\d)")
# 11所夜校|共|授课|134期; 在大渡河流域已累计放流|鱼类86万尾; 214家|门店装上油烟净化装置.
_AFTER_SUM = re.compile(r"(?P<sum>累计|共)(?P<deed>[^\d，]{2,14})\d")
_AFTER_NUMBER = re.compile(r"\d[\d.,万亿]*[余多]?(?:家|名|个|所|处|座|户|位|条)(?P<deed>[^\d，]{4,20})$")
# 接了|四千多个|求助电话: the deed says nothing by itself, what was counted does.
_COUNTED = re.compile(
    rf"(?:接|办|收|发|修|送|做)了?[\d{_MANY}万]+[余多]?(?:个|件|份|封|台|次|家|位)(?P<what>[^，。\d]{{2,12}})$"
)
# Who did it stands in front: 冬防行动|累计排查, 甲馆、乙馆|共接待.
_DOERS = re.compile(
    r"^[^，]{2,40}?(?:景区(?=接待)|(?=累计(?:排查|接待|受理|查处))|共(?=接待|受理|排查|查处))"
)
# A clause that tells where a number comes from, or goes on with the number of one before it.
_SOURCE = re.compile("记者|据|统计|公布|披露|显示|通报|数据|数字|发布|报告|说|账|表格|快报|公报|介绍|对外|：")
_NO_METRIC = re.compile(
    r"(?:一天|每天|每月)?平|(?:动了手|卖掉|卖到|做到|累计|下滑|上涨|进来|改完|一年|接|每.{1,6}|分别|去年|又|仅|折合.*|降|涨|比)(?:的|了)?|.{0,8}了"
)


def metric(story: Story, candidate: Candidate) -> str | None:
    """The metric of a figure, from its clause or, where that holds only the number, from a clause before it."""
    at = candidate.subject_at
    if at is not None and _told_apart(story.text(candidate.clause)[slice(*at)], candidate.subject):
        return candidate.subject
    own = _own(story, candidate.clause, at)
    if (own is None or _OWNER_ONLY.fullmatch(own)) and (told := _behind(candidate.clause)):
        return told
    if own and not _NO_METRIC.fullmatch(own):
        return own
    if own and (counted := _COUNTED.search(candidate.clause.text)):
        return counted["what"]
    return _carried(story, candidate.clause) or own


def _told_apart(phrase: str, subject: str) -> bool:
    """Whether the rule has made several metrics of one phrase: 甲、乙分别增长5%、6%."""
    return "、" in phrase and subject != phrase and subject in re.split("[、和及与]", phrase)


def _behind(clause: Clause) -> str | None:
    """The deed that was counted, where only whose it is stands before the number."""
    if alone := _ALONE.match(clause.text):
        return alone["deed"]
    if after := _AFTER_SUM.search(clause.text):
        return after["deed"] if after["sum"] == "共" else after["sum"] + after["deed"]
    after = _AFTER_NUMBER.search(clause.text)
    return after["deed"] if after else None


def _carried(story: Story, clause: Clause) -> str | None:
    """The metric that a sentence goes on about: 村里的厕所，也改完了，累计9.4万座."""
    for other in beside(story, clause, before=True):
        if _SOURCE.search(other.text):
            continue
        name = _own(story, other, None)
        if name and not _NO_METRIC.fullmatch(name):
            return name
    return None


def _own(story: Story, clause: Clause, at: tuple[int, int] | None) -> str | None:
    text = story.text(clause)
    if rate := _RATE.search(text, clause.start, clause.end):
        start, end = rate.span()
        if unit := _UNIT.match(text[start:end]):  # 103|个|项目复工率
            start += unit.end()
        if "”" in text[start:end] and "“" not in text[start:end]:
            start = max(clause.start, text.rfind("“", clause.start, start))
    else:
        end = _number_at(story, clause)
        start = at[0] if at is not None and at[0] < end else trimmed(story, clause, clause.start, end).start
    for _ in range(2):
        head = next((b for b in story.bodies[clause.paragraph] if b.start == start), None)
        if head is None or head.end >= end - 1:
            break
        outer = head.kind in ("self", "district", "relative") and text[head.end] not in "、和与及（税里"
        if not outer and not _DEED.match(text, head.end, end):
            break
        if text[head.end : end].startswith("累计") and not _named(text[head.end + 2 : end]):
            break  # 国家高新技术企业|累计达到: the body is what was counted
        start = head.end
        if text[start] == "的":
            start += 1
    return _named(undated(story, clause, start, end))


def _number_at(story: Story, clause: Clause) -> int:
    """Where the first number of a clause stands that is no date's and no name's; its end where it has none."""
    text = story.paragraphs[clause.paragraph].masked
    dates = story.dates_in(clause.paragraph, clause.start, clause.end)
    for number in _NUMBER.finditer(text, clause.start, clause.end):
        if (
            _IN_NAME.match(text, number.start(), clause.end)
            or text[number.start() - 1 : number.start()] in _BEFORE
        ):
            continue
        if not any(d.start <= number.start() < d.end for d in dates):
            return number.start()
    return clause.end


def _named(words: str) -> str | None:
    """The metric in the words before a number; None where none is left."""
    name = bare(words)
    for _ in range(6):
        before = name
        lead = _LEADS.search(name)
        if lead and lead.start() >= 1:
            name = name[: lead.start()]
        if owner := _OWNER.match(name):
            name = name[owner.end() :]
        if brings := _BRINGS.match(name):
            name = name[brings.end() :]
        name = _COMPLETED.sub("", name)
        if name == before:
            break
    name = _LEVEL_INSIDE.sub("", name)
    if (doers := _DOERS.match(name)) and len(name) - doers.end() >= 4:
        name = name[doers.end() :]
    return name if len(name) >= 2 else None
