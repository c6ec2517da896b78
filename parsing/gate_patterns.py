"""The words that gates look for, each group with an example of what it turns down."""

from parsing.lexicon import verbose

# --- what did not happen ---

NEGATION = verbose(
    r"""(?: 未能?|没有?|并未|尚未|不再          # 怪村[未]获评“首都文明村”
          | 无缘|落选                          # [无缘]全国先进
          | 取消|推迟|延期|暂缓|停办|拒绝        # [取消]举办庙会
          | 不得|不能|不会|无法|避免|防止|禁止|谢绝
        )
        [^，；。、]{0,6}$                       # at most so far in front of the trigger
    """
)
NEGATED_AFTER = verbose(r"^[^，]{0,4}(?:未果|失败|取消|推迟|延期|被叫停)")  # 签约[未果]

# --- what is wished for ---

# A wish at the head of the clause or right before the trigger: 要[加快]建设…, 并[力争]开工
WISH = verbose(
    r"""(?:^|[，、；：“]|并|还|也|都|将|下一步)
        (?: 要|应|应当|须|必须                                        # [要]召开专题会议
          | 希望|期待|欢迎|力争|争取|探索|谋划
          | 推动|推进|加快|促进|鼓励|支持|引导|努力|继续|进一步|不断|持续    # [推动]项目开工
          | 着力|确保|切实|全力|抓紧|坚持|深化|强化|加强|加大
          | 力促|助力|积极推动|积极推进|大力推动|大力推进|支撑|帮助          # [助力]企业获得授权
          | 推荐|申报|申请|筹备|筹建|准备|打算                           # [申报]国家级园区
          | 想|能|愿|愿意|可以?|尽快|尽早|早日|早|逐步|适时                 # [早日]通车
          | 围绕|聚焦|统筹|用好|让|使|通过|以便|有助于|提出
        )
        [^，；。]{0,10}$
    """
)

# --- what is still to come ---

FUTURE = verbose(
    r"""将(?!近|军|来|士|领|帅)                    # [将]于5月1日开园; not 将近百人
      | 拟(?!态|人) | 定于|即将|预计|计划(?:于|在)|有望|届时|争取|力争
      | 要(?!求|素|闻|点|事|道|员)                 # [要]开工; not 要求
      | 准备|打算
    """
)
# Expected only, day or no day: readers differ on it.
UNSURE = verbose(
    r"""预计 | 计划(?:于|在|今|明|年|\d|\u3000)       # [计划于]9月投用; not 三年行动计划
      | 力争|有望|争取|预期|初步|拟于
      | 拟(?=\d|在|今)                           # [拟]5月开放
    """
)
CONDITION = verbose(
    r"""^(?: 如果?|若|假如|倘若|一旦|只要|只有|要是|除非   # [如]遇大雨停办
          | 待|等到?|当                             # [待]项目建成
          | 无论|不管|即使|哪怕|凡
        )[^，]*$
    """
)

# --- what is done again and again ---

HABIT = verbose(
    r"""定期|不定期
      | 每[年月周天季逢次期届晚日] | 历[年届次]            # [每月]召开研判会
      | 经常|常态化|时常|往往|多次|不时|一直|长期|常年|有时|总是|再三|屡|通常|平时|动辄|随时
    """
)
HABIT_PLURAL = verbose(
    r"""各类|各种|多种|一系列|系列|多场|丰富多彩|形式多样|诸如|之类   # 开展[各类]活动
      | 等(?:各类|活动|形式)
      | (?<![第\d])\d+(?:余|多)?[场次](?!新闻)                 # 举办[20余场]讲座; not 第3次, 20场新闻发布会
    """
)
# Routine work, where nothing else makes an occasion of it: 开展垃圾分类[宣传教育]
ROUTINE = verbose(
    r"""排查|整治|治理|筛查|宣传教育|专项检查|巡逻|清理|消杀|培训$|帮扶|走访|教育
      | (?:服务|慰问|创建|学习|教育|宣传|主题|建设|文化|文体|实践|系列|志愿)活动
      | 志愿服务 | 各[项类]活动
    """
)
# Verbs that say only that something was done.
LIGHT_VERBS = frozenset(
    ("开展", "组织", "组织开展", "推出", "开展了", "组织了", "进行", "开启", "开设", "联合开展")
)

# --- what only names a thing ---

# Behind the trigger: the clause speaks of the happening and does not tell it. 召开[的]会议, 开园[以来]
NOMINAL_AFTER = verbose(
    r"^(?: 的(?!$) | 后$|后[^，]|以来|之后|前夕|仪式上 | 工作|力度|方式|情况|过程|能力|率 )"
)
# A project that is called by its kind alone: 该[项目], 一批[工程]
NAMELESS = verbose(
    r"""(?:该|本|此|这|其|各|一批|一个|多个|新)?
        (?:项目|工程|服务|中心|平台|工作|系统|试点|机制|计划|建设)
    """
)
# The meeting told before: [本次会议]以视频形式召开
SAME_MEETING = verbose(r"(?:本次|此次|这次|该)?(?:会|会议|大会)")
QUESTION = verbose(r"多少|几[个项家次条]")  # 解决了[多少]问题

# --- figures ---

# A target or forecast, not a measure: [力争]增长5%
TARGET = verbose(
    r"""力争|目标|预期|确保|计划 | 将(?!近) | 要(?!求) | 拟
      | 到20[2-9]\d年|到“                        # [到2027年]达到100家
      | 不低于|不少于|控制在|预计|有望
      | 预算(?!收入|支出) | 规划|争取                # [规划]面积; a budget's 收入 is a measure
      | 达到[^，]{0,10}以上|以上目标|今后|未来|明年
    """
)
# A sum or a change is told for a period even where none is named: [累计]接待3万人次
SUM_OR_CHANGE = verbose(r"累计|共|同比|环比|较|比上年|比去年")
