"""What is done with a delivery of which nobody can know whether it has arrived."""

from enum import StrEnum


class CutOff(StrEnum):
    """The rule for a message that had left when no answer came, or when its process died."""

    RESEND = "resend"  # it may come twice
    SKIP = "skip"  # it may not come: it is counted as unconfirmed
