"""Papers in PDF, over real HTTP: from their addresses to the text of their pages."""

import io
import zipfile
from datetime import date

import pytest
from pydantic import ValidationError

from parsing.reader import read_page
from sources.families.pdfpaper import Options, PdfPaper
from sources.fetching.errors import NeedsOcrError, UnreadableError
from sources.fetching.fetcher import PAGE_BYTES, Fetcher
from sources.look import look_at
from sources.page_text import page_text
from sources.refs import ArticleRef, IssueRef, Kind, PageRef
from tests.sources.families.pdfs import HEIGHT, Word, newspaper, pdf, stories, wrapped
from tests.sources.site import Reply, Site

DAY, BEFORE = date(2024, 3, 8), date(2024, 3, 1)
BODY = "".join(stories()[1].paragraphs)


@pytest.fixture
def paper(server: Site) -> Site:
    return server


def pdfpaper(paper: Site, **options: object) -> PdfPaper:
    page_url = paper.url + "/resfile/{date:%Y-%m-%d}/{page:02d}/{page:02d}.pdf"
    return PdfPaper(Options.model_validate({"page_url": page_url, **options}))


def small(label: str) -> list[Word]:
    """A page with a label, a headline and one column."""
    lines = enumerate(wrapped(f"\u3000\u3000{BODY}", 300))
    body = [Word(40, 1160 - 15 * row, 10, line) for row, line in lines]
    return [Word(800, HEIGHT - 60, 12, label), Word(40, 1200, 28, "中心小学新楼竣工"), *body]


def serve(paper: Site, day: date, *files: bytes) -> str:
    """Serve the files of an issue; the address of the first."""
    for number, data in enumerate(files, 1):
        paper.answers[f"/resfile/{day}/{number:02}/{number:02}.pdf"] = Reply(data)
    return f"{paper.url}/resfile/{day}/01/01.pdf"


def only_page(paper: Site, fetcher: Fetcher, data: bytes) -> PageRef:
    [page] = pdfpaper(paper).pages(fetcher.get, IssueRef(DAY, serve(paper, DAY, data)))
    return page


def test_an_issue_is_read_up_to_the_first_page_that_is_missing(paper: Site, fetcher: Fetcher) -> None:
    front, second = pdf(newspaper(order="shuffled")), pdf(small("第03版：社会新闻"))
    first = serve(paper, DAY, front, second)
    paper.answers[f"/resfile/{DAY}/04/04.pdf"] = Reply(front)
    look = look_at(pdfpaper(paper), fetcher.get, today=DAY)
    assert look is not None
    assert look.issue == IssueRef(DAY, first)
    assert [(page.number, page.name) for page in look.pages] == [("02", "综合新闻"), ("03", "社会新闻")]
    assert (len(look.read), look.valid) == (2, 1.0)
    assert paper.paths() == [f"/resfile/{DAY}/{number}/{number}.pdf" for number in ("01", "02", "03")]


def test_a_page_is_read_whole_and_tells_its_articles(paper: Site, fetcher: Fetcher) -> None:
    page = only_page(paper, fetcher, pdf(newspaper()))
    adapter = pdfpaper(paper)
    [reference] = adapter.articles(fetcher.get, page)
    found = adapter.article(fetcher.get, reference, page)
    assert (found.kind, found.headline, found.issued_on) == (Kind.PAGE, "", DAY)
    assert (found.url, found.page_number, found.page_name) == (page.url, "02", "综合新闻")
    reading = read_page(page_text([found]), issued_on=DAY)
    assert [article.headline for article in reading.articles] == [story.title for story in stories()]


def test_there_are_no_more_pages_than_told(paper: Site, fetcher: Fetcher) -> None:
    first = serve(paper, DAY, *[pdf(small(f"0{number}版 要闻")) for number in (1, 2, 3)])
    found = pdfpaper(paper, max_pages=2).pages(fetcher.get, IssueRef(DAY, first))
    assert [page.number for page in found] == ["01", "02"]


def test_a_file_with_several_pages_is_several_pages(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/20240308.pdf"] = Reply(pdf(small("第01版：要闻"), small("第02版：民生")))
    adapter = pdfpaper(paper, page_url=paper.url + "/{date:%Y%m%d}.pdf")
    look = look_at(adapter, fetcher.get, today=DAY)
    assert look is not None
    told = [(page.url.rsplit("/")[-1], page.number, page.name) for page in look.pages]
    assert told == [("20240308.pdf#page=1", "01", "要闻"), ("20240308.pdf#page=2", "02", "民生")]
    labels = [one.article and one.article.paragraphs[0] for one in look.read]
    assert labels == ["第01版：要闻", "第02版：民生"]
    assert paper.paths() == ["/20240308.pdf"]


def test_the_newest_issue_is_looked_for_backwards(paper: Site, fetcher: Fetcher) -> None:
    first = serve(paper, BEFORE, pdf(small("01版 要闻")))
    adapter = pdfpaper(paper)
    assert adapter.latest(fetcher.get, today=DAY) == IssueRef(BEFORE, first)
    assert len(paper.paths()) == 8
    assert adapter.before(fetcher.get, IssueRef(BEFORE, first)) is None
    assert len(paper.paths()) == 8 + 15


def test_an_index_tells_the_days_of_issues(paper: Site, fetcher: Fetcher) -> None:
    first, older = (serve(paper, day, pdf(small("01版 要闻"))) for day in (DAY, BEFORE))
    links = f'<a href="/resfile/{DAY}/01/01.pdf">看报</a><p>2024年3月1日 星期五</p><p>2024年4月5日休刊</p>'
    paper.answers["/index.html"] = Reply(links.encode())
    adapter = pdfpaper(paper, index=f"{paper.url}/index.html")
    issue = adapter.latest(fetcher.get, today=date(2024, 3, 20))
    assert issue == IssueRef(DAY, first)
    assert adapter.before(fetcher.get, issue) == IssueRef(BEFORE, older)
    assert len(paper.paths()) == 4


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=404),
        Reply("\ufeff<!DOCTYPE html><p>您访问的页面不存在</p>".encode()),  # a soft 404
        Reply(status=302, headers={"Location": "/resfile/2024-03-01/01/01.pdf"}),  # another day
        Reply(status=302, headers={"Location": "/"}),
    ],
)
def test_a_day_without_an_issue_is_none(paper: Site, fetcher: Fetcher, reply: Reply) -> None:
    serve(paper, BEFORE, pdf(small("01版 要闻")))
    paper.answers["/"] = Reply(pdf(small("01版 要闻")))
    paper.answers[f"/resfile/{DAY}/01/01.pdf"] = reply
    assert pdfpaper(paper).issue_on(fetcher.get, DAY) is None


def zipped(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("01.pdf", data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped(pdf(small("01版"))), "is a zip archive"),
        (pdf(small("01版"), password="secret"), "is encrypted"),
        (pdf(small("01版"))[:1_500], "is damaged or cut off"),
        (b"\x89PNG\r\n\x1a\n", "is no PDF file"),
    ],
)
def test_a_page_that_cannot_be_read_is_still_a_page_and_says_why(
    paper: Site, fetcher: Fetcher, data: bytes, told: str
) -> None:
    page = only_page(paper, fetcher, data)
    assert page.number == "01"
    with pytest.raises(UnreadableError, match=told) as error:
        pdfpaper(paper).article(fetcher.get, ArticleRef(page.url), page)
    assert not isinstance(error.value, NeedsOcrError)


@pytest.mark.parametrize(
    "data",
    [
        pdf(newspaper()).replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(XY9)"),  # (cid:…
        pdf([]),
    ],
)
def test_a_page_whose_characters_are_not_told_needs_ocr(paper: Site, fetcher: Fetcher, data: bytes) -> None:
    page = only_page(paper, fetcher, data)
    with pytest.raises(NeedsOcrError, match="OCR"):
        pdfpaper(paper).article(fetcher.get, ArticleRef(page.url), page)


def test_an_unreadable_page_is_a_flaw_and_the_others_go_on(paper: Site, fetcher: Fetcher) -> None:
    serve(paper, DAY, zipped(b""), pdf(small("02版 要闻")))
    look = look_at(pdfpaper(paper), fetcher.get, day=DAY, today=DAY)
    assert look is not None
    assert [bool(one.flaws) for one in look.read] == [True, False]


def test_a_file_may_be_larger_than_a_page_of_the_web(paper: Site, fetcher: Fetcher) -> None:
    head, _, rest = pdf(small("01版 要闻")).partition(b"\n")
    page = only_page(paper, fetcher, head + b"\n%" + b" " * PAGE_BYTES + b"\n" + rest)
    assert pdfpaper(paper).article(fetcher.get, ArticleRef(page.url), page).paragraphs


@pytest.mark.parametrize(
    "wrong",
    [
        {"page_url": "http://paper.example/{page}.pdf"},  # no day
        {"page_url": "http://paper.example/{date}/{node}.pdf"},
        {"page_url": "http://paper.example/{date.week}.pdf"},
        {"max_pages": 0},
        {"columns": "auto"},
    ],
)
def test_options_that_make_no_sense_are_refused(paper: Site, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        pdfpaper(paper, **wrong)
