"""First contact, help, privacy."""

from collections.abc import Sequence

from messages.callbacks import Ask, Confirm, Keep, Run, Subscribe, build
from messages.i18n import Translator
from messages.lines import source_name
from messages.menu import groups
from messages.tree import Block, Button, Heading, Item, Message, Paragraph, inlines


def welcome(
    t: Translator, *, district: str, sources: Sequence[str] = (), subscribed: bool = False, area: str = ""
) -> Message:
    """The answer to /start.

    `district` is its full name, `sources` the names of the papers and sites that are read (may be empty),
    `area` an example of a street or town.
    """
    read = t("、").join(map(source_name, sources[:3])) or t("{district}的报纸", district=district)
    text = t(
        "您好，这里是区闻。我读{read}，把里面的会议、项目、获奖、活动、通知记成一条条有出处的消息。",
        read=read,
    )
    ask = t("也可以直接发：{examples}", examples=t("、").join(_examples(t, area)))
    if subscribed:
        first = (Button(t("看这一周"), build(Run("digest"))), Button(t("改订阅"), build(Run("settings"))))
        return Message(
            (
                Paragraph(inlines(text)),
                Paragraph(inlines(t("您已经订阅了每周摘要。"))),
                Paragraph(inlines(ask)),
            ),
            (first,),
        )
    return Message(
        (Paragraph(inlines(text)), Paragraph(inlines(t("想做什么？"))), Paragraph(inlines(ask))),
        (
            (Button(t("每周收一份摘要"), build(Subscribe())),),
            (Button(t("先看看这一周"), build(Run("digest"))),),
            (Button(t("使用说明"), build(Run("help"))),),
        ),
    )


def help_text(t: Translator, *, district: str, area: str = "", operator: bool = False) -> Message:
    """All commands, grouped, with examples. `area` is an example of a street or town.

    An `operator` is told of handing in pages too.
    """
    blocks: list[Block] = [Heading(inlines(t("区闻 · {district}", district=district)))]
    for group, lines in groups(t):
        blocks.append(Heading(inlines(group)))
        for name, example, description in lines:
            command = f"/{name} {example}" if example else f"/{name}"
            blocks.append(
                Item(inlines(t("{command} — {description}", command=command, description=description)))
            )
    narrow = t("类型命令后面可以加区域、时间和词，顺序不限：{example}", example=_narrowed(t, area))
    blocks.append(Paragraph(inlines(narrow)))
    blocks.append(Paragraph(inlines(t("不带命令的文字会当作搜索。点数字按钮看一件事的原文和出处。"))))
    if operator:
        hand_in = t(
            "管理员还可以交版面：发来 PDF、.txt、.html 文件或链接，或转发一条消息，我读完再问要不要存。"
        )
        blocks.append(Paragraph(inlines(hand_in)))
    return Message(tuple(blocks), ((Button(t("看这一周"), build(Run("digest"))),),))


def privacy(t: Translator) -> Message:
    """What is stored about a chat, and how to have it deleted."""
    kept = (
        t("聊天的编号、种类（私聊、群、频道）和名称"),
        t("语言，以及聊天是否还能收到消息"),
        t("订阅：类型、区域、时间、所在话题"),
        t("摘要的发送记录：哪一份、何时、是否送到"),
        t("管理员交来、等着存入的文件和文字，最多七天"),
    )
    return Message(
        (
            Heading(inlines(t("隐私"))),
            Item(inlines(t("我们只存发送摘要所需要的："))),
            *(Item(inlines(t("· {line}", line=line))) for line in kept),
            Paragraph(
                inlines(
                    t(
                        "按钮用到的查询条件（类型、区域、词、日期）会另存，好让旧按钮一直能用；"
                        "它们不与聊天或人相连。"
                    )
                )
            ),
            Paragraph(
                inlines(
                    t("不存：谁发了什么、群成员名单、电话、位置。除了上面说的查询条件，您发的文字不保存。")
                )
            ),
            Paragraph(inlines(t("想全部删除，发 /forgetme。"))),
        )
    )


def language_set(t: Translator) -> Message:
    """Said in the new language."""
    text = t("好的，以后用中文回答。")
    return Message((Paragraph(inlines(text)),), ((Button(t("改订阅"), build(Run("settings"))),),))


def forget_ask(t: Translator) -> Message:
    """Before everything of a chat is deleted."""
    text = t("将删除本聊天的全部数据：订阅、设置和发送记录。删除后不能恢复，之后不再收到摘要。要删除吗？")
    return Message(
        (Paragraph(inlines(text)),),
        ((Button(t("全部删除"), build(Confirm(Ask.FORGET))), Button(t("保留"), build(Keep()))),),
    )


def forgotten(rows: int, t: Translator) -> Message:
    """After it; `rows` were deleted."""
    text = t.plural("已删除本聊天的全部数据（{n} 条记录）。想再用，发 /start。", rows)
    return Message((Paragraph(inlines(text)),))


def _narrowed(t: Translator, area: str) -> str:
    return t("/awards {area} 4月", area=area) if area else t("/awards 4月")


def _examples(t: Translator, area: str) -> tuple[str, ...]:
    award = t("获奖 {area}", area=area) if area else t("获奖")
    return (t("“{word}”", word=award), t("“{word}”", word=t("上周 会议")), t("“{word}”", word=t("停水")))
