"""Pages that only send a reader on: a refresh, or a line of script."""

import re
from collections.abc import Callable

from sources.adapter import Get
from sources.addresses import canonical, same_site
from sources.charset import web_text
from sources.fetching.fetcher import Fetched

MOST = 3  # hops; a chain that is longer leads nowhere
_SMALL = 2_000  # bytes; a longer page has something to say itself
_REFRESH = re.compile(
    r"""http-equiv\s*=\s*["']?refresh["']?[^>]*?content\s*=\s*["']?\s*\d*\s*;?\s*url\s*=\s*["']?([^"'>\s]+)""",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"""location(?:\.href\s*=\s*|\.(?:replace|assign)\(\s*|\s*=\s*)["']([^"']+)["']""", re.IGNORECASE
)


def sent_on_to(text: str, url: str) -> str | None:
    """Where a page sends its reader on to, on the same site; None for a page that stands for itself."""
    if len(text.encode()) > _SMALL:
        return None
    found = _REFRESH.search(text) or _SCRIPT.search(text)
    if found is None:
        return None
    target = canonical(found[1], url)
    return target if same_site(target, url) and target != canonical(url, url) else None


def followed(get: Get, url: str, is_it: Callable[[Fetched], bool]) -> Fetched | None:
    """The first page for which `is_it` holds among `url` and those that it sends on to, one after the other.

    None where a page neither is it nor sends on, or where the chain has no end. Raises what `get` raises.
    """
    for _ in range(MOST + 1):
        found = get(url)
        if is_it(found):
            return found
        target = sent_on_to(web_text(found.data)[0], found.url)
        if target is None:
            return None
        url = target
    return None
