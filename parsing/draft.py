"""An article while it is put together from the blocks of a page."""

import re
from dataclasses import dataclass, field

from parsing.furniture import DATELINE
from parsing.headlines import headline_of
from parsing.text import Strand

_NOTICE_HEADLINE = re.compile(
    r"便民|提示|公告|公示|指南|通知|通告|须知|预告|服务台|服务信息|生活信息|资讯|停水|停电|停气|出行|日历|去哪儿"
)
_LEAD = 200  # letters of a body that tell what its headline tells


@dataclass(slots=True)
class Jump:
    """Pages that an article is spread over, as far as the page tells: 1, A2, …"""

    page: str | None = None  # where it stands
    onto: str | None = None  # 下转: where it goes on
    origin: str | None = None  # 上接: where it began


@dataclass(slots=True)
class Draft:
    """An article while it is put together."""

    headlines: list[Strand] = field(default_factory=list)
    body: list[Strand] = field(default_factory=list)
    captions: list[Strand] = field(default_factory=list)
    continued: bool = False  # begins after a jump line: its lead stands on another page
    listed: bool = False  # one item of a list
    section: str = ""  # headline of the list or column it stands in
    behind: bool = False  # its headline stands after its body
    under: str | None = None  # headline of the article that it is a part of (又讯, an item of a list)
    jump: Jump = field(default_factory=Jump)

    @property
    def has_dateline(self) -> bool:
        return bool(self.body and DATELINE.match(self.body[0].text))

    @property
    def is_notice(self) -> bool:
        """Whether the headline says that residents are told something."""
        words = " ".join([self.section, *(line.text for line in self.headlines)])
        return bool(_NOTICE_HEADLINE.search(words))

    @property
    def headline(self) -> str | None:
        """The main headline in natural reading order; None where there is none."""
        lead = "".join(part.text for part in self.body[:2])[:_LEAD]
        return headline_of([line.text for line in self.headlines], lead, behind=self.behind) or self.under
