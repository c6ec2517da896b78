"""PDF files read by a process of their own, so that a hostile one ends that process only.

It has a limit of memory (where the platform knows one) and of time, and none of the settings. It answers in
JSON, which can do no harm here.
"""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from sources.families.pdffile import PdfPage, check_file
from sources.files import SourceError

MAX_MEMORY = 1_500_000_000  # bytes
MAX_SECONDS = 90.0

_SETTINGS = "QUWEN_"
_MODULE = "sources.families.pdfworker"


def read_pdf(
    data: bytes,
    *,
    name: str,
    only: int | None = None,
    max_memory: int = MAX_MEMORY,
    max_seconds: float = MAX_SECONDS,
) -> list[PdfPage]:
    """The pages of a PDF file, or `only` that at a place counted from 0; `name` is said in errors.

    It takes a fifth of a second longer than to read the file here.

    Raises:
        SourceError: no PDF, encrypted, damaged, without pages, or larger or slower than allowed.
    """
    check_file(data, name=name)
    asked = json.dumps({"name": name, "only": only, "max_memory": max_memory}).encode() + b"\n" + data
    try:
        done = subprocess.run(  # noqa: S603 - no word of it comes from outside
            [sys.executable, "-P", "-m", _MODULE],
            input=asked,
            capture_output=True,
            timeout=max_seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{name} takes too long to read; give its pages one by one, or as text") from error
    try:
        answer = json.loads(done.stdout)
        if "why" in answer:
            raise SourceError(str(answer["why"]))
        return [PdfPage(**page) for page in answer["pages"]]
    except (ValueError, TypeError, KeyError) as error:
        why = f"{name} ended the process that read it, perhaps for want of memory; give it as text"
        raise SourceError(why) from error


def _environment() -> dict[str, str]:
    """That of this process without the settings, which hold secrets, and with its places of modules."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_SETTINGS)}
    places = os.pathsep.join(str(Path(place).absolute()) for place in sys.path)
    return kept | {"PYTHONPATH": places, "PYTHONIOENCODING": "utf-8"}


def _work() -> None:
    """Read what stands in stdin: a line that says how, then the file."""
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    _limit_memory(asked["max_memory"])
    from sources.families.pdfpages import pages_of

    try:
        pages = pages_of(data, name=asked["name"], only=asked["only"])
        answer: dict[str, object] = {"pages": [asdict(page) for page in pages]}
    except SourceError as error:
        answer = {"why": str(error)}
    json.dump(answer, sys.stdout)


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):  # not every platform can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _work()
