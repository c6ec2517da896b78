"""The project, the facility or the service that starts, opens or is finished."""

import re

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.subjects.phrases import bare, before_date, beside, undated, unmodified

# Where the name is over: how it starts, opens or is finished.
_STOP = re.compile(
    r"""(?:在|将|于|自\d|从|正式|顺利|全[面线]|重新|双向|同步|再次|现已|已经?|今天|今起|昨天|昨日|明天|近日|日前|也|就|才|还|却|对(?![外接口]|社会主义)|向(?!阳)|让
      |(?:完成|经过|历经)?(?:升级|改造|提升|扩建|修缮)+(?:后|完)|完成.{0,6}(?:改造|升级)|改造升级|实现(?=全|并网|商业|通)|迎来|竣工|完工|落成|开工|动工|奠基|破土|封顶|启用|启幕|投[用产入]|开[园业街馆市通门放诊行航学张栈建始]
      |揭[牌幕]|挂牌|上线|通[车水气航行]|敞开|亮[灯相了]|交付|并网|主体(?=完|结|大楼|封)|没能|吐出|砸下|响了|合上|头一[次回]|撤走|卸了|换了|发到|放行|接[诊待]|营业|试[运营]|运[行营]|打下|定在|点[亮燃]|成立|入驻|落户|踏|通行|送出|送电|来了|进了|开出|跑出|走了|流进|合龙|贯通|走得通|通了|点着|搬进|放水|亮到|冒烟|又|开了|挂了|迎|敞|装上
      |那天|一齐|一早|（\d|，|$)""",
    re.VERBOSE,
)
# What comes first out of a thing, or goes away from it, stands for the thing: 1号楼的|第一镐, 连接桥桥头的|水马.
_PART = re.compile(
    r"(?P<thing>.{2,30}?)(?:桥头|门口|[一二三四五六七八九十\d]+间店铺)?的(?:第一|头一|吊塔|灶火|水流|水(?=流)|机器|招牌|门匾|红绸|水马|门板|.{0,4}把?钥匙|围挡|大门|灯|卷帘门)"
)
_FOR = re.compile(r"(?:共同|一起|现场|双方)?为(?P<thing>[^，]{2,30}?)(?:揭了?牌)?$")
_CARRIES = re.compile(
    r"(?:组织|联合)?(?:开展|启动|推出|开通|设立|成立|启用|开设|开建|促成了?|建成|搭起|新添了?|多了一[趟条个座家])(?:为期[^，的]{1,8}的)?(?P<thing>[^，。]{2,36})$"
)
_QUOTED = re.compile(r"“[^”]{2,24}”")
# 镇西头的|冰厂, 九公里长的|栈道: where it lies and how long it is; 甲公司的二号线 is a name.
_WHERE_IT_IS = re.compile(r".*(?:[头边里上旁后下长大高建修开辟改务套]|\d.*)的(?P<core>[^的]{2,})$")
_POINTER = re.compile(r"^(?:[这那][座条个家]|[一二三四五六七八九十百\d]+(?:公里|米|里地))")
# A clause that goes on about the thing told before it, and one that only tells how long it stood still.
_GOES_ON = re.compile(r"又|就|才|再|也|还|如今|终于|装着|能|从|让|把|里面|里头|门口")
_WAITED = re.compile(r"[关停等盼闲空修建]了|本来|原先|(?:投资|总长|面积|历时|据)")
_NOUN = re.compile(
    r"[^，。“”的在于将]{0,12}?(?:[园馆站院街区校店房屋桥路线楼厅车]|中心|平台|项目|基地|市场|食堂|系统|工程|公园)(?![^，。的在于将自正]{1,2}$)"
)
_WORKS = re.compile(r"(?:绿化|改造|提升|升级|修缮|扩建|更新|整治)")
_TAIL = re.compile(r"(?:正式|全面|同时|双向|重新|再次|[上下]午|实现|共同|进行|日|主体|全线|的|地)+$")
_POINTS = re.compile(r"(?:它|这[座条个家里]|该|双方|那天|这)(?:.{0,8})")


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
            and _WORKS.match(words)
            and re.search(r"[园馆桥路站院线校区]$", before)
        ):
            return unmodified(before)  # 甲公园|完成绿化提升工程
        return _trimmed_name(unmodified(bare(words)))
    if candidate.rule == "open":
        return _open(story, clause)
    return None


def _trimmed_name(words: str) -> str | None:
    if given := _FOR.search(words):
        return given["thing"]
    stop = re.search(
        r"(?<=.{4})(?:完成)?(?:升级|提升)?改造(?:升级)?(?:后)?(?:重新)?$|(?<=.{4})(?:重新|实现).{0,4}$", words
    )
    name = words[: stop.start()] if stop else words
    return _TAIL.sub("", name) or None


def _open(story: Story, clause: Clause) -> str | None:
    words = unmodified(bare(undated(story, clause)))
    if carries := _CARRIES.search(words):
        before = words[: carries.start()]
        if not re.search(r"[馆园桥路站院中心线校厂区]$", before):
            return _TAIL.sub("", unmodified(carries["thing"]))
    if given := _FOR.search(words):
        return _longer(story, clause, given["thing"])
    if part := _PART.match(words):
        return part["thing"]
    if named := _named(words):
        return named
    ahead = before_date(story, clause)
    name = _cut(unmodified(ahead) if ahead else words)
    if not ahead and (_STOP.match(words) or _GOES_ON.match(words)):
        for other in beside(story, clause, before=True):
            if _WAITED.match(other.text):
                continue
            if (thing := _cut(unmodified(bare(undated(story, other))))) and len(thing) >= _SHORT:
                return thing
    if not name or _POINTS.fullmatch(name):
        return _told(story, clause) or name
    return name


def _cut(words: str) -> str | None:
    """The words up to where the verb begins, the quotation that names a thing in whole."""
    low = 2
    if quoted := _QUOTED.search(words):
        low = quoted.end()
    stop = _STOP.search(words, low)
    name = _TAIL.sub("", words[: stop.start()] if stop else words)
    if (given := _WHERE_IT_IS.match(name)) and "“" not in name:
        name = given["core"]
    name = _POINTER.sub("", name)
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
    quoted = _QUOTED.search(words)
    if quoted is None or quoted.start() <= _SHORT * 2:
        return None
    tail = _NOUN.match(words, quoted.end())
    return quoted[0] + (tail[0] if tail else "")


def _told(story: Story, clause: Clause) -> str | None:
    """What 它 or 这座桥 means: what the sentence before began with, else nothing."""
    paragraph = story.paragraphs[clause.paragraph]
    for other in reversed([c for c in paragraph.clauses if c.index < clause.index][-4:]):
        if found := re.search(
            r"(?:共建|建设|新建|新的?|建起|修|一[座条个家])(?P<thing>[^，。的]{3,16})$",
            bare(undated(story, other)),
        ):
            return re.sub(r"的?协议$|$", "", found["thing"], count=1).removesuffix("的")
    return None
