"""What a page is furnished with besides articles: mastheads, jump lines, credits, tables, the frame of a web page.

All tests take the normalised text of one line or paragraph.
"""

import re

from parsing.name_shapes import surname_length

DATELINE = re.compile(
    r"""^(?:本报讯|又讯|本报综合消息|本报.{0,6}电|.{2,8}(?:日报|晚报|晨报|时报|融媒|社)讯|新华社.{0,12}电
        |（(?:本报)?(?:记者|通讯员)|本报记者\s*\S{2,4}\s*(?:报道)?\s)""",
    re.VERBOSE,
)
_BULLET = re.compile(
    r"""^(?:[●■▲▼◆◇★☆○□►▶•·※◎](?!.{1,8}·$)|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、
        |（[一二三四五六七八九十\d]{1,2}）)""",
    re.VERBOSE,
)
_SYMBOL = re.compile(r"^[●■▲▼◆◇★☆○□►▶•※◎]")
_QUESTION = re.compile(r"^(?:问|答|[QA])：")

# （上接01版）, 下转第3版, （转2版）, （详见第3版）, (上接A1版《标题》)
_PAGE = r"(?:[A-Z]?\d{1,2}|[一二三四五六七八九十]{1,3})"
_JUMP_WORDS = rf"(?:上接|下转|紧接|接|转|详见|见)\s{{0,9}}第?\s{{0,9}}{_PAGE}\s*版"
JUMP = re.compile(rf"^[（【]?\s*{_JUMP_WORDS}.{{0,20}}$")
JUMP_AHEAD = re.compile(rf"^[（【]\s*{_JUMP_WORDS}[^）】]{{0,24}}[）】]\s*")
JUMP_BEHIND = re.compile(rf"[（【]\s*{_JUMP_WORDS}[^）】]{{0,12}}[）】]\s*$")
JUMP_BEFORE = re.compile(r"上接|^[（【]?\s*紧?接")  # begins on another page; else it goes on there
JUMP_PAGE = re.compile(r"([A-Z]?)(\d{1,2})\s*版|第([一二三四五六七八九十])版")

MASTHEAD = re.compile(
    r"""(?:责(?:任)?编(?:辑)?|美编|校对|版式|组版|主编|值班(?:编委|主任|总编)|电子(?:邮|信)箱|新闻热线|投稿邮箱
          |本报地址|广告(?:热线|刊登|部))[：:\s/] | 国内统一 | 邮发代号
      |^(?:编辑|审核|初审|终审|撰稿|供稿|签发)[：:/]                # 编辑：小满  审核：芦苇
      |^\S{0,12}\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:星期.|周.)
      |^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$                      # 2024年4月8日
      |^(?:\S{2,8}\s+)?(?:星期.\s*)?[二〇○零一]{2}[〇○零一二三四五六七八九]{2}年.{1,3}月.{1,3}日   # 二〇二四年四月八日
      |^\S{0,6}\s*\d{4}[./-]\d{1,2}[./-]\d{1,2}\s*(?:星期.|周.|\d{2}\s|$)          # 新河报 2024.4.8 星期一
      |^(?:星期.|周[一二三四五六日])$ | (?:^|\s)总?第\s*\d+\s*期(?:\s|$) | (?:^|\s)农历\S{4,8}(?:\s|$)
      |^第?\s*[A-Z]?\d{1,2}\s*版(?:[\s：:·]|$)|\s第?\s*[A-Z]?\d{1,2}\s*版(?:\s|$)  # 02版：综合
      |^广\s*告$ | 扫码关注 | 扫(?:描|一扫).{0,8}二维码 | ^关注.{0,8}公众号""",
    re.VERBOSE,
)
# A page's name and number at its top or foot: A2 龙潭观察, 综合 | 3, 02 要闻
PAGE_LABEL = re.compile(
    r"""^(?=\S{2,8}[\s·]+\S)[^，。]{2,10}(?:要闻|综合|新闻|副刊|专版|民生|时政|街坊|特刊)[^，。]{0,6}$
      |^(?:[A-Z]\d{1,2}|0\d)\s*[|/·:：\s]\s*\S{2,6}(?:[·、]\S{2,4})?$
      |^(?!.{60})\S{2,6}(?:[\s·]+\S{2,8}){0,2}\s*[|/·\s]\s*(?:[A-Z]\d{1,2}|0?\d)$""",
    re.VERBOSE,
)
# A paper's name at the top: 新河时报, 新河通讯, 今日新河
PAPER_NAME = re.compile(
    r"""^(?:今日\S{2,4}|\S{2,6}(?:[日时晚晨新周导早]报|报|通讯|时讯|资讯|晨讯|新闻|民声|视窗|之窗|观察|论坛|[侨周时月]刊|要闻))
        (?:[\s·]+\S{2,6}){0,2}$""",
    re.VERBOSE,
)
# The frame of a web page: breadcrumb, buttons, neighbours.
WEB_FRAME = re.compile(
    r"""^[^。，>]{2,24}(?:\s*>{1,2}\s*[^。，>]{2,16}){1,4}$ | ^(?:首页|主页|您?(?:的|当前|现在|所在)(?:的)?位置|当前栏目)\s*[：:>»/|-]|^位置\s*[：:]\s*首页|>\s*正文$|^首页\s+\S+\s+\S+|^\[?【?\s*(?:打印|关闭|收藏|纠错|返回|分享)
      |^(?:上一篇|下一篇|上一条|下一条|相关(?:链接|阅读|附件)|附件(?:下载)?|分享到?|扫一扫|来源网址|索引号|文章评论)\s*[：:\d]
      |^(?:浏览|阅读|点击)(?:次数|量|数)?[：:]?\s*\d*$|^字号[：:]|^(?:主办|承办)(?:单位)?[：:]|^(?:版权所有|网站标识码|.{0,4}ICP备)""",
    re.VERBOSE,
)
# Under a web headline: 发布时间：2024-05-17 17:42 来源：区融媒体中心 浏览次数：318 字号：大 中 小
WEB_DATE = re.compile(
    r"""^(?:[^。，]*(?:来源|发布|更新|发表|上传|融媒|网|报|号|作者|编辑|记者)[^。，]{0,12}[\s：:])?
        \[?(?:20)?\d{2}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}日?
          (?:[\s\]）]*$|[\s\]）T]*\d{1,2}:\d{2}(?::\d{2})?(?:\s.*)?$
            |[\s\]）].*(?:来源|发布|作者|编辑|浏览|阅读|点击|字号|字体|人次|分享|打印).*$)
      |^(?:发布|更新|发表|上传)(?:时间|日期)\s*[：:].*$ | ^(?:时间|日期)\s*[：:]\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}
      |^(?:信息|文章|稿件)?来源\s*[：:]\s*\S{2,20}(?:\s+\S.*)?$
      |^(?:发布|来源|作者)\S{0,3}\s*[：:].*(?:浏览|阅读|点击|字号|字体|时间|日期).*$""",
    re.VERBOSE,
)
_BYLINE = re.compile(
    r"""^[□■◎☉（【]?\s*(?:本报|本刊|特约|见习|实习|特邀){0,2}\s*
          (?:记者|通讯员|评论员|作者|实习生|文[/、]?图|文[/、]|图[/、]|摄影|整理|口述)(?:[\s/：、]{1,3}\S.{0,30}|[：）】]?)$
      |^(?:[□■◎☉（【]|本报|本刊|特约)\s*(?:本报|本刊|特约)?(?:记者|通讯员|评论员|作者)[\u4e00-\u9fff]{2,4}[）】]?$  # （记者毕研墨）
      |^[□■◎☉]\s*\S{2,10}\s+\S{2,4}(?:\s+\S{1,4}){0,2}$        # □ 区委党校 岑鹿鸣
      |^□\s*\S{2,4}$ | ^\S{0,10}(?:居民|读者|市民|村民|教师|工人|学生|业主|党员|网友)\s+\S{2,4}$
      |^（[\u4e00-\u9fff\s]{2,12}）$                             # （区行政审批局）""",
    re.VERBOSE,
)
# 栏目: a column's name stands above a headline and is none itself.
COLUMN = re.compile(
    r"""^[·■◆【\[｜|]*\s*(?:读者来信|编读往来|来信照登|记者(?:手记|追访|调查|观察|走基层|札记)|采访手记|手记
          |政策(?:问答|解读)|.{0,3}[时短微快锐热]评|.{0,2}评论|评论员文章|社论|微言|随笔|杂谈|杂文|散文|诗歌|理论(?:茶座|学习|园地|前沿)
          |人物(?:剪影|志|故事|风采)?|看台|副刊|新闻链接|相关链接|延伸阅读|资料链接|编后(?:语)?|编者按|卷首语|身边(?:好人|榜样)
          |\S{2,4}之声|\S{2,4}拾穗|\S{2,4}[·•]\S{2,4}|新春走基层|百姓(?:故事|生活)|今日(?:看点|关注|聚焦)|聚焦\S{2,6}
          |特写|侧记|专访|对话|综合新闻|图片新闻|本报评论员)\s*[·】\]｜|：]*$""",
    re.VERBOSE,
)
# A list of what stands on other pages: 区两会胜利闭幕 …… 02版
CONTENTS = re.compile(
    r"^(?:本期)?(?:导读|导航|要目|今日看点|内容提要|目录)$|^[^。]{4,44}(?:[.…·]{2,}\s*|[→▶►>]+\s*)第?[A-Z]?\d{1,2}版?$"
    r"|^[^。]{4,44}(?:\s{2,}|/\s*)第?[A-Z]?\d{1,2}版$"
    r"|^[^。]{4,44}[（]?(?:详见|见|转|→|▶|▷)\s*第?[A-Z]?\d{1,2}版[）]?$"
)
SEPARATOR = re.compile(r"^(?:[＊*]\s*){2,}$|^[-—=_~·…◇◆○●☆★\s]{3,}$|^(?:（完）|【完】|完|■|□|◆)$")
CREDIT = re.compile(r"(?:摄|供图|图自\S{0,8}|图片来源.{0,12}|资料图片?|资料照片)[）)]?\s*$")
LONE_CREDIT = re.compile(r"^（?[^。，]{0,16}(?:摄|供图|图自\S{0,8}|资料图片?|资料照片)）?$")
_CAPTION = re.compile(r"^[▲▼◀▶△]?\s*(?:图为|图[①-⑩]|上图|下图|左图|右图|题图|图：|[①-⑩]\s)")
# The site that a page was taken from: 新河区人民政府门户网站
SITE_NAME = re.compile(
    r"^\S{2,20}(?:政府(?:门户)?网站?|政[务府]网|信息网|门户网站|新闻网|官网|融媒体?(?:中心)?|公众号|客户端)$"
)
# The head of a site's page or a bulletin: 新河文化 微刊 2019年1月11日, 第16期（总第207期） 党政办编印, 〔第38期〕 2024年9月27日,
# 政策服务台｜第15问, 河边之窗 新河日报社 合办
_HEAD_LINE = re.compile(
    r"""^[^，。！？]{2,48}\s(?:20\d\d|[二〇○零]{2}[〇○零一二三四五六七八九]{2})年\d{1,2}月\d{1,2}日(?:\s[^，。]{0,24})?$
      |^[^，。！？]{0,24}(?:^|[\s〔（【年])总?第\s*[\d一二三四五六七八九十百]{1,4}\s*期(?:[\s〕）】（][^，。！？]{0,40})?$
      |^\S{2,16}[｜|]\s*第[\d一二三四五六七八九十百]{1,4}[期讲问号集辑]$
      |^[^，。！？]{2,16}\s[^，。！？]{2,30}\s(?:主办|合办|承办|协办|编印|主编)$""",
    re.VERBOSE,
)
# A row of a timetable: 3月5日 周四 13:30 文化广场 零工专场, 东门至云秀路 5:00—9:30
_TIMED_ROW = re.compile(
    r"""^\d{1,2}月\d{1,2}日(?:[、至—-]\d{1,2}(?:月\d{1,2})?日)?(?:（\S{1,3}）)?(?:\s+[^\s，。]{2,20}){2,6}$
      |^[^，。]{2,30}\s\d{1,2}:\d{2}\s?[-—–~至]{1,2}\s?\d{1,2}:\d{2}$""",
    re.VERBOSE,
)
_CELL = re.compile(r"[-+]?\d[\d,.]*(?:[%‰]|[\u4e00-\u9fff]{1,3})?|[-—]+")
# 便民提示, 【民生速递】, ·简讯·: opens a list of short items.
_SECTION = re.compile(
    r"""^[【·\[<《]?\s*(?:(?:便民|温馨|友情|出行|生活|服务|民生|惠民|社区|一周|要闻|市民|天气|健康|办事|停[水电气]){1,2}
          (?:提示|信息|速递|服务|通告|公告|之窗|速览|快递|快讯|贴士|指南|通知|播报|日历|看板|提醒|窗|台)+
          |(?:简|短|快|要|微)[讯闻波]|一句话新闻|新闻集装箱|.{2,4}传真|通知公告)\s*[】·\]>》]?$""",
    re.VERBOSE,
)
_SALUTATION = re.compile(
    r"^(?:各位|尊敬的|亲爱的)?\S{0,8}(?:同志|朋友|市民|居民|读者|代表|委员|乡亲|家长|同学|业主|老师)们?[：，]$"
)
_UNIT = re.compile(r"^[（]?(?:计量)?单位\s*[：:]|（(?:计量)?单位\s*[：:][^）]*）$|^注[：:]")
_SIGNATURE = re.compile(
    r"""^[^\s，、：“”《》！？]{2,24}(?:局|委|办|公司|大队|支队|中心|委员会|组委会|指挥部|办公室|街道办事处|人民政府|管理[所处]|党校|工会|协会|妇联|团委|馆|院)$""",
    re.VERBOSE,
)


def starts_anew(text: str) -> bool:
    """Whether a line can't be the second half of a broken sentence."""
    return bool(DATELINE.match(text) or _BULLET.match(text) or _QUESTION.match(text) or JUMP.match(text))


def is_numbered(text: str) -> bool:
    """Whether a line begins like an item with a number, or like a line broken after 周: 三、周六各开放一天"""
    return bool(_BULLET.match(text)) and not _SYMBOL.match(text)


def is_bullet(text: str) -> bool:
    """Whether a block is an item of a list."""
    return bool(_BULLET.match(text))


def is_titled_item(text: str) -> bool:
    """Whether a block is a printer's symbol and a few words that head what follows: ■ 停水通知"""
    return has_symbol(text) and len(text) <= 18 and not re.search("[，。；：！？]", text)


def is_number(text: str) -> bool:
    """Whether a line is nothing but a number: a page's, or a cell of a table."""
    return not re.search(r"[A-Za-z\u3400-\u9fff]", text)


def has_symbol(text: str) -> bool:
    """Whether a block begins with a printer's symbol: ● ▲ ◆"""
    return bool(_SYMBOL.match(text))


def is_question(text: str) -> bool:
    """Whether a block is a question or an answer of an interview."""
    return bool(_QUESTION.match(text))


def reads_as_caption(text: str) -> bool:
    """Whether a block says what a picture shows, or who took it."""
    return bool(_CAPTION.match(text) or CREDIT.search(text) or text[0] in "▲▼△")


def is_byline(text: str) -> bool:
    """Whether a line names who wrote, or who is answerable: □ 舒海声; 本报记者 祝云; （区行政审批局）"""
    if len(text) > 40 or "。" in text or COLUMN.match(text):
        return False
    return bool(_BYLINE.match(text)) or (text[0] in "□■◎☉" and is_name(text[1:].strip()))


def is_name(text: str) -> bool:
    """Whether a line may be nothing but a person's name: 鲁谷川, 范 进 山, 读者 桂先生"""
    letters = text.replace(" ", "")
    if re.search(r"\s\S{1,3}(?:先生|女士|同学)$", text):
        return True
    length = surname_length(letters, 0)
    if not letters:
        return False
    return 2 <= len(letters) <= 4 and 0 < length < len(letters) <= length + 2


def is_signature(text: str) -> bool:
    """Whether a line may be the body that signs a notice: 新河供水有限公司"""
    return bool(_SIGNATURE.match(text))


def is_issuer(text: str) -> bool:
    """Whether a line names nothing but the bodies that a page is from: 新河区卫生健康局 健康服务专栏"""
    first, *others = text.split()
    return is_signature(first) and all(
        is_signature(piece) or piece.endswith(("专栏", "专刊", "之窗", "信息", "简报")) for piece in others
    )


def is_section(text: str) -> bool:
    """Whether a line is the heading of a list of short items: 便民提示, 【民生速递】"""
    return bool(_SECTION.match(text.replace(" ", "")))


def is_salutation(text: str) -> bool:
    """Whether a line speaks to somebody, and so opens a letter or a speech: 编辑同志："""
    return bool(_SALUTATION.match(text))


def is_frame(text: str) -> bool:
    """Whether a line belongs to the page rather than to an article."""
    if len(text) > 120 or "。" in text or is_table_row(text):
        return False
    if any(pattern.search(text) for pattern in (MASTHEAD, WEB_DATE, CONTENTS, SEPARATOR)):
        return True
    return "，" not in text and bool(WEB_FRAME.search(text))


def is_head_line(text: str) -> bool:
    """Whether a line at the top of a page tells its paper, number or day: 新河文化 微刊 2019年1月11日"""
    return bool(_HEAD_LINE.match(text))


def is_table_row(text: str) -> bool:
    """Whether a line is a row in columns, of numbers or of a timetable: 北郊镇 21 9.6; 3月5日 周四 13:30 广场"""
    if _TIMED_ROW.match(text):
        return True
    label, *cells = text.split() or [""]
    return len(cells) >= 2 and not _CELL.fullmatch(label) and all(map(_CELL.fullmatch, cells))


def heads_table(text: str, row: str) -> bool:
    """Whether a line names the columns, or the unit, of the table whose first row is given: 镇名 项目 投资"""
    if _UNIT.search(text):
        return True
    return is_table_row(row) and len(text.split()) == len(row.split())
