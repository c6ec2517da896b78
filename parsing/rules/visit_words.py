"""The words of visits and inspections: who comes, where they go, and what makes a noun of the verb."""

import re

from parsing.lexicon import verbose

# --- who comes ---

# A party of guests. A word belongs here that names people by their coming together: 甲市[考察团]
DELEGATION = verbose(
    r"""代表团|考察团|访问团|参访团|参观团|采风团|访问组|考察组|学习组|考察队
      | 客人|一行|来宾|嘉宾|代表
    """
)
# The same, or who leads it: 李明[率队]赴大兴区考察
TRAVELLERS = verbose(rf"{DELEGATION.pattern} | 率(?:队|团) | 带队 | 区领导|县领导")
# Who comes to look, where no person or office is known by name. A word belongs here that names a group or an
# office which looks at others' work: [检查组]抽查三家餐馆
LOOKERS = re.compile(r"领导|检查组|督导组|督查组|调研组|工作组|代表|委员|一行|带队|率队")
# Bodies above the district, and those that only come to look: [市委]第二[巡视]组
SUPERIOR = verbose(
    r"""国家|中央|全国人大|全国政协|部(?:委)?领导
      | 市委|市政府|市人大|市政协|市领导 | 省委|省政府|省人大|省政协|省领导
      | 市[^区县]{1,8}局 | 省[^市区县]{1,8}厅                         # [市生态环境局]
      | 巡视|督查组|督导组|检查组|专家组|评估组|验收组|调研组"""
)
# An office with a name or 等 behind it, not far in front of the verb: 副[区长李明等一行]
OFFICE = verbose(
    r"""(?: 书记|区长|县长|市长|镇长|主任|局长|部长|主席|会长|领导 )
        [\u4e00-\u9fff·]{0,4} (?: 等|一行 )?
        [^，]{0,16}$
    """
)
# Behind those who are received: 甲市市长李明[一行], 李明、王芳[等]
PARTY_END = re.compile(r"(?:[、，]?等)?一行$|等$")
# Whom one meets, in front of 见面: [与甲市代表团]
PARTNER = re.compile(r"(?:与|同|和)(?P<partner>[^，]{4,40})$")

# --- where they go ---

# Right in front of the verb: [赴大兴区]考察, [先后来到丽泽、看丹就养老工作开展]调研
GOING = verbose(
    r"""(?:先后|专程|分别|还|前后)?
        (?P<going>赴|前往|走进|深入|来到|到访|到|来|莅临|抵达|奔赴|率队到|率队赴)
        (?P<place>[^，。；]{1,40}?)
        (?:，|、)? (?:就|对|围绕)? (?:开展|进行|实地|专题|调研|学习)? $"""
)
# By its unit a place that may not be the paper's own: [河北省], [固安县]
PLACE_ABROAD = re.compile(r"[^，]{0,12}(?:省|自治区|市|县|州|国|盟|旗)")
# … unless it only has such a letter in it: [本]市, [丰台市场]监管所
PLACE_AT_HOME = re.compile(r"(?:全|本|我|区|市|[^省]{2,4}市(?:场|民|政))")

# --- the verb ---

# Behind the verb it makes a noun of it: 调研[报告], 检查[组], 考察[期间]
NOUN_AFTER = verbose(
    r"""^(?: 报告|成果|课题|结果|问卷|数据|标准|项目|费|单|表|通知|力度
          | 组|团|站|中心|队|员|室|院|所|区|处|机构 | 点位$
          | 时|后|中|的|期间|之余|结束
          | 发现|显示|合格 | 工作会|座谈会 | 和督
        )"""
)
# The same behind 来访: 来访[者]
NOUN_AFTER_COMING = re.compile(r"的|时|表示|者|期间")
# … and behind 会见 or 接待: 会见[时], 接待[游客]
NOUN_AFTER_RECEIVING = re.compile(r"时|中|后|的|室|厅|日|能力|游客|量")
# In front of the verb it tells daily work: [开展安全]检查, [定期]走访
ROUTINE = verbose(
    r"""(?: 开展|进行|加强|加大|强化|落实|做好|组织|联合
          | 定期|每[天日周月]|日常 | 配合|接受|自查|参与|入户 | 安全|专项
        )(?:了)?[^，]{0,6}$"""
)
# Nothing but these: who acts stands in a clause before. [随后还]检查…
ONLY_ADVERBS = re.compile(r"(?:先后|还|并|分别|实地|随后|\s)*")
