"""The words around an occasion: what its name begins with, the verbs around it, and where it is over."""

import re

from parsing.lexicon import verbose

# --- where its name begins ---

# Its year, or its number among those held: 2018年, 第四届, 首届
EDITION = r"(?:20\d\d(?:年度?)?|第[一二三四五六七八九十百\d]{1,5}[届次季]|首届)"
# A name in quotation marks with what may belong to it in front: [第四届全国“村晚”], [2018“水城之夜”]灯会
QUOTED = re.compile(rf"(?:{EDITION}[^，。；“”《》的]{{0,10}})?“[^“”]{{2,40}}”")
NUMBERED = re.compile(rf"{EDITION}(?=[^，。；]{{3}})")  # [第二十六届]茶博会
# The same right in front of what a rule took for the name, or a part of the year
LEAD = re.compile(rf"(?:{EDITION}|前[一二三]季度|上半年)$")  # 召开[上半年]经济形势分析会
# Behind one of these the name of what is held begins. A verb belongs here whose object is an occasion.
HOLDS = verbose(
    r"""(?: 召开|举行|举办|主办|承办|主持|组织|筹备|定下            # [召开一次]村民议事会
          | 参加|出席|加入                                        # [参加]龙舟赛
          | 开展|推出|迎来|上演|献演|进行|摆上                      # [推出首场]音乐会
          | 开过|开起|开了|开|办起|办了|有                          # [办起两场]村晚
        )了?
        (?: 一次|一场|一台|一个|[两三四五]场|首场|首期 )?
    """
)
# Who it is for, or whose, and no part of its name: [全区]安全生产大会
ALL = re.compile(r"^(?:全[区市县旗镇乡]|我[区市县])(?=.{4})")
VILLAGE = re.compile(r"^[区县市镇村旗]里的")  # [镇里的]龙舟赛
# [上午的]音乐会, [一场]村晚, [把]龙舟赛
BEFORE_NAME = re.compile(r"^(?:[上下]午|晚上?)?的|^(?:一[场次]|在|把)")
# Which one it is, as its text points to it: [本次]活动, [首场]讲座
POINTER = re.compile(r"^(?:本次|此次|这次|该|一次|一场|首场|首次|首期)+")

# --- where its name is over ---

# Its verb begins, or the words around the verb. A word belongs here that no name of an occasion holds.
STOP = verbose(
    r"""在|将|于|从|自\d|定[于在]|因|把|给|让|共(?![建享])                        # 村晚[在]晒谷场开锣
      | 也|仍|还|已经|正式|隆重|同步|圆满|胜利|成功|顺利|如约|持续|为期              # 村晚[如约]而至
      | 昨|今天|今晚|今日|明[天日晚]|[一二三四五六七八九十两]{1,2}点                # 村晚[今晚]开锣
      | 顺延|延期|推迟                                                        # 龙舟赛[顺延]
      | 开 (?: [幕赛讲演唱锣馆球席腔展始启营班课播场打跑锅] | 市|了|在|到|过 )         # 村晚[开锣]
      | 火热|精彩|热闹|没进|挪|并成|(?<=[节会展赛])上                            # 茶博会[上]签约
      | 启幕|启动|奏响|揭开|揭幕|拉开|点燃|点亮|上线|唱响|登[台场]|首场|首站|头一       # 灯会[点亮]古镇
      | 举[行办]|召开|主持|上演|亮相|走进|迎来|吸引|请来|传来|摆                    # 灯会[吸引]游客
      | 落幕|落下|收官|闭[幕馆]|鸣[枪锣]                                        # 马拉松[鸣枪]
      | （|，|。|；|：|$
    """
)
# Behind the noun of an occasion its name is over, if one of these follows: 工作会[部署]防汛
AFTER_NAME = verbose(
    rf"""{STOP.pattern}
      | 上|中|现场|里|的|头 | 开|拍|定|闭|\d
      | 部署|传达|研究|听取
    """
)

# --- no name ---

# A noun with nothing but pointing words in front: [本次专题会议], [首场讲座], [会上]
BARE = verbose(
    r"""(?: 本次|此次|这次|该|一次|一场|首场|首次|首期|全体|专题|紧急|不念稿子的 )*
        (?: 会议?|大会|会上 | 活动|仪式|比赛|赛事|讲座|论坛|展览|演出
          | 嘉年华|艺术节|文化节|音乐节|庙会|招聘会
        )
    """
)
# Nothing but that it is held: [在广场举行], [开幕]
VERB_ONLY = verbose(r"""(?: 将|在.* )? (?: 举[行办]|开[幕展讲演赛]|启幕|上演|进行 )? | 起""")
# What stands behind a quotation that names no occasion, but a body or a person: “乡音”[合唱]团, “甲”[、]“乙”; or
# nothing at all, as behind a slogan.
OTHER_QUOTED = re.compile(r"[、—]|合唱|公众|$")
# A headline that is a meeting's name: 水利工[作会], not 青年商会
MEETING_HEADLINE = re.compile(r"[^机社学协商工]会$")
