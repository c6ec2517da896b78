"""A small site of a district's government, served whole; its news is invented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.sources.site import Reply, Site

LIST = "/xwdt/bmdt/"
BODY = "近日，{title}，区有关部门表示将继续做好服务，欢迎居民就近参加。"


@dataclass(frozen=True, slots=True)
class Notice:
    """One article. `is_dated`: the list tells its day, and so does its address."""

    day: date
    title: str
    is_dated: bool = True
    declared: str = "utf-8"
    encoding: str = "utf-8"

    @property
    def path(self) -> str:
        name = "".join(str(ord(letter)) for letter in self.title[:4])
        return (
            f"{LIST}{self.day:%Y%m}/t{self.day:%Y%m%d}_{name}.shtml" if self.is_dated else f"/a/{name}.html"
        )


def serve_notices(site: Site, notices: Iterable[Notice]) -> None:
    """Serve articles, each at its address."""
    for one in notices:
        head = (
            f'<meta charset="{one.declared}"><title>{one.title}_丰河区人民政府</title>'
            f'<meta name="ArticleTitle" content="{one.title}"><meta name="PubDate" content="{one.day} 09:30">'
        )
        page = f'{head}<div id="mainText"><p>　　{BODY.format(title=one.title)}</p></div>'
        site.answers[one.path] = Reply(page.encode(one.encoding))


def listed(
    notices: Iterable[Notice], *, column: str = "部门动态", declared: str = "utf-8", encoding: str = "utf-8"
) -> Reply:
    """A page of a list."""
    items = "".join(
        f'<li><a href="{one.path}">{one.title}</a>{f"<span>{one.day}</span>" if one.is_dated else ""}</li>'
        for one in notices
    )
    head = f'<meta charset="{declared}"><meta name="ColumnName" content="{column}">'
    return Reply(f'{head}<ul class="list">{items}</ul>'.encode(encoding))


def serve_list(site: Site, *pages: Sequence[Notice]) -> None:
    """Serve a list, page by page (the second is `index_1.html`), and the articles that it names."""
    for number, notices in enumerate(pages):
        site.answers[LIST if number == 0 else f"{LIST}index_{number}.html"] = listed(notices)
        serve_notices(site, notices)
