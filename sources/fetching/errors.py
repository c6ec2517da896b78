"""Why a page was not fetched. Each message is one line that names the address and says what happened."""


class FetchError(Exception):
    """A page could not be fetched; another try later may do better."""


class MissingError(FetchError):
    """The site says that there is no such page (404, 410): often a day without an issue."""


class BlockedError(FetchError):
    """The site does not want this reader: robots.txt, a 403, a riddle for browsers. Not tried again."""


class BusyError(FetchError):
    """The site asks to come back later (429, 503); `wait` is in seconds where it says when."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class ForbiddenError(FetchError):
    """The address itself may not be fetched: another site, a private network, another scheme."""


class TooLargeError(FetchError):
    """The answer is larger, or takes longer, than any page may."""


class LockedError(FetchError):
    """The site shows the page only to those who pay for it or log in."""


class UnreadableError(FetchError):
    """What came is no page that can be read: an archive, a damaged or encrypted file, something else."""


class NeedsOcrError(UnreadableError):
    """A page that is a picture, or whose fonts do not tell their characters."""


# What is wrong with one page and tells nothing of the others of its site; to ask again does not help.
ONE_PAGE = (MissingError, ForbiddenError, TooLargeError, LockedError, UnreadableError)
