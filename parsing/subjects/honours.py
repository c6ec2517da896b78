"""The honour that is received, with its contest; of a bare 入选 or 榜上有名 the list that tells it."""

import re
from collections.abc import Iterator

from parsing.candidates import Candidate, Story
from parsing.clauses import Clause
from parsing.subjects.phrases import bare, beside, sentence_before, undated, unmodified

_PRIZE = re.compile(
    r"(?:走|下|回|了)?(?:唯一的?|全场唯一一个|一个|一座|的)?(?P<prize>(?:团体|个人|[^，。“”的]{0,4}组)?(?:特等奖|[一二三]等奖|优秀奖|金奖|银奖|铜奖|大奖|金[牌杯]|银[牌杯]|铜[牌杯]|冠军|亚军|季军|头奖|头名|头一名|第[一二三]名))"
)
_CONTEST = re.compile(
    r"(?P<contest>[^，。；在]{2,30}?(?:大赛|比赛|竞赛|评选|评比|比武|大展|展评|调演|比试|擂台|锦标赛|联赛|运动会|推介会|邀请赛|挑战赛|技能赛))(?:中|上|里|的|$)"
)
# Only who is honoured is told: 双双入选, 榜上有名.
_BARE = re.compile(
    r"(?:双双|同时|成功|首批|光荣)*(?:入选|入围|上榜|榜上有名|榜上留名|名列其中|位列其中|赫然在列|在列|跻身其列|获此殊荣|登榜|入列)(?:了)?[。]?$"
)
# Where the list is told: 公布甲名单, 甲名单揭晓, 在甲名单中.
_LISTS = (
    re.compile(
        r"(?:公布|公示|发布|命名|认定|评出|评选出|通报|下达|挂出|晒出)(?:了|的)?(?:一批)?(?P<honour>[^，。；]{3,44}?)(?:(?:入选|认定|认证|获奖|公示)?(?:名单|榜单|篇目|名录|目录|结果)(?:里|中|上|挂到网上)?|[里中])?$"
    ),
    re.compile(
        r"(?P<honour>[^，。；]{4,44}?)(?:(?:入选|认定|获奖)?(?:名单|榜单|名录|篇目|评选结果))?(?:正式|日前|近日|已)?(?:揭晓|出炉|公布|揭榜|下达|发布|挂到网上)$"
    ),
    re.compile(r"在?(?P<honour>[^，。；]{4,44}?)(?:的)?(?:名单|评选|榜单|名录|评比)(?:活动)?(?:中|里|上)$"),
)
_LED_BY = re.compile(
    r"^.{2,24}?(?:把|将|公布|公示|发布|命名|认定|举行|揭晓|组织|评出)(?:了|的)?(?:一批)?(?=.{4})"
)
# What an open clause says was received.
_RECEIVES = re.compile(
    r"(?:(?:被|让)[^，。；]{0,24}?(?:评为|命名为?|授予|认定为|列为|列入|评上|评着)|获评|荣获|获颁|晋级|获批|拿下|拿到|拿回|摘得|摘走|捧回|捧下|评为|成为|当选|坐进|登上|挤进|抱回(?:一块牌子——)?|挂上|得了|拿了|夺了|授予|得的是|跻身|入选|获得|获|站在|走上|写进|排进)(?:了|为|成|到)?(?P<honour>[^，。；]{3,44})$"
)
_VOTED = re.compile(r"[‘“](?P<honour>[^’”]{2,20})[’”](?:评着|评上|选上)")
_BOARD = re.compile(
    r"“(?P<honour>[^”]{2,30})”的?(?:牌子|铜牌|牌匾|木匾|匾|证书|奖状|奖牌|锦旗|红旗|榜[上里]|墙)|评(?:选|上|为|出)?“(?P<voted>[^”]{2,30})”(?=$)"
)
# In plain words: 端回了甲, 刻上了甲.
_CARRIED = re.compile(
    r"(?:[端捧抱拿领扛搬赢摘夺挣披带抢](?:回来?|下|走|到|得|来)了?|写[进上]了?|刻[上进]了?|排进了?|挤进了?|闯进了?|登上了?)(?P<honour>[^，。；]{3,30})$"
)
_GIVEN = re.compile(r"(?:把|将)(?P<honour>[^，。；]{3,36}?)(?:授予|颁给|颁发给|给了|发给|挂到|送给)")
_TAIL = re.compile(
    r"(?:的)?(?:荣誉称号|称号|荣誉|殊荣|牌匾|招牌|牌子|领奖台上?|(?<=名录)里|(?<=榜)上|的?榜单|的(?:木匾|铜牌|绶带|证书)|(?<=”)[一二三四五六七八九十百\d]+[家个名].*|行列|之列|的名单里?|奖杯归了.*)$"
)


def honour(story: Story, candidate: Candidate) -> str | None:
    """The honour by its name; None where the candidate's own is as good."""
    clause = candidate.clause
    text = story.text(clause)[clause.start : clause.end]
    if candidate.rule == "open":
        found = _open(story, clause)
        return found and _with_contest(story, clause, found)
    if _BARE.search(text):
        return _listed(story, clause)
    return _with_contest(story, clause, _own(story, candidate))


def _own(story: Story, candidate: Candidate) -> str:
    """A rule's honour, without the body that gives it in front of its quotation marks."""
    name = candidate.subject
    quoted = re.search("“[^”]+”", name)
    if quoted and quoted.start() > 0 and candidate.subject_at is not None:
        giver = next(
            (b for b in story.bodies[candidate.clause.paragraph] if b.name == name[: quoted.start()]), None
        )
        if giver is not None and giver.kind not in ("district", "place", "named", "self"):
            return name[quoted.start() :]
    return name


def _open(story: Story, clause: Clause) -> str | None:
    words = bare(undated(story, clause))
    if _BARE.search(words):
        return _listed(story, clause)
    for pattern in (_BOARD, _VOTED, _GIVEN, _RECEIVES):
        if found := pattern.search(words):
            return _name(next(group for group in found.groups() if group))
    if won := _won(story, clause, words):
        return won
    if carried := _CARRIED.search(words):
        return _name(carried["honour"])
    for pattern in _LISTS:
        if found := pattern.search(words):
            return _name(found["honour"])
    return _listed(story, clause)


def _won(story: Story, clause: Clause, words: str) -> str | None:
    """The prize of a contest, in plain words: 在甲赛里压过别人，抱回|头奖."""
    contest = _CONTEST.search(words)
    clauses = [clause, *list(beside(story, clause, after=True))[:2]] if contest else [clause]
    for other in clauses:
        if prize := _PRIZE.search(story.text(other), other.start, other.end):
            return (_contest(contest["contest"]) if contest else "") + prize["prize"]
    return None


def _listed(story: Story, clause: Clause) -> str | None:
    """The list or the choice that a clause means, from its own words, its sentence, or the sentence before."""
    own = bare(undated(story, clause))
    inside = re.search(r"(?:在|从)(?P<honour>[^，。；]{4,40}?)(?:名单|评选|榜单|名录)(?:中|里|上)", own)
    if inside:
        return _name(inside["honour"])
    for other in _around(story, clause):
        words = bare(undated(story, other))
        for pattern in _LISTS:
            if found := pattern.search(words):
                return _name(found["honour"])
        if board := _BOARD.search(words):
            return next(group for group in board.groups() if group)
        if (received := _RECEIVES.search(words)) and re.search("[奖村镇区点位]$|”", received["honour"]):
            return _name(received["honour"])
    return None


def _around(story: Story, clause: Clause) -> Iterator[Clause]:
    yield from beside(story, clause, before=True)
    yield from reversed(sentence_before(story, clause)[-3:])
    yield from list(beside(story, clause, after=True))[:2]


def _name(words: str) -> str:
    """An honour's name without who tells it and without 称号 and the like behind it."""
    name = unmodified(words, ranked=True)
    if led := _LED_BY.match(name):
        name = name[led.end() :]
    name = re.sub(r"^(?:在?(?:日前|近日)?(?:举行|揭晓|公布)的|一块牌子——|[那一]块|一批)", "", name)
    plain = _TAIL.sub("", name)
    return plain if len(plain) >= 3 else name


def _with_contest(story: Story, clause: Clause, name: str) -> str:
    """A prize with the contest that its clause names, or the contest's prize from the clauses behind."""
    words = bare(undated(story, clause))
    prize = _PRIZE.fullmatch(name)
    contest = _CONTEST.search(words)
    if prize is not None:
        if contest is None:
            return prize["prize"]
        return _contest(contest["contest"]) + prize["prize"]
    if contest is not None and name.startswith(contest["contest"][-4:]):
        return name
    if contest is not None and not re.search("奖|牌|杯|名|冠军", name):
        for other in (clause, *list(beside(story, clause, after=True))[:2]):
            if told := _PRIZE.search(story.text(other), other.start, other.end):
                return _contest(contest["contest"]) + told["prize"]
    return name


def _contest(words: str) -> str:
    plain = re.sub(r"^.*?(?:举[行办]|组织|揭晓|主办|结束)的|^.*(?:在|从|让|于|了|把)(?=.{4})", "", words)
    return re.sub(r"的$", "", plain)
