"""The words around an honour: the prize and its contest, the verbs that receive it, the lists that tell it."""

import re

from parsing.lexicon import verbose

# --- prize and contest ---

# A word belongs here that ranks who takes part: 拿下[成人组金奖], 捧回一座[头奖]
PRIZE = verbose(
    r"""(?: 走|下|回|了 )? (?: 唯一的?|全场唯一一个|一个|一座|的 )?
        (?P<prize>
          (?: 团体|个人|[^，。“”的]{0,4}组 )?
          (?: 特等奖|[一二三]等奖|优秀奖|金奖|银奖|铜奖|大奖|头奖
            | 金[牌杯]|银[牌杯]|铜[牌杯]
            | 冠军|亚军|季军|头名|头一名|第[一二三]名
          )
        )
    """
)
# A noun belongs here for what prizes are given at: 在[全省茶艺大赛]上
CONTEST = verbose(
    r"""(?P<contest> [^，。；在]{2,30}?
          (?: 大赛|比赛|竞赛|锦标赛|联赛|邀请赛|挑战赛|技能赛|运动会
            | 评选|评比|比武|比试|擂台|大展|展评|调演|推介会
          )
        )
        (?: 中|上|里|的|$ )
    """
)
# In front of a contest's name: [区体育局举办的]邀请赛, [在]全省茶艺大赛
BEFORE_CONTEST = re.compile(r"^.*?(?:举[行办]|组织|揭晓|主办|结束)的|^.*(?:在|从|让|于|了|把)(?=.{4})")

# --- what was received ---

# The verbs of an open clause, the honour behind them. A verb belongs here whose object is a name, a rank or a title.
RECEIVES = verbose(
    r"""(?: (?: 被|让 )[^，。；]{0,24}?
            (?: 评为|评上|评着|命名为?|授予|认定为|列为|列入 )               # 北沟村被省里评为[生态文化名村]
          | 获评|荣获|获颁|获批|获得|获|授予|评为|当选|成为|晋级|入选|跻身           # 老酱园成功跻身[省级老字号]
          | 拿下|拿到|拿回|拿了|摘得|摘走|夺了|捧回|捧下|得了|得的是               # 代表队捧回[优秀组织奖]
          | 抱回(?: 一块牌子—— )?|挂上                                     # 村委会挂上[平安村的牌子]
          | 坐进|登上|挤进|站在|走上|写进|排进                               # 小镇挤进[全国百强]
        )
        (?: 了|为|成|到 )?
        (?P<honour> [^，。；]{3,44} )$
    """
)
# The same in plain words: 端回了[最美村庄], 石碑刻上了[千年古县]
CARRIED = verbose(
    r"""(?: [端捧抱拿领扛搬赢摘夺挣披带抢] (?: 回来?|下|走|到|得|来 )了?
          | 写[进上]了?|刻[上进]了?|排进了?|挤进了?|闯进了?|登上了?
        )
        (?P<honour> [^，。；]{3,30} )$
    """
)
# In front of the verb: 省里把[金融示范村]授予北沟村
GIVEN = verbose(r"""(?: 把|将 ) (?P<honour> [^，。；]{3,36}? ) (?: 授予|颁给|颁发给|给了|发给|挂到|送给 )""")
# ‘[最美邻居]’评上了三户
VOTED = re.compile(r"[‘“](?P<honour>[^’”]{2,20})[’”](?:评着|评上|选上)")
# On what it is written, behind it: 挂起“[文明村]”的牌子, 评上“[五星院落]”
BOARD = verbose(
    r"""“(?P<honour> [^”]{2,30} )” 的?
        (?: 牌子|铜牌|牌匾|木匾|匾|证书|奖状|奖牌|锦旗|红旗|榜[上里]|墙 )
      | 评(?: 选|上|为|出 )? “(?P<voted> [^”]{2,30} )”(?=$)
    """
)
# What it is called, behind its name, and the company it is in: 千年古县[称号], “全国文明村”[的牌子], 百强县[行列]
TAIL = verbose(
    r"""(?:的)?
        (?: 荣誉称号|称号|荣誉|殊荣|牌匾|招牌|牌子|的(?: 木匾|铜牌|绶带|证书 )|领奖台上?
          | (?<=名录)里|(?<=榜)上|的?榜单|行列|之列|的名单里?
          | (?<=”)[一二三四五六七八九十百\d]+[家个名].* | 奖杯归了.*
        )$
    """
)
# In front of its name: [日前揭晓的]金融示范村, [那块]木匾
BEFORE_NAME = re.compile(r"^(?:在?(?:日前|近日)?(?:举行|揭晓|公布)的|一块牌子——|[那一]块|一批)")

# --- the list ---

# Only who is honoured is told: 两校[双双入选], 北沟村[榜上有名]
BARE = verbose(
    r"""(?: 双双|同时|成功|首批|光荣 )*
        (?: 入选|入围|入列|上榜|登榜|榜上有名|榜上留名|名列其中|位列其中|赫然在列|在列|跻身其列|获此殊荣 )
        (?:了)?[。]?$
    """
)
# Where the list is told: behind the verb that makes it known, in front of it, or after 在.
LISTS = (
    verbose(
        r"""(?: 公布|公示|发布|命名|认定|评出|评选出|通报|下达|挂出|晒出 )     # 省里公布[传统村落]名单
            (?:了|的)? (?:一批)?
            (?P<honour> [^，。；]{3,44}? )
            (?: (?: 入选|认定|认证|获奖|公示 )?
                (?: 名单|榜单|篇目|名录|目录|结果 ) (?: 里|中|上|挂到网上 )?
              | [里中]
            )?$
        """
    ),
    verbose(
        r"""(?P<honour> [^，。；]{4,44}? )
            (?: (?: 入选|认定|获奖 )? (?: 名单|榜单|名录|篇目|评选结果 ) )?
            (?: 正式|日前|近日|已 )?
            (?: 揭晓|出炉|公布|揭榜|下达|发布|挂到网上 )$                   # [非遗传习基地]名单出炉
        """
    ),
    verbose(
        r"""在? (?P<honour> [^，。；]{4,44}? ) (?:的)?
            (?: 名单|评选|榜单|名录|评比 ) (?:活动)? (?: 中|里|上 )$        # 在[最美家庭]评选中
        """
    ),
)
# The third form in the middle of a clause: 从[最美家庭]评选中脱颖而出
INSIDE_LIST = re.compile(r"(?:在|从)(?P<honour>[^，。；]{4,40}?)(?:名单|评选|榜单|名录)(?:中|里|上)")
# Who tells the list, in front of its name: [省文旅厅公布的]传统村落
LED_BY = verbose(
    r"""^.{2,24}? (?: 把|将|公布|公示|发布|命名|认定|举行|揭晓|组织|评出 )
        (?:了|的)? (?:一批)? (?=.{4})
    """
)
