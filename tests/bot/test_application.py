"""The application put together: menus, addresses, the life of its jobs."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.application import build_application, set_menus, utcnow
from bot.console_telegram import ApiError, ConsoleTelegram
from bot.limiter import StrictRateLimiter
from bot.sender import open_bot
from bot.settings import Settings, SettingsError
from messages.menu import COMMANDS
from storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path / 'quwen.db'}")


def settings(**given: Any) -> Settings:
    return Settings.model_validate({"token": "123456:TEST-token", **given})


def test_requests_go_to_the_server_that_is_set(database: Database) -> None:
    application = build_application(settings(bot_api_url="http://127.0.0.1:8081"), database)
    assert application.bot.base_url == "http://127.0.0.1:8081/bot123456:TEST-token"
    assert application.bot.base_file_url == "http://127.0.0.1:8081/file/bot123456:TEST-token"
    database.close()


def test_the_pace_is_the_rate_that_is_set(database: Database) -> None:
    limiter = build_application(settings(rate=200), database).bot.rate_limiter
    assert isinstance(limiter, StrictRateLimiter)
    assert limiter.total == 200
    assert open_bot(settings(rate=5))[1].total == 5
    database.close()


def test_without_a_token_it_says_which_setting_is_missing(database: Database) -> None:
    with pytest.raises(SettingsError, match="QUWEN_TOKEN"):
        build_application(settings(token=None), database)
    database.close()


async def test_the_menu_is_set_in_both_languages_and_members_see_what_they_can_use(
    database: Database,
) -> None:
    telegram = ConsoleTelegram(utcnow, lambda _: None)
    application = build_application(settings(), database, request=telegram, console=True)
    await application.initialize()
    await set_menus(application)
    menus = telegram.commands
    assert {name for name in menus if name.startswith("default")} == {"default:", "default:en"}
    assert [command["command"] for command in menus["default:"]] == [command.name for command in COMMANDS]
    assert menus["default:"] != menus["default:en"]
    members = {command["command"] for command in menus["all_group_chats:"]}
    assert "awards" in members
    assert "subscribe" not in members
    await application.shutdown()
    database.close()


async def test_a_menu_that_cannot_be_set_is_logged_and_the_bot_serves(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = ConsoleTelegram(utcnow, lambda _: None)
    application = build_application(settings(), database, request=telegram, console=True)
    await application.initialize()
    telegram.refuse("setMyCommands", ApiError(500, "Internal Server Error"))
    with caplog.at_level(logging.WARNING):
        await set_menus(application)
    assert "menu" in caplog.text
    await application.shutdown()
    database.close()


async def test_jobs_live_as_long_as_the_application(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    class Jobs:
        async def stop(self) -> None:
            told.append("stop")

    def start_jobs(*_: object) -> Jobs:
        told.append("start")
        return Jobs()

    monkeypatch.setattr("bot.scheduler.start_jobs", start_jobs)
    telegram = ConsoleTelegram(utcnow, lambda _: None)
    application = build_application(settings(), database, request=telegram, console=True)
    await application.initialize()
    assert application.post_init is not None
    assert application.post_stop is not None
    assert application.post_shutdown is not None
    await application.post_init(application)
    assert told == ["start"]
    await application.post_stop(application)
    await application.shutdown()
    await application.post_shutdown(application)
    assert told == ["start", "stop"]
    database.close()
