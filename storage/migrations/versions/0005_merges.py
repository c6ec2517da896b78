"""Each joining of reports as a row, pairs of events in doubt, and what became of an announced event.

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

event = sa.table("event", sa.column("review", sa.Text))


def upgrade() -> None:
    """Add the tables, and the state of an event, which is told anew with its next report."""
    op.add_column("event", sa.Column("state", sa.Text(), nullable=True))
    op.create_table(
        "event_earlier",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_earlier_event_id_event"),
        sa.PrimaryKeyConstraint("event_id", "position", name="pk_event_earlier"),
    )
    op.create_index("ix_event_earlier_first_day", "event_earlier", ["first_day"])
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.Column("event_review", sa.Text(), nullable=True),
        sa.Column("other_review", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_merge_event_id_event"),
        sa.ForeignKeyConstraint(["other_id"], ["event.id"], name="fk_merge_other_id_event"),
        sa.PrimaryKeyConstraint("id", name="pk_merge"),
    )
    op.create_index("ix_merge_event_id", "merge", ["event_id"])
    op.create_index("ix_merge_other_id", "merge", ["other_id"])
    op.create_table(
        "doubt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("merge_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["first_id"], ["event.id"], name="fk_doubt_first_id_event"),
        sa.ForeignKeyConstraint(["second_id"], ["event.id"], name="fk_doubt_second_id_event"),
        sa.ForeignKeyConstraint(["merge_id"], ["merge.id"], name="fk_doubt_merge_id_merge"),
        sa.PrimaryKeyConstraint("id", name="pk_doubt"),
        sa.UniqueConstraint("first_id", "second_id", name="uq_doubt_first_id_second_id"),
    )
    op.create_index("ix_doubt_second_id", "doubt", ["second_id"])
    op.create_index("ix_doubt_state", "doubt", ["state", "score"])


def downgrade() -> None:
    """Remove them. What was joined by hand stays joined; the empty events of it are shown nowhere."""
    op.execute(event.update().where(event.c.review == "merged").values(review="rejected"))
    for table in ("doubt", "merge", "event_earlier"):
        op.drop_table(table)
    op.drop_column("event", "state")
