import pytest

from tests.fakebot.formatting import MAX_TEXT, find_entities, format_text, utf16_length
from tests.fakebot.refusals import RefusedError


def parsed(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    done = format_text(text, "HTML", limit=MAX_TEXT)
    return done.text, [(entity["type"], entity["offset"], entity["length"]) for entity in done.entities]


def soft(text: str) -> list[str]:
    return format_text(text, "HTML", limit=MAX_TEXT).soft


def test_tags_become_entities_counted_in_utf16_units() -> None:
    assert parsed("🏅 <b>获<i>奖</i></b>") == ("🏅 获奖", [("bold", 3, 2), ("italic", 4, 1)])


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("strong", "bold"),
        ("em", "italic"),
        ("ins", "underline"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
    ],
)
def test_every_allowed_tag_is_known(tag: str, kind: str) -> None:
    assert parsed(f"<{tag}>字</{tag}>") == ("字", [(kind, 0, 1)])


def test_attributes_that_mean_something_are_read() -> None:
    text = '<blockquote expandable>长</blockquote><span class="tg-spoiler">密</span><a href="https://a.cn/?x=1&amp;y=2">链</a>'
    done = format_text(text, "HTML", limit=MAX_TEXT)
    assert [entity["type"] for entity in done.entities] == ["expandable_blockquote", "spoiler", "text_link"]
    assert done.entities[2]["url"] == "https://a.cn/?x=1&y=2"
    assert done.soft == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>开", "Can't find end tag"),
        ("开</b>", "Unexpected end tag"),
        ("<b><i>乱</b></i>", "Unmatched end tag"),
        ("<h1>题</h1>", 'Unsupported start tag "h1"'),
        ("<br>", 'Unsupported start tag "br"'),
        ("1 < 2", "Unclosed start tag"),
        ("<>", 'Unsupported start tag ""'),
        ("<span>x</span>", 'must have class "tg-spoiler"'),
        ('<a href="x>y</a>', "Bad attribute"),
        ("<script>alert(1)</script>", "Unsupported start tag"),
    ],
)
def test_html_that_telegram_cannot_parse_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=f"can't parse entities: .*{reason}") as caught:
        parsed(text)
    assert (caught.value.code, caught.value.breach) == (400, "parse_entities")


def test_references_are_resolved_and_no_others() -> None:
    assert parsed("&lt;b&gt; &amp; &quot;&#21306;&#x533a;")[0] == '<b> & "区区'
    assert soft("&lt;&amp;&#21306;") == []
    assert parsed("a&nbsp;b")[0] == "a&nbsp;b"


@pytest.mark.parametrize("text", ["AT&T", "a & b", "&nbsp;", "&#0;", "&lt"])
def test_an_ampersand_that_nobody_escaped_is_noted(text: str) -> None:
    assert soft(text)


@pytest.mark.parametrize(
    "text",
    [
        "<code><b>x</b></code>",
        "<pre><i>x</i></pre>",
        "<blockquote><blockquote>x</blockquote></blockquote>",
        '<a href="https://a.cn/"><a href="https://b.cn/">x</a></a>',
        "<a>x</a>",
        '<a href="javascript:alert(1)">x</a>',
        '<b onclick="x">y</b>',
    ],
)
def test_what_telegram_mends_silently_is_noted(text: str) -> None:
    assert soft(text)


def test_code_in_pre_is_fine() -> None:
    assert soft('<pre><code class="language-python">x</code></pre>') == []


def test_white_space_at_both_ends_goes_and_entities_shrink_with_it() -> None:
    assert parsed("\n <b> 字 </b>\n") == ("字", [("bold", 0, 1)])


def test_the_limit_counts_utf16_units_after_parsing() -> None:
    assert utf16_length(format_text("<b>" + "😀" * 2048 + "</b>", "HTML", limit=MAX_TEXT).text) == MAX_TEXT
    with pytest.raises(RefusedError, match="message is too long"):
        format_text("😀" * 2048 + "字", "HTML", limit=MAX_TEXT)


def test_more_than_a_hundred_entities_are_cut_and_noted() -> None:
    done = format_text("<b>字</b> " * 101, "HTML", limit=MAX_TEXT)
    assert len(done.entities) == 100
    assert "101 entities" in done.soft[0]


def test_markdown_is_not_what_we_send() -> None:
    with pytest.raises(RefusedError, match="unsupported parse_mode"):
        format_text("*x*", "MarkdownV2", limit=MAX_TEXT)


def test_commands_mentions_and_links_are_found_in_plain_text() -> None:
    text = "/awards@quwen_test_bot 见 https://a.cn/x 和 @someone"
    assert [(one["type"], one["offset"], one["length"]) for one in find_entities(text)] == [
        ("url", 25, 14),
        ("mention", 42, 8),
        ("bot_command", 0, 22),
    ]
    assert find_entities("a/b 1/2 <b>") == []
