"""Page text of any size, made of the project's own pages."""

import random
import re

from training.labels import PAGES, SAMPLES, TRAINING


def all_pages() -> str:
    """All labelled pages, one after the other, of all kinds mixed but always in one order."""
    files = sorted(path for folder in (SAMPLES, PAGES, TRAINING) for path in folder.rglob("*.txt"))
    random.Random(0).shuffle(files)
    return "\n\n".join(path.read_text(encoding="utf-8").strip() for path in files)


def of_size(text: str, size: int) -> str:
    """`text` over and over, up to `size` bytes in UTF-8, cut between characters."""
    if not text:
        raise ValueError("nothing repeated stays nothing")
    whole = f"{text}\n\n"
    times = size // len(whole.encode()) + 1
    return (whole * times).encode()[:size].decode(errors="ignore")


def without_punctuation(text: str) -> str:
    """Letters and digits only: no sentence ends, and no line."""
    return re.sub(r"[\W_]", "", text)
