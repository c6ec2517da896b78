"""What one run asks a site for: no page twice, lists by whether they have changed, with an end."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from jobs.collecting import asking
from jobs.collecting.asking import Asking, SpentError
from sources.fetching.errors import FetchError
from sources.fetching.fetcher import PAGE_BYTES, Fetched, Validators
from storage.database import Database

NOW = datetime(2024, 3, 8, tzinfo=UTC)
LIST = "https://paper.example/list"


@dataclass
class Server:
    """Answers each address as it is told; an answer with a tag is unchanged for who knows the tag."""

    answers: dict[str, Fetched] = field(default_factory=dict)
    asked: list[tuple[str, Validators | None]] = field(default_factory=list)

    def get(
        self, url: str, *, known: Validators | None = None, referer: str | None = None, most: int = PAGE_BYTES
    ) -> Fetched:
        self.asked.append((url, known))
        found = self.answers.get(url) or Fetched(url, url.encode(), Validators())
        if known is not None and known == found.validators:
            return Fetched(found.url, b"", Validators(), is_unchanged=True)
        return found


@pytest.fixture
def server() -> Server:
    return Server()


def run(server: Server, database: Database | None = None, most: int | None = None) -> Asking:
    return Asking(server, "hexi", clock=lambda: NOW, database=database, most=most)


def test_no_page_is_asked_for_twice_in_a_run(server: Server) -> None:
    server.answers[LIST] = Fetched(f"{LIST}/today", b"a", Validators())
    one = run(server)
    for url in (LIST, LIST, f"{LIST}/today"):
        assert one.listing(url).data == b"a"
        assert one.article(url).data == b"a"
    assert len(server.asked) == one.asked == 1


@pytest.mark.parametrize("validators", [Validators(etag='"1"'), Validators(last_modified="Fri, 8 Mar 2024")])
def test_a_list_that_has_not_changed_comes_from_the_store(
    server: Server, database: Database, validators: Validators
) -> None:
    server.answers[LIST] = Fetched(f"{LIST}/today", b"a", validators)
    first = run(server, database).listing(LIST)
    second = run(server, database).listing(LIST)
    assert (second.url, second.data, second.is_unchanged) == (first.url, b"a", False)
    assert [known for _, known in server.asked] == [None, validators]


def test_a_list_that_has_changed_is_kept_in_its_place(server: Server, sqlite_database: Database) -> None:
    for data, tag in ((b"a", "1"), (b"b", "2"), (b"b", "2")):
        server.answers[LIST] = Fetched(LIST, data, Validators(tag))
        assert run(server, sqlite_database).listing(LIST).data == data
    assert [known and known.etag for _, known in server.asked] == [None, "1", "2"]


def test_a_server_that_gives_no_tags_any_more_is_asked_anew(
    server: Server, sqlite_database: Database
) -> None:
    for validators in (Validators("1"), Validators(), Validators()):
        server.answers[LIST] = Fetched(LIST, b"a", validators)
        run(server, sqlite_database).listing(LIST)
    assert [known for _, known in server.asked] == [None, Validators("1"), None]


def test_articles_are_not_kept(server: Server, sqlite_database: Database) -> None:
    server.answers[LIST] = Fetched(LIST, b"a", Validators("1"))
    for _ in range(2):
        run(server, sqlite_database).article(LIST)
    assert [known for _, known in server.asked] == [None, None]


def test_that_nothing_has_changed_where_nothing_was_known_is_an_error(
    server: Server, sqlite_database: Database
) -> None:
    server.answers[LIST] = Fetched(LIST, b"", Validators(), is_unchanged=True)
    for ask in (run(server, sqlite_database).listing, run(server).article):
        with pytest.raises(FetchError, match="nothing has changed"):
            ask(LIST)


def test_a_run_has_an_end(server: Server) -> None:
    one = run(server, most=2)
    one.listing(LIST)
    one.article("https://paper.example/1")
    assert one.listing(LIST).data  # what is at hand costs nothing
    with pytest.raises(SpentError, match="2 pages"):
        one.article("https://paper.example/2")
    assert len(server.asked) == 2


def test_pages_at_hand_are_bounded_in_number(server: Server) -> None:
    one = run(server)
    for number in range(150):
        one.article(f"https://paper.example/{number}")
    one.article("https://paper.example/149")
    assert len(server.asked) == 150
    one.article("https://paper.example/0")
    assert len(server.asked) == 151


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_KEPT_BYTES", 100)


@pytest.mark.usefixtures("narrow")
def test_pages_at_hand_are_bounded_in_size(server: Server) -> None:
    one = run(server)
    for number in range(3):
        url = f"https://paper.example/{number}"
        server.answers[url] = Fetched(f"{url}/there", bytes(60), Validators())
        one.article(url)
    one.article("https://paper.example/2")
    assert len(server.asked) == 3
    one.article("https://paper.example/0")
    assert len(server.asked) == 4


@pytest.mark.usefixtures("narrow")
def test_one_large_page_is_at_hand_all_the_same(server: Server) -> None:
    server.answers[LIST] = Fetched(f"{LIST}/there", bytes(500), Validators())
    one = run(server)
    for _ in range(2):
        one.listing(LIST)
    assert len(server.asked) == 1
