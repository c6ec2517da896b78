"""Short names for events, made to be typed: no letter or digit that looks like another."""

import hashlib
import unicodedata
from collections.abc import Iterator

_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_LEAST = 4
_TRIES = 8  # of each length, before ids grow longer


def public_ids(seed: str) -> Iterator[str]:
    """Ids for an event, best first, to take the first that is free. The same seed yields the same ids.

    Each has a letter and a digit, so that none is a word, a year or a number.
    """
    attempt = 0
    while True:
        number = int.from_bytes(hashlib.sha256(f"{attempt} {seed}".encode()).digest())
        signs = []
        for _ in range(_LEAST + attempt // _TRIES):
            number, at = divmod(number, len(_SIGNS))
            signs.append(_SIGNS[at])
        attempt += 1
        name = "".join(signs)
        if not name.isdigit() and not name.isalpha():
            yield name


def read_public_id(typed: str) -> str:
    """An id as it is stored, from one that a person typed: case, width, spaces, a leading # don't matter."""
    folded = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())
