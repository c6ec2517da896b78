from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from messages.i18n import languages, translator
from messages.menu import COMMANDS, TYPE_COMMANDS, menu
from messages.tree import Bold, Text
from parsing.model import EventType
from tests.messages.catalogue import placeholders, source_texts

_OTHERS = [code for code in languages() if code != "zh"]


@pytest.mark.parametrize("language", _OTHERS)
def test_every_text_is_translated_with_the_same_placeholders(language: str) -> None:
    with files("messages").joinpath("locale").joinpath(f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language, abort_invalid=True)
    texts = source_texts()
    for text, plural in texts.items():
        message = catalog.get(text)
        assert message is not None, f"{language}.po lacks {text!r}"
        forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert len(forms) == (catalog.num_plurals if isinstance(message.id, tuple) else 1)
        assert isinstance(message.id, tuple) or not plural, f"{text!r} needs a plural"
        assert all(forms), f"{language}.po has no words for {text!r}"
        for form in forms:
            allowed = placeholders(text)
            assert placeholders(form) in (allowed, allowed - {"n"}), f"{text!r} → {form!r}"
    assert {m.id[0] if isinstance(m.id, tuple) else m.id for m in catalog if m.id} == set(texts), (
        "stale texts"
    )


def test_the_texts_are_really_found_in_the_code() -> None:
    texts = source_texts()
    assert texts["共 {n} 件，全部列出"]
    assert not texts["获奖荣誉"]
    assert len(texts) > 100


def test_an_unknown_language_is_answered_in_chinese() -> None:
    for code in (None, "", "xx", "../en", "zh-hans", "ZH_CN"):
        assert translator(code)("全区") == "全区"
    assert translator("en-GB").language == "en"


def test_a_text_without_translation_is_said_in_chinese() -> None:
    assert translator("en")("没有人译过的话{n}", n=3) == "没有人译过的话3"
    assert translator("en")("") == ""


def test_numbers_choose_the_form_of_a_word() -> None:
    t = translator("en")
    assert [t.plural("{n} 件", n) for n in (0, 1, 2)] == ["0 events", "1 event", "2 events"]
    assert translator("zh").plural("{n} 件", 1) == "1 件"


def test_values_are_never_read_as_placeholders() -> None:
    t = translator("zh")
    assert t("关注{what}", what="{what} %s {0}") == "关注{what} %s {0}"
    assert t.inlines("没有找到：{what}", what=Bold("{what}")) == (Text("没有找到："), Bold("{what}"))


@pytest.mark.parametrize("language", languages())
def test_the_menu_is_one_that_telegram_accepts(language: str) -> None:
    commands = menu(translator(language))
    assert [name for name, _ in commands] == [command.name for command in COMMANDS]
    assert len({name for name, _ in commands}) == len(commands) <= 100
    for name, description in commands:
        assert 1 <= len(name) <= 32
        assert name.isascii()
        assert name.islower()
        assert 1 <= len(description) <= 256


def test_every_type_has_a_command() -> None:
    assert set(TYPE_COMMANDS.values()) == set(EventType)
    assert set(TYPE_COMMANDS) <= {command.name for command in COMMANDS}
