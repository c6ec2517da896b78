"""The words of figures: numbers, their units, what leads to them, and what makes a number no figure."""

import re

from parsing.lexicon import verbose

_UNIT = r"""
    %|‰|个百分点|百分点
  | (?:万|亿|千|百)?
    (?: 元|美元                                             # money: 3.2亿元
      | 家|个|件|项|人次|人|户|名|位|所|座|处|只|株|套|辆|台|次|条|张|份|起      # things and people
      | 公里|千米|平方米|平方公里|公顷|亩|米|度|吨                         # lengths, areas, weights
      | 微克/立方米|微克|毫克|千瓦时|千瓦|兆瓦|斤|公斤|立方米
      | 天|小时|岁|分|期|例|场|倍
      | 笔|单|棵|册|部|篇|支|批|艘|架|间|组|宗|批次|车次|列|班次|家次|户次|项次
      | 种|款|盏|栋|幢|枚|门|床|张床位
    )
  | 万|亿
"""
_NUMBER = r"""
    (?: \d[\d,]*(?:\.\d+)?                                  # 1,234.5
      | 百分之[一二三四五六七八九十点]+                              # 百分之五
      | [一二两三四五六七八九]成[一二三四五六七八九半]?                # 三成五
    )(?:余|多)?
"""
# No two of them together make a third: what can be parted in two ways is tried in both, again and again.
_CUE = r"""
    (?: 已经?|共计?|累计|总计|合计|达到?了?|达|为|是|突破了?|超过?了?|逾|约|近|仅为?          # [累计达到]35.2万元
      | 稳定在|保持在|维持在|增至|升至|降至|增加到|提高到|提升至|提升到|下降到|扩大到
      | 同比|环比
      | 比(?:上年|去年|上月|同期)[^\d，]{0,6}                                     # 产值[比上年同期增长]5%
      | 较(?:上年|去年|上月|同期|年初)[^\d，]{0,8}
      | 实际|名义|增长了?|下降了?|提高了?|提升了?|减少了?|增加了?|上升了?|回落了?|压减了?|缩短了?
      | 平均|实现|完成|有|占|占比|增幅|增速|降幅|翻了?|分别|首次|：
    )
"""
# 完成投资[累计达5260万元]; seldom are more than four cues together
FIGURE = verbose(
    rf"(?P<cue>(?:\s*{_CUE}){{0,6}}\s*) (?P<number>{_NUMBER}) (?P<unit>{_UNIT}) (?P<after>[^，。；]{{0,12}})"
)
AMOUNT = verbose(rf"{_NUMBER} (?:{_UNIT})")
MAY_HOLD = re.compile(r"\d|百分之|成")  # what every number has: a cheap look before the dear one

# A clause that says by how much the figure in front changed, or what share or rank it is: [同比]增长5%
CHANGE = verbose(
    r"""^(?: 同比|环比|比上年|比去年|较上年|较去年|较同期|按可比价格?(?:计算)?|可比增长
          | 增长|下降|增幅|降幅|增速|名义增长|实际增长|两年平均
          | 占(?:全|总|比|到)|高于|低于|高出|快于            # [占全]区的三成
          | 完成(?:全年|年度) | 位[居列]|排名|居 | 其中增
        )
    """
)
# With one of these a number measures; without, it may only count what was there.
STRONG_CUE = verbose(
    r"""累计|同比|环比|增长|下降|提高|提升|占比|增幅|增速|突破|达到|共
      | 率(?:已|为|达|仅|稳|保|超|\d|同|比|较|提|上|下|增)      # 解决[率达]98%
      | 比上年|较上年|较去年|比去年|首次
    """
)
# Sizes, prices, durations and plans that a text names in passing.
PASSING = verbose(
    r"""建筑面积|占地|总投资|投资|规划|全长|总长|长约|全宽|高约|高度|容纳|车位|床位|座位|距离   # [占地]30亩
      | 注册资本|票价|价格|单价|最高|最低|奖励|补贴|补助|罚款|售价|原价|名额|限额            # [最高]奖励5万元
      | 气温|海拔|每[人户天日月年]|人均年龄|年龄|平均年龄|时速|历时|耗时|用时              # [历时]3个月
      | 可供|可停|可提供|可服务|可满足                                           # [可停]200辆
      | 预计|力争|目标|确保|计划|将|拟|不低于|不少于|不超过|以上$|以内                  # [力争]100家
      | 设计|核定|门牌|楼层|层$|全程|库容|为期|历经|从业|相距|面积
    """
)
# Nothing but these is no metric: [吸引]3000人, [共有]12家. No two of them together make a third, as above.
METRIC_NOISE = verbose(
    r"""^(?: 来自|覆盖|惠及|服务|吸引|组织|邀请|设置|设立|分为|包括|包含|涉及|带动|共有|现有|拥有|参加|参与
          | 近|超|余|每|有|达|约|为|是|在|的|了|和|与|从|到|至|由|第|已|对|将|给|让
          | 送上|送去|安装|投入|捐赠|捐款|出动|走过|经过|距|跑完|历时|收到|接到|带领|率领|组成|聚集|前来|现场|走进|走访
          | [一二三四五六七八九十\d]+年来
          | 共计|累计|总计|合计|仅|又|再|还|近年来|目前|其中|分别|不到
        )+$
    """
)
# Verbs before a metric's name: [完成]固定资产投资
LEADING_VERB = verbose(
    r"""^(?: 全[区市县镇村街校院]|区|我区|共|累计|已|实际|实现了?|完成了?|达成
          | 招引|引进|引育|培育|审批|核发|发放|受理|办理|办结|发布|开展|接待|签约|到位|建成|新建|改造|新增
          | 处置|解决|查处|整治|拆除|清理|回收|兑现|落实|拨付|减免|销售|生产|出口|进口|挽回|化解|调处|检查
          | 接收|收到|组织|完成率
        )
    """
)
# These count so much else that a strong cue must tell the figure: 3[名] is no figure, 增长3[位] is.
LOOSE_UNITS = frozenset(["万", "亿", "分", "岁", "度", "位", "期", "米", "天", "小时", "名"])
