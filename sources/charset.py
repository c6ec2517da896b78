"""Characters of web pages, by the bytes and never by what a page or server declares: both are often wrong."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def web_text(data: bytes) -> tuple[str, str]:
    """The text of a web page and its encoding: by its byte order mark, else UTF-8 or GB18030.

    The last character may be cut off. What no encoding knows becomes U+FFFD. GB18030 holds GBK and GB2312.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data), "utf-8"
    except UnicodeDecodeError:
        return codecs.getincrementaldecoder("gb18030")(errors="replace").decode(data), "gb18030"
