"""Families by the name that an entry calls them by. A new family is one file and one line here."""

from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import BaseModel

from sources.adapter import Adapter
from sources.families import bjd_mobile, feed, files, founder, generic, govlist, pdfpaper


class Family(NamedTuple):
    """What an entry may say, and what is made of it."""

    options: type[BaseModel]
    adapter: Callable[[Any], Adapter]


FAMILIES = {
    "bjd_mobile": Family(bjd_mobile.Options, bjd_mobile.BjdMobile),
    "feed": Family(feed.Options, feed.Feed),
    "files": Family(files.Options, files.Files),
    "founder": Family(founder.Options, founder.Founder),
    "generic": Family(generic.Options, generic.Generic),
    "govlist": Family(govlist.Options, govlist.Govlist),
    "pdfpaper": Family(pdfpaper.Options, pdfpaper.PdfPaper),
}
