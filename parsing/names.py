"""One name for one body or person, whichever way the page prints it: for joining, never for showing."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

from parsing.district import District

_DROPPED = re.compile("[\\s“”\"'‘’《》·•]|(?<=.)(?:一行|同志)$")
_LEVEL = re.compile("(?P<level>区|市)(?=.)")
# 区 and 市 begin these as well, where they mean no district and no city.
_NOT_LEVEL = re.compile("区域|区间|区块|市场|市民|市政|市区|市容|市郊|市内|市级|区级|市属|区属")
_POLICE = re.compile("(?:北京市|上海市|天津市|重庆市)?公安局?(?P<district>[\u4e00-\u9fff]{2,4}?)分局")


def normal_name(name: str, district: District | None = None) -> str:
    """The form under which names are compared: the district told in full, the body in its short form.

    区住房和城乡建设委员会 and 丰台区住建委 become one, as do 我区 and 丰台区, 花乡街道办事处 and 花乡街道.
    Other names keep their letters; width, quotation marks and spaces never count.
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", name))
    if district is not None and district.name:
        plain = _at_home(plain, district)
    return _short_form(plain)


def same_name(first: str, second: str, district: District | None = None) -> bool:
    """Whether two names mean one body or person."""
    return normal_name(first, district) == normal_name(second, district)


def _at_home(name: str, district: District) -> str:
    """The name with the district told in full, and without it in front of its own streets and villages."""
    if name in district.self_names or name in (district.name, district.short, district.city + district.name):
        return district.name
    for area in district.areas:
        if name in (*area.aliases, *area.former):
            return area.name
    name = name.removeprefix("中共")
    if district.city and name.startswith(district.city + district.name):
        name = name.removeprefix(district.city)
    if police := _POLICE.fullmatch(name):
        return f"{police['district']}公安分局"
    if name.startswith(district.name):
        rest = name.removeprefix(district.name)
        inner = next((area for area in district.areas if rest.startswith(area.name)), None)
        return rest if inner is not None else name
    for own in district.self_names:
        if own[0] in "我本全" and name.startswith(own):
            return district.name + name.removeprefix(own)
    level = _LEVEL.match(name)
    if level is None or _NOT_LEVEL.match(name):
        return name
    whose = district.name if level["level"] == district.name[-1] else district.city
    return whose[:-1] + name if whose and whose[-1] == level["level"] else name


def _short_form(name: str) -> str:
    name = name.removesuffix("办事处") if name.endswith(("街道办事处", "地区办事处")) else name
    found = _long_form().search(name)
    return name[: found.start()] + _forms()[found.group()] if found else name


@cache
def _forms() -> dict[str, str]:
    data = tomllib.loads((files("parsing.lexicon") / "body_forms.toml").read_text(encoding="utf-8"))
    return {long: short for short, longs in data["forms"].items() for long in longs}


@cache
def _long_form() -> re.Pattern[str]:
    # The leftmost match that reaches the end is the longest.
    return re.compile(f"(?:{'|'.join(map(re.escape, _forms()))})$")
