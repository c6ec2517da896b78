"""The lines of a headline in natural reading order, and which of kicker, headline and subhead is the headline.

A text layer gives the lines of a headline in the order in which they were drawn: “赴杭州考察学习” before
“区长李某”. Which comes first is told by their grammar and by the order in which the body speaks of them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, permutations

from parsing.text import bigrams

# A line that ends in one of these needs another line as its object.
_HUNGRY = re.compile(
    r"(?:喜获|荣获|获评|获颁|获得|斩获|摘得|入选|当选|助力|打造|迎来|走进|拉开|点亮|唱响|守护)$"
)
# A line that reads on from one before it: it begins with what somebody did.
_PREDICATE = re.compile(
    r"""^(?:正式|顺利|全面|圆满|成功|双向|集中|主体结构|\S{2,8}沿线|首开区|[一二三]期|在.{2,12})?
          (?:启动|开工|动工|破土|封顶|开园|开业|启用|开通|通车|投[用产]|落成|竣工|开[幕馆街赛]|启幕|上线|揭[牌幕晓]|挂牌|签约|迎客)
      |^(?:赴|送[到上去进给]|拿[下到]|办[好实成]|唱响|敞开|邂逅|走[进出上入向]|摘[金银得]|斩获|[夺勇]冠|夺得|勇夺|捧[回得]|迎来|喜[获迎提添]|荣[获膺]
          |打[造响出开]|建[成起好]|点[亮燃]|助力|助推|护航|守护|扮靓|开启|奏响|绘[就出]|托起|撑起|架起|搭[建起]|解锁|[书谱]写|跑出|按下|交出|晒出|情暖|温暖
          |获评|获颁|获奖|入选|跻身|上榜|亮相|落户|落地|圆满|再[添获创]|飞入|融入|变[身成]|[让把](?!利|关|脉)|为(?!期|民|何|您|你)|向(?!日|阳|前)|被
          |看[见变]|传[来递]|共[话商绘建]|齐[聚心]|同[心庆])""",
    re.VERBOSE,
)
# A line that begins with a verb and what came of it (装上新电梯, 暖了骑手心, 烧进名录).
_OUTCOME = re.compile(
    r"^(?!生活|集成|生成|接下来|开放|通过|连续)[装换用住搬吃喝盖走跑跳唱画写种养织绣点亮照暖香火红热烧飞开建修铺架闯拼干抓管守护送接迎请访看听问谈说讲评晒比秀传续延连通串牵搭引招聚汇留落扎长结绽绘描勾拉敲打响奏挂摆捐救找抱捧端添增减降治拆改变]"
    r"[了出成起进到上下住好开活牢实响亮紧严满遍向回入掉着]"
)
# A line that begins with an adverb, a pronoun or a coverb: 先拎灭火器, 这回来了四十六家, 到白塔寺前喝.
_SECOND = re.compile(
    r"^(?:更(?![新名])|还(?![款建原])|也|又(?!是)|再(?!生)|就(?![业医近读诊])|才(?!艺)|先(?![锋进生行])|正(?![义式月])|不(?!动产|文明)|别(?![墅样])"
    r"|都(?![市会])|却|只|仍|均|这|他们?|她们?|它们?|到|从此|给|替|跟|与|沿着|朝着|直奔|\S的是)"
)
# A line that tells by itself what happened.
_FINITE = re.compile(
    r"举[办行]|召开|开[展工通业园放幕]|启[动用]|获[评颁得]|入选|建成|发布|印发|出台|签[约署]|揭牌|落[成地户]|亮相|部署|调研|检查"
    r"|督导|会见|考察|慰问|迎来|推[进动出]|点评|公布|完成|实现|提升|上榜|夺冠"
)
# A line that says where or when, and stands first: 全国人工智能赛事上
_ADVERBIAL = re.compile(
    r"(?:赛事|大赛|比赛|会|中|评比|评选|活动|现场|途)(?:上|中|期间)$|(?:之?际|期间|以来)$|^在.*(?:上|中)$"
)
# A body or a place in front of what it does: 方庄街道：
_SUBJECT = re.compile(
    r"^\S{2,10}(?:街道|[镇乡村区县院校局委馆]|社区|小学|中学|大学|学子|选手|代表队|志愿者|居民|率队|联手|集团|公司|医院)[：:]?$"
)
# A subhead: several phrases, a sum-up, or what somebody said there.
_SUBHEAD = re.compile(
    r"""^——|^[—–]|(?:出席|讲话|主持|参加|陪同)(?:并\S{2,4})?$     # 贺兰庭出席并讲话
      |^[^“《\s]{2,4}[：:]                                        # 陶景明：把清单变为项目
      |^[^“《\s]{2,4}(?:要求|强调|逐一|主持)                      # 郭一帆要求织密防线""",
    re.VERBOSE,
)
# What under a headline is a subhead for sure.
_ATTENDED = re.compile(
    r"""^\S{2,8}(?:出席|讲话|主持|参加|陪同)(?:并\S{2,4})?$   # 贺兰庭出席并讲话
      |^(?:传达|研究(?:部署|审议)|听取|审议|部署|强调|要求)            # 研究部署防汛工作
      |^[\u4e00-\u9fff]{2,3}(?:逐一|要求|强调|指出|(?<![镇乡村区县市])：)   # 陶景明：把清单变为项目""",
    re.VERBOSE,
)
_MAX_PIECES = 4  # more lines than these are no pieces of one headline
# What the body's order, and the page's, count for against grammar. Behind a body lines are often swapped.
_ABOVE, _BEHIND = (0.3, 0.3), (0.6, 0.15)
_MAX_LINES = 36  # letters of lines above a body that are taken for one headline
_MAX_JOINED = 46  # letters of a headline put together


def headline_of(lines: Sequence[str], lead: str, *, behind: bool) -> str | None:
    """The headline in natural reading order; None without lines.

    `lead`: the first sentences of the body. `behind`: the lines stood after it, where text layers put a
    headline in pieces; above a body stand a kicker, the headline and a subhead, of which one is wanted.
    """
    if not lines:
        return None
    if len(lines) == 1:
        halves = lines[0].split()
        ordered = _ordered(halves, lead) if 1 < len(halves) <= 3 and _misplaced(halves) else halves
        return " ".join(ordered) if ordered != halves else lines[0]
    lines = _without_kicker(lines)
    if behind or _is_one(lines):
        first, *others = lines
        whole = [first, *(line for line in others if behind or not _ATTENDED.search(line))]
        pieces = [piece for line in whole for piece in line.split()] if behind else whole
        if len(pieces) > _MAX_PIECES or not behind:
            pieces = [half for line in whole for half in _halves(line)]
        if len(pieces) <= _MAX_PIECES and sum(map(len, pieces)) <= _MAX_JOINED:
            return " ".join(_ordered(pieces, lead, _BEHIND if behind else _ABOVE))
    return _main(lines, lead)


def _without_kicker(lines: Sequence[str]) -> Sequence[str]:
    """Lines without a first one of few letters that has no part in the sentence of the others."""
    first, *others = lines
    if len(others) > 1 and len(first) <= 5 and not belong_together(first, others[0]) and len(others[0]) > 7:
        return others
    return lines


def belong_together(first: str, second: str) -> bool:
    """Whether two lines, in either order, read as one headline in two pieces."""
    pair = [" ".join(_ordered(_halves(line), "")) for line in (first, second)]
    return max(_grammar(pair), _grammar(pair[::-1])) >= 1.2


def _halves(line: str) -> list[str]:
    """The halves of a line that were put side by side in the wrong order; else the line."""
    halves = line.split()
    return halves if len(halves) == 2 and _misplaced(halves) else [line]


def _misplaced(pieces: list[str]) -> bool:
    """Whether the grammar of a headline's pieces speaks against their order."""
    return _grammar(pieces) < 0 < _grammar(pieces[::-1])


def _ordered(pieces: Sequence[str], lead: str, weights: tuple[float, float] = _ABOVE) -> list[str]:
    if len(pieces) > _MAX_PIECES:
        return list(pieces)
    place = {piece: number for number, piece in enumerate(pieces)}
    places = {piece: _place(piece, lead) for piece in pieces}

    def merit(order: tuple[str, ...]) -> float:
        told = sum(
            (first_at < second_at) - (first_at > second_at)
            for first, second in pairwise(order)
            if (first_at := places[first]) is not None and (second_at := places[second]) is not None
        )
        apart = sum(place[second] - place[first] != 1 for first, second in pairwise(order))
        return _grammar(order) + weights[0] * told - weights[1] * apart

    orders: list[tuple[str, ...]] = [tuple(order) for order in permutations(pieces)]
    best = max(orders, key=merit)
    return list(best)  # the first of the best is the order of the page


def _place(piece: str, lead: str) -> float | None:
    """Where the body first speaks of a piece's words; None where it says little of them."""
    letters = "".join(c for c in piece if c.isalnum())
    found = [lead.find(a + b) for a, b in pairwise(letters)]
    hits = sorted(at for at in found if at >= 0)
    return hits[len(hits) // 2] if 2 * len(hits) >= len(found) > 0 else None


def _grammar(pieces: Sequence[str]) -> float:
    """How well pieces read one after the other."""
    merit = 0.0
    for first, second in pairwise(pieces):
        merit += 1.5 * bool(_HUNGRY.search(first))
        merit += 1.2 * (_begins_with_verb(second) and not _FINITE.search(first))
        merit += 0.7 * bool(_SECOND.match(second))
        merit += 1.5 * (second[0] in "的”》，、：")
        merit += 1.5 * (first[-1] in "，、：—的")
        merit += 1.5 * (first.count("“") > first.count("”") or first.count("《") > first.count("》"))
        merit += 0.8 * bool(_SUBJECT.match(first))
    merit += 0.8 * bool(_ADVERBIAL.search(pieces[0]))
    merit -= 1.5 * bool(_HUNGRY.search(pieces[-1])) + 1.5 * (pieces[-1][-1] in "，、：")
    merit -= 1.2 * _begins_with_verb(pieces[0]) + 1.5 * (pieces[0][0] in "的”》，、：")
    return merit


def _begins_with_verb(piece: str) -> bool:
    return bool(_PREDICATE.match(piece) or _OUTCOME.match(piece))


def _is_one(lines: Sequence[str]) -> bool:
    """Whether lines above a body may be one headline.

    A headline in two pieces and a headline with its subhead look alike. Both lines are kept then: a headline
    with its subhead still reads well, half of one does not.
    """
    if sum(map(len, lines)) <= (_MAX_LINES if len(lines) == 2 else _MAX_JOINED):
        return True
    if any(line[-1] in "，、：的" or line[0] in "的”》" for line in lines):
        return True
    return any(line.count("“") != line.count("”") or line.count("《") != line.count("》") for line in lines)


def _main(lines: Sequence[str], lead: str) -> str:
    """Of kicker, headline and subhead the one that tells what the lead tells; the first where they tie."""
    told = bigrams(lead)

    def merit(line: str) -> float:
        pairs = bigrams(line)
        share = len(pairs & told) / (len(pairs) or 1)
        summed_up = bool(_SUBHEAD.search(line)) or (len(line.split()) == 2 and line != lines[0])
        return share - 0.5 * summed_up + 0.3 * (line == lines[0]) - 0.3 * (len(pairs) < 7)

    return max(lines, key=merit)
