"""Articles of invented pages, for tests."""

from parsing.articles import Draft, drafts
from parsing.layout import blocks
from parsing.text import normalise

BRIDGE = "本报讯（记者 田小禾）3月5日，柳河大桥建成通车，两岸居民过河不用再绕行。大桥全长1.2公里。"
SCHOOL = "本报讯（通讯员 方小舟）3月6日，新桥小学举办读书节，全校师生分享喜爱的图书。"
CLINIC = "本报讯 近日，清风里社区卫生站改造完成，新增儿童口腔诊区，居民看牙更方便。"


def read(*parts: str) -> list[Draft]:
    return drafts(blocks(normalise("\n\n".join(parts))))


def headlines(*parts: str) -> list[str | None]:
    return [draft.headline for draft in read(*parts)]
