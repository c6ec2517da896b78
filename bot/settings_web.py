"""The settings of the pages that a serving process shows: health, metrics, and the webhook."""

import re
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings


class WebSettings(BaseSettings):
    """Fields `listen` and `webhook_*` of the settings."""

    listen: str = Field(
        default="",
        description="HOST:PORT for /healthz, /readyz, /metrics and the webhook, such as 127.0.0.1:8080",
    )
    webhook_url: str = Field(
        default="", description="the address at which Telegram reaches us, such as https://bot.example.org"
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="16 to 256 letters, digits, _ and -, such as `openssl rand -hex 32` prints"
    )

    @field_validator("listen")
    @classmethod
    def _is_a_host_and_port(cls, value: str) -> str:
        if value:
            parts = urlsplit(f"//{value}")
            if not parts.hostname or parts.port is None or parts.path or "@" in value:
                raise ValueError("no host and port")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _is_an_https_root(cls, value: str) -> str:
        parts = urlsplit(value)  # raises ValueError itself for a broken address
        if value and (parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("not an https address")
        return value.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _secret_fits(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch("[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError("not the form of a secret")
        return value

    @property
    def listen_on(self) -> tuple[str, int] | None:
        """The host and port of `listen`."""
        parts = urlsplit(f"//{self.listen}")
        return (parts.hostname, parts.port or 0) if parts.hostname else None
