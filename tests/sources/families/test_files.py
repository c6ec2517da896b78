"""A folder with the pages of a paper, in files of all kinds."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from sources.families.files import Files, Options
from sources.fetching.errors import NeedsOcrError, UnreadableError
from sources.fetching.fetcher import Fetched
from sources.look import look_at
from sources.refs import ArticleRef, IssueRef, Kind, PageRef
from tests.sources.families.pdfs import newspaper, pdf

DAY, BEFORE = date(2024, 3, 8), date(2024, 3, 1)
TEXT = "柳林街道便民早市开市\n\n　　3月6日，柳林街道便民早市正式开市，首日迎来千余名居民。\n"
WEB = (
    "<title>河西时报</title><founder-title>南苑小学获评绿色学校</founder-title>"
    "<founder-content><p>日前，南苑小学被市教委授予“绿色学校”称号，学校师生准备了两年。</p></founder-content>"
)
NOTICE = (
    '<meta name="PubDate" content="2024-03-08 07:00"><h1>柳林路封闭施工</h1>'
    "<div id=zoom><p>因道路施工，柳林路自3月9日起封闭，请过往车辆绕行。</p></div>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder inside of one that tells another day."""
    made = tmp_path / "20200101" / "河西"
    made.mkdir(parents=True)
    return made


def files(folder: Path, **options: object) -> Files:
    return Files(Options.model_validate({"dir": str(folder), **options}))


def get(url: str, *, referer: str | None = None, most: int = 0) -> Fetched:
    raise AssertionError(f"{url} was fetched")


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_the_files_of_a_day_are_an_issue_and_a_broken_one_stops_no_other(folder: Path) -> None:
    write(folder, "2024-03-08_03.html", WEB)
    write(folder, "2024-03-08_01.txt", TEXT.encode("gb18030"))
    write(folder, "河西时报20240308第2版.pdf", pdf(newspaper()))
    write(folder, "2024-03-08_04.pdf", b"PK\x03\x04")
    write(folder, "2024-03-01_01.txt", TEXT)
    write(folder, "2024-03-08_05.jpg", b"\xff\xd8\xff")
    write(folder, ".2024-03-08_06.txt", TEXT)
    look = look_at(files(folder), get, today=date(2024, 3, 9))
    assert look is not None
    assert look.issue == IssueRef(DAY, folder.as_uri())
    assert [page.number for page in look.pages] == ["01", "02", "03", "04"]
    assert [bool(one.flaws) for one in look.read] == [False, False, False, True]
    assert "4.pdf is a zip archive" in look.read[3].flaws[0]
    text, page, web = (one.article for one in look.read if one.article)
    assert (text.kind, text.paragraphs) == (Kind.PAGE, tuple(TEXT.splitlines()))
    assert (page.kind, page.page_name, page.issued_on) == (Kind.PAGE, "综合新闻", DAY)
    assert (web.kind, web.headline, web.page_number) == (Kind.NEWS, "南苑小学获评绿色学校", "03")
    assert web.url == (folder / "2024-03-08_03.html").as_uri()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("2024-03-08_01.txt", TEXT),
        ("2024-03-08/01.txt", TEXT),
        ("2024/03/08/要闻.txt", TEXT),
        ("20240308/要闻.txt", TEXT),
        ("要闻.txt", f"河西时报 2024年3月8日 星期五\n\n{TEXT}"),
        ("要闻.pdf", pdf(newspaper())),
        ("要闻.html", NOTICE),
    ],
)
def test_the_day_is_in_the_name_the_folder_or_on_the_page(folder: Path, name: str, data: str | bytes) -> None:
    write(folder, name, data)
    assert files(folder).latest(get, today=DAY) == IssueRef(DAY, folder.as_uri())


def test_a_file_that_tells_no_day_is_of_the_day_of_its_last_change_in_china(folder: Path) -> None:
    path = write(folder, "要闻.txt", TEXT)
    changed = datetime(2024, 3, 7, 17, 30, tzinfo=UTC).timestamp()
    os.utime(path, (changed, changed))
    assert files(folder).latest(get, today=DAY) == IssueRef(DAY, folder.as_uri())


def test_issues_are_found_by_day_and_backwards(folder: Path) -> None:
    for day in (BEFORE, DAY, date(2024, 3, 15)):
        write(folder, f"{day}_01.txt", TEXT)
    adapter = files(folder)
    newest = adapter.latest(get, today=DAY)
    assert newest == IssueRef(DAY, folder.as_uri())
    assert adapter.before(get, newest) == adapter.issue_on(get, BEFORE) == IssueRef(BEFORE, folder.as_uri())
    assert adapter.issue_on(get, date(2024, 3, 9)) is None
    assert adapter.before(get, IssueRef(BEFORE, "")) is None


def test_each_page_of_a_pdf_is_a_page(folder: Path) -> None:
    write(folder, "2024-03-08.pdf", pdf(newspaper(), [], newspaper(order="shuffled")))
    adapter = files(folder)
    pages = adapter.pages(get, IssueRef(DAY, ""))
    assert [page.url.rsplit("#")[-1] for page in pages] == ["page=1", "page=2", "page=3"]
    with pytest.raises(NeedsOcrError, match=r"#page=2 is a picture"):
        adapter.article(get, ArticleRef(pages[1].url), pages[1])
    [reference] = adapter.articles(get, pages[2])
    found = adapter.article(get, reference, pages[2])
    assert found is not None
    assert (found.paragraphs[0], reference.published_on) == ("新河时报", DAY)


def test_a_pattern_chooses_files(folder: Path) -> None:
    write(folder, "hexi/2024-03-08_01.txt", TEXT)
    write(folder, "hedong/2024-03-08_02.txt", TEXT)
    pages = files(folder, pattern="hexi/*.txt").pages(get, IssueRef(DAY, ""))
    assert [page.number for page in pages] == ["01"]


def test_a_web_page_without_an_article_is_none(folder: Path) -> None:
    path = write(folder, "2024-03-08_01.html", "<p>您访问的页面不存在</p>")
    page = PageRef(path.as_uri())
    assert files(folder).article(get, ArticleRef(page.url), page) is None


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(UnreadableError, match="is no folder; make it"):
        files(folder / "none").latest(get, today=DAY)
    assert files(folder).latest(get, today=DAY) is None


def test_the_folder_may_be_relative_or_at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "2024-03-08_01.txt", TEXT)
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("HOME", str(folder.parent))
    for told in (folder.name, f"~/{folder.name}"):
        adapter = Files(Options(dir=told))
        assert adapter.latest(get, today=DAY) == IssueRef(DAY, folder.as_uri())


@pytest.mark.parametrize(
    "wrong",
    [
        {"dir": ""},
        {"dir": "~nobody-of-that-name/x"},
        {"pattern": "../*"},
        {"pattern": "/etc/*"},
        {"pattern": ""},
    ],
)
def test_options_that_make_no_sense_are_refused(folder: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        files(folder, **wrong)
