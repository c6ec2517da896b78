"""A small paper of the classic Founder kind, served whole; its news is invented."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.sources.site import Reply, Site

Story = tuple[str, str]  # title, body

FRONT: Sequence[Story] = (
    (
        "柳林街道便民早市开市",
        "　　本报讯（记者 王小明）3月6日，柳林街道便民早市正式开市，首日迎来千余名居民。",
    ),
    ("区政府召开一季度经济工作会", "　　3月5日，区政府召开一季度经济工作会，部署重点任务。"),
)
SECOND: Sequence[Story] = (
    ("南苑小学获评市级绿色学校", "　　日前，南苑小学被市教委授予“绿色学校”称号，学校师生为此准备了两年。"),
)


def serve_issue(
    site: Site, day: date, pages: Sequence[Sequence[Story]] = (FRONT, SECOND), *, before: date | None = None
) -> str:
    """Serve an issue, each page with its stories; the path of its first page."""
    folder = f"/shibao/html/{day:%Y-%m/%d}"
    listed = "".join(
        f'<a id="pageLink" href="node_{number}.htm">第{number:02}版：{name}</a>'
        for number, (_, name) in enumerate(zip(pages, ("一版要闻", "综合新闻", "社会新闻"), strict=False), 1)
    )
    earlier = f'<a href="../../{before:%Y-%m/%d}/node_1.htm">上一期</a>' if before else ""
    for number, stories in enumerate(pages, 1):
        links = "".join(
            f'<li><a href="content_{number}_{place}.htm?div=-1">{title}</a></li>'
            for place, (title, _) in enumerate(stories, 1)
        )
        label = f"<td><strong>第{number:02}版：版面</strong></td>"
        page = f"<table><tr>{label}<td>{earlier}</td></tr></table><ul>{links}</ul>{listed}"
        site.answers[f"{folder}/node_{number}.htm"] = Reply(page.encode("gb18030"))
        for place, (title, body) in enumerate(stories, 1):
            told = f"<founder-title>{title}</founder-title><founder-content><p>{body}</p></founder-content>"
            site.answers[f"{folder}/content_{number}_{place}.htm"] = Reply((label + told).encode("gb18030"))
    return f"{folder}/node_1.htm"


def serve_issues(site: Site, days: Mapping[date, Sequence[Sequence[Story]]]) -> None:
    """Serve an issue for each day, each linked to the one before it, and an entry that leads to the last."""
    before = None
    for day in sorted(days):
        first_page = serve_issue(site, day, days[day], before=before)
        before = day
    serve_entry(site, first_page)


def article_path(day: date, page: int, place: int) -> str:
    """Where an article lies, counted from 1."""
    return f"/shibao/html/{day:%Y-%m/%d}/content_{page}_{place}.htm"


def page_path(day: date, page: int = 1) -> str:
    """Where a page lies."""
    return f"/shibao/html/{day:%Y-%m/%d}/node_{page}.htm"


def serve_entry(site: Site, first_page: str) -> None:
    """Serve the paper's entry, which sends its readers on."""
    target = first_page.removeprefix("/shibao/")
    stub = f'<meta http-equiv="refresh" content="0; URL={target}">'
    site.answers["/shibao/"] = Reply(stub.encode())
