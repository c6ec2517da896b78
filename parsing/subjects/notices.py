"""What a notice changes: what is closed, cut off or moved, or what residents can do and get."""

import re
from collections.abc import Iterator

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.subjects.documents import named_before
from parsing.subjects.phrases import bare, beside, sentence_before, undated, unmodified

# Water, power, gas or heat that is cut: where, a list of streets, is the place; what, is the subject.
_CUT = re.compile(
    r"(?P<cause>(?:[供给排]水|供热|供气|供电|燃气|电力|自来水)[^，、的]{2,12}?(?:改造|割接|检修|抢修|施工|维修))?"
    r"(?P<cut>停[水电气暖热](?:或降压供水)?|停用天然气|暂停供[水电气暖热]|(?:临时)?交通管制)"
)
_PLACE = 20  # letters of where something is cut off, if that is to stand with it
_COUNTED = re.compile(r"以[东南西北]|沿线居民|对|等")
_GRID = re.compile(r"\d+千伏|线(?=停电)")  # 10千伏甲线停电检修: a line by its name

# An occasion put off or called off: the occasion is the subject.
_OFF = re.compile(
    r"(?P<occasion>.{2,40}?)(?:因.{1,20})?(?:取消|推迟|延期|顺延|改期|改[到至]?$|改到|挪到|不摆了|不办了|不再举办|作罢|停办|暂缓|延后)(?:至|到|举[行办]|了|$)"
)
_PLANNED = re.compile(r"^原(?:定|计划|本|说|说好|拟)")
# A rule that comes into force: the document is the subject.
_IN_FORCE = re.compile(r"施行|(?<!措施)实施$|起执行$|起实施|生效$")

# What is set anew: 开放时间|调整为, 报名通道|开启, 申请期限|延长至.
_TERMS = re.compile(
    r"(?P<thing>.{0,40}?(?:(?:开放|营业|办理|申请|报名|运营|服务|开学|办公|受理|首末班|停水)时间|末班车|期限|通道|咨询窗口|“绿色通道”))"
    r"(?=由|从|为|调整|延长|推迟|提前|改|均|是|：|开启|开放|打开|在|关闭|$)"
)
_TERMS_ALONE = re.compile(
    r"(?:网上|现场|集中)?(?:报名|开放|受理|登记|招生|征集|停水|停电|办理|申请)时间|开放|.{0,6}报名|.{0,12}免费招生|由?改为?.*"
)
# Work that is the reason; what follows from it is what must be known.
_WORK = re.compile(
    r"(?:因|由于|因为)|(?:更换|换|改造|装修|检修|抢修|修缮|重铺|面重铺|铺设|基坑|施工|翻修)(?!停|路段)|(?:二次网)"
)
_EFFECT = re.compile(
    r"停|关门|关闭|封|禁|闭|不(?!动产)|只|暂|单向|围|占用|限|迁|搬|借道|断|没|拉闸|绕|缩|走|歇|甩|让|改|延|推迟|提前|加开|恢复|正常"
)
# Whose move it is, or how one gets there, in front of what changes.
_AGENT = re.compile(
    r"""^(?:.{0,14}?(?:公司|集团|供电局|水务局|部门|医院)(?:定于|将|决定)?(?=对|把))?(?:.{0,14}?(?:将|要)?把|对|给)(?=.{4})
      |^途经[^，。]{1,14}的
      |^(?:全[区市县]|我[区市县]|天津市|.{2,3}[市区县])(?:居民用户|中小学、幼儿园|居民)?(?=冬季|秋季|春季|暑期|\d|60岁)
      |^[^，。“]{2,14}(?:街道|社区|镇|馆|中心|协会)的(?=.{2})
      |^.{0,4}在[^，]{2,24}(?:街道|社区|镇|学校|点)开展(?=.{4})
      |^(?:我|本)(?:公司|馆|院|局|中心)(?:定于|将)?对?
    """,
    re.VERBOSE,
)
_ADVERBS = re.compile(
    r"(?:将|定于|拟|临时实行|正式)(?=.{2})|这[一二两三几]?[天晚周](?:[一二三四五六日])?|(?<=.)现(?=将)"
)
_TAIL = re.compile(r"(?:起|(?<!截)止|至|到|于|为|将|的|，|、|\s)+$")
# What somebody may do: 市民可于…通过…|报名参加茶席体验.
_CAN = re.compile(
    r"(?:可|须|需|请|凭|持|带|拿).*?(?P<deed>(?:免费接种|报名参加|免费领取|免费体验|预约|申领|办理?|领取|补办|补缴)[^，]{3,20})$"
)
_GATHERS = re.compile(r"(?:面向.{2,20})?(?:招收|招募|征集)(?P<thing>[^，]{3,16}?)(?:学员|志愿者)?$")
# A course or a campaign one can join: 区文化馆|“甲”合唱培训班|报名.
_COURSE = re.compile(
    r"(?P<thing>(?:“[^”]{2,20}”)?[^，“”馆]{0,12}(?:班|营|大赛|征文|赛))(?:开始)?(?:报名|收稿|招生|截止|关收件箱)"
)


def change(story: Story, candidate: Candidate) -> str | None:
    """What residents must know, without its dates and hours and without why."""
    clause = candidate.clause
    raw = story.text(clause)[clause.start : clause.end]
    if _IN_FORCE.search(raw) and (document := named_before(story, clause, raw)):
        return document
    words = _words(story, clause)
    planned = _PLANNED.match(bare(raw))
    if (off := _OFF.fullmatch(words) or _OFF.match(words)) and (
        planned or "因" in words or off.end() == len(words)
    ):
        return unmodified(bare(off["occasion"]))
    if cut := _utility(story, clause, words):
        return cut
    for pattern in (_COURSE, _GATHERS):
        if found := pattern.search(words):
            return found["thing"]
    if (terms := _TERMS.match(words)) and not _TERMS_ALONE.fullmatch(terms["thing"]):
        return _plain(terms["thing"])
    if can := _CAN.search(words):
        return can["deed"]
    if wanted := _WANTED.search(words):
        return next(group for group in wanted.groups() if group)
    if _WHY_OR_WHEN.fullmatch(words):
        for other in _next(story, clause):
            if _EFFECT.search(following := _words(story, other)):
                return _plain(following)
    if not words or _TERMS_ALONE.fullmatch(words) or _FOR_WHOM.search(words):
        return _told_before(story, clause) or words
    words = re.sub(r"(?<=.{4})截止?$", "", words)
    return _joined(story, clause, words) or _plain(unmodified(words) if planned else words)


# What those addressed have not got yet or may have until a day: 没领|退耕款|的户, 同意书|还没按手印的.
_WANTED = re.compile(
    r"(?:还没|没|未)(?:领|按|缴|交|办|拿|报)(?P<got>[^，的]{2,12})的|^(?P<due>[^，]{2,12}?)(?:还没|还未)|^是?(?P<last>[^，收]{2,16}?)(?:的)?最后一天"
    r"|^(?P<want>[^，]{2,8})想要"
)
# Only the reason, or only a length of time: what changes stands behind.
_WHY_OR_WHEN = re.compile(
    r"(?:因|受|为|由于|经研究).*|.{0,3}|放假.*|[从由停七八点到中午早晚上下时起止\d一二三十]+"
)
_OFFERS = re.compile(r"(?<=.{5})(?:开设|面向|设有|共设).*$|^[^，“]{2,6}(?:面向社会|向社会)(?=公开)")
_COUNT = re.compile(r"\d+[名个人]$")
_FOR_WHOM = re.compile(
    r"(?:还没|未|没)[^，]{1,8}的.{0,6}$|^(?:符合条件|想|已|购票者|逾期)|^到.{2,14}$|^(?:月底)?截止?$|^(?:早上|从|到).{0,12}(?:到|停到).*$"
)


def _words(story: Story, clause: Clause) -> str:
    """The clause as it would stand without dates, hours and marks."""
    words = _ADVERBS.sub("", bare(undated(story, clause)))
    return _TAIL.sub("", bare(words))


def _plain(words: str) -> str:
    for _ in range(2):
        agent = _AGENT.match(words)
        if agent is None or len(words) - agent.end() < 3:
            break
        words = words[agent.end() :]
    return _TAIL.sub("", words)


def _utility(story: Story, clause: Clause, words: str) -> str | None:
    """What is cut or controlled, in the clause or, where that tells only of work, in one behind it."""
    if _GRID.search(words):
        return None
    cut = _CUT.search(words)
    if cut is None and re.search("检修|抢修|割接", words):
        later = (_CUT.search(other.masked) for other in beside(story, clause, after=True))
        cut = next((found for found in later if found), None)
    if cut is None or cut.string != words or "、" in words or "管制" in cut["cut"]:
        return (cut["cause"] or "") + cut["cut"] if cut else None
    where = _plain(words[: cut.start()])  # one place is told with the cut, a list of them is not
    return (where if 0 < len(where) <= _PLACE and not _COUNTED.search(where) else cut["cause"] or "") + cut[
        "cut"
    ]


def _told_before(story: Story, clause: Clause) -> str | None:
    """What a clause that tells only how or when is about: the clause before it, or the sentence before."""
    for other in (*beside(story, clause, before=True), *reversed(sentence_before(story, clause))):
        words = _plain(_words(story, other))
        if len(words) >= 3 and not _FOR_WHOM.search(words) and not other.quoted:
            return _COUNT.sub("", _OFFERS.sub("", words))
    return None


def _joined(story: Story, clause: Clause, words: str) -> str | None:
    """The thing and what becomes of it, where they stand in two clauses: 甲路换污水管，下周一起|围起半幅."""
    head = _head(story, clause, words)
    if head is not None:
        for other in _next(story, clause):
            effect = _words(story, other)
            if _has_own_subject(effect):
                return _plain(effect)
            if _EFFECT.match(effect):
                return head + effect
        return None
    if _EFFECT.match(words) and len(words) <= 12:
        for other in beside(story, clause, before=True):
            before = _words(story, other)
            place = _head(story, other, before) or (before if len(before) <= 16 else None)
            if place and not re.search("记者|据|了解", before):
                return place + words
            break
    return None


def _next(story: Story, clause: Clause) -> Iterator[Clause]:
    for number, other in enumerate(beside(story, clause, after=True)):
        if number < 2:
            yield other


def _has_own_subject(effect: str) -> bool:
    found = _EFFECT.search(effect)
    return found is not None and found.start() >= 3


def _head(story: Story, clause: Clause, words: str) -> str | None:
    """The thing that a clause begins with, where the clause tells only why or when; None where it tells the change."""
    if work := _WORK.search(words):
        if _EFFECT.search(words[: work.start()]):
            return None
        return (
            words[: work.start()] if work.start() >= 2 and not _EFFECT.search(words[work.end() :]) else None
        )
    tail = story.dates_in(clause.paragraph, clause.start, clause.end)
    if tail and tail[-1].end >= clause.end - 1 and not _EFFECT.search(words) and len(words) >= 2:
        return words
    return None
