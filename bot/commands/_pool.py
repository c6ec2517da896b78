"""Reading many pages on all cores, told in the order in which they were given.

Each worker is a process with a pipe of its own, without locks or threads: one that dies takes only its page
along, all can be ended at any moment, and they end by themselves when their parent is gone.
"""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from bot.commands._pages import How, PageReader, ReadPage, UnreadPage

# A worker takes about a second to be ready, a page a tenth of one: fewer pages are read sooner without.
PAGES_WORTH_A_WORKER = 4
_QUEUED = 2  # pages given to a worker at once, so that it need not wait while the parent stores
_AHEAD = 8  # for each worker, how far reading may run ahead of what is asked for


@contextmanager
def read_all(
    files: Sequence[Path], how: How, *, jobs: int | None = None
) -> Iterator[Iterator[ReadPage | UnreadPage]]:
    """The files as they are read, in their order, by at most `jobs` processes at once.

    Without `jobs` as many as there are cores to use, if the pages are enough to keep them busy. One is
    this process itself. What is read does not depend on their number. Leaving ends those that still read.
    """
    count = workers_for(len(files), jobs)
    if count == 1:
        yield PageReader(how).read_each(files)
        return
    crew = _Crew(files, how)
    try:
        yield crew.read(count)
    finally:
        crew.end()


def workers_for(pages: int, jobs: int | None) -> int:
    """How many processes read `pages` pages; 1 means this one, without others."""
    if jobs is None:
        return max(1, min(usable_cores(), pages // PAGES_WORTH_A_WORKER))
    return max(1, min(jobs, pages))


def usable_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker:
    """A process that reads the pages it is given, first come, first served."""

    def __init__(self, how: How) -> None:
        context = get_context("spawn")  # not forked: the parent may hold threads and a database by now
        self.pipe, theirs = context.Pipe()
        self.given: deque[int] = deque()  # numbers of the pages it has not answered for
        self._process = context.Process(target=_work, args=(theirs, how), daemon=True)
        with _interrupts_held():
            self._process.start()
        theirs.close()

    def give(self, number: int, path: Path) -> None:
        """Let it read a page."""
        self.given.append(number)
        with suppress(OSError):  # it is gone, as `take` will tell
            self.pipe.send(path)

    def take(self) -> tuple[int, list[ReadPage | UnreadPage] | None]:
        """The pages of the first of its files, waited for, with its number; None where it ended over that."""
        number = self.given.popleft()
        try:
            return number, self.pipe.recv()
        except (EOFError, OSError):
            return number, None

    def end(self) -> None:
        """End the process at once, whatever it does."""
        self._process.terminate()
        self._process.join()
        self.pipe.close()


class _Crew:
    """The workers that share out the pages."""

    def __init__(self, files: Sequence[Path], how: How) -> None:
        self._files = files
        self._how = how
        self._left = deque(range(len(files)))
        self._workers: list[_Worker] = []

    def read(self, count: int) -> Iterator[ReadPage | UnreadPage]:
        """The pages in order, read by `count` workers."""
        while len(self._workers) < count:
            self._workers.append(_Worker(self._how))
        read: dict[int, list[ReadPage | UnreadPage]] = {}
        for wanted in range(len(self._files)):
            while wanted not in read:
                self._give(before=wanted + count * _AHEAD)
                read.update(self._take())
            yield from read.pop(wanted)

    def end(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.end()

    def _give(self, before: int) -> None:
        """Give what is left to the workers that have little to do, up to the page numbered `before`."""
        for worker in self._workers:
            while self._left and self._left[0] < before and len(worker.given) < _QUEUED:
                number = self._left.popleft()
                worker.give(number, self._files[number])

    def _take(self) -> Iterator[tuple[int, list[ReadPage | UnreadPage]]]:
        """What is ready, one file at least."""
        busy: dict[Any, _Worker] = {worker.pipe: worker for worker in self._workers if worker.given}
        for pipe in wait(list(busy)):
            worker = busy[pipe]
            number, pages = worker.take()
            if pages is None:
                path = self._files[number]
                why = f"{path} ended the process that read it, perhaps for want of memory"
                pages = [UnreadPage(path, why)]
                self._replace(worker)
            yield number, pages

    def _replace(self, worker: _Worker) -> None:
        """Another for one that ended; the pages it had not begun are read after all."""
        self._left.extendleft(reversed(worker.given))
        self._workers.remove(worker)
        worker.end()
        self._workers.append(_Worker(self._how))


def _work(pipe: Connection, how: How) -> None:
    reader = PageReader(how)
    with suppress(EOFError, OSError):  # the parent is gone
        while True:
            pipe.send(reader.read_if_possible(pipe.recv()))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait. A process started meanwhile never gets it: its parent does, and ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # or it is started with the process, and lets the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
