"""A small paper in the mobile edition of 北京日报, served whole; its news is invented."""

from datetime import date

from sources.refs import IssueRef
from tests.sources.site import Reply, Site

PAGES = {
    "要闻": ("丰河区召开春季植树动员会", "柳林公园新添百把座椅"),
    "社区": ("便民早市开到家门口",),
    "广告": (),
}
BODY = "本报讯（记者 张大河）3月6日，{title}，附近居民当天就来看了新鲜。"


def folder(day: date) -> str:
    """The path that an issue lies under."""
    return f"/fhrb/mobile/{day:%Y}/{day:%Y%m%d}"


def index_of(server: Site, day: date) -> str:
    """The address of an issue."""
    return f"{server.url}{folder(day)}/{day:%Y%m%d}_m.html"


def serve_mobile(server: Site, day: date, *, declared: str = "GBK", encoding: str = "utf-8-sig") -> IssueRef:
    """Serve an issue whole, its pages declared in one encoding and sent in another."""
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    listed = ""
    for number, (name, titles) in enumerate(PAGES.items(), 1):
        page = f"{day:%Y%m%d}_{number:03}"
        listed += f'<div class="nav-panel-heading" pdf_href="{page}/{page}.pdf">第{number}版 {name}</div>'
        for place, title in enumerate(titles, 1):
            path = f"{page}/content_{page}_{place}.htm"
            listed += f'<a data-href="./{path}#page0" data-newid="{place}">{title}</a>'
            told = f'<font id="main-title">{title}</font><div id="content">{BODY.format(title=title)}</div>'
            server.answers[f"{folder(day)}/{path}"] = Reply((head + told).encode(encoding))
    server.answers[f"{folder(day)}/{day:%Y%m%d}_m.html"] = Reply((head + listed).encode(encoding))
    return IssueRef(day, index_of(server, day))


def stub(target: str) -> Reply:
    """A page that sends its reader on."""
    return Reply(f'<script>window.location.href = "{target}";</script>'.encode())
