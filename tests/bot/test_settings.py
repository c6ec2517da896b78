"""A right setting is understood, a wrong one is one line that names it and never shows a secret."""

import os
from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("QUWEN_"):
            monkeypatch.delenv(name)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file, named by the environment, not written yet."""
    path = tmp_path / "quwen.toml"
    monkeypatch.setenv("QUWEN_CONFIG", str(path))
    return path


def test_without_any_setting_it_is_fengtai_and_a_local_file() -> None:
    settings = load_settings()
    assert settings.token is None
    assert settings.database_url == "sqlite:///var/quwen.db"
    assert settings.bot_api_url == "https://api.telegram.org"
    assert (settings.district, settings.zone) == ("丰台区", "Asia/Shanghai")
    assert (settings.digest_weekday, settings.digest_hour, settings.digest_minute) == (0, 9, 0)


def test_the_environment_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_TOKEN", "123456:ABC-def_1")
    monkeypatch.setenv("QUWEN_BOT_API_URL", "http://127.0.0.1:8081/")
    monkeypatch.setenv("QUWEN_DISTRICT", "fengtai")
    monkeypatch.setenv("QUWEN_ZONE", "Europe/Berlin")
    monkeypatch.setenv("QUWEN_ADMINS", "7, 8，9")
    monkeypatch.setenv("QUWEN_DIGEST_WEEKDAY", "Fri")
    monkeypatch.setenv("QUWEN_LOG_LEVEL", "debug")
    settings = load_settings()
    assert settings.token is not None
    assert settings.token.get_secret_value() == "123456:ABC-def_1"
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert (settings.district, settings.zone) == ("丰台区", "Europe/Berlin")
    assert settings.admins == (7, 8, 9)
    assert (settings.digest_weekday, settings.log_level) == (4, "DEBUG")


PACK = 'name = "喀什市"\nshort = "喀什"\ncity = "喀什地区"\nzone = "Asia/Urumqi"\n'


def test_a_district_may_have_its_pack_in_a_folder_of_one_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kashi.toml").write_text(PACK, "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path.parent))
    monkeypatch.setenv("QUWEN_DISTRICTS", f"~/{tmp_path.name}")
    monkeypatch.setenv("QUWEN_DISTRICT", "kashi")
    settings = load_settings()
    assert (settings.district, settings.zone) == ("喀什市", "Asia/Urumqi")
    assert settings.pack().city == "喀什地区"
    assert settings.pack("fengtai").name == "丰台区"


def test_the_folder_of_packs_may_stand_in_the_file(config: Path, tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "kashi.toml").write_text(PACK, "utf-8")
    config.write_text(f'districts = "{tmp_path / "packs"}"\ndistrict = "喀什"\n', "utf-8")
    assert load_settings().district == "喀什市"
    config.write_text('districts = ""\n', "utf-8")
    assert load_settings().districts is None


@pytest.mark.parametrize("given", ["none", "empty", "kashi.toml", "~nobody-here/packs"])
def test_a_folder_without_packs_is_one_line_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "kashi.toml").write_text(PACK, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUWEN_DISTRICTS", given)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == (
        f"QUWEN_DISTRICTS is wrong: '{given}' is not allowed; "
        "give a folder with district packs of your own, a file NAME.toml for each"
    )


def test_a_pack_that_is_wrong_is_one_line_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kashi.toml").write_text(PACK.replace("short", "long"), "utf-8")
    monkeypatch.setenv("QUWEN_DISTRICTS", str(tmp_path))
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == f'a district pack is wrong: {tmp_path / "kashi.toml"}: needs short = "..."'


def test_an_unknown_district_is_told_with_the_packs_of_both_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kashi.toml").write_text(PACK, "utf-8")
    monkeypatch.setenv("QUWEN_DISTRICTS", str(tmp_path))
    monkeypatch.setenv("QUWEN_DISTRICT", "火星区")
    with pytest.raises(SettingsError, match=r"喀什市 \(kashi\), 丰台区 \(fengtai\); .*QUWEN_DISTRICTS"):
        load_settings()


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "DISTRICTS", "ZONE", "ADMINS", "DIGEST_HOUR", "CONFIG"):
        monkeypatch.setenv(f"QUWEN_{name}", "")
    settings = load_settings()
    assert (settings.token, settings.zone, settings.admins) == (None, "Asia/Shanghai", ())


def test_the_environment_wins_over_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('digest_hour = 7\ndigest_minute = 30\nadmins = [5, 6]\nzone = "Asia/Tokyo"\n')
    monkeypatch.setenv("QUWEN_DIGEST_HOUR", "20")
    settings = load_settings()
    assert (settings.digest_hour, settings.digest_minute) == (20, 30)
    assert (settings.admins, settings.zone) == ((5, 6), "Asia/Tokyo")


@pytest.mark.parametrize(
    ("name", "given", "allowed"),
    [
        ("QUWEN_ZONE", "Asia/Pekin", "IANA"),
        ("QUWEN_ZONE", "../etc/passwd", "IANA"),
        ("QUWEN_DISTRICT", "火星区", "丰台区"),
        ("QUWEN_DIGEST_HOUR", "24", "0 to 23"),
        ("QUWEN_DIGEST_MINUTE", "ten", "0 to 59"),
        ("QUWEN_DIGEST_WEEKDAY", "someday", "Monday"),
        ("QUWEN_ADMINS", "7,-8", "commas"),
        ("QUWEN_ADMINS", "@me", "commas"),
        ("QUWEN_BOT_API_URL", "127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("QUWEN_BOT_API_URL", "http://127.0.0.1:8081/bot", "without /bot"),
        ("QUWEN_BOT_API_URL", "http://127.0.0.1:99999", "root"),
        ("QUWEN_LOG_LEVEL", "loud", "DEBUG"),
        ("QUWEN_SECOND_READER_TIMEOUT", "0", "seconds"),
        ("QUWEN_SECOND_READER_RETRIES", "-1", "0 to 10"),
        ("QUWEN_SECOND_READER_MAX_CHARACTERS", "10", "200 to 50000"),
        ("QUWEN_SECOND_READER_DAILY_TOKENS", "many", "tokens a day"),
        ("QUWEN_SECOND_READER_DAILY_COST", "2.5", "QUWEN_SECOND_READER_PRICE_IN"),
        ("QUWEN_SECOND_READER_PRICE_IN", "nan", "price"),
    ],
)
def test_a_wrong_variable_is_one_line_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, given: str, allowed: str
) -> None:
    monkeypatch.setenv(name, given)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    said = str(caught.value)
    assert said.startswith(name)
    assert given in said
    assert allowed in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("QUWEN_TOKEN", "sesame"),
        ("QUWEN_TOKEN", "123:AAA bbb/sesame"),
        ("QUWEN_DATABASE_URL", "mysql://me:sesame@host/news"),
        ("QUWEN_SECOND_READER_KEY", "sk-sesame with a space"),
        ("QUWEN_SECOND_READER_KEY", "sk-sesame\nX-Other: 1"),
        ("QUWEN_SECOND_READER_URL", "https://me:sesame@host/v1"),
    ],
)
def test_a_wrong_secret_is_named_but_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, secret: str
) -> None:
    monkeypatch.setenv(name, secret)
    with pytest.raises(SettingsError, match=name) as caught:
        load_settings()
    assert "sesame" not in str(caught.value)
    assert caught.value.__suppress_context__, "a traceback would show it"


def test_settings_shown_hide_the_token_and_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_TOKEN", "123456:sesame-sesame")
    monkeypatch.setenv("QUWEN_SECOND_READER_KEY", "sk-sesame")
    assert "sesame" not in repr(load_settings())


def test_the_second_reader_is_off_by_default_and_its_spending_limited() -> None:
    settings = load_settings()
    assert settings.second_reader_url == ""
    assert settings.second_reader_daily_tokens == 500_000


@pytest.mark.parametrize(
    ("url", "key", "good"),
    [
        ("https://api.example.com/v1/", "sk-1", True),
        ("http://127.0.0.1:11434/v1", "sk-1", True),
        ("http://ollama:11434/v1", "sk-1", True),
        ("http://192.168.1.7/v1", "sk-1", True),
        ("http://api.example.com/v1", "", True),
        ("http://api.example.com/v1", "sk-1", False),
        ("http://8.8.8.8/v1", "sk-1", False),
        ("ftp://127.0.0.1/v1", "", False),
        ("https://api.example.com/v1/chat/completions", "", False),
        ("https://api.example.com/v1?key=1", "", False),
        ("api.example.com/v1", "", False),
    ],
)
def test_a_key_does_not_travel_in_clear_beyond_this_network(
    monkeypatch: pytest.MonkeyPatch, url: str, key: str, good: bool
) -> None:
    monkeypatch.setenv("QUWEN_SECOND_READER_MODEL", "small-1")
    monkeypatch.setenv("QUWEN_SECOND_READER_KEY", key)
    monkeypatch.setenv("QUWEN_SECOND_READER_URL", url)
    if good:
        assert load_settings().second_reader_url == url.rstrip("/")
    else:
        with pytest.raises(SettingsError, match="QUWEN_SECOND_READER_URL"):
            load_settings()


def test_an_address_without_a_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUWEN_SECOND_READER_URL", "https://api.example.com/v1")
    with pytest.raises(SettingsError, match="QUWEN_SECOND_READER_MODEL"):
        load_settings()


def test_a_cost_limit_with_prices_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PRICE_IN", "2"), ("PRICE_OUT", "8"), ("DAILY_COST", "5")):
        monkeypatch.setenv(f"QUWEN_SECOND_READER_{name}", value)
    assert load_settings().second_reader_daily_cost == 5.0


@pytest.mark.parametrize(("rate", "in_flight"), [("", 10), ("1", 10), ("300", 15), ("1000", 50)])
def test_as_much_is_under_way_as_the_rate_needs(
    monkeypatch: pytest.MonkeyPatch, rate: str, in_flight: int
) -> None:
    monkeypatch.setenv("QUWEN_RATE", rate)
    settings = load_settings()
    assert settings.in_flight == in_flight
    assert settings.limits.total == int(rate or 30)
    assert settings.limits.paid is (settings.rate > 30)


@pytest.mark.parametrize("rate", ["0", "1001", "many"])
def test_a_rate_that_telegram_does_not_have_is_refused(monkeypatch: pytest.MonkeyPatch, rate: str) -> None:
    monkeypatch.setenv("QUWEN_RATE", rate)
    with pytest.raises(SettingsError, match=f"QUWEN_RATE is wrong: '{rate}' .* 1 to 1000"):
        load_settings()


def test_a_wrong_key_of_the_file_is_named_with_the_file(config: Path) -> None:
    config.write_text("digest_hour = 25\n")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"digest_hour in {config} is wrong: 25")


def test_an_unknown_key_of_the_file_is_told_with_those_known(config: Path) -> None:
    config.write_text('zoen = "Asia/Shanghai"\n')
    with pytest.raises(SettingsError, match=r"unknown setting 'zoen'; known: .*zone"):
        load_settings()


def test_a_file_that_cannot_be_read_is_told(config: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        load_settings()
    config.write_text("zone = ")
    with pytest.raises(SettingsError, match=r"QUWEN_CONFIG names .* cannot be read"):
        load_settings()
    config.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings()
