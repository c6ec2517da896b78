"""The words around a project: where its name is over, what stands for it, and what only goes on about it."""

import re

from parsing.lexicon import verbose

# --- where its name is over ---

# How it starts, opens or is finished, and the words that lead to that. A word belongs here that no name of a
# project holds behind its second letter.
STOP = verbose(
    r"""(?: 在|将|于|从|向(?!阳)|让|对(?! [外接口]|社会主义 )                  # 大桥[在]晨雾里合龙
          | 也|就|才|还|却|又|自\d                                       # 老澡堂[又]冒热气
          | 正式|顺利|全[面线]|重新|双向|同步|再次|现已|已经?|一齐|一早            # 客运站[重新]迎客
          | 今天|今起|昨天|昨日|明天|近日|日前|那天                           # 客运站[今起]迎客
          | (?: 完成|经过|历经 )? (?: 升级|改造|提升|扩建|修缮 )+ (?:后|完)       # 老剧院[修缮后]开门
          | 完成.{0,6}(?: 改造|升级 )|改造升级                              # 老剧院[完成节能改造]
          | 实现(?= 全|并网|商业|通 )|迎来                                 # 光伏电站[实现]并网
          | 开工|动工|奠基|破土|打下|封顶|主体(?= 完|结|大楼|封 )|合龙|贯通        # 大桥[奠基]
          | 竣工|完工|落成|交付|合上|撤走|卸了|装上|换了|砸下                   # 大桥[竣工]
          | 启用|启幕|揭[牌幕]|挂牌|挂了|成立|入驻|落户|营业|开了|投[用产入]       # 检测中心[揭牌]
          | 开[园业街馆市通门放诊行航学张栈建始] | 放行|接[诊待]|试[运营]|运[行营]   # 湿地公园[开园]
          | 上线|通[车水气航行]|通了|走得通|并网|放水|搬进|流进              # 县道[通车]
          | 亮[灯相了]|亮到|点[亮燃]|点着|响了|冒烟|敞开|吐出                    # 塔吊[亮灯]
          | 通行|送出|送电|来了|进了|开出|跑出|走了|发到                        # 货运站[开出]首列班列
          | 没能|头一[次回]|迎|踏|敞|定在|（\d|，|$                                 # 书房[定在]周日开门
        )
    """
)
# Before these the name has lost its end: 客运站[正式], 栈道[上午]
TAIL = verbose(
    r"""(?: 正式|全面|同时|双向|重新|再次|实现|共同|进行
          | [上下]午|日|主体|全线|的|地
        )+$
    """
)
# Behind the name of a thing that was there before: 乙路立交桥[完成升级改造], 客运中心站[重新]
DONE_UP = verbose(
    r"""(?<=.{4}) (?:完成)? (?: 升级|提升 )? 改造 (?:升级)? (?:后)? (?:重新)?$
      | (?<=.{4}) (?: 重新|实现 ).{0,4}$
    """
)

# --- a name ---

QUOTED = re.compile(r"“[^”]{2,24}”")
# Behind a quoted name, the noun that tells what it is: “童心”[亲子乐园]揭牌
NOUN = verbose(
    r"""[^，。“”的在于将]{0,12}?
        (?: [园馆站院街区校店房屋桥路线楼厅车]
          | 中心|平台|项目|基地|市场|食堂|系统|工程|公园
        )
        (?! [^，。的在于将自正]{1,2}$ )
    """
)
# An object that is work on the thing before the verb: 莲池公园完成[绿化]提升工程
WORKS = re.compile(r"(?:绿化|改造|提升|升级|修缮|扩建|更新|整治)")
# Behind the verb that brings it: 两县联合开通[城际公交环线], 村里多了一座[水泥桥]
CARRIES = verbose(
    r"""(?: 组织|联合 )?
        (?: 开展|启动|推出|开通|设立|成立|启用|开设|开建
          | 促成了?|建成|搭起|新添了?|多了一[趟条个座家]
        )
        (?: 为期[^，的]{1,8}的 )?
        (?P<thing> [^，。]{2,36} )$
    """
)
# 双方为[联合实验室]揭牌
FOR = re.compile(r"(?:共同|一起|现场|双方)?为(?P<thing>[^，]{2,30}?)(?:揭了?牌)?$")
# What comes first out of a thing, or goes away from it, stands for the thing. A noun belongs here that a text
# names for the whole: [一号楼]的第一镐, [东门桥]桥头的水马
PART = verbose(
    r"""(?P<thing> .{2,30}? ) (?: 桥头|门口|[一二三四五六七八九十\d]+间店铺 )? 的
        (?: 第一|头一|.{0,4}把?钥匙
          | 吊塔|灶火|水流|水(?=流)|机器|灯
          | 招牌|门匾|红绸|水马|门板|围挡|大门|卷帘门
        )
    """
)
# Where it lies and how long it is: 镇西头的[冰厂], 九公里长的[栈道]; not 某集团的二号线
WHERE_IT_IS = re.compile(r".*(?:[头边里上旁后下长大高建修开辟改务套]|\d.*)的(?P<core>[^的]{2,})$")
# [这座]三号桥, [九公里]栈道
POINTER = re.compile(r"^(?:[这那][座条个家]|[一二三四五六七八九十百\d]+(?:公里|米|里地))")

# --- the clause beside it ---

# It goes on about the thing told before it: [又]响起了机器声
GOES_ON = re.compile(r"又|就|才|再|也|还|如今|终于|装着|能|从|让|把|里面|里头|门口")
# It only tells how long it stood still, or how large it is: [闲了]八年, [历时]两年
WAITED = re.compile(r"[关停等盼闲空修建]了|本来|原先|(?:投资|总长|面积|历时|据)")
# It names the thing by pointing: [它], [这座老桥]
POINTS = re.compile(r"(?:它|这[座条个家里]|该|双方|那天|这)(?:.{0,8})")
# What such a word means, at the end of a clause before: 两村一起修[三号桥]
BUILT = re.compile(r"(?:共建|建设|新建|新的?|建起|修|一[座条个家])(?P<thing>[^，。的]{3,16})$")
