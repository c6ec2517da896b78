"""`quwen sources`: the catalog, and a first look at a paper that is served here."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest

from bot.fetching import fetcher_of
from bot.settings import load_settings
from sources.catalog import load_catalog
from sources.fetching.pace import GAP, Pace
from tests.bot.own_paper import ENTRY, Quwen, command_line, own_paper
from tests.jobs.collecting.support import stories
from tests.sources.families.pdfs import newspaper, pdf
from tests.sources.feeds import item, rss
from tests.sources.gov import Notice, serve_list
from tests.sources.mobile import serve_mobile, stub
from tests.sources.paper import article_path, serve_entry, serve_issue, serve_issues
from tests.sources.site import Reply, Site

OTHERS = """
[[source]]
id = "pdf"
name = "河西报"
district = "河西区"
adapter = "pdfpaper"
page_url = "{url}/pdf/{{date:%Y-%m-%d}}/{{page:02d}}.pdf"
tls = "http"

[[source]]
id = "online"
name = "河西在线"
district = "河西区"
adapter = "generic"
list = "{url}/news/"
tls = "http"

[[source]]
id = "folder"
name = "河西旧报"
district = "河西区"
adapter = "files"
dir = '{folder}'
"""


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with own_paper(tmp_path, monkeypatch) as made:
        serve_entry(made, serve_issue(made, date(2024, 3, 8)))
        yield made


@pytest.fixture
def quwen(capsys: pytest.CaptureFixture[str]) -> Quwen:
    return command_line(capsys, "sources")


@pytest.fixture
def collect(capsys: pytest.CaptureFixture[str]) -> Quwen:
    return command_line(capsys, "collect")


def test_ready_sources_and_ones_own_are_listed(paper: Site, quwen: Quwen) -> None:
    listed = quwen().output
    assert "fengtai" in listed
    assert "河西时报 · 河西区" in listed


def test_a_look_tells_pages_articles_and_events(paper: Site, quwen: Quwen) -> None:
    looked = quwen("check", "hexi")
    assert looked.exit_code == 0
    assert "01  区政府召开一季度经济工作会" in looked.output
    assert "河西时报, issue of 2024-03-08" in looked.output
    assert "2 pages, 3 articles read, 100% whole" in looked.output


@pytest.fixture
def others(paper: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of no family, a paper in PDF and a folder, each with an issue of 2024-03-08."""
    paper.answers["/pdf/2024-03-08/01.pdf"] = Reply(pdf(newspaper()))
    story = "<p>柳林街道便民早市正式开市，首日迎来千余名居民，设摊四十八个。</p>"
    page = f"<title>早市开市-河西在线</title><h2>早市开市</h2><p>2024-03-08</p><div>{story}{story}</div>"
    paper.answers["/news/1.html"] = Reply(page.encode())
    paper.answers["/news/"] = Reply(b'<ul><li><a href="1.html">\xe6\x97\xa9</a> 2024-03-08</li></ul>')
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "2024-03-08_01.txt").write_text(
        "柳林街道便民早市3月6日正式开市，首日迎来千余名居民。", encoding="gb18030"
    )
    (folder / "2024-03-08_02.pdf").write_bytes(pdf(newspaper()))
    own = tmp_path / "others.toml"
    own.write_text(OTHERS.format(url=paper.url, folder=folder), encoding="utf-8")
    monkeypatch.setenv("QUWEN_SOURCES", str(own))
    return paper


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("pdf", ["02  http", "1 pages, 1 articles read, 100% whole"]),
        ("online", ["?  早市开市", "1 pages, 1 articles read, 100% whole"]),
        ("folder", ["/2024-03-08_01.txt", "02  file:", "2 pages, 2 articles read, 100% whole"]),
    ],
)
def test_a_look_at_a_source_of_another_family(
    others: Site, quwen: Quwen, name: str, shown: list[str]
) -> None:
    looked = quwen("check", name, "--day", "2024-03-08")
    for words in (*shown, "issue of 2024-03-08"):
        assert words in looked.output


def test_the_newest_issue_is_looked_for_from_today_in_the_zone_of_the_paper(
    others: Site, quwen: Quwen, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(2024, 3, 7, 17, 0, tzinfo=tz)  # in China it is the 8th already

    monkeypatch.setattr("bot.commands.sources.datetime", Clock)
    assert "issue of 2024-03-08" in quwen("check", "pdf").output
    assert others.paths() == ["/pdf/2024-03-08/01.pdf", "/pdf/2024-03-08/02.pdf"]


def test_articles_that_lack_something_are_shown_and_end_in_failure(paper: Site, quwen: Quwen) -> None:
    paper.answers["/shibao/html/2024-03/08/content_2_1.htm"] = Reply(status=404)
    looked = quwen("check", "hexi")
    assert looked.exit_code == 1
    assert "✗" in looked.output
    assert "67% whole" in looked.output


FAMILIES = {
    "bjd_mobile": 'base = "{url}"\npaper = "fhrb"',
    "govlist": 'list_urls = "{url}/xwdt/bmdt/"',
    "feed": 'url = "{url}/feed.xml"',
}


def entry_of(family: str, options: str) -> str:
    head, _, _ = ENTRY.partition("adapter")
    return f'{head}adapter = "{family}"\n{options}\ntls = "http"\n'


def serve_by_day(made: Site) -> None:
    """A mobile edition, a government site, and a feed that links to the articles of that."""
    serve_mobile(made, date(2024, 3, 8))
    made.answers["/fhrb/paperindex.htm"] = stub("mobile/2024/20240308/20240308_m.html")
    notices = [Notice(date(2024, 3, 8), title) for title in ("柳林公园新添座椅", "便民早市开市")]
    serve_list(made, [*notices, Notice(date(2024, 3, 7), "南苑小学开学")])
    made.answers["/feed.xml"] = rss(*(item(one.path, title=one.title) for one in notices))


@pytest.mark.parametrize(
    ("family", "told"),
    [
        ("bjd_mobile", "3 pages, 3 articles read, 100% whole"),
        ("govlist", "2 pages, 2 articles read, 100% whole"),
        ("feed", "2 pages, 2 articles read, 100% whole"),
    ],
)
def test_a_look_at_other_families_tells_as_much(
    paper: Site, quwen: Quwen, tmp_path: Path, family: str, told: str
) -> None:
    serve_by_day(paper)
    entry = entry_of(family, FAMILIES[family].format(url=paper.url))
    (tmp_path / "own.toml").write_text(entry, encoding="utf-8")
    looked = quwen("check", "hexi")
    assert looked.exit_code == 0
    assert "河西时报, issue of 2024-03-08" in looked.output
    assert told in looked.output
    assert len(paper.paths()) == len(set(paper.paths()))
    missed = quwen("check", "hexi", "--day", "2024-03-06")
    assert missed.exit_code == 1
    assert "no issue of 2024-03-06" in missed.output


def test_a_feed_that_answers_a_web_page_says_so(paper: Site, quwen: Quwen, tmp_path: Path) -> None:
    paper.answers["/feed.xml"] = Reply("<html><title>路由出错</title></html>".encode())
    entry = entry_of("feed", FAMILIES["feed"].format(url=paper.url))
    (tmp_path / "own.toml").write_text(entry, encoding="utf-8")
    looked = quwen("check", "hexi")
    assert looked.exit_code == 1
    assert "a web page titled “路由出错”, no feed" in looked.output


def test_a_day_without_an_issue_says_so(paper: Site, quwen: Quwen) -> None:
    looked = quwen("check", "hexi", "--day", "2024-03-09")
    assert looked.exit_code == 1
    assert "no issue of 2024-03-09" in looked.output


def test_a_site_that_refuses_says_so(paper: Site, quwen: Quwen) -> None:
    paper.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    looked = quwen("check", "hexi")
    assert looked.exit_code == 1
    assert "robots.txt" in looked.output


def test_without_the_setting_this_machine_is_not_asked(
    paper: Site, quwen: Quwen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUWEN_PRIVATE_ADDRESSES", "false")
    looked = quwen("check", "hexi")
    assert looked.exit_code == 1
    assert "no public address" in looked.output
    assert paper.asked == []


def test_an_unknown_source_lists_those_that_are_known(paper: Site, quwen: Quwen) -> None:
    looked = quwen("check", "hedong")
    assert looked.exit_code == 2
    assert "known: fengtai" in looked.output


def test_sites_are_given_their_pause_whatever_else_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper of one's own on this machine is no reason to hurry the others."""
    paces: list[Pace] = []

    def noted() -> Pace:
        paces.append(Pace())
        return paces[-1]

    monkeypatch.setattr("bot.fetching.Pace", noted)
    monkeypatch.setenv("QUWEN_PRIVATE_ADDRESSES", "true")
    fetcher_of(load_catalog()["miyun"], load_settings())
    slept: list[float] = []
    [pace] = paces
    pace._sleep, pace._clock = slept.append, lambda: 0.0
    for _ in range(2):
        with pace.turn("paper.example"):
            pass
    assert slept[0] >= GAP


def test_how_a_source_stands_is_listed_with_what_was_read(
    paper: Site, quwen: Quwen, collect: Quwen, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert line_of(quwen().output, "hexi").split()[-2:] == ["by", "hand"]
    monkeypatch.setenv("QUWEN_COLLECT", "hexi")
    assert line_of(quwen().output, "hexi").split()[5:] == ["new", "soon"]
    days = [date(2024, 3, 8), date(2024, 3, 9)]
    serve_issues(paper, {day: [stories(2, of=day)] for day in days})
    assert collect("hexi", "--since", "2024-03-08").exit_code == 0
    told = line_of(quwen().output, "hexi").split()
    assert told[5:9] == ["no_issue", "2024-03-09", "4", "4"]
    assert len(told) == 11  # and when it is looked at next


def test_what_is_wrong_with_a_source_is_told_below_the_table(
    paper: Site, quwen: Quwen, collect: Quwen
) -> None:
    paper.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    assert collect("hexi").exit_code == 1
    listed = quwen()
    assert listed.exit_code == 0
    assert "blocked" in line_of(listed.output, "hexi")
    assert listed.output.splitlines()[-1].startswith("hexi: http://127.0.0.1")
    assert "robots.txt" in listed.output


def test_the_ledger_shows_what_was_read_and_what_is_missing(
    paper: Site, quwen: Quwen, collect: Quwen
) -> None:
    days = [date(2024, 3, 5), date(2024, 3, 7), date(2024, 3, 8)]
    serve_issues(paper, {day: [stories(2, of=day)] for day in days})
    for place in (1, 2):
        paper.answers[article_path(days[1], 1, place)] = Reply(b"<p>another template</p>")
    collect("hexi", "--since", "2024-03-05")
    shown = quwen("issues", "hexi", "--since", "2024-03-01")
    assert shown.exit_code == 0
    rows = [line.split() for line in shown.output.splitlines()]
    assert rows[0] == ["issue", "state", "pages", "articles", "events", "why"]
    assert rows[1] == ["2024-03-08", "Fri", "read", "1", "2", "2"]
    assert rows[2][:6] == ["2024-03-07", "Thu", "held", "1", "0", "0"]
    assert "2 of 2 articles are flawed" in shown.output
    assert rows[3] == ["2024-03-06", "Wed", "none"]
    assert rows[4] == ["2024-03-05", "Tue", "read", "1", "2", "2"]


def test_a_ledger_without_a_line_says_how_to_begin(paper: Site, quwen: Quwen, collect: Quwen) -> None:
    shown = quwen("issues", "hexi")
    assert shown.exit_code == 0
    assert "quwen collect hexi" in shown.output
    collect("hexi")  # of an issue that is older than the days shown
    assert "quwen collect hexi" in quwen("issues", "hexi").output


def test_the_ledger_of_an_unknown_source_lists_those_that_are_known(paper: Site, quwen: Quwen) -> None:
    assert quwen("issues", "hedong").exit_code == 2


def line_of(output: str, name: str) -> str:
    return next(line for line in output.splitlines() if line.startswith(f"{name} "))
