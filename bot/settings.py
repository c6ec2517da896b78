"""Settings: from the environment (QUWEN_*), else the TOML file that QUWEN_CONFIG names, else defaults."""

import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.logs import hide
from bot.secrecy import secrets_of
from bot.settings_logs import LogSettings
from bot.settings_second_reader import SecondReaderSettings
from bot.settings_sending import SendingSettings
from bot.settings_web import WebSettings
from jobs.collecting.hours import hours_of

if TYPE_CHECKING:
    from parsing.district import District

PREFIX = "QUWEN_"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Never shown in an error; an address can hold a password.
_SECRET = {"token", "database_url", "second_reader_key", "second_reader_url", "webhook_secret"}


class SettingsError(Exception):
    """A setting is wrong. The message is one line: which one, what was given, what is allowed."""


class Settings(SecondReaderSettings, SendingSettings, WebSettings, LogSettings):
    """Everything that can be set. The description of each field says what is allowed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, validate_default=True
    )

    token: SecretStr | None = Field(
        default=None, description="a bot token as @BotFather gives it, 123456:ABC-def"
    )
    database_url: str = Field(
        default="sqlite:///var/quwen.db",
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    )
    bot_api_url: str = Field(
        default="https://api.telegram.org",
        description="the root of a Bot API server, such as http://127.0.0.1:8081, without /bot",
    )
    districts: Path | None = Field(
        default=None, description="a folder with district packs of your own, a file NAME.toml for each"
    )
    district: str = Field(default="丰台区", description="the name of a district pack")
    zone: str = Field(default="", description="an IANA time zone such as Asia/Shanghai")
    admins: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(), description="Telegram user ids (positive whole numbers) with commas between"
    )
    digest_weekday: int = Field(
        default=0, ge=0, le=6, description="a day of the week: 0 (Monday) to 6 (Sunday), or its English name"
    )
    digest_hour: int = Field(default=9, ge=0, le=23, description="a whole number from 0 to 23")
    digest_minute: int = Field(default=0, ge=0, le=59, description="a whole number from 0 to 59")
    sources: Path | None = Field(
        default=None, description="a TOML file with sources of your own, an entry [[source]] for each"
    )
    collect: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="ids of sources with commas between, as `quwen sources` lists them"
    )
    collect_hours: str = Field(
        default="06:30-10:30,14:00", description="hours of the district's day such as 06:30-10:30,14:00"
    )
    contact: str = Field(
        default="",
        max_length=200,
        pattern=r"^[\x20-\x7e]*$",
        description="an address in plain letters that sites can write to, such as https://paper.example/bot",
    )
    private_addresses: bool = Field(
        default=False, description="true or false: whether sources may lie on this machine or its network"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code wins over the environment, which wins over the file."""
        from_file = InitSettingsSource(settings_cls, init_kwargs=_read_config(config_path()))
        return init_settings, env_settings, from_file

    @field_validator("token")
    @classmethod
    def _token_has_the_form(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\d+:[^\s/]+", value.get_secret_value()):
            raise ValueError("not the form of a token")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, value: str) -> str:
        if not re.match(r"(sqlite://|postgres(ql)?(\+psycopg)?://.)", value):
            raise ValueError("not a known database")
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _is_a_root(cls, value: str) -> str:
        parts = urlsplit(value)  # raises ValueError itself for a broken address
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("not a root")
        if parts.port == 0 or parts.path.rstrip("/").endswith("/bot"):
            raise ValueError("not a root")
        return value.rstrip("/")

    @field_validator("districts", mode="before")
    @classmethod
    def _is_a_folder_with_packs(cls, value: Any) -> Path | None:
        if not value:
            return None
        folder = _expanded(value)
        if not any(folder.glob("*.toml")):
            raise ValueError("no packs")
        return folder

    @field_validator("sources", mode="before")
    @classmethod
    def _is_a_file(cls, value: Any) -> Path | None:
        if not value:
            return None
        path = _expanded(value)
        if not path.is_file():
            raise ValueError("no such file")
        return path

    @field_validator("district")
    @classmethod
    def _district_has_a_pack(cls, value: str, told: ValidationInfo) -> str:
        return _pack(value, told.data.get("districts")).name

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, value: str, told: ValidationInfo) -> str:
        if not value:
            data = told.data
            return _pack(data["district"], data.get("districts")).zone if "district" in data else value
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("no such zone") from error
        return value

    @field_validator("collect", mode="before")
    @classmethod
    def _names_with_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = [part for part in re.split(r"[,，\s]+", value) if part]
        return tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else value

    @field_validator("collect_hours")
    @classmethod
    def _are_hours(cls, value: str) -> str:
        hours_of(value)
        return value

    @field_validator("admins", mode="before")
    @classmethod
    def _ids_with_commas(cls, value: Any) -> Any:
        if isinstance(value, int):
            value = [value]
        if isinstance(value, str):
            value = [part for part in re.split(r"[,，\s]+", value) if part]
        if any(int(part) <= 0 for part in value):
            raise ValueError("ids of users are positive")
        return value

    @field_validator("digest_weekday", mode="before")
    @classmethod
    def _weekday_by_name(cls, value: Any) -> Any:
        name = value.strip().lower() if isinstance(value, str) else ""
        for number, weekday in enumerate(WEEKDAYS):
            if len(name) >= 3 and weekday.startswith(name):
                return number
        return value

    def pack(self, name: str | None = None) -> "District":
        """The pack of the district that is set, or of another by one of its names.

        Raises:
            UnknownDistrict: no pack has that name.
        """
        return _pack(name or self.district, self.districts)

    def pack_or_plain(self, name: str) -> "District":
        """The pack of a district, or the district without streets and towns where no pack has that name."""
        from parsing.district import UnknownDistrict, generic_district

        try:
            return self.pack(name)
        except UnknownDistrict:
            return generic_district(name)


def config_path() -> Path | None:
    """The TOML file that QUWEN_CONFIG names, or None."""
    name = os.environ.get(f"{PREFIX}CONFIG", "").strip()
    return Path(name).expanduser() if name else None


def load_settings() -> Settings:
    """Read the settings. Whatever of them is secret is hidden from then on wherever lines are redacted.

    Raises:
        SettingsError: one is wrong, unknown, or the file cannot be read.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None  # its own text would show the token
    for secret in secrets_of(settings):
        hide(secret)
    return settings


def _expanded(value: object) -> Path:
    try:
        return Path(str(value)).expanduser()
    except RuntimeError as error:  # ~nobody
        raise ValueError("no such user") from error


def _pack(name: str, folder: Path | None) -> "District":
    """Raises UnknownDistrict, a ValueError that lists the packs, and SettingsError where one is broken."""
    from parsing.district import BrokenDistrict, load_district

    try:
        return load_district(name, folder=folder)
    except BrokenDistrict as error:
        raise SettingsError(f"a district pack is wrong: {error}") from error


def _read_config(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:  # a TOML error and an encoding error are ValueErrors
        why = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
        raise SettingsError(f"{PREFIX}CONFIG names {path}, which cannot be read: {why}") from error
    for key in found:
        if key not in Settings.model_fields:
            raise SettingsError(f"{path} has an unknown setting {key!r}; known: {_listed()}")
    return found


def _listed() -> str:
    return ", ".join(sorted(Settings.model_fields))


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if name == "district":  # the message of UnknownDistrict lists the packs
        unknown = str(first["msg"]).removeprefix("Value error, ")
        return f"{_where(name)} is wrong: {unknown}; the folder {PREFIX}DISTRICTS may hold packs of your own"
    field = Settings.model_fields.get(name)
    allowed = field.description if field else f"known: {_listed()}"
    given = "the value (not shown)" if name in _SECRET else _shown(first["input"])
    return f"{_where(name)} is wrong: {given} is not allowed; give {allowed}"


def _where(name: str) -> str:
    variable = PREFIX + name.upper()
    if any(known.upper() == variable and value for known, value in os.environ.items()):
        return variable
    path = config_path()
    return f"{name} in {path}" if path else variable


def _shown(value: Any) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        value = ",".join(map(str, value))
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…'"
