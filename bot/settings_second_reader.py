"""The settings of the second reader: an endpoint that is asked to read too. Off unless an address is set."""

import ipaddress
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings


class SecondReaderSettings(BaseSettings):
    """Fields `second_reader_*` of the settings. A field's check sees those above it."""

    second_reader_model: str = Field(default="", description="the name of a model, as the endpoint knows it")
    second_reader_key: SecretStr | None = Field(
        default=None, description="an API key: letters, digits and marks without spaces"
    )
    second_reader_url: str = Field(
        default="",
        description="the root of an OpenAI-compatible API such as https://api.example.com/v1, without user"
        " name, and QUWEN_SECOND_READER_MODEL with it; http:// with a key only on this machine or network",
    )
    second_reader_timeout: float = Field(
        default=60.0, gt=0, le=600, description="seconds for one answer, more than 0 and at most 600"
    )
    second_reader_retries: int = Field(default=3, ge=0, le=10, description="a whole number from 0 to 10")
    second_reader_max_characters: int = Field(
        default=4_000, ge=200, le=50_000, description="characters of one request, 200 to 50000"
    )
    second_reader_daily_tokens: int = Field(
        default=500_000, ge=0, description="tokens a day, in and out together: a whole number from 0 on"
    )
    second_reader_price_in: float = Field(
        default=0.0, ge=0, allow_inf_nan=False, description="the price of a million tokens of text sent"
    )
    second_reader_price_out: float = Field(
        default=0.0, ge=0, allow_inf_nan=False, description="the price of a million tokens of answers"
    )
    second_reader_daily_cost: float | None = Field(
        default=None,
        ge=0,
        allow_inf_nan=False,
        description="an amount a day from 0 on, with QUWEN_SECOND_READER_PRICE_IN and _PRICE_OUT set too",
    )
    second_reader_ledger: str = Field(
        default="var/second-reader",
        min_length=1,
        description="a folder in which what was spent is kept, a file a day",
    )

    @field_validator("second_reader_key")
    @classmethod
    def _key_fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value() if value else ""
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("not the form of a key")
        return value

    @field_validator("second_reader_url")
    @classmethod
    def _is_the_root_of_an_api(cls, value: str, info: ValidationInfo) -> str:
        if not value:
            return value
        parts = urlsplit(value)  # raises ValueError itself for a broken address
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError("not a root")
        if "@" in parts.netloc or parts.query or parts.fragment or parts.path.endswith("/completions"):
            raise ValueError("not a root")
        if not info.data.get("second_reader_model"):
            raise ValueError("no model")
        if parts.scheme == "http" and info.data.get("second_reader_key") and not _is_near(parts.hostname):
            raise ValueError("the key would travel in clear")
        return value.rstrip("/")

    @field_validator("second_reader_daily_cost")
    @classmethod
    def _prices_are_known(cls, value: float | None, info: ValidationInfo) -> float | None:
        prices = (info.data.get("second_reader_price_in"), info.data.get("second_reader_price_out"))
        if value is not None and not all(prices):
            raise ValueError("no prices")
        return value


def _is_near(host: str) -> bool:
    """Whether a host is this machine or one in its own network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal"))
    return address.is_loopback or address.is_private
