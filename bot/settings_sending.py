"""The settings of how messages are sent."""

from pydantic import Field
from pydantic_settings import BaseSettings

from storage.outbox import CutOff


class SendingSettings(BaseSettings):
    """Field `cut_off` of the settings."""

    cut_off: CutOff = Field(
        default=CutOff.RESEND,
        description="resend or skip: what is done with a message that may have arrived, as no answer came",
    )
