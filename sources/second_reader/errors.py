"""What can keep the second reader from reading. Each message is Chinese first, and never holds the key."""


class SecondReaderError(Exception):
    """The page has no second reading; the built-in reader's stands alone."""


class LimitReachedError(SecondReaderError):
    """What may be spent in a day would be exceeded, or what was spent cannot be known."""


class EndpointError(SecondReaderError):
    """The endpoint does not answer or refuses us. It is not asked again in this run."""


class AnswerError(SecondReaderError):
    """No usable answer for one request; another article may fare better."""


class RefusalError(AnswerError):
    """The model declined to read this text."""
