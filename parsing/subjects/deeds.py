"""Meetings and activities in plain words: what was talked about, what is done."""

import re
from collections.abc import Iterator

from parsing.candidates import Story
from parsing.clauses import Clause
from parsing.lexicon import verbose
from parsing.subjects.phrases import bare, before_date, beside, sentence_before, undated

# What is talked about where the meeting bears no name, the surest form first.
_TOPICS = (
    # Between a preposition and the verb. A verb belongs here that says that people go through something.
    verbose(
        r"""(?: 把|将|就|围绕 ) (?P<topic> [^，。；]{3,32}? ) (?: 的事|这[件笔]事 )?
            (?=，?
               (?: 逐条|逐[一项]|一[桩条件项样]一[桩条件项样]|一五一十      # 把[三十户的危房]逐条核对
                 | 掰扯|过了?一?遍|议|理|捋|算|讲|谈|吵|争               # 将[来年的开支]过了一遍
                 | 摆到|摆上|摊                                       # 把[物业的账目]摊在桌上
                 | 商量|商议|合计|座谈|协商|讨论|研究                   # 围绕[渠水分配]座谈
                 | 并|定了?下来                                       # 就[河段的分工]定下来
               )
            )
        """
    ),
    # 商量的是[怎么分水], 议的就是一件事：[村口的路灯]
    verbose(
        r"""(?: 商量|合计|琢磨|讨论|掰扯|算|吵|议|谈|说|讲|争|聊|问|论|为 )的
            (?:就|都|只|全)? (?:是|有)
            (?: 一件事|一个事|两件事|这么一件事 )?
            [：，]? (?P<topic> [^。；？]{3,32} )
        """
    ),
    # 主题是[乡村医生的待遇], 话题只有一个：[停车难]
    re.compile(r"(?:主题|议题|话题)(?:只有一个)?(?:就)?[是：，]+(?P<topic>[^，。；？]{3,30})"),
    # [村口小学的校车]吵了半天
    re.compile(r"(?:^|，)(?P<topic>[^，。；]{4,20}?)(?:吵|争|议|谈|商量|讨论)了(?:一|半|整|好|两|三)"),
    # 当场敲定了[三条送水路线]; 专门议[食堂的饭价]
    verbose(
        r"""(?: 敲定|定下|说好|谈妥|讲定|拍板 )了? (?P<topic> [^，。；？]{4,26} )
          | (?: 专门|专|只 ) (?: 说|谈|议|讲 ) (?P<only> [^，。；？]{3,26} )
        """
    ),
    # 坐下来商量[桥怎么修]
    re.compile(r"(?:商议|商讨|商量|合计|琢磨|讨论|掰扯|盘算)(?:的是|了)?(?P<topic>[^，。；？一]{3,26})"),
)
_GOES_ON = re.compile("，(?:从|直到|议)")  # behind the topic, how long: 村口的路灯[，从]早上吵到天黑
# Where something is done, in front of it. A noun belongs here that ends a place's name: [在县医院]义诊
_PLACE = verbose(
    r"""(?: 咱们|我们|大夫们? )? (?: 在|到|去 ) [^，。]{2,14}?
        (?: 卫生院|医院|影院|剧院|学校|中心|社区|广场
          | [馆园站村校边里上下口厂库楼厅场街所院堂坝坪亭]                 # [在黄河边]放风筝
        )
        (?=.{2})
    """
)
_COUNT = r"(?: [一二三四五六七八九十百千万几多\d]+ [盏条场个位顿台只艘名家] )?"
# What is done or shown, behind the verb. A verb belongs here that takes a show or a service as its object.
_DOES = verbose(
    rf"""(?: 举办|开展|上演|推出|办起?|有一[场台个次]                     # 镇上办起三场[皮影戏]
           | 演|放映?(?:一[场部])?|唱了?(?:[一二三四五六七八九十两]天)?    # 晚上放一场[露天电影]
           | 摆出?|支起?|点起|吃了?(?:一顿)?|跳|宣讲                     # 街上摆出八百盏[花灯]
         )
         {_COUNT}
         (?P<what> [^，]{{2,20}} )$
    """
)
# The same in front of the verb: 剧团把[全本牡丹亭]搬上戏台
_TAKES = re.compile(r"把(?P<what>[^，]{2,16}?)(?:的大锅)?(?:唱|演|搬|放|摆|办|支|送|挪|定|设|跳)")
# 老师傅[免费教剪纸]
_TEACHES = re.compile(r"(?:免费)?(?:教|讲)[^，的]{2,14}$")
# Who does it, not what is shown: 东街的[孩子], 小学生[们], 消防[队], 区文化[馆]
_PEOPLE = verbose(
    r"""(?: [们人队团员会局馆站镇村]
          | 孩子|师傅|老师|医生|大夫|居民|学生|家庭|志愿者|同学
          | 中心|街道|社区
        )$
    """
)
_OURS = re.compile(r"咱|我们|他们|大夫|医生|老师|同志")
_LASTS = re.compile(r"(?<=..)(?:一|半)[天日]$")  # 坐诊[一天]
_FOR_WHOM = re.compile(r"^.{2,8}(?:给|为)[^，]{2,8}?(?=免费|义)")  # [理发店给老人]免费剪发
_CLOCK_ONLY = re.compile(r"(?:从|在|到|由)?[\d一二三四五六七八九十点时半至到]*|起")  # [从9点到12点]
# What no longer tells what is done, but when, where or how: 菊花[从]东门摆到西门
_BEHIND_IT = re.compile(r"从|在|起|让人|摆|要走|挪|定|将|也|开园|开放")


def topics(story: Story, clause: Clause) -> Iterator[str]:
    """What a plain sentence says was talked about, from its clause on, then in the sentence behind."""
    paragraph = story.paragraphs[clause.paragraph]
    _, end = paragraph.sentence(clause)
    stretches = [(clause.start, end)]
    for number in (1, 2):
        behind = next((c for c in paragraph.clauses if c.sentence == clause.sentence + number), None)
        if behind is not None:
            stretches.append(paragraph.sentence(behind))
    for low, high in stretches:
        for pattern in _TOPICS:
            if found := pattern.search(paragraph.text, low, min(high + 1, len(paragraph.text))):
                topic = next(group for group in found.groups() if group)
                yield _GOES_ON.split(topic)[0].strip("，：“")


def deed(story: Story, clause: Clause) -> str | None:
    """What is done or shown: 放映|露天电影, 坐诊, 复兴岛的菊花; without who does it, where and when."""
    words = bare(undated(story, clause))
    if " " in words:
        words = words.split()[-1]  # a line of a table: its last cell
    if teaches := _TEACHES.search(words):
        return teaches[0]
    if takes := _TAKES.search(words):
        return takes["what"]
    if (does := _DOES.search(words)) and does["what"] != "出来":
        return does["what"]
    ahead = before_date(story, clause)
    if ahead and " " not in ahead and not _PEOPLE.search(ahead) and not _PLACE.search(ahead):
        return ahead
    if _CLOCK_ONLY.fullmatch(words):
        near = (*beside(story, clause, after=True), *sentence_before(story, clause))
        words = bare(undated(story, near[0])) if near else words
        if teaches := _TEACHES.search(words):
            return teaches[0]
    place = _PLACE.search(words)
    if place is not None:
        before, behind = words[: place.start()], _LASTS.sub("", words[place.end() :])
        return before if len(before) >= 2 and len(behind) < 2 and not _OURS.search(before) else behind
    words = _FOR_WHOM.sub("", _LASTS.sub("", words))
    stop = _BEHIND_IT.search(words)
    return words[: stop.start()] if stop and stop.start() >= 2 else words


def without_place(words: str) -> str:
    """The words of a clause without where it happens."""
    return _PLACE.sub("", words)
