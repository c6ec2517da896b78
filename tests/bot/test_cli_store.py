"""The commands over the store: ingest, events, job, status."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import cli, exits
from bot.commands._terminal import printable, say_period
from bot.commands.events import cell
from bot.commands.job import read_moment
from messages.quoting import QUOTE_LIMIT
from parsing.model import EventType, Period, Precision
from storage.database import Database
from storage.ingest import PageInfo, SourceInfo, store_reading
from tests.jobs.support import MONDAY, WEDNESDAY, follower
from tests.support.readings import Happening, on, page_telling

PAGE = """王佐镇获评“首都文明村镇”

本报讯 4月2日，丰台区召开月度工作点评会，区委书记王少峰出席会议并讲话。

王佐镇获评“首都文明村镇”，佃起村获评“北京市农民增收典型案例”。
"""


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store of its own for each test."""
    url = f"sqlite:///{tmp_path}/store.db"
    monkeypatch.setenv("QUWEN_DATABASE_URL", url)
    monkeypatch.delenv("QUWEN_TOKEN", raising=False)
    monkeypatch.delenv("QUWEN_CONFIG", raising=False)
    return url


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "2024-04-08_02.txt"
    path.write_text(PAGE, encoding="gb18030")
    return path


@pytest.fixture
def store(url: str) -> None:
    """Three events, stored."""
    text, reading = page_telling(
        Happening(EventType.MEETING, "工作点评会", "区里召开工作点评会", on(date(2024, 4, 2))),
        Happening(
            EventType.AWARD, "=首都文明村镇", "王佐镇获评首都文明村镇", actors=("王佐镇",), areas=("王佐镇",)
        ),
        Happening(
            EventType.ACTIVITY, "春季[bold]招聘会", "将办春季[bold]招聘会\x1b[31m", on(date(2024, 4, 20))
        ),
        issued_on=date(2024, 4, 3),
    )
    database = Database(url)
    database.upgrade()
    with database.session() as session:
        store_reading(
            session,
            reading,
            text=text,
            source=SourceInfo("丰台报"),
            page=PageInfo(file_name="page.txt"),
            now=WEDNESDAY,
        )
    database.close()


Captured = pytest.CaptureFixture[str]


def test_ingest_stores_a_page_once(page: Path, capsys: Captured) -> None:
    assert cli.run(["ingest", "--no-model", str(page)]) == exits.OK
    first = capsys.readouterr().out
    assert "issue of 2024-04-08" in first
    assert "3 new events" in first
    assert cli.run(["ingest", "--no-model", str(page)]) == exits.OK
    assert "known, nothing changed" in capsys.readouterr().out
    assert cli.run(["events", "--format", "json"]) == exits.OK
    events = json.loads(capsys.readouterr().out)
    assert {event["type"] for event in events} == {"meeting", "award"}
    assert {event["source"] for event in events} == {"丰台报"}


def test_a_page_that_cannot_be_read_does_not_stop_the_others(
    page: Path, tmp_path: Path, capsys: Captured
) -> None:
    (tmp_path / "empty.txt").touch()
    files = [str(tmp_path / "empty.txt"), str(page), str(tmp_path / "missing.txt")]
    assert cli.run(["ingest", "--no-model", *files]) == exits.FAILED
    said = capsys.readouterr()
    assert "3 new events" in said.out
    assert "2 pages failed" in said.out
    assert "empty.txt is empty" in said.err
    assert "missing.txt does not exist" in said.err


def test_a_page_that_breaks_the_reader_leaves_nothing_behind(
    page: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise IndexError("deep inside")

    monkeypatch.setattr("parsing.reader.read_page", breaks)
    assert cli.run(["ingest", "--no-model", str(page)]) == exits.FAILED
    assert "deep inside" in capsys.readouterr().err
    assert cli.run(["status"]) == exits.OK
    assert "0 of 0 sources" in capsys.readouterr().out


def test_a_district_of_one_s_own_is_stored_and_found_by_its_streets(
    tmp_path: Path, page: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = 'name = "青石区"\nshort = "青石"\ncity = "甲市"\narea = [{name = "柳湾镇", aliases = ["柳湾"]}]\n'
    (tmp_path / "qingshi.toml").write_text(pack, "utf-8")
    monkeypatch.setenv("QUWEN_DISTRICTS", str(tmp_path))
    monkeypatch.setenv("QUWEN_DISTRICT", "qingshi")
    page.write_text("4月2日，柳湾召开月度工作点评会。", "utf-8")
    assert cli.run(["ingest", "--no-model", str(page)]) == exits.OK
    capsys.readouterr()
    assert cli.run(["events", "--area", "柳湾", "--format", "json"]) == exits.OK
    (event,) = json.loads(capsys.readouterr().out)
    assert (event["source"], event["areas"]) == ("青石报", ["柳湾镇"])


def test_a_given_issue_date_and_source_win(page: Path, capsys: Captured) -> None:
    cli.run(["ingest", "--no-model", "--issued-on", "2024-04-15", "--source", "某报", str(page)])
    assert "issue of 2024-04-15 (given)" in capsys.readouterr().out
    cli.run(["events", "--format", "json"])
    events = json.loads(capsys.readouterr().out)
    assert {(event["reported_on"], event["source"]) for event in events} == {("2024-04-15", "某报")}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingest", "--issued-on", "2024-02-30", "x.txt"], "2024-02-30"),
        (["ingest", "--district", "火星区", "x.txt"], "丰台区"),
        (["events", "--from", "yesterday"], "2024-04-08"),
        (["events", "--from", "2024-04-02", "--to", "2024-04-01"], "before"),
        (["events", "--type", "party"], "meeting"),
        (["events", "--area", "火星街道"], "王佐镇"),
        (["job", "digest", "--at", "soon"], "2024-04-15T09:00"),
        (["job", "deliver"], "QUWEN_TOKEN"),
    ],
)
def test_asked_wrongly_it_says_what_is_right(arguments: list[str], words: str, capsys: Captured) -> None:
    assert cli.run(arguments) == exits.USAGE
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said


@pytest.mark.usefixtures("store")
def test_the_table_shows_events_as_plain_text(capsys: Captured) -> None:
    assert cli.run(["events"]) == exits.OK
    shown = capsys.readouterr().out
    assert "2024-04-02" in shown
    assert "春季[bold]招聘会" in shown
    assert "(told 2024-04-03)" in shown


@pytest.mark.usefixtures("store")
def test_json_has_the_fields_of_an_annotation(capsys: Captured) -> None:
    cli.run(["events", "--format", "json", "--type", "award"])
    (event,) = json.loads(capsys.readouterr().out)
    assert event.pop("id")
    assert event == {
        "type": "award",
        "evidence": "王佐镇获评首都文明村镇",
        "subject": "=首都文明村镇",
        "actors": ["王佐镇"],
        "people": [],
        "place": None,
        "date_start": None,
        "date_end": None,
        "precision": "none",
        "stage": None,
        "areas": ["王佐镇"],
        "reported_on": "2024-04-03",
        "source": "丰台报",
        "headline": "今日要闻",
        "confidence": 0.9,
        "review": "clear",
        "url": None,
        "source_url": None,
    }


def test_an_export_quotes_shortly_and_tells_the_addresses(url: str, capsys: Captured) -> None:
    long = "佃起村获评乡村治理示范村，" * 30
    text, reading = page_telling(Happening(EventType.AWARD, "示范村", long), issued_on=date(2024, 4, 3))
    source = SourceInfo("丰台报", home_url="https://paper.example/")
    page = PageInfo("page.txt", url="https://paper.example/2024/04/03/2")
    database = Database(url)
    database.upgrade()
    with database.session() as session:
        store_reading(session, reading, text=text, source=source, page=page, now=WEDNESDAY)
    database.close()
    cli.run(["events", "--format", "csv"])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert len(row["evidence"]) <= QUOTE_LIMIT
    assert row["evidence"].endswith("示范村…")
    assert (row["url"], row["source_url"]) == (page.url, source.home_url)


@pytest.mark.usefixtures("store")
def test_csv_is_no_spreadsheet_formula(capsys: Captured) -> None:
    cli.run(["events", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 3
    assert "'=首都文明村镇" in {row["subject"] for row in rows}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("arguments", "subjects"),
    [
        (["--search", "点评"], ["工作点评会"]),
        (["--search", "会 春季"], ["春季[bold]招聘会"]),
        (["--area", "王佐"], ["=首都文明村镇"]),
        (["--from", "2024-04-10"], ["春季[bold]招聘会"]),
        (["--to", "2024-04-02"], ["工作点评会"]),
        (["--type", "meeting", "--type", "award"], ["=首都文明村镇", "工作点评会"]),
        (["--limit", "1"], ["春季[bold]招聘会"]),
        (["--search", "没有这个"], []),
    ],
)
def test_events_are_narrowed(arguments: list[str], subjects: list[str], capsys: Captured) -> None:
    assert cli.run(["events", "--format", "json", *arguments]) == exits.OK
    assert [event["subject"] for event in json.loads(capsys.readouterr().out)] == subjects


def test_an_empty_store_says_so(capsys: Captured) -> None:
    for shape, out in (("table", ""), ("json", "[]\n")):
        assert cli.run(["events", "--format", shape]) == exits.OK
        said = capsys.readouterr()
        assert said.out == out
        assert "No event matches" in said.err


def test_a_job_takes_the_time_it_is_given_for_now(url: str, capsys: Captured) -> None:
    database = Database(url)
    database.upgrade()
    with database.session() as session:
        follower(session)
    database.close()
    assert cli.run(["job", "digest", "--at", "2024-04-08T08:59"]) == exits.OK
    assert "made: 0" in capsys.readouterr().out
    assert cli.run(["job", "digest", "--at", "2024-04-08T09:00"]) == exits.OK
    assert "made: 1\nlate: 0\n" in capsys.readouterr().out
    assert cli.run(["status"]) == exits.OK
    shown = capsys.readouterr().out
    assert "1 active" in shown
    assert "1 pending" in shown
    assert "2024-04-15 09:00 Asia/Shanghai" in shown


def test_tidy_tells_what_it_threw_away(capsys: Captured) -> None:
    assert cli.run(["job", "tidy"]) == exits.OK
    assert capsys.readouterr().out == "dropped: 0\ndeleted: 0\nintakes: 0\nforgotten: 0\n"


def test_status_hides_the_password(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("QUWEN_DATABASE_URL", "postgresql://me:sesame@127.0.0.1:1/news")
    assert cli.run(["status"]) == exits.FAILED
    said = capsys.readouterr()
    assert "sesame" not in said.out + said.err
    assert said.err.count("\n") == 1


def test_a_foreign_database_is_refused(url: str, capsys: Captured) -> None:
    Path(url.removeprefix("sqlite:///")).write_text("not a database, whatever its name says" * 50)
    for arguments in (["status"], ["events"]):
        assert cli.run(arguments) == exits.FAILED
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-04-08T09:00", MONDAY),
        ("2024-04-08T09:00+08:00", MONDAY),
        ("2024-04-08T01:00Z", MONDAY),
        ("2024-04-08", datetime(2024, 4, 7, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_the_districts(text: str, moment: datetime) -> None:
    assert read_moment(text, "Asia/Shanghai") == moment


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (Period(date(2024, 4, 2), date(2024, 4, 2), Precision.DAY), "2024-04-02"),
        (Period(date(2024, 4, 20), date(2024, 4, 26), Precision.DAY), "2024-04-20/2024-04-26"),
        (Period(date(2024, 4, 1), date(2024, 4, 30), Precision.MONTH), "2024-04"),
        (Period(date(2024, 1, 1), date(2024, 2, 29), Precision.MONTH), "2024-01-01/2024-02-29"),
        (Period(date(2024, 4, 1), date(2024, 6, 30), Precision.QUARTER), "2024-Q2"),
        (Period(date(2023, 1, 1), date(2023, 12, 31), Precision.YEAR), "2023"),
        (Period(), ""),
    ],
)
def test_a_period_is_said_as_well_as_it_is_known(when: Period, said: str) -> None:
    assert say_period(when) == said


@pytest.mark.parametrize("start", "=+-@\t\r")
def test_a_cell_never_begins_like_a_formula(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_a_terminal_is_not_commanded() -> None:
    assert printable("红\x1b[31m字\u202e\x07") == "红[31m字"
