"""The words around a metric: the number behind it, what leads to that, whose it is, and who did it."""

import re

from parsing.lexicon import verbose

_MANY = "一二两三四五六七八九十百千"
# --- the number ---

# The first letters of a number. A unit belongs here where the genre writes its number in Chinese.
NUMBER = verbose(
    rf"""\d                                                              # 旅客[3]万人次
      | [{_MANY}][{_MANY}万]*[多余]?
        (?: 成|个|件|万|块|分|起|台|座|次|人|户|毛|家|条 )                     # 修好[三百多台]收割机
      | [{_MANY}]{{2,}}万?[余多]?
        (?: 吨|斤|亩|辆|套|张|条|棵|株|亿|公里|米|度|所|处|名|家 )              # 收麦[三千余亩]
      | 百分之 | [{_MANY}]+(?=块|毛|眼)                                    # 出栏率[百分之]九十
    """
)
# A number that is a part of a name: [12345热线], [5G]基站, [3号]线, [0.5岁]
IN_NAME = re.compile(r"[\d.]+(?:热线|[A-Za-z号路届岁以]|、\d+号)")
# A letter in front of such a number: 第3, PM2.5
BEFORE_IN_NAME = tuple("第某每这那ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.0123456789_{")
# A metric that tells by itself what number follows it: 两镇[垃圾分类参与率]已达95%
RATE = re.compile(r"[^，。；\d%]{0,24}(?:率|占比|比重|满意度)(?=(?:均|已|仍|也)?(?:为|是|达到?|仅)?[\d百])")
# What is left of the number of another thing in front of a rate: 103[个]项目复工率
UNIT = re.compile(r"^(?:万|亿)?[名个家件条座处户所项套株亩岁]")

# --- between metric and number ---

# A word belongs here that leads from a metric to its number, at the metric's end.
LEADS = verbose(
    r"""(?: (?: 同比|环比|(?<!占)比|较 ).{0,14}                             # 税收[同比增长]
          | 由.{0,6}的? | 由|从                                          # 平均等候[由136天]
          | 均?已|均|也|还|又|就|便|却|只|可|才|再|仍|首次|头一回|一度          # 粮食产量[首次]
          | 一共|总共|共计|共|总计|合计|共同|分别                             # 投入[一共]
          | 大约|近|逾|超|约|仅|只有                                       # 藏书[近]
          | 达到?|达至|突破|超过|为|是|有|合|折合.{0,4}|(?<=.{3})占|：|\s       # 客流[突破]
          | (?<![产总加货均价])值了?                                        # not 总值
          | 增至|降至|升至|减至|提升至?|缩短[至为]?|收窄                        # 用时[缩短至]
          | 提高到?|下降到?|上升到?|增长到|提到|掉到了?                        # 绿地率[提高到]
          | 攀升[至到]|跃升[至到]?|回升[至到]|扩大[至到]                       # 库存[回升至]
          | (?: 降|升|涨|跌|减|少|掉|落|长|滑 )(?: 到|至|成 )了?               # 水位[落到了]
          | 稳定在|保持在|维持在|剩下                                       # 空置率[保持在]
          | 增长|上升|提高|增加|上涨|净增|涨了?|多了?|多进了|高出|增              # 床位[净增]
          | 下降|减少|回落|下滑|连跌|降了?|少了?|压缩|倒?便宜了                 # 能耗[下降]
          | 完成|实现|接了                                               # 固定资产投资[完成]
          | 的(?: 增速|增幅|降幅 )|增速|增幅|降幅                             # 产值[的增幅]
        )$
    """
)

# --- in front of the metric ---

# Whose the number is, where no body is known by name, or since when; a country's or province's keeps its name.
OWNER = verbose(
    r"""(?: 全[区市县旗镇乡村街校院]的? | 我[国省区市县们]的?                    # [全区的]绿地率
          | [镇村园市县区旗]里(?!的|人) | 辖区(?!企业|居民) | 公司(?!债)        # [村里]药材收入
          | 各[^，]{1,6}?(?: 单位|部门 )(?=共|累计) | 一斤 | 其中              # [各成员单位]共受理投诉
          | 全年|当[天日年]|今年(?: 以来|的 )?|去年|本年度|年末|同期|当期|期间     # [今年以来]投诉量
          | [一二三两四五六七八九十]天里 | 近[一二三两四五六七八九十]年            # [三天里]客流
          | 又|还|也|却|而|可(?=[一菜])                                    # [却]产量
        )+
        (?=.{2})
    """
)
# Verbs that bring a number and are no part of what is measured; a verb that is, such as 接待, does not belong here.
BRINGS = verbose(
    r"""(?: 累计|一共|共|已经|已 )*
        (?: 实现|组建|设置|开设|集聚|培育|招引|落实|拥有|建有|现有|共有           # [累计培育]农民合作社
          | 收到|收下|收了|备下|卖出|开行|提交|出                            # [共收到]议案
        )了?
        (?=.{2})
      | (?: 共|已|已经 )(?=.{2})
    """
)
# The same, but only in front of a sum: [完成]一般公共预算收入; not 完成率
COMPLETED = re.compile(r"完成(?=.*(?:税收|收入|产值|投资|总值|总额|进出口|预算)$)")
# … and behind whose it is: 规上工业企业[实现]营收
LEVEL_INSIDE = re.compile(r"(?<=.{4})实现(?=总产值|营收|产值|收入)|(?<=.{4})完成(?=总产值|营收|产值)")
# Nothing but whose it is: [全区], [集团], [平台上的商户]
OWNER_ONLY = re.compile(r"全[区市县镇乡村街校院]|公司|集团|我[国区市院校]|街道|平台.*")

# --- who did it ---

# Behind the body that a phrase begins with: the body is who did it, not a part of the metric's name.
DEED = verbose(
    r"""的
      | (?: 共|已|累计|各类|本年度|全年|近[一二三]年|新|在册|接诉即办               # 区图书馆[累计]外借图书
          | 接待|受理|完成|实现|生产|引进|收集|清理|排查|落实|提交|处置            # 青石景区[接待]游客
          | 开展|开|集聚|建成|建立|拆除|查验|发送|运送|卖|收                     # 火车站[发送]旅客
        )
    """
)
# In front of the metric, no body known by name: [冬防行动]累计排查隐患, [青石景区]接待游客, [北馆、南馆共]接待读者
DOERS = verbose(
    r"""^ [^，]{2,40}?
        (?: 景区(?=接待)
          | (?=累计(?: 排查|接待|受理|查处 ))
          | 共(?=接待|受理|排查|查处)
        )
    """
)

# --- the deed itself, where nothing else is measured ---

# Of the metric told before: 其中[新增]34个, [日均]153万人次
ALONE = re.compile(r"(?:今年)?(?P<deed>新增|日均|人均|户均)(?=\d)")
# 11所夜校共[授课]134期, 在大渡河流域累计[放流鱼苗]86万尾
AFTER_SUM = re.compile(r"(?P<sum>累计|共)(?P<deed>[^\d，]{2,14})\d")
# 214家[门店装上净化装置]
AFTER_NUMBER = re.compile(r"\d[\d.,万亿]*[余多]?(?:家|名|个|所|处|座|户|位|条)(?P<deed>[^\d，]{4,20})$")
# The deed says nothing by itself, what was counted does: 接了四千多个[求助电话]
COUNTED = re.compile(
    rf"(?:接|办|收|发|修|送|做)了?[\d{_MANY}万]+[余多]?(?:个|件|份|封|台|次|家|位)(?P<what>[^，。\d]{{2,12}})$"
)
# No metric: only a change, a price or a verb: [每天平], [折合每亩], [卖到了]
NO_METRIC = verbose(
    r"""(?: 一天|每天|每月 )?平
      | (?: 动了手|卖掉|卖到|做到|进来|改完|接 | 下滑|上涨|降|涨|比
          | 累计|一年|每.{1,6}|分别|去年|又|仅|折合.*
        )(?:的|了)?
      | .{0,8}了
    """
)
# A clause that tells where a number comes from: [据]市[统计]局, 一份[快报]
SOURCE = re.compile("记者|据|统计|公布|披露|显示|通报|数据|数字|发布|报告|说|账|表格|快报|公报|介绍|对外|：")
