"""A small feed; its news is invented."""

from tests.sources.site import Reply


def item(
    link: str, printed: str | None = "2024-03-08", *, title: str = "柳荫公园开园", text: str = ""
) -> str:
    """One entry; `printed` is its date."""
    day = f"<pubDate>{printed}</pubDate>" if printed else ""
    told = f"<description><![CDATA[{text}]]></description>" if text else ""
    return f"<item><title>{title}</title><link>{link}</link>{day}{told}</item>"


def rss(*items: str, declared: str = "utf-8", encoding: str = "utf-8") -> Reply:
    """A feed, declared in one encoding and sent in another."""
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    channel = f"<channel><title>新河发布</title>{''.join(items)}</channel>"
    return Reply(f'{head}<rss version="2.0">{channel}</rss>'.encode(encoding))
