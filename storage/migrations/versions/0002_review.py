"""Each event's state of review, and the day from which it may be told to people unasked.

Revision 0002, after 0001.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SURE = 0.85  # what cards called 确定 until then: a rule's own number, not yet the judge's
DAYS = {"ix_event_day": ["first_day", "id"], "ix_event_type_day": ["type", "first_day", "id"]}

event = sa.table(
    "event",
    sa.column("id", sa.Integer),
    sa.column("confidence", sa.Float),
    sa.column("told_on", sa.Date),
    sa.column("review", sa.Text),
    sa.column("cleared_on", sa.Date),
)


def upgrade() -> None:
    """Add the columns: what is sure enough is clear since it was told, the rest waits."""
    op.add_column("event", sa.Column("review", sa.Text(), server_default="open", nullable=False))
    op.add_column("event", sa.Column("cleared_on", sa.Date(), nullable=True))
    clear = event.update().values(review="clear", cleared_on=event.c.told_on)
    op.execute(clear.where(event.c.confidence >= SURE))
    for key in _told_twice():
        op.execute(clear.where(event.c.id == key))
    for name, columns in DAYS.items():
        op.drop_index(name, "event")
        op.create_index(name, "event", [*columns, "review"])
    op.create_index("ix_event_type_cleared", "event", ["type", "cleared_on"])
    op.create_index(
        "ix_event_open",
        "event",
        ["confidence", "id"],
        sqlite_where=sa.text("review = 'open'"),
        postgresql_where=sa.text("review = 'open'"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_event_open", "event")
    op.drop_index("ix_event_type_cleared", "event")
    for name, columns in DAYS.items():
        op.drop_index(name, "event")
        op.create_index(name, "event", columns)
    op.drop_column("event", "cleared_on")
    op.drop_column("event", "review")


def _told_twice() -> list[int]:
    """The doubtful events that two sources tell, each in its own words."""
    rows = op.get_bind().execute(
        sa.text(
            "SELECT mention.event_id, page.source_id, mention.evidence FROM mention "
            "JOIN page ON page.id = mention.page_id JOIN event ON event.id = mention.event_id "
            "WHERE event.review = 'open'"
        )
    )
    told: dict[int, set[tuple[int, str]]] = {}
    for key, source, evidence in rows:
        told.setdefault(key, set()).add((source, _bare(evidence)))
    return [
        key
        for key, reports in told.items()
        if any(a != b and words != others for a, words in reports for b, others in reports)
    ]


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
