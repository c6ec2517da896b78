"""Words that tell whose figure it is, who gives notice, and who builds or runs what is launched."""

import re

# Bodies that tell figures and are not what is measured: 区[统计局].
REPORTER = re.compile("(?:统计局|统计部门|统计队|调查队|记者|新闻办|数据局)$")
TELLS = re.compile(
    r"""\s*(?!召开|举行)[^，。；]{0,14}?                                  # 市统计局[昨天发布]
          (?:介绍|发布|公布|通报|显示|给出|测算|统计|解读|透露|提供|获悉|说|称|表示|预计|核算)
      | \s*的(?:数据|统计|表格|账|报告|报表|公报|监测|调查|清单|消息)             # 市统计局[的数据]显示
    """,
    re.VERBOSE,
)
# What only counts or sorts.
GENERAL = re.compile(
    """^(?:规模以上|规上|限额以上|高新技术|高技术|新设|新增|重点|全国|辖区|前.季度|老旧|民营|外资|中小|科技型?   # [规上]工业企业
         |战略性?|城镇|农村|居民|其他|其中|第[一二三]产业|既有|一批|入驻|注册|日均|人均|户均|累计|期间|全年   # [前三季度]辖区企业
         |各(?!.*单位$))                                                   # [各]社区, not 各参建单位
      | (?:企业|小区|农村|住房|项目|中小学|幼儿园|用户|产业)$                     # 入驻[企业]
    """,
    re.VERBOSE,
)
WHOLE = re.compile(
    r"""(?:今年|去年|上半年|全年|上月
         |[\d一二三四五六七八九十前—至-]*(?:年|月份?|季度|天[里内]?|个月))?
        (?:(?P<how>全|我|本)
           (?P<unit>[区市县旗省镇乡街村院校局馆厂]|国(?!家)|行(?!业)|集团|公司)    # [上半年全区]税收, 今年全[集团]投入
          |该(?P<that>街道|社区|公司|[镇乡村院校园]))                            # 该[社区]累计
    """,
    re.VERBOSE,
)
# In a paper of the whole country.
ACROSS = re.compile(
    """(?P<who>
         (?:全国|我国|全省)(?:各级|各类)?[\u4e00-\u9fff]{0,6}?                   # [全国法院]网上立案
         (?:机关|法院|铁路|港口|机构|民航|银行|企业|高校|海关|系统|部门|行业|服务业)
        |(?:全国)?(?:民航|铁路|公路)                                           # [民航]完成运输总周转量
         (?=全?行业|共|累计|完成|日均|保障|发送|运输))
    """,
    re.VERBOSE,
)
# A place without an ending that tells it, by what only places do.
VISITED = re.compile(
    """(?P<name>[\u4e00-\u9fff]{2,8}?)(?:景区)?                                # [园博园]累计接待
       (?:今天|昨天|今日|昨日|预计|将|已|共|累计|共计)*
       (?:接待|迎来|开行|发送|运送|输送|发电|受理)
    """,
    re.VERBOSE,
)
INSIDE = re.compile("(?P<kind>[村镇乡厂校院]|社区|园区)[里上]")  # [村里]人均收入
GIVES = re.compile(r"[（(](?P<who>[^（）()，。]{3,24})[）)]\s*$")  # 敬请谅解。[（区供水公司）]
# What is closed or shifted lies beside the body named, which gives no notice: 十二中[等]9个考点周边道路.
BESIDE = re.compile("等|周边|附近|部分|门前|门口|沿线|考点|站点|路|接种点|采样点|东侧|西侧|南侧|北侧|至|车站")
WARNS = re.compile("(?:温馨)?(?:提醒|提示|通告|公告|通知|作如下|发布|：)")  # 区气象台[提醒]
# What only the owner of a place or course can say.
OPENS = re.compile(
    """的(?!部分|周边)[^，]{2,12}(?:收|招|开|停)              # 文化馆[的夏令营从周一起收]新生
      | 推迟|提前|暂停|实行|闭园|清场|免费                      # 公园[推迟]到22时
    """,
    re.VERBOSE,
)
SOURCE = re.compile("获悉|了解到")
GOES_ON = re.compile(
    """(?:共|累计|已|先后|共计|还|平均|每年)*                    # [共受理]诉求
       (?:审批|核发|发布|受理|办理|办结|清理|整治|组织|培训|走访|检查|接待|调解|化解|处置|建成|帮助|发放|收到|解决
         |查处|平台|为|开展|举办|服务|协调|挽回|推出|排查|整改|新建|开设|配备)
    """,
    re.VERBOSE,
)
BY_ACCOUNT = re.compile("据[^，。；]{2,20}?(?:统计|介绍)")  # [据区商务局统计]
OFFICE = re.compile("[局委办部厅室]$")  # tells figures of others more often than its own
VENUE = re.compile(
    "景区|博物|故居|纪念馆|公园管理|乐园|动物园|植物园|美术馆|图书馆|文化馆|体育馆|体育中心|剧院|大厅"
)
