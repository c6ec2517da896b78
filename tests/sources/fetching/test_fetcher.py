"""Fetching over real HTTP: what is asked, how often, and what each answer means."""

import ssl
from collections.abc import Iterator

import pytest

from sources.fetching.errors import (
    BlockedError,
    BusyError,
    FetchError,
    ForbiddenError,
    MissingError,
    TooLargeError,
)
from sources.fetching.fetcher import Fetcher, Tls, Validators, tls_context
from sources.fetching.pace import Pace
from tests.sources.site import Asked, Reply, Site, site

AGENT = "Quwen/0 (tests)"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def paper() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def fetcher(clock: Time) -> Iterator[Fetcher]:
    pace = Pace(clock=clock, sleep=clock.sleep, luck=lambda: 0.5)
    with Fetcher(
        agent=AGENT, pace=pace, tls=Tls.HTTP, private=True, clock=clock, sleep=clock.sleep, timeout=2.0
    ) as made:
        yield made


def test_a_page_comes_with_its_validators(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/a"] = Reply(
        "早市".encode(), headers={"ETag": '"1"', "Last-Modified": "Fri, 08 Mar 2024 00:00:00 GMT"}
    )
    found = fetcher.get(f"{paper.url}/a", referer=f"{paper.url}/")
    assert found.data.decode() == "早市"
    assert found.url == f"{paper.url}/a"
    assert found.validators == Validators('"1"', "Fri, 08 Mar 2024 00:00:00 GMT")
    asked = paper.asked[-1].headers
    assert (asked["User-Agent"], asked["Referer"]) == (AGENT, f"{paper.url}/")


def test_a_page_that_has_not_changed_is_not_sent_again(paper: Site, fetcher: Fetcher) -> None:
    def answer(asked: Asked, _: int) -> Reply:
        return Reply(status=304) if asked.headers.get("If-None-Match") == '"1"' else Reply(b"new")

    paper.answers["/a"] = answer
    found = fetcher.get(f"{paper.url}/a", known=Validators(etag='"1"'))
    assert (found.is_unchanged, found.data) == (True, b"")


def test_requests_to_a_host_keep_their_distance(paper: Site, fetcher: Fetcher, clock: Time) -> None:
    paper.answers |= {"/a": Reply(b"a"), "/b": Reply(b"b")}
    for name in "aba":
        fetcher.get(f"{paper.url}/{name}")
    assert clock.slept == [2.5, 2.5, 2.5]  # behind robots.txt too
    assert paper.most_at_once == 1


def test_a_site_may_ask_for_a_longer_distance(paper: Site, fetcher: Fetcher, clock: Time) -> None:
    paper.answers |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 10"), "/a": Reply(b"a")}
    fetcher.get(f"{paper.url}/a")
    fetcher.get(f"{paper.url}/a")
    assert clock.slept == [2.5, 10.5]


def test_robots_txt_is_obeyed_and_asked_for_once(paper: Site, fetcher: Fetcher) -> None:
    paper.answers |= {"/robots.txt": Reply(b"User-agent: *\nDisallow: /private/"), "/a": Reply(b"a")}
    fetcher.get(f"{paper.url}/a")
    with pytest.raises(BlockedError, match=r"robots\.txt"):
        fetcher.get(f"{paper.url}/private/b")
    assert [asked.path for asked in paper.asked] == ["/robots.txt", "/a"]


def test_robots_txt_is_asked_for_again_the_next_day(paper: Site, fetcher: Fetcher, clock: Time) -> None:
    paper.answers |= {"/robots.txt": Reply(b""), "/a": Reply(b"a")}
    fetcher.get(f"{paper.url}/a")
    paper.answers["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    fetcher.get(f"{paper.url}/a")
    clock.now += 24 * 3600
    with pytest.raises(BlockedError):
        fetcher.get(f"{paper.url}/a")


@pytest.mark.parametrize("status", [404, 403])
def test_a_missing_robots_txt_allows(paper: Site, fetcher: Fetcher, status: int) -> None:
    paper.answers |= {"/robots.txt": Reply(status=status), "/a": Reply(b"a")}
    assert fetcher.get(f"{paper.url}/a").data == b"a"


def test_a_site_that_nobody_answers_for_is_tried_another_time(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="cannot be fetched") as told:
        fetcher.get("http://127.0.0.1:9/a")
    assert not isinstance(told.value, BlockedError)


@pytest.mark.parametrize("answer", [Reply(status=503), Reply(b"User-agent: *", cut=5)])
def test_where_robots_txt_fails_nothing_is_asked_for_and_nobody_is_said_to_refuse(
    paper: Site, fetcher: Fetcher, answer: Reply
) -> None:
    paper.answers |= {"/robots.txt": answer, "/a": Reply(b"a")}
    with pytest.raises(FetchError, match="cannot be fetched") as told:
        fetcher.get(f"{paper.url}/a")
    assert not isinstance(told.value, BlockedError)
    assert paper.paths() == []
    paper.answers["/robots.txt"] = Reply(b"")
    assert fetcher.get(f"{paper.url}/a").data == b"a"


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, MissingError), (410, MissingError), (401, BlockedError), (403, BlockedError), (400, FetchError)],
)
def test_a_refusal_is_final(paper: Site, fetcher: Fetcher, status: int, error: type[FetchError]) -> None:
    paper.answers["/a"] = Reply(status=status)
    with pytest.raises(error):
        fetcher.get(f"{paper.url}/a")
    assert paper.paths() == ["/a"]


def test_a_riddle_for_browsers_is_a_refusal(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/a"] = Reply(b"<script>document.cookie='__jsl_clearance=1'</script>")
    with pytest.raises(BlockedError):
        fetcher.get(f"{paper.url}/a")


def test_a_server_that_fails_is_asked_three_times_with_growing_pauses(
    paper: Site, fetcher: Fetcher, clock: Time
) -> None:
    paper.answers["/a"] = Reply(status=500)
    with pytest.raises(FetchError, match="500"):
        fetcher.get(f"{paper.url}/a")
    assert paper.paths() == ["/a"] * 3
    assert clock.slept[1:] == [5.0, 10.0]  # longer than its turn


def test_a_second_try_may_do(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/a"] = lambda _, before: Reply(b"a") if before else Reply(b"abcdef", cut=3)
    assert fetcher.get(f"{paper.url}/a").data == b"a"


def test_a_short_wait_is_kept_and_a_long_one_left_for_later(
    paper: Site, fetcher: Fetcher, clock: Time
) -> None:
    paper.answers["/a"] = lambda _, before: (
        Reply(b"a") if before else Reply(status=429, headers={"Retry-After": "30"})
    )
    assert fetcher.get(f"{paper.url}/a").data == b"a"
    assert 30.0 in clock.slept
    paper.answers["/b"] = Reply(status=429, headers={"Retry-After": "3600"})
    with pytest.raises(BusyError) as told:
        fetcher.get(f"{paper.url}/b")
    assert told.value.wait == 3600
    assert paper.paths().count("/b") == 1


def test_what_is_too_large_is_not_read_to_its_end(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/a"] = Reply(b"x" * 2_000_001)
    with pytest.raises(TooLargeError, match="1 MB"):
        fetcher.get(f"{paper.url}/a", most=1_000_000)


def test_what_is_too_slow_is_given_up(paper: Site) -> None:
    paper.answers["/a"] = Reply(b"x" * 1000, drip=0.3)
    pace = Pace(gap=0.0, jitter=0.0)
    with (
        Fetcher(agent=AGENT, pace=pace, tls=Tls.HTTP, private=True, longest=0.1) as fetcher,
        pytest.raises(TooLargeError, match="longer than"),
    ):
        fetcher.get(f"{paper.url}/a")


def test_a_redirect_on_the_site_is_followed(paper: Site, fetcher: Fetcher) -> None:
    paper.answers |= {"/a": Reply(status=301, headers={"Location": "/b"}), "/b": Reply(b"b")}
    found = fetcher.get(f"{paper.url}/a")
    assert (found.url, found.data) == (f"{paper.url}/b", b"b")


def test_a_redirect_to_another_site_is_not_followed(paper: Site, fetcher: Fetcher) -> None:
    with site() as other:
        there = other.url.replace("127.0.0.1", "localhost")
        paper.answers["/a"] = Reply(status=302, headers={"Location": f"{there}/b"})
        with pytest.raises(ForbiddenError, match="another site"):
            fetcher.get(f"{paper.url}/a")
        assert other.asked == []


def test_an_endless_redirect_ends(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/a"] = Reply(status=302, headers={"Location": "/a"})
    with pytest.raises(FetchError, match="without an end"):
        fetcher.get(f"{paper.url}/a")
    assert len(paper.paths()) == 6


def test_nobody_there_is_an_error_that_says_so(fetcher: Fetcher) -> None:
    with site() as gone:
        gone.answers["/a"] = Reply(b"a", headers={"Connection": "close"})
        fetcher.get(f"{gone.url}/a")
    with pytest.raises(FetchError, match="does not answer"):
        fetcher.get(f"{gone.url}/a")


def test_rules_without_an_end_allow_nothing(paper: Site, fetcher: Fetcher) -> None:
    paper.answers |= {"/robots.txt": Reply(b"# endless\n" * 60_000), "/a": Reply(b"a")}
    with pytest.raises(BlockedError):
        fetcher.get(f"{paper.url}/a")


def test_an_answer_that_cannot_be_unpacked_is_an_error(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/a"] = Reply(b"no gzip at all", headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="does not answer"):
        fetcher.get(f"{paper.url}/a")


def test_addresses_in_chinese_can_be_asked_and_named(paper: Site, fetcher: Fetcher) -> None:
    paper.answers["/%E6%97%A9%E5%B8%82"] = Reply(b"a")
    assert fetcher.get(f"{paper.url}/早市", referer=f"{paper.url}/要闻").data == b"a"
    assert paper.asked[-1].headers["Referer"] == f"{paper.url}/%E8%A6%81%E9%97%BB"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://localhost/a",
        "http://10.0.0.8/a",
        "http://192.168.1.1/a",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/a",
        "http://[::ffff:127.0.0.1]/a",
        "http://0.0.0.0/a",
        "http://2130706433/a",
        "file:///etc/passwd",
        "ftp://paper.example/a",
        "http://inside.example/a",
        "http://user:secret@127.0.0.1/a",
        "http:///a",
        "http://paper.example:99999/a",
        "http://paper.example\\@127.0.0.1/a",
        "http://paper.example/\x00",
        "http://[::1",
    ],
)
def test_private_and_odd_addresses_are_refused_unless_allowed(url: str) -> None:
    def resolve(host: str) -> list[str]:
        return {
            "localhost": ["127.0.0.1"],
            "2130706433": ["127.0.0.1"],
            "inside.example": ["93.184.215.14", "10.0.0.8"],
        }[host]

    pace = Pace(gap=0.0, jitter=0.0)
    with (
        Fetcher(agent=AGENT, pace=pace, tls=Tls.HTTP, resolve=resolve) as fetcher,
        pytest.raises(ForbiddenError),
    ):
        fetcher.get(url)


def test_the_machine_that_answers_is_looked_at_too(paper: Site) -> None:
    """A name that was public when it was looked up leads home when it is asked."""
    here = paper.url.replace("127.0.0.1", "localhost")
    pace = Pace(gap=0.0, jitter=0.0)
    with (
        Fetcher(agent=AGENT, pace=pace, tls=Tls.HTTP, resolve=lambda _: ["93.184.215.14"]) as fetcher,
        pytest.raises(ForbiddenError),
    ):
        fetcher.get(f"{here}/a")
    assert "/a" not in paper.paths()


def test_an_address_without_tls_wants_a_word_of_its_source() -> None:
    with (
        Fetcher(agent=AGENT, pace=Pace(), private=True) as fetcher,
        pytest.raises(ForbiddenError, match='tls = "http"'),
    ):
        fetcher.get("http://paper.example/a")


@pytest.mark.parametrize("tls", list(Tls))
def test_certificates_are_verified_always(tls: Tls) -> None:
    context = tls_context(tls)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
