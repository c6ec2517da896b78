"""What a word that only points at a body stands for: 我区, 全镇, 该公司, 代表团."""

import re
from collections.abc import Iterator

from parsing.bodies import Body, find_bodies
from parsing.candidates import Story
from parsing.clauses import Clause

# 我区, 全县, 本市: the district itself, with what may follow it in one word (全区重点景区).
_HOME = re.compile(r"(?:[全我本]|整个)(?P<unit>新区|区|县|旗|市|州)(?P<rest>.*)")

# A kind of body and nothing else: 街道, 全镇, 该公司, 党政代表团. `kind` is what the full name must end in.
_POINTS = re.compile(
    r"""(?:[全我本该]|这[家个所座支条]|上述)?
    (?:党政|友好|经贸)?
    (?P<kind>街道|镇|乡|苏木|社区|村|街|地区|街道办事处|公司|集团|企业|医院|学校|院|校|局|馆|园区|园|中心|基地|协会|商会|合作社
      |代表团|考察团|访问团|交流团|检查组|指导组|督导组|调研组|督查组|巡视组|巡察组|市场|银行|商圈|街区|小镇|景区|单位|剧团)
    """,
    re.VERBOSE,
)
# Where the full name's ending is a longer word than the one that points.
_ENDINGS = {
    "院": "医院|法院|检察院|研究院|学院|卫生院",
    "校": "学校|中学|小学|大学|学院|幼儿园",
    "园": "公园|产业园|科技园|幼儿园|园区|园",
    "园区": "产业园|科技园|创业园|工业园|园区|开发区|基地|园|港",
    "企业": "公司|集团|科技|厂|制造",
    "公司": "公司|集团|科技|厂",
    "单位": "公司|集团|局|委|院|中心",
    "街道办事处": "街道|街道办事处",
    "局": "(?<!分)局|分局",
}
_AREA_KINDS = ("街道", "镇", "乡", "苏木", "社区", "村", "街", "地区", "街道办事处")
_NUMBERED = re.compile(
    r"^(?:首批|第[一二三四五六七八九十\d]+批)?[\d一二三四五六七八九十几多]+[余多]?[家个所座]"
)


def full_name(story: Story, clause: Clause, name: str, at: int) -> str | None:
    """The body that `name`, standing at offset `at` of the clause's paragraph, means.

    The district for 我区 and its short name; the last body named before of that kind for 全镇 or 该公司; the
    name itself where it says which body it is. None where the article names no such body.
    """
    if home := at_home(story, name):
        return home
    points = _POINTS.fullmatch(name)
    if points is None:
        return name
    kind = points["kind"]
    named = (*_earlier(story, clause, at), *_later(story, clause, at))
    return next((_inner(story, full) for other in named if (full := _as_kind(other, kind))), None)


def _inner(story: Story, name: str) -> str:
    """A street or town without the district in front, which readers of its paper know."""
    plain = (
        name.removeprefix(story.district.city).removeprefix(story.district.name)
        if story.district.name
        else name
    )
    return plain if len(plain) > 2 and plain.endswith(_AREA_KINDS) else name


def at_home(story: Story, name: str) -> str | None:
    """The district's name where `name` means the district, in whole or with a general word behind it."""
    district = story.district
    if not district.name:
        return None
    if name in district.self_names or name in (district.name, district.short, district.city + district.name):
        return district.name
    home = _HOME.fullmatch(name)
    if home is None:
        return district.name if name in ("新区", "区里", "县里", "旗里") else None
    same_level = district.name.endswith(home["unit"])
    if not home["rest"]:
        return district.name if same_level else (district.city or None)
    return None


def acting(story: Story, paragraph: int) -> list[Body]:
    """The bodies of a paragraph, without countries and places that only the name model knows."""
    return [b for b in story.bodies[paragraph] if b.kind != "named"]


def bodies_in(story: Story, paragraph: int, start: int, end: int) -> list[Body]:
    """Those of them between two offsets."""
    return [b for b in acting(story, paragraph) if start <= b.start and b.end <= end]


def points(name: str) -> bool:
    """Whether a name says only of what kind a body is."""
    return _POINTS.fullmatch(name) is not None


def counted(name: str) -> bool:
    """Whether a name counts bodies without naming them: 三家企业, 首批18家科技企业."""
    return _NUMBERED.match(name) is not None


def headline_bodies(story: Story) -> list[str]:
    """The bodies that the article's headline names, in order."""
    return [b.name for b in find_bodies(story.draft.headline or "", None, story.district)]


def _as_kind(name: str, kind: str) -> str | None:
    """The part of a full name that is a body of this kind: 玉桥街道|乔庄北街社区 holds a 街道."""
    if points(name) or counted(name):
        return None
    endings = _ENDINGS.get(kind, kind)
    if re.search(f"..(?:{endings})$", name):
        return name
    if kind in _AREA_KINDS:
        inner = re.match(f"[\u4e00-\u9fff]{{2,8}}?(?:{endings})(?=.{{2}})", name)
        return inner[0] if inner else None
    return None


def _earlier(story: Story, clause: Clause, at: int) -> Iterator[str]:
    """Bodies named before a place, the nearest first, the headline's last."""
    for paragraph in range(clause.paragraph, -1, -1):
        bodies = acting(story, paragraph)
        yield from (b.name for b in reversed(bodies) if paragraph < clause.paragraph or b.end <= at)
    yield from reversed(headline_bodies(story))


def _later(story: Story, clause: Clause, at: int) -> Iterator[str]:
    for paragraph in range(clause.paragraph, len(story.paragraphs)):
        yield from (b.name for b in acting(story, paragraph) if paragraph > clause.paragraph or b.start > at)
