"""The words of Chinese dates: the small patterns that whole expressions are put together from.

Each is matched at one position and has a bounded length, so that a text is read in linear time. They are
used on text whose full-width digits and signs have been made half-width by `narrow` (one for one: offsets
stay).
"""

import re
import unicodedata
from collections.abc import Iterable

_WIDTHS = str.maketrans("０１２３４５６７８９：（）／．－～﹣−–○Ｏ零", "0123456789:()/.-~---〇〇〇")


_OTHER_DIGITS = re.compile(r"[^\D0-9]")  # ٣, ३: \d fits them, and a number cannot be made of 2٣


def narrow(text: str) -> str:
    """The text with half-width digits and signs; every character keeps its offset."""
    return _OTHER_DIGITS.sub(lambda found: str(unicodedata.decimal(found[0])), text.translate(_WIDTHS))


YEAR_WORDS = {
    "今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "大前年": -3, "明年": 1, "来年": 1, "后年": 2,
}  # fmt: skip
NEXT_YEAR = frozenset(("次年", "翌年", "第二年", "转年"))
SAME_YEAR = frozenset(("当年", "同年"))
MONTH_WORDS = {"上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "这月": 0, "下月": 1, "下个月": 1}
DAY_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "昨": -1,
    "昨儿": -1, "昨儿个": -1, "前儿": -2, "前儿个": -2, "今儿": 0, "今儿个": 0, "明儿": 1, "明儿个": 1, "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今晨": 0, "今夜": 0, "今": 0, "即日": 0,
    "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "明晨": 1, "明": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
WEEK_WORDS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2}


def number(words: str) -> int:
    """12, 十二, 廿三, 三十一, 初八, 二〇二四 as a number; ValueError for anything else."""
    if words.isascii():
        return int(words)
    words = words.removeprefix("初").replace("廿", "二十").replace("卅", "三十")
    if "十" in words:
        tens, _, ones = words.partition("十")
        return (number(tens) if tens else 1) * 10 + (number(ones) if ones else 0)
    value = 0
    for sign in words or "?":
        if sign not in _DIGITS:
            raise ValueError(f"not a number: {words!r}")
        value = value * 10 + _DIGITS[sign]
    return value


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.VERBOSE)


_GAP = r"[ \t\u3000\xa0]{0,2}"
GAP = _pattern(_GAP)
_LINK = r"(?:(?:起|开始)?(?:持续|延续|一直)?(?:至|到)|起?[-—―~]{1,2}|──)"
# between the two ends of a range: 3月27日[至]29日, 6月1日[起至]8月31日, 1[—]5月, 9:00[~]17:00
LINK = _pattern(rf"{_GAP}{_LINK}{_GAP}")
# between numbers that share one unit, also a list: 1[、]2月份
SHARED_LINK = _pattern(rf"{_GAP}(?:{_LINK}|、){_GAP}")

# between days that follow each other: 4月8日[、]9日, 11月13日[和]14日
LIST_LINK = _pattern(rf"{_GAP}[、和及]{_GAP}")

_MONTH = r"(?:1[0-2]|0?[1-9](?!\d)|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9](?!\d)|三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_YEAR = r"(?:(?:1[89]|20)\d\d)"


def _shared(value: str, unit: str) -> str:
    """A lookahead for a number without its unit where the number behind the link has it: 3月[27]-29日."""
    return rf"(?={_GAP}(?:{_LINK}|、){_GAP}{value}{_GAP}{unit})"


# 2024年, 2024年度, 二〇二四年, [2021]—2023年; not 2024年级
YEAR = _pattern(rf"""
    (?<![\d.])(?P<digits>{_YEAR})(?:{_GAP}年(?:度(?!假))?(?!级|龄|轻|夜饭)|(?P<shared>{_shared(_YEAR, "年")}))
    | (?<![一二三四五六七八九])(?P<chinese>[一二][〇九八][〇一二三四五六七八九]{{2}}){_GAP}年(?!级)
""")
# 2024-04-08, 2024.04.08, 2024/4/8, 2024-04; not 1.2024.4, 2023-2025
ISO = _pattern(r"""
    (?<![\w./-])(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>1[0-2]|0?[1-9])
    (?:(?P=sign)(?P<day>3[01]|[12]\d|0?[1-9])(?![\d年月日]|[-/.]\d)|(?<=[-/]\d\d)(?![\d年月日人个号.]|[-/]\d))
""")
# 今年, 去年度, 次年, 当年; not 以前年度, 60岁以上年龄
YEAR_WORD = _pattern(rf"""
    (?P<word>(?<![以之三两几多\d])大?前年(?!来)|(?<![以晚])上年(?=[度底末全同的])|(?<![今以之])后年
    |{_any(w for w in (*YEAR_WORDS, *NEXT_YEAR, *SAME_YEAR) if w not in ("前年", "大前年", "上年", "后年"))})度?(?!级)
""")
# the parts of a year, behind it or alone: 底, 年初, 年内, 全年
YEAR_PART = _pattern(
    r"(?:年?[底末](?!端)|年?初(?![一二三四五六七八九十中步])|年?内(?!外)|全年|年终(?=[前，。]))"
)
# 年底, 年初, 全年, 岁末 without a year
BARE_YEAR_PART = _pattern(
    r"(?<![\d一二三四五六七八九十每历近两几半多百当])年[底初末内](?![端外])|全年(?!龄)|岁末年初|年末岁初|岁末|年终(?=前)"
)
# 一季度, 第一季度, 首季度, 前三季度, 上半年, 前5个月; not 第3季
QUARTER = _pattern(r"""
    第?(?P<quarter>[一二三四1-4])季度 | (?P<first>首季度?|首个季度) | [前头](?P<quarters>[二三两23])个?季度
    | (?P<half>[上下前后])半年(?!来) | (?<![提以之])[前头](?P<months>1[01]|[2-9]|十一?|[二三四五六七八九两])个?月(?![前来后内])
""")
# the current or a neighbouring quarter: 本季度, 上个季度
QUARTER_WORD = _pattern(r"(?P<which>上|本|下)个?季度")
_NOT_A_MONTH = r"(?!龄|饼|球|嫂|亮|光|租|薪|均|供|刊|革命|怀胎|兰|大(?:$|[，。、；,;)的]))"
# 4月, 3月份, 四月, [1]—5月; not 3个月, 3月龄, 5月大
MONTH = _pattern(rf"""
    (?:(?<![\d.])(?=\d)|(?<![一二三四五六七八九十这每满整近第个\d])(?=[一二三四五六七八九十]))(?P<number>{_MONTH})
    (?:{_GAP}月{_NOT_A_MONTH}(?:份|间|里)?|(?P<shared>{_shared(_MONTH, "月")}))
""")
# 本月, 上个月, 下月份, 当月
MONTH_WORD = _pattern(rf"(?<![以每半晚])(?P<word>{_any(MONTH_WORDS)}|(?P<same>当月|同月))份?(?!球|饼)")
# the thirds of a month: 上旬, 初, 底, 中下旬
THIRD = _pattern(
    r"[中上下]{1,2}旬|初(?![中步心期级衷始一二三四五六七八九十])|[底末](?!端)|中(?=[，。、；,;]|$)"
)
# thirds of a month alone: 月底, 月初, 中旬; not 3月底, 每月底
BARE_THIRD = _pattern(
    r"(?<![\d一二三四五六七八九十每个本上下当])月(?P<part>[初底末内中])(?=前|[，。、；,;]|[\u4e00-\u9fff])(?!外|科|心|国|考)|(?<![上中下])(?P<third>[上中下]旬)"
)
# what turns a number and 日 into something else: 3日内, 15日龄, 5日游
_NOT_A_DAY = r"""(?!内|龄|游|均|留|元|间|本(?!报|届|次|月|周|区|市)|常|报(?!道|名|告|到|讯)|照|程|线|票|租|用|化|子|语|志
    |记(?!者))"""
# What says that 号 and 日 behind a lone number tell a day: 8日[晚上], 3号[那天], 十四号[，], 二十三号[到二十七号]
_PART_BEHIND = r"""(?:上午|下午|中午|午后|傍晚|晚|凌晨|清晨|清早|一早|早[上晨饭]|夜里|夜间|深夜|天[刚没]|[那这当]天|(?:之前|前)?截止
    |起(?![来草步点])|(?:至|到|-|—)(?:[\d一二三四五六七八九十廿]))"""
_OFTEN = "一二三四五六七八九十廿几数多半两百"  # letters in front that make a number a part of another
# 十七号[骑着摩托] at the start of a clause; not 十七号[楼], 二十二号[选手]
_NUMBERED = "[线楼院厅馆门桥井库路车机地文船店公厂棚窗床桌台泵坝煤站口出仓炉矿组位段塔房柜池标选病球电令农卷别称码洞渠沟坑灯街区宿教岸展队工商摊员手钢]"
_LONG_DAY = r"(?:三十一?|二?十[一二三四五六七八九]|二十|廿[一二三四五六七八九]?)"
# the day of a month that stands before it: 4月[2日], 4月[二日], 4月[2号], 3月[27]-29日
# … as people say it: 五月[十二]，  五月[二十]早上
DAY = _pattern(rf"""
    (?P<number>{_DAY})(?:{_GAP}[日号]|(?P<shared>{_shared(_DAY, "[日号]")}))
    | (?P<said>{_LONG_DAY})(?=[，那这]|上午|下午|中午|傍晚|晚上?|清早|一早|早上|夜里)
""")
# a day alone: 2日, 20号上午, [20]日—26日, 十八日, 八日晚上; not 第2日, 19号楼, 3日内, 100日, 三日, 十日谈
BARE_DAY = _pattern(rf"""
    (?<![\d.第月年每近满约逾超过个共百:/])(?P<number>3[01]|[12]\d|0?[1-9](?!\d))
    (?:{_GAP}日{_NOT_A_DAY}(?!后)|号(?={_PART_BEHIND})|(?P<shared>{_shared(_DAY, "日" + _NOT_A_DAY)}))
    | (?<![{_OFTEN}第月年每近满约逾超过个共初为期时续达隔整头这前])(?P<words>{_LONG_DAY}日{_NOT_A_DAY}(?!后)|{_LONG_DAY}号(?={_PART_BEHIND}|[，在])
      |(?<![^，。；:！？\s“])(?:{_LONG_DAY}|[12]\d|3[01])号(?!{_NUMBERED})
      |[一二三四五六七八九十][日号](?={_PART_BEHIND}))
    | (?<=[日号][至到—-])(?P<closing>(?:3[01]|[12]\d|[1-9]|{_LONG_DAY}|[一二三四五六七八九十])[日号]{_NOT_A_DAY})
""")
# 昨日, 今晚, 明天 (not 美好的明天), 今起, 明起
DAY_WORD = _pattern(r"""
    (?P<word>大前天|大后天|(?<!之)前天|前日(?!本)|前晚|昨[天日晚夜]|昨(?=[上下午起])|今[天日晚早晨夜](?!头条|说法|之|\d版)
    |(?<![一-鿿]今)今(?=起)|[昨前今明]儿(?:个|(?![童女子科媳]))|(?<![的好新更是])明[天日](?!之|的|会更|更)|明[晚早晨](?!会)|明(?=起)
    |(?<![的])后天(?!性|努力|的)|后日(?!本)|即日(?=起))
""")
# 上周五, 本周六, 下星期二, 上周; 周六 alone
WEEK = _pattern(r"""
    (?P<which>上上|下下|(?<![以之])上|本|这(?!一)|(?<![以之])下)个?(?:周|星期|礼拜)
    (?:(?P<weekend>末)|(?P<day>[一二三四五六日天])(?![次场期个]|周年))?(?!边|年|围|期|刊|报(?!道|名))
""")
# 周末 alone, at the start of a clause; not 周末剧场
BARE_WEEKEND = _pattern(r"(?<![^，。；！？,;!?\s])周末(?=[，,将举上下晚开](?!市|班|课))")
WEEKDAY = _pattern(r"""
    (?<![每逢到由隔双单一二三四五六七八九十两几\d])(?:周|星期|礼拜)(?P<day>[一二三四五六日天])
    (?![次场期课天家个篇节小年岁鸣例]|[一二三四五六]次)
""")
# the weekday behind a date: 4月2日(星期二)
IN_WEEK = _pattern(
    rf"{_GAP}(?:\((?:星期|周|礼拜)([一二三四五六日天])\)|(?:星期|周)([一二三四五六日天])(?![次场期]))"
)

_HOUR = r"(?:2[0-4]|1\d|0?\d)"
# 9:00, 9时30分, 9点半, 上午九点
CLOCK = _pattern(rf"""
    (?<![\d.:])(?P<hour>{_HOUR})(?: :(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:]) | {_GAP}[时点](?![\d]{{3}}|间|代|评|赞|位|建|意|要|希|名)
        (?:(?P<minutes>[0-5]?\d)分?(?!\d)|(?P<half>半)|整)?)
    | (?P<words>〇|二?十[一二三四]?|[一二三四五六七八九两])[点时](?!间|代|建|意|要|希|名|点)(?P<half2>半)?整?
""")
DAYPARTS = {
    "凌晨": 0, "清晨": 0, "早晨": 0, "早上": 0, "一早": 0, "上午": 0, "早": 0, "全天": 0, "白天": 0, "中午": 11, "午间": 11,
    "正午": 11, "下午": 12, "午后": 12, "傍晚": 12, "晚上": 12, "晚间": 12, "夜间": 12, "夜里": 12, "深夜": 12, "晚": 12, "夜": 12,
}  # fmt: skip
# 上午, 晚; not 晚会, 早餐, 下午茶
DAYPART = _pattern(r"""
    凌晨|清晨|早晨|早上|一早|上午|中午|午间|正午|下午(?!茶)|午后|傍晚|晚上|晚间|夜间|夜里|深夜|全天|白天
    |晚(?!会|报|餐|宴|育|年|期|稻|高峰|辅|风)|早(?!餐|教|期|稻|高峰|已|日|市|茶|于|在|知|就)|夜(?!市|校|游|经|景|跑|大|读|话)
""")
# in front of a date: 截至3月底, 自4月2日, 持续至5月5日, 即日起至5月10日
PREFIX = _pattern(r"""
    (?P<until>截至到?|截[止至][至到]?(?=[\d一二三四五六七八九十上本去今昨目]))
    | (?P<lasting>(?:持续|延续|延长|展出|展期|一直)(?:至|到))
    | (?P<now>[自从]?(?:即日起?|今[日天]?起)(?:持续)?(?:至|到|[-—~]{1,2}))
    | (?P<upto>(?<![\u4e00-\u9fff])到(?=[\d一二三四五六七八九十上本去今]))
    | (?P<since>[自从](?:于)?)
""")
# behind a date: 5月10日前, 今年以来, 6月1日起, 元旦前夕
SUFFIX = _pattern(rf"""{_GAP}(?:
    (?P<around>前夕|前后|左右) | (?P<same>同期)
    | (?P<until>(?:之|以)前(?!的)|前(?![往来去期一二三两列沿线台进身景述提瞻端海门不]))
    | (?P<sofar>以来|至今) | (?P<since>正?式?起(?![来草步点立诉航动源到飞降伏重初底早至])|开始|[之以]后)
)""")
