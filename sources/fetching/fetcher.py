"""Fetching one page: by robots.txt, in turn, within limits, on the same site, again where that may help."""

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx

from sources.addresses import same_site
from sources.charset import web_text
from sources.fetching.errors import (
    BlockedError,
    BusyError,
    FetchError,
    ForbiddenError,
    MissingError,
    TooLargeError,
)
from sources.fetching.guard import Resolve, addresses_of, check_address, check_peer
from sources.fetching.pace import Pace
from sources.fetching.robots import MOST_BYTES, NONE, Robots
from sources.retries import retry_after

PAGE_BYTES, PDF_BYTES = 3_000_000, 30_000_000
TIMEOUT = 20.0  # seconds for each step of a request
LONGEST = 90.0  # seconds for a whole one, however slowly it drips
HOPS = 5
TRIES = 3
MOST_WAIT = 120.0  # seconds: a site that asks for more is left for another time
_BACK_OFF = 5.0  # seconds before a second try, twice as long before a third
_RIDDLES = ("__jsl_clearance", "acw_sc__v2", "_waf_", "captcha")


class Tls(StrEnum):
    """What a site's TLS is like. Certificates are verified in any case."""

    STRICT = "strict"
    LEGACY = "legacy"  # old renegotiation and short keys
    HTTP = "http"  # it has none, or not everywhere


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask by whether a page has changed."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as answered. `url` is where it was at last; `data` is empty where it has not changed."""

    url: str
    data: bytes
    validators: Validators
    is_unchanged: bool = False


class Fetcher:
    """Fetches pages of one source, to be used with `with`; `pace` is shared by all that fetch at a time.

    `private` allows addresses of this machine and its network, for tests and for papers served in a house.
    """

    def __init__(
        self,
        *,
        agent: str,
        pace: Pace,
        tls: Tls = Tls.STRICT,
        private: bool = False,
        timeout: float = TIMEOUT,
        longest: float = LONGEST,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolve: Resolve = addresses_of,
    ) -> None:
        self._pace, self._tls, self._private, self._longest = pace, tls, private, longest
        self._clock, self._sleep, self._now, self._resolve = clock, sleep, now, resolve
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept-Language": "zh-CN,zh;q=0.9"},
            timeout=timeout,
            verify=tls_context(tls),
            follow_redirects=False,
            limits=httpx.Limits(max_connections=1),
            trust_env=False,
        )
        self._robots = Robots(agent, self._robots_text, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        known: Validators | None = None,
        referer: str | None = None,
        most: int = PAGE_BYTES,
    ) -> Fetched:
        """Fetch a page.

        `known` are validators of the page as it was fetched before, `most` is the largest size in bytes.

        Raises:
            MissingError: there is no such page.
            BlockedError: the site does not want to be read.
            BusyError: it asks to come back in a longer while.
            ForbiddenError: the address, or where it leads, may not be fetched.
            TooLargeError: more bytes or seconds than allowed.
            FetchError: nothing answers, or the server fails, several times.
        """
        headers = dict(known.headers if known else {})
        if referer:
            headers["Referer"] = str(httpx.URL(referer))  # a header holds no Chinese
        here = url
        for _ in range(HOPS + 1):
            self._check(here)
            root = _root(here)
            if not self._robots.allows(here, root):
                raise BlockedError(f"{here} may not be read: the site's robots.txt says so")
            answer = self._patiently(here, headers, most, self._robots.delay(root))
            target = answer.headers.get("location")
            if not (answer.is_redirect and target):
                return self._judged(here, answer)
            there = urljoin(here, target)
            if not same_site(there, url):
                raise ForbiddenError(f"{url} leads to another site, {there[:200]}")
            here = there
        raise FetchError(f"{url} leads from one page to another without an end")

    def _check(self, url: str) -> None:
        plain = self._tls is Tls.HTTP
        check_address(url, plain_http=plain, private=self._private, resolve=self._resolve)

    def _patiently(self, url: str, headers: Mapping[str, str], most: int, gap: float) -> "_Answer":
        """An answer, after some tries where a server fails or asks for a little patience."""
        for number in range(1, TRIES + 1):
            try:
                with self._pace.turn(_host(url), gap=gap):
                    answer = self._once(url, headers, most)
            except httpx.RequestError as error:
                why, wait = f"{url} does not answer: {_told(error)}", None
            else:
                if answer.status < 500 and answer.status != 429:
                    return answer
                why, wait = f"{url} answers {answer.status}", retry_after(answer.headers, self._now())
                if answer.status in (429, 503) and (wait is None or wait > MOST_WAIT or number == TRIES):
                    raise BusyError(f"{why}: the site asks to come back later", wait)
            if number == TRIES:
                raise FetchError(why)
            self._sleep(_BACK_OFF * 2 ** (number - 1) if wait is None else wait)
        raise AssertionError("the last try answers or raises")

    def _once(self, url: str, headers: Mapping[str, str], most: int) -> "_Answer":
        started = self._clock()
        with self._client.stream("GET", url, headers=dict(headers)) as response:
            if not self._private:
                stream = response.extensions.get("network_stream")
                peer = stream.get_extra_info("server_addr") if stream is not None else None
                if peer:
                    check_peer(str(peer[0]), url)
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > most:
                    raise TooLargeError(f"{url} is larger than {most // 1_000_000 or 1} MB")
                if self._clock() - started > self._longest:
                    raise TooLargeError(f"{url} takes longer than {self._longest:.0f} s")
            return _Answer(response.status_code, response.headers, bytes(data))

    def _judged(self, url: str, answer: "_Answer") -> Fetched:
        """An answer as a page, or what it means that it is none."""
        status, headers = answer.status, answer.headers
        validators = Validators(headers.get("etag"), headers.get("last-modified"))
        if status == 304:
            return Fetched(url, b"", validators, is_unchanged=True)
        if status in (404, 410):
            raise MissingError(f"{url} does not exist ({status})")
        if status in (401, 403, 407, 412, 451, 521) or _is_riddle(answer):
            raise BlockedError(f"{url} is not given to this reader ({status})")
        if status != 200:
            raise FetchError(f"{url} answers {status}")
        return Fetched(url, answer.data, validators)

    def _robots_text(self, url: str) -> tuple[int, str] | None:
        try:
            for _ in range(HOPS):
                self._check(url)
                with self._pace.turn(_host(url)):
                    answer = self._once(url, {}, MOST_BYTES)
                target = answer.headers.get("location")
                if not (answer.is_redirect and target):
                    return answer.status, web_text(answer.data)[0]
                url = urljoin(url, target)
        except TooLargeError:
            return 200, NONE
        except ForbiddenError:
            raise
        except (httpx.RequestError, FetchError):
            return None
        return None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    data: bytes

    @property
    def is_redirect(self) -> bool:
        return self.status in (301, 302, 303, 307, 308)


def tls_context(tls: Tls) -> ssl.SSLContext:
    """What a site's TLS must be like, its certificate verified."""
    context = ssl.create_default_context()
    if tls is Tls.LEGACY:
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
    return context


def _is_riddle(answer: _Answer) -> bool:
    """Whether an answer is a riddle that only a browser solves; nobody here tries to."""
    head = answer.data[:4_000].decode("latin-1")
    return len(answer.data) < 4_000 and any(word in head for word in _RIDDLES)


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _told(error: Any) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
