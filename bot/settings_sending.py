"""The settings of how messages are sent."""

from pydantic import Field
from pydantic_settings import BaseSettings

from jobs.pace import FREE, Limits
from storage.cut_off import CutOff

# https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once
PAID = 1_000  # messages a second with paid broadcasts
_IN_FLIGHT = (10, 50)  # at least, at most: what more there is waits for the processor, not for Telegram
_ROUNDS = 20  # of request and answer in a second, where each takes 50 ms


class SendingSettings(BaseSettings):
    """Fields `rate` and `cut_off` of the settings."""

    rate: int = Field(
        default=FREE,
        ge=1,
        le=PAID,
        description=f"messages a second, 1 to {PAID}; more than {FREE} only for bots with paid broadcasts",
    )
    cut_off: CutOff = Field(
        default=CutOff.RESEND,
        description="resend or skip: what is done with a message that may have arrived, as no answer came",
    )

    @property
    def limits(self) -> Limits:
        """The pace that follows."""
        return Limits(total=self.rate)

    @property
    def in_flight(self) -> int:
        """How many deliveries are under way at once: as many as the rate needs."""
        least, most = _IN_FLIGHT
        return min(max(least, self.rate // _ROUNDS), most)
