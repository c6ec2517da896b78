"""What in a name tells only of what kind something is, and what is its own."""

import re

from rapidfuzz.distance import Levenshtein

_KIND = re.compile(
    r"""
      全[体区市国] | 中国 | 中华 | 国[际家] | 世界 | 首届 | 大型 | 特别 | 最新 | [本此]次
    | 会议 | 大会 | 座谈 | 会[谈晤] | 新闻 | 发布 | 预备 | 推进 | 动员 | 部署 | 调度 | 总结 | 表彰
    | 仪式 | 活动 | 论坛 | 讲座 | 培训 | 比赛 | 大赛 | 演出 | 邀请 | 博览 | 交易 | 展览 | 节目
    | 启动 | [开闭]幕 | 颁奖 | 揭牌 | 签约 | 系列 | 专[题场项] | [会展赛节例]
    | 调研 | 检查 | 视察 | 工作 | 行动 | 工程 | 项目 | 企业 | 岗位 | 代表团?
    | [金银铜]牌 | [\d一二两三四五六七八九十百]+枚 | 团体 | 个人
    | 意见 | 方案 | 办法 | 条例 | 规定 | 决定 | 通[知告] | 公[告报] | 报告 | 社论 | 消息 | 实施
    | 计划 | 措施 | 数据 | 统计 | 人[数员] | 数量 | 总[量额] | 总?投资 | 投入 | 面积 | 规模
    | 累计 | 新增 | 占比? | 增长 | 收入 | [出进]口
    """,
    re.VERBOSE,
)
_HELD = re.compile("召开|举[行办]|开展")


def is_kind(name: str) -> bool:
    """Whether a name tells what kind of occasion or count it is and no more: 座谈会, 全体会议, 总投资."""
    return not _KIND.sub("", name)


def own_words(name: str) -> str:
    """A name without the words that tell its kind."""
    return _KIND.sub("", name)


def each_has_its_own(one: str, other: str) -> bool:
    """Whether each of two names that are nearly alike says what the other does not: 海上/科技合作文件."""
    gone = come = False
    for edit in Levenshtein.opcodes(_HELD.sub("", one), _HELD.sub("", other)):
        match edit.tag:
            case "replace":
                gone = gone or edit.src_end - edit.src_start >= 2
                come = come or edit.dest_end - edit.dest_start >= 2
            case "delete":
                gone = gone or edit.src_end - edit.src_start >= 2
            case "insert":
                come = come or edit.dest_end - edit.dest_start >= 2
    return gone and come
