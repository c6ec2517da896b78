"""Stretches of an article freed of what is no part of a name: dates, clock times, marks, bylines, makers."""

import re
from collections.abc import Iterator

from parsing.candidates import Story
from parsing.clauses import Clause
from parsing.lexicon import verbose

# A clock's hour with its part of the day. A word belongs here that tells when within a day.
_HOUR = r"(?: \d{1,2} | [零〇一二两三四五六七八九十]{1,3} )"
_CLOCK = rf"""
    (?: (?: 每[日天晚夜周]|逢双休日 | 次日|翌日|当日
          | 凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜里|早|晚
        )*
        (?: {_HOUR} (?:时|点) (?: 半|整|{_HOUR}分? )? | {_HOUR}[:：]\d\d ) (?! 钟|半|名|位 )
      | 次日|当日|每[日天晚](?=.)
    )
"""
# A clock time, or from one to another.
TIMES = verbose(
    rf"""(?<! [到至缩] ) (?:自|从|由|于)?
         {_CLOCK} (?: (?: 至|到|—|-|～|~ )? {_CLOCK} )*     # 展览[每日9时至17时]开放, [晚十点]停水, [18:30~22:30]
         (?: 起|止|前|后|之间 )?                            # [零点三十分起]封路; not 三点钟, 缩至五点
    """
)

# What stands in front of a sentence and belongs to none: [本报讯（记者 李明）]区图书馆.
MARKS = verbose(
    r"""(?: [\s、，—·：●■▲◆★○□◎⊙☆◇▼▽※△▶◁▷*＊•✦❖]                    # [■]区图书馆
          | 本报讯|又讯|另讯|讯(?=[\s（])
          | （[^（）]{0,60}）                                          # [（通讯员 王芳）]区图书馆
          | 【[^】]{1,12}】                                           # [【通行】]莲花路
          | [一二三四五六七八九十]{1,2}、                                # [二、]停水范围
          | (?: 图为|图①?|据悉|据了解|据介绍|记者获悉                      # [据悉，]区图书馆
              | 其中|此外|另外|同时|目前|当前|随后|届时|期间               # [随后]来到区图书馆
              | 此次|本次|眼下|现|可(?=[一])                            # [此次]活动由区图书馆承办
            )(?=.{2})
        )+
    """
)

# Who made or holds something, how long and how much it took, before the 的 in front of its name. A verb belongs
# here with which a text says of a thing how it came about.
_MAKER = verbose(
    r"""(?: 由|我[院校区市]|[^，。；的]{0,4} )? [^，。；“《]{0,40}?
        (?: 主办|承办|协办|举办|组织|指导|担纲|发起|举行|开幕|启动|成立        # [由区文旅局主办的]灯会
          | 承建|援建|共建|合建|建设|打造|建造|建成|新建|新辟|新开           # [省二建承建的]三号桥
          | 开发|研发|设计|创办|投资|出资|制定|编制|制作                   # [县剧团制作的]短剧
          | 改造后?|升级后?|扩建后?|修缮后?|重建后?|配套|对外服务            # [扩建后的]客运站
        )的
      | (?: 历时|历经|经过|为期|总投资|投资                              # [历时14个月建成的]三号桥
          | 总面积|占地面积?|建筑面积|总建筑面积|全长|总长|全宽               # [全长九公里的]栈道
          | 装机容量|设计|装机|可容纳|预计|耗资                           # [可容纳三千人的]体育馆
        )
        [^，。；“《]{1,30}?的
      | (?: 位于|坐落于|坐落在|地处 ) [^，。；]{2,24}?的                   # [位于城北的]客运站
      | [^，。；“《]{0,20} (?: 境内|连接[^，。；“《的]{2,12} )的           # [连接两岸的]三号桥
      | 原 (?: 定|计划|本|说|说好|定于 )? (?:于|在)? [^，。；“《]{0,24}?的   # [原定于周六的]灯会
    """
)
# How rare something is, in front of it. [全市首个]零碳园区, [天河区首座]科技馆
_RANK = verbose(
    r"""(?: 全[国省市区县] | 我[国省区市县] | [区县镇市](?=里头) | [^，。；“《的]{2,4}[省市区县] )? (?:的)?
        (?: 首[个家座条批] | 第一[个家座条] | 里?头一[个家座条] )
        (?=.{3})
    """
)
# In front of a date, and only leading to it: 大会[定于]5月8日
_LEADS_TO_DATE = re.compile(r"(?:定于|将于|拟于|已于|于|自|从|截至|到)$")


def undated(story: Story, clause: Clause, start: int | None = None, end: int | None = None) -> str:
    """A stretch of a clause without its dates and clock times, and without the words that only lead to them."""
    text = story.text(clause)
    start = clause.start if start is None else start
    end = clause.end if end is None else end
    kept: list[str] = []
    at = start
    for found in story.dates_in(clause.paragraph, start, end):
        if found.start < at or year_only(text[found.start : found.end]):
            continue
        kept.append(_LEADS_TO_DATE.sub("", text[at : found.start]))
        at = found.end
    kept.append(text[at:end])
    words = kept[0] + "".join(re.sub(r"^(?:起|止|前|后|以来)", "", piece) for piece in kept[1:])
    return TIMES.sub("", words)


def year_only(words: str) -> bool:
    """Whether a date is a year, which may begin a name: 2022年, 2023年度."""
    return bool(re.fullmatch(r"\d{4}(?:年度?)?", words))


def bare(words: str) -> str:
    """A phrase without marks, bylines and connectives in front of it, and without spaces at its ends."""
    lead = MARKS.match(words)
    return words[lead.end() :].strip() if lead else words.strip()


def unmodified(phrase: str, *, ranked: bool = False) -> str:
    """The phrase without its maker, its holder, its size and its place, as far as a 的 closes them.

    `ranked`: it keeps its 首批 or 全国首个, which else goes too.
    """
    for _ in range(3):
        maker = _MAKER.match(phrase)
        if maker is None or len(phrase) - maker.end() < 2:
            break
        phrase = phrase[maker.end() :]
    rank = None if ranked else _RANK.match(phrase)
    return phrase[rank.end() :] if rank else phrase


# [备受市民关注的]第五届茶博会
_DESCRIBED = re.compile(r"[^“”《》]*的(?=[^的]{5,}$)")


def undescribed(phrase: str) -> str:
    """A long name without any description that a 的 closes: 备受关注的|第五届茶博会."""
    found = _DESCRIBED.match(phrase)
    return phrase[found.end() :] if found else phrase


def beside(story: Story, clause: Clause, *, before: bool = False, after: bool = False) -> Iterator[Clause]:
    """The other clauses of the sentence, those before it nearest first, then those after it in order."""
    same = [c for c in story.paragraphs[clause.paragraph].clauses if c.sentence == clause.sentence]
    if before:
        yield from (c for c in reversed(same) if c.index < clause.index)
    if after:
        yield from (c for c in same if c.index > clause.index)


def sentence_before(story: Story, clause: Clause) -> list[Clause]:
    """The clauses of the sentence before that of a clause, in order; in the paragraph before where need be."""
    for paragraph in range(clause.paragraph, max(-1, clause.paragraph - 2), -1):
        earlier = [c for c in story.paragraphs[paragraph].clauses if c.sentence < clause.sentence]
        if earlier:
            return [c for c in earlier if c.sentence == earlier[-1].sentence]
    return []


def before_date(story: Story, clause: Clause) -> str | None:
    """What a clause says in front of a date that stands in its middle; None where none does."""
    text = story.text(clause)
    for found in story.dates_in(clause.paragraph, clause.start, clause.end):
        words = bare(text[clause.start : found.start])
        if len(words) >= 2 and found.end < clause.end and not year_only(text[found.start : found.end]):
            return re.sub(r"(?:定于|将于|拟于|已于|将|于|自|从)$", "", words)
    return None
