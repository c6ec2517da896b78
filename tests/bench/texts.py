"""Page text of any size, made of the project's own pages."""

import re

from training.labels import PAGES, SAMPLES


def all_pages() -> str:
    """The sample pages and the held-out pages, one after the other."""
    files = sorted([*SAMPLES.glob("*.txt"), *PAGES.glob("*.txt")])
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
    return re.sub(r"\W", "", text)
