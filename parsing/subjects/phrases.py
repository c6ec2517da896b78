"""Stretches of an article freed of what is no part of a name: dates, clock times, marks, bylines, makers."""

import re
from collections.abc import Iterator

from parsing.candidates import Story
from parsing.clauses import Clause

# A sum of hours, or a clock's: 每日7时至17时, 晚十点, 18:30至22:30, 早8点到晚8点, 零点三十分.
_HOUR = r"(?:\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"
_CLOCK = (
    r"(?:(?:每[日天晚夜周]|逢双休日|凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|夜里|次日|翌日|当日|早|晚)*"
    rf"(?:{_HOUR}(?:时|点)(?:半|整|{_HOUR}分?)?|{_HOUR}[:：]\d\d)(?!钟|半|名|位)"
    r"|次日|当日|每[日天晚](?=.))"
)
_TIMES = re.compile(
    rf"(?<![到至缩])(?:自|从|由|于)?{_CLOCK}(?:(?:至|到|—|-|～|~)?{_CLOCK})*(?:起|止|前|后|之间)?"
)

# What stands in front of a sentence and belongs to none: 本报讯（记者 甲）, ■, ▲, 【通行】, 二、, ·.
MARKS = re.compile(
    r"""(?:[\s、，—·：●■▲◆★○□◎⊙☆◇▼▽※△▶◁▷*＊•✦❖]
      |本报讯|又讯|另讯|讯(?=[\s（])
      |（[^（）]{0,60}）
      |【[^】]{1,12}】
      |[一二三四五六七八九十]{1,2}、
      |(?:图为|图①?|据悉|据了解|据介绍|记者获悉|其中|此外|另外|同时|目前|当前|随后|届时|期间|此次|本次|眼下|现|可(?=[一]))(?=.{2})
    )+""",
    re.VERBOSE,
)

# Who made or holds something, how long and how much it took, before the 的 in front of its name:
# 由甲主办的, 历时14个月建设的, 总投资9.6亿元的, 位于乙路的, 扩能改造后的, 原定于丙的, 为期五天的.
_MAKER = re.compile(
    r"""(?:由|我[院校区市]|[^，。；的]{0,4})?[^，。；“《]{0,40}?
        (?:主办|承办|协办|举办|组织|指导|担纲|发起|承建|援建|共建|合建|建设|打造|开发|研发|投资|出资|创办|设计|建造|制定|编制|制作
          |改造后?|升级后?|扩建后?|修缮后?|重建后?|新辟|新建|新开|配套|对外服务|开幕|举行|举办|启动|成立|建成)的
      |(?:历时|历经|经过|为期|总投资|投资|总面积|占地面积?|建筑面积|总建筑面积|全长|总长|全宽|装机容量|设计|装机|可容纳|预计|耗资)
        [^，。；“《]{1,30}?的
      |(?:位于|坐落于|坐落在|地处)[^，。；]{2,24}?的
      |[^，。；“《]{0,20}(?:境内|连接[^，。；“《的]{2,12})的
      |原(?:定|计划|本|说|说好|定于)?(?:于|在)?[^，。；“《]{0,24}?的
    """,
    re.VERBOSE,
)
# 全市首个, 天河区首个, 我国第一座: how rare something is.
_RANK = re.compile(
    r"(?:全[国省市区县]|我[国省市区县]|[区县镇市](?=里头)|[^，。；“《的]{2,4}[省市区县])?(?:的)?(?:首[个家座条批]|第一[个家座条]|里?头一[个家座条])(?=.{3})"
)


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
        kept.append(re.sub(r"(?:定于|将于|拟于|已于|于|自|从|截至|到)$", "", text[at : found.start]))
        at = found.end
    kept.append(text[at:end])
    words = kept[0] + "".join(re.sub(r"^(?:起|止|前|后|以来)", "", piece) for piece in kept[1:])
    return _TIMES.sub("", words)


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
