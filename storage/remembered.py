"""Pages that list others, kept with what their servers gave to ask by whether they have changed."""

import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.tables_sources import RememberedRow


@dataclass(frozen=True, slots=True)
class Remembered:
    """A page as it was answered last; `final_url` is where it lay after redirects."""

    final_url: str
    data: bytes
    etag: str | None
    last_modified: str | None


def recall(session: Session, source: str, url: str, now: datetime) -> Remembered | None:
    """The page as a source's site answered it last; None if it was never kept."""
    row = session.get(RememberedRow, (source, url), populate_existing=True)
    if row is None:
        return None
    row.used_at = now
    session.flush()
    return Remembered(row.final_url, zlib.decompress(row.data), row.etag, row.last_modified)


def remember(session: Session, source: str, url: str, page: Remembered, now: datetime) -> None:
    """Keep the page in place of what was kept before. One that cannot be asked by is not kept."""
    forget(session, source, url)
    if not (page.etag or page.last_modified):
        return
    session.add(
        RememberedRow(
            source=source,
            url=url,
            final_url=page.final_url,
            etag=page.etag,
            last_modified=page.last_modified,
            data=zlib.compress(page.data),
            used_at=now,
        )
    )
    session.flush()


def forget(session: Session, source: str, url: str) -> None:
    """Ask for the page anew next time."""
    session.execute(
        delete(RememberedRow)
        .where(col(RememberedRow.source) == source, col(RememberedRow.url) == url)
        .execution_options(synchronize_session="fetch")
    )


def forget_unused(session: Session, before: datetime) -> int:
    """Drop pages that nobody asked for since that moment; returns how many."""
    done = session.execute(
        delete(RememberedRow)
        .where(col(RememberedRow.used_at) < before)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
