"""The commands a chat can send, in the order in which they are shown."""

from dataclasses import dataclass

from messages.i18n import Translator, mark
from parsing.model import EventType


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name without the slash, what it does, an example of its arguments, and its group."""

    name: str
    description: str
    example: str = ""
    group: str = ""


_WEEK = mark("看消息")
_TYPES = mark("按类型看")
_MINE = mark("我的订阅")
_ABOUT = mark("其他")

TYPE_COMMANDS: dict[str, EventType] = {
    "meetings": EventType.MEETING,
    "visits": EventType.VISIT,
    "inspections": EventType.INSPECTION,
    "launches": EventType.LAUNCH,
    "awards": EventType.AWARD,
    "agreements": EventType.AGREEMENT,
    "releases": EventType.RELEASE,
    "activities": EventType.ACTIVITY,
    "figures": EventType.FIGURE,
    "notices": EventType.NOTICE,
}

COMMANDS: tuple[Command, ...] = (
    Command("start", mark("开始使用"), group=_ABOUT),
    Command("digest", mark("这一周的摘要"), group=_WEEK),
    Command("upcoming", mark("将要发生的事"), "14", _WEEK),
    Command("recent", mark("最近发生的事"), "7", _WEEK),
    Command("search", mark("搜索消息"), mark("停水"), _WEEK),
    Command("event", mark("按编号看一件事"), "k7f2", _WEEK),
    Command("meetings", mark("会议"), mark("上周"), _TYPES),
    Command("visits", mark("会见来访"), "", _TYPES),
    Command("inspections", mark("调研检查"), "", _TYPES),
    Command("launches", mark("项目启动、开放、竣工"), mark("今年"), _TYPES),
    Command("awards", mark("获奖荣誉"), mark("4月"), _TYPES),
    Command("agreements", mark("签约合作"), "", _TYPES),
    Command("releases", mark("发布的政策、报告、名单"), "", _TYPES),
    Command("activities", mark("活动"), mark("本月"), _TYPES),
    Command("figures", mark("数据"), mark("去年"), _TYPES),
    Command("notices", mark("通知公告：停水、封路、报名"), "", _TYPES),
    Command("subscribe", mark("订阅每周摘要"), group=_MINE),
    Command("settings", mark("改订阅：类型、区域、时间、语言"), group=_MINE),
    Command("unsubscribe", mark("退订或暂停"), group=_MINE),
    Command("help", mark("使用说明"), group=_ABOUT),
    Command("privacy", mark("我们存了什么"), group=_ABOUT),
    Command("forgetme", mark("删除本聊天的全部数据"), group=_ABOUT),
)


def menu(t: Translator) -> list[tuple[str, str]]:
    """Names and descriptions for Telegram's setMyCommands, in the language of `t`."""
    return [(command.name, t.plural(command.description, 2)) for command in COMMANDS]


def groups(t: Translator) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The commands as the help shows them: (group, [(name, example arguments, description)])."""
    shown: list[tuple[str, list[tuple[str, str, str]]]] = []
    for group in (_WEEK, _TYPES, _MINE, _ABOUT):
        lines = [(c.name, t(c.example), t.plural(c.description, 2)) for c in COMMANDS if c.group == group]
        shown.append((t(group), lines))
    return shown
