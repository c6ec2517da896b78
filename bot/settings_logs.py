"""The settings of logging."""

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")


class LogSettings(BaseSettings):
    """Fields `log_*` of the settings."""

    log_level: str = Field(default="INFO", description=" or ".join(LOG_LEVELS))
    log_format: str = Field(default="text", description="text, or json for an object a line")

    @field_validator("log_level")
    @classmethod
    def _level_exists(cls, value: str) -> str:
        if value.upper() not in LOG_LEVELS:
            raise ValueError("no such level")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _format_exists(cls, value: str) -> str:
        if value.lower() not in LOG_FORMATS:
            raise ValueError("no such format")
        return value.lower()
