"""Writes the demo's transcript into README.md: `python -m tests.docs.transcript` (or `make transcript`)."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
_BLOCK = re.compile(r"(?<=<!-- demo -->\n).*?(?=<!-- /demo -->)", re.DOTALL)


def demo() -> str:
    """What `quwen demo` prints, as a fenced block; lines without the spaces at their ends."""
    done = subprocess.run(
        [sys.executable, "-c", "from bot.cli import main; main()", "demo"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line.rstrip() for line in done.stdout.strip().splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def kept() -> str:
    """The transcript that the README holds."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    return found[0] if found else ""


def write() -> None:
    """Put a fresh transcript into the README."""
    text = README.read_text(encoding="utf-8")
    fresh = demo()
    README.write_text(_BLOCK.sub(lambda _: fresh, text), encoding="utf-8")


if __name__ == "__main__":
    write()
